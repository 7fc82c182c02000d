#include <gtest/gtest.h>

#include "unit/nodes/node_harness.h"

namespace signalbox::nodes {
namespace {

const Value kPackages = json(R"([
    {"name": "bash", "section": "shells", "size": 7000},
    {"name": "dash", "section": "shells", "size": 200},
    {"name": "libc6", "section": "libs", "size": 13000},
    {"name": "zlib", "section": "libs", "size": 170},
    {"name": "note", "section": "libs"}])");

class DataNodes : public testing::Test {
protected:
    NodeHarness harness;
    Value inputOf(const Value& value) { return Value::object({{"input", value}}); }
};

TEST_F(DataNodes, ConstantGivesItsValueWhateverTheInput) {
    EXPECT_EQ(harness.output("ConstantNode", json(R"({"value": {"a": [1, 2.5, "x"]}})")),
              json(R"({"a": [1, 2.5, "x"]})"));
    EXPECT_TRUE(harness.output("ConstantNode", json("{}"), inputOf(7)).isNull());
}

TEST_F(DataNodes, TransformSeesInputContextRunInputsAndIteration) {
    harness.runInputs = json(R"({"factor": 10})");
    harness.iteration = 3;
    const Value inputs = json(R"({"input": {"x": 4}, "context": {"y": 5}})");
    EXPECT_EQ(harness.output("TransformNode",
                             json(R"({"expression": "x * $inputs.factor + $input.context.y + $iteration"})"), inputs),
              Value(48));
}

TEST_F(DataNodes, TransformThatSelectsNothingGivesNull) {
    const Value output = harness.output("TransformNode", json(R"({"expression": "missing"})"), inputOf(json("{}")));
    EXPECT_TRUE(output.isNull());
}

TEST_F(DataNodes, AWrongExpressionIsRefusedWhenPreparedAndNamesTheParameter) {
    const auto prepared = harness.registry().find("TransformNode")->prepare(json(R"({"expression": "a ["})"));
    ASSERT_FALSE(prepared);
    EXPECT_EQ(prepared.error().code, "expression.syntax");
    EXPECT_TRUE(prepared.error().where.starts_with("expression")) << prepared.error().where;
}

TEST_F(DataNodes, AFailingExpressionFailsTheNode) {
    const Error error =
        harness.error("TransformNode", json(R"({"expression": "1 + name"})"), inputOf(json(R"({"name": "x"})")));
    EXPECT_EQ(error.code, "expression.evaluation");
    EXPECT_TRUE(error.where.starts_with("expression")) << error.where;
}

TEST_F(DataNodes, FilterSplitsInOrder) {
    const auto result = harness.run("FilterNode", json(R"({"condition": "size > 1000"})"), inputOf(kPackages));
    ASSERT_TRUE(result) << result.error().message;
    EXPECT_EQ((*result)["output"].size(), 2U);
    EXPECT_EQ((*result)["output"].at(0)["name"], Value("bash"));
    EXPECT_EQ((*result)["output"].at(1)["name"], Value("libc6"));
    EXPECT_EQ((*result)["rejected"].size(), 3U);
    EXPECT_EQ((*result)["rejected"].at(2)["name"], Value("note"));
}

TEST_F(DataNodes, FilterStopsKeepingAtItsLimit) {
    const auto result =
        harness.run("FilterNode", json(R"({"condition": "true", "limit": 2})"), inputOf(json("[1, 2, 3]")));
    ASSERT_TRUE(result);
    EXPECT_EQ((*result)["output"], json("[1, 2]"));
    EXPECT_EQ((*result)["rejected"], json("[3]"));
}

TEST_F(DataNodes, AggregateGroupsInOrderOfFirstAppearance) {
    const Value output = harness.output("AggregateNode", json(R"({
        "groupBy": [{"name": "section", "key": "section"}],
        "aggregates": [{"name": "count", "op": "count"}, {"name": "total", "op": "sum", "of": "size"},
                       {"name": "largest", "op": "max", "of": "size"}, {"name": "names", "op": "collect", "of": "name"}]})"),
                                        inputOf(kPackages));
    EXPECT_EQ(output, json(R"([
        {"section": "shells", "count": 2, "total": 7200, "largest": 7000, "names": ["bash", "dash"]},
        {"section": "libs", "count": 3, "total": 13170, "largest": 13000, "names": ["libc6", "zlib", "note"]}])"));
}

TEST_F(DataNodes, AggregateComputesEveryOperation) {
    const Value items = json("[4, 1, 3, 2, 2]");
    const auto op = [&](const std::string& name) {
        const Value params =
            Value::object({{"aggregates", Value::array({Value::object({{"name", "r"}, {"op", name}})})}});
        return harness.output("AggregateNode", params, inputOf(items)).at(0)["r"];
    };
    EXPECT_EQ(op("count"), Value(5));
    EXPECT_EQ(op("countDistinct"), Value(4));
    EXPECT_EQ(op("sum"), Value(12));
    EXPECT_EQ(op("min"), Value(1));
    EXPECT_EQ(op("max"), Value(4));
    EXPECT_DOUBLE_EQ(op("mean").asNumber(), 2.4);
    EXPECT_NEAR(op("stddev").asNumber(), 1.0198039, 1e-6);
    EXPECT_EQ(op("median"), Value(2));
    EXPECT_NEAR(op("p90").asNumber(), 3.6, 1e-12);
    EXPECT_NEAR(op("p95").asNumber(), 3.8, 1e-12);
    EXPECT_NEAR(op("p99").asNumber(), 3.96, 1e-12);
    EXPECT_EQ(op("first"), Value(4));
    EXPECT_EQ(op("last"), Value(2));
    EXPECT_EQ(op("collect"), items);
    EXPECT_EQ(op("distinct"), json("[4, 1, 3, 2]"));
}

TEST_F(DataNodes, AggregateOfNothingHasOneRowWithoutKeysAndNoneWithThem) {
    const char* const aggregates = R"("aggregates": [{"name": "n", "op": "count"}, {"name": "s", "op": "sum"},
                                                     {"name": "m", "op": "mean"}, {"name": "p", "op": "median"}])";
    const auto text = [&](const char* more) { return json(std::string("{") + aggregates + more + "}"); };
    EXPECT_EQ(harness.output("AggregateNode", text(""), inputOf(json("[]"))),
              json(R"([{"n": 0, "s": 0, "m": null, "p": null}])"));
    EXPECT_EQ(harness.output("AggregateNode", text(R"(, "groupBy": [{"name": "k", "key": "k"}])"), inputOf(json("[]"))),
              json("[]"));
}

TEST_F(DataNodes, CountWithAnExpressionLeavesOutWhatGivesNothing) {
    EXPECT_EQ(
        harness.output(
            "AggregateNode",
            json(R"({"aggregates": [{"name": "all", "op": "count"}, {"name": "some", "op": "count", "of": "a"}]})"),
            inputOf(json(R"([{"a": 1}, {"a": null}, {}, null])"))),
        json(R"([{"all": 4, "some": 1}])"));
}

TEST_F(DataNodes, SumsStayExactForIntegersAndPreciseForNumbers) {
    const Value sum = json(R"({"aggregates": [{"name": "s", "op": "sum"}]})");
    EXPECT_EQ(harness.output("AggregateNode", sum, inputOf(json("[9007199254740993, 2]"))).at(0)["s"],
              Value(9007199254740995LL));
    EXPECT_DOUBLE_EQ(harness.output("AggregateNode", sum, inputOf(json("[1e100, 1, -1e100]"))).at(0)["s"].asNumber(),
                     1.0);
}

TEST_F(DataNodes, AggregateRefusesWhatIsNoNumberAndNamesTheItem) {
    const Error error = harness.error("AggregateNode", json(R"({"aggregates": [{"name": "s", "op": "sum"}]})"),
                                      inputOf(json(R"([1, "2"])")));
    EXPECT_EQ(error.code, "aggregate.not-a-number");
    EXPECT_EQ(error.where, "input[1]");
}

TEST_F(DataNodes, AggregateRefusesANameGivenTwice) {
    const Error error =
        harness.error("AggregateNode",
                      json(R"({"groupBy": [{"name": "n", "key": "a"}], "aggregates": [{"name": "n", "op": "count"}]})"),
                      inputOf(json("[]")));
    EXPECT_EQ(error.code, "aggregate.name-twice");
    EXPECT_EQ(error.where, "aggregates.0.name");
}

TEST_F(DataNodes, SortsBySeveralKeysStablyWithMissingLast) {
    const Value params = json(R"({"by": [{"key": "section"}, {"key": "size", "order": "descending"}]})");
    const Value output = harness.output("SortNode", params, inputOf(kPackages));
    std::string names;
    for (const Value& item : output.items()) names += std::string(item["name"].asString()) + " ";
    EXPECT_EQ(names, "libc6 zlib note bash dash ");
    const Value tied = json(R"([{"k": 1, "n": "a"}, {"k": 0, "n": "b"}, {"k": 1, "n": "c"}, {"k": 0, "n": "d"}])");
    const Value sorted =
        harness.output("SortNode", json(R"({"by": [{"key": "k", "order": "descending"}]})"), inputOf(tied));
    EXPECT_EQ(sorted.at(0)["n"], Value("a"));
    EXPECT_EQ(sorted.at(1)["n"], Value("c"));
    EXPECT_EQ(sorted.at(2)["n"], Value("b"));
}

TEST_F(DataNodes, SortComparesTextAsAsked) {
    const auto sorted = [&](const char* compare) {
        return harness.output("SortNode",
                              json(std::string(R"({"by": [{"key": "$", "compare": ")") + compare + R"("}]})"),
                              inputOf(json(R"(["host10", "Host9", "host9", "host09a"])")));
    };
    EXPECT_EQ(sorted("codePoint"), json(R"(["Host9", "host09a", "host10", "host9"])"));
    EXPECT_EQ(sorted("ignoreCase"), json(R"(["host09a", "host10", "Host9", "host9"])"));
    EXPECT_EQ(sorted("natural"), json(R"(["Host9", "host9", "host09a", "host10"])"));
}

TEST_F(DataNodes, SortKeepsTheFirstAndRefusesKeysWithoutOrder) {
    EXPECT_EQ(harness.output("SortNode", json(R"({"by": [{"key": "$"}], "limit": 2})"), inputOf(json("[3, 1, 2.5]"))),
              json("[1, 2.5]"));
    const Error error = harness.error("SortNode", json(R"({"by": [{"key": "$"}]})"), inputOf(json(R"([1, {"a": 1}])")));
    EXPECT_EQ(error.code, "sort.key");
    EXPECT_EQ(error.where, "input[1]");
}

TEST_F(DataNodes, ValidationRoutesOrFails) {
    const Value schema = json(R"({"type": "object", "required": ["id"], "properties": {"id": {"type": "integer"}}})");
    const Value route = Value::object({{"schema", schema}});
    EXPECT_EQ(*harness.run("ValidationNode", route, inputOf(json(R"({"id": 1})"))), json(R"({"valid": {"id": 1}})"));
    const auto invalid = harness.run("ValidationNode", route, inputOf(json(R"({"id": "x"})")));
    ASSERT_TRUE(invalid);
    EXPECT_EQ(invalid->find("valid"), nullptr);
    EXPECT_EQ((*invalid)["invalid"]["value"], json(R"({"id": "x"})"));
    EXPECT_EQ((*invalid)["invalid"]["violations"].at(0)["pointer"], Value("/id"));
    const Error error = harness.error("ValidationNode", route.with("onInvalid", "fail"), inputOf(json("{}")));
    EXPECT_EQ(error.code, "validation.failed");
}

TEST_F(DataNodes, ValidationRefusesASchemaThatIsNone) {
    const auto prepared =
        harness.registry().find("ValidationNode")->prepare(json(R"({"schema": {"type": "nonsense"}})"));
    ASSERT_FALSE(prepared);
    EXPECT_EQ(prepared.error().where, "schema");
}

TEST_F(DataNodes, LogWritesAndPassesOn) {
    const Value params = json(R"x({"message": "'got ' & $string(n)", "level": "warning", "includeValue": true})x");
    EXPECT_EQ(harness.output("LogNode", params, inputOf(json(R"({"n": 7})"))), json(R"({"n": 7})"));
    const auto lines = harness.logged();
    ASSERT_EQ(lines.size(), 1U);
    EXPECT_EQ(lines[0].level, LogLevel::Warning);
    EXPECT_EQ(lines[0].text, "got 7");
    EXPECT_EQ(lines[0].fields["value"], json(R"({"n": 7})"));
}

TEST_F(DataNodes, LogCutsLargeValues) {
    const Value large(std::string(100'000, 'x'));
    static_cast<void>(harness.output("LogNode", json(R"({"message": "'m'", "includeValue": true})"), inputOf(large)));
    EXPECT_LT(harness.logged().at(0).fields["value"].size(), 5000U);
}

}  // namespace
}  // namespace signalbox::nodes
