// The grammar of the command line: every command with its operands and options.
#pragma once

#include <vector>

#include "app/ctl/arguments.h"

namespace signalbox::ctl {

/// What a command takes that asks first at a gateway in production.
[[nodiscard]] OptionSpec yesOption();
/// What every command takes.
[[nodiscard]] const std::vector<OptionSpec>& commonOptions();
/// In the order of the help.
[[nodiscard]] const std::vector<CommandSpec>& commandSpecs();

/// The part that is about gateways elsewhere (command_table_gateway.cpp).
[[nodiscard]] std::vector<CommandSpec> accountCommands();
[[nodiscard]] std::vector<CommandSpec> scheduleCommands();

}  // namespace signalbox::ctl
