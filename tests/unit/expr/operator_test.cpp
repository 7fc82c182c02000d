// Operators, variables and functions of the language itself.
#include <gtest/gtest.h>

#include "unit/expr/evaluate.h"

namespace signalbox::expr {
namespace {

TEST(Operators, Arithmetic) {
    EXPECT_EQ(evaluated("7 % 4 + 0.5"), "3.5");
    EXPECT_EQ(evaluated("-7 % 4"), "-3");
    EXPECT_EQ(evaluated("0.1 + 0.2"), "0.30000000000000004");
    EXPECT_EQ(evaluated("missing + 1", "{}"), "nothing");
    EXPECT_EQ(evaluated("'1' + 1"), "T2001 at 4");
    EXPECT_EQ(evaluated("1 * null"), "T2002 at 2");
    EXPECT_EQ(evaluated("1 / 0"), "D1001 at 2");
    EXPECT_EQ(evaluated("-'x'"), "D1002 at 0");
    EXPECT_EQ(evaluated("id", R"({"id": 9007199254740993})"), "9007199254740993") << "untouched integers stay exact";
}

TEST(Operators, Comparison) {
    EXPECT_EQ(evaluated("1 = 1.0"), "true");
    EXPECT_EQ(evaluated("{'a': 1, 'b': [2]} = {'b': [2], 'a': 1}"), "true");
    EXPECT_EQ(evaluated("[1, 2] != [2, 1]"), "true");
    EXPECT_EQ(evaluated("missing = missing", "{}"), "false");
    EXPECT_EQ(evaluated("missing != 1", "{}"), "false");
    EXPECT_EQ(evaluated("missing > 1", "{}"), "nothing");
    EXPECT_EQ(evaluated("'b' > 'a'"), "true");
    EXPECT_EQ(evaluated("'\\ud83d\\ude00' < '\\uffee'"), "true") << "strings sort by UTF-16 code units";
    EXPECT_EQ(evaluated("1 < 'a'"), "T2009 at 2");
    EXPECT_EQ(evaluated("true < false"), "T2010 at 5");
    EXPECT_EQ(evaluated("2 in [1, 2]"), "true");
    EXPECT_EQ(evaluated("2 in 2"), "true");
    EXPECT_EQ(evaluated("missing in [1]", "{}"), "false");
}

TEST(Operators, LogicStopsEarly) {
    EXPECT_EQ(evaluated("false and $error('reached')"), "false");
    EXPECT_EQ(evaluated("true or $error('reached')"), "true");
    EXPECT_EQ(evaluated("'' or []"), "false");
    EXPECT_EQ(evaluated("missing ?? 'default'", "{}"), R"("default")");
    EXPECT_EQ(evaluated("zero ?? 5", R"({"zero": 0})"), "0");
    EXPECT_EQ(evaluated("zero ?: 5", R"({"zero": 0})"), "5");
    EXPECT_EQ(evaluated("1 ?? $error('reached')"), "1");
    EXPECT_EQ(evaluated("false ? 1"), "nothing");
}

TEST(Operators, TextAndRanges) {
    EXPECT_EQ(evaluated("1 & true & null & [1, {'a': 'b'}] & missing", "{}"), R"("1truenull[1,{\"a\":\"b\"}]")");
    EXPECT_EQ(evaluated("1e21 & ' ' & 1e-7 & ' ' & 0.1 + 0.2"), "T2001 at 30");
    EXPECT_EQ(evaluated("1e21 & ' ' & 1e-7 & ' ' & (0.1 + 0.2)"), R"("1e+21 1e-7 0.3")");
    EXPECT_EQ(evaluated("[1..3, 7, 9..8]"), "[1,2,3,7]");
    EXPECT_EQ(evaluated("[1..1.5]"), "T2004 at 2");
    EXPECT_EQ(evaluated("[0..10000000]"), "D2014 at 2");
}

TEST(Variables, ScopeIsTheBlock) {
    EXPECT_EQ(evaluated("($x := 1; ($x := 2; $y := 3); [$x, $y])"), "[1]");
    EXPECT_EQ(evaluated("($x := $y := 4; $x + $y)"), "8");
    EXPECT_EQ(evaluated("($f := function() { $x }; $x := 5; $f())"), "5")
        << "closures see later bindings of their block";
    Environment environment;
    environment.variables = {{"limit", Value(3)}, {"sum", Value("shadowed")}};
    EXPECT_EQ(evaluated("$limit + 1", "", environment), "4");
    EXPECT_EQ(evaluated("$sum", "", environment), R"("shadowed")");
    EXPECT_EQ(evaluated("$undefined", "", environment), "nothing");
}

TEST(Functions, LambdasCloseOverTheirFrame) {
    EXPECT_EQ(evaluated("($adder := function($n) { function($x) { $x + $n } }; $two := $adder(2); $two(5))"), "7");
    EXPECT_EQ(evaluated("λ($x, $y) { $x & $y }('a')"), R"("a")");
    EXPECT_EQ(evaluated("($fact := function($n) { $n <= 1 ? 1 : $n * $fact($n - 1) }; $fact(10))"), "3628800");
    EXPECT_EQ(evaluated("(function($x)<n> { $x })('text')"), "T0410 at 24");
    EXPECT_EQ(evaluated("a.(function($x)<s-> { $x })()", R"({"a": "context"})"), R"("context")");
    EXPECT_EQ(evaluated("missing()", "{}"), "T1006 at 7");
    EXPECT_EQ(evaluated("sum([1])", "{}"), "T1005 at 3");
}

TEST(Functions, PartialsChainsAndComposition) {
    EXPECT_EQ(evaluated("($first := $substring(?, 0, ?); $first('signal', 4))"), R"("sign")");
    EXPECT_EQ(evaluated("'  box ' ~> $trim() ~> $uppercase"), R"("BOX")");
    EXPECT_EQ(evaluated("($f := $trim ~> $length; $f(' ab '))"), "2");
    EXPECT_EQ(evaluated("[1..4] ~> $map(function($x) { $x * $x }) ~> $sum()"), "30");
    EXPECT_EQ(evaluated("('abcabc' ~> /b(c)/).[match, start, end, groups, next().start]"), R"(["bc",1,3,"c",4])");
    EXPECT_EQ(evaluated("1 ~> 2"), "T2006 at 2");
    EXPECT_EQ(evaluated("sum(?)", "{}"), "T1007 at 3");
    EXPECT_EQ(evaluated("$nothing(?)", "{}"), "T1008 at 8");
}

TEST(Functions, TransformLeavesTheInputAlone) {
    constexpr std::string_view kInput = R"({"list": [{"a": 1, "b": 2}, {"a": 3}], "x": {"a": 9}})";
    EXPECT_EQ(evaluated("$ ~> |list|{'a': a * 10}, 'b'|", kInput), R"({"list":[{"a":10},{"a":30}],"x":{"a":9}})");
    EXPECT_EQ(evaluated("($new := $ ~> |x|{'a': 0}|; [x.a, $new.x.a])", kInput), "[9,0]");
    EXPECT_EQ(evaluated("$ ~> |**[a]|{'seen': true}|", R"({"a": {"a": 1}})"),
              R"({"a":{"a":1,"seen":true},"seen":true})");
    EXPECT_EQ(evaluated("$ ~> |$|{'self': $}|", R"({"k": 1})"), R"({"k":1,"self":{"k":1}})") << "no cycle arises";
    EXPECT_EQ(evaluated("$ ~> |x|5|", kInput), "T2011 at 8");
    EXPECT_EQ(evaluated("$ ~> |x|{}, 5|", kInput), "T2012 at 12");
}

TEST(Functions, AreLeftOutOfResults) {
    EXPECT_EQ(evaluated("{'f': $sum, 'n': 1}"), R"({"n":1})");
    EXPECT_EQ(evaluated("[$sum, 1]"), "[null,1]");
    EXPECT_EQ(evaluated("$sum"), "nothing");
    EXPECT_EQ(evaluated("({'f': $sum}).f([1, 2])"), "3");
}

TEST(Truth, FollowsTheLanguage) {
    EXPECT_FALSE(truthy(Value::undefined()));
    EXPECT_FALSE(truthy(Value(nullptr)));
    EXPECT_FALSE(truthy(Value("")));
    EXPECT_FALSE(truthy(Value(0)));
    EXPECT_FALSE(truthy(Value::array()));
    EXPECT_FALSE(truthy(Value::object()));
    EXPECT_FALSE(truthy(Value::array({0, false})));
    EXPECT_TRUE(truthy(Value::array({0, 1})));
    EXPECT_TRUE(truthy(Value::object({{"a", 0}})));
    EXPECT_TRUE(truthy(Value("false")));
    EXPECT_TRUE(truthy(Value(-0.5)));
}

}  // namespace
}  // namespace signalbox::expr
