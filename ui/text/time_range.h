// A stretch of time as people choose it: the last so many minutes, or from one moment to another.
#pragma once

#include <QString>
#include <cstdint>
#include <optional>

namespace signalbox::ui {

/// Micros since the Unix epoch throughout.
struct TimeRange {
    enum class Kind : quint8 { All, Last, Absolute };
    Kind kind = Kind::All;
    std::int64_t last = 0;  ///< of Last: micros
    std::int64_t from = 0;  ///< of Absolute: first moment
    std::int64_t to = 0;    ///< of Absolute: the moment after the last

    [[nodiscard]] static TimeRange all() { return {}; }
    [[nodiscard]] static TimeRange lastMicros(std::int64_t micros) { return {Kind::Last, micros, 0, 0}; }
    [[nodiscard]] static TimeRange between(std::int64_t from, std::int64_t to) { return {Kind::Absolute, 0, from, to}; }
    [[nodiscard]] std::int64_t begin(std::int64_t now) const;  ///< 0 for All
    [[nodiscard]] std::int64_t end(std::int64_t now) const;    ///< `now` unless Absolute
    bool operator==(const TimeRange&) const = default;
};

/// "Last 15 min", "All time", "2026-03-01 08:00 – 09:30".
[[nodiscard]] QString describe(const TimeRange& range);
/// For session files: "all", "last:900", "abs:FROM-TO" in micros; nothing when it is none of these.
[[nodiscard]] QString writeTimeRange(const TimeRange& range);
[[nodiscard]] std::optional<TimeRange> readTimeRange(const QString& text);
/// A span as typed: "90s", "15m", "2 h", "7d". Nothing when it is not one or not positive.
[[nodiscard]] std::optional<std::int64_t> parseSpan(const QString& text);
/// A moment as typed, in the chosen time zone: "2026-03-01", "2026-03-01 08:00[:30]", "08:00" (today), "now", "now-2h".
[[nodiscard]] std::optional<std::int64_t> parseMoment(const QString& text, std::int64_t now);

}  // namespace signalbox::ui
