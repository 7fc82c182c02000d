// Ids, randomness, hashes, text helpers, error codes.
#include <set>
#include <unordered_set>

#include <gtest/gtest.h>

#include "base/hash.h"
#include "base/ids.h"
#include "base/random.h"
#include "base/result.h"
#include "base/text.h"

namespace signalbox {
namespace {

TEST(Random, SeededRepeatsAndMatchesThePublishedNumbers) {
    SeededRandom random(1234567);
    EXPECT_EQ(random.next(), 6457827717110365317ULL);
    EXPECT_EQ(random.next(), 3203168211198807973ULL);
    EXPECT_EQ(random.next(), 9817491932198370423ULL);
    SeededRandom resumed(random.state());
    EXPECT_EQ(resumed.next(), random.next());
}

TEST(Random, BelowStaysBelowAndReachesAll) {
    SeededRandom random(1);
    std::array<int, 6> counts{};
    for (int i = 0; i < 60'000; ++i) ++counts.at(random.below(6));
    for (const int count : counts) EXPECT_NEAR(count, 10'000, 500);
    EXPECT_EQ(random.below(1), 0U);
    for (int i = 0; i < 100; ++i) EXPECT_LT(random.below((1ULL << 63U) + 1), (1ULL << 63U) + 1);
}

TEST(Random, UnitLiesInTheHalfOpenInterval) {
    SeededRandom random(2);
    double sum = 0;
    for (int i = 0; i < 10'000; ++i) {
        const double number = random.unit();
        ASSERT_GE(number, 0.0);
        ASSERT_LT(number, 1.0);
        sum += number;
    }
    EXPECT_NEAR(sum / 10'000, 0.5, 0.02);
}

TEST(Random, SystemDoesNotRepeat) {
    SystemRandom random;
    std::set<std::uint64_t> seen;
    for (int i = 0; i < 1000; ++i) seen.insert(random.next());
    EXPECT_EQ(seen.size(), 1000U);
}

TEST(Uuid, Version7HasTheLayoutOfTheStandard) {
    SeededRandom random(3);
    const auto id = Uuid::v7(0x017F22E279B0 * 1000LL + 999, random);
    const auto text = id.toString();
    EXPECT_EQ(text.substr(0, 13), "017f22e2-79b0");
    EXPECT_EQ(text[14], '7');
    EXPECT_NE(std::string("89ab").find(text[19]), std::string::npos);
    EXPECT_FALSE(id.isNull());
}

TEST(Uuid, SortsByTheMicrosecondItWasMadeAt) {
    SeededRandom random(4);
    auto last = Uuid::v7(1'700'000'000'000'000, random);
    for (Micros wall = 1'700'000'000'000'001; wall < 1'700'000'000'002'500; ++wall) {
        const auto next = Uuid::v7(wall, random);
        ASSERT_LT(last, next);
        ASSERT_LT(last.toString(), next.toString());
        last = next;
    }
}

TEST(Uuid, ParsesItsOwnTextAndRefusesOthers) {
    SystemRandom random;
    const auto id = Uuid::v7(1'700'000'000'000'000, random);
    EXPECT_EQ(Uuid::parse(id.toString()), id);
    EXPECT_EQ(Uuid::parse("017F22E2-79B0-7CC3-98C4-DC0C0C07398F")->toString(), "017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
    EXPECT_TRUE(Uuid::parse("00000000-0000-0000-0000-000000000000")->isNull());
    for (const auto* text : {"", "017f22e279b07cc398c4dc0c0c07398f", "017f22e2-79b0-7cc3-98c4-dc0c0c07398",
                             "017f22e2-79b0-7cc3-98c4-dc0c0c07398g", "017f22e2_79b0-7cc3-98c4-dc0c0c07398f",
                             "{17f22e2-79b0-7cc3-98c4-dc0c0c07398f}", "017f22e2-79b0-7cc3-98c4-dc0c0c07398f "}) {
        EXPECT_FALSE(Uuid::parse(text)) << text;
    }
}

TEST(Uuid, StrongIdsAreMadeFromTheClockAndHash) {
    const ManualClock clock;
    SystemRandom random;
    std::unordered_set<RunId> ids;
    for (int i = 0; i < 1000; ++i) ids.insert(RunId::make(clock, random));
    EXPECT_EQ(ids.size(), 1000U);
    EXPECT_EQ(RunId::parse(ids.begin()->toString()), *ids.begin());
    EXPECT_FALSE(RunId::parse("nothing"));
    EXPECT_TRUE(RunId{}.isNull());
}

TEST(Hash, Sha256MatchesTheStandard) {
    EXPECT_EQ(sha256Hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(sha256Hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Hash, ChecksumSeesOneChangedBit) {
    const std::string data(1000, 'x');
    auto damaged = data;
    damaged[500] = static_cast<char>(damaged[500] ^ 1);
    EXPECT_EQ(checksum64(data), checksum64(std::string(data)));
    EXPECT_NE(checksum64(data), checksum64(damaged));
    EXPECT_NE(checksum64(data), checksum64(data, 1));
    EXPECT_EQ(checksum64(""), 0x2d06800538d394c2ULL);
}

TEST(Text, EditDistanceCountsSwapsOnce) {
    EXPECT_EQ(editDistance("", ""), 0U);
    EXPECT_EQ(editDistance("abc", ""), 3U);
    EXPECT_EQ(editDistance("kitten", "sitting"), 3U);
    EXPECT_EQ(editDistance("HttpRequestNode", "HttpReqeustNode"), 1U);
    EXPECT_EQ(editDistance("ca", "abc"), 3U) << "optimal string alignment edits no part twice";
}

TEST(Text, DidYouMeanFindsTheNearestOrNothing) {
    const std::vector<std::string> names{"SwitchNode", "MergeNode", "MapNode", "id", "SortNode"};
    EXPECT_EQ(didYouMean("SwichNode", names), "SwitchNode");
    EXPECT_EQ(didYouMean("mapnode", names), "MapNode");
    EXPECT_EQ(didYouMean("MergedNode", names), "MergeNode");
    EXPECT_EQ(didYouMean("ID", names), "id");
    EXPECT_EQ(didYouMean("HttpRequestNode", names), std::nullopt);
    EXPECT_EQ(didYouMean("xy", names), std::nullopt);
    EXPECT_EQ(didYouMean("", names), std::nullopt);
    EXPECT_EQ(didYouMean(std::string(10'000, 'x'), names), std::nullopt);
    const std::vector<std::string> twins{"cat", "car"};
    EXPECT_EQ(didYouMean("cab", twins), "cat") << "ties go to the first";
}

TEST(Text, LineAndColumnCountCodePoints) {
    EXPECT_EQ(lineColumnAt("", 0), (LineColumn{1, 1}));
    EXPECT_EQ(lineColumnAt("ab\ncd", 2), (LineColumn{1, 3}));
    EXPECT_EQ(lineColumnAt("ab\ncd", 3), (LineColumn{2, 1}));
    EXPECT_EQ(lineColumnAt("ä→x", 5), (LineColumn{1, 3}));
    EXPECT_EQ(lineColumnAt("ab", 99), (LineColumn{1, 3}));
}

TEST(Text, Utf8IsCheckedByTheTableOfTheStandard) {
    for (const auto* text : {"", "plain", "ä→😀", "\xED\x9F\xBF", "\xEE\x80\x80", "\xF4\x8F\xBF\xBF", "\xE0\xA0\x80"}) {
        EXPECT_TRUE(isValidUtf8(text)) << text;
    }
    for (const auto* text : {"\x80", "\xC3", "\xC0\x80", "\xC1\xBF", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xF0\x8F\xBF\xBF",
                             "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF", "\xE2\x82", "\xE2\x28\xA1"}) {
        EXPECT_FALSE(isValidUtf8(text));
        for (std::size_t before = 0; before < 20; ++before) {
            const std::string padded = std::string(before, 'a') + text + "tail";
            EXPECT_EQ(validUtf8Prefix(padded), before);
        }
    }
}

TEST(Text, SplitKeepsEmptyParts) {
    EXPECT_EQ(split("a,b", ','), (std::vector<std::string_view>{"a", "b"}));
    EXPECT_EQ(split(",a,", ','), (std::vector<std::string_view>{"", "a", ""}));
    EXPECT_EQ(split("", ','), (std::vector<std::string_view>{""}));
}

TEST(Result, CodesMatchExactlyByPrefixOrAlways) {
    EXPECT_TRUE(errorCodeMatches("http.timeout", "http.timeout"));
    EXPECT_TRUE(errorCodeMatches("http.timeout", "http.*"));
    EXPECT_TRUE(errorCodeMatches("http.timeout", "*"));
    EXPECT_FALSE(errorCodeMatches("https.timeout", "http.*"));
    EXPECT_FALSE(errorCodeMatches("http", "http.*"));
    EXPECT_FALSE(errorCodeMatches("http.timeout", "http"));
    EXPECT_FALSE(errorCodeMatches("http.timeout", ""));
}

Result<int> half(int number) {
    if (number % 2 != 0) return fail("number.odd", "The number is odd", "half", "Take an even one", true);
    return number / 2;
}

Result<int> quarter(int number) {
    SIGNALBOX_TRY(const int first, half(number));
    SIGNALBOX_TRY(const int second, half(first));
    return second;
}

TEST(Result, TryHandsOnTheWholeError) {
    EXPECT_EQ(quarter(8), 2);
    const auto failed = quarter(6);
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error(), (Error{"number.odd", "The number is odd", "half", "Take an even one", true}));
}

}  // namespace
}  // namespace signalbox
