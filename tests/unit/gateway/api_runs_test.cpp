// Runs over HTTP: started, awaited, repeated under a key, listed by pages.
#include <algorithm>
#include <future>
#include <set>

#include <fmt/format.h>

#include "unit/gateway/api_fixture.h"

namespace signalbox::gateway::test {

namespace {

class ApiRunsTest : public ApiTest {
protected:
    static std::string status(const std::string& run) { return get("/api/v1/runs/" + run).text("/summary/status"); }
};

TEST_F(ApiRunsTest, ExecuteAnswersWithTheOutputs) {
    const auto done = post("/api/v1/workflows/doubling/execute?wait=30", R"({"n": 4})");
    ASSERT_EQ(done.status, 200U) << done.body;
    EXPECT_EQ(done.text("/status"), "succeeded");
    EXPECT_EQ(done.json()["outputs"]["result"]["twice"].asInteger(), 8);
    EXPECT_EQ(status(done.text("/runId")), "succeeded");
    const auto preferred = post("/api/v1/workflows/doubling/execute", {}, {{"prefer", "respond-async, wait=30"}});
    ASSERT_EQ(preferred.status, 200U) << preferred.body;
    EXPECT_EQ(preferred.json()["outputs"]["result"]["twice"].asInteger(), 42);
}

TEST_F(ApiRunsTest, ExecuteOfWhatFailsIsAProblem) {
    const auto failed = post("/api/v1/workflows/failing/execute?wait=30");
    ASSERT_EQ(failed.status, 422U) << failed.body;
    EXPECT_EQ(failed.code(), "run.failed");
    EXPECT_EQ(failed.json()["status"].asInteger(), 422);
    EXPECT_FALSE(failed.text("/runId").empty());
    EXPECT_FALSE(failed.text("/error/code").empty());
    EXPECT_EQ(post("/api/v1/workflows/doubling/execute", R"({"m": 4})").code(), "run.input-unknown");
    EXPECT_EQ(post("/api/v1/workflows/none/execute").status, 404U);
}

TEST_F(ApiRunsTest, WithoutWaitingARunIsStartedOnly) {
    const auto started = post("/api/v1/runs", R"({"workflowId": "waiting"})");
    ASSERT_EQ(started.status, 202U) << started.body;
    const auto run = started.text("/runId");
    EXPECT_EQ(started.header("location"), "/api/v1/runs/" + run);
    const auto now = get("/api/v1/runs/" + run + "/wait?timeout=0");
    ASSERT_EQ(now.status, 200U) << now.body;
    EXPECT_FALSE(now.json()["ended"].asBoolean());
    EXPECT_EQ(post("/api/v1/runs/" + run + "/signals/go", R"({"value": 7})").status, 204U);
    const auto ended = get("/api/v1/runs/" + run + "/wait?timeout=30000000");
    ASSERT_EQ(ended.status, 200U) << ended.body;
    EXPECT_TRUE(ended.json()["ended"].asBoolean());
    EXPECT_EQ(ended.json()["outputs"]["got"].asInteger(), 7);
    EXPECT_EQ(post("/api/v1/runs/" + run + "/cancel").status, 409U);
}

TEST_F(ApiRunsTest, ARunThatTakesLongerIsHandedOver) {
    const auto late = post("/api/v1/workflows/waiting/execute?wait=1");
    ASSERT_EQ(late.status, 202U) << late.body;
    const auto run = late.text("/runId");
    EXPECT_EQ(late.header("location"), "/api/v1/runs/" + run);
    EXPECT_NE(late.text("/status"), "succeeded");
    EXPECT_EQ(post("/api/v1/runs/" + run + "/cancel", R"({"reason": "enough"})").status, 204U);
    EXPECT_EQ(get("/api/v1/runs/" + run + "/wait").text("/summary/status"), "cancelled");
}

TEST_F(ApiRunsTest, ManyWaitForOneRunWithoutAThreadEach) {
    const auto run = post("/api/v1/runs", R"({"workflowId": "waiting"})").text("/runId");
    constexpr int kMany = 500;
    std::vector<std::promise<Answer>> answers(kMany);
    for (auto& answer : answers) {
        world().sendLater({"GET", "/api/v1/runs/" + run + "/wait?timeout=60000000", world().token("administrator")},
                          [&answer](Answer got) { answer.set_value(std::move(got)); });
    }
    // The workers are free all the while.
    EXPECT_EQ(get("/api/v1/runs?limit=1").status, 200U);
    EXPECT_EQ(post("/api/v1/runs/" + run + "/signals/go").status, 204U);
    for (auto& answer : answers) {
        auto future = answer.get_future();
        ASSERT_EQ(future.wait_for(service::test::kDeadline), std::future_status::ready);
        EXPECT_TRUE(future.get().json()["ended"].asBoolean());
    }
}

TEST_F(ApiRunsTest, TheSameKeyIsOneRun) {
    const Headers key{{"idempotency-key", "order-17"}};
    const auto first = post("/api/v1/workflows/doubling/execute?wait=30", R"({"n": 1})", key);
    ASSERT_EQ(first.status, 200U) << first.body;
    const auto again = post("/api/v1/workflows/doubling/execute?wait=30", R"({"n": 1})", key);
    EXPECT_EQ(again.status, 200U);
    EXPECT_EQ(again.body, first.body);
    EXPECT_EQ(again.header("idempotent-replayed"), "true");
    EXPECT_NE(again.header("x-request-id"), first.header("x-request-id"));
    const auto other = post("/api/v1/workflows/doubling/execute?wait=30", R"({"n": 2})", key);
    EXPECT_EQ(other.status, 422U);
    EXPECT_EQ(other.code(), "idempotency.mismatch");
}

TEST_F(ApiRunsTest, KeysOfDifferentCallersNeverMeet) {
    const Headers key{{"idempotency-key", "shared"}};
    const std::string target = "/api/v1/workflows/doubling/execute?wait=30";
    const auto mine = world().send({"POST", target, world().token("administrator"), {}, key});
    const auto theirs = world().send({"POST", target, world().token("operator"), {}, key});
    ASSERT_EQ(mine.status, 200U) << mine.body;
    ASSERT_EQ(theirs.status, 200U) << theirs.body;
    EXPECT_NE(mine.text("/runId"), theirs.text("/runId"));
}

TEST_F(ApiRunsTest, AKeyIsFreeAgainAfterARefusal) {
    const Headers key{{"idempotency-key", "retry"}};
    EXPECT_EQ(post("/api/v1/runs", R"({"workflowId": "none"})", key).status, 404U);
    EXPECT_EQ(post("/api/v1/runs", R"({"workflowId": "doubling"})", key).status, 202U);
    EXPECT_EQ(post("/api/v1/runs", R"({"workflowId": "doubling"})", {{"idempotency-key", ""}}).code(),
              "idempotency.key");
    EXPECT_EQ(post("/api/v1/webhooks", "{}", {{"idempotency-key", "a"}}).code(), "idempotency.unsupported");
}

TEST_F(ApiRunsTest, RerunsOnceUnderAKey) {
    const auto run = post("/api/v1/runs?wait=30", R"({"workflowId": "doubling"})");
    ASSERT_EQ(run.status, 200U) << run.body;
    EXPECT_TRUE(run.json()["ended"].asBoolean());
    const std::string target = "/api/v1/runs/" + run.text("/summary/runId") + "/rerun?wait=30";
    const auto first = post(target, {}, {{"idempotency-key", "once"}});
    ASSERT_EQ(first.status, 200U) << first.body;
    const auto second = post(target, {}, {{"idempotency-key", "once"}});
    EXPECT_EQ(second.text("/summary/runId"), first.text("/summary/runId"));
    EXPECT_EQ(post(target, R"({"mode": "backwards"})").status, 422U);
}

TEST_F(ApiRunsTest, PagesFollowEachOtherByTheirLinks) {
    std::set<std::string> started;
    for (int i = 0; i < 7; ++i) {
        started.insert(post("/api/v1/workflows/doubling/execute?wait=30").text("/runId"));
    }
    std::set<std::string> seen;
    std::string target = "/api/v1/runs?limit=3&workflowId=doubling";
    for (int page = 0; page < 100 && !target.empty(); ++page) {
        const auto answer = get(target);
        ASSERT_EQ(answer.status, 200U) << answer.body;
        const Value list = answer.json();
        for (const Value& run : list["runs"].items()) {
            EXPECT_TRUE(seen.emplace(run["runId"].asString()).second) << "twice";
        }
        const auto link = answer.header("link");
        EXPECT_EQ(link.empty(), list["nextCursor"].asString().empty());
        EXPECT_TRUE(link.empty() || link.ends_with(">; rel=\"next\"")) << link;
        target = link.empty() ? "" : link.substr(1, link.find('>') - 1);
    }
    EXPECT_TRUE(std::includes(seen.begin(), seen.end(), started.begin(), started.end()));
}

TEST_F(ApiRunsTest, ApprovalsAreDecided) {
    const auto run = post("/api/v1/runs", R"({"workflowId": "approving"})").text("/runId");
    service::test::waitForStatus(world().host->dispatcher(), run, "waiting");
    const auto pending = get("/api/v1/pending?workflowId=approving");
    ASSERT_EQ(pending.json()["items"].size(), 1U) << pending.body;
    EXPECT_EQ(post("/api/v1/runs/" + run + "/nodes/ask/decision", R"({"approved": true})").status, 204U);
    EXPECT_EQ(get("/api/v1/runs/" + run + "/wait").text("/summary/status"), "succeeded");
    EXPECT_EQ(post("/api/v1/runs/" + run + "/nodes/ask/decision", R"({"approved": true})").status, 409U);
    EXPECT_EQ(get("/api/v1/runs/" + run + "/nodes/none").code(), "run.node-not-found");
    EXPECT_EQ(get("/api/v1/runs/" + run + "/journal").status, 200U);
    EXPECT_EQ(get("/api/v1/grid?workflowId=approving").status, 200U);
}

}  // namespace

}  // namespace signalbox::gateway::test
