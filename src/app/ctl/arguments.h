// The command line's grammar as a table, and what was typed by it.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace signalbox::ctl {

struct OptionSpec {
    std::string_view name;   ///< without dashes
    std::string_view value;  ///< what follows it, as shown in help; empty: nothing does
    std::string_view help;
    bool repeats = false;  ///< may be given several times
};

struct CommandSpec {
    std::string_view name;      ///< one word, or two whose first is a command too: "users", "users add"
    std::string_view operands;  ///< as shown in help: "RUN NODE", "FILE..."
    std::size_t least = 0;      ///< operands at least
    std::size_t most = 0;       ///< and at most
    std::string_view summary;
    std::string_view details;  ///< a paragraph for the command's own help; may be empty
    std::vector<OptionSpec> options;
    std::string_view danger = {};  ///< "cancels": what it does that cannot be taken back; empty: nothing
};

/// What was typed, checked against the table.
struct Arguments {
    const CommandSpec* command = nullptr;  ///< null: none was named
    std::vector<std::string> operands;
    std::map<std::string, std::string, std::less<>> options;             ///< by name; "" for those without a value
    std::map<std::string, std::vector<std::string>, std::less<>> lists;  ///< of options that repeat, as typed
    bool wantsHelp = false;
    bool wantsVersion = false;

    [[nodiscard]] bool has(std::string_view name) const { return options.find(name) != options.end(); }
    [[nodiscard]] std::optional<std::string> option(std::string_view name) const;
    [[nodiscard]] std::vector<std::string> list(std::string_view name) const;
    /// Error "usage.number".
    [[nodiscard]] Result<std::int64_t> number(std::string_view name, std::int64_t otherwise, std::int64_t least,
                                              std::int64_t most) const;
};

/// Options may stand anywhere, as "--name value" or "--name=value"; after "--" everything is an operand. Every command
/// also takes `common`. Errors, with "did you mean" in the hint: "usage.command", "usage.option", "usage.value",
/// "usage.operands".
[[nodiscard]] Result<Arguments> parseArguments(std::span<const CommandSpec> commands,
                                               std::span<const OptionSpec> common,
                                               const std::vector<std::string>& typed);

}  // namespace signalbox::ctl
