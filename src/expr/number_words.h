// Numbers as English words and Roman numerals.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace signalbox::expr {

/// "One Thousand, Two Hundred and Thirty-Four"; ordinal: "... Thirty-Fourth". Of a whole number >= 0.
[[nodiscard]] std::string numberToWords(double number, bool ordinal);
[[nodiscard]] std::optional<double> wordsToNumber(std::string_view words);
/// Lower case. Of a whole number >= 0; 0 is "".
/// Every thousand of a Roman number is an M: beyond this one the text would have more than 10,000 of them.
inline constexpr double kMostRoman = 10'000'000;
/// Of a larger number that of kMostRoman.
[[nodiscard]] std::string numberToRoman(double number);
[[nodiscard]] std::optional<double> romanToNumber(std::string_view roman);
/// 1 is a, 26 is z, 27 is aa.
[[nodiscard]] std::string numberToLetters(double number, char first);
[[nodiscard]] std::optional<double> lettersToNumber(std::string_view letters);
/// A regular expression alternative of all words.
[[nodiscard]] std::string wordPattern();

}  // namespace signalbox::expr
