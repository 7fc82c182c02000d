#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "triggers/cron.h"

namespace signalbox::triggers {

namespace {

constexpr std::size_t kLongestRule = 500;

/// What one of the six fields may hold.
struct FieldKind {
    const char* name;
    unsigned least;
    unsigned most;
    const char* names;  ///< three letters each, from `least` on; empty: none
};
constexpr std::array<FieldKind, 6> kKinds{{{"second", 0, 59, ""},
                                           {"minute", 0, 59, ""},
                                           {"hour", 0, 23, ""},
                                           {"day of the month", 1, 31, ""},
                                           {"month", 1, 12, "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC"},
                                           {"day of the week", 0, 7, "SUNMONTUEWEDTHUFRISAT"}}};
constexpr std::size_t kDays = 3;
constexpr std::size_t kWeekdays = 5;

struct Word {
    std::string_view text;
    std::size_t column = 1;
};

Error wrong(std::size_t column, std::string message, std::string hint = {}) {
    return Error{"schedule.cron", std::move(message), fmt::format("column {}", column), std::move(hint), false};
}

bool isSpace(char c) { return c == ' ' || c == '\t'; }
char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

std::vector<Word> wordsOf(std::string_view text) {
    std::vector<Word> words;
    for (std::size_t at = 0; at < text.size();) {
        if (isSpace(text[at])) {
            ++at;
            continue;
        }
        const std::size_t start = at;
        while (at < text.size() && !isSpace(text[at])) ++at;
        words.push_back({text.substr(start, at - start), start + 1});
    }
    return words;
}

/// Reads one item of a field's list.
class ItemParser {
public:
    ItemParser(const FieldKind& kind, Word item) : kind_(kind), item_(item), rest_(item.text) {}

    [[nodiscard]] Status parseDays(CronRule::Fields& fields) {
        if (!takeLetter('L')) return parsePlain(fields.days);
        unsigned back = 0;
        if (take('-')) {
            SIGNALBOX_TRY(back, number(1, 30));
        }
        fields.daysBack |= Bits{1} << back;
        return atEnd();
    }

    [[nodiscard]] Status parseWeekdays(CronRule::Fields& fields) {
        const auto mark = rest_.find_first_of("Ll#");
        // "L" alone is Saturday in some dialects and the last day in others; nobody can tell which was meant.
        if (mark == 0)
            return fail(wrong(column(), "Which weekday is the last?", "Write \"5L\" or \"FRIL\" for the last Friday"));
        if (mark == std::string_view::npos || !endsDay(mark)) return parsePlain(fields.weekdays);
        SIGNALBOX_TRY(const unsigned value, value());
        const unsigned weekday = value % 7;
        if (takeLetter('L')) {
            fields.lastWeekdays |= Bits{1} << weekday;
            return atEnd();
        }
        if (!take('#')) return atEnd();
        SIGNALBOX_TRY(const unsigned nth, number(1, 5));
        fields.nthWeekdays[weekday] |= Bits{1} << nth;
        return atEnd();
    }

    [[nodiscard]] Status parsePlain(Bits& set) {
        unsigned first = kind_.least;
        unsigned last = kind_.most;
        const bool isAny = take('*') || (mayBeOpen() && take('?'));
        if (isAny && isWeekday()) last = 6;
        bool isOpen = isAny;
        if (!isAny) {
            SIGNALBOX_TRY(first, value());
            isOpen = !take('-');
            if (!isOpen) {
                SIGNALBOX_TRY(last, value());
            }
        }
        unsigned step = 1;
        const bool hasStep = take('/');
        if (hasStep) {
            SIGNALBOX_TRY(step, number(1, kind_.most));
        }
        SIGNALBOX_CHECK(atEnd());
        if (!isAny && isOpen && !hasStep) last = first;
        if (!isAny && isOpen && hasStep && isWeekday()) last = 6;
        return add(set, first, last, step);
    }

private:
    [[nodiscard]] bool isWeekday() const { return &kind_ == &kKinds[kWeekdays]; }
    [[nodiscard]] bool mayBeOpen() const { return isWeekday() || &kind_ == &kKinds[kDays]; }
    [[nodiscard]] std::size_t column() const { return item_.column + (item_.text.size() - rest_.size()); }
    [[nodiscard]] char peek() const { return rest_.empty() ? '\0' : rest_.front(); }
    bool take(char wanted) {
        if (peek() != wanted) return false;
        rest_.remove_prefix(1);
        return true;
    }
    bool takeLetter(char wanted) {
        if (upper(peek()) != wanted) return false;
        rest_.remove_prefix(1);
        return true;
    }
    /// Whether what is before `mark` is one weekday: a digit or a name of three letters.
    [[nodiscard]] bool endsDay(std::size_t mark) const { return mark == 1 || mark == 3; }

    [[nodiscard]] Status atEnd() const {
        if (rest_.empty()) return {};
        return fail(wrong(column(), fmt::format("\"{}\" does not belong here", rest_),
                          fmt::format("In the {}: numbers, ranges \"1-5\", steps \"*/2\", lists \"1,3\"", kind_.name)));
    }

    [[nodiscard]] Result<unsigned> number(unsigned least, unsigned most) {
        const std::size_t start = column();
        const auto end = std::find_if_not(rest_.begin(), rest_.end(), [](char c) { return c >= '0' && c <= '9'; });
        const auto digits = rest_.substr(0, static_cast<std::size_t>(end - rest_.begin()));
        if (digits.empty()) {
            return fail(wrong(start, fmt::format("A number is missing in the {}", kind_.name),
                              fmt::format("{} to {}", least, most)));
        }
        unsigned value = 0;
        for (const char digit : digits) value = std::min(value * 10 + static_cast<unsigned>(digit - '0'), 1000U);
        if (value < least || value > most) {
            return fail(wrong(start, fmt::format("{} is out of range in the {}", digits, kind_.name),
                              fmt::format("{} to {}", least, most)));
        }
        rest_.remove_prefix(digits.size());
        return value;
    }

    /// A number or a name.
    [[nodiscard]] Result<unsigned> value() {
        const std::string_view names = kind_.names;
        if (names.empty() || (peek() >= '0' && peek() <= '9')) return number(kind_.least, kind_.most);
        std::string name;
        for (const char c : rest_.substr(0, 3)) name.push_back(upper(c));
        for (std::size_t at = 0; at < names.size() && name.size() == 3; at += 3) {
            if (names.substr(at, 3) != name) continue;
            rest_.remove_prefix(3);
            return kind_.least + static_cast<unsigned>(at / 3);
        }
        return fail(wrong(column(), fmt::format("\"{}\" is no {}", rest_, kind_.name),
                          fmt::format("{} to {}, or {} to {}", kind_.least, kind_.most, names.substr(0, 3),
                                      names.substr(names.size() - 3))));
    }

    [[nodiscard]] Status add(Bits& set, unsigned first, unsigned last, unsigned step) const {
        if (first > last && !isWeekday()) {
            return fail(wrong(item_.column, fmt::format("The range \"{}\" runs backwards", item_.text),
                              fmt::format("Write \"{}-{},{}-{}\"", first, kind_.most, kind_.least, last)));
        }
        // Over the end of the week: FRI-MON is 5 to 8.
        if (first > last) last += 7;
        for (unsigned member = first; member <= last; member += step) {
            set |= Bits{1} << (isWeekday() ? member % 7 : member);
        }
        return {};
    }

    const FieldKind& kind_;
    Word item_;
    std::string_view rest_;
};

Status parseField(CronRule::Fields& fields, std::size_t index, Word word) {
    const std::array<Bits*, 6> sets{&fields.seconds, &fields.minutes, &fields.hours,
                                    &fields.days,    &fields.months,  &fields.weekdays};
    const bool isAny = word.text.front() == '*' || word.text.front() == '?';
    if (index == kDays) fields.anyDay = isAny;
    if (index == kWeekdays) fields.anyWeekday = isAny;
    *sets[index] = 0;
    for (std::size_t at = 0; at <= word.text.size();) {
        const std::size_t end = std::min(word.text.find(',', at), word.text.size());
        const Word item{word.text.substr(at, end - at), word.column + at};
        if (item.text.empty())
            return fail(wrong(item.column, fmt::format("The list of the {} has a gap", kKinds[index].name)));
        ItemParser parser(kKinds[index], item);
        if (index == kDays)
            SIGNALBOX_CHECK(parser.parseDays(fields));
        else if (index == kWeekdays)
            SIGNALBOX_CHECK(parser.parseWeekdays(fields));
        else
            SIGNALBOX_CHECK(parser.parsePlain(*sets[index]));
        at = end + 1;
    }
    return {};
}

Result<std::string_view> expand(Word word) {
    struct Short {
        std::string_view name;
        std::string_view rule;
    };
    constexpr std::array<Short, 7> kShort{{{"@yearly", "0 0 1 1 *"},
                                           {"@annually", "0 0 1 1 *"},
                                           {"@monthly", "0 0 1 * *"},
                                           {"@weekly", "0 0 * * 0"},
                                           {"@daily", "0 0 * * *"},
                                           {"@midnight", "0 0 * * *"},
                                           {"@hourly", "0 * * * *"}}};
    for (const auto& [name, rule] : kShort) {
        if (word.text == name) return rule;
    }
    return fail(wrong(word.column, fmt::format("\"{}\" is not known", word.text),
                      "@hourly, @daily, @weekly, @monthly or @yearly"));
}

}  // namespace

Result<CronRule> CronRule::parse(std::string_view text) {
    if (text.size() > kLongestRule) return fail(wrong(kLongestRule + 1, "The rule is too long"));
    std::vector<Word> words = wordsOf(text);
    if (words.size() == 1 && words.front().text.front() == '@') {
        SIGNALBOX_TRY(const std::string_view rule, expand(words.front()));
        words = wordsOf(rule);
    }
    if (words.size() < 5 || words.size() > 6) {
        return fail(wrong(words.size() > 6 ? words[6].column : text.size() + 1,
                          fmt::format("A rule has five fields, or six with seconds; this has {}", words.size()),
                          "minute hour day-of-month month day-of-week: \"30 2 * * MON-FRI\""));
    }
    Fields fields;
    const std::size_t skipped = kKinds.size() - words.size();
    for (std::size_t i = 0; i < words.size(); ++i) SIGNALBOX_CHECK(parseField(fields, i + skipped, words[i]));
    return CronRule(fields);
}

}  // namespace signalbox::triggers
