#include "identity/throttle.h"

#include <algorithm>
#include <random>
#include <string>

#include <gtest/gtest.h>

#include "identity/known_places.h"

namespace signalbox::identity {
namespace {

constexpr Micros kSecond = 1'000'000;
constexpr ThrottleRule kRule{3, kSecond, 60 * kSecond, 3600 * kSecond, 8};

TEST(Throttle, TheFirstFailuresAreFree) {
    Throttle throttle(kRule);
    for (int i = 0; i < 4; ++i) EXPECT_EQ(throttle.begin("anna", 0), 0) << i;
    EXPECT_EQ(throttle.begin("anna", 0), kSecond);
    EXPECT_EQ(throttle.begin("bert", 0), 0);
}

TEST(Throttle, EachFurtherFailureDoublesTheWaitUpToALimit) {
    Throttle throttle(kRule);
    Micros now = 0;
    for (int i = 0; i < 3; ++i) EXPECT_EQ(throttle.begin("anna", now), 0);
    Micros expected = kSecond;
    for (int i = 0; i < 20; ++i) {
        ASSERT_EQ(throttle.begin("anna", now), 0);
        ASSERT_EQ(throttle.begin("anna", now), expected);
        now += expected;
        expected = std::min(2 * expected, 60 * kSecond);
    }
}

TEST(Throttle, RefusedAttemptsDoNotProlongTheWait) {
    Throttle throttle(kRule);
    for (int i = 0; i < 4; ++i) EXPECT_EQ(throttle.begin("anna", 0), 0);
    for (Micros now = 0; now < kSecond; now += kSecond / 10) EXPECT_GT(throttle.begin("anna", now), 0);
    EXPECT_EQ(throttle.begin("anna", kSecond), 0);
}

TEST(Throttle, SuccessAndTimeForget) {
    Throttle throttle(kRule);
    for (int i = 0; i < 4; ++i) EXPECT_EQ(throttle.begin("anna", 0), 0);
    throttle.forget("anna");
    EXPECT_EQ(throttle.begin("anna", 0), 0);
    for (int i = 0; i < 3; ++i) EXPECT_EQ(throttle.begin("anna", 0), 0);
    EXPECT_GT(throttle.begin("anna", 0), 0);
    EXPECT_EQ(throttle.begin("anna", kRule.forget), 0);
    EXPECT_EQ(throttle.begin("anna", kRule.forget), 0);
}

TEST(Throttle, WhatWasTakenBackWasNotThere) {
    Throttle throttle(kRule);
    for (int i = 0; i < 100; ++i) {
        ASSERT_EQ(throttle.begin("anna", 0), 0) << i;
        throttle.takeBack("anna");
    }
}

TEST(Throttle, MemoryIsBounded) {
    Throttle throttle(kRule);
    for (int i = 0; i < 1000; ++i) EXPECT_EQ(throttle.begin("user" + std::to_string(i), i), 0);
    EXPECT_EQ(throttle.size(), kRule.most);
}

/// Against a list of failures that is never shortened: no one gets in more often than the rule says, and everyone gets
/// in again at last.
TEST(Throttle, HoldsForRandomSequences) {
    const auto seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    for (int round = 0; round < 200; ++round) {
        Throttle throttle(kRule);
        Micros now = 0;
        Micros allowedAt = 0;
        std::uint32_t failures = 0;
        Micros last = 0;
        for (int step = 0; step < 200; ++step) {
            now += static_cast<Micros>(random() % (3 * kSecond));
            if (random() % 50 == 0) {
                throttle.forget("anna");
                failures = 0;
                allowedAt = 0;
            }
            if (now - last >= kRule.forget) failures = 0;
            const Micros wait = throttle.begin("anna", now);
            ASSERT_LE(wait, kRule.longest);
            ASSERT_EQ(wait, failures > 0 && now < allowedAt ? allowedAt - now : 0);
            if (wait > 0) continue;
            ++failures;
            last = now;
            allowedAt = now;
            if (failures > kRule.free) {
                const auto doublings = std::min(failures - kRule.free - 1, 30U);
                allowedAt += std::min(kRule.first << doublings, kRule.longest);
            }
        }
    }
}

TEST(Throttle, AddressesOfOneHouseholdAreOne) {
    EXPECT_EQ(addressGroup("2001:db8:1:2:3:4:5:6"), addressGroup("2001:db8:1:2::1"));
    EXPECT_NE(addressGroup("2001:db8:1:2::1"), addressGroup("2001:db8:1:3::1"));
    EXPECT_EQ(addressGroup("::ffff:192.0.2.1"), "192.0.2.1");
    EXPECT_EQ(addressGroup("192.0.2.1"), "192.0.2.1");
    EXPECT_EQ(addressGroup("fe80::1%eth0"), addressGroup("fe80::1"));
    EXPECT_EQ(addressGroup(""), "");
    EXPECT_EQ(siteOfGroup(addressGroup("2001:db8:1:2::1")), siteOfGroup(addressGroup("2001:db8:1:ffff::1")));
    EXPECT_NE(siteOfGroup(addressGroup("2001:db8:1:2::1")), siteOfGroup(addressGroup("2001:db8:2:2::1")));
    EXPECT_EQ(siteOfGroup(addressGroup("192.0.2.1")), "");
    EXPECT_EQ(siteOfGroup(""), "");
}

TEST(KnownPlaces, AreThoseOfOneAccountAndBounded) {
    KnownPlaces places(2);
    places.learn("default/anna", "192.0.2.1");
    places.learn("default/bert", "192.0.2.2");
    places.learn("default/anna", "");
    EXPECT_TRUE(places.knows("default/anna", "192.0.2.1"));
    EXPECT_FALSE(places.knows("default/anna", "192.0.2.2"));
    EXPECT_FALSE(places.knows("default/anna", ""));
    places.learn("default/anna", "192.0.2.1");
    places.learn("default/anna", "192.0.2.3");
    EXPECT_TRUE(places.knows("default/anna", "192.0.2.1"));
    EXPECT_FALSE(places.knows("default/bert", "192.0.2.2")) << "the one not come from for the longest time";
    places.forget("default/ann");
    EXPECT_TRUE(places.knows("default/anna", "192.0.2.3"));
    places.forget("default/anna");
    EXPECT_FALSE(places.knows("default/anna", "192.0.2.1"));
    EXPECT_FALSE(places.knows("default/anna", "192.0.2.3"));
}

}  // namespace
}  // namespace signalbox::identity
