// Every route by everybody: what is not in the table is not allowed to be there.
#include <map>

#include <fmt/format.h>

#include "gateway/hash_places.h"
#include "gateway/route.h"
#include "protocol/envelope.h"
#include "unit/gateway/api_fixture.h"
#include "unit/gateway/api_walk_table.h"

namespace signalbox::gateway::test {

namespace {

constexpr std::array kActors{"", "viewer", "operator", "designer", "administrator", "narrow", "foreigner"};

/// Somewhere that is not there, so that nothing happens.
std::string concrete(std::string_view pattern) {
    std::string target;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (pattern[i] != '{') {
            target += pattern[i];
            continue;
        }
        const std::string_view name = pattern.substr(i + 1, pattern.find('}', i) - i - 1);
        target += name == "version" ? "7" : "00000000-0000-7000-8000-000000000000";
        i = pattern.find('}', i);
    }
    return target;
}

/// '-' nobody is known, 'x' not permitted, 't' of another tenant, 'o' let in, whatever comes of it.
char verdictOf(const Answer& answer) {
    if (answer.isStream || answer.status < 400) return 'o';
    const std::string code = answer.code();
    if (code == "auth.required") return '-';
    if (code == "auth.forbidden") return 'x';
    return code == "auth.tenant" ? 't' : 'o';
}

std::map<std::string, std::string> expectations() {
    std::map<std::string, std::string> table;
    for (const auto& [route, verdicts] : kWalk) table.emplace(route, verdicts);
    return table;
}

std::string nameOf(const Route& route) { return fmt::format("{} {}", methodName(route.method), route.pattern); }

}  // namespace

class ApiWalkTest : public ApiTest {};

TEST_F(ApiWalkTest, EveryRouteLetsInWhomTheTableSays) {
    const auto table = expectations();
    for (const Route& route : allRoutes()) {
        const auto expected = table.find(nameOf(route));
        ASSERT_NE(expected, table.end()) << nameOf(route) << " is not in the table of who may call it";
        std::string got;
        for (const char* actor : kActors) {
            // Signing out ends the session, which others still need.
            const bool needsOwn = route.handler == Handler::Logout && *actor != '\0' && std::string("narrow") != actor;
            const std::string token = *actor == '\0' ? "" : needsOwn ? world().signIn(actor) : world().token(actor);
            got += verdictOf(world().send({std::string(methodName(route.method)), concrete(route.pattern), token}));
        }
        EXPECT_EQ(got, expected->second) << nameOf(route);
    }
}

TEST_F(ApiWalkTest, TheTableHasNoRouteThatIsNotThere) {
    auto table = expectations();
    for (const Route& route : allRoutes()) table.erase(nameOf(route));
    for (const auto& [name, verdicts] : table) ADD_FAILURE() << name << " is in the table, and nowhere else";
}

/// An operator runs what is there; what a document of their own would do is for those who may write one.
TEST_F(ApiWalkTest, ADocumentGivenWithAStartNeedsTheRightToWriteOne) {
    const std::string text = R"({"text": "{}"})";
    const auto asked = [&](const char* actor) {
        return world().send({"POST", "/api/v1/runs", world().token(actor), text});
    };
    const auto refused = asked("operator");
    EXPECT_EQ(refused.status, 403U) << refused.body;
    EXPECT_NE(refused.text("/hint").find("workflow:write"), std::string::npos) << refused.body;
    EXPECT_NE(asked("designer").status, 403U);
    const std::string known = R"({"workflowId": "doubling"})";
    EXPECT_EQ(world().send({"POST", "/api/v1/runs", world().token("operator"), known}).status, 202U);
}

TEST_F(ApiWalkTest, WhoMayNotLookMayNotWaitAndNothingIsStarted) {
    const auto key = post("/api/v1/account/keys", R"({"name": "starter", "scopes": ["run:start"]})").text("/secret");
    const auto total = [] { return get("/api/v1/runs").json()["total"].asInteger(); };
    const auto before = total();
    for (const char* target : {"/api/v1/workflows/doubling/execute?wait=5", "/api/v1/runs?wait=5"}) {
        const bool isRuns = std::string_view(target).starts_with("/api/v1/runs");
        const auto refused =
            world().send({"POST", target, key, isRuns ? R"({"workflowId": "doubling"})" : std::string()});
        EXPECT_EQ(refused.status, 403U) << refused.body;
        EXPECT_NE(refused.text("/hint").find("run:read"), std::string::npos) << refused.body;
    }
    EXPECT_EQ(total(), before);
    EXPECT_EQ(world().send({"POST", "/api/v1/workflows/doubling/execute", key}).status, 202U);
}

TEST_F(ApiWalkTest, EventsNeedWhatTheirKindsNeed) {
    const auto ask = [](const std::string& query) {
        return world().send({"GET", "/api/v1/events" + query, world().token("narrow")});
    };
    const auto refused = ask("?metrics=true&logs=false");
    EXPECT_EQ(refused.status, 403U) << refused.body;
    EXPECT_EQ(refused.code(), "auth.forbidden");
    const std::string told = refused.text("/detail");
    EXPECT_NE(told.find(R"(runs (needs "run:read"), nodes (needs "run:read"), metrics (needs "gateway:read"))"),
              std::string::npos)
        << told;
    EXPECT_EQ(refused.text("/hint"), "Ask with false for runs, nodes, metrics");
    EXPECT_TRUE(ask("?runs=false&nodes=false&logs=false").isStream) << "what happens to workflows it may read";
    EXPECT_EQ(ask("?runs=false&nodes=false&logs=false&workflows=false").code(), "request.invalid");
    EXPECT_EQ(get("/api/v1/events?level=loud").status, 422U);
    EXPECT_EQ(get("/api/v1/events?colour=red").code(), "request.unknown-parameter");
}

TEST_F(ApiWalkTest, EveryCallOfTheProtocolHasARoute) {
    std::map<std::string, int> routes;
    for (const Route& route : allRoutes()) ++routes[std::string(route.call)];
    for (const auto& call : protocol::calls()) EXPECT_GT(routes[call.name], 0) << call.name;
}

/// The route says it for REST, the call for sockets.
TEST(RouteCheck, RoutesAndCallsAgreeOnWhatHashesAPassword) {
    const auto requestOf = [](std::string_view call) {
        for (protocol::Request request :
             {protocol::Request(protocol::ChangeOwnPassword{}), protocol::Request(protocol::SetUserPassword{}),
              protocol::Request(protocol::CreateUser{}), protocol::Request(protocol::UpdateUser{})}) {
            if (protocol::callName(request) == call) return request;
        }
        return protocol::Request(protocol::GetGatewayInfo{});
    };
    int hashing = 0;
    for (const Route& route : allRoutes()) {
        EXPECT_EQ(hashesPassword(requestOf(route.call)), route.hashes) << route.pattern;
        hashing += route.hashes ? 1 : 0;
    }
    EXPECT_EQ(hashing, 3);
}

TEST(RouteCheck, ARouteThatSaysNothingOfWhatItNeedsIsRefused) {
    Route route{.pattern = "/api/v1/runs", .call = "runs.list"};
    EXPECT_EQ(checkRoute(route).error().code, "route.permission");
    route.permission = "run:start";
    EXPECT_EQ(checkRoute(route).error().code, "route.permission");
    route.permission = kPublic;
    EXPECT_EQ(checkRoute(route).error().code, "route.permission");
    route.permission = "run:read";
    EXPECT_TRUE(checkRoute(route));
    route.call = "runs.lost";
    EXPECT_EQ(checkRoute(route).error().code, "route.call");
}

}  // namespace signalbox::gateway::test
