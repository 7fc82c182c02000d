// The table of all settings. Parsing, checks, --help, --print-config, the example file and the manual come from it.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "app/gateway/settings.h"

namespace signalbox::gatewayd {

enum class SettingKind : std::uint8_t {
    Flag,      ///< true or false
    Count,     ///< a whole number
    Duration,  ///< "30s"; kept in microseconds
    Size,      ///< "16MiB"; kept in bytes
    Fraction,  ///< "0.25"; kept in millionths
    Text,
    Path,    ///< relative to the file it is written in, or to the working directory
    Choice,  ///< one of a few words
    Texts,   ///< an array of strings; in the environment and on the command line with commas
    Secret,  ///< only as a reference: "env:NAME", or with "_file" behind the name a file that holds it
};

/// Where a value is kept.
using SettingTarget = std::variant<bool& (*)(Settings&), std::int64_t& (*)(Settings&), std::string& (*)(Settings&),
                                   std::vector<std::string>& (*)(Settings&)>;

struct SettingSpec {
    std::string_view name = {};  ///< as in the file: "tls.certificate"
    SettingKind kind = SettingKind::Text;
    std::string_view fallback = {};     ///< as it would be typed; empty: none
    std::string_view placeholder = {};  ///< of the value, in help: "PATH"
    std::string_view help = {};         ///< a sentence or more, without line breaks
    SettingTarget target = {};
    std::int64_t least = 0;
    std::int64_t most = std::numeric_limits<std::int64_t>::max();
    std::vector<std::string_view> choices = {};
    bool reloads = false;    ///< SIGHUP takes it over; others need a restart
    bool dangerous = false;  ///< logged as a warning when it differs from the default
};

/// In the order of the example file; names with the same first part stand together.
[[nodiscard]] std::span<const SettingSpec> settingTable();
/// Null: there is none of that name.
[[nodiscard]] const SettingSpec* findSetting(std::string_view name);
/// "tls.certificate": "tls"; of a name without a dot: "".
[[nodiscard]] std::string_view sectionOf(std::string_view name);
/// "tls.certificate": "SIGNALBOX_TLS_CERTIFICATE".
[[nodiscard]] std::string environmentName(std::string_view name);
/// "tls.certificate": "tls-certificate".
[[nodiscard]] std::string flagName(std::string_view name);

}  // namespace signalbox::gatewayd
