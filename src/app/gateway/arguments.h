// What may be typed behind signalboxd: every setting as an option, and what else it can be asked for.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/result.h"

namespace signalbox::gatewayd {

enum class Action : std::uint8_t { Serve, CheckConfig, PrintConfig, PrintExample, Help, Version };

struct Arguments {
    Action action = Action::Serve;
    std::string configFile;                                  ///< empty: none was given
    std::vector<std::pair<std::string, std::string>> flags;  ///< by setting's name
};

/// "--name value" or "--name=value"; of a setting that is true or false "--name" alone is true. Errors, with "did you
/// mean" in the hint: "usage.option", "usage.value", "usage.operands".
[[nodiscard]] Result<Arguments> parseArguments(const std::vector<std::string>& typed);

}  // namespace signalbox::gatewayd
