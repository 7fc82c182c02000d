// What the command line says about itself.
#pragma once

#include <span>
#include <string>

#include "app/ctl/arguments.h"

namespace signalbox::ctl {

[[nodiscard]] std::string generalHelp(std::span<const CommandSpec> commands, std::span<const OptionSpec> common);
[[nodiscard]] std::string commandHelp(const CommandSpec& command, std::span<const OptionSpec> common);

}  // namespace signalbox::ctl
