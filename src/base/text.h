// Small helpers over text that several layers need.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace signalbox {

/// Optimal string alignment distance (Levenshtein with adjacent swaps), in bytes.
[[nodiscard]] std::size_t editDistance(std::string_view a, std::string_view b);
/// The candidate that a person most likely meant, if one is near enough; ties go to the first.
[[nodiscard]] std::optional<std::string> didYouMean(std::string_view typed, std::span<const std::string> candidates);

struct LineColumn {
    std::size_t line = 1;    ///< from 1
    std::size_t column = 1;  ///< from 1, in code points
    bool operator==(const LineColumn&) const = default;
};
[[nodiscard]] LineColumn lineColumnAt(std::string_view text, std::size_t offset);
[[nodiscard]] bool isValidUtf8(std::string_view text);
/// Bytes at the start of text that are valid UTF-8: its size when all of it is.
[[nodiscard]] std::size_t validUtf8Prefix(std::string_view text);
/// Bytes of the well-formed UTF-8 sequence that starts at offset, 0 when there is none.
[[nodiscard]] std::size_t utf8SequenceLength(std::string_view text, std::size_t offset);
/// The parts between separators; one empty part for an empty text.
[[nodiscard]] std::vector<std::string_view> split(std::string_view text, char separator);

}  // namespace signalbox
