#include "app/gateway/configuration.h"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <set>

#include <fmt/format.h>

#include "app/gateway/config_file.h"
#include "app/gateway/own_files.h"
#include "base/file.h"
#include "base/text.h"

namespace signalbox::gatewayd {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kFileSuffix = "_file";
constexpr std::size_t kLargestFile = std::size_t{1} << 20U;

/// One value from somewhere, on its way to its row.
struct Given {
    std::string name;
    WrittenValue value;
    SettingSource source = SettingSource::Default;
    std::string where;
    fs::path folder;  ///< what relative paths start from; empty: the working directory
};

std::vector<std::string> acceptedNames() {
    std::vector<std::string> names;
    for (const SettingSpec& spec : settingTable()) {
        names.emplace_back(spec.name);
        if (spec.kind == SettingKind::Secret) names.push_back(fmt::format("{}{}", spec.name, kFileSuffix));
    }
    return names;
}

std::string resolved(const Given& given, const std::string& path) {
    if (path.empty() || given.folder.empty()) return path;
    return (given.folder / path).lexically_normal().string();
}

/// Collects values, later sources over earlier ones.
class Loader {
public:
    explicit Loader(const ConfigSources& sources) : sources_(sources) {
        for (const SettingSpec& spec : settingTable()) {
            result_.effective.push_back({&spec, fallbackOf(spec), SettingSource::Default, {}});
        }
    }

    Configuration load() {
        const bool isRead = sources_.file.empty() || takeFile();
        takeEnvironment();
        for (const auto& [name, value] : sources_.flags) {
            take({name, value, SettingSource::Flag, "--" + flagName(name), {}});
        }
        for (const EffectiveSetting& setting : result_.effective) {
            assignSetting(*setting.spec, setting.value, result_.settings);
        }
        result_.settings.nodes.shut = ownFiles(sources_, result_.settings, std::move(secretFiles_));
        // Of a file that could not be read nothing is known: all that it should have set would seem to be missing.
        if (isRead) {
            for (ConfigProblem& problem : checkWhole(result_)) result_.problems.push_back(std::move(problem));
        }
        return std::move(result_);
    }

private:
    void complain(std::string where, std::string message, std::string hint, bool fatal = true) {
        result_.problems.push_back({std::move(where), std::move(message), std::move(hint), fatal});
    }

    bool takeFile() {
        const auto text = readFile(sources_.file, kLargestFile);
        if (!text) {
            complain(sources_.file, text.error().message, text.error().hint);
            return false;
        }
        const ConfigText parsed = parseConfigText(*text);
        if (!parsed.error.empty()) {
            complain(place(parsed.line, parsed.column), parsed.error, {});
            return false;
        }
        const fs::path folder = fs::absolute(sources_.file).parent_path();
        for (const FileEntry& entry : parsed.entries) {
            if (isEmptySection(entry)) continue;
            take({entry.name, entry.value, SettingSource::File, place(entry.line, entry.column), folder});
        }
        return true;
    }

    static bool isEmptySection(const FileEntry& entry) {
        const auto table = settingTable();
        return std::holds_alternative<OtherValue>(entry.value) &&
               std::any_of(table.begin(), table.end(),
                           [&](const SettingSpec& spec) { return sectionOf(spec.name) == entry.name; });
    }

    [[nodiscard]] std::string place(std::size_t line, std::size_t column) const {
        return fmt::format("{}:{}:{}", sources_.file, line, column);
    }

    void takeEnvironment() {
        std::map<std::string, std::string, std::less<>> known;
        std::vector<std::string> names;
        for (const std::string& name : acceptedNames()) {
            names.push_back(environmentName(name));
            known.emplace(names.back(), name);
        }
        for (const auto& [variable, value] : sources_.environment) {
            if (const auto found = known.find(variable); found != known.end()) {
                take({found->second, value, SettingSource::Environment, "environment " + variable, {}});
            } else if (variable.starts_with("SIGNALBOX_")) {
                // Other programs have variables of their own; only what looks like a slip is worth a word.
                if (const auto meant = didYouMean(variable, names)) {
                    complain("environment " + variable, "There is no such setting",
                             fmt::format("Did you mean {}?", *meant), false);
                }
            }
        }
    }

    EffectiveSetting& rowOf(const SettingSpec& spec) {
        return *std::find_if(result_.effective.begin(), result_.effective.end(),
                             [&](const EffectiveSetting& setting) { return setting.spec == &spec; });
    }

    void take(const Given& given) {
        if (const SettingSpec* spec = findSetting(given.name)) {
            auto value = read(*spec, given);
            if (value)
                put(*spec, given, std::move(*value));
            else
                result_.unread.push_back(given.name);
            return;
        }
        if (given.name.ends_with(kFileSuffix)) {
            const auto* spec = findSetting(given.name.substr(0, given.name.size() - kFileSuffix.size()));
            if (spec != nullptr && spec->kind == SettingKind::Secret) {
                if (auto secret = readSecretFile(given)) put(*spec, given, std::move(*secret));
                return;
            }
        }
        const auto meant = didYouMean(given.name, acceptedNames());
        complain(given.where, fmt::format("There is no setting \"{}\"", given.name),
                 meant ? fmt::format("Did you mean \"{}\"?", *meant) : "signalboxd --help lists the settings");
    }

    void put(const SettingSpec& spec, const Given& given, SettingValue value) {
        EffectiveSetting& row = rowOf(spec);
        if (row.source == given.source) {
            // One source names it twice: an option repeated, or a secret with and without "_file".
            complain(given.where, fmt::format("\"{}\" is given twice", spec.name), {});
            return;
        }
        row = {&spec, std::move(value), given.source, given.where};
    }

    std::optional<SettingValue> read(const SettingSpec& spec, const Given& given) {
        auto value = readSetting(spec, given.value);
        if (!value) {
            complain(given.where, value.error().message, value.error().hint);
            return std::nullopt;
        }
        if (spec.kind == SettingKind::Path) return resolved(given, std::get<std::string>(*value));
        if (spec.kind == SettingKind::Secret) return readSecretReference(spec, given, std::get<std::string>(*value));
        return std::move(*value);
    }

    std::optional<SettingValue> readSecretReference(const SettingSpec& spec, const Given& given,
                                                    const std::string& reference) {
        if (reference.empty()) return reference;
        if (!reference.starts_with("env:")) {
            complain(given.where,
                     fmt::format("\"{}\" is a secret, and none is written into a configuration", spec.name),
                     fmt::format("Name a variable, \"env:NAME\", or give \"{}{}\", the path of a file that holds it",
                                 spec.name, kFileSuffix));
            return std::nullopt;
        }
        const auto found = sources_.environment.find(reference.substr(4));
        if (found != sources_.environment.end()) return found->second;
        complain(given.where, fmt::format("The variable {} is not set", reference.substr(4)), {});
        return std::nullopt;
    }

    std::optional<SettingValue> readSecretFile(const Given& given) {
        const auto* path = std::get_if<std::string>(&given.value);
        if (path == nullptr) {
            complain(given.where, fmt::format("\"{}\" takes the path of a file", given.name), {});
            return std::nullopt;
        }
        secretFiles_.push_back(fs::absolute(resolved(given, *path)).string());
        auto text = readFile(secretFiles_.back(), kLargestFile);
        if (!text) {
            complain(given.where, text.error().message, text.error().hint);
            return std::nullopt;
        }
        // Editors end the last line of a file; no secret ends with one.
        while (text->ends_with('\n') || text->ends_with('\r')) text->pop_back();
        return std::move(*text);
    }

    const ConfigSources& sources_;
    Configuration result_;
    std::vector<std::string> secretFiles_;
};

std::string_view sourceName(SettingSource source) {
    constexpr std::string_view kNames[] = {"default", "file", "environment", "flag"};
    return kNames[static_cast<std::size_t>(source)];
}

}  // namespace

bool Configuration::isValid() const {
    return std::none_of(problems.begin(), problems.end(), [](const ConfigProblem& problem) { return problem.fatal; });
}

const EffectiveSetting& Configuration::of(std::string_view name) const {
    return *std::find_if(effective.begin(), effective.end(),
                         [&](const EffectiveSetting& setting) { return setting.spec->name == name; });
}

Configuration loadConfiguration(const ConfigSources& sources) { return Loader(sources).load(); }

std::string formatProblem(const ConfigProblem& problem) {
    std::string text = problem.where.empty() ? "" : problem.where + ": ";
    text += problem.fatal ? "error: " : "warning: ";
    text += problem.message + "\n";
    if (!problem.hint.empty()) text += "    " + problem.hint + "\n";
    return text;
}

std::string printConfiguration(const Configuration& configuration) {
    std::vector<std::string> lines;
    std::size_t width = 0;
    for (const EffectiveSetting& setting : configuration.effective) {
        lines.push_back(fmt::format("{} = {}", setting.spec->name, writeSetting(*setting.spec, setting.value)));
        width = std::max(width, std::min<std::size_t>(lines.back().size(), 60));
    }
    std::string text;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const EffectiveSetting& setting = configuration.effective[i];
        const std::string& where = setting.where.empty() ? std::string(sourceName(setting.source)) : setting.where;
        text += fmt::format("{:<{}}  # {}\n", lines[i], width, where);
    }
    return text;
}

std::vector<std::string> needingRestart(const Configuration& running, const Configuration& wanted) {
    std::vector<std::string> names;
    for (const EffectiveSetting& setting : wanted.effective) {
        if (!setting.spec->reloads && setting.value != running.of(setting.spec->name).value) {
            names.emplace_back(setting.spec->name);
        }
    }
    return names;
}

}  // namespace signalbox::gatewayd
