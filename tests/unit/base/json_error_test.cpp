#include <gtest/gtest.h>

#include "base/json.h"

namespace signalbox {
namespace {

struct Case {
    const char* name;
    std::string text;
    const char* code;
    const char* where;
    const char* messagePart;
};

void PrintTo(const Case& item, std::ostream* out) { *out << item.name; }

class JsonErrors : public testing::TestWithParam<Case> {};

TEST_P(JsonErrors, SayWhatAndWhere) {
    const auto& item = GetParam();
    const auto result = parseJson(item.text);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, item.code);
    EXPECT_EQ(result.error().where, item.where);
    EXPECT_NE(result.error().message.find(item.messagePart), std::string::npos) << result.error().message;
}

INSTANTIATE_TEST_SUITE_P(
    All, JsonErrors,
    testing::Values(Case{"Empty", "", "json.syntax", "line 1, column 1", "ends unexpectedly"},
                    Case{"OnlySpace", " \n ", "json.syntax", "line 2, column 2", "ends unexpectedly"},
                    Case{"OpenArray", "[1,\n2", "json.syntax", "line 2, column 2", "ends unexpectedly"},
                    Case{"CutWord", "[tru]", "json.syntax", "line 1, column 2", "Unexpected 'tru'"},
                    Case{"OpenText", "\"abc", "json.syntax", "line 1, column 5", "ends unexpectedly"},
                    Case{"Word", "{\n  \"a\": nope\n}", "json.syntax", "line 2, column 8", "Unexpected 'nope'"},
                    Case{"TrailingComma", "[1,2,]", "json.syntax", "line 1, column 6", "Unexpected ']'"},
                    Case{"MissingComma", "{\"a\":1 \"b\":2}", "json.syntax", "line 1, column 8", "Unexpected '\"'"},
                    Case{"SingleQuotes", "{'a':1}", "json.syntax", "line 1, column 2", "Unexpected '''"},
                    Case{"Comment", "[1] // no", "json.syntax", "line 1, column 5", "after the end"},
                    Case{"SecondValue", "1 2", "json.syntax", "line 1, column 3", "Unexpected '2' after the end"},
                    Case{"CodePointsNotBytes", "[\"ää\", x]", "json.syntax", "line 1, column 8", "Unexpected 'x'"},
                    Case{"NonAsciiCulprit", "[→]", "json.syntax", "line 1, column 2", "Unexpected '→'"},
                    Case{"LineBreakInText", "\"a\nb\"", "json.syntax", "line 1, column 3", "end of line"},
                    Case{"ControlInText", "\"a\x02\"", "json.syntax", "line 1, column 3", "U+0002"},
                    Case{"LeadingZero", "[01]", "json.syntax", "line 1, column 3", "Unexpected '1'"},
                    Case{"NotANumber", "NaN", "json.syntax", "line 1, column 1", "Unexpected 'NaN'"},
                    Case{"BadEscape", R"("\x")", "json.syntax", "line 1, column 3", "no escape \\x"},
                    Case{"BadHex", R"("\u12G4")", "json.syntax", "line 1, column 6", "four hexadecimal digits"},
                    Case{"HalfSurrogate", R"("\ud800")", "json.syntax", "line 1, column 8", "surrogate"},
                    Case{"DuplicateKey", "{\"a\":1,\n \"b\":2, \"a\":3}", "json.duplicate-key", "line 2, column 9",
                         "\"a\" occurs twice"},
                    Case{"DuplicateByEscape", R"({"a":1,"\u0061":2})", "json.duplicate-key", "line 1, column 8",
                         "\"a\" occurs twice"},
                    Case{"EmptyKeyTwice", R"({"":1,"":2})", "json.duplicate-key", "line 1, column 7", "occurs twice"},
                    Case{"InvalidUtf8", "[\"a\", \"\xff\"]", "json.encoding", "line 1, column 8", "not valid UTF-8"},
                    Case{"OverlongUtf8", "\"\xC0\xAF\"", "json.encoding", "line 1, column 2", "not valid UTF-8"},
                    Case{"CutUtf8", "\"\xE2\x82", "json.encoding", "line 1, column 2", "not valid UTF-8"},
                    Case{"HugeNumber", "[1e999]", "json.number", "line 1, column 2", "1e999 is too large"},
                    Case{"HugeExponent", "[1e99999999999999]", "json.number", "line 1, column 2", "too large"}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(JsonLimitsTest, DepthIsLimited) {
    const auto nest = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
    EXPECT_TRUE(parseJson(nest(200)));
    const auto tooDeep = parseJson(nest(201));
    ASSERT_FALSE(tooDeep);
    EXPECT_EQ(tooDeep.error().code, "json.depth");
    EXPECT_NE(tooDeep.error().message.find("200"), std::string::npos);
    EXPECT_FALSE(parseJson("[[]]", false, {.maxDepth = 1}));
    EXPECT_TRUE(parseJson("[1]", false, {.maxDepth = 1}));
    EXPECT_TRUE(parseJson(nest(2000), false, {.maxDepth = 2000}));
    // Whatever limit is asked for, no text overflows the stack.
    EXPECT_EQ(parseJson(nest(1'000'000), false, {.maxDepth = 10'000'000}).error().code, "json.depth");
    EXPECT_EQ(parseJson(std::string(1'000'000, '['), false, {.maxDepth = 10'000'000}).error().code, "json.depth");
}

TEST(JsonLimitsTest, SizeIsLimited) {
    EXPECT_TRUE(parseJson("[1,2]", false, {.maxBytes = 5}));
    EXPECT_EQ(parseJson("[1,23]", false, {.maxBytes = 5}).error().code, "json.size");
}

TEST(JsonLimitsTest, ValuesAreLimited) {
    const JsonLimits limits{.maxValues = 4};
    for (const char* const text :
         {"[1,2,3]", "[[],{},\"a\"]", R"({"a":null,"b":{"c":true}})", "[-1.5,1e3,99999999999999999999]"}) {
        EXPECT_TRUE(parseJson(text, false, limits)) << text;
        EXPECT_FALSE(parseJson("[" + std::string(text) + "]", false, limits)) << text;
    }
    const auto many = parseJson("[1,2,3,\n4]", false, limits);
    ASSERT_FALSE(many);
    EXPECT_EQ(many.error().code, "json.values");
    EXPECT_NE(many.error().message.find("more than 4"), std::string::npos) << many.error().message;
    EXPECT_EQ(many.error().where.substr(0, 6), "line 2");
}

TEST(JsonHints, SayWhatToDo) {
    const auto hint = [](std::string_view text) { return parseJson(text).error().hint; };
    EXPECT_NE(hint("[1,]").find("comma"), std::string::npos);
    EXPECT_NE(hint("{\"a\":1 \"b\":2}").find("comma"), std::string::npos);
    EXPECT_NE(hint("{'a':1}").find("double quotes"), std::string::npos);
    EXPECT_NE(hint("[1, // x\n2]").find("comments"), std::string::npos);
    EXPECT_NE(hint("True").find("lower case"), std::string::npos);
    EXPECT_NE(hint("{\"a\":[1").find("not closed"), std::string::npos);
}

}  // namespace
}  // namespace signalbox
