// How the state of a connection and the environment of a gateway are told: word, shape and colour role.
#pragma once

#include <QString>

#include "client/connection.h"
#include "ui/text/roles.h"

namespace signalbox::ui {

/// For stateLook(): "gateway.live", "gateway.lost", ...; what a person has to do comes before the state.
[[nodiscard]] QString connectionKey(const client::ConnectionStatus& status);
/// The word with what makes it exact: "Lost · next try in 4 s", "Stale · 12 s old". Times in micros.
[[nodiscard]] QString describeConnection(const client::ConnectionStatus& status, std::int64_t now);

/// "Production", translated; "Unknown" for what is not told.
[[nodiscard]] QString environmentWord(const QString& environment);
[[nodiscard]] ColourRole environmentRole(const QString& environment);

/// "12 ms"; empty when it is not known.
[[nodiscard]] QString formatLatency(int milliseconds);

}  // namespace signalbox::ui
