// Base64 and URL encoding.
#include "base/json.h"
#include "base/text.h"
#include "expr/builtins.h"
#include "expr/evaluator.h"
#include "expr/utf8.h"

namespace signalbox::expr {

namespace {

constexpr std::string_view kUnreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.!~*'()";
constexpr std::string_view kReserved = ";/?:@&=+$,#";  // what a whole URL keeps, and what decoding one leaves alone

/// Texts are encoded as UTF-8. (The reference takes one byte of each code unit, which loses most texts.)
bool runBase64Encode(const Call& call) {
    if (call[0].isUndefined()) return true;
    return call.give(Item(Value(encodeBase64(call.text(0)))));
}

bool runBase64Decode(const Call& call) {
    if (call[0].isUndefined()) return true;
    const auto decoded = decodeBase64(call.text(0));
    if (!decoded) return call.fail("D3137", Value("The text is not valid base64"));
    if (isValidUtf8(*decoded)) return call.give(Item(Value(*decoded)));
    std::string latin1;
    for (const char byte : *decoded) appendCodePoint(latin1, static_cast<unsigned char>(byte));
    return call.give(Item(Value(latin1)));
}

bool encode(const Call& call, std::string_view kept) {
    if (call[0].isUndefined()) return true;
    const std::string_view text = call.text(0);
    if (!isValidUtf8(text)) return call.fail("D3140", call[0].value());
    static constexpr std::string_view kHex = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (kUnreserved.find(c) != std::string_view::npos || kept.find(c) != std::string_view::npos) {
            out.push_back(c);
        } else {
            out.push_back('%');
            out.push_back(kHex[byte >> 4U]);
            out.push_back(kHex[byte & 15U]);
        }
    }
    return call.evaluator.chargeText(out.size(), call.position) && call.give(Item(Value(out)));
}

int hexDigit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

bool decode(const Call& call, std::string_view left) {
    if (call[0].isUndefined()) return true;
    const std::string_view text = call.text(0);
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            out.push_back(text[i]);
            continue;
        }
        const int high = i + 2 < text.size() ? hexDigit(text[i + 1]) : -1;
        const int low = i + 2 < text.size() ? hexDigit(text[i + 2]) : -1;
        if (high < 0 || low < 0) return call.fail("D3140", call[0].value());
        const char byte = static_cast<char>(high * 16 + low);
        if (left.find(byte) != std::string_view::npos) {
            out += text.substr(i, 3);
        } else {
            out.push_back(byte);
        }
        i += 2;
    }
    if (!isValidUtf8(out)) return call.fail("D3140", call[0].value());
    return call.give(Item(Value(out)));
}

bool runEncodeUrl(const Call& call) { return encode(call, kReserved); }
bool runEncodeUrlComponent(const Call& call) { return encode(call, {}); }
bool runDecodeUrl(const Call& call) { return decode(call, kReserved); }
bool runDecodeUrlComponent(const Call& call) { return decode(call, {}); }

constexpr Builtin kBuiltins[] = {
    {"base64encode", "<s-:s>", 1, runBase64Encode}, {"base64decode", "<s-:s>", 1, runBase64Decode},
    {"encodeUrl", "<s-:s>", 1, runEncodeUrl},       {"encodeUrlComponent", "<s-:s>", 1, runEncodeUrlComponent},
    {"decodeUrl", "<s-:s>", 1, runDecodeUrl},       {"decodeUrlComponent", "<s-:s>", 1, runDecodeUrlComponent},
};

}  // namespace

std::span<const Builtin> encodingBuiltins() noexcept { return kBuiltins; }

}  // namespace signalbox::expr
