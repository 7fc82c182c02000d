// What depends on a gateway, by the words that its owner uses for it.
#pragma once

#include <QString>

namespace signalbox::client {

/// Of two who tell a gateway's environment, itself and whoever keeps it in a list, the one that asks for more care:
/// "production", "staging", "development", anything else.
[[nodiscard]] QString carefulEnvironment(const QString& one, const QString& other);
[[nodiscard]] bool isProduction(const QString& environment);

}  // namespace signalbox::client
