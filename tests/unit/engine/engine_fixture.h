// An engine on a store in memory, with nodes whose code is a lambda of the test.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <future>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "base/json.h"
#include "engine/document_io.h"
#include "engine/engine.h"
#include "gated_store.h"
#include "nodes/builtin.h"
#include "support/memory/memory_store.h"

namespace signalbox::test {

/// Opened once; waits have a deadline, so that a fault fails rather than hangs. Copies are the same gate: a node that
/// waits at it may outlive the test's own.
class Gate {
public:
    void open() const {
        const std::lock_guard lock(state_->mutex);
        state_->open = true;
        state_->changed.notify_all();
    }
    [[nodiscard]] bool wait() const {
        std::unique_lock lock(state_->mutex);
        return state_->changed.wait_for(lock, std::chrono::seconds(20), [this] { return state_->open; });
    }

private:
    struct State {
        std::mutex mutex;
        std::condition_variable changed;
        bool open = false;
    };
    std::shared_ptr<State> state_ = std::make_shared<State>();
};

/// Registers FnNode (pure, inline), CpuFnNode (pure), ReadFnNode (read-only), EffectFnNode (effectful) and AsyncFnNode
/// (effectful, I/O): the parameter "fn" names a function of the test. Ports: "input" and "more" (many), "output" and
/// "other".
class EngineTest : public ::testing::Test {
protected:
    using Fn = std::function<engine::NodeResult(const engine::NodeCall&)>;
    using AsyncFn = std::function<void(std::shared_ptr<const engine::NodeCall>, engine::NodeCompletion)>;

    EngineTest();
    ~EngineTest() override;

    void startEngine(engine::EngineOptions options = {});
    /// Ends the engine as a crash would leave it to the next, except that leases are given up at once.
    void stopEngine() { engine_.reset(); }

    [[nodiscard]] std::shared_ptr<const engine::Plan> plan(const std::string& json);
    [[nodiscard]] RunId start(const std::string& json, Value inputs = Value::object());
    [[nodiscard]] RunId start(std::shared_ptr<const engine::Plan> plan, Value inputs = Value::object());
    [[nodiscard]] Result<RunId> tryStart(engine::StartRequest request);
    /// Waits for the end; fails the test after 20 seconds.
    engine::RunSummary finish(RunId run);
    /// Starts, waits, and gives the outputs of a run that must succeed.
    Value outputsOf(const std::string& json, Value inputs = Value::object());
    engine::RunSnapshot snapshot(RunId run);
    engine::NodeSnapshot node(RunId run, const std::string& id);
    /// Waits until an event says that the node has that status.
    [[nodiscard]] bool waitForNode(const std::string& node, engine::NodeStatus status, int times = 1);
    [[nodiscard]] Status await(const std::function<void(std::function<void(Status)>)>& call);
    [[nodiscard]] RunId rerun(engine::RerunRequest request);

    SystemClock clock_;
    SystemRandom random_;
    engine::Registry registry_;
    std::shared_ptr<void> builtins_;
    MemoryStore store_{clock_};
    GatedStore gate_{store_};  ///< the engine's runs go through it
    std::map<std::string, Fn> functions_;
    std::map<std::string, AsyncFn> asyncFunctions_;
    std::unique_ptr<engine::Engine> engine_;

    std::mutex eventsMutex_;
    std::condition_variable eventsChanged_;
    std::vector<engine::EngineEvent> events_;
    std::map<RunId, std::shared_ptr<const engine::Plan>> plans_;
};

}  // namespace signalbox::test
