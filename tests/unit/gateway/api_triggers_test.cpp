// Schedules, webhooks, watched folders and retention over HTTP, each edited with its ETag.
#include <fmt/format.h>

#include "unit/gateway/api_fixture.h"

namespace signalbox::gateway::test {

namespace {

class ApiTriggersTest : public ApiTest {
protected:
    /// Makes one, edits it rightly and wrongly, and deletes it. `pointer` is to the object within what saving gives.
    static void edits(const std::string& list, const std::string& body, const std::string& pointer) {
        const auto made = post(list, body);
        ASSERT_EQ(made.status, 201U) << made.body;
        const auto target = made.header("location");
        EXPECT_EQ(target, list + "/" + made.text(pointer + "/id"));
        const auto etag = get(target).header("etag");
        EXPECT_EQ(etag, made.header("etag"));
        EXPECT_EQ(get(target, {{"if-none-match", etag}}).status, 304U);
        const std::string whole = get(target).body;
        EXPECT_EQ(put(target, whole).status, 428U);
        EXPECT_EQ(put(target, whole, {{"if-match", "\"999999\""}}).status, 412U);
        const auto changed = put(target, whole, {{"if-match", etag}});
        ASSERT_EQ(changed.status, 200U) << changed.body;
        EXPECT_EQ(remove(target).status, 428U);
        EXPECT_EQ(remove(target, {{"if-match", "\"999999\""}}).status, 412U);
        EXPECT_EQ(remove(target, {{"if-match", changed.header("etag")}}).status, 204U);
        EXPECT_EQ(get(target).status, 404U);
    }
};

TEST_F(ApiTriggersTest, Schedules) {
    edits("/api/v1/schedules",
          R"({"name": "Nightly", "workflowId": "doubling", "cron": "0 3 * * *", "inputs": {"n": 3}, "paused": true})",
          "");
    const auto bad = post("/api/v1/schedules", R"({"name": "x", "workflowId": "doubling", "cron": "61 * * * *"})");
    EXPECT_EQ(bad.status, 422U) << bad.body;
    EXPECT_EQ(bad.code(), "schedule.cron");
}

TEST_F(ApiTriggersTest, SchedulesArePausedAndTriggered) {
    const auto made = post("/api/v1/schedules", R"({"name": "Rare", "workflowId": "doubling", "cron": "0 3 29 2 *"})");
    ASSERT_EQ(made.status, 201U) << made.body;
    const auto target = made.header("location");
    EXPECT_TRUE(post(target + "/pause", R"({"note": "holiday"})").json()["paused"].asBoolean());
    for (const char* action : {"/pause", "/resume", "/trigger"}) {
        const auto refused = post(target + action, {}, {{"if-match", "\"999999\""}});
        EXPECT_EQ(refused.status, 400U) << action;
        EXPECT_EQ(refused.code(), "precondition.unsupported") << action;
    }
    const auto resumed = post(target + "/resume").json();
    EXPECT_FALSE(resumed["paused"].asBoolean());
    EXPECT_EQ(resumed["note"].asString(), "holiday") << "why it was paused is kept";
    EXPECT_EQ(post(target + "/trigger").status, 202U);
    const auto preview = get("/api/v1/schedule-preview?cron=0+3+*+*+*&timeZone=Europe/Berlin&count=3");
    ASSERT_EQ(preview.status, 200U) << preview.body;
    EXPECT_EQ(preview.json()["times"].size(), 3U);
}

TEST_F(ApiTriggersTest, Webhooks) {
    const std::string body = R"({"name": "Orders", "workflowId": "doubling", "input": "", "enabled": true})";
    edits("/api/v1/webhooks", body, "/webhook");
    const auto made = post("/api/v1/webhooks", body);
    ASSERT_EQ(made.status, 201U) << made.body;
    EXPECT_FALSE(made.text("/secret").empty());
    const auto id = made.text("/webhook/id");
    const auto unsigned_ = world().send({"POST", "/hooks/" + id, {}, "{}"});
    EXPECT_EQ(unsigned_.status, 401U) << unsigned_.body;
    EXPECT_EQ(get("/hooks/" + id + "/test").header("content-type"), "text/html; charset=utf-8");
    const auto fresh = put("/api/v1/webhooks/" + id + "?newSecret=true", body, {{"if-match", made.header("etag")}});
    ASSERT_EQ(fresh.status, 200U) << fresh.body;
    EXPECT_NE(fresh.text("/secret"), made.text("/secret"));
}

/// A browser that goes to the test page has no session; a program that asks for data wants to be told as programs are.
TEST_F(ApiTriggersTest, ABrowserSignsInWhereItWantsToTestAWebhook) {
    const auto made = post("/api/v1/webhooks", R"({"name": "Orders", "workflowId": "doubling", "input": ""})");
    ASSERT_EQ(made.status, 201U) << made.body;
    const std::string address = "/hooks/" + made.text("/webhook/id") + "/test";
    const Headers browser{{"accept", "text/html,application/xhtml+xml,*/*;q=0.8"}};
    const auto page = world().send({"GET", address, {}, {}, browser});
    EXPECT_EQ(page.status, 401U);
    EXPECT_EQ(page.header("content-type"), "text/html; charset=utf-8");
    EXPECT_NE(page.header("www-authenticate"), "");
    EXPECT_NE(page.header("content-security-policy").find("script-src 'nonce-"), std::string::npos);
    EXPECT_EQ(page.body.find("Orders"), std::string::npos) << "says nothing of what it hides";
    EXPECT_EQ(page.body.find("{{"), std::string::npos) << page.body;
    EXPECT_EQ(world().send({"GET", address}).header("content-type"), "application/problem+json");

    const auto session =
        world().send({"POST",
                      "/api/v1/auth/login",
                      {},
                      R"({"login": "designer", "password": "granite otter balloon", "cookie": true})"});
    ASSERT_EQ(session.status, 200U) << session.body;
    const std::string cookie = session.header("set-cookie");
    auto asDesigner = browser;
    asDesigner.emplace_back("cookie", cookie.substr(0, cookie.find(';')));
    const auto shown = world().send({"GET", address, {}, {}, asDesigner});
    EXPECT_EQ(shown.status, 200U);
    EXPECT_NE(shown.body.find("Orders"), std::string::npos);

    const auto forbidden = world().send({"GET", address, world().token("viewer"), {}, browser});
    EXPECT_EQ(forbidden.status, 403U);
    EXPECT_NE(forbidden.body.find("may not do this"), std::string::npos) << forbidden.body;
}

TEST_F(ApiTriggersTest, Watches) {
    world().folder.write("inbox/readme.txt", "here");
    edits("/api/v1/watches", R"({"name": "Inbox", "workflowId": "doubling", "folder": "inbox", "enabled": false})", "");
}

/// A pointer leads to a place in what was sent (RFC 6901); a folder of the server is none.
TEST_F(ApiTriggersTest, PointersLeadIntoTheBodyThatWasSent) {
    const auto overlap =
        post("/api/v1/schedules",
             R"({"name": "Often", "workflowId": "doubling", "cron": "* * * * *", "overlap": "sometimes"})");
    EXPECT_EQ(overlap.status, 422U);
    EXPECT_EQ(overlap.text("/errors/0/pointer"), "/overlap") << overlap.body;
    const auto folder = post("/api/v1/watches", R"({"name": "Etc", "workflowId": "doubling", "folder": "/etc"})");
    EXPECT_EQ(folder.status, 422U);
    EXPECT_TRUE(folder.json()["errors"].isUndefined()) << folder.body;
}

TEST_F(ApiTriggersTest, RetentionOfTwoEditorsOneWins) {
    const auto now = get("/api/v1/engine/retention");
    ASSERT_EQ(now.status, 200U) << now.body;
    EXPECT_EQ(get("/api/v1/engine/retention", {{"if-none-match", now.header("etag")}}).status, 304U);
    const std::string wanted = R"({"maxAge": 0, "maxRuns": 12345, "maxBytes": 0})";
    EXPECT_EQ(put("/api/v1/engine/retention", wanted).status, 428U);
    const auto first = put("/api/v1/engine/retention", wanted, {{"if-match", now.header("etag")}});
    ASSERT_EQ(first.status, 200U) << first.body;
    EXPECT_EQ(first.json()["maxRuns"].asInteger(), 12345);
    EXPECT_EQ(put("/api/v1/engine/retention", now.body, {{"if-match", now.header("etag")}}).status, 412U);
    EXPECT_EQ(put("/api/v1/engine/retention", now.body, {{"if-match", first.header("etag")}}).status, 200U);
}

}  // namespace

}  // namespace signalbox::gateway::test
