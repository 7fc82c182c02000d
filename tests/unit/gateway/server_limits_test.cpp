// Limits of size, time and number, and what is refused because two readers could understand it differently.
#include <vector>

#include <fmt/format.h>

#include "unit/gateway/server_fixture.h"

namespace signalbox::gateway {
namespace {

class ServerLimits : public ServerTest {
protected:
    /// Status of the answer to exactly these bytes, which must also end the connection.
    unsigned refusedWith(std::string_view bytes) {
        auto client = connect();
        client.send(bytes);
        const auto response = client.readResponse();
        if (!response) return 0;
        EXPECT_TRUE(client.isEnded());
        return response->status;
    }
};

std::string withHead(std::string_view headers, std::string_view body = "abc") {
    return fmt::format("POST /echo HTTP/1.1\r\n{}\r\n{}", headers, body);
}

TEST_F(ServerLimits, RefusesWhatSmugglesRequests) {
    start();
    const std::vector<std::string> heads = {"Host: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n",
                                            "Host: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n",
                                            "Host: a\r\nContent-Length: 3\r\nContent-Length: 3\r\n",
                                            "Host: a\r\nContent-Length: 3\r\nContent-Length: 4\r\n",
                                            "Host: a\r\nContent-Length: 3, 3\r\n",
                                            "Host: a\r\nContent-Length: +3\r\n",
                                            "Host: a\r\nContent-Length: -3\r\n",
                                            "Host: a\r\nContent-Length: 0x3\r\n",
                                            "Host: a\r\nContent-Length: 3 3\r\n",
                                            "Host: a\r\nContent-Length:\r\n",
                                            "Host: a\r\nContent-Length : 3\r\n",
                                            "Host: a\r\nContent-Length: 99999999999999999999\r\n",
                                            "Host: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
                                            "Host: a\r\nTransfer-Encoding: \x0b"
                                            "chunked\r\n",
                                            "Host: a\r\nX: 1\r\n Content-Length: 3\r\n",
                                            "Host: a\r\nX: 1\r\n\tfolded\r\n",
                                            "Host: a\nContent-Length: 3\r\n",
                                            "Host: a\r\nX: 1\rContent-Length: 3\r\n",
                                            "Host: a\r\nX: 1\n\r\n",
                                            "Host: a\r\nHost: b\r\n",
                                            "Host: a b\r\n",
                                            "Host: a/b\r\n",
                                            "Content-Length: 0\r\n",
                                            "Host: a\r\n: nameless\r\n",
                                            "Host: a\r\nBad Name: x\r\n",
                                            "Host: a\r\nX: \xff\r\n",
                                            std::string("Host: a\r\nX: a\0b\r\n", 17)};
    for (const auto& head : heads) EXPECT_EQ(refusedWith(withHead(head)), 400U) << head;
    EXPECT_EQ(refusedWith("GET /hello HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"), 400U);
    for (const auto* coding :
         {"gzip, chunked", "chunked, chunked", "identity", "xchunked", "chunked;q=1", "\"chunked\""}) {
        EXPECT_EQ(refusedWith(withHead(fmt::format("Host: a\r\nTransfer-Encoding: {}\r\n", coding))), 501U) << coding;
    }
    EXPECT_EQ(server->stats().requests, 0U);
}

TEST_F(ServerLimits, RefusesDamagedChunks) {
    start();
    const std::vector<std::string> bodies = {"g\r\nabc",
                                             "-1\r\na",
                                             "+1\r\na\r\n",
                                             "0x1\r\na\r\n\r\n",
                                             "\r\n\r\n0",
                                             "1\r\nab\r\n0\r\n\r\n",
                                             "1\na\r\n0\r\n\r\n",
                                             "1 \r\na\r\n0\r\n\r\n",
                                             "ffffffffffffffffff\r\n",
                                             "1;\x01\r\na\r\n",
                                             "3\r\nabc0\r\n\r\n",
                                             "1" + std::string(5000, ';') + "\r\na\r\n",
                                             "1;" + std::string(9000, 'a')};
    for (const auto& body : bodies) {
        EXPECT_EQ(refusedWith(withHead("Host: a\r\nTransfer-Encoding: chunked\r\n", body)), 400U) << body.substr(0, 40);
    }
    EXPECT_EQ(server->stats().requests, 0U);
}

TEST_F(ServerLimits, RefusesMalformedRequestLines) {
    start();
    const std::vector<std::string> lines = {"GET  /hello HTTP/1.1",  "GET /hello  HTTP/1.1", "GET /hello",
                                            "GET /hello HTTP/1.1 x", " GET /hello HTTP/1.1", "G(T /hello HTTP/1.1",
                                            "GET hello HTTP/1.1",    "GET * HTTP/1.1",       "CONNECT host:1 HTTP/1.1",
                                            "GET /a/../b HTTP/1.1",  "GET /%00 HTTP/1.1",    "GET /%ff HTTP/1.1"};
    for (const auto& line : lines) {
        const auto status = refusedWith(line + "\r\nHost: a\r\n\r\n");
        EXPECT_TRUE(status == 400 || status == 505) << line << " " << status;
    }
    for (const auto* version : {"HTTP/2.0", "HTTP/1.2", "HTTP/0.9", "http/1.1", "HTTP/1.10"}) {
        const auto status = refusedWith(fmt::format("GET /hello {}\r\nHost: a\r\n\r\n", version));
        EXPECT_TRUE(status == 505 || status == 400) << version << " " << status;
    }
    EXPECT_EQ(refusedWith(std::string("\x16\x03\x01\x00\xa5\x01\r\n\r\n", 10)), 400U);
    EXPECT_EQ(server->stats().requests, 0U);
}

TEST_F(ServerLimits, RefusesWhatIsTooLarge) {
    options.limits.body = 1000;
    start();
    EXPECT_EQ(refusedWith(get("/" + std::string(9000, 'a'))), 414U);
    EXPECT_EQ(refusedWith("GET /" + std::string(20'000, 'a')), 414U);
    EXPECT_EQ(refusedWith(get("/hello", "X: " + std::string(17'000, 'a') + "\r\n")), 431U);
    std::string many;
    for (int count = 0; count < 101; ++count) many += "X: 1\r\n";
    EXPECT_EQ(refusedWith(get("/hello", many)), 431U);
    EXPECT_EQ(refusedWith(withHead("Host: a\r\nContent-Length: 1001\r\n", "")), 413U);
    EXPECT_EQ(refusedWith(withHead("Host: a\r\nExpect: 100-continue\r\nContent-Length: 1001\r\n", "")), 413U);
    std::string chunks;
    for (int count = 0; count < 11; ++count) chunks += "64\r\n" + std::string(100, 'a') + "\r\n";
    EXPECT_EQ(refusedWith(withHead("Host: a\r\nTransfer-Encoding: chunked\r\n", chunks + "0\r\n\r\n")), 413U);
    EXPECT_EQ(refusedWith(withHead("Host: a\r\nExpect: fish\r\nContent-Length: 3\r\n")), 417U);
    auto client = connect();
    client.send(withHead("Host: a\r\nContent-Length: 1000\r\n", std::string(1000, 'a')));
    EXPECT_EQ(client.readResponse()->body.size(), 1000U);
}

TEST_F(ServerLimits, BoundsWhatAllBodiesHoldTogether) {
    options.limits.bodiesTogether = 2'500'000;
    start();
    const auto head = withHead("Host: a\r\nContent-Length: 1000001\r\n", std::string(1'000'000, 'b'));
    auto first = connect();
    auto second = connect();
    first.send(head);
    second.send(head);
    ASSERT_TRUE(eventually([&] { return server->stats().bytesRead >= 2 * head.size(); }));
    EXPECT_EQ(refusedWith(head), 503U);
    auto socket = connect();
    EXPECT_EQ(socket.upgrade("/ws")->status, 101U);
    socket.send(clientFrame(1, std::string(900'000, 'm')));
    EXPECT_EQ(socket.readFrame()->closeCode(), 1013U);
    socket.send(clientFrame(8, "\x03\xf5"));
    EXPECT_TRUE(socket.isEnded());
    first.send("b");
    EXPECT_EQ(first.readResponse()->body.size(), 1'000'001U);
    second.reset();
    ASSERT_TRUE(eventually([&] { return server->stats().connections <= 2; }));
    first.send(head + "b");
    EXPECT_EQ(first.readResponse()->status, 200U);
}

TEST_F(ServerLimits, TellsTheApplicationOfWhatItRefused) {
    start();
    EXPECT_EQ(refusedWith("nonsense\r\n\r\n"), 400U);
    ASSERT_TRUE(application.waitForFinished(1));
    EXPECT_EQ(application.finishedStatuses().back(), 400U);
    EXPECT_EQ(server->stats().refused, 1U);
}

TEST_F(ServerLimits, EndsSlowRequestsAndIdleConnections) {
    start();
    auto slowHead = connect();
    auto slowBody = connect();
    auto idle = connect();
    slowHead.send("GET /hello HTT");
    slowBody.send(withHead("Host: a\r\nContent-Length: 10\r\n"));
    ASSERT_TRUE(eventually([&] { return server->stats().bytesRead > 60 && server->stats().connections == 3; }));
    clock.advance(options.limits.headerTimeout);
    EXPECT_EQ(slowHead.readResponse()->status, 408U);
    EXPECT_TRUE(slowHead.isEnded());
    clock.advance(options.limits.bodyTimeout);
    EXPECT_EQ(slowBody.readResponse()->status, 408U);
    EXPECT_TRUE(idle.isEnded());
    EXPECT_EQ(server->stats().timedOut, 2U);
    EXPECT_EQ(server->stats().requests, 0U);
}

TEST_F(ServerLimits, EndsAPeerThatDoesNotRead) {
    start();
    auto client = connect();
    client.send(get("/big?50000000"));
    // Time that passes before the request has come would end the connection as an idle one.
    ASSERT_TRUE(eventually([&] { return server->stats().requests > 0; }));
    ASSERT_TRUE(advanceUntil(options.limits.writeTimeout / 20, [&] { return server->stats().timedOut > 0; }));
    ASSERT_TRUE(application.waitForFinished(1));
    EXPECT_EQ(application.finishedStatuses().back(), 0U);
}

TEST_F(ServerLimits, CutsALingeringPeer) {
    start();
    auto client = connect();
    client.send(get("/hello", "Connection: close\r\n"));
    EXPECT_EQ(client.readResponse()->body, "hello");
    EXPECT_EQ(server->stats().connections, 1U);
    clock.advance(options.limits.lingerTimeout);
    EXPECT_TRUE(eventually([&] { return server->stats().connections == 0; }));
}

TEST_F(ServerLimits, TurnsAwayConnectionsBeyondTheLimit) {
    options.limits.connectionsPerAddress = 3;
    start();
    std::vector<RawClient> kept;
    for (int count = 0; count < 3; ++count) {
        kept.push_back(connect());
        kept.back().send(get("/hello"));
        EXPECT_EQ(kept.back().readResponse()->status, 200U);
    }
    auto extra = connect();
    EXPECT_EQ(extra.readResponse()->status, 503U);
    EXPECT_EQ(server->stats().turnedAway, 1U);
    kept.pop_back();
    ASSERT_TRUE(eventually([&] { return server->stats().connections == 2; }));
    auto again = connect();
    again.send(get("/hello"));
    EXPECT_EQ(again.readResponse()->status, 200U);
}

TEST_F(ServerLimits, HoldsManyIdleConnectionsAndServesBesideThem) {
    start();
    std::vector<RawClient> idle;
    for (int count = 0; count < 400; ++count) idle.push_back(connect());
    auto client = connect();
    client.send(get("/hello"));
    EXPECT_EQ(client.readResponse()->body, "hello");
    ASSERT_TRUE(eventually([&] { return server->stats().connections == 401; }));
    idle.clear();
    EXPECT_TRUE(eventually([&] { return server->stats().connections == 1; }));
}

}  // namespace
}  // namespace signalbox::gateway
