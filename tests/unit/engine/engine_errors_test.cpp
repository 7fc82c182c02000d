// What failure does: retries, timeouts, routes, tables, undoing.
#include <atomic>
#include <future>

#include "engine_fixture.h"

namespace signalbox::test {

using namespace signalbox::engine;

class EngineErrors : public EngineTest {
protected:
    /// Fails the first `failures` times with `code`, then gives the number of the attempt.
    void failing(const std::string& name, int failures, const std::string& code = "t.flaky", bool retryable = true) {
        functions_[name] = [this, name, failures, code, retryable](const NodeCall&) -> NodeResult {
            const int call = ++calls_[name];
            if (call <= failures) return fail(code, "as told", {}, {}, retryable);
            return onOutput(call);
        };
    }
    static std::string single(const std::string& node, const std::string& rest = "") {
        return R"({"format":1,"id":"w","name":"w","version":1,"nodes":[{"id":"a","type":"CpuFnNode",)" + node +
               R"(}],"outputs":[{"name":"x","from":"a.output"}])" + rest + "}";
    }
    std::map<std::string, std::atomic<int>> calls_;
};

TEST_F(EngineErrors, RetriesWithBackoffUntilItSucceeds) {
    failing("f", 2);
    const RunId run = start(single(R"("params":{"fn":"f"},"retry":{"maxAttempts":3,"backoff":"20ms","multiplier":2})"));
    EXPECT_EQ(finish(run).status, RunStatus::Succeeded);
    const NodeSnapshot a = node(run, "a");
    EXPECT_EQ(a.attempt, 3U);
    EXPECT_GE(a.finishedWall - a.startedWall, 60'000);  // 20 ms and 40 ms
    EXPECT_TRUE(waitForNode("a", NodeStatus::Backoff, 2));
}

TEST_F(EngineErrors, RetriesOnlyWhatIsRetryableOrNamed) {
    failing("hard", 1, "t.hard", false);
    EXPECT_EQ(finish(start(single(R"("params":{"fn":"hard"},"retry":{"maxAttempts":3,"backoff":"1ms"})"))).errorCode,
              "t.hard");
    failing("named", 1, "t.named", false);
    EXPECT_EQ(outputsOf(single(
                  R"("params":{"fn":"named"},"retry":{"maxAttempts":2,"backoff":"1ms","retryOn":["t.*"]})"))["x"],
              Value(2));
    failing("other", 1, "u.other", true);
    EXPECT_EQ(
        finish(start(single(R"("params":{"fn":"other"},"retry":{"maxAttempts":2,"backoff":"1ms","retryOn":["t.*"]})")))
            .errorCode,
        "u.other");
}

TEST_F(EngineErrors, AnAttemptThatTakesTooLongIsStoppedAndTriedAgain) {
    Gate stopped;
    functions_["slow"] = [&](const NodeCall& call) -> NodeResult {
        if (call.attempt == 2) return onOutput("second");
        const std::stop_callback onStop(call.stop, [&] { stopped.open(); });
        EXPECT_TRUE(stopped.wait());
        return onOutput("late");
    };
    const RunId run = start(
        single(R"("params":{"fn":"slow"},"timeout":{"attempt":"30ms"},"retry":{"maxAttempts":2,"backoff":"1ms"})"));
    EXPECT_EQ(finish(run).status, RunStatus::Succeeded);
    EXPECT_EQ(snapshot(run).outputs["x"], Value("second"));
}

TEST_F(EngineErrors, TheTotalTimeoutEndsAllRetries) {
    failing("f", 1000);
    const RunSummary summary = finish(start(single(
        R"("params":{"fn":"f"},"timeout":{"total":"60ms"},"retry":{"maxAttempts":1000,"backoff":"10ms","multiplier":1})")));
    EXPECT_EQ(summary.errorCode, "node.total-timeout");
    EXPECT_GE(calls_["f"], 2);
    EXPECT_LT(calls_["f"], 50);
}

TEST_F(EngineErrors, ALateResultIsRefused) {
    Gate release;
    Gate timedOut;
    asyncFunctions_["late"] = [&](std::shared_ptr<const NodeCall> call, NodeCompletion done) {
        if (call->attempt == 2) {
            timedOut.open();
            return done(onOutput("second"));
        }
        std::thread([&, done = std::move(done)] {
            EXPECT_TRUE(timedOut.wait());
            done(onOutput("first, too late"));
            release.open();
        }).detach();
    };
    const RunId run = start(R"({"format":1,"id":"w","name":"w","version":1,
        "nodes":[{"id":"a","type":"AsyncFnNode","params":{"fn":"late"},"timeout":{"attempt":"20ms"},"retry":{"maxAttempts":2,"backoff":"1ms"}},
                 {"id":"d","type":"DelayNode","params":{"duration":"100ms"}}],
        "edges":[{"from":"a.output","to":"d.input"}],"outputs":[{"name":"x","from":"d.output"}]})");
    EXPECT_EQ(finish(run).status, RunStatus::Succeeded);
    EXPECT_TRUE(release.wait());
    EXPECT_EQ(snapshot(run).outputs["x"], Value("second"));
    EXPECT_EQ(engine_->stats().lateResultsRefused, 1U);
}

TEST_F(EngineErrors, ContinueGoesOnWithNull) {
    failing("f", 1000);
    const RunId run = start(R"({"format":1,"id":"w","name":"w","version":1,
        "nodes":[{"id":"a","type":"FnNode","params":{"fn":"f"},"onError":"continue"},{"id":"b","type":"FnNode","params":{"value":1}}],
        "edges":[{"from":"a.output","to":"b.input"}],"outputs":[{"name":"x","from":"b.output"}]})");
    EXPECT_EQ(finish(run).status, RunStatus::Succeeded);
    EXPECT_EQ(snapshot(run).outputs["x"], Value());
    EXPECT_EQ(node(run, "a").status, NodeStatus::Failed);
}

TEST_F(EngineErrors, AnErrorEdgeCarriesTheError) {
    failing("f", 1000, "t.broken");
    const Value outputs = outputsOf(R"({"format":1,"id":"w","name":"w","version":1,
        "nodes":[{"id":"a","type":"FnNode","params":{"fn":"f"}},{"id":"good","type":"FnNode"},{"id":"bad","type":"FnNode"}],
        "edges":[{"from":"a.output","to":"good.input"},{"from":"a.error","to":"bad.input"}],
        "outputs":[{"name":"good","from":"good.output"},{"name":"bad","from":"bad.output"}]})");
    EXPECT_TRUE(outputs["good"].isUndefined());
    EXPECT_EQ(outputs["bad"]["code"], Value("t.broken"));
}

TEST_F(EngineErrors, TheTableReturnsRetriesAndRoutes) {
    failing("soft", 1000, "t.soft");
    const RunId returned =
        start(single(R"("params":{"fn":"soft"})",
                     R"(,"errors":[{"code":"t.soft","do":"return","status":"succeeded","value":{"fell":"back"}}])"));
    EXPECT_EQ(finish(returned).status, RunStatus::Succeeded);
    EXPECT_EQ(snapshot(returned).outputs, Value::object({{"fell", Value("back")}}));

    failing("twice", 2, "t.twice");
    EXPECT_EQ(outputsOf(single(
                  R"("params":{"fn":"twice"})",
                  R"(,"errors":[{"code":"t.*","do":"retryThenFail","retry":{"maxAttempts":3,"backoff":"1ms"}}])"))["x"],
              Value(3));

    failing("routed", 1000, "t.routed");
    const Value outputs = outputsOf(R"({"format":1,"id":"w","name":"w","version":1,
        "nodes":[{"id":"a","type":"FnNode","params":{"fn":"routed"}},{"id":"h","type":"FnNode"}],
        "errors":[{"code":"t.routed","do":"route","to":"h.input"}],"outputs":[{"name":"handled","from":"h.output"}]})");
    EXPECT_EQ(outputs["handled"]["code"], Value("t.routed"));

    failing("other", 1000, "u.other");
    EXPECT_EQ(finish(start(R"({"format":1,"id":"w","name":"w","version":1,
        "nodes":[{"id":"a","type":"FnNode","params":{"fn":"other"}},{"id":"h","type":"FnNode"}],
        "errors":[{"code":"t.routed","do":"route","to":"h.input"}],"outputs":[]})"))
                  .errorCode,
              "u.other");
}

std::string saga(const std::string& lastFn) {
    return R"({"format":1,"id":"w","name":"w","version":1,
        "nodes":[{"id":"book","type":"EffectFnNode","params":{"fn":"do","value":"book"}},
                 {"id":"pay","type":"EffectFnNode","params":{"fn":"do","value":"pay"}},
                 {"id":"ship","type":"EffectFnNode","params":{"fn":")" +
           lastFn + R"(","value":"ship"}},
                 {"id":"unbook","type":"EffectFnNode","params":{"fn":"undo"}},{"id":"refund","type":"EffectFnNode","params":{"fn":"undo"}}],
        "edges":[{"from":"book.output","to":"pay.input"},{"from":"pay.output","to":"ship.input"},
                 {"from":"book.compensate","to":"unbook.input"},{"from":"pay.compensate","to":"refund.input"}]})";
}

TEST_F(EngineErrors, AFailedRunUndoesWhatHadSucceededInReverse) {
    std::mutex mutex;
    std::vector<std::string> undone;
    functions_["do"] = [](const NodeCall& call) {
        return onOutput("did " + std::string(call.param("value").asString()));
    };
    functions_["undo"] = [&](const NodeCall& call) {
        const std::lock_guard lock(mutex);
        undone.push_back(call.nodeId + " <- " + std::string(call.input("input").asString()));
        return onOutput(1);
    };
    failing("break", 1000);
    const RunId run = start(saga("break"));
    EXPECT_EQ(finish(run).status, RunStatus::Failed);
    EXPECT_EQ(undone, (std::vector<std::string>{"refund <- did pay", "unbook <- did book"}));
    EXPECT_EQ(snapshot(run).journal.back().payload["compensated"], Value(2));
    undone.clear();
    EXPECT_EQ(finish(start(saga("do"))).status, RunStatus::Succeeded);
    EXPECT_TRUE(undone.empty());
}

TEST_F(EngineErrors, AnUndoThatFailsIsReportedAndTheOthersStillRun) {
    functions_["do"] = [](const NodeCall&) { return onOutput(1); };
    std::atomic<int> undone{0};
    functions_["undo"] = [&](const NodeCall& call) -> NodeResult {
        ++undone;
        if (call.nodeId == "refund") return fail("t.bank", "closed");
        return onOutput(1);
    };
    failing("break", 1000);
    const RunId run = start(saga("break"));
    EXPECT_EQ(finish(run).status, RunStatus::Failed);
    EXPECT_EQ(undone.load(), 2);
    const Value finished = snapshot(run).journal.back().payload;
    EXPECT_EQ(finished["compensated"], Value(1));
    EXPECT_EQ(finished["compensationErrors"].at(0)["code"], Value("t.bank"));
}

TEST_F(EngineErrors, TerminatedWhileItUndoesItUndoesNothingMore) {
    functions_["do"] = [](const NodeCall&) { return onOutput(1); };
    std::promise<void> release;
    std::atomic<int> undone{0};
    functions_["undo"] = [&, released = release.get_future().share()](const NodeCall&) {
        ++undone;
        released.wait();
        return onOutput(1);
    };
    failing("break", 1000);
    const RunId run = start(saga("break"));
    EXPECT_TRUE(waitForNode("refund", NodeStatus::Running));
    EXPECT_TRUE(await([&](auto done) { engine_->terminate(run, "ada", "enough", done); }));
    EXPECT_EQ(finish(run).status, RunStatus::Failed) << "that it had failed stays true";
    release.set_value();
    engine_.reset();
    EXPECT_EQ(undone.load(), 1);
}

TEST_F(EngineErrors, AnExceptionStaysInsideItsNode) {
    functions_["throw"] = [](const NodeCall&) -> NodeResult { throw std::runtime_error("boom"); };
    EXPECT_EQ(finish(start(single(R"("params":{"fn":"throw"})"))).errorCode, "node.exception");
}

TEST_F(EngineErrors, MemoisedResultsAreUsedUntilTheyExpire) {
    failing("f", 0);
    const std::string json = single(R"("params":{"fn":"f"},"memo":{"ttl":"1h"})");
    EXPECT_EQ(outputsOf(json)["x"], Value(1));
    EXPECT_EQ(outputsOf(json)["x"], Value(1));
    EXPECT_EQ(calls_["f"], 1);
    const std::string brief = single(R"("params":{"fn":"f","value":"other key"},"memo":{"ttl":"0ms"})");
    if (parseDocument(brief)) {
        EXPECT_EQ(outputsOf(single(R"("params":{"fn":"f","value":2},"memo":{"ttl":"1h"})"))["x"], Value(2));
    }
}

}  // namespace signalbox::test
