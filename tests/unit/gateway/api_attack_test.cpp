// What somebody would try who has no session, somebody else's browser, or a page on another site.
#include "unit/gateway/api_fixture.h"

namespace signalbox::gateway::test {
namespace {

const std::string kGood = R"({"login":"viewer","password":")" + std::string(kPassword) + R"(","cookie":true})";

class ApiAttackTest : public ApiTest {
protected:
    struct Browser {
        std::string cookie;  ///< "name=token"
        std::string csrf;
    };
    static Browser openBrowser(bool encrypted = false) {
        const Answer answer =
            world().send({.method = "POST", .target = "/api/v1/auth/login", .body = kGood, .encrypted = encrypted});
        EXPECT_EQ(answer.status, 200U) << answer.body;
        EXPECT_TRUE(answer.json()["token"].isUndefined()) << "a script must not see what the cookie holds";
        const std::string set = answer.header("Set-Cookie");
        return {set.substr(0, set.find(';')), answer.text("/csrf")};
    }
    static Answer change(const std::string& cookie, Headers more) {
        more.emplace_back("cookie", cookie);
        return world().send(
            {.method = "DELETE", .target = "/api/v1/account/sessions/none", .headers = std::move(more)});
    }
};

TEST_F(ApiAttackTest, CookiesAreOutOfReachOfScriptsAndOtherSites) {
    const Answer plain = world().send({.method = "POST", .target = "/api/v1/auth/login", .body = kGood});
    EXPECT_TRUE(plain.header("Set-Cookie").starts_with("signalbox_session="));
    EXPECT_TRUE(plain.header("Set-Cookie").ends_with("; Path=/; HttpOnly; SameSite=Strict"));
    EXPECT_EQ(plain.header("Cache-Control"), "no-store");
    const Answer tls =
        world().send({.method = "POST", .target = "/api/v1/auth/login", .body = kGood, .encrypted = true});
    EXPECT_TRUE(tls.header("Set-Cookie").starts_with("__Host-signalbox_session="));
    EXPECT_TRUE(tls.header("Set-Cookie").ends_with("; Path=/; HttpOnly; SameSite=Strict; Secure"));
}

TEST_F(ApiAttackTest, ACookieAloneChangesNothing) {
    const Browser browser = openBrowser();
    const Browser other = openBrowser();
    EXPECT_EQ(change(browser.cookie, {}).code(), "auth.csrf");
    EXPECT_EQ(change(browser.cookie, {{"x-csrf-token", ""}}).code(), "auth.csrf");
    EXPECT_EQ(change(browser.cookie, {{"x-csrf-token", other.csrf}}).code(), "auth.csrf");
    EXPECT_EQ(change(browser.cookie, {{"x-csrf-token", browser.csrf}, {"origin", "http://evil.example"}}).code(),
              "auth.origin");
    EXPECT_EQ(change(browser.cookie, {{"x-csrf-token", browser.csrf}, {"origin", "null"}}).code(), "auth.origin");
    EXPECT_EQ(change(browser.cookie, {{"x-csrf-token", browser.csrf}, {"origin", "http://localhost:9999"}}).code(),
              "auth.origin");
    EXPECT_EQ(change(browser.cookie, {{"x-csrf-token", browser.csrf}, {"origin", "http://localhost:7450"}}).code(),
              "identity.not-found")
        << "the right ones get through";
}

TEST_F(ApiAttackTest, AKeyInACookieReadsButChangesNothing) {
    const std::string cookie = "signalbox_session=" + world().token("narrow");
    EXPECT_EQ(change(cookie, {{"x-csrf-token", "anything"}}).code(), "auth.csrf");
}

TEST_F(ApiAttackTest, ThePlainCookieIsWorthNothingOverTls) {
    const Browser browser = openBrowser();
    const Answer answer =
        world().send({.target = "/api/v1/account", .headers = {{"cookie", browser.cookie}}, .encrypted = true});
    EXPECT_EQ(answer.status, 401U) << "a plain page of the same host could have set it";
}

TEST_F(ApiAttackTest, ASocketTakesTheCookieOnlyFromOwnPages) {
    const Browser browser = openBrowser();
    const auto connect = [&](Headers headers) {
        headers.emplace_back("cookie", browser.cookie);
        return world().send({.target = "/api/v1/ws", .headers = std::move(headers), .isUpgrade = true});
    };
    EXPECT_EQ(connect({}).code(), "auth.origin");
    EXPECT_EQ(connect({{"origin", "http://evil.example"}}).code(), "auth.origin");
    EXPECT_TRUE(connect({{"origin", "http://localhost:7450"}}).isStream);
}

TEST_F(ApiAttackTest, AnotherSitesPageCannotSignItsVisitorsIn) {
    const auto login = [&](const std::string& type, Headers headers) {
        headers.emplace_back("content-type", type);
        return world().send(
            {.method = "POST", .target = "/api/v1/auth/login", .body = kGood, .headers = std::move(headers)});
    };
    EXPECT_EQ(login("text/plain", {}).status, 415U) << "what a form can send without asking first";
    EXPECT_EQ(login("application/x-www-form-urlencoded", {}).status, 415U);
    const Answer foreign = login("application/json", {{"origin", "http://evil.example"}});
    EXPECT_EQ(foreign.code(), "auth.origin");
    EXPECT_EQ(foreign.header("Set-Cookie"), "");
}

TEST_F(ApiAttackTest, HalfCredentialsAreNone) {
    const std::string token = world().token("viewer");
    const auto ask = [&](const std::string& authorization) {
        return world().send({.target = "/api/v1/account", .headers = {{"authorization", authorization}}}).status;
    };
    EXPECT_EQ(ask("bearer " + token), 200U) << "schemes have no case";
    for (const std::string& bad :
         {std::string(), std::string("Bearer"), std::string("Bearer "), "Basic " + token, token, "Bearer  " + token,
          "Bearer " + token + " ", "Bearer " + token + "=", "Bearer " + token.substr(0, 42),
          "Bearer " + token + std::string("\0x", 2), "Token " + token}) {
        EXPECT_EQ(ask(bad), 401U) << bad;
    }
    EXPECT_EQ(world().send({.target = "/api/v1/account?token=" + token}).status, 401U);
}

TEST_F(ApiAttackTest, AWrongTokenIsNotMendedByACookie) {
    const Browser browser = openBrowser();
    const Answer answer = world().send(
        {.target = "/api/v1/account", .headers = {{"authorization", "Bearer wrong"}, {"cookie", browser.cookie}}});
    EXPECT_EQ(answer.status, 401U);
}

TEST_F(ApiAttackTest, SigningOutEndsTheSessionForWhoeverHasItsToken) {
    const Browser browser = openBrowser();
    const std::string token = browser.cookie.substr(browser.cookie.find('=') + 1);
    const Answer out = world().send({.method = "POST",
                                     .target = "/api/v1/auth/logout",
                                     .headers = {{"cookie", browser.cookie}, {"x-csrf-token", browser.csrf}}});
    EXPECT_EQ(out.status, 204U);
    EXPECT_NE(out.header("Set-Cookie").find("Max-Age=0"), std::string::npos);
    const Answer again = world().send({.target = "/api/v1/account", .token = token});
    EXPECT_EQ(again.status, 401U);
    EXPECT_EQ(again.code(), "identity.session-ended");
}

TEST_F(ApiAttackTest, FailuresLookTheSameAndTellTheWait) {
    const auto login = [&](const std::string& name, const std::string& password) {
        return world().send({.method = "POST",
                             .target = "/api/v1/auth/login",
                             .body = R"({"login":")" + name + R"(","password":")" + password + R"("})",
                             .address = "203.0.113.9"});
    };
    const Answer known = login("designer", "a wrong password");
    const Answer unknown = login("nobody", "a wrong password");
    EXPECT_EQ(known.status, 401U);
    EXPECT_EQ(known.json()["detail"], unknown.json()["detail"]);
    EXPECT_EQ(known.code(), unknown.code());
    EXPECT_EQ(known.body.find("wrong password\""), std::string::npos);
    for (int i = 0; i < 5; ++i) EXPECT_EQ(login("designer", "guess").status, 401U);
    const Answer refused = login("designer", kPassword);
    EXPECT_EQ(refused.status, 429U);
    EXPECT_EQ(refused.header("Retry-After"), "1");
}

TEST_F(ApiAttackTest, OddFormsAreRefusedWithoutAHash) {
    for (const char* body : {"", "null", "[]", "{}", R"({"login":1,"password":2})", R"({"login":"viewer"})",
                             R"({"login":"viewer","password":""})", R"({"login":"viewer","password":{"$ne":""}})",
                             R"({"login":"viewer","password":"x","admin":true})", "{\"login\":\"viewer\""}) {
        const Answer answer = world().send({.method = "POST", .target = "/api/v1/auth/login", .body = body});
        EXPECT_TRUE(answer.status == 400 || answer.status == 422) << body << ": " << answer.status;
    }
}

TEST_F(ApiAttackTest, NoSecretIsLogged) {
    const Browser browser = openBrowser();
    static_cast<void>(world().send({.target = "/api/v1/account?token=" + world().token("viewer")}));
    static_cast<void>(world().send({.target = "/api/v1/account", .headers = {{"cookie", browser.cookie}}}));
    const std::string token = browser.cookie.substr(browser.cookie.find('=') + 1);
    for (const LogLine& line : world().logged) {
        const std::string text = formatLogLine(line);
        for (const std::string& secret : {token, browser.csrf, std::string(kPassword), world().token("viewer")}) {
            EXPECT_EQ(text.find(secret), std::string::npos) << text;
        }
    }
}

/// Authentication is off, as the daemon does it: the users are there, but nobody is asked for them.
class OpenGatewayTest : public ::testing::Test {
protected:
    static ApiOptions open() {
        ApiOptions options;
        options.everybody = everybody();
        return options;
    }
    ApiWorld world_{open()};
};

TEST_F(OpenGatewayTest, ThereIsNothingToSignInToOrOutOf) {
    for (const char* path : {"login", "setup", "logout"}) {
        const Answer answer =
            world_.send({.method = "POST",
                         .target = std::string("/api/v1/auth/") + path,
                         .body = R"({"token":"x","login":"viewer","password":"granite otter balloon"})"});
        EXPECT_TRUE(answer.code() == "gateway.no-users" || answer.code() == "request.unknown-member")
            << path << ": " << answer.body;
    }
    EXPECT_EQ(world_.send({.target = "/api/v1/account"}).text("/kind"), "local");
}

TEST_F(OpenGatewayTest, APageCannotComeInByANameOfItsOwn) {
    const auto ask = [&](const std::string& host) {
        return world_.send({.target = "/api/v1/runs", .headers = {{"host", host}}}).status;
    };
    EXPECT_EQ(ask("evil.example:7450"), 403U);
    EXPECT_EQ(ask("127.0.0.1.evil.example"), 403U);
    EXPECT_EQ(ask("localhost.evil.example:7450"), 403U);
    EXPECT_EQ(ask("evil.example"), 403U);
    for (const char* own : {"127.0.0.1:7450", "[::1]:7450", "localhost", "LOCALHOST:1", "192.0.2.4", "signalbox:80"}) {
        EXPECT_EQ(ask(own), 200U) << own;
    }
    const Answer socket =
        world_.send({.target = "/api/v1/ws",
                     .headers = {{"host", "evil.example:7450"}, {"origin", "http://evil.example:7450"}},
                     .isUpgrade = true});
    EXPECT_EQ(socket.code(), "auth.host");
}

TEST_F(OpenGatewayTest, AnotherSitesPageChangesNothing) {
    const auto cancel = [&](Headers headers) {
        return world_.send({.method = "DELETE", .target = "/api/v1/workflows/waiting", .headers = std::move(headers)});
    };
    EXPECT_EQ(cancel({{"origin", "http://evil.example"}}).code(), "auth.origin");
    EXPECT_EQ(cancel({{"origin", "http://localhost:7450"}}).status, 428U) << "only the ETag is missing";
}

}  // namespace
}  // namespace signalbox::gateway::test
