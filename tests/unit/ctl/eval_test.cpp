#include <gtest/gtest.h>

#include "app/ctl/arguments.h"
#include "app/ctl/excerpt.h"
#include "app/ctl/exit_code.h"

namespace signalbox::ctl {
namespace {

std::string told(std::string_view text, std::size_t offset, std::size_t length, std::size_t columns = 80) {
    const Excerpt excerpt = excerptAt(text, offset, length, columns);
    return excerpt.line + "\n" + excerpt.blank + excerpt.mark;
}

TEST(Excerpt, MarksThePlace) {
    EXPECT_EQ(told("a + )", 4, 1), "a + )\n    ^");
    EXPECT_EQ(told("one\ntwo three\nfour", 8, 5), "two three\n    ^~~~~");
    EXPECT_EQ(told("a +", 3, 0), "a +\n   ^");
    EXPECT_EQ(told("", 0, 0), "\n^");
    EXPECT_EQ(told("a\n", 2, 0), "\n^");
    EXPECT_EQ(told("\tx = y", 3, 1), "\tx = y\n\t  ^");
    EXPECT_EQ(told("\xC3\xA9\xC3\xA9 ]", 5, 1), "\xC3\xA9\xC3\xA9 ]\n   ^") << "counts characters";
    EXPECT_EQ(told("a\x1b[31m", 0, 1), "a [31m\n^") << "cannot command the terminal";
    EXPECT_EQ(told("\"ab\ncd\"", 0, 7), "\"ab\n^~~") << "up to the end of the line";
}

TEST(Excerpt, CutsLongLines) {
    const std::string text = std::string(100, 'a') + "!" + std::string(100, 'b');
    EXPECT_EQ(told(text, 100, 1, 11),
              "\xE2\x80\xA6"
              "aaaaa!bbbbb\xE2\x80\xA6\n      ^");
    EXPECT_EQ(told(text, 2, 1, 5), "aaaaa\xE2\x80\xA6\n  ^");
}

TEST(Arguments, SomeOptionsRepeat) {
    const std::vector<CommandSpec> commands = {
        {"eval", "EXPR", 1, 1, "Evaluate", "", {{"var", "NAME=JSON", "A variable", true}}}};
    const auto arguments = parseArguments(commands, {}, {"eval", "x", "--var", "a=1", "--var=b=2"});
    ASSERT_TRUE(arguments);
    EXPECT_EQ(arguments->list("var"), (std::vector<std::string>{"a=1", "b=2"}));
    EXPECT_TRUE(arguments->list("other").empty());
}

TEST(ExitCode, KnowsExpressions) {
    EXPECT_EQ(exitCodeFor({"expression.syntax", "", "", "", false}), kInvalidDocument);
    EXPECT_EQ(exitCodeFor({"expression.evaluation", "", "", "", false}), kRunFailed);
    EXPECT_EQ(exitCodeFor({"expression.limit", "", "", "", false}), kRunFailed);
}

}  // namespace
}  // namespace signalbox::ctl
