// A server behind a proxy: the client's address is told, and limits on connections are the clients'.
#include "unit/gateway/server_fixture.h"

namespace signalbox::gateway {
namespace {

class ServerProxy : public ServerTest {
protected:
    void trust(const std::string& network) { options.proxies = *TrustedProxies::parse({network}); }
    std::string addressOf(RawClient& client, const std::string& headers) {
        EXPECT_TRUE(client.send(get("/hello", headers)));
        const auto response = client.readResponse();
        EXPECT_TRUE(response && response->status == 200);
        const std::lock_guard lock(application.mutex);
        EXPECT_EQ(application.last->peer, "127.0.0.1");
        return application.last->address;
    }
    /// Over a connection of its own, which is counted until a moment after the answer.
    bool isServed(const std::string& headers) {
        auto client = connect();
        const bool sent = client.send(get("/hello", headers));
        const auto response = client.readResponse();
        return sent && response && response->status == 200;
    }
};

TEST_F(ServerProxy, TellsTheClientsAddress) {
    trust("127.0.0.0/8");
    start();
    auto proxy = connect();
    EXPECT_EQ(addressOf(proxy, "X-Forwarded-For: 192.0.2.66\r\nX-Forwarded-For: 198.51.100.1\r\n"), "198.51.100.1");
    EXPECT_EQ(addressOf(proxy, "Forwarded: for=\"[2001:db8::1]:80\"\r\n"), "2001:db8::1") << "anew for each request";
    EXPECT_EQ(addressOf(proxy, ""), "127.0.0.1");
}

TEST_F(ServerProxy, BelievesNobodyElse) {
    trust("10.0.0.0/8");
    start();
    auto client = connect();
    EXPECT_EQ(addressOf(client, "X-Forwarded-For: 198.51.100.1\r\nForwarded: for=198.51.100.1\r\n"), "127.0.0.1");
    server->setTrustedProxies(*TrustedProxies::parse({"127.0.0.1"}));
    EXPECT_EQ(addressOf(client, "X-Forwarded-For: 198.51.100.1\r\n"), "198.51.100.1") << "a reload counts at once";
    server->setTrustedProxies({});
    EXPECT_EQ(addressOf(client, "X-Forwarded-For: 198.51.100.1\r\n"), "127.0.0.1");
}

TEST_F(ServerProxy, MayHaveMoreConnectionsThanOneAddress) {
    trust("127.0.0.1");
    options.limits.connectionsPerAddress = 2;
    options.limits.connections = 5;
    start();
    std::vector<RawClient> kept;
    for (int count = 0; count < 5; ++count) {
        kept.push_back(connect());
        EXPECT_EQ(addressOf(kept.back(), ""), "127.0.0.1");
    }
    auto extra = connect();
    EXPECT_EQ(extra.readResponse()->status, 503U) << "all together have a limit still";
}

TEST_F(ServerProxy, KeepsAClientFromTakingAllItsConnections) {
    trust("127.0.0.1");
    options.limits.connectionsPerAddress = 2;
    start();
    std::vector<RawClient> sockets;
    const std::string greedy = "X-Forwarded-For: 2001:db8::1\r\n";
    for (int count = 0; count < 2; ++count) {
        sockets.push_back(connect());
        ASSERT_EQ(sockets.back().upgrade("/ws", greedy)->status, 101U);
    }
    auto third = connect();
    EXPECT_EQ(third.upgrade("/ws", "X-Forwarded-For: 2001:db8::2\r\n")->status, 503U) << "a neighbour in its /64";
    auto another = connect();
    EXPECT_EQ(another.upgrade("/ws", "X-Forwarded-For: 198.51.100.1\r\n")->status, 101U);
    auto proxy = connect();
    EXPECT_EQ(addressOf(proxy, ""), "127.0.0.1") << "its own checks";
    sockets.pop_back();
    EXPECT_TRUE(eventually([&] { return isServed(greedy); })) << "one has ended";
    EXPECT_TRUE(eventually([&] { return isServed(greedy); })) << "and a request counts until it is answered";
    EXPECT_TRUE(eventually([&] {
        auto again = connect();
        return again.upgrade("/ws", greedy)->status == 101U;
    }));
}

TEST_F(ServerProxy, CountsRequestsThatAreUnderWay) {
    trust("127.0.0.1");
    options.limits.connectionsPerAddress = 1;
    start();
    const std::string one = "X-Forwarded-For: 198.51.100.1\r\n";
    auto waiting = connect();
    ASSERT_TRUE(waiting.send(get("/later", one)));
    const auto respond = application.takeLater();
    ASSERT_TRUE(respond);
    auto second = connect();
    ASSERT_TRUE(second.send(get("/hello", one)));
    const auto refused = second.readResponse();
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->status, 503U);
    EXPECT_TRUE(second.isEnded());
    respond(HttpResponse{200, {}, "late", false});
    EXPECT_EQ(waiting.readResponse()->body, "late");
    EXPECT_TRUE(eventually([&] { return isServed(one); }));
}

}  // namespace
}  // namespace signalbox::gateway
