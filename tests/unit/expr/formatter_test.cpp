#include "expr/formatter.h"

#include <random>

#include <gtest/gtest.h>

#include "expr/tokens.h"
#include "unit/expr/ast_text.h"
#include "unit/expr/random_expression.h"
#include "unit/expr/suite_expressions.h"

namespace signalbox::expr {
namespace {

std::string formatted(std::string_view text, std::size_t width = 80) {
    const auto result = formatExpression(text, {width, 2});
    return result ? *result : "error " + result.error().message;
}

/// Same program, and nothing left to do.
void expectSound(const std::string& text, std::size_t width) {
    const auto once = formatExpression(text, {width, 2});
    if (!once) return;
    EXPECT_EQ(AstText::of(text), AstText::of(*once)) << text << "\n----\n" << *once;
    EXPECT_EQ(formatted(*once, width), *once) << "width " << width << " of\n" << text;
    for (std::size_t at = once->find('\n'); at != std::string::npos; at = once->find('\n', at + 1)) {
        const bool insideToken = tokenAt(tokenize(*once), at) != nullptr;
        EXPECT_TRUE(insideToken || at == 0 || (*once)[at - 1] != ' ') << "a blank ends a line of\n" << *once;
    }
}

TEST(Formatter, PutsBlanksWhereTheyBelong) {
    EXPECT_EQ(formatted(" a+b *-c "), "a + b * -c");
    EXPECT_EQ(formatted("a . b [ 0 ] . `c d` [ ]"), "a.b[0].`c d`[]");
    EXPECT_EQ(formatted("{\"a\":1,'b':x?y:z}"), "{\"a\": 1, 'b': x ? y : z}");
    EXPECT_EQ(formatted("( $x:=1 ;$x+ [1 .. 3] )"), "($x := 1; $x + [1..3])");
    EXPECT_EQ(formatted("$map(a,function($v , $i)<nn:n>{$v*$i})"), "$map(a, function($v, $i)<nn:n> { $v * $i })");
    EXPECT_EQ(formatted("a@$x . b#$i^( >c , <d){e:f}"), "a@$x.b#$i^(>c, <d){e: f}");
    EXPECT_EQ(formatted("a~>|b|{\"c\":1},'d'|"), "a ~> | b | {\"c\": 1}, 'd' |");
    EXPECT_EQ(formatted("a.b.(%.%.c in[1]and not)"), "a.b.(%.%.c in [1] and not)");
    EXPECT_EQ(formatted("a ?: b??c"), "a ?: b ?? c");
    EXPECT_EQ(formatted("a / /x/i"), "a / /x/i");
    EXPECT_EQ(formatted("$f( ? ,1 )"), "$f(?, 1)");
}

TEST(Formatter, BreaksWhatDoesNotFit) {
    EXPECT_EQ(formatted("{\"name\": name, \"total\": $sum(lines.(price * quantity))}", 30),
              "{\n  \"name\": name,\n  \"total\": $sum(\n    lines.(price * quantity)\n  )\n}");
    EXPECT_EQ(formatted("alpha = 1 and beta = 2 or gamma = 3", 24), "alpha = 1 and beta = 2\n  or gamma = 3");
    EXPECT_EQ(formatted("first ? \"one\" : second ? \"two\" : \"many\"", 20),
              "first\n  ? \"one\"\n  : second\n  ? \"two\"\n  : \"many\"");
    EXPECT_EQ(formatted("($total := 1; $total + 1000000)", 20), "(\n  $total := 1;\n  $total + 1000000\n)");
}

TEST(Formatter, KeepsFunctionsCloseToTheirCall) {
    EXPECT_EQ(formatted("$map(orders, function($o) { $o.price * $o.quantity })", 40),
              "$map(orders, function($o) {\n  $o.price * $o.quantity\n})");
    EXPECT_EQ(formatted("$map(orders, function($o) {($a := $o.price; $a * 2)})", 40),
              "$map(orders, function($o) {(\n  $a := $o.price;\n  $a * 2\n)})");
    EXPECT_EQ(formatted("orders.({\"a\": aaaaaaaa, \"b\": bbbbbbbbb})", 30),
              "orders.({\n  \"a\": aaaaaaaa,\n  \"b\": bbbbbbbbb\n})");
}

TEST(Formatter, KeepsComments) {
    EXPECT_EQ(formatted("/* about */\na+b"), "/* about */\na + b");
    EXPECT_EQ(formatted("a /*x*/+ b /* end */"), "a /*x*/ + b /* end */");
    EXPECT_EQ(formatted("[1, /* one */\n2]"), "[\n  1, /* one */\n  2\n]");
    EXPECT_EQ(formatted("[1,\n/* two */\n2\n/* last */\n]"), "[\n  1,\n  /* two */\n  2\n  /* last */\n]");
    EXPECT_EQ(formatted("[/* none */]"), "[/* none */]");
    EXPECT_EQ(formatted("a\n/* end */\n"), "a\n/* end */");
}

TEST(Formatter, KeepsOneEmptyLineBetweenStatements) {
    EXPECT_EQ(formatted("($a := 1;\n\n\n$b := 2; $a)"), "(\n  $a := 1;\n\n  $b := 2;\n  $a\n)");
}

TEST(Formatter, LeavesWhatDoesNotParse) {
    const auto result = formatExpression("a +");
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, "expression.syntax");
}

TEST(Formatter, OfficialExpressionsStayTheSame) {
    const auto cases = suiteCases();
    if (cases.empty()) GTEST_SKIP() << "The JSONata suite is not here: set SIGNALBOX_CONFORMANCE_DIR";
    for (const SuiteCase& each : cases) {
        for (const std::size_t width : {1U, 24U, 80U}) expectSound(each.text, width);
    }
}

TEST(Formatter, RandomExpressionsStayTheSame) {
    const unsigned seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    RandomExpression random(seed);
    std::size_t parsed = 0;
    for (int round = 0; round < 1500; ++round) {
        const std::string text = random.next();
        parsed += formatExpression(text) ? 1 : 0;
        expectSound(text, static_cast<std::size_t>(round % 90));
        if (HasFailure()) return;
    }
    EXPECT_GT(parsed, 700U);
}

}  // namespace
}  // namespace signalbox::expr
