// Reading dates: ISO 8601, and by pictures.
#include <algorithm>
#include <cctype>
#include <charconv>
#include <cstdlib>
#include <map>

#include "expr/calendar.h"
#include "expr/date_picture.h"
#include "expr/regex.h"

namespace signalbox::expr {

namespace {

constexpr double kMostOfOne = 1e7;  // of any component: sums of them cannot overflow, and reach beyond all dates
constexpr std::int64_t kMostMillis = 8'640'000'000'000'000;  // 100,000,000 days, as in JavaScript

using Components = std::map<char, std::int64_t>;

bool isDigit(char c) { return c >= '0' && c <= '9'; }

/// Takes exactly `count` digits from the front of the text.
bool takeDigits(std::string_view& text, std::size_t count, std::int64_t& number) {
    if (text.size() < count || !std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(count), isDigit))
        return false;
    std::from_chars(text.data(), text.data() + count, number);
    text.remove_prefix(count);
    return true;
}

bool take(std::string_view& text, char c) {
    if (text.empty() || text.front() != c) return false;
    text.remove_prefix(1);
    return true;
}

bool takeIsoZone(std::string_view& text, std::int64_t& minutes) {
    minutes = 0;
    if (text.empty() || take(text, 'Z')) return text.empty();
    const bool negative = text.front() == '-';
    if (!negative && text.front() != '+') return false;
    text.remove_prefix(1);
    std::int64_t hours = 0;
    if (!takeDigits(text, 2, hours)) return false;
    take(text, ':');
    if (!takeDigits(text, 2, minutes) || hours > 23 || minutes > 59) return false;
    minutes = (hours * 60 + minutes) * (negative ? -1 : 1);
    return text.empty();
}

/// YYYY[-MM[-DD]][Thh:mm:ss[.fraction]][Z or offset]. What is not written is the smallest.
std::optional<std::int64_t> parseIso(std::string_view text) {
    std::int64_t year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0, milli = 0, zone = 0;
    if (!takeDigits(text, 4, year)) return std::nullopt;
    if (text.size() >= 3 && text[0] == '-' && isDigit(text[2]) && (text.size() == 3 || text[3] != ':')) {
        take(text, '-');
        if (!takeDigits(text, 2, month)) return std::nullopt;
        if (take(text, '-') && !takeDigits(text, 2, day)) return std::nullopt;
    }
    const bool hasTime = take(text, 'T');
    if (hasTime) {
        const bool read = takeDigits(text, 2, hour) && take(text, ':') && takeDigits(text, 2, minute) &&
                          take(text, ':') && takeDigits(text, 2, second);
        if (!read) return std::nullopt;
    }
    if (hasTime && take(text, '.')) {
        std::int64_t unit = 100;
        if (text.empty() || !isDigit(text.front())) return std::nullopt;
        for (; !text.empty() && isDigit(text.front()); text.remove_prefix(1), unit /= 10)
            milli += unit * (text.front() - '0');
    }
    const bool midnight = hour == 24 && minute == 0 && second == 0;
    if (!takeIsoZone(text, zone) || month < 1 || month > 12 || day < 1 || day > 31 || (hour > 23 && !midnight) ||
        minute > 59 || second > 59) {
        return std::nullopt;
    }
    return daysFromCivil(year, month - 1, day) * kMillisPerDay + ((hour * 60 + minute - zone) * 60 + second) * 1000 +
           milli;
}

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (std::string_view("\\^$.|?*+()[]{}/-#").find(c) != std::string_view::npos) out.push_back('\\');
        out.push_back(c);
    }
    return out;
}

std::string_view nameOf(char component, int index) {
    if (component == 'F') return weekdayName(index);
    if (component == 'P') return index == 1 ? "am" : index == 2 ? "pm" : std::string_view{};
    return component == 'M' || component == 'x' ? monthName(index - 1) : std::string_view{};
}

bool sameLetters(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
        return std::tolower(static_cast<unsigned char>(x)) == std::tolower(static_cast<unsigned char>(y));
    });
}

std::string_view shortened(std::string_view name, const DatePart& part) {
    return part.mostWidth > 0 ? name.substr(0, part.mostWidth) : name;
}

/// A group that matches the part. Empty when the component has no names or numbers to read.
std::string patternOf(const DatePart& part) {
    if (part.component == 0) return escaped(part.literal);
    if (part.component == 'Z' || part.component == 'z') {
        std::string zone = part.component == 'z' ? "(?:GMT)?([-+][0-9]+" : "([-+][0-9]+";
        if (part.integer && !part.integer->separators.empty()) zone += "(?:" + escaped(":") + "[0-9]+)?";
        return part.timezoneT ? zone + "|Z)" : zone + ")";
    }
    if (part.integer) return "(" + integerPattern(*part.integer, part.parseWidth) + ")";
    if (nameOf(part.component, 1).empty()) return {};
    std::string names = "(";
    for (int i = 1; !nameOf(part.component, i).empty(); ++i) {
        names += (i > 1 ? "|" : "") + std::string(shortened(nameOf(part.component, i), part));
    }
    return names + ")";
}

std::int64_t zoneMinutes(std::string_view text) {
    if (text == "Z" || text == "z" || text.empty()) return 0;
    const bool negative = text.front() == '-';
    text.remove_prefix(1);
    std::int64_t hours = 0;
    std::int64_t minutes = 0;
    const std::size_t colon = text.find(':');
    const std::size_t hourDigits = colon != std::string_view::npos ? colon : text.size() <= 2 ? text.size() : 2;
    std::from_chars(text.data(), text.data() + hourDigits, hours);
    const std::size_t rest = colon != std::string_view::npos ? colon + 1 : hourDigits;
    std::from_chars(text.data() + rest, text.data() + text.size(), minutes);
    const auto bounded = [](std::int64_t part) { return std::clamp<std::int64_t>(part, 0, 1'000'000); };
    return (bounded(hours) * 60 + bounded(minutes)) * (negative ? -1 : 1);
}

/// Digits behind the decimal point of a second.
std::int64_t fractionMillis(std::string_view digits) {
    std::int64_t millis = 0;
    for (std::size_t i = 0; i < 3; ++i) millis = millis * 10 + (i < digits.size() ? digits[i] - '0' : 0);
    return millis;
}

std::int64_t valueOf(const DatePart& part, std::string_view text) {
    if (part.component == 'f' && std::all_of(text.begin(), text.end(), isDigit)) return fractionMillis(text);
    if (part.component == 'Z' || part.component == 'z') return zoneMinutes(text);
    if (part.integer)
        return static_cast<std::int64_t>(
            std::clamp(parseInteger(text, *part.integer).value_or(0), -kMostOfOne, kMostOfOne));
    for (int i = 1; !nameOf(part.component, i).empty(); ++i) {
        if (sameLetters(shortened(nameOf(part.component, i), part), text)) return part.component == 'P' ? i - 1 : i;
    }
    return 0;
}

tl::expected<std::optional<Components>, std::string_view> readComponents(std::string_view text,
                                                                         const DatePicture& picture) {
    std::string pattern = "^";
    std::vector<const DatePart*> groups;
    for (const DatePart& part : picture) {
        const std::string piece = patternOf(part);
        if (piece.empty() && part.component != 0) {
            if (part.names == DatePart::Names::None) continue;
            return tl::unexpected<std::string_view>("D3133");
        }
        pattern += piece;
        if (part.component != 0) groups.push_back(&part);
    }
    const auto regex = Regex::compile(pattern + "$", "i");
    const RegexSubject subject(text);
    RegexMatch match;
    if (!regex || (*regex)->search(subject, 0, match) != Regex::Outcome::Match) return std::optional<Components>{};
    Components components;
    for (std::size_t i = 0; i < groups.size() && i < match.groups.size(); ++i)
        components[groups[i]->component] = valueOf(*groups[i], match.groups[i]);
    return std::optional<Components>(std::move(components));
}

/// Whether all components out of `all` that are given belong to `kind`, and at least one is.
bool isKind(const Components& given, std::string_view all, std::string_view kind) {
    bool any = false;
    for (const char c : all) {
        if (!given.count(c)) continue;
        if (kind.find(c) == std::string_view::npos) return false;
        any = true;
    }
    return any;
}

/// Components missing before the first given one are those of now, behind the last given one the smallest; a hole
/// between is an error.
bool complete(Components& given, std::string_view order, const CivilTime& now) {
    bool started = false;
    bool ended = false;
    for (const char c : order) {
        if (given.count(c)) {
            if (ended) return false;
            started = true;
        } else if (started) {
            given[c] = std::string_view("MDd").find(c) != std::string_view::npos ? 1 : 0;
            ended = true;
        } else {
            given[c] = componentOf(now, c);
        }
    }
    return true;
}

tl::expected<std::optional<std::int64_t>, std::string_view> assemble(Components given, std::int64_t nowMillis) {
    static constexpr std::string_view kDates = "YXMxWwdD";
    static constexpr std::string_view kTimes = "PHhmsf";
    const bool ordinal = !isKind(given, kDates, "YMD") && isKind(given, kDates, "Yd");
    const bool weeks = isKind(given, kDates, "XxwF") || isKind(given, kDates, "XWF");
    if (weeks && !isKind(given, kDates, "YMD")) return tl::unexpected<std::string_view>("D3136");
    const bool halfDays = !isKind(given, kTimes, "Hmsf") && isKind(given, kTimes, "Phmsf");
    const std::string order = std::string(ordinal ? "Yd" : "YMD") + (halfDays ? "Phmsf" : "Hmsf");
    if (!complete(given, order, civilTime(nowMillis))) return tl::unexpected<std::string_view>("D3136");
    if (halfDays) given['H'] = (given['h'] == 12 ? 0 : given['h']) + (given['P'] == 1 ? 12 : 0);
    const std::int64_t days = ordinal ? daysFromCivil(given['Y'], 0, 1) + given['d'] - 1
                                      : daysFromCivil(given['Y'], given['M'] > 0 ? given['M'] - 1 : 0, given['D']);
    const std::int64_t zone = given.count('Z') ? given['Z'] : given.count('z') ? given['z'] : 0;
    const std::int64_t ofDay = ((given['H'] * 60 + given['m'] - zone) * 60 + given['s']) * 1000 + given['f'];
    const std::int64_t millis = days * kMillisPerDay + ofDay;
    return std::abs(millis) <= kMostMillis ? std::optional<std::int64_t>(millis) : std::nullopt;
}

}  // namespace

tl::expected<std::optional<std::int64_t>, std::string_view> parseDate(std::string_view text, std::string_view picture,
                                                                      std::int64_t nowMillis) {
    if (picture.empty()) {
        const auto millis = parseIso(text);
        if (!millis) return tl::unexpected<std::string_view>("D3110");
        return millis;
    }
    const auto parts = parseDatePicture(picture);
    if (!parts) return tl::unexpected<std::string_view>(parts.error());
    auto components = readComponents(text, *parts);
    if (!components) return tl::unexpected<std::string_view>(components.error());
    if (!*components || (*components)->empty()) return std::optional<std::int64_t>{};
    return assemble(std::move(**components), nowMillis);
}

}  // namespace signalbox::expr
