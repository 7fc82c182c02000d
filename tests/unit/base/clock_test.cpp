#include "base/clock.h"

#include <limits>

#include <gtest/gtest.h>

#include "random_value.h"

namespace signalbox {
namespace {

constexpr Micros kSecond = 1'000'000;
constexpr Micros kHour = 3600 * kSecond;

TEST(Duration, ReadsEveryUnit) {
    const std::pair<const char*, Micros> cases[] = {{"250ms", 250'000},
                                                    {"10s", 10 * kSecond},
                                                    {"5m", 300 * kSecond},
                                                    {"1h", kHour},
                                                    {"1.5h", kHour + kHour / 2},
                                                    {"2d", 48 * kHour},
                                                    {"0", 0},
                                                    {"7", 7 * kSecond},
                                                    {"0.25", 250'000},
                                                    {"40us", 40},
                                                    {"1.000001s", 1'000'001},
                                                    {"0.5d", 12 * kHour},
                                                    {"007s", 7 * kSecond},
                                                    {"0.0000001s", 0},
                                                    {"2.50m", 150 * kSecond}};
    for (const auto& [text, expected] : cases) {
        const auto parsed = parseDuration(text);
        ASSERT_TRUE(parsed) << text;
        EXPECT_EQ(*parsed, expected) << text;
    }
}

TEST(Duration, RefusesEverythingElse) {
    for (const auto* text : {"", "s", "-5s", "+5s", " 5s", "5s ", "5 s", "5.s", ".5s", "1h30m", "5S", "5sec", "1e3s",
                             "0x5s", "5,5s", "99999999999999999999s", "300000000d", "9223372036855s"}) {
        const auto parsed = parseDuration(text);
        ASSERT_FALSE(parsed) << text;
        EXPECT_EQ(parsed.error().code, "duration.syntax");
        EXPECT_NE(parsed.error().hint.find("250ms"), std::string::npos);
    }
}

TEST(Duration, WritesTheShortestForm) {
    const std::pair<Micros, const char*> cases[] = {
        {250'000, "250ms"}, {90 * kSecond, "90s"},      {kHour, "1h"},
        {0, "0s"},          {60 * kSecond, "1m"},       {1'500'000, "1.5s"},
        {24 * kHour, "1d"}, {kHour + kHour / 2, "90m"}, {1, "1us"},
        {1'500, "1.5ms"},   {1'234'567, "1234567us"},   {100 * kSecond, "100s"}};
    for (const auto& [duration, expected] : cases) EXPECT_EQ(formatDuration(duration), expected);
}

TEST(Duration, WrittenFormsReadBackExactly) {
    const auto seed = test::propertySeed();
    SCOPED_TRACE(fmt::format("SIGNALBOX_TEST_SEED={}", seed));
    SeededRandom random(seed);
    for (int i = 0; i < 20'000; ++i) {
        auto duration = static_cast<Micros>(random.next() >> (1 + random.below(62)));
        if (random.below(2) == 0) duration = duration / kSecond * kSecond;
        const auto text = formatDuration(duration);
        const auto parsed = parseDuration(text);
        ASSERT_TRUE(parsed) << text;
        ASSERT_EQ(*parsed, duration) << text;
    }
    EXPECT_EQ(parseDuration(formatDuration(std::numeric_limits<Micros>::max())), std::numeric_limits<Micros>::max());
}

TEST(Duration, ReadsWellForPeople) {
    const std::pair<Micros, const char*> cases[] = {{0, "0 ms"},
                                                    {250, "250 µs"},
                                                    {380'000, "380 ms"},
                                                    {1'240, "1.24 ms"},
                                                    {12'340, "12.3 ms"},
                                                    {999'499, "999 ms"},
                                                    {999'600, "1.00 s"},
                                                    {1'240'000, "1.24 s"},
                                                    {9'996'000, "10.0 s"},
                                                    {59'949'999, "59.9 s"},
                                                    {59'960'000, "1 m 00 s"},
                                                    {125 * kSecond, "2 m 05 s"},
                                                    {kHour - 1, "1 h 00 m"},
                                                    {3 * kHour + 720 * kSecond, "3 h 12 m"},
                                                    {51 * kHour, "2 d 03 h"},
                                                    {24 * kHour - 1, "1 d 00 h"},
                                                    {-380'000, "-380 ms"}};
    for (const auto& [duration, expected] : cases) EXPECT_EQ(humanDuration(duration), expected);
    EXPECT_FALSE(humanDuration(std::numeric_limits<Micros>::max()).empty());
    EXPECT_FALSE(humanDuration(std::numeric_limits<Micros>::min()).empty());
}

TEST(Timestamp, IsRfc3339InUtc) {
    EXPECT_EQ(formatTimestamp(0), "1970-01-01T00:00:00.000Z");
    EXPECT_EQ(formatTimestamp(1'772'368'496'789'999), "2026-03-01T12:34:56.789Z");
    EXPECT_EQ(formatTimestamp(951'782'400'000'000), "2000-02-29T00:00:00.000Z");
    EXPECT_EQ(formatTimestamp(-1), "1969-12-31T23:59:59.999Z");
}

TEST(Clock, SystemClockRunsForward) {
    const SystemClock clock;
    const auto before = clock.monotonicNow();
    EXPECT_GT(clock.wallNow(), 1'600'000'000'000'000) << "microseconds since 1970";
    EXPECT_GE(clock.monotonicNow(), before);
    EXPECT_GT(before, 0);
}

TEST(Clock, ManualClockStandsUntilTold) {
    ManualClock clock(1000, 10);
    EXPECT_EQ(clock.wallNow(), 1000);
    clock.advance(5);
    EXPECT_EQ(clock.wallNow(), 1005);
    EXPECT_EQ(clock.monotonicNow(), 15);
    clock.jumpWall(-500);
    EXPECT_EQ(clock.wallNow(), 505);
    EXPECT_EQ(clock.monotonicNow(), 15);
}

TEST(Clock, BootIdIsAUuidThatStays) {
    EXPECT_EQ(bootId().size(), 36U);
    EXPECT_EQ(bootId(), bootId());
}

}  // namespace
}  // namespace signalbox
