// What a workflow means when it runs: branches, conditions, joins, loops, maps, sub-workflows.
#include <atomic>

#include "engine_fixture.h"

namespace signalbox::test {

using namespace signalbox::engine;

class EngineFlow : public EngineTest {};

TEST_F(EngineFlow, BranchesRunAtTheSameTimeAndJoin) {
    // Each branch waits for the other: they only end when both are running.
    Gate left;
    Gate right;
    functions_["left"] = [&](const NodeCall&) {
        left.open();
        return right.wait() ? NodeResult(onOutput(1)) : NodeResult(fail("t", "alone"));
    };
    functions_["right"] = [&](const NodeCall&) {
        right.open();
        return left.wait() ? NodeResult(onOutput(2)) : NodeResult(fail("t", "alone"));
    };
    functions_["sum"] = [](const NodeCall& call) {
        std::int64_t sum = 0;
        for (const Value& item : call.input("more").items()) sum += item.asInteger();
        return onOutput(sum);
    };
    const Value outputs = outputsOf(R"({"format":1,"id":"w","name":"w","version":1,
        "nodes":[{"id":"s","type":"FnNode","params":{"value":0}},{"id":"l","type":"CpuFnNode","params":{"fn":"left"}},
                 {"id":"r","type":"CpuFnNode","params":{"fn":"right"}},{"id":"j","type":"FnNode","params":{"fn":"sum"}}],
        "edges":[{"from":"s.output","to":"l.input"},{"from":"s.output","to":"r.input"},
                 {"from":"l.output","to":"j.more"},{"from":"r.output","to":"j.more"}],
        "outputs":[{"name":"sum","from":"j.output"}]})");
    EXPECT_EQ(outputs["sum"], Value(3));
}

TEST_F(EngineFlow, ConditionsDecideWhichWiresCarry) {
    const std::string json =
        R"({"format":1,"id":"w","name":"w","version":1,"inputs":[{"name":"n","type":"integer","required":true}],
        "nodes":[{"id":"s","type":"FnNode"},{"id":"big","type":"FnNode"},{"id":"small","type":"FnNode"},{"id":"after","type":"FnNode"}],
        "edges":[{"from":"$inputs.n","to":"s.input"},{"from":"s.output","to":"big.input","when":"$ > 10"},
                 {"from":"s.output","to":"small.input","when":"$ <= 10"},{"from":"big.output","to":"after.input"}],
        "outputs":[{"name":"big","from":"big.output"},{"name":"small","from":"small.output"}]})";
    const RunId run = start(json, Value::object({{"n", Value(3)}}));
    EXPECT_EQ(finish(run).status, RunStatus::Succeeded);
    EXPECT_EQ(snapshot(run).outputs, Value::object({{"small", Value(3)}}));
    EXPECT_EQ(node(run, "big").status, NodeStatus::Skipped);
    EXPECT_EQ(node(run, "after").status, NodeStatus::Skipped);
    EXPECT_EQ(outputsOf(json, Value::object({{"n", Value(30)}})), Value::object({{"big", Value(30)}}));
}

TEST_F(EngineFlow, AConditionThatCannotBeEvaluatedFailsTheRunAndNamesTheWire) {
    const RunId run = start(R"({"format":1,"id":"w","name":"w","version":1,
        "nodes":[{"id":"a","type":"FnNode","params":{"value":"text"}},{"id":"b","type":"FnNode"}],
        "edges":[{"from":"a.output","to":"b.input","when":"$ - 1 > 0"}]})");
    const RunSummary summary = finish(run);
    EXPECT_EQ(summary.status, RunStatus::Failed);
    EXPECT_EQ(summary.errorCode, "edge.condition");
    EXPECT_EQ(snapshot(run).error["where"], Value("a.output -> b.input"));
}

TEST_F(EngineFlow, SwitchSendsTheValueOneWay) {
    const Value outputs = outputsOf(R"({"format":1,"id":"w","name":"w","version":1,
        "nodes":[{"id":"s","type":"SwitchNode","params":{"cases":[{"when":"$ = 1","port":"case1"},{"when":"$ = 2","port":"case2"}]}},
                 {"id":"c","type":"FnNode","params":{"value":2}},{"id":"one","type":"FnNode"},{"id":"two","type":"FnNode"}],
        "edges":[{"from":"c.output","to":"s.input"},{"from":"s.case1","to":"one.input"},{"from":"s.case2","to":"two.input"}],
        "outputs":[{"name":"one","from":"one.output"},{"name":"two","from":"two.output"}]})");
    EXPECT_EQ(outputs, Value::object({{"two", Value(2)}}));
}

std::string mergeWorkflow(const std::string& mode) {
    return R"({"format":1,"id":"w","name":"w","version":1,
        "nodes":[{"id":"fast","type":"FnNode","params":{"value":"fast"}},{"id":"slow","type":"CpuFnNode","params":{"fn":"slow"}},
                 {"id":"m","type":"MergeNode","params":{"mode":")" +
           mode + R"("}},{"id":"end","type":"FnNode"}],
        "edges":[{"from":"fast.output","to":"m.input"},{"from":"slow.output","to":"m.input"},{"from":"m.output","to":"end.input"}],
        "outputs":[{"name":"merged","from":"end.output"}]})";
}

TEST_F(EngineFlow, MergeWaitAllGathersInWireOrder) {
    functions_["slow"] = [](const NodeCall&) { return onOutput("slow"); };
    EXPECT_EQ(outputsOf(mergeWorkflow("waitAll"))["merged"], Value::array({Value("fast"), Value("slow")}));
}

TEST_F(EngineFlow, MergeWaitAnyGoesOnWithTheFirstAndLetsTheOthersEnd) {
    Gate merged;
    functions_["slow"] = [&](const NodeCall&) {
        return merged.wait() ? NodeResult(onOutput("slow")) : NodeResult(fail("t", "never"));
    };
    const RunId run = start(mergeWorkflow("waitAny"));
    EXPECT_TRUE(waitForNode("end", NodeStatus::Succeeded));
    merged.open();
    EXPECT_EQ(finish(run).status, RunStatus::Succeeded);
    EXPECT_EQ(snapshot(run).outputs["merged"], Value("fast"));
    EXPECT_EQ(node(run, "slow").status, NodeStatus::Succeeded);
}

TEST_F(EngineFlow, MergeFirstStopsTheLosers) {
    Gate stopped;
    functions_["slow"] = [&](const NodeCall& call) {
        const std::stop_callback onStop(call.stop, [&] { stopped.open(); });
        return stopped.wait() ? NodeResult(fail("node.cancelled", "stopped")) : NodeResult(onOutput("slow"));
    };
    const RunId run = start(mergeWorkflow("first"));
    EXPECT_EQ(finish(run).status, RunStatus::Succeeded);
    EXPECT_TRUE(stopped.wait());
    EXPECT_EQ(snapshot(run).outputs["merged"], Value("fast"));
    EXPECT_EQ(node(run, "slow").status, NodeStatus::Cancelled);
}

std::string loopWorkflow(const std::string& loop) {
    return R"({"format":1,"id":"w","name":"w","version":1,
        "nodes":[{"id":"s","type":"FnNode","params":{"value":1}},{"id":"a","type":"FnNode","params":{"fn":"double"}},
                 {"id":"b","type":"FnNode","params":{"fn":"inc"}},{"id":"end","type":"FnNode"}],
        "edges":[{"from":"s.output","to":"a.input"},{"from":"a.output","to":"b.input"},{"from":"b.output","to":"end.input"},
                 {"from":"b.output","to":"a.input","loop":)" +
           loop + R"(}],
        "outputs":[{"name":"x","from":"end.output"}]})";
}

class EngineLoops : public EngineTest {
protected:
    EngineLoops() {
        functions_["double"] = [](const NodeCall& call) { return onOutput(call.input("input").asInteger() * 2); };
        functions_["inc"] = [](const NodeCall& call) { return onOutput(call.input("input").asInteger() + 1); };
    }
};

TEST_F(EngineLoops, GoRoundUntilTheyConverge) {
    // 1 -> 3 -> 7 -> 15
    const RunId run = start(loopWorkflow(R"({"maxIterations":10,"convergeWhen":"$ > 10"})"));
    EXPECT_EQ(finish(run).status, RunStatus::Succeeded);
    EXPECT_EQ(snapshot(run).outputs["x"], Value(15));
    EXPECT_EQ(node(run, "a").generation, 2U);
    EXPECT_EQ(node(run, "end").generation, 0U);
}

TEST_F(EngineLoops, WithoutAConditionGoRoundExactlySoOften) {
    EXPECT_EQ(outputsOf(loopWorkflow(R"({"maxIterations":3})"))["x"], Value(15));
}

TEST_F(EngineLoops, ThatDoNotConvergeFailUnlessToldToGoOn) {
    const RunSummary summary = finish(start(loopWorkflow(R"({"maxIterations":2,"convergeWhen":"$ > 1000"})")));
    EXPECT_EQ(summary.errorCode, "loop.not-converged");
    EXPECT_EQ(summary.errorNode, "b");
    EXPECT_EQ(outputsOf(loopWorkflow(R"({"maxIterations":2,"convergeWhen":"$ > 1000","atLimit":"continue"})"))["x"],
              Value(7));
}

TEST_F(EngineLoops, AnErrorInTheConditionIsNeverConverged) {
    const RunId run = start(loopWorkflow(R"({"maxIterations":5,"convergeWhen":"$uppercase($) = 'X'"})"));
    const RunSummary summary = finish(run);
    EXPECT_EQ(summary.status, RunStatus::Failed);
    EXPECT_EQ(summary.errorCode, "loop.condition");
    EXPECT_EQ(snapshot(run).error["where"], Value("b.output -> a.input"));
}

TEST_F(EngineFlow, SubWorkflowRunsAsPinned) {
    const std::string child =
        R"({"format":1,"id":"child","name":"c","version":1,"inputs":[{"name":"n","required":true}],
        "nodes":[{"id":"x","type":"TransformNode","params":{"expression":"$ * )";
    const std::string rest =
        R"("}}],"edges":[{"from":"$inputs.n","to":"x.input"}],"outputs":[{"name":"n","from":"x.output"}]})";
    ASSERT_TRUE(plan(child + "2" + rest));
    ASSERT_TRUE(plan(child + "100" + rest));  // version 2; the parent stays with 1
    const std::string parent = R"({"format":1,"id":"w","name":"w","version":1,
        "nodes":[{"id":"in","type":"FnNode","params":{"value":{"n":21}}},{"id":"sub","type":"SubWorkflowNode","params":{"workflow":"child","version":1}}],
        "edges":[{"from":"in.output","to":"sub.inputs"}],"outputs":[{"name":"r","from":"sub.output"}]})";
    const RunId run = start(parent);
    EXPECT_EQ(finish(run).status, RunStatus::Succeeded);
    EXPECT_EQ(snapshot(run).outputs["r"], Value::object({{"n", Value(42)}}));
    RunFilter children;
    children.workflowId = "child";
    const auto page = store_.list(children).value();
    ASSERT_EQ(page.runs.size(), 1U);
    EXPECT_EQ(page.runs[0].parent, run);
}

std::string mapWorkflow(const std::string& params) {
    return R"({"format":1,"id":"w","name":"w","version":1,"inputs":[{"name":"items","required":true}],
        "nodes":[{"id":"m","type":"MapNode","params":)" +
           params + R"(}],"edges":[{"from":"$inputs.items","to":"m.items"}],
        "outputs":[{"name":"out","from":"m.output"},{"name":"errors","from":"m.errors"}]})";
}

Value numbers(int count) {
    ArrayBuilder items;
    for (int i = 0; i < count; ++i) items.push(i);
    return Value::object({{"items", std::move(items).build()}});
}

TEST_F(EngineFlow, MapKeepsTheOrderAndTheLimit) {
    std::atomic<int> running{0};
    std::atomic<int> most{0};
    functions_["square"] = [&](const NodeCall& call) {
        const int now = ++running;
        int seen = most.load();
        while (seen < now && !most.compare_exchange_weak(seen, now)) {
        }
        const std::int64_t n = call.input("input").asInteger();
        --running;
        return onOutput(n * n);
    };
    const Value outputs = outputsOf(
        mapWorkflow(R"({"concurrency":3,"node":{"type":"CpuFnNode","params":{"fn":"square"}}})"), numbers(200));
    ASSERT_EQ(outputs["out"].size(), 200U);
    for (int i = 0; i < 200; ++i) EXPECT_EQ(outputs["out"].at(static_cast<std::size_t>(i)), Value(i * i));
    EXPECT_LE(most.load(), 3);
    EXPECT_GE(most.load(), 1);
}

TEST_F(EngineFlow, MapTreatsFailedItemsAsTold) {
    functions_["odd"] = [](const NodeCall& call) {
        const std::int64_t n = call.input("input").asInteger();
        return n % 2 == 1 ? NodeResult(onOutput(n)) : NodeResult(fail("t.even", "even"));
    };
    const auto map = [&](const std::string& policy) {
        return mapWorkflow(R"({"onItemError":")" + policy + R"(","node":{"type":"FnNode","params":{"fn":"odd"}}})");
    };
    EXPECT_EQ(outputsOf(map("null"), numbers(4))["out"], Value::array({Value(), Value(1), Value(), Value(3)}));
    EXPECT_EQ(outputsOf(map("skip"), numbers(4))["out"], Value::array({Value(1), Value(3)}));
    const Value collected = outputsOf(map("collect"), numbers(4));
    EXPECT_EQ(collected["out"], Value::array({Value(1), Value(3)}));
    ASSERT_EQ(collected["errors"].size(), 2U);
    EXPECT_EQ(collected["errors"].at(1)["index"], Value(2));
    const RunSummary failed = finish(start(map("fail"), numbers(4)));
    EXPECT_EQ(failed.status, RunStatus::Failed);
    EXPECT_EQ(failed.errorCode, "t.even");
    EXPECT_EQ(outputsOf(map("fail"), numbers(0))["out"], Value::array());
}

TEST_F(EngineFlow, AWrongTypeIsRefusedWhereItArrives) {
    const RunSummary summary = finish(
        start(mapWorkflow(R"({"node":{"type":"FnNode","params":{}}})"), Value::object({{"items", Value("no array")}})));
    EXPECT_EQ(summary.errorCode, "node.input-type");
}

TEST_F(EngineFlow, ParametersMayBeExpressions) {
    const Value outputs =
        outputsOf(R"({"format":1,"id":"w","name":"w","version":1,"inputs":[{"name":"who","default":"you"}],
        "nodes":[{"id":"c","type":"ConstantNode","params":{"value":{"greeting":{"$expr":"'hello ' & inputs.who"}}}}],
        "outputs":[{"name":"o","from":"c.output"}]})");
    EXPECT_EQ(outputs["o"]["greeting"], Value("hello you"));
}

TEST_F(EngineFlow, ItemsHaveParametersOfTheirOwn) {
    const std::string params = R"({"node":{"type":"ConstantNode","params":{"value":{"$expr":"input.input * 10"}}}})";
    EXPECT_EQ(outputsOf(mapWorkflow(params), numbers(3))["out"], Value::array({Value(0), Value(10), Value(20)}));
}

TEST_F(EngineFlow, APortsSchemaIsCheckedWhenTheValueArrives) {
    const auto send = [this](Value value) {
        return finish(start(R"({"format":1,"id":"w","name":"w","version":1,"inputs":[{"name":"v"}],
            "nodes":[{"id":"a","type":"PositiveFnNode"}],"edges":[{"from":"$inputs.v","to":"a.input"}]})",
                            Value::object({{"v", std::move(value)}})));
    };
    EXPECT_EQ(send(Value(3)).status, RunStatus::Succeeded);
    EXPECT_EQ(send(Value(-3)).errorCode, "node.input-schema");
}

}  // namespace signalbox::test
