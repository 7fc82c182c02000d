#include "app/gateway/arguments.h"

#include <map>

#include <fmt/format.h>

#include "app/gateway/setting_table.h"
#include "base/text.h"

namespace signalbox::gatewayd {

namespace {

const std::map<std::string, Action, std::less<>>& actions() {
    static const std::map<std::string, Action, std::less<>> kActions = {{"check-config", Action::CheckConfig},
                                                                        {"print-config", Action::PrintConfig},
                                                                        {"print-example", Action::PrintExample},
                                                                        {"help", Action::Help},
                                                                        {"version", Action::Version}};
    return kActions;
}

/// Names of options, with those of their settings.
std::map<std::string, std::string, std::less<>> settingFlags() {
    std::map<std::string, std::string, std::less<>> flags;
    for (const SettingSpec& spec : settingTable()) {
        flags.emplace(flagName(spec.name), spec.name);
        if (spec.kind == SettingKind::Secret) {
            flags.emplace(flagName(fmt::format("{}_file", spec.name)), fmt::format("{}_file", spec.name));
        }
    }
    return flags;
}

class Parser {
public:
    explicit Parser(const std::vector<std::string>& typed) : typed_(typed) {}

    Result<Arguments> parse() {
        for (; next_ < typed_.size(); ++next_) SIGNALBOX_CHECK(take(typed_[next_]));
        return std::move(result_);
    }

private:
    Status take(const std::string& word) {
        if (word == "-h") {
            result_.action = Action::Help;
            return {};
        }
        if (!word.starts_with("--") || word.size() == 2) {
            return fail("usage.operands", fmt::format("signalboxd does not know what to do with \"{}\"", word), {},
                        "The configuration file is given by --config FILE");
        }
        const std::size_t equals = word.find('=');
        const std::string name = word.substr(2, equals == std::string::npos ? equals : equals - 2);
        const std::string* value = nullptr;
        const std::string rest = equals == std::string::npos ? std::string() : word.substr(equals + 1);
        if (equals != std::string::npos) value = &rest;
        if (const auto found = actions().find(name); found != actions().end())
            return takeAction(name, found->second, value);
        if (name == "config") {
            SIGNALBOX_TRY(result_.configFile, valueOf(name, value));
            return {};
        }
        return takeSetting(name, value);
    }

    Status takeAction(const std::string& name, Action action, const std::string* value) {
        if (value != nullptr) return fail("usage.value", fmt::format("--{} takes no value", name));
        // Asking for help goes before all else that is asked for.
        if (result_.action != Action::Help) result_.action = action;
        return {};
    }

    Status takeSetting(const std::string& name, const std::string* value) {
        const auto found = flags_.find(name);
        if (found == flags_.end()) return unknown(name);
        const SettingSpec* spec = findSetting(found->second);
        if (spec != nullptr && spec->kind == SettingKind::Flag && value == nullptr) {
            result_.flags.emplace_back(found->second, "true");
            return {};
        }
        SIGNALBOX_TRY(std::string text, valueOf(name, value));
        result_.flags.emplace_back(found->second, std::move(text));
        return {};
    }

    Result<std::string> valueOf(const std::string& name, const std::string* value) {
        if (value != nullptr) return *value;
        if (next_ + 1 < typed_.size()) return typed_[++next_];
        return fail("usage.value", fmt::format("--{} needs a value", name));
    }

    [[nodiscard]] Status unknown(const std::string& name) const {
        std::vector<std::string> names = {"config"};
        for (const auto& [known, action] : actions()) names.push_back(known);
        for (const auto& [known, setting] : flags_) names.push_back(known);
        const auto meant = didYouMean(name, names);
        return fail("usage.option", fmt::format("There is no option --{}", name), {},
                    meant ? fmt::format("Did you mean \"--{}\"?", *meant) : "signalboxd --help lists the options");
    }

    const std::vector<std::string>& typed_;
    std::map<std::string, std::string, std::less<>> flags_ = settingFlags();
    std::size_t next_ = 0;
    Arguments result_;
};

}  // namespace

Result<Arguments> parseArguments(const std::vector<std::string>& typed) { return Parser(typed).parse(); }

}  // namespace signalbox::gatewayd
