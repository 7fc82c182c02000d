// Cron rules: which seconds of a clock on the wall they name.
//
// Five fields "minute hour day-of-month month day-of-week", or six with the second in front. A field is a list, split
// by commas, of:
//   *          every value                      ?        the same, in the two fields of days
//   7          that value                       2-6      a range
//   */10       every tenth from the first       2-20/3   every third of a range       5/15  from 5 on to the last
//   JAN, mon   names of months and weekdays; 0 and 7 are both Sunday; a range of weekdays may go over the week's end
//   L          day of month: the last; "L-3" three days before it. Day of week "FRI L", written "5L" or "FRIL": the
//              month's last Friday
//   5#2        day of week: the month's second Friday
// When both fields of days say something (do not begin with "*" or "?") a day needs to fit only one of them, as Unix
// has it. "@yearly" (or "@annually"), "@monthly", "@weekly", "@daily" (or "@midnight") and "@hourly" are short forms.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace signalbox::triggers {

/// A set of whole numbers below 64.
using Bits = std::uint64_t;

/// A parsed rule. Immutable; thread-safe.
class CronRule {
public:
    /// Error "schedule.cron" with "column N" in where.
    [[nodiscard]] static Result<CronRule> parse(std::string_view text);

    /// The first moment from `local` on, itself included, that it names: seconds of a clock that knows no zones.
    /// Nothing: never. Jumps field by field: needs no longer for rare dates.
    [[nodiscard]] std::optional<std::int64_t> next(std::int64_t local) const;
    [[nodiscard]] bool matches(std::int64_t local) const;
    /// Names a time in each hour of its days.
    [[nodiscard]] bool isHourly() const;
    /// In words: "at 02:30 on Monday to Friday".
    [[nodiscard]] std::string describe() const;

    /// The fields as sets, for describing and testing.
    struct Fields {
        Bits seconds = 1;
        Bits minutes = 0;
        Bits hours = 0;
        Bits days = 0;      ///< 1 to 31
        Bits daysBack = 0;  ///< days before the month's last: 0 is the last itself
        Bits months = 0;    ///< 1 to 12
        Bits weekdays = 0;  ///< 0 is Sunday
        Bits lastWeekdays = 0;
        std::array<Bits, 7> nthWeekdays{};  ///< of each weekday, which ones in the month: 1 to 5
        bool anyDay = false;                ///< the field begins with "*" or "?"
        bool anyWeekday = false;
    };
    [[nodiscard]] const Fields& fields() const { return fields_; }

private:
    explicit CronRule(const Fields& fields) : fields_(fields) {}
    [[nodiscard]] bool fitsDay(std::chrono::sys_days day) const;
    [[nodiscard]] bool fitsDayOfMonth(const std::chrono::year_month_day& date) const;
    [[nodiscard]] bool fitsDayOfWeek(const std::chrono::year_month_day& date, unsigned weekday) const;
    [[nodiscard]] std::optional<std::int64_t> nextInDay(std::int64_t time) const;
    [[nodiscard]] std::optional<std::chrono::sys_days> nextDay(std::chrono::sys_days from) const;

    Fields fields_;
};

/// The set without its smallest members below `least`: its next member, or none.
[[nodiscard]] std::optional<unsigned> nextBit(Bits set, unsigned least);
[[nodiscard]] Bits bitsFrom(unsigned first, unsigned last, unsigned step = 1);

}  // namespace signalbox::triggers
