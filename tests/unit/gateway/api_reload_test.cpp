// A page that was loaded again asks for its CSRF token, and what others get when they do.
#include "unit/gateway/api_fixture.h"

namespace signalbox::gateway::test {
namespace {

constexpr const char* kSession = "/api/v1/auth/session";
const std::string kGood = R"({"login":"operator","password":")" + std::string(kPassword) + R"(","cookie":true})";

class ApiReloadTest : public ApiTest {
protected:
    struct Browser {
        std::string cookie;
        std::string csrf;
    };
    static Browser signIn() {
        const Answer answer = world().send({.method = "POST", .target = "/api/v1/auth/login", .body = kGood});
        const std::string set = answer.header("Set-Cookie");
        return {set.substr(0, set.find(';')), answer.text("/csrf")};
    }
    static Answer ask(const std::string& cookie, Headers headers = {}) {
        headers.emplace_back("cookie", cookie);
        return world().send({.target = kSession, .headers = std::move(headers)});
    }
};

TEST_F(ApiReloadTest, APageThatWasLoadedAgainGoesOn) {
    const Browser browser = signIn();
    ASSERT_FALSE(browser.csrf.empty());
    const Answer seen = ask(browser.cookie, {{"sec-fetch-site", "same-origin"}});
    ASSERT_EQ(seen.status, 200U) << seen.body;
    EXPECT_EQ(seen.text("/csrf"), browser.csrf);
    EXPECT_EQ(seen.text("/account/login"), "operator");
    EXPECT_EQ(seen.header("cache-control"), "no-store");
    EXPECT_EQ(ask(browser.cookie).text("/csrf"), browser.csrf) << "not every browser tells where a request is from";
    const Answer start = world().send(
        {.method = "POST",
         .target = "/api/v1/runs",
         .body = R"({"workflowId":"doubling"})",
         .headers = {
             {"cookie", browser.cookie}, {"x-csrf-token", seen.text("/csrf")}, {"origin", "http://localhost:7450"}}});
    EXPECT_EQ(start.status, 202U) << start.body;
}

TEST_F(ApiReloadTest, AnotherOriginGetsNothing) {
    const Browser browser = signIn();
    for (const Headers& foreign :
         {Headers{{"origin", "https://evil.example"}}, Headers{{"origin", "null"}},
          Headers{{"origin", "http://localhost:9999"}, {"sec-fetch-site", "same-site"}},
          Headers{{"sec-fetch-site", "same-site"}}, Headers{{"sec-fetch-site", "cross-site"}}}) {
        const Answer answer = ask(browser.cookie, foreign);
        EXPECT_EQ(answer.code(), "auth.origin") << foreign[0].second;
        EXPECT_EQ(answer.body.find(browser.csrf), std::string::npos);
        EXPECT_EQ(answer.header("access-control-allow-origin"), "");
    }
    const Answer preflight =
        world().send({.method = "OPTIONS",
                      .target = kSession,
                      .headers = {{"origin", "https://evil.example"}, {"access-control-request-method", "GET"}}});
    EXPECT_EQ(preflight.header("access-control-allow-origin"), "");
}

/// One that may call with a token, as settings name it: a browser lets it not read what came by a cookie.
TEST_F(ApiReloadTest, NeitherDoesOneThatIsListedForTokens) {
    const Browser browser = signIn();
    ApiLimits limits;
    limits.cors.origins = {"https://other.example"};
    world().api->reconfigure(limits);
    const Answer answer = ask(browser.cookie, {{"origin", "https://other.example"}});
    world().api->reconfigure({});
    EXPECT_EQ(answer.code(), "auth.origin");
    EXPECT_EQ(answer.header("access-control-allow-credentials"), "");
    EXPECT_EQ(answer.body.find(browser.csrf), std::string::npos);
}

TEST_F(ApiReloadTest, OnlyASessionByCookieHasOne) {
    const Browser browser = signIn();
    const std::string token = browser.cookie.substr(browser.cookie.find('=') + 1);
    for (const std::string& bearer : {token, world().token("narrow")}) {
        const Answer answer = world().send({.target = kSession, .token = bearer});
        ASSERT_EQ(answer.status, 200U) << answer.body;
        EXPECT_TRUE(answer.json()["csrf"].isUndefined());
    }
    const Answer key = ask("signalbox_session=" + world().token("narrow"));
    ASSERT_EQ(key.status, 200U) << key.body;
    EXPECT_EQ(key.text("/account/kind"), "key");
    EXPECT_TRUE(key.json()["csrf"].isUndefined());
    EXPECT_EQ(world().send({.target = kSession}).status, 401U);
    EXPECT_EQ(ask("signalbox_session=guess").status, 401U);
    for (const char* other : {"/api/v1/account", "/api/v1/account/sessions"}) {
        const Answer account = world().send({.target = other, .headers = {{"cookie", browser.cookie}}});
        EXPECT_EQ(account.status, 200U);
        EXPECT_EQ(account.body.find(browser.csrf), std::string::npos) << other;
    }
}

}  // namespace
}  // namespace signalbox::gateway::test
