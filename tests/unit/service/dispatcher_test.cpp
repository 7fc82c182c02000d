#include <gtest/gtest.h>

#include "unit/service/service_fixture.h"

namespace signalbox::service {
namespace {

using namespace test;

class DispatcherTest : public ::testing::Test {
protected:
    DispatcherTest() {
        folder.write("doubling.workflow.json", doublingDocument());
        folder.write("failing.workflow.json", failingDocument());
        host = openHost(folder);
    }
    Dispatcher& dispatcher() { return host->dispatcher(); }
    std::string start(const std::string& workflow, Value inputs = Value::object()) {
        protocol::StartRun request;
        request.workflowId = workflow;
        request.inputs = std::move(inputs);
        auto run = call(dispatcher(), request);
        EXPECT_TRUE(run) << (run ? "" : run.error().message);
        return run ? run->runId : std::string();
    }

    Folder folder;
    std::unique_ptr<Host> host;
};

TEST_F(DispatcherTest, ChecksWhoAsksAndWhatThatOneMayDo) {
    const Principal viewer{"u1", "Viv", {"workflow:read", "run:read"}, {}, {}, {}};
    EXPECT_TRUE(call(dispatcher(), protocol::ListWorkflows{}, viewer));
    const auto refused = call(dispatcher(), protocol::StartRun{"doubling", "", Value::object(), {}, 0}, viewer);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "auth.forbidden");
    EXPECT_EQ(refused.error().where, "runs.start");
    EXPECT_EQ(refused.error().hint, "It needs the permission \"run:start\"");
    EXPECT_EQ(call(dispatcher(), protocol::ListWorkflows{}, Principal{}).error().code, "auth.required");
    EXPECT_EQ(dispatcher().subscribe(Principal{"u2", "Ned", {}, {}, {}, {}}, {}, [] {}).error().code, "auth.forbidden");
    EXPECT_TRUE(call(dispatcher(), protocol::ListRuns{})->runs.empty()) << "what was refused has not happened";
}

TEST_F(DispatcherTest, RefusesMalformedRequestsBeforeAnythingElse) {
    EXPECT_EQ(call(dispatcher(), protocol::GetRun{"7"}).error().code, "request.invalid");
}

TEST_F(DispatcherTest, SaysWhereOneIs) {
    const auto info = call(dispatcher(), protocol::GetGatewayInfo{});
    ASSERT_TRUE(info);
    EXPECT_EQ(info->workspace, folder.path().string());
    EXPECT_EQ(info->principal, localAdministrator().name);
    EXPECT_EQ(info->version, "1.2.3");
    EXPECT_EQ(call(dispatcher(), protocol::GetEngineStats{})->threads, 2U);
}

TEST_F(DispatcherTest, ListsWorkflowsWithTheirFindings) {
    folder.write("draft.workflow.json",
                 R"({"format": 1, "id": "draft", "nodes": [{"id": "a", "type": "TransfromNode"}]})");
    const auto list = call(dispatcher(), protocol::ListWorkflows{});
    ASSERT_TRUE(list);
    ASSERT_EQ(list->workflows.size(), 3U);
    EXPECT_EQ(list->workflows[0].id, "doubling");
    EXPECT_EQ(list->workflows[0].errors, 0U);
    EXPECT_EQ(list->workflows[0].nodeCount, 3U);
    EXPECT_GT(list->workflows[1].errors, 0U);
    EXPECT_EQ(call(dispatcher(), protocol::ListWorkflows{"SUMS", {}})->workflows.size(), 1U) << "found by tag";
    const auto detail = call(dispatcher(), protocol::GetWorkflow{"draft"});
    ASSERT_TRUE(detail);
    ASSERT_FALSE(detail->findings.empty());
    EXPECT_NE(detail->findings[0].hint.find("TransformNode"), std::string::npos) << detail->findings[0].hint;
    EXPECT_EQ(detail->findings[0].line, 1U);
}

TEST_F(DispatcherTest, ReportsFilesThatShareAnId) {
    folder.write("copy.workflow.json", doublingDocument());
    const auto detail = call(dispatcher(), protocol::GetWorkflow{"doubling"});
    ASSERT_TRUE(detail);
    EXPECT_EQ(detail->summary.file, "copy.workflow.json");
    ASSERT_EQ(detail->findings.size(), 1U);
    EXPECT_EQ(detail->findings[0].code, "workspace.duplicate-id");
}

TEST_F(DispatcherTest, DrawsAWorkflow) {
    const auto detail = call(dispatcher(), protocol::GetWorkflow{"doubling"});
    ASSERT_TRUE(detail);
    ASSERT_EQ(detail->graph.nodes.size(), 3U);
    EXPECT_EQ(detail->graph.nodes[0].subtitle, "$ * 2");
    EXPECT_TRUE(detail->graph.nodes[0].placed);
    EXPECT_EQ(detail->graph.edges.size(), 3U);
    ASSERT_EQ(detail->inputs.size(), 1U);
    EXPECT_EQ(detail->inputs[0].defaultValue, Value(21));
}

TEST_F(DispatcherTest, ValidatesTextThatIsNoJson) {
    const auto report = call(dispatcher(), protocol::ValidateWorkflow{"{\n  \"id\": }"});
    ASSERT_TRUE(report);
    EXPECT_FALSE(report->valid);
    ASSERT_EQ(report->findings.size(), 1U);
    EXPECT_EQ(report->findings[0].line, 2U);
}

TEST_F(DispatcherTest, RunsAWorkflowToItsEnd) {
    const auto detail = waitForStatus(dispatcher(), start("doubling", Value::object({{"n", 4}})), "succeeded");
    EXPECT_EQ(detail.outputs["result"]["twice"], Value(8));
    EXPECT_EQ(detail.summary.startedBy, localAdministrator().name);
    EXPECT_EQ(detail.summary.nodesDone, 3U);
    ASSERT_EQ(detail.nodes.size(), 3U);
    EXPECT_EQ(detail.nodes[0].status, "succeeded");
    ASSERT_EQ(detail.graph.nodes.size(), 3U);
    EXPECT_TRUE(detail.graph.nodes[0].placed) << "places come from the workspace when the run's version has none";
    const auto node = call(dispatcher(), protocol::GetRunNode{detail.summary.runId, "double"});
    ASSERT_TRUE(node);
    EXPECT_EQ(node->outputs["output"], Value(8));
    EXPECT_EQ(call(dispatcher(), protocol::GetRunNode{detail.summary.runId, "duoble"}).error().hint,
              "Did you mean \"double\"?");
}

TEST_F(DispatcherTest, PagesTheJournal) {
    const auto detail = waitForStatus(dispatcher(), start("doubling"), "succeeded");
    const auto all = call(dispatcher(), protocol::GetRunJournal{detail.summary.runId, 0, 1000, {}, {}});
    ASSERT_TRUE(all);
    ASSERT_GE(all->records.size(), 5U);
    EXPECT_EQ(all->records.front().kind, "run-started");
    EXPECT_EQ(all->records.back().kind, "run-finished");
    const auto page = call(dispatcher(), protocol::GetRunJournal{detail.summary.runId, 2, 2, {}, {}});
    ASSERT_TRUE(page);
    ASSERT_EQ(page->records.size(), 2U);
    EXPECT_EQ(page->records[0].seq, 2U);
    EXPECT_EQ(page->records[0], all->records[1]);
}

TEST_F(DispatcherTest, RefusesToRunAnInvalidDocument) {
    protocol::StartRun request;
    request.text = R"({"format": 1, "id": "bad", "nodes": [{"id": "a", "type": "NoSuchNode"}]})";
    const auto refused = call(dispatcher(), request);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "workflow.invalid");
    EXPECT_NE(refused.error().message.find("NoSuchNode"), std::string::npos) << refused.error().message;
}

TEST_F(DispatcherTest, RepeatsAnIdempotentStart) {
    protocol::StartRun request;
    request.workflowId = "doubling";
    request.idempotencyKey = "order-7";
    const auto first = call(dispatcher(), request);
    const auto second = call(dispatcher(), request);
    ASSERT_TRUE(first && second);
    EXPECT_EQ(first->runId, second->runId);
    request.idempotencyKey = "";
    EXPECT_EQ(call(dispatcher(), request).error().code, "run.idempotency-key-empty");
    EXPECT_EQ(call(dispatcher(), protocol::ListRuns{})->total, 1U);
}

TEST_F(DispatcherTest, TellsOfAFailureAndRerunsIt) {
    const auto failed = waitForStatus(dispatcher(), start("failing"), "failed");
    ASSERT_TRUE(failed.error);
    EXPECT_EQ(failed.error->code, "file.not-found");
    EXPECT_EQ(failed.summary.errorNode, "read");
    folder.write("no-such-file.json", "{\"now\": true}");
    const auto again = call(dispatcher(), protocol::RerunRun{failed.summary.runId, "failed", "", {}, false, {}});
    ASSERT_TRUE(again) << again.error().message;
    const auto done = waitForStatus(dispatcher(), again->runId, "succeeded");
    EXPECT_EQ(done.summary.rerunOf, failed.summary.runId);
    protocol::ListRuns failures;
    failures.statuses = {"failed"};
    EXPECT_EQ(call(dispatcher(), failures)->runs.size(), 1U);
}

TEST_F(DispatcherTest, SavesAndNoticesConflicts) {
    const auto saved = call(dispatcher(), protocol::SaveWorkflow{signalDocument("new"), ""});
    ASSERT_TRUE(saved) << saved.error().message;
    EXPECT_EQ(saved->summary.file, "new.workflow.json");
    const auto conflict = call(dispatcher(), protocol::SaveWorkflow{signalDocument("new"), "0000"});
    EXPECT_EQ(conflict.error().code, "workflow.conflict");
}

TEST_F(DispatcherTest, ControlsARun) {
    folder.write("waiting.workflow.json", signalDocument());
    const std::string run = start("waiting");
    waitForStatus(dispatcher(), run, "waiting");
    EXPECT_TRUE(call(dispatcher(), protocol::SignalRun{run, "go", Value(5)}));
    EXPECT_EQ(waitForStatus(dispatcher(), run, "succeeded").outputs["got"], Value(5));
    EXPECT_EQ(call(dispatcher(), protocol::CancelRun{run, ""}).error().code, "run.finished");
    const std::string other = start("waiting");
    waitForStatus(dispatcher(), other, "waiting");
    EXPECT_TRUE(call(dispatcher(), protocol::CancelRun{other, "enough"}));
    waitForStatus(dispatcher(), other, "cancelled");
    const std::string unknown = "01890a5d-ac96-774b-bcce-b302099a8057";
    EXPECT_EQ(call(dispatcher(), protocol::CancelRun{unknown, ""}).error().code, "run.not-found");
}

TEST_F(DispatcherTest, ListsNodeTypes) {
    const auto list = call(dispatcher(), protocol::ListNodeTypes{});
    ASSERT_TRUE(list);
    EXPECT_GE(list->manifests.size(), 15U);
    EXPECT_FALSE(list->manifests[0]["type"].asString().empty());
}

}  // namespace
}  // namespace signalbox::service
