// Thousands of random workflows with random failures, delays, pauses and crashes, against the sequential model.
#include <queue>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/json.h"
#include "engine/document_io.h"
#include "engine/machine.h"
#include "engine/run_history.h"
#include "sim_world.h"

namespace signalbox::test {

using namespace signalbox::engine;

namespace {

struct Scheduled {
    Micros at = 0;
    std::uint64_t order = 0;
    Record record;
    bool operator<(const Scheduled& other) const { return std::tie(at, order) > std::tie(other.at, other.order); }
};

struct SimOptions {
    int crashes = 2;  ///< at most; fewer than what fails a step as lost
    bool pauses = true;
    bool cancel = false;
    bool terminate = false;
};

/// Drives the machine in virtual time: the whole runtime in a hundred lines, deterministic.
class Simulation {
public:
    Simulation(std::shared_ptr<const Plan> plan, std::uint64_t seed, SimOptions options)
        : plan_(std::move(plan)), seed_(seed), random_(seed), options_(options) {}

    void run() {
        append(RecordKind::RunStarted, [&](Record& r) {
            r.payload = Value::object({{"inputs", Value::object()},
                                       {"seed", Value(static_cast<std::int64_t>(seed_ >> 1U))},
                                       {"boot", Value("boot")}});
        });
        for (int steps = 0; state_.phase != RunPhase::Ended; ++steps) {
            ASSERT_LT(steps, 100'000) << "the run does not end";
            ASSERT_FALSE(queue_.empty()) << "nothing is outstanding and the run has not ended";
            const Scheduled next = queue_.top();
            queue_.pop();
            now_ = std::max(now_, next.at);
            deliver(next.record);
            disturb();
        }
    }

    [[nodiscard]] const RunState& state() const { return state_; }
    [[nodiscard]] const std::vector<Record>& journal() const { return journal_; }
    [[nodiscard]] int refused() const { return refused_; }

private:
    template <class Fill>
    void append(RecordKind kind, Fill fill) {
        Record record;
        record.kind = kind;
        fill(record);
        deliver(record);
    }

    void deliver(Record record) {
        if (accepts(*plan_, state_, record) != Acceptance::Accepted) {
            ++refused_;
            return;
        }
        record.seq = journal_.size() + 1;
        record.wall = now_ + 1'700'000'000'000'000;
        record.monotonic = now_;
        journal_.push_back(record);
        Commands commands;
        apply(*plan_, state_, record, commands);
        ASSERT_TRUE(state_.work.empty());
        obey(commands);
    }

    void obey(const Commands& commands) {
        for (const Command& command : commands) {
            if (command.kind == Command::Kind::StartTask) start(command);
            if (command.kind == Command::Kind::ArmTimer) {
                Record record = at(command, RecordKind::TimerFired);
                if (command.timer == TimerKind::Drain) record.node = kNoNode;
                record.payload = Value(static_cast<int>(command.timer));
                schedule(command.delay, record);
            }
            if (command.kind == Command::Kind::Finish)
                append(RecordKind::RunFinished, [&](Record& r) { r.payload = command.payload; });
        }
    }

    void start(const Command& command) {
        if (plan_->nodes[command.node].manifest->effect == Effect::Effectful)
            deliver(at(command, RecordKind::NodeStarted));
        const NodeState& node = state_.nodes[command.node];
        auto inputs = gatherInputs(*plan_, state_, command.node);
        ASSERT_TRUE(inputs);
        const SimOutcome outcome =
            simOutcome(seed_, plan_->nodes[command.node].id, command.generation, command.attempt - node.lost, *inputs);
        Record record = at(command, outcome.succeeded ? RecordKind::NodeSucceeded : RecordKind::NodeFailed);
        record.payload = outcome.payload;
        schedule(static_cast<Micros>(random_.below(1'000'000)), record);
    }

    static Record at(const Command& command, RecordKind kind) {
        Record record;
        record.kind = kind;
        record.node = command.node;
        record.item = command.item;
        record.generation = command.generation;
        record.attempt = command.attempt;
        return record;
    }

    void schedule(Micros delay, Record record) { queue_.push({now_ + delay, order_++, std::move(record)}); }

    void disturb() {
        if (state_.phase == RunPhase::Ended) return;
        if (options_.crashes > 0 && random_.below(20) == 0) crash();
        if (options_.pauses && random_.below(30) == 0) {
            append(RecordKind::PauseRequested, [](Record&) {});
            Record resume;
            resume.kind = RecordKind::ResumeRequested;
            schedule(static_cast<Micros>(random_.below(10'000'000)), resume);
        }
        if (options_.cancel && random_.below(10) == 0) append(RecordKind::CancelRequested, [](Record&) {});
        if (options_.terminate && random_.below(10) == 0) {
            append(RecordKind::CancelRequested, [](Record& record) {
                record.payload = Value::object({{"terminate", Value(true)}});
            });
        }
    }

    /// Everything but the journal is forgotten; a new owner takes over.
    void crash() {
        --options_.crashes;
        auto replayed = replay(*plan_, journal_);
        ASSERT_TRUE(replayed) << replayed.error().message;
        ASSERT_EQ(*replayed, state_) << "the journal does not give the state back";
        state_ = std::move(*replayed);
        std::priority_queue<Scheduled> kept;
        while (!queue_.empty()) {
            // What people asked for comes again; late results of the dead owner sometimes do.
            const Scheduled next = queue_.top();
            queue_.pop();
            if (next.record.kind == RecordKind::ResumeRequested) kept.push(next);
        }
        queue_ = std::move(kept);
        Commands commands;
        outstanding(*plan_, state_, now_ + 1'700'000'000'000'000, now_, "boot", commands);
        append(RecordKind::Recovered, [](Record& r) {
            r.payload = Value::object({{"boot", Value("boot")}});
            r.token = 2;
        });
        Commands rest;
        for (const Command& command : commands) {
            const bool lost = command.kind == Command::Kind::StartTask && state_.nodes[command.node].startedDurably;
            if (lost)
                deliver(at(command, RecordKind::AttemptLost));
            else
                rest.push_back(command);
        }
        obey(rest);
    }

    std::shared_ptr<const Plan> plan_;
    std::uint64_t seed_;
    SeededRandom random_;
    SimOptions options_;
    RunState state_;
    std::vector<Record> journal_;
    std::priority_queue<Scheduled> queue_;
    Micros now_ = 0;
    std::uint64_t order_ = 0;
    int refused_ = 0;
};

void compareWithModel(const Plan& plan, const RunState& state, const ModelResult& model) {
    if (!model.fatal.empty()) {
        ASSERT_EQ(state.outcome, RunStatus::Failed);
        ASSERT_TRUE(model.fatal.contains(state.errorNode)) << state.errorNode;
        return;
    }
    ASSERT_EQ(state.outcome, RunStatus::Succeeded) << writeJson(state.error);
    for (std::size_t i = 0; i < plan.nodes.size(); ++i) {
        const NodeState& node = state.nodes[i];
        ASSERT_EQ(nodeStatusName(node.status), nodeStatusName(model.nodes[i].status)) << plan.nodes[i].id;
        ASSERT_EQ(node.outputs, model.nodes[i].outputs) << plan.nodes[i].id;
        ASSERT_EQ(node.generation, model.nodes[i].generation) << plan.nodes[i].id;
    }
}

/// The bars tell the same story as the state, and all of them have ended.
void followHistory(const std::shared_ptr<const Plan>& plan, const std::vector<Record>& journal, const RunState& end) {
    RunHistory history(plan);
    for (const Record& record : journal) ASSERT_TRUE(history.add(record));
    ASSERT_EQ(history.state(), end);
    std::vector<const HistoryBar*> last(plan->nodes.size());
    for (const HistoryBar& bar : history.bars()) {
        ASSERT_NE(bar.outcome, HistoryBar::Outcome::Open) << plan->nodes[bar.node].id;
        ASSERT_LE(bar.ready, bar.started);
        ASSERT_LE(bar.started, bar.ended);
        ASSERT_LE(bar.changed, end.lastSeq);
        if (bar.item == kNoItem) last[bar.node] = &bar;
    }
    for (NodeIndex i = 0; i < plan->nodes.size(); ++i) {
        const NodeStatus status = end.nodes[i].status;
        if (status == NodeStatus::Succeeded) {
            ASSERT_TRUE(last[i]) << plan->nodes[i].id;
            ASSERT_TRUE(last[i]->outcome == HistoryBar::Outcome::Succeeded ||
                        last[i]->outcome == HistoryBar::Outcome::Done);
        }
        if (status == NodeStatus::Failed) {
            ASSERT_TRUE(last[i] && last[i]->outcome == HistoryBar::Outcome::Failed) << plan->nodes[i].id;
        }
    }
}

void simulate(std::uint64_t seed, SimOptions options, bool& succeeded) {
    SeededRandom random(seed);
    const Document document = randomWorkflow(random, 25);
    auto plan = compilePlan(document, simRegistry());
    ASSERT_TRUE(plan) << plan.error().message << "\n" << writeDocument(document);
    Simulation simulation(*plan, seed, options);
    simulation.run();
    if (testing::Test::HasFatalFailure()) return;
    auto replayed = replay(**plan, simulation.journal());
    ASSERT_TRUE(replayed);
    ASSERT_EQ(*replayed, simulation.state());
    followHistory(*plan, simulation.journal(), *replayed);
    if (testing::Test::HasFatalFailure()) return;
    ASSERT_EQ(simulation.state().active, 0U);
    ASSERT_EQ(simulation.state().waiting, 0U);
    succeeded = simulation.state().outcome == RunStatus::Succeeded;
    if (options.cancel && simulation.state().outcome == RunStatus::Cancelled) return;
    if (options.terminate) return;
    compareWithModel(**plan, simulation.state(), runModel(document, seed));
}

void simulateMany(std::uint64_t first, int count, SimOptions options) {
    int succeeded = 0;
    for (int i = 0; i < count; ++i) {
        SCOPED_TRACE(fmt::format("seed {}", first + static_cast<std::uint64_t>(i)));
        bool success = false;
        simulate(first + static_cast<std::uint64_t>(i), options, success);
        if (testing::Test::HasFatalFailure()) return;
        succeeded += success ? 1 : 0;
    }
    // Both endings must be common, or the simulation says little.
    if (!options.cancel && !options.terminate) {
        EXPECT_GT(succeeded, count / 20);
        EXPECT_LT(succeeded, count - count / 20);
    }
}

}  // namespace

TEST(Simulation, AgreesWithTheSequentialModel) { simulateMany(1'000, 5'000, {.crashes = 0, .pauses = false}); }

TEST(Simulation, AgreesThroughCrashesAndPauses) { simulateMany(50'000, 5'000, {.crashes = 2, .pauses = true}); }

TEST(Simulation, EndsWhenCancelledAnywhere) {
    simulateMany(900'000, 2'000, {.crashes = 2, .pauses = true, .cancel = true});
}

TEST(Simulation, EndsWhenTerminatedAnywhereAlsoWhileItIsUndone) {
    simulateMany(700'000, 2'000, {.crashes = 2, .pauses = true, .cancel = true, .terminate = true});
}

}  // namespace signalbox::test
