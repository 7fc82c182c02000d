// The proleptic Gregorian calendar in UTC, and the weeks of ISO 8601.
#pragma once

#include <cstdint>
#include <string_view>

namespace signalbox::expr {

inline constexpr std::int64_t kMillisPerDay = 86'400'000;

/// Days since 1970-01-01. Months from 0, may lie outside of a year; days from 1.
[[nodiscard]] std::int64_t daysFromCivil(std::int64_t year, std::int64_t month, std::int64_t day) noexcept;

struct CivilTime {
    std::int64_t year = 1970;
    int month = 0;  ///< from 0
    int day = 1;
    int hour = 0;
    int minute = 0;
    int second = 0;
    int milli = 0;
    std::int64_t days = 0;  ///< since 1970-01-01
};
[[nodiscard]] CivilTime civilTime(std::int64_t millis) noexcept;

/// The value of a picture's component ('Y', 'M', 'D', 'd', 'F', 'W', 'w', 'X', 'x', 'H', 'h', 'P', 'm', 's', 'f').
/// Months and weekdays (Monday is 1) count from 1; P is 0 before noon and 1 after.
[[nodiscard]] std::int64_t componentOf(const CivilTime& time, char component) noexcept;

[[nodiscard]] std::string_view monthName(int month) noexcept;      ///< from 0
[[nodiscard]] std::string_view weekdayName(int weekday) noexcept;  ///< Monday is 1

}  // namespace signalbox::expr
