// The views of runs through the dispatcher: what another program or an earlier life left is seen as well.
#include <gtest/gtest.h>

#include "unit/service/service_fixture.h"

namespace signalbox::service::test {
namespace {

class RunViewsTest : public testing::Test {
protected:
    void open() {
        host_.reset();
        host_ = openHost(folder_);
        ASSERT_TRUE(host_);
    }
    Dispatcher& dispatcher() { return host_->dispatcher(); }
    std::string start(const std::string& text) {
        protocol::StartRun request;
        request.text = text;
        const auto run = call(dispatcher(), request);
        EXPECT_TRUE(run) << (run ? "" : run.error().message);
        return run ? run->runId : std::string();
    }
    Folder folder_;
    std::unique_ptr<Host> host_;
};

/// Fails twice, then the run fails: attempts and backoffs.
std::string retryingDocument() {
    return R"({"format": 1, "id": "retrying", "nodes": [{"id": "read", "type": "JsonReaderNode",
"params": {"path": "no-such-file.json"},
"retry": {"maxAttempts": 3, "backoff": "1ms", "retryOn": ["*"]}}, {"id": "after", "type": "LogNode",
"params": {"message": "'x'"}}], "edges": [{"from": "read.output", "to": "after.input"}]})";
}

TEST_F(RunViewsTest, AttemptsAndBackoffsAreBars) {
    open();
    const auto run = start(retryingDocument());
    waitForStatus(dispatcher(), run, "failed");
    protocol::GetRunTimeline request;
    request.runId = run;
    const auto timeline = call(dispatcher(), request);
    ASSERT_TRUE(timeline) << timeline.error().message;
    EXPECT_EQ(timeline->phases, "rbrbr");
    EXPECT_EQ(timeline->outcomes, "fdfdf");
    EXPECT_EQ(timeline->attempt, (std::vector<std::uint32_t>{1, 1, 2, 2, 3}));
    for (std::size_t i = 0; i < timeline->bar.size(); ++i) {
        EXPECT_LE(timeline->ready[i], timeline->started[i]);
        EXPECT_LE(timeline->started[i], timeline->ended[i]);
        if (i > 0) {
            EXPECT_EQ(timeline->ready[i], timeline->ended[i - 1]) << "each begins where the last ended";
        }
    }
    const auto node = call(dispatcher(), protocol::GetRunNode{run, "read"});
    ASSERT_EQ(node->attempts.size(), 3U);
    EXPECT_EQ(node->attempts[2].outcome, "failed");
    ASSERT_TRUE(node->attempts[1].error);
    EXPECT_EQ(node->attempts[1].error->code, "file.not-found");
    request.offset = 1;
    request.limit = 2;
    EXPECT_EQ(call(dispatcher(), request)->bar, (std::vector<std::uint32_t>{1, 2}));
    EXPECT_EQ(call(dispatcher(), request)->total, 5U);
}

TEST_F(RunViewsTest, TheGridShowsWhatTheRunsAreAndFollowsThem) {
    open();
    waitForStatus(dispatcher(), start(retryingDocument()), "failed");
    folder_.write("flag", "");
    protocol::GetRunGrid request;
    request.workflowId = "retrying";
    auto grid = call(dispatcher(), request);
    ASSERT_TRUE(grid);
    EXPECT_EQ(grid->nodes, (std::vector<std::string>{"read", "after"}));
    ASSERT_EQ(grid->rows.size(), 1U);
    EXPECT_EQ(grid->rows[0].statuses[0], 'f');
    // The letters say what the run's own nodes say.
    const auto detail = call(dispatcher(), protocol::GetRun{grid->rows[0].run.runId});
    ASSERT_TRUE(detail);
    EXPECT_EQ(detail->nodes[1].status == "skipped", grid->rows[0].statuses[1] == '-');
    EXPECT_EQ(grid->rows[0].took[0], detail->nodes[0].finished - detail->nodes[0].started);

    const auto waiting = start(signalDocument("retrying"));  // another version, with other nodes
    waitForStatus(dispatcher(), waiting, "waiting");
    grid = call(dispatcher(), request);
    EXPECT_EQ(grid->nodes, (std::vector<std::string>{"wait", "read", "after"}));
    EXPECT_EQ(grid->rows[0].statuses, "w  ");
    EXPECT_EQ(grid->rows[1].statuses.substr(0, 2), " f");
    ASSERT_TRUE(call(dispatcher(), protocol::SignalRun{waiting, "go", Value(1)}));
    waitForStatus(dispatcher(), waiting, "succeeded");
    EXPECT_EQ(call(dispatcher(), request)->rows[0].statuses, "s  ");
    request.limit = 1;
    grid = call(dispatcher(), request);
    EXPECT_EQ(grid->rows.size(), 1U);
    request.cursor = grid->nextCursor;
    EXPECT_EQ(call(dispatcher(), request)->rows[0].statuses[0], 'f');
}

TEST_F(RunViewsTest, AnEarlierLifeIsSeenInFull) {
    open();
    const auto run = start(doublingDocument());
    waitForStatus(dispatcher(), run, "succeeded");
    const auto before = call(dispatcher(), protocol::GetRunNode{run, "double"});
    open();
    const auto after = call(dispatcher(), protocol::GetRunNode{run, "double"});
    ASSERT_TRUE(after) << after.error().message;
    EXPECT_EQ(*after, *before);
    EXPECT_EQ(after->inputs["input"], Value(21));
    protocol::GetRunLogs logs;
    logs.runId = run;
    const auto page = call(dispatcher(), logs);
    ASSERT_TRUE(page);
    ASSERT_EQ(page->lines.size(), 1U) << "written at the latest when the program ends";
    EXPECT_EQ(page->lines[0].text, "doubled");
    EXPECT_EQ(page->lines[0].nodeId, "note");
}

TEST_F(RunViewsTest, WhatNobodyWorksOnStillWaitsForPeople) {
    open();
    const auto run = start(approvalDocument());
    waitForStatus(dispatcher(), run, "waiting");
    host_.reset();
    host_ = openHost(folder_, HostMode::OwnRuns);  // takes over only what it is asked about
    const auto list = call(dispatcher(), protocol::ListPending{});
    ASSERT_TRUE(list) << list.error().message;
    ASSERT_EQ(list->items.size(), 1U);
    EXPECT_EQ(list->items[0].runId, run);
    EXPECT_EQ(list->items[0].message, "Go on?");
    EXPECT_EQ(call(dispatcher(), protocol::ListPending{"other"})->items.size(), 0U);
}

TEST_F(RunViewsTest, UnknownRunsAndNodesAreErrors) {
    open();
    const std::string none = "01890a5d-ac96-774b-bcce-b302099a8057";
    protocol::GetRunTimeline timeline;
    timeline.runId = none;
    EXPECT_EQ(call(dispatcher(), timeline).error().code, "run.not-found");
    protocol::GetRunLogs logs;
    logs.runId = none;
    EXPECT_EQ(call(dispatcher(), logs).error().code, "run.not-found");
    EXPECT_EQ(call(dispatcher(), protocol::GetRun{none}).error().code, "run.not-found");
    EXPECT_EQ(call(dispatcher(), protocol::GetRunNode{none, "x"}).error().code, "run.not-found");
    protocol::GetRunGrid grid;
    grid.workflowId = "nothing";
    const auto empty = call(dispatcher(), grid);
    ASSERT_TRUE(empty);
    EXPECT_TRUE(empty->rows.empty() && empty->nodes.empty());
}

TEST_F(RunViewsTest, NewCallsNeedTheirPermission) {
    open();
    const Principal reader{"u", "Reader", {"workflow:read", "run:read", "gateway:read"}, {}, {}, {}};
    EXPECT_EQ(call(dispatcher(), protocol::SetRetention{}, reader).error().code, "auth.forbidden");
    EXPECT_EQ(call(dispatcher(), protocol::DeleteWorkflow{"a", "b"}, reader).error().code, "auth.forbidden");
    EXPECT_EQ(call(dispatcher(), protocol::CreateWorkflow{"a", "", ""}, reader).error().code, "auth.forbidden");
    EXPECT_TRUE(call(dispatcher(), protocol::ListPending{}, reader));
    EXPECT_TRUE(call(dispatcher(), protocol::GetEngineHistory{}, reader));
}

}  // namespace
}  // namespace signalbox::service::test
