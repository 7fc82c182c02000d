#include "app/ctl/arguments.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "base/text.h"

namespace signalbox::ctl {

namespace {

std::string suggestion(std::string_view typed, const std::vector<std::string>& candidates, std::string_view otherwise) {
    const auto meant = didYouMean(typed, candidates);
    return meant ? fmt::format("Did you mean \"{}\"?", *meant) : std::string(otherwise);
}

/// Walks over what was typed.
class Parser {
public:
    Parser(std::span<const CommandSpec> commands, std::span<const OptionSpec> common,
           const std::vector<std::string>& typed)
        : commands_(commands), common_(common), typed_(typed) {}

    Result<Arguments> parse() {
        bool onlyOperands = false;
        for (; next_ < typed_.size(); ++next_) {
            const std::string& word = typed_[next_];
            if (onlyOperands || word == "-" || !word.starts_with('-')) {
                SIGNALBOX_CHECK(takeOperand(word));
            } else if (word == "--") {
                onlyOperands = true;
            } else {
                SIGNALBOX_CHECK(takeOption(word));
            }
        }
        if (!result_.wantsHelp && !result_.wantsVersion) SIGNALBOX_CHECK(checkEnd());
        return std::move(result_);
    }

private:
    Status takeOperand(const std::string& word) {
        if (result_.command != nullptr) {
            // "users" lists, "users add" is a command of its own.
            const auto* longer =
                result_.operands.empty() ? findCommand(fmt::format("{} {}", result_.command->name, word)) : nullptr;
            if (longer != nullptr)
                result_.command = longer;
            else
                result_.operands.push_back(word);
            return {};
        }
        result_.command = findCommand(word);
        if (result_.command != nullptr) return {};
        std::vector<std::string> names;
        for (const CommandSpec& command : commands_) names.emplace_back(command.name);
        return fail("usage.command", fmt::format("There is no command \"{}\"", word), {},
                    suggestion(word, names, "\"signalboxctl --help\" lists the commands"));
    }

    const CommandSpec* findCommand(std::string_view name) const {
        const auto found =
            std::find_if(commands_.begin(), commands_.end(), [&](const auto& c) { return c.name == name; });
        return found == commands_.end() ? nullptr : &*found;
    }

    const OptionSpec* find(std::string_view name) const {
        const auto named = [&](const OptionSpec& option) { return option.name == name; };
        if (result_.command != nullptr) {
            const auto& own = result_.command->options;
            if (const auto found = std::find_if(own.begin(), own.end(), named); found != own.end()) return &*found;
        }
        const auto found = std::find_if(common_.begin(), common_.end(), named);
        return found == common_.end() ? nullptr : &*found;
    }

    Status takeOption(const std::string& word) {
        if (word == "--help" || word == "-h") {
            result_.wantsHelp = true;
            return {};
        }
        if (word == "--version") {
            result_.wantsVersion = true;
            return {};
        }
        const std::size_t equals = word.find('=');
        const std::string name = word.substr(word.starts_with("--") ? 2 : 1, equals - (word.starts_with("--") ? 2 : 1));
        const OptionSpec* spec = word.starts_with("--") ? find(name) : nullptr;
        if (spec == nullptr) return unknownOption(word.substr(0, equals), name);
        if (result_.options.contains(name)) {
            return fail("usage.option", fmt::format("--{} is given twice", name));
        }
        if (spec->value.empty()) {
            if (equals != std::string::npos) return fail("usage.value", fmt::format("--{} takes no value", name));
            result_.options.emplace(name, "");
            return {};
        }
        if (equals != std::string::npos) {
            take(*spec, name, word.substr(equals + 1));
            return {};
        }
        if (next_ + 1 >= typed_.size()) {
            return fail("usage.value", fmt::format("--{} needs a value: --{} {}", name, name, spec->value));
        }
        take(*spec, name, typed_[++next_]);
        return {};
    }

    void take(const OptionSpec& spec, const std::string& name, std::string value) {
        if (spec.repeats)
            result_.lists[name].push_back(std::move(value));
        else
            result_.options.emplace(name, std::move(value));
    }

    Status unknownOption(const std::string& word, const std::string& name) const {
        std::vector<std::string> names = {"help", "version"};
        for (const OptionSpec& option : common_) names.emplace_back(option.name);
        if (result_.command != nullptr) {
            for (const OptionSpec& option : result_.command->options) names.emplace_back(option.name);
        }
        const auto meant = didYouMean(name, names);
        const std::string command = result_.command != nullptr ? fmt::format(" {}", result_.command->name) : "";
        return fail("usage.option", fmt::format("There is no option {}", word), {},
                    meant ? fmt::format("Did you mean \"--{}\"?", *meant)
                          : fmt::format("\"signalboxctl{} --help\" lists the options", command));
    }

    Status checkEnd() const {
        if (result_.command == nullptr) {
            return fail("usage.command", "No command is given", {}, "\"signalboxctl --help\" lists the commands");
        }
        const CommandSpec& command = *result_.command;
        const std::string form = fmt::format("Usage: signalboxctl {} {}", command.name, command.operands);
        if (result_.operands.size() < command.least) {
            return fail("usage.operands", fmt::format("\"{}\" needs more than that", command.name), {}, form);
        }
        if (result_.operands.size() > command.most) {
            return fail("usage.operands",
                        fmt::format("\"{}\" does not know what to do with \"{}\"", command.name,
                                    result_.operands[command.most]),
                        {}, form);
        }
        return {};
    }

    std::span<const CommandSpec> commands_;
    std::span<const OptionSpec> common_;
    const std::vector<std::string>& typed_;
    std::size_t next_ = 0;
    Arguments result_;
};

}  // namespace

std::optional<std::string> Arguments::option(std::string_view name) const {
    const auto found = options.find(name);
    return found == options.end() ? std::nullopt : std::optional(found->second);
}

std::vector<std::string> Arguments::list(std::string_view name) const {
    const auto found = lists.find(name);
    return found == lists.end() ? std::vector<std::string>{} : found->second;
}

Result<std::int64_t> Arguments::number(std::string_view name, std::int64_t otherwise, std::int64_t least,
                                       std::int64_t most) const {
    const auto text = option(name);
    if (!text) return otherwise;
    std::int64_t value = 0;
    const char* end = text->data() + text->size();
    const auto [stop, error] = std::from_chars(text->data(), end, value);
    if (error != std::errc() || stop != end || value < least || value > most) {
        return fail("usage.number",
                    fmt::format("--{} takes a whole number from {} to {}, not \"{}\"", name, least, most, *text));
    }
    return value;
}

Result<Arguments> parseArguments(std::span<const CommandSpec> commands, std::span<const OptionSpec> common,
                                 const std::vector<std::string>& typed) {
    return Parser(commands, common, typed).parse();
}

}  // namespace signalbox::ctl
