// How many requests a caller may make: a token bucket each, in bounded memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "gateway/exchange.h"

namespace signalbox::gateway {

struct RateLimitOptions {
    double perSecond = 0;           ///< refill; 0: no limit
    std::uint32_t burst = 0;        ///< size of the bucket; 0: as much as a second brings, at least 1
    std::size_t callers = 100'000;  ///< remembered at most; for a new one, one that has used little is forgotten
};

/// What became of a request. Times are whole seconds, rounded up.
struct RateVerdict {
    bool allowed = true;
    std::uint32_t limit = 0;  ///< 0: there is none
    std::uint32_t remaining = 0;
    std::uint32_t resetSeconds = 0;       ///< until the bucket is full again
    std::uint32_t retryAfterSeconds = 0;  ///< when it was refused
};

/// The generic cell rate algorithm (ITU-T I.371): one time a caller says it all. Callers are kept by a hash of their
/// name in a table that never grows, so that a flood of new ones costs no memory and pushes out nobody who is being
/// held back. Thread-safe.
class RateLimiter {
public:
    explicit RateLimiter(RateLimitOptions options);
    RateLimiter(const RateLimiter&) = delete;
    RateLimiter& operator=(const RateLimiter&) = delete;
    ~RateLimiter();

    /// `now` is monotonic. A refused request costs nothing.
    [[nodiscard]] RateVerdict check(std::string_view caller, Micros now, std::uint32_t cost = 1);
    [[nodiscard]] bool isOn() const;
    /// Callers that are remembered.
    [[nodiscard]] std::size_t size() const;

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

/// RateLimit-Limit, -Remaining and -Reset (draft-ietf-httpapi-ratelimit-headers-07), and Retry-After when it was
/// refused. Nothing without a limit.
void addRateLimitHeaders(const RateVerdict& verdict, HttpResponse& response);
/// The stricter of two: the refused one, or the one with fewer requests left.
[[nodiscard]] RateVerdict stricter(const RateVerdict& a, const RateVerdict& b);
/// What stands for an address: itself, or its /64 for IPv6, of which one host has them all.
[[nodiscard]] std::string rateLimitKey(std::string_view address);

}  // namespace signalbox::gateway
