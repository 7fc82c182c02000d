#include "expr/utf8.h"

#include <algorithm>

namespace signalbox::expr {

namespace {

bool isContinuation(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; }

/// Bytes of UTF-8 sort by code point; UTF-16 puts U+E000..U+FFFF behind everything that needs a surrogate pair.
int utf16Rank(unsigned char lead) {
    if (lead >= 0xF0) return lead - 2;
    if (lead == 0xEE || lead == 0xEF) return lead + 16;
    return lead;
}

}  // namespace

void appendCodePoint(std::string& out, std::uint32_t codePoint) {
    const auto put = [&out](std::uint32_t byte) { out.push_back(static_cast<char>(byte)); };
    if (codePoint < 0x80) {
        put(codePoint);
    } else if (codePoint < 0x800) {
        put(0xC0U | (codePoint >> 6U));
        put(0x80U | (codePoint & 0x3FU));
    } else if (codePoint < 0x10000) {
        put(0xE0U | (codePoint >> 12U));
        put(0x80U | ((codePoint >> 6U) & 0x3FU));
        put(0x80U | (codePoint & 0x3FU));
    } else {
        put(0xF0U | (codePoint >> 18U));
        put(0x80U | ((codePoint >> 12U) & 0x3FU));
        put(0x80U | ((codePoint >> 6U) & 0x3FU));
        put(0x80U | (codePoint & 0x3FU));
    }
}

std::uint32_t nextCodePoint(std::string_view text, std::size_t& offset) noexcept {
    const auto lead = static_cast<unsigned char>(text[offset]);
    std::size_t length = 1;
    std::uint32_t codePoint = lead;
    if (lead >= 0xF0) {
        length = 4;
        codePoint = lead & 0x07U;
    } else if (lead >= 0xE0) {
        length = 3;
        codePoint = lead & 0x0FU;
    } else if (lead >= 0xC0) {
        length = 2;
        codePoint = lead & 0x1FU;
    }
    if (offset + length > text.size()) length = 1;
    for (std::size_t i = 1; i < length; ++i) {
        if (!isContinuation(text[offset + i])) {
            ++offset;
            return lead;
        }
        codePoint = (codePoint << 6U) | (static_cast<unsigned char>(text[offset + i]) & 0x3FU);
    }
    offset += length;
    return length == 1 ? lead : codePoint;
}

std::size_t codePointCount(std::string_view text) noexcept {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return !isContinuation(c); }));
}

std::size_t byteOffset(std::string_view text, std::size_t codePointIndex) noexcept {
    std::size_t offset = 0;
    while (codePointIndex > 0 && offset < text.size()) {
        ++offset;
        while (offset < text.size() && isContinuation(text[offset])) ++offset;
        --codePointIndex;
    }
    return offset;
}

std::size_t utf16Length(std::string_view text) noexcept {
    std::size_t units = 0;
    for (const char c : text) {
        if (!isContinuation(c)) units += static_cast<unsigned char>(c) >= 0xF0 ? 2 : 1;
    }
    return units;
}

std::size_t byteOffsetOfUtf16(std::string_view text, std::size_t units) noexcept {
    std::size_t offset = 0;
    for (std::size_t passed = 0; offset < text.size() && passed < units;) {
        passed += static_cast<unsigned char>(text[offset]) >= 0xF0 ? 2 : 1;
        offset += byteOffset(text.substr(offset), 1);
    }
    return offset;
}

bool hasLoneSurrogate(std::string_view text) noexcept {
    for (std::size_t i = 0; i + 1 < text.size(); ++i) {
        if (static_cast<unsigned char>(text[i]) == 0xED && static_cast<unsigned char>(text[i + 1]) >= 0xA0) return true;
    }
    return false;
}

std::string withoutLoneSurrogates(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t offset = 0; offset < text.size();) {
        const std::uint32_t codePoint = nextCodePoint(text, offset);
        appendCodePoint(out, codePoint >= 0xD800 && codePoint <= 0xDFFF ? 0xFFFD : codePoint);
    }
    return out;
}

int compareUtf16(std::string_view a, std::string_view b) noexcept {
    const auto [atA, atB] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
    if (atA == a.end() || atB == b.end()) return (atA != a.end()) - (atB != b.end());
    return utf16Rank(static_cast<unsigned char>(*atA)) - utf16Rank(static_cast<unsigned char>(*atB));
}

}  // namespace signalbox::expr
