// The function library.
#include <gtest/gtest.h>

#include "unit/expr/evaluate.h"

namespace signalbox::expr {
namespace {

TEST(TextFunctions, CountCodePoints) {
    EXPECT_EQ(evaluated("$length('añ😀')"), "3");
    EXPECT_EQ(evaluated("$substring('añ😀z', 1, 2)"), "\"ñ😀\"");
    EXPECT_EQ(evaluated("$substring('signal', -3)"), R"("nal")");
    EXPECT_EQ(evaluated("$substring('signal', -30, 2)"), R"("si")");
    EXPECT_EQ(evaluated("$pad('é', -3, '#')"), "\"##é\"");
    EXPECT_EQ(evaluated("$pad('x', 4, '-+')"), R"("x-+-")");
    EXPECT_EQ(evaluated("$split('a😀', '')"), "[\"a\",\"😀\"]");
}

TEST(TextFunctions, CaseAndSpaces) {
    EXPECT_EQ(evaluated("$uppercase('straße éλ')"), "\"STRASSE ÉΛ\"");
    EXPECT_EQ(evaluated("$lowercase('ÀΣ')"), "\"àς\"");
    EXPECT_EQ(evaluated("$trim(' a \\n\\t b ')"), R"("a b")");
    EXPECT_EQ(evaluated("$substringBefore('k=v', '=') & $substringAfter('k=v', '=') & $substringAfter('kv', '=')"),
              R"("kvkv")");
    EXPECT_EQ(evaluated("$join(['a', 'b'], ', ')"), R"("a, b")");
    EXPECT_EQ(evaluated("$string({'a': [1, 2.5]}, true)"), R"("{\n  \"a\": [\n    1,\n    2.5\n  ]\n}")");
}

TEST(TextFunctions, Patterns) {
    EXPECT_EQ(evaluated("$match('ab12c3', /([a-z])([0-9]+)/)"),
              R"([{"match":"b12","index":1,"groups":["b","12"]},{"match":"c3","index":4,"groups":["c","3"]}])");
    EXPECT_EQ(evaluated("$match('😀a', /a/).index"), "2") << "places are UTF-16 code units";
    EXPECT_EQ(evaluated("$replace('john smith', /(\\w+) (\\w+)/, '$2, $1 $$ $0')"), R"("smith, john $ john smith")");
    EXPECT_EQ(evaluated("$replace('aaa', 'a', '$1', 2)"), R"("$1$1a")");
    EXPECT_EQ(evaluated("$replace('a1b2', /[0-9]/, function($m) { $string($number($m.match) + 1) })"), R"("a2b3")");
    EXPECT_EQ(evaluated("$split('a, b ,c', /\\s*,\\s*/)"), R"(["a","b","c"])");
    EXPECT_EQ(evaluated("$split('a,b,c', ',', 2)"), R"(["a","b"])");
    EXPECT_EQ(evaluated("$replace('x', /.*?/, '')"), "D1004 at 8");
    EXPECT_EQ(evaluated("$replace('x', '', '')"), "D3010 at 8");
}

TEST(TextFunctions, Encodings) {
    EXPECT_EQ(evaluated("$base64decode($base64encode('añ😀'))"), "\"añ😀\"");
    EXPECT_EQ(evaluated("$encodeUrlComponent('a b/é')"), R"("a%20b%2F%C3%A9")");
    EXPECT_EQ(evaluated("$encodeUrl('http://x/a b?c=é#d')"), R"("http://x/a%20b?c=%C3%A9#d")");
    EXPECT_EQ(evaluated("$decodeUrl('%2F%20%C3%A9')"), "\"%2F é\"");
    EXPECT_EQ(evaluated("$decodeUrlComponent('%2F%20')"), R"("/ ")");
    EXPECT_EQ(evaluated("$decodeUrl('%C3')"), "D3140 at 10");
}

TEST(NumberFunctions, ReadRoundAndAggregate) {
    EXPECT_EQ(evaluated("[$number('0x1F'), $number('0b101'), $number('-1.5e2'), $number(true)]"), "[31,5,-150,1]");
    EXPECT_EQ(evaluated("$number('1_000')"), "D3030 at 7");
    EXPECT_EQ(evaluated("[$round(2.5), $round(3.5), $round(-2.5), $round(1.125, 2), $round(1234, -2)]"),
              "[2,4,-2,1.12,1200]");
    EXPECT_EQ(evaluated("[$floor(-1.5), $ceil(-1.5), $abs(-3), $sqrt(9), $power(2, 10)]"), "[-2,-1,3,3,1024]");
    EXPECT_EQ(evaluated("[$sum([1, 2, 3]), $max([1, 3]), $min([1, 3]), $average([1, 2]), $count([])]"),
              "[6,3,1,1.5,0]");
    EXPECT_EQ(evaluated("$max([])"), "nothing");
    EXPECT_EQ(evaluated("$sum(['1'])"), "T0412 at 4");
    EXPECT_EQ(evaluated("$sqrt(-1)"), "D3060 at 5");
}

TEST(NumberFunctions, Pictures) {
    EXPECT_EQ(evaluated("$formatNumber(1234567.891, '#,##0.00')"), R"("1,234,567.89")");
    EXPECT_EQ(evaluated("$formatNumber(-5, '0;(0)')"), "\"(5)\"");
    EXPECT_EQ(evaluated("$formatNumber(0.256, '0%')"), R"("26%")");
    EXPECT_EQ(evaluated("$formatNumber(12345, '0.00e0')"), R"("1.23e4")");
    EXPECT_EQ(evaluated("$formatNumber(1234.5, '#.##0,0', {'decimal-separator': ',', 'grouping-separator': '.'})"),
              R"("1.234,5")");
    EXPECT_EQ(evaluated("$formatNumber(1, '0.0.0')"), "D3081 at 13");
    EXPECT_EQ(evaluated("$formatBase(255, 16) & $formatBase(-5, 2)"), R"("ff-101")");
    EXPECT_EQ(evaluated("$formatInteger(1999, 'I') & $formatInteger(28, 'a') & $formatInteger(21, '0;o')"),
              R"("MCMXCIXab21st")");
    EXPECT_EQ(evaluated("$formatInteger(1234, 'w')"), R"("one thousand, two hundred and thirty-four")");
    EXPECT_EQ(evaluated("$parseInteger('twelve thousand, three hundred and first', 'w;o')"), "12301");
    EXPECT_EQ(evaluated("$parseInteger('1,234', '#,##0') + $parseInteger('xiv', 'i')"), "1248");
}

TEST(ArrayFunctions, ReorderAndJoin) {
    EXPECT_EQ(evaluated("$append([1], [2, 3])"), "[1,2,3]");
    EXPECT_EQ(evaluated("$append(1, missing)", "{}"), "1");
    EXPECT_EQ(evaluated("$reverse([1..3])"), "[3,2,1]");
    EXPECT_EQ(evaluated("$sort(['b', 'a', 'C'])"), R"(["C","a","b"])");
    EXPECT_EQ(evaluated("$sort([3, 1, 2], function($a, $b) { $a < $b })"), "[3,2,1]");
    EXPECT_EQ(evaluated("$sort([1, 'a'])"), "D3070 at 5");
    EXPECT_EQ(evaluated("$distinct([1, '1', 1.0, [1], [1], {'a': 1, 'b': 2}, {'b': 2, 'a': 1}])"),
              R"([1,"1",[1],{"a":1,"b":2}])");
    EXPECT_EQ(evaluated("$zip([1, 2, 3], ['a', 'b'])"), R"([[1,"a"],[2,"b"]])");
}

TEST(ObjectFunctions, TakeApartAndMerge) {
    EXPECT_EQ(evaluated("$keys([{'a': 1}, {'b': 2, 'a': 3}])"), R"(["a","b"])");
    EXPECT_EQ(evaluated("$lookup([{'a': 1}, {'a': [2, 3]}], 'a')"), "[1,2,3]");
    EXPECT_EQ(evaluated("$spread({'a': 1, 'b': 2})"), R"([{"a":1},{"b":2}])");
    EXPECT_EQ(evaluated("$merge([{'a': 1, 'b': 1}, {'b': 2}])"), R"({"a":1,"b":2})");
    EXPECT_EQ(evaluated("$each({'a': 1, 'b': 2}, function($v, $k) { $k & $v })"), R"(["a1","b2"])");
    EXPECT_EQ(evaluated("$sift({'a': 1, 'b': 2}, function($v) { $v > 1 })"), R"({"b":2})");
    EXPECT_EQ(evaluated("[1, 's', true, null, [], {}, $sum] ~> $map($type)"),
              R"(["number","string","boolean","null","array","object","function"])");
    EXPECT_EQ(evaluated("[$exists(missing), $boolean([0]), $not('')]", "{}"), "[false,false,true]");
}

TEST(HigherOrderFunctions, GiveItemIndexAndWhole) {
    EXPECT_EQ(evaluated("$map(['a', 'b'], function($v, $i, $all) { $v & $i & $count($all) })"), R"(["a02","b12"])");
    EXPECT_EQ(evaluated("$filter([1..6], function($v, $i) { $i % 2 = 0 })"), "[1,3,5]");
    EXPECT_EQ(evaluated("$reduce([1..4], function($sum, $v, $i) { $sum + $v * $i }, 100)"), "120");
    EXPECT_EQ(evaluated("$reduce([7], function($a, $b) { 0 })"), "7");
    EXPECT_EQ(evaluated("$single([1, 2, 3], function($v) { $v = 2 })"), "2");
    EXPECT_EQ(evaluated("$single([1, 1])"), "D3138 at 7");
    EXPECT_EQ(evaluated("$map([1, 2], $error)"), "T0410 at 4");
}

TEST(Errors, CarryTheAuthorsWords) {
    const auto failing = Expression::compile("$error('the order has no lines, ' & $string($count(lines)))");
    ASSERT_TRUE(failing);
    const auto result = failing->evaluate(Value::object({{"lines", Value::array()}}));
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, "expression.evaluation");
    EXPECT_EQ(result.error().message, "D3137: the order has no lines, 0");
    EXPECT_EQ(evaluated("$assert(1 = 2, 'uneven')"), "D3141 at 7");
    EXPECT_EQ(evaluated("$assert(1 = 1)"), "nothing");
    EXPECT_EQ(evaluated("$eval('1 +')"), "D3120 at 5");
    EXPECT_EQ(evaluated("$eval('$error()')"), "D3121 at 5");
    EXPECT_EQ(evaluated("$eval('a + 1', {'a': 2})"), "3");
}

}  // namespace
}  // namespace signalbox::expr
