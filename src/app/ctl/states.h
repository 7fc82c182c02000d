// States, times and ids as they are written for people.
#pragma once

#include <string>
#include <string_view>

#include "app/ctl/terminal.h"
#include "base/clock.h"
#include "protocol/dto.h"

namespace signalbox::ctl {

/// Shape and word: "● running", "✓ succeeded". Of runs and nodes alike.
[[nodiscard]] std::string stateText(std::string_view status);
[[nodiscard]] Tone stateTone(std::string_view status);
[[nodiscard]] bool isTerminal(std::string_view runStatus);
[[nodiscard]] bool isDone(std::string_view nodeStatus);

/// The end of a run's id, which is what differs; accepted wherever an id is.
[[nodiscard]] std::string shortId(std::string_view runId);
/// In the time zone of the computer: "2026-03-01 12:34:56"; empty for 0.
[[nodiscard]] std::string localTime(Micros wall);
/// From start to finish, or until `now` while it goes on; empty when it has not started.
[[nodiscard]] std::string spanOf(Micros started, Micros finished, Micros now);

}  // namespace signalbox::ctl
