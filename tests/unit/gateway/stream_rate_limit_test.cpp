// The token bucket: what it lets through, whom it forgets, what it tells.
#include <cmath>
#include <random>

#include <gtest/gtest.h>

#include "base/random.h"
#include "gateway/rate_limit.h"

namespace signalbox::gateway {
namespace {

constexpr Micros kSecond = 1'000'000;

RateLimitOptions limit(double perSecond, std::uint32_t burst, std::size_t callers = 1000) {
    return {perSecond, burst, callers};
}

TEST(RateLimiter, LetsTheBurstThroughAndThenTheSteadyRate) {
    RateLimiter limiter(limit(10, 5));
    Micros now = 77 * kSecond;
    for (std::uint32_t i = 0; i < 5; ++i) {
        const auto verdict = limiter.check("ann", now);
        EXPECT_TRUE(verdict.allowed);
        EXPECT_EQ(verdict.limit, 5U);
        EXPECT_EQ(verdict.remaining, 4 - i);
    }
    const auto refused = limiter.check("ann", now);
    EXPECT_FALSE(refused.allowed);
    EXPECT_EQ(refused.remaining, 0U);
    EXPECT_EQ(refused.retryAfterSeconds, 1U);
    EXPECT_TRUE(limiter.check("bob", now).allowed) << "another one's bucket";
    EXPECT_FALSE(limiter.check("ann", now + 99'999).allowed);
    EXPECT_TRUE(limiter.check("ann", now + 100'000).allowed);
    EXPECT_FALSE(limiter.check("ann", now + 100'000).allowed);
}

TEST(RateLimiter, IsOffWithoutARate) {
    RateLimiter limiter{RateLimitOptions{}};
    for (int i = 0; i < 1000; ++i) EXPECT_TRUE(limiter.check("ann", 0).allowed);
    EXPECT_EQ(limiter.check("ann", 0).limit, 0U);
    EXPECT_EQ(limiter.size(), 0U);
    HttpResponse response;
    addRateLimitHeaders(limiter.check("ann", 0), response);
    EXPECT_TRUE(response.headers.empty());
}

TEST(RateLimiter, SaysWhenToComeBackAndIsRight) {
    RateLimiter limiter(limit(0.1, 1));
    const Micros now = 5 * kSecond;
    EXPECT_TRUE(limiter.check("ann", now).allowed);
    const auto refused = limiter.check("ann", now + kSecond);
    EXPECT_EQ(refused.retryAfterSeconds, 9U);
    EXPECT_EQ(refused.resetSeconds, 9U);
    EXPECT_FALSE(limiter.check("ann", now + kSecond + 8 * kSecond).allowed);
    EXPECT_TRUE(limiter.check("ann", now + kSecond + refused.retryAfterSeconds * kSecond).allowed);
}

/// Whatever the pattern of calls: never more than the burst and what the time brings, and whoever keeps to the rate is
/// never refused.
TEST(RateLimiter, HoldsItsPromiseForAnyPattern) {
    const auto seed = std::random_device{}();
    SCOPED_TRACE(seed);
    SeededRandom random(seed);
    for (int round = 0; round < 50; ++round) {
        const double rate = 1 + static_cast<double>(random.below(1000));
        const auto burst = static_cast<std::uint32_t>(1 + random.below(50));
        RateLimiter limiter(limit(rate, burst));
        const Micros start = static_cast<Micros>(random.below(1'000'000'000));
        Micros now = start;
        double allowed = 0;
        for (int i = 0; i < 2000; ++i) {
            now += static_cast<Micros>(random.below(3'000));
            if (limiter.check("ann", now).allowed) ++allowed;
            const double most = burst + rate * static_cast<double>(now - start) / kSecond;
            ASSERT_LE(allowed, most + 1e-3) << "round " << round << ", call " << i;
        }
        const Micros interval = static_cast<Micros>(std::ceil(1e6 / rate));
        now += kSecond * 60;
        for (int i = 0; i < 200; ++i, now += interval) ASSERT_TRUE(limiter.check("ann", now).allowed);
    }
}

TEST(RateLimiter, RemembersABoundedNumberAndNeverForgetsWhomItHoldsBack) {
    RateLimiter limiter(limit(1, 5, 160));
    for (int i = 0; i < 5; ++i) EXPECT_TRUE(limiter.check("ann", kSecond).allowed);
    for (int i = 0; i < 10'000; ++i) {
        EXPECT_TRUE(limiter.check("visitor " + std::to_string(i), kSecond).allowed);
        if (i % 5 == 0) {
            EXPECT_FALSE(limiter.check("ann", kSecond).allowed) << i;
        }
    }
    EXPECT_LE(limiter.size(), 160U);
    EXPECT_GT(limiter.size(), 150U);
}

TEST(RateLimiter, SurvivesAbsurdSettings) {
    for (const double rate : {1e-9, 1e300, 0.5}) {
        RateLimiter limiter(limit(rate, 4'000'000'000U));
        const auto verdict = limiter.check("ann", Micros{1} << 50);
        EXPECT_TRUE(verdict.allowed);
        EXPECT_GT(verdict.limit, 0U);
    }
}

TEST(RateLimitHeaders, TellTheStateOfTheBucket) {
    HttpResponse response;
    addRateLimitHeaders({false, 10, 0, 3, 2}, response);
    using Header = std::pair<std::string, std::string>;
    EXPECT_EQ(
        response.headers,
        (std::vector<Header>{
            {"RateLimit-Limit", "10"}, {"RateLimit-Remaining", "0"}, {"RateLimit-Reset", "3"}, {"Retry-After", "2"}}));
}

TEST(RateLimitHeaders, AreThoseOfTheStricterLimit) {
    const RateVerdict none;
    const RateVerdict roomy{true, 100, 50, 1, 0};
    const RateVerdict tight{true, 10, 2, 1, 0};
    const RateVerdict refused{false, 500, 0, 1, 4};
    EXPECT_EQ(stricter(none, roomy).limit, 100U);
    EXPECT_EQ(stricter(roomy, tight).limit, 10U);
    EXPECT_EQ(stricter(refused, tight).limit, 500U);
    EXPECT_EQ(stricter(tight, none).limit, 10U);
}

TEST(RateLimitKey, TakesANetworkOfIpv6ForOneCaller) {
    EXPECT_EQ(rateLimitKey("192.0.2.7"), "192.0.2.7");
    EXPECT_EQ(rateLimitKey("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
    EXPECT_EQ(rateLimitKey("2001:db8:1:2:ffff::1"), "2001:db8:1:2::/64");
    EXPECT_EQ(rateLimitKey("fe80::1%eth0"), "fe80::/64");
    EXPECT_EQ(rateLimitKey("::ffff:192.0.2.7"), "192.0.2.7");
    EXPECT_EQ(rateLimitKey(""), "");
}

}  // namespace
}  // namespace signalbox::gateway
