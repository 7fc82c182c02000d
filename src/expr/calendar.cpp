#include "expr/calendar.h"

#include <array>

namespace signalbox::expr {

namespace {

std::int64_t floorDivide(std::int64_t a, std::int64_t b) noexcept { return a / b - (a % b < 0 ? 1 : 0); }

int weekdayOf(std::int64_t days) noexcept {
    return static_cast<int>(((days + 3) % 7 + 7) % 7) + 1;  // 1970-01-01 was a Thursday
}

/// The Monday of the first week of a month (month 0: of a year), which is the week of its first Thursday.
std::int64_t firstWeek(std::int64_t year, std::int64_t month) noexcept {
    const std::int64_t first = daysFromCivil(year, month, 1);
    const int weekday = weekdayOf(first);
    return weekday > 4 ? first + 8 - weekday : first - (weekday - 1);
}

std::int64_t weekOfYear(const CivilTime& t) noexcept {
    if (t.days < firstWeek(t.year, 0)) return (t.days - firstWeek(t.year - 1, 0)) / 7 + 1;
    if (t.days >= firstWeek(t.year + 1, 0)) return 1;
    return (t.days - firstWeek(t.year, 0)) / 7 + 1;
}

std::int64_t weekOfMonth(const CivilTime& t) noexcept {
    if (t.days < firstWeek(t.year, t.month)) return (t.days - firstWeek(t.year, t.month - 1)) / 7 + 1;
    if (t.days >= firstWeek(t.year, t.month + 1)) return 1;
    return (t.days - firstWeek(t.year, t.month)) / 7 + 1;
}

std::int64_t weekYear(const CivilTime& t) noexcept {
    return t.days < firstWeek(t.year, 0) ? t.year - 1 : t.days >= firstWeek(t.year + 1, 0) ? t.year + 1 : t.year;
}

std::int64_t weekMonth(const CivilTime& t) noexcept {
    const int month = t.days < firstWeek(t.year, t.month)        ? t.month + 11
                      : t.days >= firstWeek(t.year, t.month + 1) ? t.month + 1
                                                                 : t.month;
    return month % 12 + 1;
}

}  // namespace

// After "chrono-Compatible Low-Level Date Algorithms" (Hinnant 2013): years begin in March, eras have 400 years.
std::int64_t daysFromCivil(std::int64_t year, std::int64_t month, std::int64_t day) noexcept {
    year += floorDivide(month, 12);
    month = month - floorDivide(month, 12) * 12 + 1;
    year -= month <= 2 ? 1 : 0;
    const std::int64_t era = floorDivide(year, 400);
    const std::int64_t yearOfEra = year - era * 400;
    const std::int64_t dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719468;
}

CivilTime civilTime(std::int64_t millis) noexcept {
    CivilTime t;
    t.days = floorDivide(millis, kMillisPerDay);
    const std::int64_t ofDay = millis - t.days * kMillisPerDay;
    const std::int64_t z = t.days + 719468;
    const std::int64_t era = floorDivide(z, 146097);
    const std::int64_t dayOfEra = z - era * 146097;
    const std::int64_t yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146096) / 365;
    const std::int64_t dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    const std::int64_t shifted = (5 * dayOfYear + 2) / 153;
    t.day = static_cast<int>(dayOfYear - (153 * shifted + 2) / 5 + 1);
    t.month = static_cast<int>(shifted < 10 ? shifted + 2 : shifted - 10);
    t.year = yearOfEra + era * 400 + (t.month <= 1 ? 1 : 0);
    t.hour = static_cast<int>(ofDay / 3'600'000);
    t.minute = static_cast<int>(ofDay / 60'000 % 60);
    t.second = static_cast<int>(ofDay / 1000 % 60);
    t.milli = static_cast<int>(ofDay % 1000);
    return t;
}

std::int64_t componentOf(const CivilTime& t, char component) noexcept {
    switch (component) {
        case 'Y':
            return t.year;
        case 'M':
            return t.month + 1;
        case 'D':
            return t.day;
        case 'd':
            return t.days - daysFromCivil(t.year, 0, 1) + 1;
        case 'F':
            return weekdayOf(t.days);
        case 'W':
            return weekOfYear(t);
        case 'w':
            return weekOfMonth(t);
        case 'X':
            return weekYear(t);
        case 'x':
            return weekMonth(t);
        case 'H':
            return t.hour;
        case 'h':
            return t.hour % 12 == 0 ? 12 : t.hour % 12;
        case 'P':
            return t.hour >= 12 ? 1 : 0;
        case 'm':
            return t.minute;
        case 's':
            return t.second;
        case 'f':
            return t.milli;
        default:
            return 0;
    }
}

std::string_view monthName(int month) noexcept {
    static constexpr std::array<std::string_view, 12> kNames = {"January",   "February", "March",    "April",
                                                                "May",       "June",     "July",     "August",
                                                                "September", "October",  "November", "December"};
    return month >= 0 && month < 12 ? kNames[static_cast<std::size_t>(month)] : std::string_view{};
}

std::string_view weekdayName(int weekday) noexcept {
    static constexpr std::array<std::string_view, 7> kNames = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                                               "Friday", "Saturday", "Sunday"};
    return weekday >= 1 && weekday <= 7 ? kNames[static_cast<std::size_t>(weekday - 1)] : std::string_view{};
}

}  // namespace signalbox::expr
