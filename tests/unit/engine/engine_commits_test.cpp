// What is written when: how many commits a run costs, and what must be on disk before what.
#include <algorithm>
#include <atomic>
#include <future>

#include "engine_fixture.h"

namespace signalbox::test {

using namespace signalbox::engine;

namespace {

constexpr Micros kLong = 600'000'000;

std::vector<RecordKind> kindsOf(const Append& append) {
    std::vector<RecordKind> kinds;
    for (const Record& record : append.records) kinds.push_back(record.kind);
    return kinds;
}

/// Nodes a, b, c of these types behind each other, each with the test's function of its name.
std::string chainOf(std::initializer_list<const char*> types) {
    std::string nodes;
    std::string edges;
    char id = 'a';
    for (const char* type : types) {
        nodes += std::string(id == 'a' ? "" : ",") + R"({"id":")" + id + R"(","type":")" + type +
                 R"(","params":{"value":1,"fn":")" + id + R"("}})";
        if (id != 'a') {
            edges += std::string(id == 'b' ? "" : ",") + R"({"from":")" + static_cast<char>(id - 1) +
                     R"(.output","to":")" + id + R"(.input"})";
        }
        ++id;
    }
    return R"({"format":1,"id":"w","name":"w","version":1,"nodes":[)" + nodes + R"(],"edges":[)" + edges + "]}";
}

}  // namespace

class EngineCommits : public EngineTest {
protected:
    using Started = std::future<Result<RunId>>;

    [[nodiscard]] StartRequest request(const std::string& json, Micros patience, std::string key = {}) {
        StartRequest wanted;
        wanted.plan = plan(json);
        wanted.startedBy = "test";
        wanted.patience = patience;
        if (!key.empty()) wanted.idempotencyKey = std::move(key);
        return wanted;
    }
    /// Does not wait for the answer.
    Started begin(StartRequest wanted) {
        auto promise = std::make_shared<std::promise<Result<RunId>>>();
        Started started = promise->get_future();
        engine_->start(std::move(wanted), [promise](Result<RunId> run) { promise->set_value(std::move(run)); });
        return started;
    }
    static bool isAnswered(const Started& started) {
        return started.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
    }
    [[nodiscard]] std::size_t eventCount() {
        const std::lock_guard lock(eventsMutex_);
        return events_.size();
    }
    /// A function that waits for the gate.
    void waitsFor(const std::string& name, const Gate& gate) {
        functions_[name] = [gate](const NodeCall&) {
            EXPECT_TRUE(gate.wait());
            return onOutput(1);
        };
    }
};

TEST_F(EngineCommits, ARunThatOnlyComputesCostsOneCommitWhenItsEndIsWaitedFor) {
    const RunId run = tryStart(request(chainOf({"CpuFnNode", "FnNode", "CpuFnNode"}), kLong, "key")).value();
    EXPECT_EQ(finish(run).status, RunStatus::Succeeded);
    const auto appends = gate_.appends();
    ASSERT_EQ(appends.size(), 1U);
    using enum RecordKind;
    EXPECT_EQ(kindsOf(appends[0]), (std::vector{RunStarted, NodeSucceeded, NodeSucceeded, NodeSucceeded, RunFinished}));
    EXPECT_TRUE(appends[0].create);
    ASSERT_TRUE(appends[0].summary);
    EXPECT_EQ(appends[0].summary->idempotencyKey, "key") << "the key must be in the commit of the run";
    EXPECT_EQ(appends[0].summary->status, RunStatus::Succeeded);
    EXPECT_EQ(store_.findByIdempotencyKey("w", "key").value(), run);
}

TEST_F(EngineCommits, AStartThatIsAnsweredAtOnceIsWrittenAtOnce) {
    Gate go;
    waitsFor("a", go);
    const RunId run = tryStart(request(chainOf({"CpuFnNode", "CpuFnNode"}), 0)).value();
    EXPECT_TRUE(store_.summary(run).value().has_value());
    EXPECT_EQ(kindsOf(gate_.appends().at(0)), std::vector{RecordKind::RunStarted});
    go.open();
    EXPECT_EQ(finish(run).status, RunStatus::Succeeded);
    EXPECT_GE(gate_.appends().size(), 2U);
}

TEST_F(EngineCommits, BeforeAnEffectEverythingIsWritten) {
    std::vector<RecordKind> seen;
    functions_["b"] = [&](const NodeCall& call) {
        const auto journal = store_.readJournal(*RunId::parse(call.runId)).value();
        for (const Record& record : journal) seen.push_back(record.kind);
        return onOutput(1);
    };
    const RunId run = tryStart(request(chainOf({"CpuFnNode", "EffectFnNode", "CpuFnNode"}), kLong)).value();
    EXPECT_EQ(finish(run).status, RunStatus::Succeeded);
    using enum RecordKind;
    EXPECT_EQ(seen, (std::vector{RunStarted, NodeSucceeded, NodeStarted}));
    EXPECT_EQ(kindsOf(gate_.appends().at(0)), seen) << "all in one commit";
    EXPECT_LE(gate_.appends().size(), 3U);
}

TEST_F(EngineCommits, AnEffectDoesNotBeginBeforeTheDiskHasItsStart) {
    std::atomic<bool> begun{false};
    functions_["b"] = [&](const NodeCall&) {
        begun = true;
        return onOutput(1);
    };
    gate_.hold();
    auto started = begin(request(chainOf({"CpuFnNode", "EffectFnNode"}), kLong));
    ASSERT_TRUE(gate_.waitForAppends(1));
    EXPECT_FALSE(begun);
    EXPECT_FALSE(isAnswered(started));
    gate_.release();
    EXPECT_EQ(finish(started.get().value()).status, RunStatus::Succeeded);
    EXPECT_TRUE(begun);
}

TEST_F(EngineCommits, PatienceEndsWhileANodeStillComputes) {
    Gate written;
    waitsFor("a", written);
    auto started = begin(request(chainOf({"CpuFnNode"}), 1'000));
    ASSERT_TRUE(gate_.waitForAppends(1)) << "the start is put off for ever";
    EXPECT_EQ(kindsOf(gate_.appends()[0]), std::vector{RecordKind::RunStarted});
    const RunId run = started.get().value();
    written.open();
    EXPECT_EQ(finish(run).status, RunStatus::Succeeded);
}

TEST_F(EngineCommits, NothingIsPutOffForWhatTakesItsTime) {
    Gate go;
    waitsFor("b", go);
    // Someone's world is read, someone is waited for, something is tried again later.
    for (const char* slow :
         {R"("ReadFnNode","params":{"fn":"b"}})", R"("ApprovalNode","params":{"prompt":"?"}})",
          R"("WaitForSignalNode","params":{"signal":"go"}})", R"("DelayNode","params":{"duration":"1h"}})"}) {
        const RunId run =
            tryStart(
                request(
                    R"({"format":1,"id":"w","name":"w","version":1,"nodes":[{"id":"a","type":"CpuFnNode","params":{"value":1}},)"
                    R"({"id":"b","type":)" +
                        std::string(slow) + R"(],"edges":[{"from":"a.output","to":"b.input"}]})",
                    kLong))
                .value();
        EXPECT_TRUE(store_.summary(run).value().has_value()) << slow;
    }
    go.open();
}

TEST_F(EngineCommits, NobodyHearsOfARunBeforeItsStartIsWritten) {
    gate_.hold();
    auto started = begin(request(R"({"format":1,"id":"w","name":"w","version":1,
        "nodes":[{"id":"ask","type":"ApprovalNode","params":{"prompt":"?"}}]})",
                                 kLong));
    ASSERT_TRUE(gate_.waitForAppends(1));
    EXPECT_EQ(eventCount(), 0U);
    EXPECT_TRUE(engine_->pending().empty());
    EXPECT_FALSE(isAnswered(started));
    gate_.release();
    const RunId run = started.get().value();
    plans_[run] = snapshot(run).plan;
    EXPECT_TRUE(waitForNode("ask", NodeStatus::Waiting));
    EXPECT_EQ(engine_->pending().size(), 1U);
}

TEST_F(EngineCommits, ARefusedStartLeavesNothingBehind) {
    store_.failNextAppends({"store.no-space", "The disk is full", "/", "Free some space", true}, 1);
    const auto refused = tryStart(request(chainOf({"CpuFnNode", "CpuFnNode"}), kLong, "key"));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "store.no-space");
    EXPECT_EQ(store_.list({}).value().total, 0U);
    EXPECT_EQ(eventCount(), 0U);
    const RunId run = tryStart(request(chainOf({"CpuFnNode", "CpuFnNode"}), kLong, "key")).value();
    EXPECT_EQ(finish(run).status, RunStatus::Succeeded);
    EXPECT_EQ(store_.list({}).value().total, 1U);
}

TEST_F(EngineCommits, OneKeyGivesOneRunAlsoWhileTheFirstIsPutOff) {
    Gate go;
    waitsFor("a", go);
    auto first = begin(request(chainOf({"CpuFnNode"}), kLong, "key"));
    auto second = begin(request(chainOf({"CpuFnNode"}), kLong, "key"));
    EXPECT_FALSE(isAnswered(first));
    go.open();
    const RunId run = first.get().value();
    EXPECT_EQ(second.get().value(), run);
    EXPECT_EQ(finish(run).status, RunStatus::Succeeded);
    EXPECT_EQ(store_.list({}).value().total, 1U);
    const std::lock_guard lock(eventsMutex_);
    for (const EngineEvent& event : events_) EXPECT_EQ(event.run, run) << "of a run that never was";
}

TEST_F(EngineCommits, RerunsAndRunsOfSubWorkflowsCostOneCommitToo) {
    const RunId run = tryStart(request(chainOf({"CpuFnNode", "CpuFnNode"}), kLong)).value();
    EXPECT_EQ(finish(run).status, RunStatus::Succeeded);
    RerunRequest again{.run = run, .mode = RerunRequest::Mode::FromNode, .node = "b", .inputs = {}, .startedBy = "t"};
    again.patience = kLong;
    const RunId second = rerun(std::move(again));
    EXPECT_EQ(finish(second).status, RunStatus::Succeeded);
    EXPECT_EQ(gate_.appends().size(), 2U);
    const RunId parent = start(R"({"format":1,"id":"parent","name":"p","version":1,
        "nodes":[{"id":"sub","type":"SubWorkflowNode","params":{"workflow":"w","version":1}}]})");
    EXPECT_EQ(finish(parent).status, RunStatus::Succeeded);
    const auto appends = gate_.appends();
    EXPECT_EQ(std::count_if(appends.begin() + 2, appends.end(), [&](const Append& a) { return a.run != parent; }), 1);
}

}  // namespace signalbox::test
