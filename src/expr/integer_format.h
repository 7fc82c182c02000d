// Integers by XPath pictures: digits with grouping, letters, Roman numerals, English words; written and read.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

namespace signalbox::expr {

/// A picture such as "#,##0", "01", "A", "i", "Ww;o".
struct IntegerFormat {
    enum class Style { Digits, Letters, Roman, Words };
    enum class Case { Lower, Upper, Title };
    struct Separator {
        std::size_t position = 0;  ///< digits to the right of it
        std::uint32_t character = 0;
    };
    Style style = Style::Digits;
    Case letterCase = Case::Lower;
    bool ordinal = false;
    std::uint32_t zero = '0';
    std::size_t mandatoryDigits = 0;
    std::size_t optionalDigits = 0;
    bool regular = false;  ///< the first separator repeats at multiples of its position
    std::vector<Separator> separators;
};

/// The error is a JSONata code: D3130, D3131.
[[nodiscard]] tl::expected<IntegerFormat, std::string_view> parseIntegerPicture(std::string_view picture);
/// A whole number; beyond 2^53 digits are those of a double.
[[nodiscard]] std::string formatInteger(double number, const IntegerFormat& format);
[[nodiscard]] tl::expected<std::string, std::string_view> formatInteger(double number, std::string_view picture);
/// Nothing when the text is no number of that format.
[[nodiscard]] std::optional<double> parseInteger(std::string_view text, const IntegerFormat& format);
[[nodiscard]] tl::expected<std::optional<double>, std::string_view> parseInteger(std::string_view text,
                                                                                 std::string_view picture);
/// A regular expression for what parseInteger reads, with exactly `width` digits when that is not 0.
[[nodiscard]] std::string integerPattern(const IntegerFormat& format, std::size_t width);

}  // namespace signalbox::expr
