#include "base/value.h"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

namespace signalbox {
namespace {

constexpr auto kMaxInt = std::numeric_limits<std::int64_t>::max();
constexpr auto kMinInt = std::numeric_limits<std::int64_t>::min();

Value numberedObject(int count) {
    ObjectBuilder builder;
    for (int i = 0; i < count; ++i) builder.set("member number " + std::to_string(i), i);
    return std::move(builder).build();
}

TEST(Value, HasTheKindItWasMadeOf) {
    EXPECT_EQ(Value().kind(), Value::Kind::Null);
    EXPECT_EQ(Value(true).kind(), Value::Kind::Boolean);
    EXPECT_EQ(Value(7).kind(), Value::Kind::Integer);
    EXPECT_EQ(Value(0.5).kind(), Value::Kind::Number);
    EXPECT_EQ(Value("x").kind(), Value::Kind::String);
    EXPECT_EQ(Value::bytes("x").kind(), Value::Kind::Bytes);
    EXPECT_EQ(Value::array().kind(), Value::Kind::Array);
    EXPECT_EQ(Value::object().kind(), Value::Kind::Object);
    EXPECT_EQ(Value::undefined().kind(), Value::Kind::Undefined);
    EXPECT_FALSE(Value::undefined().isDefined());
    EXPECT_EQ(kindName(Value::Kind::Undefined), "undefined");
    EXPECT_EQ(kindName(Value::Kind::Bytes), "bytes");
    EXPECT_EQ(kindName(Value::Kind::Object), "object");
}

TEST(Value, WholeDoublesAreIntegers) {
    EXPECT_TRUE(Value(3.0).isInteger());
    EXPECT_EQ(Value(3.0), Value(3));
    EXPECT_EQ(Value(-0.0), Value(0));
    EXPECT_TRUE(Value(0.5).isNumber());
    EXPECT_FALSE(Value(0.5).isInteger());
    EXPECT_EQ(Value(-9223372036854775808.0).asInteger(), kMinInt);
    EXPECT_TRUE(Value(-9223372036854775808.0).isInteger());
    EXPECT_FALSE(Value(9223372036854775808.0).isInteger());
    EXPECT_EQ(Value(9223372036854774784.0).asInteger(), 9223372036854774784);
}

TEST(Value, NumbersThatAreNotFiniteAreNull) {
    EXPECT_TRUE(Value(std::nan("")).isNull());
    EXPECT_TRUE(Value(std::numeric_limits<double>::infinity()).isNull());
    EXPECT_TRUE(Value(-std::numeric_limits<double>::infinity()).isNull());
}

TEST(Value, UnsignedPastTheRangeOfIntegersIsTheNearestDouble) {
    EXPECT_EQ(Value(static_cast<unsigned long>(kMaxInt)).asInteger(), kMaxInt);
    const Value big(std::numeric_limits<unsigned long>::max());
    EXPECT_FALSE(big.isInteger());
    EXPECT_EQ(big.asNumber(), 18446744073709551616.0);
    EXPECT_EQ(Value(4'000'000'000U).asInteger(), 4'000'000'000);
}

TEST(Value, IntegerOfANumberIsTruncatedAndClamped) {
    EXPECT_EQ(Value(2.9).asInteger(), 2);
    EXPECT_EQ(Value(-2.9).asInteger(), -2);
    EXPECT_EQ(Value(1e300).asInteger(), kMaxInt);
    EXPECT_EQ(Value(-1e300).asInteger(), kMinInt);
    EXPECT_EQ(Value(kMaxInt).asInteger(), kMaxInt);
}

TEST(Value, ReadingAnotherKindGivesTheNeutralValue) {
    const Value text("text");
    EXPECT_FALSE(text.asBoolean());
    EXPECT_EQ(text.asInteger(), 0);
    EXPECT_EQ(text.asNumber(), 0.0);
    EXPECT_TRUE(text.items().empty());
    EXPECT_TRUE(text.members().empty());
    EXPECT_EQ(Value(1).asString(), "");
    EXPECT_FALSE(Value(1).asBoolean());
    EXPECT_EQ(Value(true).asInteger(), 0);
    EXPECT_EQ(Value(1).size(), 0U);
    EXPECT_EQ(text.find("a"), nullptr);
    EXPECT_TRUE(text["a"].isUndefined());
    EXPECT_TRUE(text.at(0).isUndefined());
}

TEST(Value, TextsOfEveryLengthAroundTheInlineLimitAreKept) {
    for (std::size_t length = 0; length < 40; ++length) {
        const std::string text(length, 'x');
        const Value value(text);
        const Value copy = value;
        EXPECT_EQ(copy.asString(), text);
        EXPECT_EQ(copy.size(), length);
        EXPECT_EQ(Value::bytes(text).asString(), text);
        EXPECT_NE(Value::bytes(text), value) << "bytes are not text";
    }
    const std::string withZeros("a\0b\0", 4);
    EXPECT_EQ(Value(withZeros).asString(), withZeros);
}

TEST(Value, CopiesShareAndMovedFromIsNull) {
    Value original = Value::array({1, 2, 3});
    Value copy = original;
    EXPECT_EQ(copy.items().data(), original.items().data());
    EXPECT_TRUE(copy.sameIdentity(original));
    const Value moved = std::move(original);
    EXPECT_TRUE(original.isNull());  // NOLINT(bugprone-use-after-move): that is what is promised
    EXPECT_EQ(moved.size(), 3U);
    copy = copy.at(1);
    EXPECT_EQ(copy, Value(2)) << "assigning a part of a value to itself";
    Value& alias = copy;
    copy = alias;
    EXPECT_EQ(copy, Value(2));
    copy = std::move(alias);
    EXPECT_EQ(copy, Value(2));
}

TEST(Value, AssigningAPartThatOnlyTheTargetHoldsIsSafe) {
    Value nest = Value::array({Value::array({Value("a text that is long enough for the heap")})});
    nest = nest.at(0);
    nest = nest.at(0);
    EXPECT_EQ(nest.asString(), "a text that is long enough for the heap");
    Value object = Value::object({{"inner", Value::object({{"x", 1}})}});
    object = Value(object["inner"]);
    EXPECT_EQ(object["x"], Value(1));
}

TEST(Value, ObjectsKeepTheOrderOfInsertionAndTheLastOfEqualKeysWins) {
    const auto object = Value::object({{"b", 1}, {"a", 2}, {"b", 3}});
    ASSERT_EQ(object.size(), 2U);
    EXPECT_EQ(object.members()[0].first, "b");
    EXPECT_EQ(object["b"], Value(3));
    EXPECT_EQ(object.members()[1].first, "a");
    std::vector<Member> list{{"x", 1}, {"x", 2}};
    EXPECT_EQ(Value::object(std::move(list)), Value::object({{"x", 2}}));
}

TEST(Value, FindsEveryMemberOfObjectsOfEverySize) {
    for (const int count : {0, 1, 7, 8, 9, 15, 16, 17, 33, 1000}) {
        const auto object = numberedObject(count);
        ASSERT_EQ(object.size(), static_cast<std::size_t>(count));
        for (int i = 0; i < count; ++i) EXPECT_EQ(object["member number " + std::to_string(i)], Value(i));
        EXPECT_EQ(object.find("member number " + std::to_string(count)), nullptr);
        EXPECT_EQ(object.find(""), nullptr);
    }
}

TEST(Value, WithAddsAtTheEndOrReplacesInPlaceAndLeavesTheOldOneAlone) {
    for (const int count : {0, 2, 8, 9, 16, 40}) {
        const auto object = numberedObject(count);
        const auto more = object.with("new", "value");
        EXPECT_EQ(object.size(), static_cast<std::size_t>(count));
        ASSERT_EQ(more.size(), object.size() + 1);
        EXPECT_EQ(more.members().back().first, "new");
        const auto replaced = more.with("new", 5);
        EXPECT_EQ(replaced["new"], Value(5));
        EXPECT_EQ(replaced.size(), more.size());
        EXPECT_EQ(more["new"], Value("value"));
        EXPECT_EQ(more.without("new"), object);
        EXPECT_EQ(object.without("new"), object);
    }
    EXPECT_EQ(Value(5).with("a", 1), Value::object({{"a", 1}}));
    EXPECT_EQ(Value(5).without("a"), Value::object());
    const auto self = numberedObject(3);
    EXPECT_EQ(self.with("self", self)["self"], self);
}

TEST(Value, BuilderSetsFindsAndRefusesTwice) {
    ObjectBuilder builder;
    for (int i = 0; i < 50; ++i) ASSERT_NE(builder.add("k" + std::to_string(i), i), nullptr);
    for (int i = 0; i < 50; ++i) ASSERT_EQ(builder.add("k" + std::to_string(i), -1), nullptr);
    ASSERT_NE(builder.find("k7"), nullptr);
    *builder.find("k7") = "changed";
    builder.set("k8", "also").set("k8", "twice");
    EXPECT_EQ(builder.find("k50"), nullptr);
    EXPECT_EQ(builder.size(), 50U);
    const auto object = std::move(builder).build();
    EXPECT_EQ(object["k7"], Value("changed"));
    EXPECT_EQ(object["k8"], Value("twice"));
    EXPECT_EQ(object["k49"], Value(49));
}

TEST(Value, EqualityIsDeepAndIgnoresTheOrderOfMembers) {
    EXPECT_EQ(Value::object({{"a", 1}, {"b", Value::array({1, 2.0})}}),
              Value::object({{"b", Value::array({1.0, 2})}, {"a", 1}}));
    EXPECT_NE(Value::array({1, 2}), Value::array({2, 1}));
    EXPECT_NE(Value::array({1}), Value::array({1, 1}));
    EXPECT_NE(Value::object({{"a", 1}}), Value::object({{"b", 1}}));
    EXPECT_NE(Value::object(), Value::array());
    EXPECT_NE(Value(), Value::undefined());
    EXPECT_EQ(Value::undefined(), Value::undefined());
    EXPECT_NE(Value(0), Value(false));
    EXPECT_NE(Value(1), Value("1"));
    EXPECT_NE(Value(kMaxInt), Value(9223372036854775808.0));
}

TEST(Value, IdentityMeansSharedNodeOrSameInlineContent) {
    const std::string text = "more than fourteen bytes";
    EXPECT_FALSE(Value(text).sameIdentity(Value(text)));
    EXPECT_TRUE(Value("short").sameIdentity(Value("short")));
    EXPECT_FALSE(Value("short").sameIdentity(Value("shorT")));
    EXPECT_FALSE(Value(1).sameIdentity(Value(true)));
    EXPECT_TRUE(Value::array().sameIdentity(Value::array()));
    const Value array = Value::array({1});
    EXPECT_FALSE(array.sameIdentity(Value::array({1})));
    EXPECT_TRUE(array.sameIdentity(Value(array)));
}

TEST(Value, SizeAndDepthAreKeptUpWithTheContent) {
    EXPECT_EQ(Value(1).depth(), 0U);
    EXPECT_EQ(Value::array().depth(), 1U);
    EXPECT_EQ(Value::array({1, Value::object({{"a", Value::array({2})}})}).depth(), 3U);
    const std::string text(1000, 'x');
    EXPECT_GE(Value(text).approximateSize(), 1000U);
    EXPECT_LT(Value(text).approximateSize(), 1200U);
    const Value twice = Value::array({text, text});
    EXPECT_GE(twice.approximateSize(), 2000U);
    EXPECT_GE(Value::object({{text, 1}}).approximateSize(), 1000U);
    // Sharing makes values that would be astronomically large when written out; asking for the size stays instant.
    Value doubling = Value::array({1});
    for (int i = 0; i < 200; ++i) doubling = Value::array({doubling, doubling});
    EXPECT_EQ(doubling.approximateSize(), std::numeric_limits<std::size_t>::max());
    EXPECT_EQ(doubling.depth(), 201U);
}

Value deepArray(std::size_t depth) {
    Value nest = Value::array();
    for (std::size_t i = 1; i < depth; ++i) nest = Value::array({std::move(nest)});
    return nest;
}

Value deepObject(std::size_t depth) {
    Value nest = Value::object();
    for (std::size_t i = 1; i < depth; ++i) nest = Value::object({{"in", std::move(nest)}});
    return nest;
}

TEST(Value, MillionsOfLevelsAreComparedAndFreedWithoutRecursion) {
    constexpr std::size_t kDepth = 1'000'000;
    {
        const auto a = deepArray(kDepth);
        const auto b = deepArray(kDepth);
        EXPECT_EQ(a.depth(), kDepth);
        EXPECT_TRUE(a == b);
        EXPECT_FALSE(a == deepArray(kDepth - 1));
    }
    const auto a = deepObject(kDepth / 4);
    EXPECT_TRUE(a == deepObject(kDepth / 4));
}

TEST(Value, FreeingOneHolderLeavesTheSharedPartsToTheOthers) {
    Value kept;
    {
        const Value shared =
            Value::array({"a text that lies on the heap", Value::object({{"k", Value::array({1, 2})}})});
        const Value holder = Value::object({{"x", shared}, {"y", Value::array({shared, shared})}});
        kept = holder["y"].at(1);
    }
    EXPECT_EQ(kept.at(0), Value("a text that lies on the heap"));
    EXPECT_EQ(kept.at(1)["k"].at(1), Value(2));
}

}  // namespace
}  // namespace signalbox
