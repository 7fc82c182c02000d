#include "gateway/rate_limit.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <mutex>
#include <vector>

#include "gateway/ip_address.h"

namespace signalbox::gateway {

namespace {

constexpr std::int64_t kNanosPerMicro = 1000;
constexpr std::int64_t kNanosPerSecond = 1'000'000'000;

/// A day: with any burst the depth of a bucket stays within 64 bits.
constexpr double kLongestInterval = 86'400e9;
constexpr std::uint32_t kLargestBurst = 50'000;

std::uint32_t wholeSeconds(std::int64_t nanos) {
    return static_cast<std::uint32_t>((nanos + kNanosPerSecond - 1) / kNanosPerSecond);
}

/// What is known of a caller: when the bucket is full again ("theoretical arrival time").
struct Slot {
    std::uint64_t caller = 0;  ///< hash of the name
    std::int64_t full = 0;     ///< monotonic nanoseconds; 0: nobody
};

/// Callers whose hashes fall together; two cache lines.
struct alignas(64) SlotSet {
    std::array<Slot, 8> slots;

    /// The caller's slot. A new one takes that of the caller whose bucket is the fullest, who loses the least by being
    /// forgotten: nothing, once it is full.
    [[nodiscard]] Slot& slotOf(std::uint64_t caller) {
        Slot* best = slots.data();
        for (Slot& slot : slots) {
            if (slot.caller == caller && slot.full != 0) return slot;
            if (slot.full < best->full) best = &slot;
        }
        *best = {caller, 0};
        return *best;
    }
};

}  // namespace

struct RateLimiter::Parts {
    explicit Parts(const RateLimitOptions& options)
        : interval(options.perSecond > 0 ? std::llround(std::clamp(1e9 / options.perSecond, 1.0, kLongestInterval))
                                         : 0),
          burst(options.burst != 0
                    ? std::min(options.burst, kLargestBurst)
                    : static_cast<std::uint32_t>(std::clamp(std::ceil(options.perSecond), 1.0, double{kLargestBurst}))),
          sets(interval > 0 ? std::max<std::size_t>(1, options.callers / SlotSet{}.slots.size()) : 0) {}

    /// Between two requests, at the steady rate; nanoseconds, 0: no limit.
    const std::int64_t interval;
    const std::uint32_t burst;
    std::vector<SlotSet> sets;
    mutable std::array<std::mutex, 64> mutexes;  ///< each guards every 64th set
};

RateLimiter::RateLimiter(RateLimitOptions options) : parts_(std::make_unique<Parts>(options)) {}

RateLimiter::~RateLimiter() = default;

bool RateLimiter::isOn() const { return parts_->interval > 0; }

RateVerdict RateLimiter::check(std::string_view caller, Micros now, std::uint32_t cost) {
    RateVerdict verdict;
    if (!isOn()) return verdict;
    const std::int64_t moment = now * kNanosPerMicro;
    const std::int64_t depth = parts_->interval * parts_->burst;
    const std::uint64_t hash = std::hash<std::string_view>{}(caller);
    const std::size_t place = ((hash >> 32U) * parts_->sets.size()) >> 32U;
    std::int64_t full = 0;
    {
        const std::lock_guard lock(parts_->mutexes[place % parts_->mutexes.size()]);
        Slot& slot = parts_->sets[place].slotOf(hash);
        full = std::max(slot.full, moment);
        const std::int64_t after = full + parts_->interval * cost;
        verdict.allowed = after - moment <= depth;
        if (verdict.allowed) full = after;
        slot.full = full;
    }
    verdict.limit = parts_->burst;
    verdict.remaining = static_cast<std::uint32_t>((depth - (full - moment)) / parts_->interval);
    verdict.resetSeconds = wholeSeconds(full - moment);
    if (!verdict.allowed) {
        verdict.retryAfterSeconds = std::max(1U, wholeSeconds(full + parts_->interval * cost - depth - moment));
    }
    return verdict;
}

std::size_t RateLimiter::size() const {
    std::size_t size = 0;
    for (std::size_t i = 0; i < parts_->sets.size(); ++i) {
        const std::lock_guard lock(parts_->mutexes[i % parts_->mutexes.size()]);
        const auto& slots = parts_->sets[i].slots;
        size += static_cast<std::size_t>(
            std::count_if(slots.begin(), slots.end(), [](const Slot& slot) { return slot.full != 0; }));
    }
    return size;
}

void addRateLimitHeaders(const RateVerdict& verdict, HttpResponse& response) {
    if (verdict.limit == 0) return;
    response.headers.emplace_back("RateLimit-Limit", std::to_string(verdict.limit));
    response.headers.emplace_back("RateLimit-Remaining", std::to_string(verdict.remaining));
    response.headers.emplace_back("RateLimit-Reset", std::to_string(verdict.resetSeconds));
    if (!verdict.allowed) response.headers.emplace_back("Retry-After", std::to_string(verdict.retryAfterSeconds));
}

RateVerdict stricter(const RateVerdict& a, const RateVerdict& b) {
    if (a.limit == 0 || b.limit == 0) return a.limit == 0 ? b : a;
    if (a.allowed != b.allowed) return a.allowed ? b : a;
    if (!a.allowed) return a.retryAfterSeconds >= b.retryAfterSeconds ? a : b;
    return a.remaining <= b.remaining ? a : b;
}

std::string rateLimitKey(std::string_view address) {
    constexpr unsigned kSite = 64;
    const std::string_view text = address.substr(0, address.find('%'));
    const auto parsed = IpAddress::parse(text);
    if (!parsed) return std::string(text);
    return parsed->isV4() ? parsed->text() : parsed->masked(kSite).text() + "/64";
}

}  // namespace signalbox::gateway
