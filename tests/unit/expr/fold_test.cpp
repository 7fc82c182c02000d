#include "expr/fold.h"

#include <gtest/gtest.h>

#include "unit/expr/ast_text.h"
#include "unit/expr/evaluate.h"

namespace signalbox::expr {
namespace {

TEST(Fold, OperatorsBetweenLiteralsBecomeTheirResult) {
    EXPECT_EQ(AstText::of("24 * 60 * 60 * 1000"), AstText::of("86400000"));
    EXPECT_EQ(AstText::of("\"a\" & 1 & true"), AstText::of("\"a1true\""));
    EXPECT_EQ(AstText::of("1 < 2 and \"a\" = \"a\""), AstText::of("true"));
    EXPECT_EQ(AstText::of("a[1 + 1]"), AstText::of("a[2]"));
    EXPECT_EQ(AstText::of("x + 2 * 3"), AstText::of("x + 6"));
    EXPECT_NE(AstText::of("x + 1 + 2"), AstText::of("x + 3")) << "sums are done from the left";
}

TEST(Fold, WhatFailsOrIsNoScalarStays) {
    EXPECT_EQ(evaluated("1 / 0"), "D1001 at 2");
    EXPECT_EQ(evaluated("false and 1 + \"a\""), "false") << "what is never evaluated never fails";
    EXPECT_EQ(evaluated("1 + \"a\""), "T2002 at 2");
    EXPECT_EQ(evaluated("[1 .. 3]"), "[1,2,3]");
    EXPECT_EQ(evaluated("1[] + 1"), "2");
}

TEST(Fold, MeansTheSame) {
    EXPECT_EQ(evaluated("a[0 + 1]", R"({"a": [1, 2]})"), "2");
    Environment environment;
    environment.variables = {{"x", Value(9007199254740993)}};
    EXPECT_EQ(evaluated("9007199254740993 - 1"), evaluated("$x - 1", {}, environment));
    EXPECT_EQ(evaluated("0.1 + 0.2"), "0.30000000000000004");
    EXPECT_EQ(evaluated("5 % 3 = 2 or 1 > \"a\""), "true");
    EXPECT_EQ(evaluated("a.(1 + 2)", R"({"a": [1, 2]})"), "[3,3]");
}

}  // namespace
}  // namespace signalbox::expr
