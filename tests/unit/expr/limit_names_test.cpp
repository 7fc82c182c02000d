// Each limit ends an evaluation with an error that names it, wherever in the language it is reached.
#include <gtest/gtest.h>

#include "expr/expression.h"

namespace signalbox::expr {
namespace {

/// Moves on by a millisecond each time it is read.
class TickingClock final : public Clock {
public:
    Micros wallNow() const override { return 0; }
    Micros monotonicNow() const override { return now_ += 1000; }

private:
    mutable Micros now_ = 0;
};

struct Case {
    const char* limit;
    const char* text;
};

Environment tight() {
    Environment environment;
    environment.limits.maxDepth = 60;
    environment.limits.maxSteps = 20'000;
    environment.limits.maxOutputItems = 1000;
    environment.limits.maxTextBytes = 10'000;
    return environment;
}

/// The sentence of the error; empty when there is a value.
std::string told(std::string_view text, const Environment& environment) {
    const auto compiled = Expression::compileDetailed(text);
    if (!compiled) return "does not compile: " + compiled.error().message;
    const auto result = compiled->evaluateDetailed(Value::undefined(), environment);
    if (result) return {};
    EXPECT_TRUE(result.error().limit) << text;
    const auto outward = compiled->evaluate(Value::undefined(), environment);
    EXPECT_EQ(outward.error().code, "expression.limit") << text;
    return result.error().message;
}

class NamedLimit : public testing::TestWithParam<Case> {};

TEST_P(NamedLimit, IsNamed) {
    const std::string message = told(GetParam().text, tight());
    EXPECT_NE(message.find(std::string("the limit of ") + GetParam().limit), std::string::npos)
        << GetParam().text << ": " << message;
}

INSTANTIATE_TEST_SUITE_P(
    Depth, NamedLimit,
    testing::Values(Case{"depth", "($f := function($n){ 1 + $f($n + 1) }; $f(0))"},
                    Case{"depth", "($f := function($n){ $map([1], $f) & 'x' }; $f(0))"},
                    Case{"depth", "($f := function($n){ 1 + $eval('$f(1)') }; $f(0))"},
                    Case{"depth", "($f := function($x, $n){ $n = 0 ? $x : $f({'a': $x}, $n - 1) }; $f(1, 100))"},
                    Case{"depth", "($f := function($n){ $sort([2, 1], function($a, $b){ $f(1) }) & '' }; $f(0))"},
                    Case{"depth",
                         "($f := function($g, $n){ $n = 0 ? $g(1) : $f($g ~> $string, $n - 1) }; $f($string, 70))"}));

INSTANTIATE_TEST_SUITE_P(
    Steps, NamedLimit,
    testing::Values(Case{"steps", "($f := function($n){ $f($n + 1) }; $f(0))"},
                    Case{"steps", "($f := function(){ $g() }; $g := function(){ $f() }; $f())"},
                    Case{"steps", "$map([1..900], function($a){ $map([1..900], function($b){ $a * $b }) })[5000]"},
                    Case{"steps", "$eval('($f := function($n){ $f($n + 1) }; $f(0))')"},
                    Case{"steps", "$sort([1..900], function($a, $b){ $sum([1..$a]) > $b })"},
                    Case{"steps", "$reduce([1..900], function($a, $b){ $count([1..900].($ + $b)) })"},
                    Case{"steps", "[1..900]^($sum([1..$])).$"},
                    Case{"steps", "[1..900][$ in [1..900]][$sum([1..900].($ * 2)) = 0]"}));

INSTANTIATE_TEST_SUITE_P(
    OutputItems, NamedLimit,
    testing::Values(Case{"output items", "[1..1001]"}, Case{"output items", "[1..100000001]"},
                    Case{"output items", "[1..600].[$, $]"}, Case{"output items", "$append([1..600], [1..600])"},
                    Case{"output items", "[[1..600], [1..600]]"}, Case{"output items", "$zip([1..600], [1..600])"},
                    Case{"output items", "$eval('[1..1001]')"},
                    Case{"output items", "$map([1..9], function($x){[1..200]})"},
                    Case{"output items", "$split($pad('a', 2000), '')"},
                    Case{"output items", "($f := function($x, $n){ $n = 0 ? $x : $f([$x, $x], $n - 1) }; $f(1, 50))"}));

INSTANTIATE_TEST_SUITE_P(
    TextBytes, NamedLimit,
    testing::Values(Case{"text bytes", "$pad('x', 20000)"}, Case{"text bytes", "$pad('x', -1e300)"},
                    Case{"text bytes", "($f := function($x, $n){ $n = 0 ? $x : $f($x & $x, $n - 1) }; $f('ab', 50))"},
                    Case{"text bytes", "$join([1..900].('abcdefghijklmnop'))"},
                    Case{"text bytes", "$join(['a', 'b', 'c'], $pad('-', 6000))"},
                    Case{"text bytes", "$replace($pad('', 900, 'a'), 'a', $pad('', 900, 'b'))"},
                    Case{"text bytes", "$replace($pad('', 900, 'a'), /a/, '$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0')"},
                    Case{"text bytes", "$string([1..900].('abcdefghijklmnop'))"},
                    Case{"text bytes", "$encodeUrlComponent($pad('', 9000, '?'))"},
                    Case{"text bytes", "$eval(\"$pad('x', 20000)\")"}, Case{"text bytes", "$formatInteger(1e9, 'I')"}));

INSTANTIATE_TEST_SUITE_P(
    RegularExpressions, NamedLimit,
    testing::Values(Case{"regular expression work", "$contains($pad('', 60, 'a') & '!', /^(a+)+$/)"},
                    Case{"regular expression work", "$match($pad('', 60, 'a') & '!', /^(a|aa)+$/)"},
                    Case{"regular expression work", "$split($pad('', 60, 'a') & '!', /^(a+)+$/)"},
                    Case{"regular expression work", "($r := /^(a+)+$/; $r($pad('', 60, 'a') & '!'))"}));

TEST(NamedLimits, WallTimeByTheInjectedClock) {
    const TickingClock clock;
    for (const char* text :
         {"($f := function($n){ $f($n + 1) }; $f(0))", "[1..9000].($sum([1..90].($ * 2)))",
          "$eval('($f := function($n){ $f($n + 1) }; $f(0))')", "$sort([1..90000], function($a, $b){ $a > $b })"}) {
        Environment environment;
        environment.clock = &clock;
        environment.limits.maxTime = 20'000;
        const std::string message = told(text, environment);
        EXPECT_NE(message.find("the limit of wall time"), std::string::npos) << text << ": " << message;
    }
}

TEST(NamedLimits, WithoutThemTheSameExpressionsEnd) {
    EXPECT_EQ(told("$count([1..1001])", {}), "");
    EXPECT_EQ(told("$length($pad('x', 20000))", {}), "");
    EXPECT_EQ(told("($f := function($n){ $n = 0 ? 0 : 1 + $f($n - 1) }; $f(60))", {}), "");
}

}  // namespace
}  // namespace signalbox::expr
