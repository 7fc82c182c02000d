// Waiting for runs: for the end, for a while, for what is not there.
#include <future>
#include <vector>

#include "unit/service/service_fixture.h"

namespace signalbox::service::test {

namespace {

class RunWaitTest : public ::testing::Test {
protected:
    std::string start(const std::string& document) {
        protocol::StartRun request;
        request.text = document;
        const auto run = call(host->dispatcher(), request);
        EXPECT_TRUE(run) << run.error().message;
        return run ? run->runId : std::string();
    }
    Result<protocol::RunResult> wait(const std::string& run, protocol::Duration timeout) {
        return call(host->dispatcher(), protocol::WaitForRun{run, timeout});
    }
    /// Starts and waits for the end in one.
    Result<protocol::Reply> execute(protocol::Request request, Micros patience,
                                    const Principal& who = localAdministrator()) {
        auto told = std::make_shared<std::promise<Result<protocol::Reply>>>();
        auto answer = told->get_future();
        DispatchOptions options;
        options.wait = patience;
        host->dispatcher().dispatch(
            who, std::move(request), [told](Result<protocol::Reply> outcome) { told->set_value(std::move(outcome)); },
            std::move(options));
        if (answer.wait_for(kDeadline) != std::future_status::ready) return fail("test.timeout", "No answer in time");
        return answer.get();
    }
    std::uint64_t commits() { return call(host->dispatcher(), protocol::GetEngineStats{}).value().journal.commits; }

    Folder folder;
    std::unique_ptr<Host> host = openHost(folder);
};

TEST_F(RunWaitTest, AnswersWithWhatTheRunHasGiven) {
    const auto ended = wait(start(doublingDocument()), 30'000'000);
    ASSERT_TRUE(ended) << ended.error().message;
    EXPECT_TRUE(ended->ended);
    EXPECT_EQ(ended->summary.status, "succeeded");
    EXPECT_EQ(ended->outputs["result"]["twice"].asInteger(), 42);
    const auto again = wait(ended->summary.runId, 0);
    ASSERT_TRUE(again);
    EXPECT_TRUE(again->ended) << "also long after";
    EXPECT_EQ(again->outputs, ended->outputs);
}

TEST_F(RunWaitTest, TellsWhyItFailed) {
    const auto ended = wait(start(failingDocument()), 30'000'000);
    ASSERT_TRUE(ended) << ended.error().message;
    EXPECT_TRUE(ended->ended);
    EXPECT_EQ(ended->summary.status, "failed");
    ASSERT_TRUE(ended->error);
    EXPECT_EQ(ended->error->code, "file.not-found");
}

TEST_F(RunWaitTest, WhenTheTimeIsOverTheRunGoesOn) {
    const auto run = start(signalDocument());
    for (const protocol::Duration timeout : {0, 1, 20'000}) {
        const auto standing = wait(run, timeout);
        ASSERT_TRUE(standing) << standing.error().message;
        EXPECT_FALSE(standing->ended);
        EXPECT_TRUE(standing->outputs.isUndefined());
        EXPECT_EQ(standing->summary.runId, run);
    }
    ASSERT_TRUE(call(host->dispatcher(), protocol::SignalRun{run, "go", 5}));
    const auto ended = wait(run, 30'000'000);
    ASSERT_TRUE(ended);
    EXPECT_EQ(ended->outputs["got"].asInteger(), 5);
}

TEST_F(RunWaitTest, AStartMayBeAnsweredWithTheEnd) {
    protocol::StartRun start;
    start.text = doublingDocument();
    const auto outcome = execute(start, 30'000'000);
    ASSERT_TRUE(outcome) << outcome.error().message;
    const auto& ended = outcome->as<protocol::RunResult>();
    EXPECT_TRUE(ended.ended);
    EXPECT_EQ(ended.outputs["result"]["twice"].asInteger(), 42);
    protocol::RerunRun rerun;
    rerun.runId = ended.summary.runId;
    const auto again = execute(rerun, 30'000'000);
    ASSERT_TRUE(again) << again.error().message;
    EXPECT_TRUE(again->as<protocol::RunResult>().ended);
    EXPECT_NE(again->as<protocol::RunResult>().summary.runId, ended.summary.runId);
    start.text = signalDocument();
    for (const Micros patience : {1, 20'000}) {
        const auto late = execute(start, patience);
        ASSERT_TRUE(late) << late.error().message;
        const auto& standing = late->as<protocol::RunResult>();
        EXPECT_FALSE(standing.ended);
        EXPECT_FALSE(wait(standing.summary.runId, 0).value().ended) << "it is there, and goes on";
    }
}

TEST_F(RunWaitTest, AStartThatIsAnsweredWithTheEndNeedsTheRightsOfBoth) {
    Principal starter = localAdministrator();
    starter.permissions = {"run:start", "workflow:write"};
    protocol::StartRun start;
    start.text = doublingDocument();
    const auto refused = execute(start, 30'000'000, starter);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "auth.forbidden");
    EXPECT_TRUE(execute(start, 0, starter));
}

TEST_F(RunWaitTest, ADocumentGivenWithAStartIsNoVersionOfItsWorkflow) {
    ASSERT_TRUE(call(host->dispatcher(), protocol::SaveWorkflow{doublingDocument(), {}}));
    const auto versions = [&] {
        protocol::ListWorkflowVersions list;
        list.id = "doubling";
        return call(host->dispatcher(), list).value().versions.size();
    };
    ASSERT_EQ(versions(), 1U);
    const auto given = start(R"({"format":1,"id":"doubling","name":"other","nodes":[
        {"id":"a","type":"TransformNode","params":{"expression":"7"}}],
        "outputs":[{"name":"n","from":"a.output"}]})");
    EXPECT_EQ(wait(given, 30'000'000)->outputs["n"].asInteger(), 7);
    EXPECT_EQ(versions(), 1U);
    EXPECT_EQ(call(host->dispatcher(), protocol::GetWorkflowVersion{"doubling", 0})->name, "Doubling") << "the newest";
    protocol::RerunRun rerun;
    rerun.runId = given;
    const auto again = execute(rerun, 30'000'000);
    ASSERT_TRUE(again) << again.error().message;
    EXPECT_EQ(again->as<protocol::RunResult>().outputs["n"].asInteger(), 7);
    rerun.newest = true;
    const auto newest = execute(rerun, 30'000'000);
    ASSERT_TRUE(newest) << newest.error().message;
    EXPECT_EQ(newest->as<protocol::RunResult>().outputs["result"]["twice"].asInteger(), 42);
}

TEST_F(RunWaitTest, ARunThatOnlyComputesIsOneCommit) {
    protocol::StartRun start;
    start.text = R"({"format":1,"id":"sum","name":"sum","nodes":[
        {"id":"a","type":"TransformNode","params":{"expression":"1"}},
        {"id":"b","type":"TransformNode","params":{"expression":"$ + 1"}},
        {"id":"c","type":"TransformNode","params":{"expression":"$ + 1"}}],
        "edges":[{"from":"a.output","to":"b.input"},{"from":"b.output","to":"c.input"}],
        "outputs":[{"name":"n","from":"c.output"}]})";
    const auto run = [&] {
        const auto outcome = execute(start, 30'000'000);
        ASSERT_TRUE(outcome) << outcome.error().message;
        EXPECT_EQ(outcome->as<protocol::RunResult>().outputs["n"].asInteger(), 3);
    };
    run();  // keeps the workflow's version
    const std::uint64_t before = commits();
    constexpr int kRuns = 20;
    for (int i = 0; i < kRuns; ++i) run();
    // A lease may be renewed in between.
    EXPECT_LE(commits() - before, kRuns + 3U);
}

TEST_F(RunWaitTest, RefusesWhatIsNotThere) {
    EXPECT_EQ(wait("00000000-0000-7000-8000-000000000000", 1'000'000).error().code, "run.not-found");
    EXPECT_EQ(wait("no-run", 0).error().code, "request.invalid");
    EXPECT_EQ(wait("00000000-0000-7000-8000-000000000000", -1).error().where, "/timeout");
    EXPECT_EQ(wait("00000000-0000-7000-8000-000000000000", 600'000'001).error().where, "/timeout");
}

TEST_F(RunWaitTest, WhoStillWaitsIsToldWhenTheGatewayStops) {
    const auto run = start(signalDocument());
    auto told = std::make_shared<std::promise<Result<protocol::Reply>>>();
    auto answer = told->get_future();
    host->dispatcher().dispatch(localAdministrator(), protocol::WaitForRun{run, 600'000'000},
                                [told](Result<protocol::Reply> outcome) { told->set_value(std::move(outcome)); });
    host.reset();
    ASSERT_EQ(answer.wait_for(kDeadline), std::future_status::ready);
    const auto outcome = answer.get();
    ASSERT_FALSE(outcome);
    EXPECT_TRUE(outcome.error().retryable) << outcome.error().code;
}

}  // namespace

}  // namespace signalbox::service::test
