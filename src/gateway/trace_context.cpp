#include "gateway/trace_context.h"

#include <algorithm>
#include <span>

#include "base/ids.h"

namespace signalbox::gateway {

namespace {

constexpr std::size_t kLength = 55;  ///< of version 00
constexpr std::size_t kLongestRequestId = 128;

/// Lower case only, as the specification has it; -1 for anything else.
int hexDigit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool readHex(std::string_view text, std::span<std::uint8_t> bytes) {
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const int high = hexDigit(text[2 * i]);
        const int low = hexDigit(text[2 * i + 1]);
        if (high < 0 || low < 0) return false;
        bytes[i] = static_cast<std::uint8_t>(high * 16 + low);
    }
    return true;
}

void appendHex(std::string& out, std::span<const std::uint8_t> bytes) {
    static constexpr std::string_view kDigits = "0123456789abcdef";
    for (const std::uint8_t byte : bytes) {
        out += kDigits[byte >> 4U];
        out += kDigits[byte & 15U];
    }
}

bool isZero(std::span<const std::uint8_t> bytes) {
    return std::all_of(bytes.begin(), bytes.end(), [](std::uint8_t byte) { return byte == 0; });
}

/// Never all zero.
void fillRandom(std::span<std::uint8_t> bytes, Random& random) {
    for (std::size_t i = 0; i < bytes.size(); i += 8) {
        std::uint64_t number = random.next();
        for (std::size_t k = i; k < std::min(i + 8, bytes.size()); ++k, number >>= 8U) {
            bytes[k] = static_cast<std::uint8_t>(number & 0xffU);
        }
    }
    if (isZero(bytes)) bytes[0] = 1;
}

bool isRequestIdCharacter(char c) {
    const bool alphanumeric = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return alphanumeric || std::string_view("-_.:+/=").find(c) != std::string_view::npos;
}

}  // namespace

std::optional<TraceContext> TraceContext::parse(std::string_view text) {
    if (text.size() < kLength || text[2] != '-' || text[35] != '-' || text[52] != '-') return std::nullopt;
    std::array<std::uint8_t, 1> version{};
    std::array<std::uint8_t, 1> flags{};
    TraceContext context;
    if (!readHex(text.substr(0, 2), version) || !readHex(text.substr(3, 32), context.traceId) ||
        !readHex(text.substr(36, 16), context.spanId) || !readHex(text.substr(53, 2), flags)) {
        return std::nullopt;
    }
    if (version[0] == 0xff || isZero(context.traceId) || isZero(context.spanId)) return std::nullopt;
    // Later versions may have more behind it, in fields of their own.
    if (text.size() > kLength && (version[0] == 0 || text[kLength] != '-')) return std::nullopt;
    context.flags = flags[0] & 1U;
    return context;
}

TraceContext TraceContext::startSpan(const std::string* traceparent, Random& random) {
    TraceContext context;
    if (const auto parent = traceparent != nullptr ? parse(*traceparent) : std::nullopt) {
        context = *parent;
        context.parentId = parent->spanId;
    } else {
        fillRandom(context.traceId, random);
    }
    fillRandom(context.spanId, random);
    return context;
}

std::string TraceContext::traceparent() const {
    std::string text = "00-";
    text.reserve(kLength);
    appendHex(text, traceId);
    text += '-';
    appendHex(text, spanId);
    text += '-';
    appendHex(text, std::span(&flags, 1));
    return text;
}

std::string TraceContext::traceIdText() const {
    std::string text;
    appendHex(text, traceId);
    return text;
}

std::string TraceContext::spanIdText() const {
    std::string text;
    appendHex(text, spanId);
    return text;
}

std::string requestIdFor(const std::string* given, Micros wall, Random& random) {
    const bool sane = given != nullptr && !given->empty() && given->size() <= kLongestRequestId &&
                      std::all_of(given->begin(), given->end(), isRequestIdCharacter);
    return sane ? *given : Uuid::v7(wall, random).toString();
}

std::uint64_t FastRandom::next() {
    thread_local SeededRandom numbers(SystemRandom().next());
    return numbers.next();
}

}  // namespace signalbox::gateway
