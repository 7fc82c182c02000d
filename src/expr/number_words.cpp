#include "expr/number_words.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <unordered_map>
#include <vector>

namespace signalbox::expr {

namespace {

constexpr std::array<std::string_view, 20> kSmall = {
    "Zero", "One",    "Two",    "Three",    "Four",     "Five",    "Six",     "Seven",     "Eight",    "Nine",
    "Ten",  "Eleven", "Twelve", "Thirteen", "Fourteen", "Fifteen", "Sixteen", "Seventeen", "Eighteen", "Nineteen"};
constexpr std::array<std::string_view, 20> kSmallOrdinals = {
    "Zeroth",     "First",     "Second",    "Third",       "Fourth",     "Fifth",     "Sixth",
    "Seventh",    "Eighth",    "Ninth",     "Tenth",       "Eleventh",   "Twelfth",   "Thirteenth",
    "Fourteenth", "Fifteenth", "Sixteenth", "Seventeenth", "Eighteenth", "Nineteenth"};
constexpr std::array<std::string_view, 8> kTens = {"Twenty", "Thirty",  "Forty",  "Fifty",
                                                   "Sixty",  "Seventy", "Eighty", "Ninety"};
constexpr std::array<std::string_view, 4> kMagnitudes = {"Thousand", "Million", "Billion", "Trillion"};

std::string spell(double number, bool follows, bool ordinal) {
    if (number < 20) {
        const auto index = static_cast<std::size_t>(number);
        return (follows ? " and " : "") + std::string(ordinal ? kSmallOrdinals[index] : kSmall[index]);
    }
    if (number < 100) {
        std::string words = (follows ? " and " : "") + std::string(kTens[static_cast<std::size_t>(number / 10) - 2]);
        const double rest = std::fmod(number, 10);
        if (rest > 0) return words + "-" + spell(rest, false, ordinal);
        if (ordinal) words.replace(words.size() - 1, 1, "ieth");
        return words;
    }
    double unit = 100;
    std::string_view name = "Hundred";
    if (number >= 1000) {
        std::size_t magnitude = 0;
        unit = 1000;
        while (magnitude + 1 < kMagnitudes.size() && number >= unit * 1000) {
            unit *= 1000;
            ++magnitude;
        }
        name = kMagnitudes[magnitude];
    }
    const double count = std::floor(number / unit);
    const double rest = number - count * unit;
    std::string words = (follows ? ", " : "") + spell(count, false, false) + " " + std::string(name);
    if (rest > 0) return words + spell(rest, true, ordinal);
    return ordinal ? words + "th" : words;
}

std::string lower(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return out;
}

const std::unordered_map<std::string, double>& wordValues() {
    static const auto values = [] {
        std::unordered_map<std::string, double> map;
        for (std::size_t i = 0; i < kSmall.size(); ++i) {
            map[lower(kSmall[i])] = static_cast<double>(i);
            map[lower(kSmallOrdinals[i])] = static_cast<double>(i);
        }
        for (std::size_t i = 0; i < kTens.size(); ++i) {
            const std::string word = lower(kTens[i]);
            map[word] = static_cast<double>(20 + 10 * i);
            map[word.substr(0, word.size() - 1) + "ieth"] = static_cast<double>(20 + 10 * i);
        }
        map["hundred"] = map["hundredth"] = 100;
        double unit = 1000;
        for (const std::string_view magnitude : kMagnitudes) {
            map[lower(magnitude)] = map[lower(magnitude) + "th"] = unit;
            unit *= 1000;
        }
        return map;
    }();
    return values;
}

struct RomanDigit {
    int value;
    std::string_view text;
};
constexpr RomanDigit kRoman[] = {{1000, "m"}, {900, "cm"}, {500, "d"}, {400, "cd"}, {100, "c"}, {90, "xc"}, {50, "l"},
                                 {40, "xl"},  {10, "x"},   {9, "ix"},  {5, "v"},    {4, "iv"},  {1, "i"}};

}  // namespace

std::string numberToWords(double number, bool ordinal) { return spell(number, false, ordinal); }

std::optional<double> wordsToNumber(std::string_view words) {
    std::vector<double> segments{0};
    const std::string text = lower(words);
    bool any = false;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find_first_of(", -", at), text.size());
        const std::string word = text.substr(at, end - at);
        at = end + 1;
        if (word.empty() || word == "and") continue;
        const auto found = wordValues().find(word);
        if (found == wordValues().end()) return std::nullopt;
        any = true;
        if (found->second >= 100) {
            segments.back() *= found->second;
        } else if (segments.back() >= 1000) {
            segments.push_back(found->second);
        } else {
            segments.back() += found->second;
        }
    }
    double sum = 0;
    for (const double segment : segments) sum += segment;
    return any ? std::optional<double>(sum) : std::nullopt;
}

std::string numberToRoman(double number) {
    std::string out;
    double rest = std::min(number, kMostRoman);
    for (const RomanDigit& digit : kRoman) {
        for (; rest >= digit.value; rest -= digit.value) out += digit.text;
    }
    return out;
}

std::optional<double> romanToNumber(std::string_view roman) {
    double sum = 0;
    int largest = 1;
    for (auto at = roman.rbegin(); at != roman.rend(); ++at) {
        const char c = static_cast<char>(std::tolower(static_cast<unsigned char>(*at)));
        const auto* found = std::find_if(std::begin(kRoman), std::end(kRoman),
                                         [c](const RomanDigit& d) { return d.text == std::string_view(&c, 1); });
        if (found == std::end(kRoman)) return std::nullopt;
        if (found->value < largest) {
            sum -= found->value;
        } else {
            sum += found->value;
            largest = found->value;
        }
    }
    return sum;
}

std::string numberToLetters(double number, char first) {
    std::string out;
    while (number > 0 && out.size() < 64) {
        out.push_back(static_cast<char>(first + static_cast<int>(std::fmod(number - 1, 26))));
        number = std::floor((number - 1) / 26);
    }
    std::reverse(out.begin(), out.end());
    return out;
}

std::optional<double> lettersToNumber(std::string_view letters) {
    double number = 0;
    for (const char c : letters) {
        const int place = std::tolower(static_cast<unsigned char>(c)) - 'a';
        if (place < 0 || place > 25) return std::nullopt;
        number = number * 26 + place + 1;
    }
    return number;
}

std::string wordPattern() {
    std::vector<std::string> words{"and"};
    for (const auto& entry : wordValues()) words.push_back(entry.first);
    // Longer words first, so that "sixty" is not read as "six".
    std::sort(words.begin(), words.end(),
              [](const auto& a, const auto& b) { return a.size() != b.size() ? a.size() > b.size() : a < b; });
    std::string pattern = "(?:(?:";
    for (const std::string& word : words) pattern += word + "|";
    pattern.pop_back();
    return pattern + ")(?:[, -]+(?=[a-z]))?)+";
}

}  // namespace signalbox::expr
