#include <gtest/gtest.h>

#include "base/hash.h"
#include "base/json.h"
#include "random_value.h"

namespace signalbox {
namespace {

constexpr JsonStyle kStyles[] = {JsonStyle::Compact, JsonStyle::Canonical, JsonStyle::Pretty};

TEST(JsonProperty, WritingThenParsingIsIdentityInAllStyles) {
    const auto seed = test::propertySeed();
    SCOPED_TRACE(fmt::format("SIGNALBOX_TEST_SEED={}", seed));
    SeededRandom random(seed);
    for (int round = 0; round < 2'000; ++round) {
        const auto value = test::randomValue(random);
        for (const auto style : kStyles) {
            const auto text = writeJson(value, style);
            const auto parsed = parseJson(text, true);
            ASSERT_TRUE(parsed) << parsed.error().message << " in " << text;
            ASSERT_EQ(*parsed, value) << text;
            ASSERT_EQ(writeJson(*parsed, style), text) << "a second time gives other bytes";
        }
    }
}

TEST(JsonProperty, CanonicalTextsAreEqualExactlyWhenValuesAre) {
    const auto seed = test::propertySeed();
    SCOPED_TRACE(fmt::format("SIGNALBOX_TEST_SEED={}", seed));
    SeededRandom random(seed);
    for (int round = 0; round < 2'000; ++round) {
        const auto value = test::randomValue(random);
        const auto twin = test::rebuilt(value, random);
        ASSERT_EQ(value, twin);
        ASSERT_EQ(writeJson(value, JsonStyle::Canonical), writeJson(twin, JsonStyle::Canonical));
        const auto other = test::randomValue(random, 1);
        ASSERT_EQ(value == other, writeJson(value, JsonStyle::Canonical) == writeJson(other, JsonStyle::Canonical));
    }
}

TEST(JsonProperty, EveryDoubleReadsBackAsTheSameBits) {
    const auto seed = test::propertySeed();
    SCOPED_TRACE(fmt::format("SIGNALBOX_TEST_SEED={}", seed));
    SeededRandom random(seed);
    for (int round = 0; round < 50'000; ++round) {
        const Value number(test::randomDouble(random));
        const auto text = writeJson(number);
        const auto parsed = parseJson(text);
        ASSERT_TRUE(parsed) << text;
        ASSERT_EQ(*parsed, number) << text;
    }
}

TEST(JsonProperty, DamagedTextIsRefusedOrReadButNeverWrong) {
    const auto seed = test::propertySeed();
    SCOPED_TRACE(fmt::format("SIGNALBOX_TEST_SEED={}", seed));
    SeededRandom random(seed);
    for (int round = 0; round < 5'000; ++round) {
        auto text = writeJson(test::randomValue(random, 3), JsonStyle::Compact);
        for (auto changes = 1 + random.below(3); changes > 0; --changes) {
            text[random.below(text.size())] = static_cast<char>(random.next());
        }
        const auto parsed = parseJson(text);
        if (!parsed) {
            ASSERT_TRUE(errorCodeMatches(parsed.error().code, "json.*"));
            ASSERT_FALSE(parsed.error().message.empty());
            ASSERT_FALSE(parsed.error().where.empty()) << text;
            continue;
        }
        const auto again = parseJson(writeJson(*parsed));
        ASSERT_TRUE(again);
        ASSERT_EQ(*again, *parsed) << text;
    }
}

}  // namespace
}  // namespace signalbox
