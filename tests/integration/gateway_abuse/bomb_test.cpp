// WebSocket messages of a few bytes that inflate to many: strangers get nothing for them, users no more than is
// allowed.
#include <chrono>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "gateway/server.h"
#include "integration/gateway_abuse/memory.h"
#include "support/deflated.h"
#include "support/raw_client.h"

namespace signalbox::gateway {
namespace {

using test::RawClient;

constexpr std::chrono::seconds kPatience{60};
constexpr std::size_t kBombs = 60;

class Listener final : public StreamHandler {
public:
    explicit Listener(bool welcomes) : welcomes_(welcomes) {}
    void opened(std::shared_ptr<StreamPeer> peer) override {
        if (welcomes_) peer->welcome();
    }
    void received(std::string_view) override {}
    void writable() override {}
    void closed() override {}

private:
    bool welcomes_;
};

/// Knows who comes to "/user".
class SmallApplication final : public Application {
public:
    void handle(HttpRequestPtr request, bool isUpgrade, std::function<void(Outcome)> respond) override {
        const auto listener = std::make_shared<Listener>(request->path == "/user");
        if (isUpgrade) return respond(OpenStream{OpenStream::Kind::WebSocket, listener, {}});
        respond(HttpResponse{200, {}, std::to_string(request->body.size()), false});
    }
    void finished(const HttpRequest&, unsigned, std::uint64_t) override {}
    HttpResponse refusal(unsigned status, std::string_view code, std::string_view) override {
        return {status, {}, std::string(code), true};
    }
};

class WebSocketBombs : public ::testing::Test {
protected:
    void start() {
        server_ = std::make_unique<Server>(options_, application_, clock_);
        const auto started = server_->start();
        ASSERT_TRUE(started.has_value());
        port_ = *started;
    }
    /// One frame of 16 KB each that inflates to just below the largest message, of which another frame is to come.
    std::vector<RawClient> sendBombs(std::string_view path) {
        const auto packed = test::deflated(std::string((16U << 20U) - 1000, 'x'));
        const auto frame = test::clientFrame(1, packed, false, true, true);
        std::vector<RawClient> clients;
        for (std::size_t at = 0; at < kBombs; ++at) {
            auto& client = clients.emplace_back(port_);
            const auto response = client.upgrade(path, "Sec-WebSocket-Extensions: permessage-deflate\r\n");
            EXPECT_TRUE(response && response->status == 101);
            client.send(frame);
        }
        return clients;
    }
    bool eventually(const std::function<bool()>& condition) {
        const auto giveUp = std::chrono::steady_clock::now() + kPatience;
        while (!condition()) {
            if (std::chrono::steady_clock::now() > giveUp) return false;
            std::this_thread::yield();
        }
        return true;
    }
    unsigned post(std::size_t size) {
        RawClient client(port_);
        client.send(
            fmt::format("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: {}\r\n\r\n{}", size, std::string(size, 'b')));
        const auto response = client.readResponse();
        return response ? response->status : 0;
    }

    ManualClock clock_;
    SmallApplication application_;
    ServerOptions options_;
    std::unique_ptr<Server> server_;
    std::uint16_t port_ = 0;
};

TEST_F(WebSocketBombs, OfStrangersAreNotInflated) {
    start();
    const auto before = residentBytes();
    auto clients = sendBombs("/stranger");
    std::size_t refused = 0;
    for (auto& client : clients) {
        const auto frame = client.readFrame();
        refused += frame && frame->opcode == 8 && frame->closeCode() == 1009 ? 1U : 0U;
    }
    EXPECT_EQ(refused, kBombs);
    EXPECT_EQ(post(1'000'000), 200U);
    const auto grown = residentBytes() - std::min(before, residentBytes());
    fmt::print("{} unfinished bombs of strangers: {} bytes more held\n", kBombs, grown);
    EXPECT_LT(grown, 30'000'000U * kBookkeeping);
}

TEST_F(WebSocketBombs, OfUsersAreBoundedTogether) {
    options_.limits.bodiesTogether = 100U << 20U;
    start();
    const auto before = residentBytes();
    auto clients = sendBombs("/user");
    // Each is either refused or held to its last byte; a ping is answered behind what came before it.
    std::size_t refused = 0;
    for (auto& client : clients) {
        client.send(test::clientFrame(9, "done?"));
        const auto frame = client.readFrame();
        ASSERT_TRUE(frame.has_value());
        refused += frame->opcode == 8 && frame->closeCode() == 1013 ? 1U : 0U;
    }
    const auto grown = residentBytes() - std::min(before, residentBytes());
    fmt::print("{} unfinished bombs of users, {} refused: {} bytes more held\n", kBombs, refused, grown);
    EXPECT_GE(refused, kBombs - 6) << "each that stays takes 16 MiB";
    EXPECT_LT(refused, kBombs);
    EXPECT_LT(grown, 400'000'000U * kBookkeeping) << "of 1 GB; the allocator keeps some of what is given back";
    clients.clear();
    EXPECT_TRUE(eventually([&] { return post(1'000'000) == 200; }));
}

}  // namespace
}  // namespace signalbox::gateway
