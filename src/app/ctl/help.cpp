#include "app/ctl/help.h"

#include <algorithm>

#include <fmt/format.h>

namespace signalbox::ctl {

namespace {

constexpr const char* kExitCodes =
    "Exit codes: 0 done, 1 the run or evaluation failed, 2 wrong usage, 3 the document or expression is not valid,\n"
    "            4 not found, 5 refused.\n";

std::string form(const OptionSpec& option) {
    return option.value.empty() ? fmt::format("--{}", option.name) : fmt::format("--{} {}", option.name, option.value);
}

std::string optionLines(std::span<const OptionSpec> options, std::size_t width) {
    std::string text;
    for (const OptionSpec& option : options) text += fmt::format("  {:<{}}  {}\n", form(option), width, option.help);
    return text;
}

std::size_t widest(std::span<const OptionSpec> options) {
    std::size_t width = 0;
    for (const OptionSpec& option : options) width = std::max(width, form(option).size());
    return width;
}

}  // namespace

std::string generalHelp(std::span<const CommandSpec> commands, std::span<const OptionSpec> common) {
    std::string text =
        "signalboxctl: run and look at workflows from the command line\n\n"
        "Usage: signalboxctl COMMAND [OPTIONS]\n\nCommands:\n";
    std::size_t width = 0;
    const auto head = [](const CommandSpec& command) { return fmt::format("{} {}", command.name, command.operands); };
    for (const CommandSpec& command : commands) width = std::max(width, head(command).size());
    for (const CommandSpec& command : commands)
        text += fmt::format("  {:<{}}  {}\n", head(command), width, command.summary);
    text += "\nOptions of every command:\n" + optionLines(common, widest(common));
    text += fmt::format("  {:<{}}  {}\n", "--help", widest(common), "What a command does and takes");
    text += fmt::format("  {:<{}}  {}\n\n", "--version", widest(common), "Print the version");
    text +=
        "A run is named by its id, by six or more characters from the beginning or end of it, or as \"last\".\n"
        "The workspace is the nearest folder above with a .signalbox folder in it, otherwise the file's folder.\n"
        "With --gateway, or SIGNALBOX_GATEWAY in the environment, everything is done by the gateway that is named.\n"
        "The token for it is the one of \"signalboxctl login\", or that of --token-file or SIGNALBOX_TOKEN.\n"
        "What cannot be taken back at a gateway in production is done once its name is typed, or with --yes.\n\n";
    return text + kExitCodes;
}

std::string commandHelp(const CommandSpec& command, std::span<const OptionSpec> common,
                        std::span<const CommandSpec> commands) {
    std::string text =
        fmt::format("Usage: signalboxctl {}{}{}{}\n\n{}.\n", command.name, command.operands.empty() ? "" : " ",
                    command.operands, command.options.empty() ? "" : " [OPTIONS]", command.summary);
    if (!command.details.empty()) text += fmt::format("{}\n", command.details);
    const std::size_t width = std::max(widest(command.options), widest(common));
    text += "\nOptions:\n" + optionLines(command.options, width) + optionLines(common, width);
    const std::string prefix = fmt::format("{} ", command.name);
    std::string more;
    for (const CommandSpec& other : commands) {
        if (other.name.starts_with(prefix))
            more += fmt::format("  {} {}: {}\n", other.name, other.operands, other.summary);
    }
    if (!more.empty()) text += "\nCommands that go on from here:\n" + more;
    return text + "\n" + kExitCodes;
}

}  // namespace signalbox::ctl
