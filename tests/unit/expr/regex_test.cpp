// Regular expressions read as JavaScript reads them.
#include <gtest/gtest.h>

#include "expr/regex_syntax.h"
#include "unit/expr/evaluate.h"

namespace signalbox::expr {
namespace {

std::string matches(std::string_view pattern, std::string_view text) {
    return evaluated("$match($, " + std::string(pattern) + ").match", writeJson(Value(text)));
}

TEST(Regex, BlanksAreThoseOfUnicode) {
    EXPECT_EQ(evaluated(R"($count($match($, /\s/)))", R"("a\u00a0b\u2028c\ufeffd e")"), "4");
    EXPECT_EQ(matches(R"(/\S+/)", "x\xC2\xA0y"), R"(["x","y"])");
    EXPECT_EQ(matches(R"(/[\S]+/)", "x\xC2\xA0y"), R"(["x","y"])");
    EXPECT_EQ(matches(R"(/[^\s]+/)", "x\xC2\xA0y"), R"(["x","y"])");
}

TEST(Regex, WordsAndDigitsAreThoseOfAscii) {
    EXPECT_EQ(matches(R"(/\w/)", "ä"), "nothing");
    EXPECT_EQ(matches(R"(/\d/)", "\xD9\xA3"), "nothing");
    EXPECT_EQ(matches(R"(/a\b/)", "aä"), "\"a\"");
    EXPECT_EQ(matches("/ж/i", "Ж"), "\"Ж\"");
}

TEST(Regex, LinesEndAtFourCharacters) {
    EXPECT_EQ(evaluated("$replace($, /^c/m, 'X')", R"("ab\u2028cd")"), "\"ab\xE2\x80\xA8Xd\"");
    EXPECT_EQ(evaluated("$replace($, /b$/m, 'X')", R"("ab\r\ncd")"), R"("aX\r\ncd")");
    EXPECT_EQ(evaluated("$contains($, /b$/)", R"("ab\n")"), "false");
    EXPECT_EQ(evaluated("$match($, /.+/).match", R"("a\u2029b")"), R"(["a","b"])");
    EXPECT_EQ(evaluated("$match($, /[^]+/).match", R"("a\nb")"), R"("a\nb")");
}

TEST(Regex, LettersThatMeanSomethingOnlyToPcreAreLetters) {
    EXPECT_EQ(matches(R"(/\A\Z/)", "AZ"), "\"AZ\"");
    EXPECT_EQ(matches(R"(/\Qa.E/)", "Qa.E"), "\"Qa.E\"");
    EXPECT_EQ(matches(R"(/\pL\h\R/)", "pLhR"), "\"pLhR\"");
    EXPECT_EQ(matches(R"(/[[:alpha:]]/)", "a]"), "\"a]\"");
    EXPECT_EQ(matches(R"(/a{b}/)", "a{b}"), "\"a{b}\"");
    EXPECT_EQ(matches(R"(/a{,2}/)", "a{,2}"), "\"a{,2}\"");
}

TEST(Regex, EscapesOfCharacters) {
    EXPECT_EQ(matches(R"(/\x41\u0042/)", "AB"), "\"AB\"");
    EXPECT_EQ(matches(R"(/\ud83d\ude00/)", "\xF0\x9F\x98\x80"), "\"\xF0\x9F\x98\x80\"");
    EXPECT_EQ(matches(R"(/\xZ/)", "xZ"), "\"xZ\"");
    EXPECT_EQ(matches(R"(/[\b\cI]/)", "\t"), R"("\t")");
    EXPECT_EQ(matches(R"(/[a\-b]+/)", "c-a"), R"("-a")");
}

TEST(Regex, GroupsByNameAndBackReferences) {
    EXPECT_EQ(evaluated(R"($match('foo foo', /(?<w>foo) \k<w>/).groups)"), R"(["foo"])");
    EXPECT_EQ(matches(R"(/(.)\1/)", "abba"), "\"bb\"");
    EXPECT_EQ(matches("/(?<=a)b/", "ab"), "\"b\"");
}

TEST(Regex, GroupsThatTookNoPartAreNothing) {
    EXPECT_EQ(evaluated("$match('a', /(a)(b)?/).groups"), R"(["a",null])");
    EXPECT_EQ(evaluated("$exists($match('a', /(a)(b)?/).groups[1])"), "false");
    EXPECT_EQ(evaluated("$replace('a', /(a)(b)?/, '<$1$2>')"), "\"<a>\"");
    EXPECT_EQ(evaluated("$replace('a', /(a)(b)?/, function($m){ '<' & $m.groups[1] & '>' })"), "\"<>\"");
}

TEST(Regex, OneMatchMayBeEmptyButNotTheNext) {
    EXPECT_EQ(evaluated("$contains('abc', /x*/)"), "true");
    EXPECT_EQ(evaluated("$match('abc', /x*/)").substr(0, 5), "D1004");
    EXPECT_EQ(evaluated("$replace('abc', /x*/, '-')").substr(0, 5), "D1004");
    EXPECT_EQ(evaluated("$match('', /x*/).index"), "0");
    EXPECT_EQ(evaluated("$match('aab', /[ab]*/).match"), "\"aab\"");
    EXPECT_EQ(evaluated("($r := /x*/; $r('abc').start)"), "0");
    EXPECT_EQ(evaluated("($r := /x*/; $r('abc').next())").substr(0, 5), "D1004");
}

TEST(Regex, WhatJavaScriptDoesNotKnowIsRefused) {
    for (const char* pattern : {"a++", "(?i)a", "(?>a)", "(?#a)", "(*VERB)", "(?P<n>a)", "a**", "+"})
        EXPECT_EQ(evaluated("$match('a', /" + std::string(pattern) + "/)"), "S0303 at 12") << pattern;
    EXPECT_FALSE(pcrePattern("[a", false));
    EXPECT_FALSE(pcrePattern("a\\", false));
}

}  // namespace
}  // namespace signalbox::expr
