#include <bit>
#include <vector>

#include <fmt/format.h>

#include "triggers/cron.h"

namespace signalbox::triggers {

namespace {

constexpr std::array<const char*, 13> kMonths{"",     "January", "February",  "March",   "April",    "May",     "June",
                                              "July", "August",  "September", "October", "November", "December"};
constexpr std::array<const char*, 7> kWeekdays{"Sunday",   "Monday", "Tuesday", "Wednesday",
                                               "Thursday", "Friday", "Saturday"};
constexpr std::array<const char*, 6> kNth{"", "first", "second", "third", "fourth", "fifth"};
constexpr int kMostTimes = 6;

std::string ordinal(unsigned number) {
    const unsigned tens = number / 10 % 10;
    const unsigned ones = number % 10;
    const char* ending = tens == 1 ? "th" : ones == 1 ? "st" : ones == 2 ? "nd" : ones == 3 ? "rd" : "th";
    return fmt::format("{}{}", number, ending);
}

std::string join(const std::vector<std::string>& parts, const char* last = "and") {
    std::string text;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i > 0) text += i + 1 == parts.size() ? fmt::format(" {} ", last) : std::string(", ");
        text += parts[i];
    }
    return text;
}

/// Runs of three and more become "a to b".
template <class Name>
std::vector<std::string> rangesOf(Bits set, Name name) {
    std::vector<std::string> parts;
    for (auto first = nextBit(set, 0); first;) {
        unsigned last = *first;
        while (((set >> (last + 1)) & 1U) != 0) ++last;
        if (last >= *first + 2) {
            parts.push_back(fmt::format("{} to {}", name(*first), name(last)));
        } else {
            for (unsigned member = *first; member <= last; ++member) parts.push_back(name(member));
        }
        first = nextBit(set, last + 1);
    }
    return parts;
}

/// The step of a set that runs evenly from 0 through a whole turn of `size`; 0: it does not.
unsigned evenStep(Bits set, unsigned size) {
    const auto second = nextBit(set, 1);
    if ((set & 1U) == 0 || !second || size % *second != 0) return 0;
    return set == bitsFrom(0, size - 1, *second) ? *second : 0;
}

std::string every(unsigned step, const char* unit) {
    return step == 1 ? fmt::format("every {}", unit) : fmt::format("every {} {}s", step, unit);
}

std::string timesOf(const CronRule::Fields& fields) {
    std::vector<std::string> times;
    for (auto hour = nextBit(fields.hours, 0); hour; hour = nextBit(fields.hours, *hour + 1)) {
        for (auto minute = nextBit(fields.minutes, 0); minute; minute = nextBit(fields.minutes, *minute + 1)) {
            times.push_back(fmt::format("{:02}:{:02}", *hour, *minute));
            if (fields.seconds != 1) times.back() += fmt::format(":{:02}", *nextBit(fields.seconds, 0));
        }
    }
    return "at " + join(times);
}

std::string minutesOf(const CronRule::Fields& fields) {
    const auto plain = [](unsigned member) { return fmt::format("{}", member); };
    if (const unsigned step = evenStep(fields.minutes, 60)) return every(step, "minute");
    const bool isOne = std::popcount(fields.minutes) == 1;
    return fmt::format("at minute{} {}", isOne ? "" : "s", join(rangesOf(fields.minutes, plain)));
}

std::string hoursOf(const CronRule::Fields& fields) {
    if (fields.hours == bitsFrom(0, 23)) return {};
    if (const unsigned step = evenStep(fields.hours, 24)) return fmt::format(" of {}", every(step, "hour"));
    const auto plain = [](unsigned member) { return fmt::format("{:02}", member); };
    const bool isOne = std::popcount(fields.hours) == 1;
    return fmt::format(" of the hour{} {}", isOne ? "" : "s", join(rangesOf(fields.hours, plain)));
}

std::string describeTime(const CronRule::Fields& fields) {
    const bool isWhole = std::popcount(fields.seconds) == 1;
    if (isWhole && std::popcount(fields.hours) * std::popcount(fields.minutes) <= kMostTimes) return timesOf(fields);
    if (fields.seconds == 1 && fields.minutes == 1) {
        if (const unsigned step = evenStep(fields.hours, 24)) return every(step, "hour");
    }
    std::string text = minutesOf(fields);
    const bool isEachMinute = fields.minutes == bitsFrom(0, 59);
    if (fields.seconds != 1) {
        const auto plain = [](unsigned member) { return fmt::format("{}", member); };
        const unsigned step = evenStep(fields.seconds, 60);
        const std::string seconds =
            step != 0 ? every(step, "second")
                      : fmt::format("at second{} {}", isWhole ? "" : "s", join(rangesOf(fields.seconds, plain)));
        text = isEachMinute && step != 0 ? seconds : fmt::format("{}, {}", seconds, text);
    }
    const bool isHourly = fields.hours == bitsFrom(0, 23);
    if (isHourly && evenStep(fields.minutes, 60) == 0) text += " of every hour";
    return text + hoursOf(fields);
}

std::string describeDays(const CronRule::Fields& fields) {
    std::vector<std::string> parts = rangesOf(fields.days, [](unsigned day) { return "the " + ordinal(day); });
    for (auto back = nextBit(fields.daysBack, 0); back; back = nextBit(fields.daysBack, *back + 1)) {
        parts.push_back(*back == 0 ? std::string("the last day")
                                   : fmt::format("{} day{} before the last", *back, *back == 1 ? "" : "s"));
    }
    return join(parts) + " of the month";
}

std::string describeWeekdays(const CronRule::Fields& fields) {
    const auto name = [](unsigned day) { return std::string(kWeekdays[day % 7]); };
    Bits set = fields.weekdays;
    // A weekend is "Saturday and Sunday": Sunday goes to the end unless the week begins with it.
    if ((set & 1U) != 0 && (set & 2U) == 0) set = (set & ~Bits{1}) | (Bits{1} << 7);
    std::vector<std::string> parts = rangesOf(set, name);
    for (unsigned day = 0; day < 7; ++day) {
        const Bits nth = fields.nthWeekdays[day];
        for (auto which = nextBit(nth, 1); which; which = nextBit(nth, *which + 1)) {
            parts.push_back(fmt::format("the month's {} {}", kNth[*which], kWeekdays[day]));
        }
        if (((fields.lastWeekdays >> day) & 1U) != 0)
            parts.push_back(fmt::format("the month's last {}", kWeekdays[day]));
    }
    return join(parts);
}

}  // namespace

std::string CronRule::describe() const {
    const bool allDays = fields_.days == bitsFrom(1, 31);
    const bool allWeekdays = fields_.weekdays == bitsFrom(0, 6);
    std::string text = describeTime(fields_);
    if (!allDays && !allWeekdays) {
        const char* link = fields_.anyDay || fields_.anyWeekday ? "if it is also" : "and on";
        text += fmt::format(" on {}, {} {}", describeDays(fields_), link, describeWeekdays(fields_));
    } else if (!allDays) {
        text += " on " + describeDays(fields_);
    } else if (!allWeekdays && fields_.anyDay) {
        text += " on " + describeWeekdays(fields_);
    } else if (text.starts_with("at ") && !isHourly()) {
        text += " every day";
    }
    if (fields_.months != bitsFrom(1, 12)) {
        text += " in " + join(rangesOf(fields_.months, [](unsigned month) { return std::string(kMonths[month]); }));
    }
    return text;
}

}  // namespace signalbox::triggers
