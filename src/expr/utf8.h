// Code points in UTF-8. Half surrogates, which JSONata strings may hold, are kept in the same three-byte form.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace signalbox::expr {

void appendCodePoint(std::string& out, std::uint32_t codePoint);
/// The code point at offset, which is moved behind it. A malformed byte stands for itself.
[[nodiscard]] std::uint32_t nextCodePoint(std::string_view text, std::size_t& offset) noexcept;
[[nodiscard]] std::size_t codePointCount(std::string_view text) noexcept;
/// The byte offset of the code point with that index, or the size of the text.
[[nodiscard]] std::size_t byteOffset(std::string_view text, std::size_t codePointIndex) noexcept;
[[nodiscard]] bool hasLoneSurrogate(std::string_view text) noexcept;
/// Length in UTF-16 code units, in which JSONata gives the places of matches.
[[nodiscard]] std::size_t utf16Length(std::string_view text) noexcept;
/// The byte offset of a place counted in UTF-16 code units, or the size of the text.
[[nodiscard]] std::size_t byteOffsetOfUtf16(std::string_view text, std::size_t units) noexcept;
/// Half surrogates replaced by U+FFFD.
[[nodiscard]] std::string withoutLoneSurrogates(std::string_view text);
/// Order of UTF-16 code units, which is how JSONata compares strings: negative, zero or positive.
[[nodiscard]] int compareUtf16(std::string_view a, std::string_view b) noexcept;

}  // namespace signalbox::expr
