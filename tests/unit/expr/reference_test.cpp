// What the reference implementation does, learnt from comparing with it (tests/integration/expr); one test a finding.
#include <gtest/gtest.h>

#include "unit/expr/evaluate.h"

namespace signalbox::expr {
namespace {

TEST(AsTheReference, MissingSortKeysComeLastInBothDirections) {
    constexpr const char* kItems = R"([{"i":1},{"i":2,"p":5},{"i":3,"p":7}])";
    EXPECT_EQ(evaluated("$^(>p).i", kItems), "[3,2,1]");
    EXPECT_EQ(evaluated("$^(p).i", kItems), "[2,3,1]");
    EXPECT_EQ(evaluated("$^(>p, >i).i", R"([{"i":1},{"i":2}])"), "[2,1]");
}

TEST(AsTheReference, OneItemThroughSeveralArraysIsThatItem) {
    EXPECT_EQ(evaluated("items.tags", R"({"items":[{"tags":["a"]},{"tags":[]}]})"), "\"a\"");
    EXPECT_EQ(evaluated("items.tags", R"({"items":[{"tags":["a"]}]})"), "[\"a\"]");
    EXPECT_EQ(evaluated("items.tags[]", R"({"items":[{"tags":["a"]},{}]})"), "[\"a\"]");
}

TEST(AsTheReference, ArraysJoinedByAWildcardOrSpreadStayArrays) {
    EXPECT_EQ(evaluated("*", R"({"a":[1]})"), "[1]");
    EXPECT_EQ(evaluated("*", R"({"a":1})"), "1");
    EXPECT_EQ(evaluated("$spread([{'a': 1}])"), R"([{"a":1}])");
    EXPECT_EQ(evaluated("$spread({'a': 1})"), R"({"a":1})");
}

TEST(AsTheReference, PredicatesBehindTheGroupingOfAPathFilterItsLastStep) {
    EXPECT_EQ(evaluated("a{k: v}[0]", R"({"a":[{"k":"x","v":1},{"k":"y","v":2}]})"), R"({"x":1})");
    EXPECT_EQ(evaluated("[1,2]{'n': $}[0]"), "S0209 at 13");
}

TEST(AsTheReference, PredicatesOverNothingTellTheirErrors) {
    EXPECT_EQ(evaluated("missing[1 + 'a']", "{}"), "T2002 at 10");
    EXPECT_EQ(evaluated("missing[x > 1]", "{}"), "nothing");
}

TEST(AsTheReference, BracketsInAnArrayStayArraysWhateverFollowsThem) {
    EXPECT_EQ(evaluated("[[[-2]][0]]"), "[[-2]]");
    EXPECT_EQ(evaluated("[[1, 2][1], 3]"), "[2,3]");
}

TEST(AsTheReference, WhatABuiltInGivesToAHigherOrderFunctionStaysASequence) {
    EXPECT_EQ(evaluated("$map([{'a':1}, {'b':2}], $keys)"), R"([["a"],["b"]])");
    EXPECT_EQ(evaluated("$map([{'a':1}, {'b':2}], function($o){$keys($o)[0]})"), R"(["a","b"])");
}

TEST(AsTheReference, SortsComparePairsInItsOrder) {
    // Which error comes first tells which pair was compared first.
    EXPECT_EQ(evaluated("['a', 1, true]^($)").substr(0, 5), "T2008");
    EXPECT_EQ(evaluated("[true, 'a', 1]^($)").substr(0, 5), "T2007");
    EXPECT_EQ(evaluated("$sort([3, 1, 2, 5, 4], function($a, $b){ true })"), "[4,5,2,1,3]");
}

TEST(AsTheReference, TextsBeforeAndBehindNothingAreTheWholeText) {
    EXPECT_EQ(evaluated("$substringBefore('abc', missing)"), "\"abc\"");
    EXPECT_EQ(evaluated("$substringAfter('abc', missing)"), "\"abc\"");
}

TEST(AsTheReference, WholeNumbersBeyond64BitsBoundRanges) {
    EXPECT_EQ(evaluated("[1e24..3]"), "[]");
    EXPECT_EQ(evaluated("[0..1e24]").substr(0, 5), "D2014");
    EXPECT_EQ(evaluated("[0.5..3]").substr(0, 5), "T2003");
}

TEST(AsTheReference, BracketsThatKeepAnArrayReachThroughAChain) {
    EXPECT_EQ(evaluated("a[] ~> $map(function($x){$x})", R"({"a":[5]})"), "[5]");
    EXPECT_EQ(evaluated("a ~> $map(function($x){$x})", R"({"a":[5]})"), "5");
    EXPECT_EQ(evaluated("$map(a[], function($x){$x})", R"({"a":[5]})"), "5");
}

TEST(AsTheReference, LookingUpNothingGivesNothing) {
    EXPECT_EQ(evaluated("$lookup({'': 1}, missing)"), "nothing");
    EXPECT_EQ(evaluated("$lookup({'': 1}, '')"), "1");
}

TEST(AsTheReference, LettersWhoseOtherCaseIsSeveral) {
    EXPECT_EQ(evaluated("$uppercase('ﬁß')"), "\"FISS\"");
    EXPECT_EQ(evaluated("$lowercase('İ')"), "\"i̇\"");
    EXPECT_EQ(evaluated("$lowercase('ΟΔΟΣ Σ ΣΑ')"), "\"οδος σ σα\"");
}

TEST(AsTheReference, RadixesAreRounded) {
    EXPECT_EQ(evaluated("$formatBase(5, 1.5)"), "\"101\"");
    EXPECT_EQ(evaluated("$formatBase(5, 1.4)").substr(0, 5), "D3100");
}

TEST(AsTheReference, OfSeveralFaultsOfAPictureTheLastIsTold) {
    EXPECT_EQ(evaluated("$formatNumber(1, '')").substr(0, 5), "D3085");
    EXPECT_EQ(evaluated("$formatNumber(1, '0.00;neg')").substr(0, 5), "D3093");
    EXPECT_EQ(evaluated("$formatNumber(1, 'abc')").substr(0, 5), "D3086");
    EXPECT_EQ(evaluated("$formatNumber(1, '0..0')").substr(0, 5), "D3081");
}

TEST(AsTheReference, LargeRomanNumbers) {
    EXPECT_EQ(evaluated("$length($formatInteger(1234567, 'I'))"), "1240");
    EXPECT_EQ(evaluated("$parseInteger($formatInteger(1234567, 'I'), 'I')"), "1234567");
    EXPECT_EQ(evaluated("$formatInteger(1e12, 'I')").substr(0, 5), "D2015");
}

TEST(AsTheReference, SeparatorsStandOnlyBetweenDigits) {
    EXPECT_EQ(evaluated("$formatInteger(5, '#:##,0')"), "\"5\"");
    EXPECT_EQ(evaluated("$formatInteger(12345, '#:##,0')"), "\"12:34,5\"");
}

TEST(AsTheReference, CalendarsAndErasCannotBeRead) {
    EXPECT_EQ(evaluated("$toMillis('ISO', '[C]')").substr(0, 5), "D3133");
    EXPECT_EQ(evaluated("$toMillis('ISO', '[E]')").substr(0, 5), "D3133");
}

TEST(AsTheReference, CommasPromiseAnotherItem) {
    EXPECT_EQ(evaluated("[1,]"), "S0211 at 3");
    EXPECT_EQ(evaluated("{'a': 1,}"), "S0211 at 8");
    EXPECT_EQ(evaluated("$sum(1,)"), "S0211 at 7");
    EXPECT_EQ(evaluated("(1;)"), "1");
}

TEST(AsTheReference, WhatIsOpenIsToldBeforeAMissingOperand) {
    EXPECT_EQ(evaluated("a["), "S0203 at 2");
    EXPECT_EQ(evaluated("$f(1 +"), "S0203 at 6");
    EXPECT_EQ(evaluated("1 +"), "S0207 at 3");
    EXPECT_EQ(evaluated("function($a)<n{1}"), "S0202 at 14");
    EXPECT_EQ(evaluated("function($a)<n"), "S0203 at 14");
}

}  // namespace
}  // namespace signalbox::expr
