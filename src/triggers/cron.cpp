#include "triggers/cron.h"

#include <bit>

namespace signalbox::triggers {

namespace chrono = std::chrono;

namespace {

constexpr std::int64_t kMinute = 60;
constexpr std::int64_t kHour = 3600;
constexpr std::int64_t kDay = 86'400;
/// The calendar repeats after so many years: what has not come by then never does.
constexpr int kCycleYears = 400;
constexpr int kLastYear = 30'000;

bool has(Bits set, unsigned member) { return ((set >> member) & 1U) != 0; }

unsigned daysIn(const chrono::year_month_day& date) {
    return static_cast<unsigned>(chrono::year_month_day_last(date.year(), date.month() / chrono::last).day());
}

}  // namespace

std::optional<unsigned> nextBit(Bits set, unsigned least) {
    if (least >= 64) return std::nullopt;
    const Bits rest = set >> least;
    if (rest == 0) return std::nullopt;
    return least + static_cast<unsigned>(std::countr_zero(rest));
}

Bits bitsFrom(unsigned first, unsigned last, unsigned step) {
    Bits set = 0;
    for (unsigned member = first; member <= last; member += step) set |= Bits{1} << member;
    return set;
}

bool CronRule::isHourly() const { return fields_.hours == bitsFrom(0, 23); }

bool CronRule::fitsDayOfMonth(const chrono::year_month_day& date) const {
    const auto day = static_cast<unsigned>(date.day());
    return has(fields_.days, day) || has(fields_.daysBack, daysIn(date) - day);
}

bool CronRule::fitsDayOfWeek(const chrono::year_month_day& date, unsigned weekday) const {
    const auto day = static_cast<unsigned>(date.day());
    if (has(fields_.weekdays, weekday)) return true;
    if (has(fields_.lastWeekdays, weekday) && day + 7 > daysIn(date)) return true;
    return has(fields_.nthWeekdays[weekday], (day - 1) / 7 + 1);
}

bool CronRule::fitsDay(chrono::sys_days day) const {
    const chrono::year_month_day date(day);
    if (!has(fields_.months, static_cast<unsigned>(date.month()))) return false;
    const bool ofMonth = fitsDayOfMonth(date);
    const bool ofWeek = fitsDayOfWeek(date, chrono::weekday(day).c_encoding());
    return fields_.anyDay || fields_.anyWeekday ? ofMonth && ofWeek : ofMonth || ofWeek;
}

bool CronRule::matches(std::int64_t local) const {
    const auto day = chrono::floor<chrono::days>(chrono::sys_seconds(chrono::seconds(local)));
    const auto time = static_cast<unsigned>(local - day.time_since_epoch().count() * kDay);
    return has(fields_.hours, time / 3600) && has(fields_.minutes, time / 60 % 60) && has(fields_.seconds, time % 60) &&
           fitsDay(day);
}

/// From that second of the day on.
std::optional<std::int64_t> CronRule::nextInDay(std::int64_t time) const {
    auto hour = static_cast<unsigned>(time / kHour);
    auto minute = static_cast<unsigned>(time / kMinute % 60);
    auto second = static_cast<unsigned>(time % 60);
    if (!has(fields_.hours, hour)) minute = second = 0;
    while (const auto nextHour = nextBit(fields_.hours, hour)) {
        if (*nextHour != hour) minute = second = 0;
        hour = *nextHour;
        if (auto nextMinute = nextBit(fields_.minutes, minute)) {
            std::optional<unsigned> nextSecond = nextBit(fields_.seconds, *nextMinute == minute ? second : 0);
            if (!nextSecond) {
                nextMinute = nextBit(fields_.minutes, *nextMinute + 1);
                nextSecond = nextBit(fields_.seconds, 0);
            }
            if (nextMinute) return *nextHour * kHour + *nextMinute * kMinute + *nextSecond;
        }
        ++hour;
        minute = second = 0;
    }
    return std::nullopt;
}

std::optional<chrono::sys_days> CronRule::nextDay(chrono::sys_days from) const {
    chrono::year_month_day date(from);
    const chrono::year last = date.year() + chrono::years(kCycleYears);
    while (date.year() <= last && static_cast<int>(date.year()) <= kLastYear) {
        if (has(fields_.months, static_cast<unsigned>(date.month()))) {
            const unsigned days = daysIn(date);
            for (unsigned day = static_cast<unsigned>(date.day()); day <= days; ++day) {
                const chrono::sys_days candidate = date.year() / date.month() / day;
                if (fitsDay(candidate)) return candidate;
            }
        }
        const auto month = nextBit(fields_.months, static_cast<unsigned>(date.month()) + 1);
        date = month ? date.year() / chrono::month(*month) / 1
                     : (date.year() + chrono::years(1)) / chrono::month(*nextBit(fields_.months, 1)) / 1;
    }
    return std::nullopt;
}

std::optional<std::int64_t> CronRule::next(std::int64_t local) const {
    const auto today = chrono::floor<chrono::days>(chrono::sys_seconds(chrono::seconds(local)));
    if (fitsDay(today)) {
        if (const auto time = nextInDay(local - today.time_since_epoch().count() * kDay)) {
            return today.time_since_epoch().count() * kDay + *time;
        }
    }
    const auto day = nextDay(today + chrono::days(1));
    if (!day) return std::nullopt;
    return day->time_since_epoch().count() * kDay + *nextInDay(0);
}

}  // namespace signalbox::triggers
