// The radix tree, entity tags, turns: without a workspace.
#include <fmt/format.h>

#include "gateway/route.h"
#include "gateway/turns.h"
#include "unit/gateway/api_fixture.h"

namespace signalbox::gateway::test {

namespace {

TEST(RouterTest, FindsEveryRouteOfTheTable) {
    Router router;
    const auto routes = allRoutes();
    for (std::size_t i = 0; i < routes.size(); ++i) ASSERT_TRUE(router.add(routes[i].method, routes[i].pattern, i));
    for (std::size_t i = 0; i < routes.size(); ++i) {
        std::string path;
        bool inside = false;
        for (const char c : routes[i].pattern) {
            if (c == '{') path += "pending";
            inside = c == '{' || (inside && c != '}');
            if (!inside && c != '}') path += c;
        }
        const auto match = router.find(methodName(routes[i].method), path);
        ASSERT_EQ(match.kind, RouteMatch::Kind::Found) << path;
        EXPECT_EQ(match.route, i) << path << " goes to " << routes[match.route].pattern;
    }
}

TEST(RouterTest, WhatIsSpeltOutGoesBeforeAParameter) {
    Router router;
    ASSERT_TRUE(router.add(Method::Get, "/a/{x}", 1));
    ASSERT_TRUE(router.add(Method::Get, "/a/pending", 2));
    ASSERT_TRUE(router.add(Method::Get, "/a/{x}/b/{y}", 3));
    ASSERT_TRUE(router.add(Method::Get, "/a/pen/b/c", 4));
    EXPECT_EQ(router.find("GET", "/a/pending").route, 2U);
    EXPECT_EQ(router.find("GET", "/a/pend").route, 1U);
    EXPECT_EQ(router.find("GET", "/a/pendings").route, 1U);
    EXPECT_EQ(router.find("GET", "/a/pen/b/c").route, 4U);
    const auto match = router.find("HEAD", "/a/pen/b/ü");
    EXPECT_EQ(match.route, 3U);
    ASSERT_EQ(match.parameterCount, 2U);
    EXPECT_EQ(match.parameters[0], "pen");
    EXPECT_EQ(match.parameters[1], "ü");
    for (const char* path : {"", "/", "/a", "/a/", "/a//b/c", "/a/x/b", "/a/x/b/", "/a/x/b/c/d", "*"}) {
        EXPECT_EQ(router.find("GET", path).kind, RouteMatch::Kind::NotFound) << path;
    }
    EXPECT_EQ(router.find("DELETE", "/a/x").kind, RouteMatch::Kind::WrongMethod);
    EXPECT_EQ(router.find("OPTIONS", "/a/x").allow, "GET, HEAD, OPTIONS");
}

TEST(RouterTest, RefusesWhatItCouldNotTellApart) {
    Router router;
    EXPECT_EQ(router.add(Method::Get, "/a/{x", 1).error().code, "route.pattern");
    EXPECT_EQ(router.add(Method::Get, "/a/b{x}", 1).error().code, "route.pattern");
    EXPECT_EQ(router.add(Method::Get, "/a/{}", 1).error().code, "route.pattern");
    ASSERT_TRUE(router.add(Method::Get, "/a/{x}", 1));
    EXPECT_EQ(router.add(Method::Get, "/a/{y}", 2).error().code, "route.duplicate");
    EXPECT_TRUE(router.add(Method::Put, "/a/{y}", 2));
}

TEST(TurnsTest, OneAfterTheOther) {
    Turns turns;
    std::vector<int> order;
    Turns::Turn held;
    turns.take([&](const Turns::Turn& turn) {
        order.push_back(1);
        held = turn;
    });
    turns.take([&](const Turns::Turn&) { order.push_back(2); });
    turns.take([&](const Turns::Turn&) { order.push_back(3); });
    EXPECT_EQ(order, std::vector{1});
    held.reset();
    EXPECT_EQ(order, (std::vector{1, 2, 3}));
}

TEST(EverybodyTest, WithoutAuthenticationPagesOfOthersStayOut) {
    ApiOptions options;
    options.everybody = everybody();
    ApiWorld world(std::move(options));
    EXPECT_EQ(world.send({"GET", "/api/v1/workflows"}).status, 200U);
    const auto start = [&](Headers headers) {
        return world.send({"POST", "/api/v1/runs", {}, R"({"workflowId": "doubling"})", std::move(headers)});
    };
    EXPECT_EQ(start({}).status, 202U);
    EXPECT_EQ(world.send({"GET", "/api/v1/auth/session"}).json()["account"],
              world.send({"GET", "/api/v1/account"}).json());
    EXPECT_EQ(start({{"origin", "https://evil.example"}}).code(), "auth.origin");
    EXPECT_EQ(start({{"origin", "http://localhost:7450"}}).status, 202U);
    EXPECT_EQ(world.send({"GET", "/api/v1/ws", {}, {}, {{"origin", "https://evil.example"}}, true}).code(),
              "auth.origin");
    EXPECT_EQ(world.send({"POST", "/api/v1/auth/login", {}, R"({"login": "a", "password": "b"})"}).status, 501U);
}

TEST(LimitsTest, TooManyRequestsAreToldWhenToComeBack) {
    ApiOptions options;
    options.limits.perPrincipal = {1, 2};
    options.limits.cors.origins = {"https://console.example"};
    ApiWorld world(std::move(options));
    const Ask ask{"GET", "/api/v1/gateway", world.token("viewer"), {}, {{"origin", "https://console.example"}}};
    EXPECT_EQ(world.send(ask).header("access-control-allow-origin"), "https://console.example");
    EXPECT_EQ(world.send(ask).header("ratelimit-remaining"), "0");
    const auto refused = world.send(ask);
    EXPECT_EQ(refused.status, 429U);
    EXPECT_EQ(refused.code(), "rate.limited");
    EXPECT_FALSE(refused.header("retry-after").empty());
    EXPECT_EQ(world.send({"GET", "/api/v1/gateway", world.token("operator")}).status, 200U);
    world.api->reconfigure({});
    EXPECT_EQ(world.send(ask).status, 200U);
}

}  // namespace

}  // namespace signalbox::gateway::test
