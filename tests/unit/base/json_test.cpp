#include "base/json.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace signalbox {
namespace {

Value parsed(std::string_view text, bool decodeBytes = false) {
    auto result = parseJson(text, decodeBytes);
    EXPECT_TRUE(result) << text << ": " << (result ? "" : result.error().message);
    return result ? *result : Value::undefined();
}

TEST(JsonParse, ReadsEveryKind) {
    EXPECT_EQ(parsed("null"), Value());
    EXPECT_EQ(parsed(" true "), Value(true));
    EXPECT_EQ(parsed("false"), Value(false));
    EXPECT_EQ(parsed("-12"), Value(-12));
    EXPECT_EQ(parsed("1.25e2"), Value(125));
    EXPECT_EQ(parsed("\"a\\u00e4\\n\""), Value("aä\n"));
    EXPECT_EQ(parsed("[]"), Value::array());
    EXPECT_EQ(parsed("{}"), Value::object());
    EXPECT_EQ(parsed(R"({"a":[1,{"b":null}],"c":""})"),
              Value::object({{"a", Value::array({1, Value::object({{"b", nullptr}})})}, {"c", ""}}));
}

TEST(JsonParse, ReadsNumbersExactlyAndAtTheEdges) {
    EXPECT_EQ(parsed("9223372036854775807").asInteger(), 9223372036854775807);
    EXPECT_EQ(parsed("-9223372036854775808").asInteger(), std::numeric_limits<std::int64_t>::min());
    EXPECT_FALSE(parsed("9223372036854775808").isInteger());
    EXPECT_EQ(parsed("9223372036854775808").asNumber(), 9223372036854775808.0);
    EXPECT_EQ(parsed("123456789012345678901234567890").asNumber(), 123456789012345678901234567890.0);
    EXPECT_EQ(parsed("0.1").asNumber(), 0.1);
    EXPECT_EQ(parsed("1e23").asNumber(), 1e23);
    EXPECT_EQ(parsed("8.41e21").asNumber(), 8.41e21);
    EXPECT_EQ(parsed("2.2250738585072011e-308").asNumber(), 2.2250738585072011e-308);
    EXPECT_EQ(parsed("1e-999"), Value(0));
    EXPECT_EQ(parsed("-0"), Value(0));
    EXPECT_EQ(parsed("-0.0"), Value(0));
    EXPECT_EQ(parsed("1.0"), Value(1));
    EXPECT_EQ(parsed("[0.30000000000000004]").at(0).asNumber(), 0.30000000000000004);
}

TEST(JsonParse, ReadsLongTextsAndKeysWithEscapesInPieces) {
    const std::string plain(100'000, 'x');
    EXPECT_EQ(parsed("\"" + plain + "\\n" + plain + "\""), Value(plain + "\n" + plain));
    const auto object = parsed("{\"" + plain + "\\t" + plain + "\":1}");
    EXPECT_EQ(object[plain + "\t" + plain], Value(1));
    EXPECT_EQ(parsed("\"\\ud83d\\ude00\""), Value("😀"));
    EXPECT_EQ(parsed("\"\\u0000\""), Value(std::string_view("\0", 1)));
}

TEST(JsonParse, SkipsAByteOrderMark) { EXPECT_EQ(parsed("\xEF\xBB\xBF{\"a\":1}"), Value::object({{"a", 1}})); }

TEST(JsonParse, KeepsTheOrderOfMembers) {
    const auto object = parsed(R"({"z":1,"a":2,"m":3})");
    EXPECT_EQ(object.members()[0].first, "z");
    EXPECT_EQ(object.members()[2].first, "m");
}

TEST(JsonParse, DecodesBytesOnlyWhenAsked) {
    const auto text = R"({"data":{"$bytes":"AP8="}})";
    EXPECT_EQ(parsed(text, true)["data"], Value::bytes(std::string_view("\0\xff", 2)));
    EXPECT_TRUE(parsed(text)["data"].isObject());
    EXPECT_TRUE(parsed(R"({"$bytes":"not base64"})", true).isObject());
    EXPECT_TRUE(parsed(R"({"$bytes":"AP8=","more":1})", true).isObject());
    EXPECT_TRUE(parsed(R"({"$bytes":7})", true).isObject());
}

TEST(JsonWrite, WritesEachStyle) {
    const auto value = Value::object(
        {{"b", Value::array({1, "x", Value::array(), Value::object()})}, {"a", Value::object({{"k", 1.5}})}});
    EXPECT_EQ(writeJson(value), R"({"b":[1,"x",[],{}],"a":{"k":1.5}})");
    EXPECT_EQ(writeJson(value, JsonStyle::Canonical), R"({"a":{"k":1.5},"b":[1,"x",[],{}]})");
    EXPECT_EQ(writeJson(value, JsonStyle::Pretty),
              "{\n  \"b\": [\n    1,\n    \"x\",\n    [],\n    {}\n  ],\n  \"a\": {\n    \"k\": 1.5\n  }\n}");
}

TEST(JsonWrite, CanonicalSortsByBytesOfTheKeys) {
    const auto value = Value::object({{"ä", 1}, {"a", 2}, {"Z", 3}, {"", 4}, {"aa", 5}});
    EXPECT_EQ(writeJson(value, JsonStyle::Canonical), R"({"":4,"Z":3,"a":2,"aa":5,"ä":1})");
}

TEST(JsonWrite, LeavesOutUndefinedMembersAndWritesNullElsewhere) {
    const auto value = Value::object({{"a", Value::undefined()}, {"b", Value::array({Value::undefined()})}, {"c", 1}});
    EXPECT_EQ(writeJson(value), R"({"b":[null],"c":1})");
    EXPECT_EQ(writeJson(value, JsonStyle::Canonical), R"({"b":[null],"c":1})");
    EXPECT_EQ(writeJson(Value::undefined()), "null");
    EXPECT_EQ(writeJson(Value::object({{"a", Value::undefined()}}), JsonStyle::Pretty), "{}");
}

TEST(JsonWrite, WritesBytesAsBase64) {
    EXPECT_EQ(writeJson(Value::bytes("hi")), R"({"$bytes":"aGk="})");
    EXPECT_EQ(writeJson(Value::array({Value::bytes("")}), JsonStyle::Pretty), "[\n  {\n    \"$bytes\": \"\"\n  }\n]");
}

TEST(JsonWrite, EscapesWhatJsonDemandsAndMendsWhatIsNotUtf8) {
    EXPECT_EQ(writeJson("\"\\/\b\f\n\r\t\x01\x7f"), "\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\x7f\"");
    EXPECT_EQ(writeJson("ä→😀"), "\"ä→😀\"");
    EXPECT_EQ(writeJson("a\xff"
                        "b\xC3"),
              "\"a\xEF\xBF\xBD"
              "b\xEF\xBF\xBD\"");
    EXPECT_EQ(writeJson("\xED\xA0\x80"), "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\"") << "a surrogate half";
    EXPECT_TRUE(parseJson(writeJson(Value::object({{"\xfe", 1}}))));
}

TEST(JsonWrite, WritesNumbersShort) {
    EXPECT_EQ(writeJson(0.1), "0.1");
    EXPECT_EQ(writeJson(1e100), "1e+100");
    EXPECT_EQ(writeJson(5e-324), "5e-324");
    EXPECT_EQ(writeJson(100.0), "100");
    EXPECT_EQ(writeJson(std::numeric_limits<std::int64_t>::min()), "-9223372036854775808");
}

TEST(JsonWrite, AppendsBehindWhatIsThere) {
    std::string out = "x=";
    appendJson(out, Value::array({1}));
    appendJsonString(out, "y");
    EXPECT_EQ(out, "x=[1]\"y\"");
}

TEST(JsonWrite, NestsDeeperThanAnyStack) {
    constexpr std::size_t kDepth = 500'000;
    Value nest = 1;
    for (std::size_t i = 0; i < kDepth; ++i) nest = Value::array({std::move(nest)});
    const auto text = writeJson(nest);
    ASSERT_EQ(text.size(), 2 * kDepth + 1);
    EXPECT_EQ(text.find_first_not_of('['), kDepth);
    EXPECT_EQ(text[kDepth], '1');
    EXPECT_EQ(text.find_first_not_of(']', kDepth + 1), std::string::npos);
}

TEST(JsonPointer, FollowsMembersAndItems) {
    const auto root = parsed(R"({"a":[10,{"b/c":1,"m~n":2,"":3}],"01":4})");
    EXPECT_EQ(resolvePointer(root, ""), root);
    EXPECT_EQ(resolvePointer(root, "/a/0"), Value(10));
    EXPECT_EQ(resolvePointer(root, "/a/1/b~1c"), Value(1));
    EXPECT_EQ(resolvePointer(root, "/a/1/m~0n"), Value(2));
    EXPECT_EQ(resolvePointer(root, "/a/1/"), Value(3));
    EXPECT_EQ(resolvePointer(root, "/01"), Value(4));
}

TEST(JsonPointer, GivesUndefinedWhenThereIsNothing) {
    const auto root = parsed(R"({"a":[10,20],"t":"text"})");
    for (const auto* pointer : {"/b", "/a/2", "/a/-", "/a/01", "/a/+1", "/a/0/x", "/t/0", "a", "/~", "/~2", "/a/",
                                "/a/99999999999999999999999"}) {
        EXPECT_TRUE(resolvePointer(root, pointer).isUndefined()) << pointer;
    }
}

TEST(Base64, EncodesAndDecodesEveryLength) {
    EXPECT_EQ(encodeBase64(""), "");
    EXPECT_EQ(encodeBase64("f"), "Zg==");
    EXPECT_EQ(encodeBase64("fo"), "Zm8=");
    EXPECT_EQ(encodeBase64("foo"), "Zm9v");
    EXPECT_EQ(encodeBase64("\xfb\xff"), "+/8=");
    std::string data;
    for (int i = 0; i < 300; ++i) {
        EXPECT_EQ(decodeBase64(encodeBase64(data)), data);
        data += static_cast<char>(i * 7);
    }
}

TEST(Base64, RefusesWhatIsNotCanonical) {
    for (const auto* text :
         {"Zg=", "Zg", "Z===", "====", "Zg==Zg==", "Zm9v\n", "Zh==", "Zm9=", "Zm-v", "=Zg=", "Zm 9"}) {
        const auto decoded = decodeBase64(text);
        ASSERT_FALSE(decoded) << text;
        EXPECT_EQ(decoded.error().code, "base64.syntax");
        EXPECT_FALSE(decoded.error().where.empty());
    }
}

}  // namespace
}  // namespace signalbox
