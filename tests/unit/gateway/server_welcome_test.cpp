// What a WebSocket may send before the application has welcomed it, and after.
#include "support/deflated.h"
#include "unit/gateway/server_fixture.h"

namespace signalbox::gateway {
namespace {

using test::deflated;

/// Welcomes with the message "open"; tells of others how long they are.
class Doorkeeper final : public StreamHandler {
public:
    void opened(std::shared_ptr<StreamPeer> peer) override { peer_ = std::move(peer); }
    void received(std::string_view text) override {
        if (text == "open") peer_->welcome();
        static_cast<void>(peer_->send(std::to_string(text.size())));
    }
    void writable() override {}
    void closed() override { peer_.reset(); }

private:
    std::shared_ptr<StreamPeer> peer_;
};

class Door final : public Application {
public:
    void handle(HttpRequestPtr, bool, std::function<void(Outcome)> respond) override {
        respond(OpenStream{OpenStream::Kind::WebSocket, std::make_shared<Doorkeeper>(), {}});
    }
    void finished(const HttpRequest&, unsigned, std::uint64_t) override {}
    HttpResponse refusal(unsigned status, std::string_view code, std::string_view) override {
        return {status, {}, std::string(code), true};
    }
};

class ServerWelcome : public ServerTest {
protected:
    void openDoor() {
        server = std::make_unique<Server>(options, door_, clock);
        const auto started = server->start();
        ASSERT_TRUE(started.has_value());
        port = *started;
    }
    RawClient open() {
        auto client = connect();
        const auto response = client.upgrade("/ws", "Sec-WebSocket-Extensions: permessage-deflate\r\n");
        EXPECT_TRUE(response && response->status == 101);
        return client;
    }
    static std::string plain(std::size_t size) { return clientFrame(1, std::string(size, 'x')); }
    static std::string packed(std::size_t size) {
        return clientFrame(1, deflated(std::string(size, 'x')), true, true, true);
    }
    /// 1 for an answer, or else the code that the server closes with.
    static unsigned answerTo(RawClient& client, std::string_view bytes) {
        client.send(bytes);
        const auto frame = client.readFrame();
        return !frame ? 0 : frame->opcode == 8 ? frame->closeCode() : frame->opcode;
    }

private:
    Door door_;
};

TEST_F(ServerWelcome, AStrangerMaySayLittle) {
    openDoor();
    for (const auto& message : {plain(kStrangerMessage), packed(kStrangerMessage)}) {
        auto client = open();
        EXPECT_EQ(answerTo(client, message), 1U);
    }
    const auto parts = clientFrame(1, std::string(kStrangerMessage, 'x'), false) + clientFrame(0, "x");
    for (const auto& message : {plain(kStrangerMessage + 1), packed(kStrangerMessage + 1), packed(16U << 20U), parts}) {
        auto client = open();
        EXPECT_EQ(answerTo(client, message), 1009U);
        EXPECT_TRUE(advanceUntil(options.limits.lingerTimeout, [&] { return client.isEnded(); }));
    }
}

TEST_F(ServerWelcome, TheVeryNextMessageMayBeAsLongAsTheLimit) {
    openDoor();
    for (const auto& message : {plain(16U << 20U), packed(16U << 20U)}) {
        auto client = open();
        client.send(clientFrame(1, "open") + message);
        ASSERT_TRUE(client.readFrame().has_value());
        const auto answer = client.readFrame();
        ASSERT_TRUE(answer.has_value());
        EXPECT_EQ(answer->payload, "16777216");
        EXPECT_EQ(answerTo(client, message), 1U) << "and one more";
        EXPECT_EQ(answerTo(client, packed((16U << 20U) + 1)), 1009U);
    }
}

TEST_F(ServerWelcome, MayComeFromAnotherThreadWhileTheSocketWaits) {
    application.stream->welcomes = false;
    start();
    auto client = open();
    auto& stream = *application.stream;
    ASSERT_TRUE(stream.waitFor([&] { return stream.peer != nullptr; }));
    stream.peer->welcome();
    ASSERT_TRUE(stream.peer->send("come in"));
    ASSERT_TRUE(client.readFrame().has_value());
    EXPECT_EQ(answerTo(client, plain(100'000)), 1U);
}

/// An unfinished message counts as held, and no longer when Beast is done with the connection.
TEST_F(ServerWelcome, WhatALingeringSocketHeldIsFree) {
    options.limits.bodiesTogether = 3'000'000;
    start();
    auto client = open();
    client.send(clientFrame(1, std::string(1'300'000, 'x'), false));
    ASSERT_TRUE(eventually([&] { return server->stats().bytesRead > 1'300'000; }));
    const auto post = [&] {
        auto poster = connect();
        const std::string body(1'800'000, 'b');
        poster.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1800000\r\n\r\n" + body);
        const auto response = poster.readResponse();
        return response ? response->status : 0;
    };
    EXPECT_EQ(post(), 503U);
    auto& stream = *application.stream;
    ASSERT_TRUE(stream.waitFor([&] { return stream.peer != nullptr; }));
    stream.peer->close(4408, "too late");
    const auto close = client.readFrame();
    ASSERT_TRUE(close.has_value());
    EXPECT_EQ(close->closeCode(), 4408U);
    client.send(clientFrame(8, close->payload));
    EXPECT_TRUE(eventually([&] { return post() == 200; })) << "although the peer has not gone";
    EXPECT_GE(server->stats().connections, 1U);
}

}  // namespace
}  // namespace signalbox::gateway
