#include <algorithm>
#include <thread>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/json.h"
#include "base/json_schema.h"

namespace signalbox {
namespace {

Value json(std::string_view text) {
    auto parsed = parseJson(text);
    EXPECT_TRUE(parsed) << text << ": " << (parsed ? "" : parsed.error().message);
    return parsed ? *parsed : Value();
}

/// "pointer: message" for each violation, one a line.
std::string problems(std::string_view schema, const Value& value) {
    const auto compiled = JsonSchema::compile(json(schema));
    if (!compiled) return compiled.error().code + " at " + compiled.error().where + ": " + compiled.error().message;
    std::string text;
    for (const auto& [pointer, message] : compiled->validate(value)) {
        text += (text.empty() ? "" : "\n") + pointer + ": " + message;
    }
    return text;
}

struct Case {
    const char* schema;
    const char* value;
    const char* expected;
};

void PrintTo(const Case& item, std::ostream* out) { *out << item.schema << " on " << item.value; }

class SchemaMessages : public testing::TestWithParam<Case> {};

TEST_P(SchemaMessages, SayWhatIsWrongWhere) {
    const auto& item = GetParam();
    EXPECT_EQ(problems(item.schema, json(item.value)), item.expected);
}

INSTANTIATE_TEST_SUITE_P(
    Scalars, SchemaMessages,
    testing::Values(
        Case{"true", "1", ""}, Case{"{}", "[1]", ""}, Case{"false", "1", ": is not allowed here"},
        Case{R"({"type":"integer"})", "3.0", ""},
        Case{R"({"type":"integer"})", "\"x\"", ": must be of type integer, is string"},
        Case{R"({"type":"integer"})", "1.5", ": must be of type integer, is number"},
        Case{R"({"type":"integer"})", "1e30", ""}, Case{R"({"type":"number"})", "3", ""},
        Case{R"({"type":["null","string","array"]})", "1", ": must be of type null, string or array, is integer"},
        Case{R"({"enum":["red","green",3]})", "\"gren\"",
             ": must be one of \"red\", \"green\", 3, is \"gren\"; did you mean \"green\"?"},
        Case{R"({"enum":[[1],{"a":1}]})", "{\"a\":1.0}", ""}, Case{R"({"const":null})", "0", ": must be null, is 0"},
        Case{R"({"minimum":2})", "1", ": must be at least 2, is 1"}, Case{R"({"minimum":2})", "2", ""},
        Case{R"({"maximum":2.5})", "3", ": must be at most 2.5, is 3"},
        Case{R"({"exclusiveMinimum":2})", "2", ": must be greater than 2, is 2"},
        Case{R"({"exclusiveMaximum":2})", "2", ": must be less than 2, is 2"},
        Case{R"({"minimum":9223372036854775807})", "9223372036854775806",
             ": must be at least 9223372036854775807, is 9223372036854775806"},
        Case{R"({"multipleOf":0.1})", "0.3", ""}, Case{R"({"multipleOf":4})", "6", ": must be a multiple of 4, is 6"},
        Case{R"({"minimum":2})", "\"not a number\"", ""},
        Case{R"({"minLength":3})", "\"äö\"", ": must have at least 3 characters, has 2"},
        Case{R"({"minLength":1})", "\"\"", ": must have at least 1 character, has 0"},
        Case{R"({"maxLength":2})", "\"äö\"", ""},
        Case{R"({"pattern":"^a+$"})", "\"b\"", ": must match the pattern ^a+$, is \"b\""},
        Case{R"({"pattern":"b"})", "\"abc\"", ""},
        Case{R"({"format":"date"})", "\"2026-02-30\"", ": must be a date such as 2026-03-01, is \"2026-02-30\""},
        Case{R"({"format":"no such format"})", "\"x\"", ""}));

INSTANTIATE_TEST_SUITE_P(
    Arrays, SchemaMessages,
    testing::Values(Case{R"({"items":{"type":"string"}})", R"(["a",2,"c",4])",
                         "/1: must be of type string, is integer\n/3: must be of type string, is integer"},
                    Case{R"({"items":[{"type":"string"},{"type":"integer"}],"additionalItems":false})", R"(["a",1,2])",
                         "/2: is not allowed here"},
                    Case{R"({"minItems":1})", "[]", ": must have at least 1 item, has 0"},
                    Case{R"({"maxItems":1})", "[1,2]", ": must have at most 1 item, has 2"},
                    Case{R"({"uniqueItems":true})", R"([{"a":1,"b":2},3,{"b":2,"a":1.0}])",
                         ": must have no equal items; those at 0 and 2 are"},
                    Case{R"({"uniqueItems":true})", "[1,true,\"1\",[1]]", ""},
                    Case{R"({"contains":{"type":"null"}})", "[1,2]",
                         ": must contain an item of a certain form; none is"},
                    Case{R"({"contains":{"type":"null"}})", "[1,null]", ""}));

INSTANTIATE_TEST_SUITE_P(
    Objects, SchemaMessages,
    testing::Values(
        Case{R"({"required":["name","port"]})", R"({"port":1})", "/name: is required but missing"},
        Case{R"({"properties":{"port":{"minimum":1}}})", R"({"port":0})", "/port: must be at least 1, is 0"},
        Case{R"({"properties":{"name":{},"port":{}},"additionalProperties":false})", R"({"nmae":1})",
             "/nmae: \"nmae\" is not allowed here; did you mean \"name\"?"},
        Case{R"({"additionalProperties":{"type":"string"}})", R"({"a":"x","b":1})",
             "/b: must be of type string, is integer"},
        Case{R"({"patternProperties":{"^x-":{"type":"string"}},"additionalProperties":false})", R"({"x-a":1,"y":2})",
             "/x-a: must be of type string, is integer\n/y: \"y\" is not allowed here"},
        Case{R"({"propertyNames":{"maxLength":2}})", R"({"abc":1})",
             "/abc: \"abc\" is no name for a member here: must have at most 2 characters, has 3"},
        Case{R"({"dependencies":{"user":["password"]}})", R"({"user":"x"})",
             "/password: is required because \"user\" is given, but missing"},
        Case{R"({"dependencies":{"tls":{"properties":{"port":{"const":443}}}}})", R"({"tls":1,"port":80})",
             "/port: must be 443, is 80"},
        Case{R"({"minProperties":1})", "{}", ": must have at least 1 member, has 0"},
        Case{R"({"properties":{"a/b~c":{"type":"null"}}})", R"({"a/b~c":1})",
             "/a~1b~0c: must be of type null, is integer"},
        Case{R"({"required":["x"],"properties":{"a":{"properties":{"b":{"type":"null"}}}}})", R"({"a":{"b":1}})",
             "/a/b: must be of type null, is integer\n/x: is required but missing"}));

INSTANTIATE_TEST_SUITE_P(
    Combinations, SchemaMessages,
    testing::Values(
        Case{R"({"allOf":[{"minimum":2},{"multipleOf":2}]})", "1",
             ": must be at least 2, is 1\n: must be a multiple of 2, is 1"},
        Case{R"({"anyOf":[{"type":"string"},{"type":"array"}]})", "1", ": must be of type string or array, is integer"},
        Case{R"({"anyOf":[{"type":"string"},{"type":"object","required":["a"]}]})", "{}",
             "/a: is required but missing"},
        Case{R"({"anyOf":[{"type":"null"},{"properties":{"mode":{"enum":["fast"]}},"type":"object"}]})",
             R"({"mode":"x"})", "/mode: must be one of \"fast\", is \"x\""},
        Case{R"({"oneOf":[{"properties":{"kind":{"const":"a"},"x":{"type":"string"}}},
                          {"properties":{"kind":{"const":"b"},"x":{"type":"null"}}}]})",
             R"({"kind":"b","x":1})", "/x: must be of type null, is integer"},
        Case{
            R"({"anyOf":[{"minimum":5},{"multipleOf":2}]})", "3",
            ": fits none of the 2 forms allowed here: (1) must be at least 5, is 3; (2) must be a multiple of 2, is 3"},
        Case{R"({"oneOf":[{"minimum":1},{"minimum":2},{"maximum":0}]})", "3",
             ": must fit exactly one of 3 forms, fits 2 (numbers 1, 2)"},
        Case{R"({"oneOf":[{"minimum":1},{"minimum":4}]})", "3", ""},
        Case{R"({"not":{"type":"string"}})", "\"x\"", ": has a form that is not allowed here"},
        Case{R"({"if":{"minimum":10},"then":{"multipleOf":10},"else":{"minimum":0}})", "15",
             ": must be a multiple of 10, is 15"},
        Case{R"({"if":{"minimum":10},"then":{"multipleOf":10},"else":{"minimum":0}})", "-1",
             ": must be at least 0, is -1"},
        Case{R"({"then":{"minimum":5}})", "1", ""},
        Case{R"({"definitions":{"n":{"type":"null"}},"items":{"$ref":"#/definitions/n"}})", "[null,1]",
             "/1: must be of type null, is integer"},
        Case{R"({"definitions":{"a b%":{"type":"null"}},"$ref":"#/definitions/a%20b%25"})", "1",
             ": must be of type null, is integer"},
        Case{R"({"$id":"urn:x","definitions":{"n":{"$id":"#name","type":"null"}},"items":{"$ref":"#name"}})", "[1]",
             "/0: must be of type null, is integer"},
        Case{R"({"properties":{"next":{"$ref":"#"},"v":{"type":"null"}}})", R"({"next":{"next":{"v":1}}})",
             "/next/next/v: must be of type null, is integer"}));

TEST(Schema, CompileRefusesBadSchemasAndSaysWhere) {
    EXPECT_EQ(problems("3", 1), "schema.invalid at /: A schema must be an object, true or false, not integer");
    EXPECT_EQ(problems(R"({"properties":{"a":{"type":"text"}}})", 1),
              "schema.invalid at /properties/a/type: \"text\" is not a type of JSON Schema");
    EXPECT_EQ(problems(R"({"$ref":"#/nothing"})", 1),
              "schema.invalid at /$ref: The reference \"#/nothing\" points to nothing in this schema");
    for (const auto* schema : {R"({"$ref":"http://example.org/schema"})",
                               R"({"$ref":1})",
                               R"({"minimum":"1"})",
                               R"({"minLength":-1})",
                               R"({"minItems":1.5})",
                               R"({"pattern":"("})",
                               R"({"patternProperties":{"[":{}}})",
                               R"({"required":"a"})",
                               R"({"required":[1]})",
                               R"({"properties":[]})",
                               R"({"allOf":[]})",
                               R"({"anyOf":{}})",
                               R"({"multipleOf":0})",
                               R"({"enum":1})",
                               R"({"type":[]})",
                               R"({"items":3})",
                               R"({"uniqueItems":1})",
                               R"({"dependencies":{"a":1}})",
                               R"({"format":1})",
                               R"({"not":[]})"}) {
        EXPECT_EQ(problems(schema, 1).substr(0, 18), "schema.invalid at ") << schema;
    }
}

TEST(Schema, ReferencesInALoopThatTakesNoStepAreRefused) {
    EXPECT_EQ(problems(R"({"$ref":"#"})", 1).substr(0, 14), "schema.invalid");
    EXPECT_EQ(problems(R"({"allOf":[{"anyOf":[{"$ref":"#"}]}]})", 1).substr(0, 14), "schema.invalid");
    EXPECT_EQ(problems(R"({"definitions":{"a":{"$ref":"#/definitions/b"},"b":{"$ref":"#/definitions/a"}},
                          "items":{"$ref":"#/definitions/a"}})",
                       1)
                  .substr(0, 14),
              "schema.invalid");
}

TEST(Schema, NeitherDeepValuesNorDeepSchemasCrash) {
    Value nest = Value::array();
    for (int i = 0; i < 100'000; ++i) nest = Value::array({std::move(nest)});
    const auto text = problems(R"({"items":{"$ref":"#"}})", nest);
    EXPECT_EQ(text, ": is nested too deeply to be checked");
    Value schema = Value::object({{"type", "null"}});
    for (int i = 0; i < 100'000; ++i) schema = Value::object({{"not", std::move(schema)}});
    EXPECT_EQ(JsonSchema::compile(schema).error().code, "schema.invalid");

    ObjectBuilder chain;
    for (int i = 0; i < 50'000; ++i) {
        chain.set(fmt::format("d{}", i), Value::object({{"$ref", fmt::format("#/definitions/d{}", i + 1)}}));
    }
    chain.set("d50000", true);
    const auto compiled =
        JsonSchema::compile(Value::object({{"definitions", std::move(chain).build()}, {"$ref", "#/definitions/d0"}}));
    ASSERT_TRUE(compiled) << compiled.error().message;
    EXPECT_EQ(compiled->validate(1).size(), 1U);
}

TEST(Schema, AlternativesThatMultiplyAreGivenUp) {
    std::string schema = R"({"definitions":{"a0":{"minimum":5})";
    for (int i = 1; i <= 60; ++i) {
        schema += fmt::format(R"(,"a{}":{{"anyOf":[{{"$ref":"#/definitions/a{}"}},{{"$ref":"#/definitions/a{}"}}]}})",
                              i, i - 1, i - 1);
    }
    schema += R"(},"$ref":"#/definitions/a60"})";
    EXPECT_NE(problems(schema, 1).find("too many alternatives"), std::string::npos);
}

TEST(Schema, PathologicalPatternsAreGivenUp) {
    std::string text(40, 'a');
    text += '!';
    EXPECT_NE(problems(R"({"pattern":"^(a+)+$"})", text).find("takes too long"), std::string::npos);
    EXPECT_EQ(problems(R"({"pattern":"^(a|b)*$"})", std::string(1'000'000, 'a')).find("must match"), std::string::npos);
    EXPECT_EQ(problems(R"({"not":{"pattern":"^(a+)+$"}})", text),
              ": a pattern of the schema takes too long on this value");
}

TEST(Schema, LargeArraysWithUniqueItemsAreCheckedQuickly) {
    ArrayBuilder builder;
    for (int i = 0; i < 50'000; ++i) builder.push("item " + std::to_string(i));
    builder.push("item 7");
    EXPECT_EQ(problems(R"({"uniqueItems":true})", std::move(builder).build()),
              ": must have no equal items; those at 7 and 50000 are");
}

TEST(Schema, UndefinedMembersAreMissingAndBytesHaveNoJsonType) {
    EXPECT_EQ(problems(R"({"required":["a"],"maxProperties":0})", Value::object({{"a", Value::undefined()}})),
              "/a: is required but missing");
    EXPECT_EQ(problems(R"({"type":"string"})", Value::bytes("x")), ": must be of type string, is bytes");
    EXPECT_EQ(problems("{}", Value::bytes("x")), "");
    EXPECT_EQ(problems(R"({"type":"null"})", Value::undefined()), ": must be of type null, is undefined");
}

TEST(Schema, ManyViolationsAreCutAndLongValuesShortened) {
    std::vector<Value> items(1'000, Value(1));
    const auto compiled = JsonSchema::compile(json(R"({"items":{"type":"string"}})"));
    EXPECT_EQ(compiled->validate(Value::array(std::move(items))).size(), 100U);
    std::string longText(10'000, 'x');
    longText += "ä";
    const auto text = problems(R"({"maxLength":3,"enum":["a"]})", longText);
    EXPECT_LT(text.size(), 200U) << text;
}

TEST(Schema, OneSchemaServesManyThreads) {
    const auto compiled = *JsonSchema::compile(json(R"({"items":{"pattern":"^[a-z]+$"}})"));
    const auto value = json(R"(["abc","x1","def"])");
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&] {
            for (int round = 0; round < 200; ++round) EXPECT_EQ(compiled.validate(value).size(), 1U);
        });
    }
}

}  // namespace
}  // namespace signalbox
