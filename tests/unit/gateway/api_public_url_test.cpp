// A gateway behind a proxy that ends TLS: the browser speaks TLS, though nothing of it is seen here.
#include "unit/gateway/api_fixture.h"

namespace signalbox::gateway::test {
namespace {

constexpr const char* kPublic = "https://signalbox.example.org";
const std::string kGood = R"({"login":"viewer","password":")" + std::string(kPassword) + R"(","cookie":true})";

class ApiPublicUrlTest : public ::testing::Test {
protected:
    static ApiOptions options(bool everybodyIsIn = false) {
        ApiOptions options;
        options.publicUrl = kPublic;
        if (everybodyIsIn) options.everybody = everybody();
        return options;
    }
    Answer login(Headers headers) {
        return world_.send(
            {.method = "POST", .target = "/api/v1/auth/login", .body = kGood, .headers = std::move(headers)});
    }
    Answer change(const Answer& opened, const std::string& origin) {
        const std::string set = opened.header("Set-Cookie");
        return world_.send({.method = "DELETE",
                            .target = "/api/v1/account/sessions/none",
                            .headers = {{"cookie", set.substr(0, set.find(';'))},
                                        {"x-csrf-token", opened.text("/csrf")},
                                        {"origin", origin}}});
    }
    ApiWorld world_{options()};
};

TEST_F(ApiPublicUrlTest, CookiesGoOverTlsOnlyAndAreBoundToTheHost) {
    const Answer opened = login({{"origin", kPublic}});
    ASSERT_EQ(opened.status, 200U) << opened.body;
    const std::string set = opened.header("Set-Cookie");
    EXPECT_TRUE(set.starts_with("__Host-signalbox_session=")) << set;
    EXPECT_TRUE(set.ends_with("; Path=/; HttpOnly; SameSite=Strict; Secure")) << set;
    EXPECT_EQ(change(opened, kPublic).code(), "identity.not-found") << "let in";
    const std::string plain = "signalbox_session" + set.substr(set.find('='), set.find(';') - set.find('='));
    EXPECT_EQ(world_.send({.target = "/api/v1/account", .headers = {{"cookie", plain}}}).status, 401U)
        << "a plain page of the same host could have set it";
}

TEST_F(ApiPublicUrlTest, OnlyPagesOfThatOriginMayUseThem) {
    const Answer opened = login({});
    // Not even those of the name that the proxy calls it by.
    for (const char* other : {"http://localhost:7450", "https://localhost:7450", "http://signalbox.example.org",
                              "https://signalbox.example.org:8443", "https://signalbox.example.org.evil.example"}) {
        EXPECT_EQ(change(opened, other).code(), "auth.origin") << other;
        EXPECT_EQ(login({{"origin", other}}).code(), "auth.origin") << other;
    }
    EXPECT_EQ(change(opened, "https://SIGNALBOX.example.org").code(), "identity.not-found") << "hosts have no case";
    const std::string set = opened.header("Set-Cookie");
    const auto socket = [&](const std::string& origin) {
        return world_.send({.target = "/api/v1/ws",
                            .headers = {{"cookie", set.substr(0, set.find(';'))}, {"origin", origin}},
                            .isUpgrade = true});
    };
    EXPECT_TRUE(socket(kPublic).isStream);
    EXPECT_EQ(socket("http://localhost:7450").code(), "auth.origin");
}

TEST_F(ApiPublicUrlTest, BrowsersAreToldToComeByTls) {
    EXPECT_EQ(world_.send({.target = "/health"}).header("strict-transport-security"), "max-age=31536000");
    EXPECT_EQ(world_.send({.target = "/nothing"}).header("strict-transport-security"), "max-age=31536000");
    EXPECT_EQ(world_.send({.target = "/health", .encrypted = true}).header("strict-transport-security"), "")
        << "the server adds it";
}

TEST_F(ApiPublicUrlTest, TheDescriptionNamesIt) {
    const Answer answer = world_.send({.target = "/openapi.json"});
    EXPECT_EQ(answer.text("/servers/0/url"), kPublic);
}

TEST_F(ApiPublicUrlTest, AReloadOfOtherSettingsDoesNotForgetIt) {
    const Answer opened = login({});
    world_.api->reconfigure({});
    EXPECT_EQ(change(opened, kPublic).code(), "identity.not-found");
    EXPECT_EQ(change(opened, "http://localhost:7450").code(), "auth.origin");
}

TEST_F(ApiPublicUrlTest, WithoutUsersItMayBeCalledByThatName) {
    world_.restart(options(true));
    const auto ask = [&](const std::string& host) {
        return world_.send({.target = "/api/v1/runs", .headers = {{"host", host}}}).status;
    };
    EXPECT_EQ(ask("signalbox.example.org"), 200U);
    EXPECT_EQ(ask("evil.example.org"), 403U);
}

}  // namespace
}  // namespace signalbox::gateway::test
