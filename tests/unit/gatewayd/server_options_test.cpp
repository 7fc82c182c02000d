// Settings as the server takes them, and what a first start is told to do.
#include "app/gateway/server_options.h"

#include <gtest/gtest.h>

#include "app/gateway/first_steps.h"
#include "app/gateway/setting_value.h"

namespace signalbox::gatewayd {
namespace {

Settings defaults() {
    Settings settings;
    for (const SettingSpec& spec : settingTable()) assignSetting(spec, fallbackOf(spec), settings);
    return settings;
}

TEST(ServerOptions, TheDefaultsOfTheTableAreThoseOfTheServer) {
    const gateway::ServerOptions options = serverOptionsOf(defaults());
    const gateway::Limits own;
    EXPECT_EQ(options.address, "127.0.0.1");
    EXPECT_EQ(options.port, 7450);
    EXPECT_FALSE(options.tls.has_value());
    EXPECT_FALSE(options.allowInsecureBind);
    EXPECT_EQ(options.limits.body, own.body);
    EXPECT_EQ(options.limits.decompressedBody, own.decompressedBody);
    EXPECT_EQ(options.limits.header, own.header);
    EXPECT_EQ(options.limits.connections, own.connections);
    EXPECT_EQ(options.limits.connectionsPerAddress, own.connectionsPerAddress);
    EXPECT_EQ(options.limits.headerTimeout, own.headerTimeout);
    EXPECT_EQ(options.limits.bodyTimeout, own.bodyTimeout);
    EXPECT_EQ(options.limits.idleTimeout, own.idleTimeout);
}

TEST(ServerOptions, WhatIsSetArrives) {
    Settings settings = defaults();
    settings.bind = "localhost";
    settings.tls = {"c.pem", "k.pem", "secret"};
    settings.dangerousInsecureBind = true;
    settings.limits.body = 5;
    settings.server.trustedProxies = {"10.0.0.0/8"};
    const gateway::ServerOptions options = serverOptionsOf(settings);
    EXPECT_EQ(options.address, "127.0.0.1");
    ASSERT_TRUE(options.tls.has_value());
    EXPECT_EQ(options.tls->certificate, "c.pem");
    EXPECT_EQ(options.tls->key, "k.pem");
    EXPECT_EQ(options.tls->passphrase, "secret");
    EXPECT_TRUE(options.allowInsecureBind);
    EXPECT_EQ(options.limits.body, 5U);
    EXPECT_TRUE(options.proxies.trusts("10.1.2.3"));
    EXPECT_FALSE(serverOptionsOf(defaults()).proxies.trusts("127.0.0.1"));
}

TEST(ApiLimits, AreThoseOfTheSettings) {
    Settings settings = defaults();
    settings.rates = {7, 0};
    settings.corsOrigins = {"https://console.example"};
    const gateway::ApiLimits limits = apiLimitsOf(settings);
    EXPECT_EQ(limits.perPrincipal.perSecond, 7);
    EXPECT_EQ(limits.perAddress.perSecond, 0) << "as many as come";
    EXPECT_EQ(limits.cors.origins, settings.corsOrigins);
    EXPECT_FALSE(limits.cors.credentials);
}

TEST(LocalAddress, IsOneThatThisMachineReaches) {
    Settings settings = defaults();
    EXPECT_EQ(localAddress(settings, 80), "http://127.0.0.1:80");
    settings.bind = "0.0.0.0";
    EXPECT_EQ(localAddress(settings, 80), "http://127.0.0.1:80");
    settings.bind = "::";
    settings.tls.certificate = "c.pem";
    EXPECT_EQ(localAddress(settings, 443), "https://[::1]:443");
    settings.bind = "10.0.0.7";
    EXPECT_EQ(localAddress(settings, 443), "https://10.0.0.7:443");
}

TEST(FirstSteps, TheCommandReadsTheTokenFromItsFile) {
    EXPECT_EQ(setupCommand("http://127.0.0.1:80", "/var/lib/it's here/setup-token"),
              "curl -H 'Content-Type: application/json' -d \"{\\\"token\\\":\\\"$(cat '/var/lib/it'\\''s "
              "here/setup-token')\\\",\\\"login\\\":\\\"admin\\\",\\\"name\\\":\\\"Administrator\\\",\\\"password\\\":"
              "\\\"CHOOSE-ONE\\\"}\" http://127.0.0.1:80/api/v1/auth/setup");
    EXPECT_EQ(shellQuoted("/plain/path-1.x"), "/plain/path-1.x");
    EXPECT_EQ(shellQuoted(""), "''");
    EXPECT_EQ(shellQuoted("$(rm -rf /)"), "'$(rm -rf /)'");
}

}  // namespace
}  // namespace signalbox::gatewayd
