// Expressions from strangers must end: in bounded time, memory and stack.
#include <string>

#include <gtest/gtest.h>

#include "base/clock.h"
#include "expr/expression.h"
#include "unit/expr/small_stack.h"

namespace signalbox::expr {
namespace {

std::string repeated(std::string_view text, std::size_t times) {
    std::string out;
    for (std::size_t i = 0; i < times; ++i) out += text;
    return out;
}

/// "" when it gave a value, otherwise the error's code.
std::string outcome(std::string_view text, const Value& input = Value::undefined(),
                    const Environment& environment = {}) {
    const auto compiled = Expression::compile(text);
    if (!compiled) return compiled.error().code;
    const auto result = compiled->evaluate(input, environment);
    return result ? "" : result.error().code;
}

Environment within(void (*set)(Limits&)) {
    Environment environment;
    set(environment.limits);
    return environment;
}

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr std::size_t kStack = 8U << 20U;  // instrumented code needs far more
#else
constexpr std::size_t kStack = 512U << 10U;
#endif

class SmallStack : public testing::TestWithParam<const char*> {};

TEST_P(SmallStack, EndlessRecursionIsAnErrorNotACrash) {
    std::string code;
    const std::size_t used = stackUsedBy(
        [&] {
            code = outcome(GetParam(), Value::object({{"a", Value::array({1, 2})}}));
        },
        kStack);
    EXPECT_EQ(code, "expression.limit");
    EXPECT_LT(used, kStack - kStack / 8) << "little is left of the stack";
    RecordProperty("stack", static_cast<int>(used));
}

INSTANTIATE_TEST_SUITE_P(Recursion, SmallStack,
                         testing::Values("($f := function($n) { 1 + $f($n + 1) }; $f(0))",                        //
                                         "($f := function($n) { [$f($n + 1)] }; $f(0))",                          //
                                         "($f := function($n) { {'a': $f($n + 1)} }; $f(0))",                     //
                                         "($f := function($n) { $map([1], $f) & 'x' }; $f(0))",                   //
                                         "($f := function($n) { ($map([1, 2], $f); 1) }; $f(0))",                 //
                                         "($f := function($n, $m) { 1 + $reduce([1, 2], $f) }; $f(0, 1))",        //
                                         "($f := function($n) { $sort([2, 1], $f) & '' }; $f(0))",                //
                                         "($f := function($a, $b) { $count($sort([2, 1], $f)) = 1 }; $f(0, 1))",  //
                                         "($f := function($n) { $$.a[$f($) = 1].b }; $f(0))",                     //
                                         "($f := function($n) { $$.a.($f($)).b }; $f(0))",                        //
                                         "($f := function($n) { $$.a^($f($)) }; $f(0))",                          //
                                         "($f := function($n) { $$.a@$v[$f($v)].b }; $f(0))",                     //
                                         "($f := function($n) { $$.a{'k' & $f($): 1} }; $f(0))",                  //
                                         "($f := function($n) { $$.a#$i{$string($i): $f($)} }; $f(0))",           //
                                         "($f := function($n) { $replace('aa', /a/, $f) & '' }; $f({}))",         //
                                         "($f := function($n) { 1 + ($$ ~> |a|{'b': $f(1)}|).a }; $f(0))",        //
                                         "($f := function($n) { ($ ~> $f) & 'x' }; $f(0))",                       //
                                         "($f := function($n) { 1 + $eval('$f(1)') }; $f(0))",                    //
                                         "($f := function($g, $n) { $f($g ~> $g, $n + 1) }; $f($string, 0))",     //
                                         "($f := function($g) { $f($g(?)) }; $f($string))",                       //
                                         "($f := function($n) { ((((((((1 + $f($n)))))))))}; $f(0))",             //
                                         "($f := function($n) { $n ? 1 + $f(1) : 1 + $f(0) }; $f(0))",            //
                                         "($f := function($n) { -$f($n) }; $f(0))",                               //
                                         "($f := function($x) { $f([$x]) }; $f(0))",                              //
                                         "($f := function($x) { $f({'x': $x}) }; $f(0))",                         //
                                         "($f := function($x) { $f($x ~> |$|{'n': $}|) }; $f({}))",               //
                                         "($f := function($n) { $each({'a': 1}, $f) & 'x' }; $f(0))",             //
                                         "($f := function($n) { $filter([1, 2], $f) & 'x' }; $f(0))",             //
                                         "($f := function($n) { $sift({'a': 1}, $f) & 'x' }; $f(0))",             //
                                         "($f := function($n) { $single([1], $f) & 'x' }; $f(0))"));

class DeepText : public testing::TestWithParam<std::pair<const char*, const char*>> {};

TEST_P(DeepText, DeepNestingIsAnErrorNotACrash) {
    const auto [open, close] = GetParam();
    for (const std::size_t depth : {50U, 150U, 1000U, 20'000U}) {
        std::string code;
        const std::string text = repeated(open, depth) + "1" + repeated(close, depth);
        const std::size_t used = stackUsedBy([&] { code = outcome(text); }, kStack);
        const bool flat = std::string_view(close) == "[0]" || std::string_view(close) == ".a";
        if (depth >= 1000 && !flat) {
            EXPECT_NE(code, "") << text.substr(0, 40);
        }
        EXPECT_LT(used, kStack - kStack / 8);
    }
}

INSTANTIATE_TEST_SUITE_P(Nesting, DeepText,
                         testing::Values(std::pair{"(", ")"}, std::pair{"[", "]"}, std::pair{"{'a':", "}"},
                                         std::pair{"-", ""}, std::pair{"$f(", ")"}, std::pair{"a[", "]"},
                                         std::pair{"1 ? ", " : 2"}, std::pair{"function(){", "}"},
                                         std::pair{"|a|", "|"}, std::pair{"a^(", ")"}, std::pair{"a{'k':", "}"},
                                         std::pair{"$x := ", ""}, std::pair{"1 ?: ", ""}, std::pair{"a.(", ")"},
                                         std::pair{"1..[", "]"}, std::pair{"", " + a"}, std::pair{"", " & a"},
                                         std::pair{"", "[0]"}, std::pair{"", ".a"}, std::pair{"", " ~> $f"}));

TEST(Limits, LongFlatExpressionsAreNoDeepOnes) {
    EXPECT_EQ(outcome("[1" + repeated(", 1", 10'000) + "]"), "");
    EXPECT_EQ(outcome("(1" + repeated("; 1", 10'000) + ")"), "");
    EXPECT_EQ(outcome("a" + repeated(".a", 5'000)), "");
    EXPECT_EQ(outcome("'x'" + repeated(" & 'x'", 200)), "");
}

TEST(Limits, TailCallsDoNotNest) {
    EXPECT_EQ(outcome("($f := function($n) { $n = 0 ? 'done' : $f($n - 1) }; $f(100000))"), "");
    EXPECT_EQ(outcome("($even := function($n) { $n = 0 ? true : ($odd($n - 1)) };"
                      " $odd := function($n) { $n = 0 ? false : $even($n - 1) }; $even(50000))"),
              "");
}

TEST(Limits, StepsEndALoop) {
    const Environment environment = within([](Limits& limits) { limits.maxSteps = 10'000; });
    const auto endless = Expression::compile("($f := function() { $f() }; $f())");
    ASSERT_TRUE(endless);
    const auto result = endless->evaluate(Value::undefined(), environment);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, "expression.limit");
    EXPECT_EQ(jsonataCode(result.error()), "D1012");
    EXPECT_EQ(outcome("$sum([1..100000])", {}, environment), "expression.limit")
        << "built-in functions count their work";
    EXPECT_EQ(outcome("$sum([1..100])", {}, environment), "");
}

/// A clock on which every look takes a while.
class TickingClock final : public Clock {
public:
    [[nodiscard]] Micros wallNow() const override { return 0; }
    [[nodiscard]] Micros monotonicNow() const override { return now_ += 1000; }

private:
    mutable Micros now_ = 0;
};

TEST(Limits, TimeEndsALoop) {
    const TickingClock clock;
    Environment environment;
    environment.clock = &clock;
    environment.limits.maxTime = 10'000;
    environment.limits.maxSteps = UINT64_MAX;
    EXPECT_EQ(outcome("($f := function() { $f() }; $f())", {}, environment), "expression.limit");
}

TEST(Limits, ResultsMayNotGrowWithoutEnd) {
    const Environment environment = within([](Limits& limits) {
        limits.maxOutputItems = 1000;
        limits.maxTextBytes = 1000;
    });
    const char* const growing[] = {
        "[1..1001]",
        "[1..40].[1..40]",
        "$map([1..40], function($x) { [1..40] }).($)",
        "($f := function($x, $n) { $n = 0 ? $x : $f([$x, $x], $n - 1) }; $f(1, 60))",
        "($f := function($x, $n) { $n = 0 ? $x : $f({'a': $x, 'b': $x}, $n - 1) }; $f(1, 60))",
        "($f := function($x, $n) { $n = 0 ? $x : $f($append($x, $x), $n - 1) }; $f(1, 60))",
        "($f := function($x, $n) { $n = 0 ? $x : $f($x & $x, $n - 1) }; $f('ab', 60))",
        "$pad('x', 2000)",
        "$pad('x', -1e300)",
        "$join([1..500].('abc'))",
        "$replace('"
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
        "', 'a', 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb')",
        "$zip([1..600], [1..600])",
    };
    for (const char* text : growing) EXPECT_EQ(outcome(text, {}, environment), "expression.limit") << text;
    EXPECT_EQ(outcome("[1..900]", {}, environment), "");
}

TEST(Limits, RegularExpressionsMayNotBacktrackForEver) {
    const std::string text = "$contains('" + repeated("a", 60) + "!', /^(a+)+$/)";
    EXPECT_EQ(outcome(text), "expression.limit");
}

TEST(Limits, LongTextsAreRefused) {
    const auto refused = Expression::compile(std::string(70'000, '1'));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "expression.syntax");
    EXPECT_TRUE(Expression::compile("'" + std::string(2000, 'x') + "'", 4000));
}

TEST(Limits, ClosuresThatHoldEachOtherAreFreed) {
    // Found by the leak check of the sanitizer build if it were not so.
    EXPECT_EQ(outcome("($a := function() { $b }; $b := function() { $a }; $c := {'f': $a, 'g': $c}; $a())"), "");
    EXPECT_EQ(outcome("($f := function($k, $n) { $n = 0 ? $k() : $f(function() { $k() }, $n - 1) };"
                      " $f(function() { 1 }, 5000))"),
              "");
}

}  // namespace
}  // namespace signalbox::expr
