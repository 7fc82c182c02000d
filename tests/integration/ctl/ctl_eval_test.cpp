#include <gtest/gtest.h>

#include "integration/ctl/ctl_process.h"

namespace signalbox::ctl::test {
namespace {

TEST(CtlEval, PrintsTheResult) {
    const Workspace workspace;
    workspace.write("orders.json", R"({"orders": [{"price": 2, "count": 3}, {"price": 4, "count": 1}]})");
    const auto sum = ctl(workspace, {"eval", "$sum(orders.(price * count))", "--input", "orders.json"});
    EXPECT_EQ(sum.code, 0) << sum.err;
    EXPECT_EQ(sum.out, "10\n");
    EXPECT_EQ(sum.err, "");
    EXPECT_EQ(ctl(workspace, {"eval", "orders.price", "--input", "orders.json", "--json"}).out, "[2,4]\n");
    EXPECT_EQ(ctl(workspace, {"eval", "{\"a\": 1}"}).out, "{\n  \"a\": 1\n}\n");
    EXPECT_EQ(ctl(workspace, {"eval", "a", "--input", "-"}, "{\"a\": \"piped\"}").out, "\"piped\"\n");
    EXPECT_EQ(ctl(workspace, {"eval", "a", "--input", "{\"a\": 7}"}).out, "7\n");
    EXPECT_EQ(ctl(workspace, {"eval", "--", "-1"}).out, "-1\n");
}

TEST(CtlEval, TakesVariables) {
    const Workspace workspace;
    const auto both = ctl(workspace, {"eval", "$a & $b.c", "--var", "a=1", "--var=$b={\"c\": \"x\"}"});
    EXPECT_EQ(both.out, "\"1x\"\n") << both.err;
    EXPECT_EQ(both.err, "") << "no warning about variables that were given";
    const auto unknown = ctl(workspace, {"eval", "$nmae", "--var", "name=1"});
    EXPECT_EQ(unknown.code, 0);
    EXPECT_NE(
        unknown.err.find("warning: There is no variable $nmae [expression.unknown-variable]\n    $nmae\n    ^~~~~"),
        std::string::npos)
        << unknown.err;
    EXPECT_EQ(ctl(workspace, {"eval", "1", "--var", "oops"}).code, 2);
    const auto text = ctl(workspace, {"eval", "1", "--var", "a=text"});
    EXPECT_EQ(text.code, 2);
    EXPECT_NE(text.err.find("--var 'a=\"text\"'"), std::string::npos) << text.err;
}

TEST(CtlEval, ShowsWhereASyntaxErrorIs) {
    const Workspace workspace;
    const auto error = ctl(workspace, {"eval", "(\n  $a := 1;\n\t$b +* 2\n  \xC3\xA9 ]\n)"});
    EXPECT_EQ(error.code, 3);
    EXPECT_EQ(error.out, "");
    EXPECT_EQ(error.err.find("error: S0202: "), 0U) << error.err;
    EXPECT_NE(error.err.find("[expression.syntax]\n    at line 3, column 8\n    \t$b +* 2\n    \t      ^"),
              std::string::npos)
        << error.err;
    const auto end = ctl(workspace, {"eval", "1 +"});
    EXPECT_EQ(end.code, 3);
    EXPECT_NE(end.err.find("    1 +\n       ^\n"), std::string::npos) << end.err;
    const auto json = ctl(workspace, {"eval", "1 +", "--json"});
    EXPECT_EQ(json.code, 3);
    EXPECT_EQ(json.json()["error"]["code"].asString(), "expression.syntax");
    EXPECT_EQ(json.err, "");
}

TEST(CtlEval, ShowsWhereAnEvaluationFailed) {
    const Workspace workspace;
    const auto type = ctl(workspace, {"eval", "1 + \"a\""});
    EXPECT_EQ(type.code, 1);
    EXPECT_NE(type.err.find("error: T2002: "), std::string::npos) << type.err;
    EXPECT_NE(type.err.find("    1 + \"a\"\n      ^\n"), std::string::npos) << type.err;
    const auto function = ctl(workspace, {"eval", "$summ([1])"});
    EXPECT_EQ(function.code, 1);
    EXPECT_NE(function.err.find("hint: Did you mean $sum?"), std::string::npos) << function.err;
    const auto limit = ctl(workspace, {"eval", "($f := function($x) { $f($x) + 1 }; $f(1))", "--json"});
    EXPECT_EQ(limit.code, 1);
    EXPECT_EQ(limit.json()["error"]["code"].asString(), "expression.limit");
}

TEST(CtlEval, TellsNothingFromNull) {
    const Workspace workspace;
    const auto nothing = ctl(workspace, {"eval", "a.b", "--input", "{\"a\": 1}"});
    EXPECT_EQ(nothing.code, 0);
    EXPECT_EQ(nothing.out, "");
    EXPECT_EQ(nothing.err, "The expression selects nothing.\n");
    EXPECT_EQ(ctl(workspace, {"eval", "null"}).out, "null\n");
}

TEST(CtlEval, RefusesInputThatIsNotThereOrNoJson) {
    const Workspace workspace;
    EXPECT_EQ(ctl(workspace, {"eval", "a", "--input", "missing.json"}).code, 4);
    workspace.write("bad.json", "{\"a\": ");
    const auto bad = ctl(workspace, {"eval", "a", "--input", "bad.json"});
    EXPECT_EQ(bad.code, 2);
    EXPECT_NE(bad.err.find("at bad.json, line 1"), std::string::npos) << bad.err;
    EXPECT_EQ(ctl(workspace, {"eval"}).code, 2);
    EXPECT_EQ(ctl(workspace, {"eval", "a", "--input", "-", "--input", "-"}).code, 2) << "only --var may be repeated";
}

TEST(CtlEval, Formats) {
    const Workspace workspace;
    const auto formatted = ctl(workspace, {"eval", "($a:=1;/* why */$a+2)", "--format"});
    EXPECT_EQ(formatted.code, 0);
    EXPECT_EQ(formatted.out, "($a := 1; /* why */ $a + 2)\n");
    EXPECT_EQ(ctl(workspace, {"eval", "a+b", "--format", "--json"}).json()["expression"].asString(), "a + b");
    EXPECT_EQ(ctl(workspace, {"eval", "a+", "--format"}).code, 3);
}

}  // namespace
}  // namespace signalbox::ctl::test
