// What the parser accepts and refuses, and where it says that the fault lies.
#include <gtest/gtest.h>

#include "unit/expr/evaluate.h"

namespace signalbox::expr {
namespace {

TEST(Syntax, ErrorsHaveCodeAndPlace) {
    EXPECT_EQ(evaluated("1 +"), "S0207 at 3");
    EXPECT_EQ(evaluated("a b"), "S0201 at 2");
    EXPECT_EQ(evaluated("[1, 2"), "S0203 at 5");
    EXPECT_EQ(evaluated("(1, 2)"), "S0202 at 2");
    EXPECT_EQ(evaluated("a = 'open"), "S0101 at 4");
    EXPECT_EQ(evaluated("`open"), "S0105 at 0");
    EXPECT_EQ(evaluated("1 /* open"), "S0106 at 2");
    EXPECT_EQ(evaluated("'\\q'"), "S0103 at 1");
    EXPECT_EQ(evaluated("'\\u12g4'"), "S0104 at 3");
    EXPECT_EQ(evaluated("1e999"), "S0102 at 0");
    EXPECT_EQ(evaluated("a ! b"), "S0204 at 2");
    EXPECT_EQ(evaluated("3 := 4"), "S0212 at 2");
    EXPECT_EQ(evaluated("function(x){1}"), "S0208 at 9");
    EXPECT_EQ(evaluated("a.3"), "S0213 at 2");
    EXPECT_EQ(evaluated("a{'x': 1}{'y': 2}"), "S0210 at 9");
    EXPECT_EQ(evaluated("/(/"), "S0302 at 0");
    EXPECT_EQ(evaluated("/a{2,1}/"), "S0303 at 0");
    EXPECT_EQ(evaluated("%"), "S0217 at 0");
    EXPECT_EQ(evaluated("λ($x)<n<s>>{$x}"), "S0401 at 8");
    EXPECT_EQ(evaluated(""), "S0207 at 0");
}

TEST(Syntax, HouseErrorNamesLineAndColumn) {
    const auto refused = Expression::compile("(\n  $x := 1;\n  $x +\n)");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "expression.syntax");
    EXPECT_EQ(refused.error().where, "line 4, column 1");
    EXPECT_EQ(jsonataCode(refused.error()), "S0211");
    EXPECT_EQ(refused.error().message.substr(0, 7), "S0211: ");
    EXPECT_EQ(jsonataCode(Error{"http.timeout", "S0211: no", "", "", false}), "");
}

TEST(Syntax, CommentsNamesAndKeywords) {
    EXPECT_EQ(evaluated("/* one */ a /* two */ + /* three */ 1", R"({"a": 2})"), "3");
    EXPECT_EQ(evaluated("`two words`.and.or.in", R"({"two words": {"and": {"or": {"in": 5}}}})"), "5");
    EXPECT_EQ(evaluated("\"quoted\" . 'names'", R"({"quoted": {"names": 1}})"), "1");
    EXPECT_EQ(evaluated("true and null = null"), "true");
    EXPECT_EQ(evaluated("größe", R"({"größe": 7})"), "7");
}

TEST(Syntax, SlashDividesOrBeginsAPattern) {
    EXPECT_EQ(evaluated("8 / 2 / 2"), "2");
    EXPECT_EQ(evaluated("a / 2", R"({"a": 6})"), "3");
    EXPECT_EQ(evaluated("(6) / 3"), "2");
    EXPECT_EQ(evaluated("[6][0] / 3"), "2");
    EXPECT_EQ(evaluated("$contains('a/b', /\\//)"), "true");
    EXPECT_EQ(evaluated("$contains('AB', /b/i)"), "true");
}

TEST(Syntax, Precedence) {
    EXPECT_EQ(evaluated("1 + 2 * 3"), "7");
    EXPECT_EQ(evaluated("(1 + 2) * 3"), "9");
    EXPECT_EQ(evaluated("10 - 2 - 3"), "5");
    EXPECT_EQ(evaluated("1 + 1 & 2"), R"("22")");
    EXPECT_EQ(evaluated("1 & 1 + 2"), "T2001 at 6") << "& and + bind alike, from left to right";
    EXPECT_EQ(evaluated("1 < 2 and 2 < 3 or false"), "true");
    EXPECT_EQ(evaluated("-2 * 3"), "-6");
    EXPECT_EQ(evaluated("false ? 1 : true ? 2 : 3"), "2");
}

TEST(Syntax, StringEscapes) {
    EXPECT_EQ(evaluated(R"('tab\there')"), R"("tab\there")");
    EXPECT_EQ(evaluated(R"("\u00e9\ud83d\ude00")"), "\"é😀\"");
    EXPECT_EQ(evaluated(R"($length("\ud83d\ude00"))"), "1");
    EXPECT_EQ(evaluated(R"('it''s')"), "S0201 at 4");
    EXPECT_EQ(evaluated(R"("\ud800")"), "\"\uFFFD\"") << "half a surrogate pair cannot leave the evaluator";
}

}  // namespace
}  // namespace signalbox::expr
