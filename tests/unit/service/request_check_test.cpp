#include "service/request_check.h"

#include <gtest/gtest.h>

namespace signalbox::service {
namespace {

constexpr const char* kRun = "01890a5d-ac96-774b-bcce-b302099a8057";

std::string whereOf(const protocol::Request& request) {
    const auto status = checkRequest(request);
    if (status) return "";
    EXPECT_EQ(status.error().code, "request.invalid");
    return status.error().where;
}

TEST(RequestCheck, RunIdsMustBeRunIds) {
    EXPECT_EQ(whereOf(protocol::GetRun{"last"}), "/runId");
    EXPECT_EQ(whereOf(protocol::CancelRun{"", ""}), "/runId");
    EXPECT_EQ(whereOf(protocol::GetRun{kRun}), "");
}

TEST(RequestCheck, AStartNamesOneWorkflowAndAnObject) {
    protocol::StartRun start;
    EXPECT_EQ(whereOf(start), "/workflowId");
    start.workflowId = "a";
    EXPECT_EQ(whereOf(start), "");
    start.text = "{}";
    EXPECT_EQ(whereOf(start), "/workflowId");
    start.text.clear();
    start.inputs = Value(7);
    EXPECT_EQ(whereOf(start), "/inputs");
    start.inputs = Value::object();
    start.idempotencyKey = std::string(201, 'k');
    EXPECT_EQ(whereOf(start), "/idempotencyKey");
}

TEST(RequestCheck, PagesHaveLimits) {
    protocol::ListRuns list;
    list.limit = 0;
    EXPECT_EQ(whereOf(list), "/limit");
    list.limit = 1001;
    EXPECT_EQ(whereOf(list), "/limit");
    list.limit = 1000;
    list.statuses = {"failed", "lost"};
    EXPECT_EQ(whereOf(list), "/statuses");
    list.statuses = {"failed"};
    EXPECT_EQ(whereOf(list), "");
    EXPECT_EQ(whereOf(protocol::GetRunJournal{kRun, 0, 20'000, {}, {}}), "/limit");
}

TEST(RequestCheck, ARerunSaysFromWhere) {
    EXPECT_EQ(whereOf(protocol::RerunRun{kRun, "some", "", {}, false, {}}), "/mode");
    EXPECT_EQ(whereOf(protocol::RerunRun{kRun, "from", "", {}, false, {}}), "/fromNode");
    EXPECT_EQ(whereOf(protocol::RerunRun{kRun, "failed", "a", {}, false, {}}), "/fromNode");
    EXPECT_EQ(whereOf(protocol::RerunRun{kRun, "from", "a", Value(1), false, {}}), "/inputs");
    EXPECT_EQ(whereOf(protocol::RerunRun{kRun, "from", "a", {}, false, {}}), "");
}

}  // namespace
}  // namespace signalbox::service
