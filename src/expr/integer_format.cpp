#include "expr/integer_format.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "expr/number_words.h"
#include "expr/utf8.h"
#include "expr/value_text.h"

namespace signalbox::expr {

namespace {

// First digits of the decimal digit groups of Unicode.
constexpr std::uint32_t kZeros[] = {0x30,   0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6,
                                    0x0C66, 0x0CE6, 0x0D66, 0x0DE6, 0x0E50, 0x0ED0, 0x0F20, 0x1040, 0x1090, 0x17E0,
                                    0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50, 0x1BB0, 0x1C40, 0x1C50, 0xA620,
                                    0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0xFF10};

std::uint32_t zeroOf(std::uint32_t codePoint) {
    for (const std::uint32_t zero : kZeros) {
        if (codePoint >= zero && codePoint <= zero + 9) return zero;
    }
    return 0;
}

std::u32string codePoints(std::string_view text) {
    std::u32string out;
    for (std::size_t offset = 0; offset < text.size();) out.push_back(nextCodePoint(text, offset));
    return out;
}

std::string utf8(std::u32string_view text) {
    std::string out;
    for (const char32_t c : text) appendCodePoint(out, c);
    return out;
}

/// Separators of one kind at all multiples of a distance repeat for ever.
void findRegularGrouping(IntegerFormat& format) {
    if (format.separators.empty()) return;
    std::size_t step = 0;
    for (const auto& separator : format.separators) {
        if (separator.character != format.separators.front().character) return;
        step = std::gcd(step, separator.position);
    }
    for (std::size_t i = 1; i <= format.separators.size(); ++i) {
        const bool has = std::any_of(format.separators.begin(), format.separators.end(),
                                     [&](const auto& s) { return s.position == i * step; });
        if (!has) return;
    }
    if (step == 0) return;
    format.regular = true;
    format.separators = {{step, format.separators.front().character}};
}

tl::expected<IntegerFormat, std::string_view> parseDigits(std::u32string_view picture, IntegerFormat format) {
    format.zero = 0;
    std::size_t position = 0;
    for (auto at = picture.rbegin(); at != picture.rend(); ++at) {
        if (const std::uint32_t zero = zeroOf(*at)) {
            if (format.zero && format.zero != zero) return tl::unexpected<std::string_view>("D3131");
            format.zero = zero;
            ++format.mandatoryDigits;
            ++position;
        } else if (*at == '#') {
            ++format.optionalDigits;
            ++position;
        } else {
            format.separators.push_back({position, *at});
        }
    }
    if (format.mandatoryDigits == 0) return tl::unexpected<std::string_view>("D3130");
    findRegularGrouping(format);
    return format;
}

std::string inCase(std::string text, IntegerFormat::Case letterCase) {
    if (letterCase == IntegerFormat::Case::Title) return text;
    for (char& c : text) {
        const bool upper = letterCase == IntegerFormat::Case::Upper;
        if (upper && c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
        if (!upper && c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    }
    return text;
}

std::string_view ordinalSuffix(std::string_view digits) {
    const bool teen = digits.size() > 1 && digits[digits.size() - 2] == '1';
    switch (teen ? '0' : digits.back()) {
        case '1':
            return "st";
        case '2':
            return "nd";
        case '3':
            return "rd";
        default:
            return "th";
    }
}

std::string formatDigits(double number, const IntegerFormat& format) {
    std::string digits = numberText(number);
    if (digits.size() < format.mandatoryDigits)
        digits.insert(0, std::min<std::size_t>(format.mandatoryDigits, 1000) - digits.size(), '0');
    std::u32string text;
    for (const char c : digits)
        text.push_back(c >= '0' && c <= '9' ? format.zero + static_cast<std::uint32_t>(c - '0')
                                            : static_cast<char32_t>(c));
    const std::size_t size = text.size();
    if (format.regular) {
        const std::size_t step = format.separators.front().position;
        for (std::size_t group = step; group < size; group += step)
            text.insert(size - group, 1, format.separators.front().character);
    } else {
        for (const auto& separator : format.separators) {
            if (separator.position < size) text.insert(size - separator.position, 1, separator.character);
        }
    }
    return utf8(text) + std::string(format.ordinal ? ordinalSuffix(digits) : std::string_view{});
}

std::optional<double> parseDigitText(std::string_view text, const IntegerFormat& format) {
    if (format.ordinal && text.size() > 2) text.remove_suffix(2);
    double number = 0;
    bool any = false;
    bool negative = false;
    for (const char32_t c : codePoints(text)) {
        if (c >= format.zero && c <= format.zero + 9) {
            number = number * 10 + static_cast<double>(c - format.zero);
            any = true;
            continue;
        }
        const bool isSeparator = std::any_of(format.separators.begin(), format.separators.end(),
                                             [c](const auto& s) { return s.character == c; });
        if (c == '-' && !any) {
            negative = true;
        } else if (!isSeparator) {
            break;
        }
    }
    return any ? std::optional<double>(negative ? -number : number) : std::nullopt;
}

}  // namespace

tl::expected<IntegerFormat, std::string_view> parseIntegerPicture(std::string_view picture) {
    IntegerFormat format;
    std::string_view primary = picture;
    if (const std::size_t semicolon = picture.rfind(';'); semicolon != std::string_view::npos) {
        primary = picture.substr(0, semicolon);
        format.ordinal = picture.substr(semicolon + 1, 1) == "o";
    }
    struct Named {
        std::string_view text;
        IntegerFormat::Style style;
        IntegerFormat::Case letterCase;
    };
    using Style = IntegerFormat::Style;
    using Case = IntegerFormat::Case;
    static constexpr Named kNamed[] = {{"A", Style::Letters, Case::Upper}, {"a", Style::Letters, Case::Lower},
                                       {"I", Style::Roman, Case::Upper},   {"i", Style::Roman, Case::Lower},
                                       {"W", Style::Words, Case::Upper},   {"Ww", Style::Words, Case::Title},
                                       {"w", Style::Words, Case::Lower}};
    for (const Named& named : kNamed) {
        if (named.text != primary) continue;
        format.style = named.style;
        format.letterCase = named.letterCase;
        return format;
    }
    return parseDigits(codePoints(primary), format);
}

std::string formatInteger(double number, const IntegerFormat& format) {
    const double magnitude = std::abs(number);
    std::string text;
    switch (format.style) {
        case IntegerFormat::Style::Letters:
            text = numberToLetters(magnitude, format.letterCase == IntegerFormat::Case::Upper ? 'A' : 'a');
            break;
        case IntegerFormat::Style::Roman:
            text = inCase(numberToRoman(magnitude), format.letterCase);
            break;
        case IntegerFormat::Style::Words:
            text = inCase(numberToWords(magnitude, format.ordinal), format.letterCase);
            break;
        case IntegerFormat::Style::Digits:
            text = formatDigits(magnitude, format);
            break;
    }
    return number < 0 ? "-" + text : text;
}

tl::expected<std::string, std::string_view> formatInteger(double number, std::string_view picture) {
    const auto format = parseIntegerPicture(picture);
    if (!format) return tl::unexpected<std::string_view>(format.error());
    if (format->style == IntegerFormat::Style::Roman && std::abs(number) > kMostRoman)
        return tl::unexpected<std::string_view>("D2015");
    return formatInteger(number, *format);
}

std::optional<double> parseInteger(std::string_view text, const IntegerFormat& format) {
    switch (format.style) {
        case IntegerFormat::Style::Letters:
            return lettersToNumber(text);
        case IntegerFormat::Style::Roman:
            return romanToNumber(text);
        case IntegerFormat::Style::Words:
            return wordsToNumber(text);
        case IntegerFormat::Style::Digits:
            break;
    }
    return parseDigitText(text, format);
}

tl::expected<std::optional<double>, std::string_view> parseInteger(std::string_view text, std::string_view picture) {
    const auto format = parseIntegerPicture(picture);
    if (!format) return tl::unexpected<std::string_view>(format.error());
    return parseInteger(text, *format);
}

std::string integerPattern(const IntegerFormat& format, std::size_t width) {
    switch (format.style) {
        case IntegerFormat::Style::Letters:
            return "[a-z]+";
        case IntegerFormat::Style::Roman:
            return "[mdclxvi]+";
        case IntegerFormat::Style::Words:
            return wordPattern();
        case IntegerFormat::Style::Digits:
            break;
    }
    std::string digits = "[";
    appendCodePoint(digits, format.zero);
    digits += "-";
    appendCodePoint(digits, format.zero + 9);
    std::u32string known;
    for (const auto& separator : format.separators) {
        if (known.find(separator.character) != std::u32string::npos) continue;
        known.push_back(separator.character);
        const bool letter = (separator.character | 0x20U) >= 'a' && (separator.character | 0x20U) <= 'z';
        if (!letter) digits += "\\";  // a letter behind it would be a class of characters
        appendCodePoint(digits, separator.character);
    }
    digits += width > 0 ? "]{" + std::to_string(width) + "}" : "]+";
    return format.ordinal ? digits + "(?:th|st|nd|rd)" : digits;
}

}  // namespace signalbox::expr
