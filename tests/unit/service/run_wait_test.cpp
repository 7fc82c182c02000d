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
