// What people and programs do to a run: cancel, pause, signal, approve, rerun, keys, priority, limits.
#include <atomic>

#include "engine_fixture.h"

namespace signalbox::test {

using namespace signalbox::engine;

class EngineControl : public EngineTest {
protected:
    static std::string waiting(const std::string& node) {
        return R"({"format":1,"id":"w","name":"w","version":1,"nodes":[{"id":"s","type":"FnNode","params":{"value":7}},{"id":"wait",)" +
               node +
               R"(},{"id":"end","type":"FnNode"}],"edges":[{"from":"s.output","to":"wait.input"},{"from":"wait.output","to":"end.input"}],
               "outputs":[{"name":"x","from":"end.output"}]})";
    }
    static constexpr const char* kSignal = R"("type":"WaitForSignalNode","params":{"signal":"go"})";
    static constexpr const char* kApproval = R"({"format":1,"id":"w","name":"w","version":1,
        "nodes":[{"id":"s","type":"FnNode","params":{"value":7}},{"id":"ask","type":"ApprovalNode","params":{"prompt":"Ship it?"}},
                 {"id":"yes","type":"FnNode"},{"id":"no","type":"FnNode"}],
        "edges":[{"from":"s.output","to":"ask.input"},{"from":"ask.approved","to":"yes.input"},{"from":"ask.rejected","to":"no.input"}],
        "outputs":[{"name":"yes","from":"yes.output"},{"name":"no","from":"no.output"}]})";
};

TEST_F(EngineControl, ASignalArrivesBeforeOrAfterItIsAwaited) {
    const RunId after = start(waiting(kSignal));
    EXPECT_TRUE(waitForNode("wait", NodeStatus::Waiting));
    EXPECT_EQ(snapshot(after).summary.status, RunStatus::Waiting);
    EXPECT_TRUE(await([&](auto done) { engine_->signal(after, "other", Value(0), "me", done); }));
    EXPECT_TRUE(await([&](auto done) { engine_->signal(after, "go", Value(1), "me", done); }));
    EXPECT_EQ(finish(after).status, RunStatus::Succeeded);
    EXPECT_EQ(snapshot(after).outputs["x"], Value(1));

    const RunId before = start(R"({"format":1,"id":"v","name":"v","version":1,
        "nodes":[{"id":"d","type":"WaitForSignalNode","params":{"signal":"first"}},{"id":"wait","type":"WaitForSignalNode","params":{"signal":"go"}}],
        "edges":[{"from":"d.output","to":"wait.input"}],"outputs":[{"name":"x","from":"wait.output"}]})");
    EXPECT_TRUE(await([&](auto done) { engine_->signal(before, "go", Value("kept"), "me", done); }));
    EXPECT_TRUE(await([&](auto done) { engine_->signal(before, "first", Value(), "me", done); }));
    EXPECT_EQ(finish(before).status, RunStatus::Succeeded);
    EXPECT_EQ(snapshot(before).outputs["x"], Value("kept"));
}

TEST_F(EngineControl, ASignalThatDoesNotComeInTimeFails) {
    EXPECT_EQ(
        finish(start(waiting(R"("type":"WaitForSignalNode","params":{"signal":"go","timeout":"20ms"})"))).errorCode,
        "signal.timeout");
}

TEST_F(EngineControl, TerminatingWaitsForNothing) {
    const RunId run = start(waiting(kSignal));
    EXPECT_TRUE(waitForNode("wait", NodeStatus::Waiting));
    EXPECT_TRUE(await([&](auto done) { engine_->terminate(run, "ada", "enough", done); }));
    const auto ended = finish(run);
    EXPECT_EQ(ended.status, RunStatus::Cancelled);
    EXPECT_EQ(ended.errorCode, "run.terminated");
    EXPECT_EQ(await([&](auto done) { engine_->terminate(run, "ada", "", done); }).error().code, "run.finished");
}

TEST_F(EngineControl, AnApprovalRecordsWhoAndWhy) {
    const RunId yes = start(kApproval);
    EXPECT_TRUE(waitForNode("ask", NodeStatus::Waiting));
    EXPECT_TRUE(await([&](auto done) { engine_->decide(yes, "ask", true, "ada", "looks good", done); }));
    EXPECT_EQ(finish(yes).status, RunStatus::Succeeded);
    const Value decision = snapshot(yes).outputs["yes"];
    EXPECT_EQ(decision["by"], Value("ada"));
    EXPECT_EQ(decision["comment"], Value("looks good"));
    EXPECT_EQ(decision["input"], Value(7));
    EXPECT_EQ(node(yes, "no").status, NodeStatus::Skipped);

    const RunId no = start(kApproval);
    EXPECT_TRUE(waitForNode("ask", NodeStatus::Waiting, 2));
    EXPECT_EQ(await([&](auto done) { engine_->decide(no, "yes", true, "ada", "", done); }).error().code,
              "run.not-waiting");
    EXPECT_EQ(await([&](auto done) { engine_->decide(no, "nobody", true, "ada", "", done); }).error().code,
              "run.node-not-found");
    EXPECT_TRUE(await([&](auto done) { engine_->decide(no, "ask", false, "bob", "", done); }));
    EXPECT_EQ(finish(no).status, RunStatus::Succeeded);
    EXPECT_EQ(snapshot(no).outputs["no"]["by"], Value("bob"));
}

TEST_F(EngineControl, AnApprovalExpires) {
    EXPECT_EQ(finish(start(R"({"format":1,"id":"w","name":"w","version":1,
        "nodes":[{"id":"ask","type":"ApprovalNode","params":{"prompt":"?","expiry":"20ms"}}]})"))
                  .errorCode,
              "approval.expired");
}

TEST_F(EngineControl, CancelStopsWhatRunsAndSaysWhy) {
    Gate running;
    Gate stopped;
    functions_["block"] = [&](const NodeCall& call) {
        const std::stop_callback onStop(call.stop, [&] { stopped.open(); });
        running.open();
        EXPECT_TRUE(stopped.wait());
        return NodeResult(fail("node.cancelled", "stopped"));
    };
    const RunId run = start(
        R"({"format":1,"id":"w","name":"w","version":1,"nodes":[{"id":"a","type":"EffectFnNode","params":{"fn":"block"}}]})");
    EXPECT_TRUE(running.wait());
    EXPECT_TRUE(await([&](auto done) { engine_->cancel(run, "ada", "wrong file", done); }));
    const RunSummary summary = finish(run);
    EXPECT_EQ(summary.status, RunStatus::Cancelled);
    EXPECT_EQ(summary.errorMessage, "Cancelled by ada");
    EXPECT_EQ(node(run, "a").status, NodeStatus::Cancelled);
    EXPECT_EQ(await([&](auto done) { engine_->cancel(run, "ada", "", done); }).error().code, "run.finished");
    EXPECT_EQ(await([&](auto done) { engine_->cancel(RunId::make(clock_, random_), "ada", "", done); }).error().code,
              "run.not-found");
}

TEST_F(EngineControl, APausedRunStartsNothingNew) {
    Gate running;
    Gate go;
    std::atomic<bool> second{false};
    functions_["first"] = [&](const NodeCall&) {
        running.open();
        EXPECT_TRUE(go.wait());
        return onOutput(1);
    };
    functions_["second"] = [&](const NodeCall&) {
        second = true;
        return onOutput(2);
    };
    const RunId run = start(R"({"format":1,"id":"w","name":"w","version":1,
        "nodes":[{"id":"a","type":"CpuFnNode","params":{"fn":"first"}},{"id":"b","type":"CpuFnNode","params":{"fn":"second"}}],
        "edges":[{"from":"a.output","to":"b.input"}]})");
    EXPECT_TRUE(running.wait());
    EXPECT_TRUE(await([&](auto done) { engine_->pause(run, "ada", done); }));
    go.open();
    EXPECT_TRUE(waitForNode("b", NodeStatus::Ready));
    EXPECT_FALSE(second);
    EXPECT_EQ(snapshot(run).summary.status, RunStatus::Paused);
    EXPECT_TRUE(await([&](auto done) { engine_->resume(run, "ada", done); }));
    EXPECT_EQ(finish(run).status, RunStatus::Succeeded);
    EXPECT_TRUE(second);
}

class EngineRerun : public EngineTest {
protected:
    EngineRerun() {
        for (const char* name : {"a", "b", "c"}) {
            functions_[name] = [this, name](const NodeCall& call) -> NodeResult {
                ++calls_[name];
                if (name == std::string("b") && broken_) return fail("t.broken", "broken");
                return onOutput(std::string(call.input("input").asString()) + name);
            };
        }
    }
    static constexpr const char* kChain =
        R"({"format":1,"id":"w","name":"w","version":1,"inputs":[{"name":"t","default":"-"}],
        "nodes":[{"id":"a","type":"FnNode","params":{"fn":"a"}},{"id":"b","type":"FnNode","params":{"fn":"b"}},{"id":"c","type":"FnNode","params":{"fn":"c"}}],
        "edges":[{"from":"$inputs.t","to":"a.input"},{"from":"a.output","to":"b.input"},{"from":"b.output","to":"c.input"}],
        "outputs":[{"name":"x","from":"c.output"}]})";
    std::map<std::string, std::atomic<int>> calls_;
    std::atomic<bool> broken_{false};
};

TEST_F(EngineRerun, OnlyWhatFailedRunsAgain) {
    broken_ = true;
    const RunId failed = start(kChain);
    EXPECT_EQ(finish(failed).status, RunStatus::Failed);
    broken_ = false;
    const RunId again =
        rerun({.run = failed, .mode = RerunRequest::Mode::FailedOnly, .node = {}, .inputs = {}, .startedBy = "ada"});
    EXPECT_EQ(finish(again).status, RunStatus::Succeeded);
    EXPECT_EQ(snapshot(again).outputs["x"], Value("-abc"));
    EXPECT_EQ(calls_["a"], 1);
    EXPECT_EQ(node(again, "a").status, NodeStatus::Reused);
    EXPECT_EQ(snapshot(again).summary.rerunOf, failed);
}

TEST_F(EngineRerun, FromANodeKeepsWhatComesBefore) {
    const RunId first = start(kChain);
    EXPECT_EQ(finish(first).status, RunStatus::Succeeded);
    const RunId again =
        rerun({.run = first, .mode = RerunRequest::Mode::FromNode, .node = "b", .inputs = {}, .startedBy = "ada"});
    EXPECT_EQ(finish(again).status, RunStatus::Succeeded);
    EXPECT_EQ(calls_["a"], 1);
    EXPECT_EQ(calls_["b"], 2);
    EXPECT_EQ(calls_["c"], 2);
}

TEST_F(EngineRerun, EditedInputsRunWhatReadsThem) {
    const RunId first = start(kChain);
    EXPECT_EQ(finish(first).status, RunStatus::Succeeded);
    const RunId again = rerun({.run = first,
                               .mode = RerunRequest::Mode::FromNode,
                               .node = "c",
                               .inputs = Value::object({{"t", Value("+")}}),
                               .startedBy = "ada"});
    EXPECT_EQ(finish(again).status, RunStatus::Succeeded);
    EXPECT_EQ(snapshot(again).outputs["x"], Value("+abc"));
}

TEST_F(EngineControl, AnIdempotencyKeyStartsOnce) {
    const auto p = plan(R"({"format":1,"id":"w","name":"w","version":1,"nodes":[{"id":"a","type":"FnNode"}]})");
    const auto keyed = [&](std::string key) {
        return tryStart(
            {.plan = p, .inputs = Value::object(), .idempotencyKey = std::move(key), .priority = 0, .startedBy = "t"});
    };
    const auto first = keyed("order-1");
    ASSERT_TRUE(first);
    finish(*first);
    EXPECT_EQ(keyed("order-1").value(), *first);
    EXPECT_NE(keyed("order-2").value(), *first);
    EXPECT_EQ(keyed("").error().code, "run.idempotency-key-empty");
}

TEST_F(EngineControl, WrongInputsAreRefusedBeforeAnythingRuns) {
    const auto p = plan(
        R"({"format":1,"id":"w","name":"w","version":1,"inputs":[{"name":"count","type":"integer","required":true}],
        "nodes":[{"id":"a","type":"FnNode"}],"edges":[{"from":"$inputs.count","to":"a.input"}]})");
    const auto with = [&](Value inputs) {
        return tryStart(
            {.plan = p, .inputs = std::move(inputs), .idempotencyKey = {}, .priority = 0, .startedBy = "t"});
    };
    EXPECT_EQ(with(Value::object()).error().code, "run.input-missing");
    EXPECT_EQ(with(Value::object({{"count", Value("3")}})).error().code, "run.input-type");
    const auto unknown = with(Value::object({{"count", Value(3)}, {"cuont", Value(3)}}));
    EXPECT_EQ(unknown.error().code, "run.input-unknown");
    EXPECT_EQ(unknown.error().hint, "Did you mean 'count'?");
    EXPECT_EQ(store_.list({}).value().total, 0U);
}

TEST_F(EngineControl, AWorkflowsLimitQueuesByPriority) {
    Gate go;
    std::mutex mutex;
    std::vector<std::string> order;
    functions_["note"] = [&](const NodeCall& call) {
        EXPECT_TRUE(go.wait());
        const std::lock_guard lock(mutex);
        order.push_back(std::string(call.runInputs["name"].asString()));
        return onOutput(1);
    };
    const auto p = plan(R"({"format":1,"id":"w","name":"w","version":1,"maxParallelRuns":1,"inputs":[{"name":"name"}],
        "nodes":[{"id":"a","type":"CpuFnNode","params":{"fn":"note"}}]})");
    std::vector<RunId> runs;
    for (const auto& [name, priority] :
         std::vector<std::pair<std::string, int>>{{"first", 0}, {"low", 1}, {"high", 9}}) {
        runs.push_back(tryStart({.plan = p,
                                 .inputs = Value::object({{"name", Value(name)}}),
                                 .idempotencyKey = {},
                                 .priority = priority,
                                 .startedBy = "t"})
                           .value());
    }
    EXPECT_EQ(engine_->stats().activeRuns, 1U);
    EXPECT_EQ(engine_->stats().queuedRuns, 2U);
    EXPECT_EQ(snapshot(runs[1]).summary.status, RunStatus::Queued);
    go.open();
    for (const RunId run : runs) EXPECT_EQ(finish(run).status, RunStatus::Succeeded);
    EXPECT_EQ(order, (std::vector<std::string>{"first", "high", "low"}));
}

TEST_F(EngineControl, IntakeStopsWhenTheDiskIsNearlyFull) {
    store_.setIntake(fail("store.watermark", "12 MB are free, 512 MB are kept", "/var", "Free some space", true));
    const auto p = plan(R"({"format":1,"id":"w","name":"w","version":1,"nodes":[{"id":"a","type":"FnNode"}]})");
    EXPECT_EQ(tryStart({.plan = p, .inputs = Value::object(), .idempotencyKey = {}, .priority = 0, .startedBy = "t"})
                  .error()
                  .code,
              "store.watermark");
}

TEST_F(EngineControl, WhoeverWaitsHearsThatTheEngineStops) {
    const RunId run = start(waiting(kSignal));
    EXPECT_TRUE(waitForNode("wait", NodeStatus::Waiting));
    std::string code;
    engine_->whenFinished(run, [&](Result<RunSummary> end) { code = end ? "ended" : end.error().code; });
    EXPECT_EQ(code, "");
    stopEngine();
    EXPECT_EQ(code, "engine.stopping");
}

TEST_F(EngineControl, EveryCallIsAnsweredWhenTheEngineStops) {
    const RunId run = start(waiting(kSignal));
    EXPECT_TRUE(waitForNode("wait", NodeStatus::Waiting));
    constexpr int kCalls = 200;
    std::atomic<int> answered{0};
    for (int i = 0; i < kCalls; ++i) {
        engine_->signal(run, "other", Value(i), "me", [&](Status status) {
            EXPECT_TRUE(status || status.error().code == "engine.stopping") << status.error().code;
            ++answered;
        });
    }
    stopEngine();
    EXPECT_EQ(answered, kCalls);
}

TEST_F(EngineControl, ListsWhatWaitsAndGathersInputsOnlyWhenAsked) {
    const RunId run = start(waiting(kSignal));
    EXPECT_TRUE(waitForNode("wait", NodeStatus::Waiting));
    const auto pending = engine_->pending();
    ASSERT_EQ(pending.size(), 1U);
    EXPECT_EQ(pending[0].run, run);
    EXPECT_EQ(pending[0].node, "wait");
    EXPECT_EQ(pending[0].signal, "go");
    EXPECT_FALSE(pending[0].isApproval);
    const auto lean = engine_->snapshot(run).value();
    EXPECT_TRUE(lean.journal.empty());
    for (const NodeSnapshot& node : lean.nodes) EXPECT_TRUE(node.inputs.isUndefined());
    EXPECT_TRUE(engine_->node(run, "wait").value().inputs.isObject());
    EXPECT_EQ(engine_->node(run, "nobody").error().code, "run.node-not-found");
    EXPECT_TRUE(engine_->has(run));
}

}  // namespace signalbox::test
