// The value of one setting: read as it was written, checked by its row of the table, and written again.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "app/gateway/setting_table.h"
#include "base/result.h"

namespace signalbox::gatewayd {

/// What a configuration file can hold that no setting takes: "a date", "a table".
struct OtherValue {
    std::string_view what;
    bool operator==(const OtherValue&) const = default;
};

/// As written in a file; in the environment and on the command line everything is a string.
using WrittenValue = std::variant<bool, std::int64_t, std::string, std::vector<std::string>, OtherValue, double>;
/// As kept: numbers for counts, durations in microseconds, sizes in bytes and fractions in millionths.
using SettingValue = std::variant<bool, std::int64_t, std::string, std::vector<std::string>>;

/// Checks kind, range and choice. Secrets are taken as they are. Error "config.value" with what is wrong in the
/// message and what to do in the hint.
[[nodiscard]] Result<SettingValue> readSetting(const SettingSpec& spec, const WrittenValue& written);
/// The value of its row when nobody sets it.
[[nodiscard]] SettingValue fallbackOf(const SettingSpec& spec);
/// As it stands in a file: quoted, with a unit. A secret is never shown: "(set)" or "".
[[nodiscard]] std::string writeSetting(const SettingSpec& spec, const SettingValue& value);
/// What it takes, for people: "a duration from 1s to 1h", "\"on\" or \"off-anyone-can-do-anything\"".
[[nodiscard]] std::string describeRange(const SettingSpec& spec);
void assignSetting(const SettingSpec& spec, const SettingValue& value, Settings& settings);

/// "512", "512B", "16KiB", "16MiB", "1GiB". Error "size.syntax".
[[nodiscard]] Result<std::int64_t> parseSize(std::string_view text);
/// The shortest exact form that parseSize reads.
[[nodiscard]] std::string formatSize(std::int64_t bytes);

}  // namespace signalbox::gatewayd
