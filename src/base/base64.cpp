#include <array>

#include <fmt/format.h>

#include "base/json.h"

namespace signalbox {

namespace {

constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

constexpr auto kDigits = [] {
    std::array<std::int8_t, 256> digits{};
    digits.fill(-1);
    for (std::size_t i = 0; i < kAlphabet.size(); ++i) {
        digits[static_cast<unsigned char>(kAlphabet[i])] = static_cast<std::int8_t>(i);
    }
    return digits;
}();

std::uint32_t byteAt(std::string_view data, std::size_t index) {
    return index < data.size() ? static_cast<unsigned char>(data[index]) : 0U;
}

}  // namespace

std::string encodeBase64(std::string_view data) {
    std::string text;
    text.reserve((data.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < data.size(); i += 3) {
        const std::uint32_t group = byteAt(data, i) << 16U | byteAt(data, i + 1) << 8U | byteAt(data, i + 2);
        text += kAlphabet[group >> 18U];
        text += kAlphabet[(group >> 12U) & 63U];
        text += i + 1 < data.size() ? kAlphabet[(group >> 6U) & 63U] : '=';
        text += i + 2 < data.size() ? kAlphabet[group & 63U] : '=';
    }
    return text;
}

Result<std::string> decodeBase64(std::string_view text) {
    const auto bad = [](std::string message, std::size_t offset) {
        return fail("base64.syntax", std::move(message), fmt::format("offset {}", offset));
    };
    if (text.size() % 4 != 0) {
        return bad(fmt::format("Base64 text has {} characters, which is no multiple of 4", text.size()), text.size());
    }
    std::size_t padding = 0;
    while (padding < 2 && padding < text.size() && text[text.size() - 1 - padding] == '=') ++padding;
    const auto digits = text.substr(0, text.size() - padding);
    std::string data;
    data.reserve(text.size() / 4 * 3);
    std::uint32_t bits = 0;
    unsigned count = 0;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        const auto digit = kDigits[static_cast<unsigned char>(digits[i])];
        if (digit < 0) return bad("Not a base64 digit", i);
        bits = bits << 6U | static_cast<std::uint32_t>(digit);
        count += 6;
        if (count >= 8) {
            count -= 8;
            data += static_cast<char>(bits >> count & 0xffU);
        }
    }
    // Of several texts for one value only the canonical one is taken, so that decoding and encoding is identity.
    if ((bits & ((1U << count) - 1U)) != 0)
        return bad("The last base64 digit has bits that say nothing", digits.size() - 1);
    return data;
}

}  // namespace signalbox
