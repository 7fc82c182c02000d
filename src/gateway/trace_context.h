// What ties a request to its caller's trace and to its lines in the log: W3C trace context and request ids.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/random.h"

namespace signalbox::gateway {

/// A place in a trace (W3C Trace Context, level 1): the trace, and the span of whoever it is about.
struct TraceContext {
    std::array<std::uint8_t, 16> traceId{};
    std::array<std::uint8_t, 8> spanId{};
    std::array<std::uint8_t, 8> parentId{};  ///< the caller's span; all zero: there is none, or it is not known
    std::uint8_t flags = 0;                  ///< bit 0: sampled
    std::string state{};                     ///< tracestate, to be passed on as it is; empty without a caller's span

    /// Nothing for whatever the specification calls invalid.
    [[nodiscard]] static std::optional<TraceContext> parse(std::string_view traceparent);
    /// A span of our own: below the caller's when there is a valid traceparent, and sampled as that is; else the root
    /// of a new trace, not sampled.
    [[nodiscard]] static TraceContext startSpan(const std::string* traceparent, Random& random);

    [[nodiscard]] bool isRoot() const { return parentId == std::array<std::uint8_t, 8>{}; }
    [[nodiscard]] bool isSampled() const { return (flags & 1U) != 0; }
    void setSampled(bool sampled) { flags = sampled ? 1 : 0; }
    [[nodiscard]] std::string traceparent() const;  ///< "00-TRACE-SPAN-FLAGS"
    [[nodiscard]] std::string traceIdText() const;  ///< 32 hex digits
    [[nodiscard]] std::string spanIdText() const;   ///< 16 hex digits
    bool operator==(const TraceContext&) const = default;
};

/// The caller's X-Request-Id when it is 1 to 128 characters of letters, digits and "-_.:+/=", else a new UUIDv7.
[[nodiscard]] std::string requestIdFor(const std::string* given, Micros wall, Random& random);

/// Numbers for ids that are no secrets: one SplitMix64 a thread, seeded from the kernel. Thread-safe, no system call.
class FastRandom final : public Random {
public:
    std::uint64_t next() override;
};

}  // namespace signalbox::gateway
