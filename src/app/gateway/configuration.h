// The gateway's configuration, put together from defaults, a file, the environment and the command line.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/gateway/setting_value.h"
#include "app/gateway/settings.h"

namespace signalbox::gatewayd {

enum class SettingSource : std::uint8_t { Default, File, Environment, Flag };

struct ConfigProblem {
    std::string where;    ///< "signalboxd.toml:12:3", "environment SIGNALBOX_PORT", "--port"; may be empty
    std::string message;  ///< what is wrong
    std::string hint;     ///< what to do; may be empty
    bool fatal = true;    ///< false: a warning
    bool operator==(const ConfigProblem&) const = default;
};

struct EffectiveSetting {
    const SettingSpec* spec = nullptr;
    SettingValue value;
    SettingSource source = SettingSource::Default;
    std::string where;  ///< as in ConfigProblem; empty for defaults
};

struct ConfigSources {
    std::string file;  ///< empty: none
    std::map<std::string, std::string, std::less<>> environment;
    std::vector<std::pair<std::string, std::string>> flags;  ///< by setting's name
};

struct Configuration {
    Settings settings;
    std::vector<EffectiveSetting> effective;  ///< every row of the table, in its order
    std::vector<ConfigProblem> problems;      ///< all there are, not only the first
    std::vector<std::string> unread;          ///< names of settings whose value was refused

    [[nodiscard]] bool isValid() const;
    [[nodiscard]] const EffectiveSetting& of(std::string_view name) const;
};

/// Reads the file and those that settings refer to (secrets); never fails halfway: what is wrong is in `problems`.
[[nodiscard]] Configuration loadConfiguration(const ConfigSources& sources);

/// What only the whole tells: files that must be there, settings that need each other, an unsafe address.
[[nodiscard]] std::vector<ConfigProblem> checkWhole(const Configuration& configuration);

/// Whether only this machine reaches the address. Names other than "localhost" are not resolved, and count as
/// reachable.
[[nodiscard]] bool isLoopback(std::string_view address);

/// "signalboxd.toml:12:3: error: ...", a hint on a line of its own.
[[nodiscard]] std::string formatProblem(const ConfigProblem& problem);

/// One line a setting, as it would stand in a file, with its source behind it. No secret is in it.
[[nodiscard]] std::string printConfiguration(const Configuration& configuration);

/// The settings that differ, but for those that a reload takes over: names for the log.
[[nodiscard]] std::vector<std::string> needingRestart(const Configuration& running, const Configuration& wanted);

}  // namespace signalbox::gatewayd
