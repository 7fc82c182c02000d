#include "expr/number_format.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

#include "expr/utf8.h"

namespace signalbox::expr {

namespace {

using Text = std::u32string;
using TextView = std::u32string_view;

Text codePoints(std::string_view text) {
    Text out;
    for (std::size_t offset = 0; offset < text.size();) out.push_back(nextCodePoint(text, offset));
    return out;
}

/// The characters that mean something in a picture.
struct Symbols {
    explicit Symbols(const Value& options) {
        const auto take = [&](std::string_view name, char32_t& symbol) {
            const Value& given = options[name];
            if (given.isString() && !given.empty()) symbol = codePoints(given.asString()).front();
        };
        take("decimal-separator", decimal);
        take("grouping-separator", grouping);
        take("exponent-separator", exponent);
        take("minus-sign", minus);
        take("zero-digit", zero);
        take("digit", digit);
        take("pattern-separator", pattern);
        // These two may be texts of several characters.
        percent = options["percent"].isString() ? codePoints(options["percent"].asString()) : Text(U"%");
        perMille = options["per-mille"].isString() ? codePoints(options["per-mille"].asString()) : Text(U"\u2030");
    }
    [[nodiscard]] bool isMandatory(char32_t c) const { return c >= zero && c <= zero + 9; }
    [[nodiscard]] bool isDigit(char32_t c) const { return c == digit || isMandatory(c); }
    [[nodiscard]] bool isActive(char32_t c) const {
        return isDigit(c) || c == decimal || c == exponent || c == grouping || c == pattern;
    }
    char32_t decimal = '.';
    char32_t grouping = ',';
    char32_t exponent = 'e';
    char32_t minus = '-';
    char32_t zero = '0';
    char32_t digit = '#';
    char32_t pattern = ';';
    Text percent;
    Text perMille;
};

/// A picture, or the half of one that is for negative numbers, cut into its parts.
struct Picture {
    Text whole, prefix, suffix, active, mantissa, integer, fraction, exponent;
    bool hasExponent = false;
    bool hasDecimal = false;
    std::vector<std::size_t> integerGroups;   ///< digits right of each separator
    std::vector<std::size_t> fractionGroups;  ///< digits left of each separator
    std::size_t regularGroup = 0;
    std::size_t leastInteger = 0, leastFraction = 0, mostFraction = 0, leastExponent = 0;
    std::size_t scaling = 0;
};

std::size_t count(TextView text, TextView what) {
    std::size_t found = 0;
    for (std::size_t at = text.find(what); at != TextView::npos && !what.empty();
         at = text.find(what, at + what.size()))
        ++found;
    return found;
}

void cut(const Symbols& symbols, Picture& picture) {
    const Text& whole = picture.whole;
    const auto begins = [&](char32_t c) { return symbols.isActive(c) && c != symbols.exponent; };
    const auto first = std::find_if(whole.begin(), whole.end(), begins);
    if (first == whole.end()) {
        picture.active = whole;  // no digit anywhere: fault() tells
    } else {
        const auto last = std::find_if(whole.rbegin(), whole.rend(), begins).base();
        picture.prefix = Text(whole.begin(), first);
        picture.suffix = Text(last, whole.end());
        picture.active = Text(first, last);
    }
    const std::size_t exponent = picture.active.find(symbols.exponent);
    picture.hasExponent = exponent != Text::npos;
    picture.mantissa = picture.active.substr(0, exponent);
    if (picture.hasExponent) picture.exponent = picture.active.substr(exponent + 1);
    const std::size_t decimal = picture.mantissa.find(symbols.decimal);
    picture.hasDecimal = decimal != Text::npos;
    picture.integer = picture.mantissa.substr(0, decimal);
    if (picture.hasDecimal) picture.fraction = picture.mantissa.substr(decimal + 1);
}

/// The code of the last rule of the specification that a picture breaks, or nothing.
std::string_view fault(const Symbols& symbols, const Picture& picture) {
    const auto isMandatory = [&](char32_t c) { return symbols.isMandatory(c); };
    const std::size_t percents = count(picture.whole, symbols.percent);
    const std::size_t perMilles = count(picture.whole, symbols.perMille);
    if (picture.hasExponent) {
        if (picture.exponent.empty() || !std::all_of(picture.exponent.begin(), picture.exponent.end(), isMandatory))
            return "D3093";
        if (percents + perMilles > 0) return "D3092";
    }
    const auto optional = std::find(picture.fraction.rbegin(), picture.fraction.rend(), symbols.digit).base();
    const bool hasOptional = picture.fraction.find(symbols.digit) != Text::npos;
    if (hasOptional && std::any_of(optional, picture.fraction.end(), isMandatory)) return "D3091";
    const auto mandatory = std::find_if(picture.integer.begin(), picture.integer.end(), isMandatory);
    const auto first = std::find(picture.integer.begin(), picture.integer.end(), symbols.digit);
    if (first != picture.integer.end() && mandatory < first) return "D3090";
    if (count(picture.whole, Text(2, symbols.grouping)) > 0) return "D3089";
    const bool ends = !picture.integer.empty() && picture.integer.back() == symbols.grouping;
    if (!picture.hasDecimal && ends) return "D3088";
    const bool begins = !picture.fraction.empty() && picture.fraction.front() == symbols.grouping;
    if (picture.hasDecimal && (ends || begins)) return "D3087";
    const auto has = [](const Text& text, auto predicate) { return std::any_of(text.begin(), text.end(), predicate); };
    if (has(picture.active, [&](char32_t c) { return !symbols.isActive(c); })) return "D3086";
    if (!has(picture.mantissa, [&](char32_t c) { return symbols.isDigit(c); })) return "D3085";
    if (percents > 0 && perMilles > 0) return "D3084";
    if (perMilles > 1) return "D3083";
    if (percents > 1) return "D3082";
    return count(picture.whole, TextView(&symbols.decimal, 1)) > 1 ? "D3081" : std::string_view{};
}

std::vector<std::size_t> groupsOf(const Symbols& symbols, const Text& part, bool fromLeft) {
    std::vector<std::size_t> groups;
    for (std::size_t at = part.find(symbols.grouping); at != Text::npos; at = part.find(symbols.grouping, at + 1)) {
        const auto middle = part.begin() + static_cast<std::ptrdiff_t>(at);
        const auto isDigit = [&](char32_t c) { return symbols.isDigit(c); };
        groups.push_back(static_cast<std::size_t>(fromLeft ? std::count_if(part.begin(), middle, isDigit)
                                                           : std::count_if(middle, part.end(), isDigit)));
    }
    return groups;
}

std::size_t regularOf(const std::vector<std::size_t>& groups) {
    std::size_t step = 0;
    for (const std::size_t group : groups) step = std::gcd(step, group);
    for (std::size_t i = 1; i <= groups.size(); ++i) {
        if (std::find(groups.begin(), groups.end(), i * step) == groups.end()) return 0;
    }
    return step;
}

void measure(const Symbols& symbols, Picture& picture) {
    const auto mandatory = [&](const Text& part) {
        return static_cast<std::size_t>(
            std::count_if(part.begin(), part.end(), [&](char32_t c) { return symbols.isMandatory(c); }));
    };
    picture.integerGroups = groupsOf(symbols, picture.integer, false);
    picture.fractionGroups = groupsOf(symbols, picture.fraction, true);
    picture.regularGroup = regularOf(picture.integerGroups);
    picture.leastInteger = picture.scaling = mandatory(picture.integer);
    picture.leastFraction = mandatory(picture.fraction);
    picture.mostFraction = static_cast<std::size_t>(std::count_if(picture.fraction.begin(), picture.fraction.end(),
                                                                  [&](char32_t c) { return symbols.isDigit(c); }));
    if (picture.leastInteger == 0 && picture.mostFraction == 0) {
        if (picture.hasExponent) {
            picture.leastFraction = picture.mostFraction = 1;
        } else {
            picture.leastInteger = 1;
        }
    }
    const bool optionalInteger = picture.integer.find(symbols.digit) != Text::npos;
    if (picture.hasExponent && picture.leastInteger == 0 && optionalInteger) picture.leastInteger = 1;
    if (picture.leastInteger == 0 && picture.leastFraction == 0) picture.leastFraction = 1;
    if (picture.hasExponent) picture.leastExponent = mandatory(picture.exponent);
}

/// The magnitude in the digits of the picture, with so many places, halves rounded to even.
Text digitsOf(const Symbols& symbols, double magnitude, std::size_t places) {
    places = std::min<std::size_t>(places, 100);
    double rounded = magnitude;
    if (magnitude < 1e15 && places < 16) {
        const double power = std::pow(10.0, static_cast<double>(places));
        const double scaled = std::nearbyint(magnitude * power);
        if (std::isfinite(scaled)) rounded = scaled / power;
    }
    char buffer[512];
    const auto end =
        std::to_chars(buffer, buffer + sizeof buffer, rounded, std::chars_format::fixed, static_cast<int>(places)).ptr;
    Text out;
    for (const char* at = buffer; at != end; ++at)
        out.push_back(*at == '.' ? symbols.decimal : symbols.zero + static_cast<char32_t>(*at - '0'));
    return out;
}

void group(const Symbols& symbols, const Picture& picture, Text& text) {
    const std::size_t decimal = text.find(symbols.decimal);
    for (auto at = picture.fractionGroups.rbegin(); at != picture.fractionGroups.rend(); ++at) {
        if (decimal + 1 + *at < text.size()) text.insert(decimal + 1 + *at, 1, symbols.grouping);
    }
    std::vector<std::size_t> groups = picture.integerGroups;
    if (picture.regularGroup > 0) {
        groups.clear();
        for (std::size_t at = picture.regularGroup; at < decimal; at += picture.regularGroup) groups.push_back(at);
    }
    std::sort(groups.begin(), groups.end());
    for (const std::size_t at : groups) {
        if (at < decimal) text.insert(decimal - at, 1, symbols.grouping);
    }
}

/// Brings the magnitude into the range of the mantissa and gives the exponent for that.
int scale(const Picture& picture, double& magnitude) {
    int exponent = 0;
    if (picture.leastExponent == 0 || magnitude == 0) return exponent;
    const double most = std::pow(10.0, static_cast<double>(picture.scaling));
    while (magnitude < most / 10) {
        magnitude *= 10;
        --exponent;
    }
    while (magnitude > most) {
        magnitude /= 10;
        ++exponent;
    }
    return exponent;
}

Text write(const Symbols& symbols, const Picture& picture, double magnitude) {
    if (picture.whole.find(symbols.percent) != Text::npos) {
        magnitude *= 100;
    } else if (picture.whole.find(symbols.perMille) != Text::npos) {
        magnitude *= 1000;
    }
    const int exponent = scale(picture, magnitude);
    Text text = digitsOf(symbols, magnitude, picture.mostFraction);
    if (text.find(symbols.decimal) == Text::npos) text.push_back(symbols.decimal);
    text.erase(0, text.find_first_not_of(symbols.zero));
    text.erase(text.find_last_not_of(symbols.zero) + 1);
    const std::size_t integerSize = text.find(symbols.decimal);
    if (integerSize < picture.leastInteger) text.insert(0, picture.leastInteger - integerSize, symbols.zero);
    const std::size_t fractionSize = text.size() - text.find(symbols.decimal) - 1;
    if (fractionSize < picture.leastFraction) text.append(picture.leastFraction - fractionSize, symbols.zero);
    group(symbols, picture, text);
    if (!picture.hasDecimal || text.back() == symbols.decimal) text.erase(text.find(symbols.decimal), 1);
    if (picture.hasExponent) {
        Text digits = digitsOf(symbols, std::abs(exponent), 0);
        if (digits.size() < picture.leastExponent)
            digits.insert(0, picture.leastExponent - digits.size(), symbols.zero);
        text.push_back(symbols.exponent);
        if (exponent < 0) text.push_back(symbols.minus);
        text += digits;
    }
    return text;
}

}  // namespace

tl::expected<std::string, std::string_view> formatNumber(double number, std::string_view picture,
                                                         const Value& options) {
    const Symbols symbols(options);
    const Text text = codePoints(picture);
    std::vector<Picture> parts(1);
    for (const char32_t c : text) {
        if (c == symbols.pattern) {
            parts.emplace_back();
        } else {
            parts.back().whole.push_back(c);
        }
    }
    if (parts.size() > 2) return tl::unexpected<std::string_view>("D3080");
    for (Picture& part : parts) {
        cut(symbols, part);
        if (const std::string_view code = fault(symbols, part); !code.empty())
            return tl::unexpected<std::string_view>(code);
        measure(symbols, part);
    }
    if (parts.size() == 1) {
        parts.push_back(parts.front());
        parts.back().prefix.insert(0, 1, symbols.minus);
    }
    const Picture& chosen = number >= 0 ? parts[0] : parts[1];
    std::string out;
    for (const char32_t c : chosen.prefix + write(symbols, chosen, std::abs(number)) + chosen.suffix)
        appendCodePoint(out, c);
    return out;
}

}  // namespace signalbox::expr
