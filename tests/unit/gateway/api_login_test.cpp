// Signing in, cookies, and who is let in by what.
#include <fmt/format.h>

#include "base/json.h"
#include "unit/gateway/api_fixture.h"

namespace signalbox::gateway::test {

namespace {

constexpr const char* kOwnOrigin = "http://localhost:7450";

std::string loginBody(const std::string& login, const std::string& password = kPassword, bool cookie = false) {
    return writeJson(Value::object({{"login", login}, {"password", password}, {"cookie", cookie}}));
}

class ApiLoginTest : public ApiTest {
protected:
    static Answer login(const std::string& body, Headers headers = {}, bool encrypted = false) {
        return world().send({"POST", "/api/v1/auth/login", {}, body, std::move(headers), false, encrypted});
    }
};

TEST_F(ApiLoginTest, SignsInLooksAndSignsOut) {
    const auto opened = login(loginBody("viewer"), {{"user-agent", "tests"}});
    ASSERT_EQ(opened.status, 200U) << opened.body;
    EXPECT_EQ(opened.header("cache-control"), "no-store");
    const auto token = opened.text("/token");
    EXPECT_EQ(opened.text("/session/agent"), "tests");
    const auto account = world().send({"GET", "/api/v1/account", token});
    ASSERT_EQ(account.status, 200U);
    EXPECT_EQ(account.text("/login"), "viewer");
    EXPECT_EQ(account.text("/kind"), "user");
    EXPECT_EQ(world().send({"POST", "/api/v1/auth/logout", token}).status, 204U);
    const auto late = world().send({"GET", "/api/v1/account", token});
    EXPECT_EQ(late.status, 401U);
    EXPECT_NE(late.header("www-authenticate").find("invalid_token"), std::string::npos);
}

TEST_F(ApiLoginTest, RefusesWithoutSayingWhy) {
    const auto wrong = login(loginBody("viewer", "not this one"));
    const auto unknown = login(loginBody("nobody-of-that-name", "not this one"));
    EXPECT_EQ(wrong.status, 401U);
    EXPECT_EQ(wrong.code(), "identity.credentials");
    EXPECT_EQ(unknown.text("/detail"), wrong.text("/detail"));
    EXPECT_EQ(wrong.header("www-authenticate"), "Bearer realm=\"signalbox\"") << "there was no token to be invalid";
    EXPECT_EQ(login(R"({"login": "viewer"})").text("/errors/0/pointer"), "/password");
    EXPECT_EQ(login(R"({"login": "viewer", "pasword": "x"})").code(), "request.unknown-member");
    EXPECT_EQ(world()
                  .send({"POST",
                         "/api/v1/auth/setup",
                         {},
                         writeJson(Value::object({{"token", "guess"}, {"login", "x"}, {"password", kPassword}}))})
                  .status,
              409U);
}

TEST_F(ApiLoginTest, NothingIsShownToNobody) {
    const auto anonymous = world().send({"GET", "/api/v1/workflows"});
    EXPECT_EQ(anonymous.status, 401U);
    EXPECT_EQ(anonymous.header("www-authenticate"), "Bearer realm=\"signalbox\"");
    EXPECT_EQ(world().send({"GET", "/api/v1/workflows", "made-up"}).status, 401U);
    EXPECT_EQ(world().send({"GET", "/api/v1/workflows", {}, {}, {{"authorization", "Basic dTpw"}}}).status, 401U);
    EXPECT_EQ(world().send({"GET", "/api/v1/workflows", world().token("narrow")}).status, 200U);
}

TEST_F(ApiLoginTest, ACookieNeedsProofForWhatChangesThings) {
    const auto opened = login(loginBody("operator", kPassword, true));
    ASSERT_EQ(opened.status, 200U) << opened.body;
    EXPECT_TRUE(opened.json()["token"].isUndefined()) << "a script on the page could read it";
    const auto set = opened.header("set-cookie");
    EXPECT_TRUE(set.starts_with("signalbox_session=")) << set;
    for (const char* flag : {"HttpOnly", "SameSite=Strict", "Path=/"}) EXPECT_NE(set.find(flag), std::string::npos);
    const std::pair<std::string, std::string> cookie{"cookie", "a=b; " + set.substr(0, set.find(';'))};
    const std::pair<std::string, std::string> csrf{"x-csrf-token", opened.text("/csrf")};
    const auto start = [&](Headers headers) {
        return world().send({"POST", "/api/v1/runs", {}, R"({"workflowId": "doubling"})", std::move(headers)});
    };
    EXPECT_EQ(world().send({"GET", "/api/v1/runs", {}, {}, {cookie}}).status, 200U);
    EXPECT_EQ(start({cookie}).code(), "auth.csrf");
    EXPECT_EQ(start({cookie, {"x-csrf-token", "guess"}}).code(), "auth.csrf");
    EXPECT_EQ(start({cookie, csrf, {"origin", "https://evil.example"}}).code(), "auth.origin");
    EXPECT_EQ(start({cookie, csrf, {"origin", kOwnOrigin}}).status, 202U);
    const auto out = world().send({"POST", "/api/v1/auth/logout", {}, {}, {cookie, csrf, {"origin", kOwnOrigin}}});
    EXPECT_EQ(out.status, 204U);
    EXPECT_NE(out.header("set-cookie").find("Max-Age=0"), std::string::npos);
    EXPECT_EQ(world().send({"GET", "/api/v1/runs", {}, {}, {cookie}}).status, 401U);
}

TEST_F(ApiLoginTest, OverTlsTheCookieIsBoundToTheHost) {
    const auto set = login(loginBody("operator", kPassword, true), {}, true).header("set-cookie");
    EXPECT_TRUE(set.starts_with("__Host-signalbox_session=")) << set;
    EXPECT_NE(set.find("; Secure"), std::string::npos);
}

TEST_F(ApiLoginTest, SocketsAskForAnOriginWithACookie) {
    const auto set = login(loginBody("viewer", kPassword, true)).header("set-cookie");
    const std::pair<std::string, std::string> cookie{"cookie", set.substr(0, set.find(';'))};
    const auto connect = [&](Headers headers, const std::string& token = {}) {
        return world().send({"GET", "/api/v1/ws", token, {}, std::move(headers), true});
    };
    EXPECT_TRUE(connect({{"sec-websocket-protocol", "chat, signalbox.v1"}}, world().token("viewer")).isStream);
    EXPECT_EQ(connect({{"sec-websocket-protocol", "chat"}}, world().token("viewer")).code(), "http.subprotocol");
    EXPECT_TRUE(connect({}).isStream) << "it says who it is in its first message";
    EXPECT_EQ(connect({}, "made-up").status, 401U);
    EXPECT_EQ(connect({cookie}).code(), "auth.origin");
    EXPECT_EQ(connect({cookie, {"origin", "https://evil.example"}}).code(), "auth.origin");
    EXPECT_TRUE(connect({cookie, {"origin", kOwnOrigin}}).isStream);
    EXPECT_EQ(get("/api/v1/ws").status, 426U);
    EXPECT_TRUE(get("/api/v1/events?logs=false").isStream);
}

TEST_F(ApiLoginTest, AFloodOfSignInsIsTurnedAwayAndNobodyElse) {
    constexpr int kMany = 200;
    std::mutex mutex;
    std::condition_variable all;
    int open = kMany;
    int busy = 0;
    for (int i = 0; i < kMany; ++i) {
        const Ask ask{"POST", "/api/v1/auth/login",       {}, loginBody(fmt::format("guess{}", i)), {}, false,
                      false,  fmt::format("10.0.0.{}", i)};
        world().sendLater(ask, [&](const Answer& answer) {
            const std::lock_guard lock(mutex);
            if (answer.status == 503 || answer.status == 429) ++busy;
            if (--open == 0) all.notify_all();
        });
    }
    EXPECT_EQ(get("/api/v1/gateway").status, 200U);
    std::unique_lock lock(mutex);
    ASSERT_TRUE(all.wait_for(lock, service::test::kDeadline, [&] { return open == 0; }));
    EXPECT_GT(busy, 0);
}

TEST_F(ApiLoginTest, UsersAreEditedWithTheirEtag) {
    const auto made =
        post("/api/v1/users",
             fmt::format(R"({{"login": "zoë", "name": "Zoë", "password": "{}", "roles": ["viewer"]}})", kPassword));
    const auto plain = made.status == 201
                           ? made
                           : post("/api/v1/users", fmt::format(R"({{"login": "zoe", "name": "Zoë", "password": "{}",
                                                              "roles": ["viewer"]}})",
                                                               kPassword));
    ASSERT_EQ(plain.status, 201U) << plain.body;
    const auto target = plain.header("location");
    EXPECT_EQ(target, "/api/v1/users/" + plain.text("/id"));
    EXPECT_EQ(get(target).header("etag"), plain.header("etag"));
    const std::string change = R"({"name": "Zoë ✓", "roles": ["operator"], "disabled": false})";
    EXPECT_EQ(put(target, change).status, 428U);
    EXPECT_EQ(put(target, change, {{"if-match", "\"stale\""}}).status, 412U);
    const auto changed = put(target, change, {{"if-match", plain.header("etag")}});
    ASSERT_EQ(changed.status, 200U) << changed.body;
    EXPECT_EQ(changed.text("/name"), "Zoë ✓");
    EXPECT_EQ(remove(target, {{"if-match", plain.header("etag")}}).status, 412U);
    EXPECT_EQ(remove(target, {{"if-match", changed.header("etag")}}).status, 204U);
    EXPECT_EQ(get(target).status, 404U);
}

TEST_F(ApiLoginTest, KeysTellTheirSecretOnce) {
    const auto key = post("/api/v1/account/keys", R"({"name": "ci", "scopes": ["run:read"]})");
    ASSERT_EQ(key.status, 201U) << key.body;
    const auto secret = key.text("/secret");
    EXPECT_TRUE(secret.starts_with("sbk_"));
    EXPECT_EQ(world().send({"GET", "/api/v1/runs", secret}).status, 200U);
    EXPECT_EQ(world().send({"GET", "/api/v1/workflows", secret}).status, 403U);
    EXPECT_EQ(get("/api/v1/account/keys").body.find(secret), std::string::npos);
    EXPECT_EQ(remove("/api/v1/account/keys/" + key.text("/key/id")).status, 204U);
    EXPECT_EQ(world().send({"GET", "/api/v1/runs", secret}).status, 401U);
}

}  // namespace

}  // namespace signalbox::gateway::test
