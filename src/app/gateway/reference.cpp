#include "app/gateway/reference.h"

#include <algorithm>

#include <fmt/format.h>

#include "app/gateway/setting_value.h"
#include "base/text.h"

namespace signalbox::gatewayd {

namespace {

constexpr std::size_t kWidth = 100;

/// Breaks text between words; every line begins with `indent`.
std::string wrapped(std::string_view text, std::string_view indent) {
    std::string result;
    std::string line;
    for (const std::string_view word : split(text, ' ')) {
        if (!line.empty() && indent.size() + line.size() + 1 + word.size() > kWidth) {
            result += fmt::format("{}{}\n", indent, line);
            line.clear();
        }
        if (!line.empty()) line += ' ';
        line += word;
    }
    return result + fmt::format("{}{}\n", indent, line);
}

std::string optionForm(const SettingSpec& spec) {
    const std::string name = flagName(spec.name);
    if (spec.kind == SettingKind::Flag) return fmt::format("--{}", name);
    return fmt::format("--{} {}", name, spec.placeholder);
}

/// The range, where the explanation alone does not tell what may be given.
std::string remark(const SettingSpec& spec) {
    std::string text;
    const bool ranged = spec.kind == SettingKind::Count || spec.kind == SettingKind::Duration ||
                        spec.kind == SettingKind::Size || spec.kind == SettingKind::Fraction ||
                        spec.kind == SettingKind::Choice;
    if (ranged) text += fmt::format(" Takes {}.", describeRange(spec));
    if (spec.kind == SettingKind::Secret) {
        text += fmt::format(" Never written here: \"env:NAME\" takes it from a variable, and {}_file from a file.",
                            spec.name);
    }
    return text;
}

std::string defaultOf(const SettingSpec& spec) {
    return spec.fallback.empty() ? std::string() : fmt::format(" Default: {}.", spec.fallback);
}

std::string exampleEntry(const SettingSpec& spec) {
    const std::string_view section = sectionOf(spec.name);
    const std::string_view key = section.empty() ? spec.name : spec.name.substr(section.size() + 1);
    std::string text =
        wrapped(std::string(spec.help) + remark(spec) + (spec.reloads ? " A reload takes it over." : ""), "# ");
    if (spec.name == "workspace") return text + "workspace = \"/var/lib/signalbox\"\n\n";
    if (spec.name == "title") return text + "title = \"Signalbox\"\n\n";
    const std::string value = spec.kind == SettingKind::Secret ? "\"env:NAME\"" : writeSetting(spec, fallbackOf(spec));
    return text + fmt::format("#{} = {}\n\n", key, value);
}

}  // namespace

std::string helpText() {
    std::string text =
        "signalboxd: the Signalbox gateway, workflows over HTTP and WebSocket\n\n"
        "Usage: signalboxd [--config FILE] [OPTIONS]\n\n"
        "  --config FILE     Read settings from this file\n"
        "  --check-config    Say all that is wrong with the settings and exit: 0 nothing, 1 something\n"
        "  --print-config    Print the settings as they come out, each with its source, and exit\n"
        "  --print-example   Print a configuration file that explains every setting, and exit\n"
        "  --help            Print this\n"
        "  --version         Print the version\n\n"
        "Every setting is an option here, a variable in the environment and a name in the file: --tls-key is\n"
        "SIGNALBOX_TLS_KEY and tls.key. Options go before the environment, and that before the file.\n\n"
        "Settings:\n";
    for (const SettingSpec& spec : settingTable()) {
        text += fmt::format("  {}\n", optionForm(spec));
        text += wrapped(std::string(spec.help) + remark(spec) + defaultOf(spec), "      ");
    }
    return text +
           "\nSignals: TERM and INT end it after what is under way, a second one at once; HUP reads the settings "
           "again.\n"
           "Exit codes: 0 stopped as asked, 1 settings not valid, 2 wrong usage, 3 workspace or certificate cannot be\n"
           "            opened, 4 cannot listen, 5 stopped without waiting for what was under way.\n";
}

std::string exampleFile() {
    std::string text =
        "# Settings of signalboxd, the Signalbox gateway. What is commented out shows its default.\n"
        "# signalboxd --check-config --config FILE tells what is wrong with a file.\n\n";
    std::string_view section;
    for (const SettingSpec& spec : settingTable()) {
        if (sectionOf(spec.name) != section) {
            section = sectionOf(spec.name);
            text += fmt::format("[{}]\n", section);
        }
        text += exampleEntry(spec);
    }
    text.pop_back();
    return text;
}

}  // namespace signalbox::gatewayd
