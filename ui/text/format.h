// Numbers, durations and times as the console writes them: with units, and no more digits than are known.
#pragma once

#include <QDateTime>
#include <QString>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/value.h"

namespace signalbox::ui {

/// From microseconds: "850 µs", "12 ms", "1.24 s", "2 m 05 s", "3 h 07 m", "2 d 04 h". Negative becomes zero.
[[nodiscard]] QString formatDuration(std::int64_t micros);
/// Where times of day are told for: the machine's place, or UTC. Of the whole program; local at its start. Any thread.
enum class TimeZone : quint8 { Local, Utc };
void setTimeZone(TimeZone zone);
[[nodiscard]] TimeZone timeZone();
/// The moment in that zone, for texts of other kinds than those below.
[[nodiscard]] QDateTime inTimeZone(std::int64_t wallMicros);

/// Time of day, "14:03:27"; empty for 0.
[[nodiscard]] QString formatTimeOfDay(std::int64_t wallMicros);
/// Date and time with seconds, "2026-01-31 14:03:27", with " UTC" behind it when that is chosen; empty for 0.
[[nodiscard]] QString formatDateTime(std::int64_t wallMicros);
/// "just now", "5 min ago", "3 h ago", "2 d ago"; older than a month the date.
[[nodiscard]] QString formatRelative(std::int64_t wallMicros, std::int64_t nowMicros);
/// Of data that is not up to date: "42 s old", "5 min old", "3 h old", "2 d old".
[[nodiscard]] QString formatAge(std::int64_t micros);
/// Thousands separated by the locale.
[[nodiscard]] QString formatCount(std::uint64_t count);
/// "812 B", "16.4 kB", "1.2 MB" (powers of 1,000).
[[nodiscard]] QString formatBytes(std::uint64_t bytes);

/// One line that tells what a value is: short scalars as JSON, "12 items", "3 members", "16.4 kB of text".
[[nodiscard]] QString summariseValue(const Value& value, int maxLength = 60);

inline QString toQString(const std::string& text) {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}
inline QString toQString(std::string_view text) {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

}  // namespace signalbox::ui
