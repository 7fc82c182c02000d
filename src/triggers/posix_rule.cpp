#include "triggers/posix_rule.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace signalbox::triggers {

namespace {

constexpr std::int64_t kDay = 86'400;
constexpr std::int32_t kHour = 3600;

/// Reads a rule from left to right; any failure makes the whole of it none.
class Reader {
public:
    explicit Reader(std::string_view text) : text_(text) {}

    [[nodiscard]] bool atEnd() const { return text_.empty(); }
    [[nodiscard]] bool failed() const { return failed_; }
    [[nodiscard]] char peek() const { return text_.empty() ? '\0' : text_.front(); }
    bool take(char wanted) {
        if (peek() != wanted) return false;
        text_.remove_prefix(1);
        return true;
    }
    void expect(char wanted) { failed_ |= !take(wanted); }

    /// "CET" or "<+0330>"; its text does not matter.
    void name() {
        if (take('<')) {
            const auto end = text_.find('>');
            failed_ |= end == std::string_view::npos;
            text_.remove_prefix(failed_ ? text_.size() : end + 1);
            return;
        }
        const auto isLetter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
        const auto end = std::find_if_not(text_.begin(), text_.end(), isLetter);
        failed_ |= end - text_.begin() < 3;
        text_.remove_prefix(static_cast<std::size_t>(end - text_.begin()));
    }

    int number(int least, int most) {
        int value = 0;
        int digits = 0;
        for (; peek() >= '0' && peek() <= '9' && digits < 4; ++digits) {
            value = value * 10 + (peek() - '0');
            text_.remove_prefix(1);
        }
        failed_ |= digits == 0 || value < least || value > most;
        return value;
    }

    /// "[+-]hh[:mm[:ss]]" in seconds.
    std::int32_t time() {
        const bool isNegative = take('-');
        if (!isNegative) take('+');
        std::int32_t seconds = number(0, 167) * kHour;
        if (take(':')) seconds += number(0, 59) * 60;
        if (take(':')) seconds += number(0, 59);
        return isNegative ? -seconds : seconds;
    }

    PosixChange change() {
        PosixChange made;
        if (take('M')) {
            made.month = number(1, 12);
            expect('.');
            made.week = number(1, 5);
            expect('.');
            made.day = number(0, 6);
        } else if (take('J')) {
            made.kind = PosixChange::Kind::Julian;
            made.day = number(1, 365);
        } else {
            made.kind = PosixChange::Kind::DayOfYear;
            made.day = number(0, 365);
        }
        if (take('/')) made.time = time();
        return made;
    }

private:
    std::string_view text_;
    bool failed_ = false;
};

}  // namespace

std::int64_t PosixChange::localIn(int year) const {
    namespace chrono = std::chrono;
    const chrono::year inYear(year);
    const chrono::sys_days first = inYear / chrono::January / 1;
    chrono::sys_days date = first;
    if (kind == Kind::Month) {
        const chrono::month inMonth(static_cast<unsigned>(month));
        const chrono::weekday weekday(static_cast<unsigned>(day));
        if (week == 5)
            date = inYear / inMonth / weekday[chrono::last];
        else
            date = inYear / inMonth / weekday[static_cast<unsigned>(week)];
    } else if (kind == Kind::Julian) {
        constexpr int kFirstOfMarch = 60;
        date = first + chrono::days(day - 1 + (inYear.is_leap() && day >= kFirstOfMarch ? 1 : 0));
    } else {
        date = first + chrono::days(day);
    }
    return date.time_since_epoch().count() * kDay + time;
}

std::optional<PosixRule> PosixRule::parse(std::string_view text) {
    Reader reader(text);
    PosixRule rule;
    reader.name();
    rule.standardOffset = -reader.time();
    if (!reader.failed() && !reader.atEnd()) {
        rule.hasSummer = true;
        reader.name();
        rule.summerOffset = rule.standardOffset + kHour;
        if (reader.peek() != ',') rule.summerOffset = -reader.time();
        reader.expect(',');
        rule.toSummer = reader.change();
        reader.expect(',');
        rule.toStandard = reader.change();
    }
    if (reader.failed() || !reader.atEnd()) return std::nullopt;
    return rule;
}

std::array<PosixRule::Moment, 2> PosixRule::changesIn(int year) const {
    std::array<Moment, 2> changes{Moment{toSummer.localIn(year) - standardOffset, summerOffset},
                                  Moment{toStandard.localIn(year) - summerOffset, standardOffset}};
    if (changes[1].utc < changes[0].utc) std::swap(changes[0], changes[1]);
    return changes;
}

}  // namespace signalbox::triggers
