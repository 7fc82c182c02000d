#include <gtest/gtest.h>

#include "unit/nodes/node_harness.h"

namespace signalbox::nodes {
namespace {

const Value kCases =
    json(R"([{"when": "status >= 500", "port": "case1"}, {"when": "status >= 400", "port": "case2"}])");

Value ports(NodeHarness& harness, const Value& params, const Value& input) {
    auto result = harness.run("SwitchNode", params, Value::object({{"input", input}}));
    EXPECT_TRUE(result) << result.error().message;
    return result.value_or(Value::undefined());
}

TEST(SwitchNode, FirstMatchLeavesThroughOnePort) {
    NodeHarness harness;
    const Value params = Value::object({{"cases", kCases}});
    EXPECT_EQ(ports(harness, params, json(R"({"status": 503})")), json(R"({"case1": {"status": 503}})"));
    EXPECT_EQ(ports(harness, params, json(R"({"status": 404})")), json(R"({"case2": {"status": 404}})"));
    EXPECT_EQ(ports(harness, params, json(R"({"status": 200})")), json(R"({"default": {"status": 200}})"));
}

TEST(SwitchNode, AllMatchesLeavesThroughEveryPort) {
    NodeHarness harness;
    const Value params = Value::object({{"cases", kCases}, {"mode", "allMatches"}});
    EXPECT_EQ(ports(harness, params, json(R"({"status": 503})")),
              json(R"({"case1": {"status": 503}, "case2": {"status": 503}})"));
}

TEST(SwitchNode, AConditionThatFailsIsAnErrorAndNamesTheCase) {
    NodeHarness harness;
    const Error error = harness.error("SwitchNode", json(R"({"cases": [{"when": "'a' > 1", "port": "case1"}]})"),
                                      json(R"({"input": 1})"));
    EXPECT_EQ(error.code, "expression.evaluation");
    EXPECT_TRUE(error.where.starts_with("cases.0.when")) << error.where;
}

TEST(SwitchNode, RefusesPortsThatDoNotExist) {
    NodeHarness harness;
    const auto prepared =
        harness.registry().find("SwitchNode")->prepare(json(R"({"cases": [{"when": "true", "port": "case9"}]})"));
    ASSERT_FALSE(prepared);
    EXPECT_EQ(prepared.error().code, "params.invalid");
    EXPECT_EQ(prepared.error().where, "cases.0.port");
}

TEST(FlowNodes, HaveTheParametersThatTheEngineReads) {
    NodeHarness harness;
    const auto has = [&](const char* type, engine::Behaviour behaviour, std::initializer_list<const char*> names) {
        const engine::NodeManifest* manifest = harness.registry().manifest(type);
        ASSERT_NE(manifest, nullptr) << type;
        EXPECT_EQ(manifest->behaviour, behaviour) << type;
        for (const char* name : names)
            EXPECT_NE(manifest->paramsSchema["properties"].find(name), nullptr) << type << name;
    };
    has("MergeNode", engine::Behaviour::Merge, {"mode"});
    has("MapNode", engine::Behaviour::Map, {"concurrency", "onItemError", "node", "workflow", "version"});
    has("SubWorkflowNode", engine::Behaviour::SubWorkflow, {"workflow", "version"});
    has("DelayNode", engine::Behaviour::Delay, {"duration"});
    has("WaitForSignalNode", engine::Behaviour::WaitForSignal, {"signal", "timeout"});
    has("ApprovalNode", engine::Behaviour::Approval, {"prompt", "expiry"});
    EXPECT_TRUE(harness.registry().manifest("MergeNode")->input("input")->many);
    EXPECT_EQ(harness.registry().manifest("MapNode")->input("items")->type.toString(), "array<any>");
    EXPECT_FALSE(harness.registry().find("DelayNode")->prepare(json(R"({"duration": "1s"})")));
}

}  // namespace
}  // namespace signalbox::nodes
