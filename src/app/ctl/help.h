// What the command line says about itself.
#pragma once

#include <span>
#include <string>

#include "app/ctl/arguments.h"

namespace signalbox::ctl {

[[nodiscard]] std::string generalHelp(std::span<const CommandSpec> commands, std::span<const OptionSpec> common);
/// Those of `commands` that go on from this one are named as well.
[[nodiscard]] std::string commandHelp(const CommandSpec& command, std::span<const OptionSpec> common,
                                      std::span<const CommandSpec> commands = {});

}  // namespace signalbox::ctl
