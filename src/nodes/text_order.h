// Ways to compare two texts.
#pragma once

#include <compare>
#include <cstdint>
#include <string_view>

namespace signalbox::nodes {

enum class TextOrder : std::uint8_t {
    CodePoint,   ///< by bytes, which for UTF-8 is by code point
    IgnoreCase,  ///< without regard to the case of ASCII letters
    Natural,     ///< runs of digits by their number: "host9" before "host10"
};

[[nodiscard]] std::weak_ordering compareText(std::string_view a, std::string_view b, TextOrder order);

}  // namespace signalbox::nodes
