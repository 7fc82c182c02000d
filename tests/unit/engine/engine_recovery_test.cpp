// What survives: the end of an engine, a store that fails for a while, damaged journals, another owner.
#include <atomic>

#include "engine/machine.h"
#include "engine_fixture.h"

namespace signalbox::test {

using namespace signalbox::engine;

class EngineRecovery : public EngineTest {};

TEST_F(EngineRecovery, TheNextEngineGoesOnWhereTheLastStopped) {
    std::atomic<int> firsts{0};
    functions_["first"] = [&](const NodeCall&) {
        ++firsts;
        return onOutput(1);
    };
    const RunId run = start(R"({"format":1,"id":"w","name":"w","version":1,
        "nodes":[{"id":"a","type":"EffectFnNode","params":{"fn":"first"}},{"id":"wait","type":"WaitForSignalNode","params":{"signal":"go"}},
                 {"id":"d","type":"DelayNode","params":{"duration":"50ms"}},{"id":"end","type":"FnNode"}],
        "edges":[{"from":"a.output","to":"wait.input"},{"from":"a.output","to":"d.input"},{"from":"wait.output","to":"end.input"}],
        "outputs":[{"name":"x","from":"end.output"}]})");
    EXPECT_TRUE(waitForNode("wait", NodeStatus::Waiting));
    stopEngine();
    startEngine();
    EXPECT_EQ(engine_->stats().runsRecovered + engine_->stats().activeRuns, engine_->stats().runsRecovered + 1);
    EXPECT_TRUE(await([&](auto done) { engine_->signal(run, "go", Value("still here"), "me", done); }));
    EXPECT_EQ(finish(run).status, RunStatus::Succeeded);
    EXPECT_EQ(snapshot(run).outputs["x"], Value("still here"));
    EXPECT_EQ(node(run, "d").status, NodeStatus::Succeeded);
    EXPECT_EQ(firsts.load(), 1);
}

TEST_F(EngineRecovery, AnEffectInFlightIsDoneOnceMoreAndSaysSo) {
    Gate running;
    std::atomic<int> times{0};
    std::mutex mutex;
    std::vector<std::string> keys;
    functions_["effect"] = [&](const NodeCall& call) -> NodeResult {
        {
            const std::lock_guard lock(mutex);
            keys.push_back(call.stepKey);
        }
        if (++times > 1) return onOutput(call.attempt);
        Gate stopped;
        const std::stop_callback onStop(call.stop, [&] { stopped.open(); });
        running.open();
        EXPECT_TRUE(stopped.wait());
        return fail("node.cancelled", "stopped");
    };
    const RunId run = start(R"({"format":1,"id":"w","name":"w","version":1,
        "nodes":[{"id":"a","type":"EffectFnNode","params":{"fn":"effect"}}],"outputs":[{"name":"x","from":"a.output"}]})");
    EXPECT_TRUE(running.wait());
    stopEngine();
    startEngine();
    EXPECT_EQ(finish(run).status, RunStatus::Succeeded);
    EXPECT_EQ(times.load(), 2);
    EXPECT_EQ(snapshot(run).outputs["x"], Value(2));
    EXPECT_EQ(keys[0], keys[1]) << "the step key must be the same for every attempt";
    int lost = 0;
    for (const Record& record : snapshot(run).journal) lost += record.kind == RecordKind::AttemptLost ? 1 : 0;
    EXPECT_EQ(lost, 1);
}

TEST_F(EngineRecovery, AStoreThatFailsForAWhileLosesNothing) {
    Gate begun;
    functions_["break-store"] = [this, &begun](const NodeCall&) {
        EXPECT_TRUE(begun.wait());  // a run that never came to be would be refused instead
        store_.failNextAppends({"store.no-space", "The disk is full", "/", "Free some space", true}, 2);
        return onOutput(5);
    };
    const RunId run = start(R"({"format":1,"id":"w","name":"w","version":1,
        "nodes":[{"id":"a","type":"CpuFnNode","params":{"fn":"break-store"}},{"id":"b","type":"EffectFnNode"}],
        "edges":[{"from":"a.output","to":"b.input"}],"outputs":[{"name":"x","from":"b.output"}]})");
    begun.open();
    EXPECT_EQ(finish(run).status, RunStatus::Succeeded);
    EXPECT_EQ(snapshot(run).outputs["x"], Value(5));
    const auto journal = store_.readJournal(run).value();
    for (std::size_t i = 0; i < journal.size(); ++i) EXPECT_EQ(journal[i].seq, i + 1);
}

TEST_F(EngineRecovery, AnEffectStartsOnlyWhenItsStartIsOnDisk) {
    std::atomic<bool> journalled{false};
    RunId run;
    Gate started;
    functions_["look"] = [&](const NodeCall& call) {
        const auto journal = store_.readJournal(*RunId::parse(call.runId)).value();
        for (const Record& record : journal) {
            if (record.kind == RecordKind::NodeStarted) journalled = true;
        }
        return onOutput(1);
    };
    run = start(
        R"({"format":1,"id":"w","name":"w","version":1,"nodes":[{"id":"a","type":"EffectFnNode","params":{"fn":"look"}}]})");
    EXPECT_EQ(finish(run).status, RunStatus::Succeeded);
    EXPECT_TRUE(journalled);
}

TEST_F(EngineRecovery, ARunWhoseWorkflowIsGoneIsSetAsideAndOthersGoOn) {
    const auto waiting = [](const std::string& id) {
        return R"({"format":1,"id":")" + id +
               R"(","name":"w","version":1,"nodes":[{"id":"w","type":"WaitForSignalNode","params":{"signal":"go"}}]})";
    };
    auto orphan = plan(waiting("orphan"));
    auto broken = std::make_shared<Plan>(*orphan);
    broken->workflowId = "never-stored";
    const RunId bad = start(broken);
    const RunId good = start(waiting("good"));
    EXPECT_TRUE(waitForNode("w", NodeStatus::Waiting, 2));
    stopEngine();
    startEngine();
    EXPECT_EQ(engine_->stats().runsQuarantined, 1U);
    EXPECT_EQ(store_.summary(bad).value()->status, RunStatus::Quarantined);
    EXPECT_TRUE(await([&](auto done) { engine_->signal(good, "go", Value(1), "me", done); }));
    EXPECT_EQ(finish(good).status, RunStatus::Succeeded);
}

TEST_F(EngineRecovery, TheJournalOfAFinishedRunReplaysToTheSameState) {
    functions_["half"] = [](const NodeCall& call) { return onOutput(call.input("input").asInteger() / 2); };
    const RunId run = start(R"({"format":1,"id":"w","name":"w","version":1,
        "nodes":[{"id":"s","type":"FnNode","params":{"value":64}},{"id":"h","type":"CpuFnNode","params":{"fn":"half"}},{"id":"e","type":"FnNode"}],
        "edges":[{"from":"s.output","to":"h.input"},{"from":"h.output","to":"h.input","loop":{"maxIterations":9,"convergeWhen":"$ < 5"}},
                 {"from":"h.output","to":"e.input"}],"outputs":[{"name":"x","from":"e.output"}]})");
    EXPECT_EQ(finish(run).status, RunStatus::Succeeded);
    const RunSnapshot end = snapshot(run);
    EXPECT_EQ(end.outputs["x"], Value(4));
    auto once = replay(*end.plan, end.journal);
    auto twice = replay(*end.plan, end.journal);
    ASSERT_TRUE(once);
    EXPECT_EQ(*once, *twice);
    EXPECT_EQ(once->outputs, end.outputs);
    auto gap = end.journal;
    gap.erase(gap.begin() + 1);
    EXPECT_EQ(replay(*end.plan, gap).error().code, "journal.gap");
}

TEST_F(EngineRecovery, ThePollOfAnotherOwnersRunSaysWhereItIs) {
    const RunId run = start(
        R"({"format":1,"id":"w","name":"w","version":1,"nodes":[{"id":"w","type":"WaitForSignalNode","params":{"signal":"go"}}]})");
    EXPECT_TRUE(waitForNode("w", NodeStatus::Waiting));
    EnginePorts ports;
    ports.clock = &clock_;
    ports.random = &random_;
    ports.runs = &store_;
    ports.workflows = &store_;
    ports.registry = &registry_;
    Engine other(ports, {.threads = 1, .workspace = {}, .owner = {}});
    EXPECT_EQ(await([&](auto done) { other.signal(run, "go", Value(1), "me", done); }).error().code,
              "run.owned-elsewhere");
}

}  // namespace signalbox::test
