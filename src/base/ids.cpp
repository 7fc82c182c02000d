#include "base/ids.h"

namespace signalbox {

namespace {

constexpr std::string_view kHex = "0123456789abcdef";
constexpr std::size_t kTextLength = 36;

constexpr bool hyphenAt(std::size_t index) { return index == 8 || index == 13 || index == 18 || index == 23; }

int hexDigit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

void putBigEndian(std::uint8_t* to, std::uint64_t number, unsigned bytes) {
    for (unsigned i = 0; i < bytes; ++i) to[i] = static_cast<std::uint8_t>(number >> (8U * (bytes - 1 - i)));
}

}  // namespace

std::string Uuid::toString() const {
    std::string text;
    text.reserve(kTextLength);
    for (const auto byte : bytes) {
        if (hyphenAt(text.size())) text += '-';
        text += kHex[byte >> 4U];
        text += kHex[byte & 15U];
    }
    return text;
}

std::optional<Uuid> Uuid::parse(std::string_view text) {
    if (text.size() != kTextLength) return std::nullopt;
    Uuid result;
    std::size_t nibble = 0;
    for (std::size_t i = 0; i < kTextLength; ++i) {
        if (hyphenAt(i)) {
            if (text[i] != '-') return std::nullopt;
            continue;
        }
        const auto digit = hexDigit(text[i]);
        if (digit < 0) return std::nullopt;
        auto& byte = result.bytes[nibble / 2];
        byte = static_cast<std::uint8_t>(byte << 4U | static_cast<unsigned>(digit));
        ++nibble;
    }
    return result;
}

// RFC 9562, section 5.7, with the microseconds in rand_a as section 6.2, method 3, allows: ids made in one
// millisecond still sort by time.
Uuid Uuid::v7(Micros wall, Random& random) {
    const auto time = static_cast<std::uint64_t>(wall < 0 ? 0 : wall);
    Uuid result;
    putBigEndian(result.bytes.data(), time / 1'000, 6);
    const auto fraction = time % 1'000 * 4'096 / 1'000;
    putBigEndian(result.bytes.data() + 6, 0x7000U | fraction, 2);
    const auto rest = (random.next() & 0x3fffffffffffffffULL) | 0x8000000000000000ULL;
    putBigEndian(result.bytes.data() + 8, rest, 8);
    return result;
}

}  // namespace signalbox
