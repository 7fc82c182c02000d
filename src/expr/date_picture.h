// Dates and times by XPath pictures such as "[Y0001]-[M01]-[D01]T[H01]:[m]:[s].[f001][Z]".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "expr/integer_format.h"

namespace signalbox::expr {

/// A literal text, or one component of a date.
struct DatePart {
    enum class Names { None, Lower, Upper, Title };
    char component = 0;  ///< 0: literal
    std::string literal;
    Names names = Names::None;
    std::optional<IntegerFormat> integer;
    bool timezoneT = false;      ///< 't': write Z for no offset
    std::size_t leastWidth = 0;  ///< 0: not given
    std::size_t mostWidth = 0;   ///< 0: not given
    std::size_t yearDigits = 0;  ///< 0: the whole year
    std::size_t parseWidth = 0;  ///< exactly so many digits, as digits of another component follow; 0: any
};

using DatePicture = std::vector<DatePart>;

/// The error is a JSONata code: D3132, D3135, or one of the integer picture's.
[[nodiscard]] tl::expected<DatePicture, std::string_view> parseDatePicture(std::string_view picture);

/// Writes a point in time, milliseconds since 1970 UTC. An empty picture means ISO 8601; the timezone is "+0530" or "".
[[nodiscard]] tl::expected<std::string, std::string_view> formatDate(std::int64_t millis, std::string_view picture,
                                                                     std::string_view timezone);
/// Reads one; parts that the picture leaves out on the left are those of `nowMillis`. Nothing when the text does not
/// match. An empty picture means ISO 8601, where what does not match is the error D3110.
[[nodiscard]] tl::expected<std::optional<std::int64_t>, std::string_view> parseDate(std::string_view text,
                                                                                    std::string_view picture,
                                                                                    std::int64_t nowMillis);

}  // namespace signalbox::expr
