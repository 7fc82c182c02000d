// Every list by pages: each row once, in order, whatever is made or deleted meanwhile.
#include <functional>
#include <thread>

#include <fmt/format.h>

#include "base/json.h"
#include "gateway/page_links.h"
#include "protocol/envelope.h"
#include "unit/gateway/api_fixture.h"

namespace signalbox::gateway::test {

namespace {

/// A list to walk through.
struct List {
    std::string target;  ///< with a query, so that more can be added to it
    std::string rows;
    std::string id;                                ///< pointer within a row
    std::function<void(const std::string&)> stir;  ///< deletes a row, or makes one before all others
};

std::vector<std::string> idsIn(const Value& page, const List& list) {
    std::vector<std::string> ids;
    for (const Value& row : page[list.rows].items()) {
        const Value id = resolvePointer(row, list.id);
        ids.push_back(id.isString() ? std::string(id.asString()) : writeJson(id));
    }
    return ids;
}

/// Ten items and an approval.
std::string mapDocument() {
    return R"({"format": 1, "id": "mapping", "nodes": [
{"id": "numbers", "type": "ConstantNode", "params": {"value": [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]}},
{"id": "each", "type": "MapNode", "params": {"node": {"type": "TransformNode", "params": {"expression": "$ * 2"}}}},
{"id": "ask", "type": "ApprovalNode", "params": {"prompt": "Go on?"}}],
"edges": [{"from": "numbers.output", "to": "each.items"}, {"from": "each.output", "to": "ask.input"}]})";
}

class ApiPagesTest : public ApiTest {
protected:
    static Answer asViewer(const std::string& method, const std::string& target, const std::string& body = {}) {
        return world().send({method, target, world().token("viewer"), body});
    }
    static std::string idOfViewer() { return get("/api/v1/users?text=viewer").text("/users/0/id"); }
    static void made(const Answer& answer) { ASSERT_LT(answer.status, 300U) << answer.body; }
    /// Asks until there are so many, or fails.
    static void awaitPending(const std::string& workflow, std::size_t count) {
        const auto deadline = std::chrono::steady_clock::now() + service::test::kDeadline;
        while (get("/api/v1/pending?workflowId=" + workflow).json()["items"].size() != count) {
            ASSERT_LT(std::chrono::steady_clock::now(), deadline) << workflow;
            std::this_thread::yield();
        }
    }
    /// With the ETag that it has now, if it has one.
    static void erase(const std::string& target) {
        const auto etag = get(target).header("etag");
        made(remove(target, etag.empty() ? Headers{} : Headers{{"if-match", etag}}));
    }

    static void walk(const List& list) {
        SCOPED_TRACE(list.target);
        const auto all = get(list.target);
        ASSERT_EQ(all.status, 200U) << all.body;
        const auto expected = idsIn(all.json(), list);
        ASSERT_GE(expected.size(), 5U) << all.body;
        EXPECT_EQ(all.header("link"), "") << "it is all there is";
        EXPECT_EQ(all.text("/nextCursor"), "");
        std::vector<std::string> seen;
        std::string target = list.target + "&limit=2";
        for (int page = 0; page < 50 && !target.empty(); ++page) {
            const auto answer = get(target);
            ASSERT_EQ(answer.status, 200U) << answer.body;
            const auto ids = idsIn(answer.json(), list);
            seen.insert(seen.end(), ids.begin(), ids.end());
            const auto link = answer.header("link");
            EXPECT_EQ(link.empty(), answer.text("/nextCursor").empty());
            EXPECT_TRUE(link.empty() || (ids.size() == 2 && link.ends_with(">; rel=\"next\""))) << link;
            target = link.empty() ? "" : link.substr(1, link.find('>') - 1);
            if (page == 0 && list.stir) list.stir(seen.front());
        }
        EXPECT_EQ(seen, expected);
        refuses(list);
    }

    static void refuses(const List& list) {
        const auto foreign = get("/api/v1/workflows?limit=1");
        const bool isItself = list.target.starts_with("/api/v1/workflows?");
        for (const std::string& cursor :
             {std::string("nonsense"), std::string("WyJhIl0"), isItself ? "-" : foreign.text("/nextCursor")}) {
            const auto refused = get(list.target + "&cursor=" + cursor);
            EXPECT_EQ(refused.status, 400U) << cursor << refused.body;
            EXPECT_EQ(refused.code(), "store.cursor") << cursor;
        }
        EXPECT_EQ(get(list.target + "&limit=0").status, 422U);
        EXPECT_EQ(get(list.target + "&limit=100001").status, 422U);
    }
};

TEST_F(ApiPagesTest, EveryListDeclaresThem) {
    const Value paths = world().send({"GET", "/openapi.json"}).json()["paths"];
    std::size_t lists = 0;
    for (const auto& call : protocol::calls()) {
        const bool isList =
            call.name.ends_with(".list") || call.resultSchema["properties"].find("nextCursor") != nullptr;
        // What the program itself brings along is short.
        if (!isList || call.name == "roles.list" || call.name == "nodes.list") continue;
        ++lists;
        for (const Route& route : allRoutes()) {
            if (route.call != call.name) continue;
            EXPECT_TRUE(hasPages(route)) << call.name;
            const Value& operation = paths[route.pattern]["get"];
            std::string names;
            for (const Value& parameter : operation["parameters"].items()) {
                names += fmt::format(" {} ", parameter["name"].asString());
            }
            EXPECT_NE(names.find(" limit "), std::string::npos) << route.pattern;
            EXPECT_NE(names.find(" cursor "), std::string::npos) << route.pattern;
            EXPECT_TRUE(operation["responses"]["200"]["headers"].find("Link") != nullptr) << route.pattern;
        }
        EXPECT_TRUE(call.resultSchema["properties"].find("nextCursor") != nullptr) << call.name;
    }
    EXPECT_EQ(lists, 16U);
}

TEST_F(ApiPagesTest, WhatStartsRuns) {
    world().folder.write("inbox/readme.txt", "here");
    for (const char* name : {"Delta", "alpha", "Beta", "Gamma", "Beta"}) {
        const auto body = fmt::format(R"({{"name": "page {}", "workflowId": "doubling")", name);
        made(post("/api/v1/schedules", body + R"(, "cron": "0 3 * * *"})"));
        made(post("/api/v1/webhooks", body + "}"));
        made(post("/api/v1/watches", body + R"(, "folder": "inbox", "enabled": false})"));
    }
    for (const char* list : {"schedules", "webhooks", "watches"}) {
        const std::string place = fmt::format("/api/v1/{}", list);
        walk({place + "?text=PAGE", list, "/id", [&](const std::string& id) { erase(place + "/" + id); }});
        EXPECT_EQ(get(place + "?workflowId=waiting").json()[list].size(), 0U);
        EXPECT_EQ(get(place + "?workflowId=doubling&text=page").json()[list].size(), 4U);
        EXPECT_EQ(get(place + "?text=page%20gam").json()[list].size(), 1U);
    }
    const auto id = get("/api/v1/schedules?text=page&limit=1").text("/schedules/0/id");
    made(post("/api/v1/schedules/" + id + "/pause"));
    EXPECT_EQ(get("/api/v1/schedules?text=page&paused=true").json()["schedules"].size(), 1U);
    EXPECT_EQ(get("/api/v1/schedules?text=page&paused=false").json()["schedules"].size(), 3U);
    EXPECT_EQ(get("/api/v1/schedules?paused=perhaps").code(), "request.parameter");
    EXPECT_EQ(get("/api/v1/webhooks?text=page&enabled=false").json()["webhooks"].size(), 0U);
    EXPECT_EQ(get("/api/v1/watches?text=page&enabled=false").json()["watches"].size(), 4U);
}

TEST_F(ApiPagesTest, Workflows) {
    for (const char* name : {"delta", "alpha", "beta", "gamma", "omega"}) {
        const std::string id = fmt::format("paged-{}", name);
        world().write(id, service::test::doublingDocument(id));
    }
    walk({"/api/v1/workflows?text=paged-", "workflows", "/id",
          [](const std::string& id) { erase("/api/v1/workflows/" + id); }});
    for (const char* name : {"beta", "delta", "gamma", "omega"}) {
        erase(fmt::format("/api/v1/workflows/paged-{}", name));
    }
    walk({"/api/v1/trash?", "entries", "/trashId",
          [](const std::string& id) { made(post("/api/v1/trash/" + id + "/restore")); }});
    const auto newVersion = [](int number) {
        std::string text = service::test::doublingDocument("versioned");
        text.replace(text.find("$ * 2"), 5, fmt::format("$ * {}", number));
        world().write("versioned", text);
        made(post("/api/v1/workflows/versioned/execute?wait=30"));
    };
    for (int number = 2; number < 7; ++number) newVersion(number);
    walk(
        {"/api/v1/workflows/versioned/versions?", "versions", "/version", [&](const std::string&) { newVersion(17); }});
}

TEST_F(ApiPagesTest, UsersTheirSessionsAndKeys) {
    for (const char* name : {"delta", "alpha", "Beta", "gamma", "omega"}) {
        made(post("/api/v1/users",
                  fmt::format(R"({{"login": "paged-{}", "name": "x", "password": "{}", "roles": ["viewer"]}})", name,
                              kPassword)));
        made(
            asViewer("POST", "/api/v1/account/keys", fmt::format(R"({{"name": "{}", "scopes": ["run:read"]}})", name)));
        made(post("/api/v1/account/keys", fmt::format(R"({{"name": "{}", "scopes": ["run:read"]}})", name)));
    }
    // With the one that they have there are five: no user has more.
    for (const char* user : {"viewer", "administrator"}) {
        static_cast<void>(world().token(user));
        for (int i = 0; i < 4; ++i) static_cast<void>(world().signIn(user));
    }
    walk({"/api/v1/users?text=paged-", "users", "/id", [](const std::string& id) { erase("/api/v1/users/" + id); }});
    const auto erases = [](std::string place) {
        return [place = std::move(place)](const std::string& id) { made(remove(place + id)); };
    };
    walk({"/api/v1/sessions?userId=" + idOfViewer(), "sessions", "/id", erases("/api/v1/sessions/")});
    walk({"/api/v1/keys?userId=" + idOfViewer(), "keys", "/id", erases("/api/v1/keys/")});
    walk({"/api/v1/account/sessions?", "sessions", "/id", erases("/api/v1/account/sessions/")});
    walk({"/api/v1/account/keys?", "keys", "/id", erases("/api/v1/account/keys/")});
}

TEST_F(ApiPagesTest, RunsAndWhatIsInThem) {
    for (int i = 0; i < 5; ++i) made(post("/api/v1/runs", R"({"workflowId": "approving"})"));
    awaitPending("approving", 5);
    walk({"/api/v1/pending?workflowId=approving", "items", "/runId", [](const std::string& id) {
              made(post("/api/v1/runs/" + id + "/nodes/ask/decision", R"({"approved": true})"));
              awaitPending("approving", 4);
          }});
    walk({"/api/v1/runs?workflowId=approving", "runs", "/runId",
          [](const std::string&) { made(post("/api/v1/runs", R"({"workflowId": "approving"})")); }});
    world().write("mapping", mapDocument());
    const auto mapped = post("/api/v1/runs", R"({"workflowId": "mapping"})");
    made(mapped);
    awaitPending("mapping", 1);
    const std::string place = "/api/v1/runs/" + mapped.text("/runId");
    // The journal is a commit behind what is pending.
    const auto deadline = std::chrono::steady_clock::now() + service::test::kDeadline;
    while (get(place + "/nodes/each/items?statuses=succeeded").json()["total"] != Value(10)) {
        ASSERT_LT(std::chrono::steady_clock::now(), deadline);
        std::this_thread::yield();
    }
    walk({place + "/nodes/each/items?", "items", "/item", {}});
    walk({place + "/nodes/each/items?statuses=succeeded", "items", "/item", {}});
    walk({place + "/timeline?", "bar", "", {}});
    EXPECT_EQ(get(place + "/nodes/each/items?offset=2&limit=3").json()["items"].at(0)["item"], Value(2));
}

}  // namespace

}  // namespace signalbox::gateway::test
