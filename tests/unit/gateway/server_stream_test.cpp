// WebSockets and server-sent events over a real socket, and the end of a server with all of them open.
#include <chrono>
#include <thread>

#include <fmt/format.h>
#include <zlib.h>

#include "support/deflated.h"
#include "unit/gateway/server_fixture.h"

namespace signalbox::gateway {
namespace {

using test::deflated;

std::string inflated(std::string text, std::size_t size) {
    text.append("\x00\x00\xff\xff", 4);
    z_stream stream{};
    inflateInit2(&stream, -15);
    std::string out(size + 100, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(text.data());
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    inflate(&stream, Z_SYNC_FLUSH);
    out.resize(stream.total_out);
    inflateEnd(&stream);
    return out;
}

class ServerStream : public ServerTest {
protected:
    RawClient open(std::string_view moreHeaders = {}) {
        auto client = connect();
        const auto response = client.upgrade("/ws", moreHeaders);
        EXPECT_TRUE(response && response->status == 101);
        return client;
    }
    /// The code the server closes with after these bytes; then the connection must end.
    unsigned closedWith(std::string_view bytes) {
        auto client = open();
        client.send(bytes);
        auto frame = client.readFrame();
        while (frame && frame->opcode != 8) frame = client.readFrame();
        if (!frame) return 0;
        client.send(clientFrame(8, frame->payload));
        EXPECT_TRUE(client.isEnded());
        return frame->closeCode();
    }
};

TEST_F(ServerStream, UpgradesAndEchoes) {
    start();
    auto client = connect();
    const auto response = client.upgrade("/ws", "Sec-WebSocket-Protocol: signalbox.v1\r\n");
    ASSERT_TRUE(response.has_value());
    EXPECT_EQ(response->status, 101U);
    EXPECT_EQ(response->header("sec-websocket-accept"), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    EXPECT_EQ(response->header("sec-websocket-protocol"), "signalbox.v1");
    client.send(clientFrame(1, "hello") + clientFrame(1, "wörld"));
    EXPECT_EQ(client.readFrame()->payload, "hello");
    EXPECT_EQ(client.readFrame()->payload, "wörld");
    EXPECT_EQ(server->stats().webSockets, 1U);
    client.send(clientFrame(8, "\x03\xe8"));
    EXPECT_EQ(client.readFrame()->closeCode(), 1000U);
    EXPECT_TRUE(client.isEnded());
    EXPECT_TRUE(application.stream->waitFor([&] { return application.stream->closes == 1; }));
    EXPECT_TRUE(eventually([&] { return server->stats().webSockets == 0; }));
    EXPECT_EQ(application.finishedStatuses().front(), 101U);
}

TEST_F(ServerStream, TakesFramesThatCameWithTheRequest) {
    start();
    auto client = connect();
    client.send(get("/ws",
                    "Connection: keep-alive, Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n") +
                clientFrame(1, "early"));
    EXPECT_EQ(client.readResponse()->status, 101U);
    EXPECT_EQ(client.readFrame()->payload, "early");
}

TEST_F(ServerStream, JoinsFragmentsAndAnswersPings) {
    start();
    auto client = open();
    client.send(clientFrame(1, "one ", false) + clientFrame(0, "two ", false) + clientFrame(9, "ping") +
                clientFrame(0, "three"));
    auto frame = client.readFrame();
    ASSERT_TRUE(frame.has_value());
    EXPECT_EQ(frame->opcode, 10U);
    EXPECT_EQ(frame->payload, "ping");
    EXPECT_EQ(client.readFrame()->payload, "one two three");
}

TEST_F(ServerStream, ClosesOnWhatBreaksTheProtocol) {
    options.limits.webSocketMessage = 10'000;
    start();
    EXPECT_EQ(closedWith(clientFrame(1, "bad mask", true, false)), 1002U);
    EXPECT_EQ(closedWith(clientFrame(0, "continues nothing")), 1002U);
    EXPECT_EQ(closedWith(clientFrame(1, "a", false) + clientFrame(1, "b")), 1002U);
    EXPECT_EQ(closedWith(clientFrame(3, "reserved")), 1002U);
    EXPECT_EQ(closedWith(clientFrame(9, std::string(126, 'x'))), 1002U);
    EXPECT_EQ(closedWith(clientFrame(1, "rsv", true, true, true)), 1002U);
    EXPECT_EQ(closedWith(clientFrame(1, "\xff\xfe")), 1007U);
    EXPECT_EQ(closedWith(clientFrame(1, "\xc3", false) + clientFrame(0, "x")), 1007U);
    EXPECT_EQ(closedWith(clientFrame(1, "\xc3", false) + clientFrame(0, "")), 1007U);
    EXPECT_EQ(closedWith(clientFrame(2, "binary")), 1003U);
    EXPECT_EQ(closedWith(clientFrame(1, std::string(10'001, 'x'))), 1009U);
    EXPECT_EQ(closedWith(clientFrame(1, std::string(9'000, 'x'), false) + clientFrame(0, std::string(9'000, 'x'))),
              1009U);
    EXPECT_TRUE(eventually([&] { return server->stats().connections == 0; }));
}

TEST_F(ServerStream, CompressesWhenOffered) {
    options.limits.webSocketMessage = 1'000'000;
    start();
    auto client = open("Sec-WebSocket-Extensions: permessage-deflate\r\n");
    const std::string text(5000, 'z');
    client.send(clientFrame(1, deflated(text), true, true, true));
    const auto frame = client.readFrame();
    ASSERT_TRUE(frame.has_value());
    EXPECT_TRUE(frame->isCompressed);
    EXPECT_LT(frame->payload.size(), 500U);
    EXPECT_EQ(inflated(frame->payload, text.size()), text);
    client.send(clientFrame(1, deflated(std::string(1'500'000, 'z')), true, true, true));
    EXPECT_EQ(client.readFrame()->closeCode(), 1009U);
}

TEST_F(ServerStream, RefusesMalformedUpgrades) {
    start();
    const std::string base = "Connection: Upgrade\r\nUpgrade: websocket\r\n";
    const std::string key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
    const std::vector<std::pair<std::string, unsigned>> table = {
        {get("/ws", base + key), 400},
        {get("/ws", base + "Sec-WebSocket-Version: 13\r\n"), 400},
        {get("/ws", base + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: short\r\n"), 400},
        {get("/ws", base + key + key + "Sec-WebSocket-Version: 13\r\n"), 400},
        {get("/ws", base + key + "Sec-WebSocket-Version: 8\r\n"), 426},
        {get("/ws", key + "Sec-WebSocket-Version: 13\r\n"), 404},
        {get("/ws"), 404}};
    for (const auto& [request, status] : table) {
        auto client = connect();
        client.send(request);
        const auto response = client.readResponse();
        ASSERT_TRUE(response.has_value());
        EXPECT_EQ(response->status, status) << request;
        EXPECT_EQ(response->header("sec-websocket-version"), status == 426 ? "13" : "");
    }
}

TEST_F(ServerStream, PingsAndCutsASilentPeer) {
    start();
    auto client = open();
    ASSERT_TRUE(application.stream->waitFor([&] { return application.stream->peer != nullptr; }));
    for (int round = 0; round < 3; ++round) {
        clock.advance(options.limits.heartbeat);
        const auto ping = client.readFrame();
        ASSERT_TRUE(ping.has_value());
        EXPECT_EQ(ping->opcode, 9U);
        client.send(clientFrame(10, ping->payload) + clientFrame(1, "alive"));
        EXPECT_EQ(client.readFrame()->payload, "alive");
    }
    clock.advance(3 * options.limits.heartbeat);
    EXPECT_TRUE(client.isEnded());
    EXPECT_TRUE(application.stream->waitFor([&] { return application.stream->closes == 1; }));
}

TEST_F(ServerStream, BoundsWhatWaitsForAPeerThatDoesNotRead) {
    start();
    auto client = open();
    auto& stream = *application.stream;
    ASSERT_TRUE(stream.waitFor([&] { return stream.peer != nullptr; }));
    const std::string message(1'000'000, 'm');
    int sent = 0;
    while (stream.peer->send(message)) ++sent;
    EXPECT_LE(stream.peer->buffered(), options.limits.streamBuffer);
    EXPECT_GE(sent, 8);
    EXPECT_EQ(stream.writables, 0);
    for (int count = 0; count < sent; ++count) ASSERT_EQ(client.readFrame()->payload.size(), message.size());
    ASSERT_TRUE(stream.waitFor([&] { return stream.writables == 1; }));
    EXPECT_TRUE(stream.peer->send("again"));
    EXPECT_EQ(client.readFrame()->payload, "again");
}

TEST_F(ServerStream, TheApplicationClosesAfterWhatItSent) {
    start();
    auto client = open();
    auto& stream = *application.stream;
    ASSERT_TRUE(stream.waitFor([&] { return stream.peer != nullptr; }));
    std::thread([&] {
        EXPECT_TRUE(stream.peer->send("last words"));
        stream.peer->close(4401, std::string(200, 'r'));
        EXPECT_FALSE(stream.peer->send("too late"));
    }).join();
    EXPECT_EQ(client.readFrame()->payload, "last words");
    const auto frame = client.readFrame();
    ASSERT_TRUE(frame.has_value());
    EXPECT_EQ(frame->closeCode(), 4401U);
    EXPECT_EQ(frame->payload.size(), 125U);
    clock.advance(options.limits.closeTimeout + options.limits.lingerTimeout);
    EXPECT_TRUE(client.isEnded());
    EXPECT_TRUE(stream.waitFor([&] { return stream.closes == 1; }));
}

TEST_F(ServerStream, SendsEventsAndHeartbeats) {
    start();
    auto client = connect();
    client.send(get("/events"));
    const auto head = client.readUntil("\r\n\r\n");
    EXPECT_NE(head.find("Content-Type: text/event-stream"), std::string::npos) << head;
    EXPECT_EQ(head.find("Content-Length"), std::string::npos);
    auto& stream = *application.stream;
    ASSERT_TRUE(stream.waitFor([&] { return stream.peer != nullptr; }));
    EXPECT_EQ(server->stats().eventStreams, 1U);
    stream.peer->send("id: 1\ndata: {}\n\n");
    EXPECT_EQ(client.readUntil("\n\n"), "id: 1\ndata: {}\n\n");
    client.patience = std::chrono::milliseconds(100);
    std::string beat;
    ASSERT_TRUE(advanceUntil(options.limits.heartbeat, [&] {
        beat = client.readUntil("\n\n");
        return !beat.empty();
    }));
    EXPECT_EQ(beat, ":\n\n");
    client.patience = std::chrono::seconds(5);
    stream.peer->send("data: last\n\n");
    stream.peer->close(1000, "");
    EXPECT_NE(client.readUntil("data: last\n\n"), "");
    EXPECT_TRUE(client.isEnded());
    EXPECT_TRUE(stream.waitFor([&] { return stream.closes == 1; }));
}

TEST_F(ServerStream, NoticesAnEventReaderThatWentOrDoesNotRead) {
    start();
    {
        auto client = connect();
        client.send(get("/events"));
        EXPECT_NE(client.readUntil("\r\n\r\n"), "");
    }
    auto& first = *application.stream;
    EXPECT_TRUE(first.waitFor([&] { return first.closes == 1; }));
    EXPECT_FALSE(first.peer->send("nobody"));
    application.stream = std::make_shared<EchoHandler>();
    auto client = connect();
    client.send(get("/events"));
    auto& stream = *application.stream;
    ASSERT_TRUE(stream.waitFor([&] { return stream.peer != nullptr; }));
    while (stream.peer->send(std::string(1'000'000, 'e'))) continue;
    EXPECT_TRUE(advanceUntil(options.limits.writeTimeout / 20, [&] { return server->stats().eventStreams == 0; }));
    EXPECT_TRUE(stream.waitFor([&] { return stream.closes == 1; }));
}

TEST_F(ServerStream, DrainsWhatIsUnderWay) {
    start();
    auto idle = connect();
    auto busy = connect();
    auto socket = open();
    busy.send(get("/later"));
    auto respond = application.takeLater();
    ASSERT_TRUE(respond);
    ASSERT_TRUE(application.stream->waitFor([&] { return application.stream->peer != nullptr; }));
    ASSERT_TRUE(eventually([&] { return server->stats().connections == 3; }));
    std::thread draining([&] { EXPECT_TRUE(server->drain(10'000'000)); });
    EXPECT_EQ(socket.readFrame()->payload, "draining");
    EXPECT_EQ(socket.readFrame()->closeCode(), 1001U);
    socket.send(clientFrame(8, "\x03\xe9"));
    EXPECT_TRUE(socket.isEnded());
    EXPECT_TRUE(idle.isEnded());
    respond(HttpResponse{200, {}, "finished", false});
    const auto response = busy.readResponse();
    ASSERT_TRUE(response.has_value());
    EXPECT_EQ(response->body, "finished");
    EXPECT_EQ(response->header("connection"), "close");
    EXPECT_TRUE(busy.isEnded());
    { const RawClient closing(std::move(idle)), closed(std::move(busy)), gone(std::move(socket)); }
    draining.join();
    EXPECT_FALSE(RawClient(port).isConnected());
}

TEST_F(ServerStream, DrainingIsBounded) {
    start();
    auto stuck = connect();
    stuck.send(get("/later"));
    const auto respond = application.takeLater();
    ASSERT_TRUE(respond);
    EXPECT_FALSE(server->drain(50'000));
    server->stop();
    EXPECT_TRUE(stuck.isEnded());
    EXPECT_EQ(application.finishedStatuses().back(), 0U);
}

}  // namespace
}  // namespace signalbox::gateway
