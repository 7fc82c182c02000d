// Crowds of slow, silent, lying and vanishing peers against a real server.
#include <chrono>
#include <cstdio>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include "gateway/gzip.h"
#include "gateway/server.h"
#include "integration/gateway_abuse/idle_crowd.h"
#include "integration/gateway_abuse/memory.h"
#include "support/raw_client.h"

namespace signalbox::gateway {
namespace {

using test::RawClient;

constexpr std::chrono::seconds kPatience{60};

/// How many descriptors this process may open, after asking for all it can get.
std::size_t raiseDescriptorLimit() {
    rlimit limit{};
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    return static_cast<std::size_t>(limit.rlim_cur);
}

class Echo final : public StreamHandler {
public:
    void opened(std::shared_ptr<StreamPeer> peer) override { peer_ = std::move(peer); }
    void received(std::string_view text) override { static_cast<void>(peer_->send(std::string(text))); }
    void writable() override {}
    void closed() override { peer_.reset(); }

private:
    std::shared_ptr<StreamPeer> peer_;
};

class SmallApplication final : public Application {
public:
    void handle(HttpRequestPtr, bool isUpgrade, std::function<void(Outcome)> respond) override {
        if (isUpgrade) return respond(OpenStream{OpenStream::Kind::WebSocket, std::make_shared<Echo>(), {}});
        respond(HttpResponse{200, {}, "fine", false});
    }
    void finished(const HttpRequest&, unsigned, std::uint64_t) override {}
    HttpResponse refusal(unsigned status, std::string_view code, std::string_view) override {
        return {status, {}, std::string(code), true};
    }
};

class GatewayAbuse : public ::testing::Test {
protected:
    GatewayAbuse() {
        descriptors_ = raiseDescriptorLimit();
        options_.tickEvery = 20'000;
        options_.limits.connectionsPerAddress = 20'000;
    }
    void start() {
        server_ = std::make_unique<Server>(options_, application_, clock_);
        const auto started = server_->start();
        ASSERT_TRUE(started.has_value());
        port_ = *started;
    }
    /// Both ends of a connection are this process's.
    std::size_t crowd(std::size_t wanted) const { return std::min(wanted, (descriptors_ - 200) / 2); }
    std::vector<RawClient> connectMany(std::size_t count) {
        std::vector<RawClient> clients;
        clients.reserve(count);
        for (std::size_t at = 0; at < count; ++at) clients.emplace_back(port_);
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
    void expectServes() {
        RawClient client(port_);
        client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        const auto response = client.readResponse();
        ASSERT_TRUE(response.has_value());
        EXPECT_EQ(response->body, "fine");
    }

    std::size_t descriptors_ = 0;
    ManualClock clock_;
    SmallApplication application_;
    ServerOptions options_;
    std::unique_ptr<Server> server_;
    std::uint16_t port_ = 0;
};

TEST_F(GatewayAbuse, TenThousandIdleConnections) {
    test::IdleCrowd clients;  // before the server has threads
    const auto count = static_cast<std::uint32_t>(std::min<std::size_t>(10'000, descriptors_ - 100));
    start();
    expectServes();
    const auto before = residentBytes();
    ASSERT_EQ(clients.connect(port_, count), count);
    ASSERT_TRUE(eventually([&] { return server_->stats().connections >= count; }));
    fmt::print("{} idle connections: {} bytes each\n", count, (residentBytes() - before) / count);
    EXPECT_LT((residentBytes() - before) / count, 8'000U * kBookkeeping);
    ASSERT_EQ(clients.request(), count);
    fmt::print("after a request on each: {} bytes each\n", (residentBytes() - before) / count);
    EXPECT_LT((residentBytes() - before) / count, 8'000U * kBookkeeping);
    expectServes();
    clock_.advance(options_.limits.idleTimeout);
    EXPECT_TRUE(eventually([&] { return server_->stats().connections == 0; }));
    expectServes();
}

TEST_F(GatewayAbuse, ASlowLorisCrowd) {
    start();
    const auto count = crowd(3'000);
    auto clients = connectMany(count);
    const std::string request = "GET / HTTP/1.1\r\nHost: a\r\nX-Slow: and slower";
    for (int second = 0; second < 9; ++second) {
        for (auto& client : clients) client.send(request.substr(static_cast<std::size_t>(second) * 4, 4));
        const auto sent = static_cast<std::uint64_t>(second + 1) * 4 * count;
        ASSERT_TRUE(eventually([&] { return server_->stats().bytesRead >= sent; }));
        clock_.advance(1'000'000);
        expectServes();
    }
    clock_.advance(1'000'000);
    EXPECT_TRUE(eventually([&] { return server_->stats().timedOut >= count; }));
    EXPECT_EQ(clients.front().readResponse()->status, 408U);
    clients.clear();
    EXPECT_TRUE(eventually([&] { return server_->stats().connections == 0; }));
}

TEST_F(GatewayAbuse, CompressionBombs) {
    start();
    const auto packed = gzip(std::string(200'000'000, '0'));
    const auto before = residentBytes();
    for (int round = 0; round < 50; ++round) {
        RawClient client(port_);
        client.send(fmt::format("POST / HTTP/1.1\r\nHost: a\r\nContent-Encoding: gzip\r\nContent-Length: {}\r\n\r\n{}",
                                packed.size(), packed));
        const auto response = client.readResponse();
        ASSERT_TRUE(response.has_value());
        EXPECT_EQ(response->status, 413U);
    }
    const auto grown = residentBytes() < before ? 0 : residentBytes() - before;
    fmt::print("50 bombs of 200 MB: {} bytes more held\n", grown);
    EXPECT_LT(grown, 100'000'000U * kBookkeeping);
    expectServes();
}

TEST_F(GatewayAbuse, BodiesThatNeverCome) {
    start();
    const auto before = residentBytes();
    const auto count = crowd(1'000);
    auto clients = connectMany(count);
    const std::string request = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 8000000\r\n\r\nabc";
    for (auto& client : clients) client.send(request);
    ASSERT_TRUE(eventually([&] { return server_->stats().bytesRead >= request.size() * count; }));
    const auto grown = residentBytes() - before;
    fmt::print("{} announced bodies of 8 MB: {} bytes each held\n", count, grown / count);
    EXPECT_LT(grown / count, 100'000U * kBookkeeping);
    clock_.advance(options_.limits.bodyTimeout);
    EXPECT_TRUE(eventually([&] { return server_->stats().timedOut == count; }));
    expectServes();
}

TEST_F(GatewayAbuse, TruncatedFramesAndVanishingPeers) {
    start();
    std::mt19937 random(20'261'126);
    std::printf("seed 20261126\n");
    for (int round = 0; round < 300; ++round) {
        RawClient client(port_);
        const auto response = client.upgrade("/ws");
        ASSERT_TRUE(response && response->status == 101);
        auto frames = test::clientFrame(1, std::string(random() % 3000, 'x'), random() % 2 == 0) +
                      test::clientFrame(random() % 16, std::string(random() % 200, 'y'));
        frames.resize(random() % (frames.size() + 1));
        client.send(frames);
        if (round % 3 == 0) client.reset();
        if (round % 3 == 1) client.shutdownWrite();
    }
    EXPECT_TRUE(eventually([&] { return server_->stats().webSockets == 0; }));
    expectServes();
}

/// A compressed frame may say any length; room is made only for what comes.
TEST_F(GatewayAbuse, CompressedFramesThatAnnounceWorlds) {
    start();
    const std::string_view block("\x00\x05\x00\xfa\xffhello", 10);  // stored, not the last one
    for (const char* length : {"\x74\xc2\x2d\x6b\xc1\x8f\xff\x12", "\x7f\xff\xff\xff\xff\xff\xff\xff"}) {
        RawClient client(port_);
        const auto response = client.upgrade("/ws", "Sec-WebSocket-Extensions: permessage-deflate\r\n");
        ASSERT_TRUE(response && response->status == 101);
        std::string start = "\xc1\xff" + std::string(length, 8) + std::string(4, '\0');
        client.send(start.append(block));
        for (int round = 0; round < 3; ++round) {
            const auto before = server_->stats().bytesRead;
            // How the server reads depends on what arrives together.
            ASSERT_TRUE(eventually([&] { return client.send(block) && server_->stats().bytesRead > before; }));
        }
        expectServes();
    }
    EXPECT_TRUE(eventually([&] { return server_->stats().webSockets == 0; }));
}

TEST_F(GatewayAbuse, RandomBytes) {
    start();
    std::mt19937 random(5);
    std::printf("seed 5\n");
    for (int round = 0; round < 1'000; ++round) {
        RawClient client(port_);
        std::string bytes = round % 2 == 0 ? "" : "GET / HTTP/1.1\r\nHost: a\r\n";
        const auto size = random() % 400;
        for (unsigned at = 0; at < size; ++at) bytes += static_cast<char>(random() % 256);
        client.send(bytes + "\r\n\r\n");
        client.reset();
    }
    EXPECT_TRUE(eventually([&] { return server_->stats().connections == 0; }));
    expectServes();
}

/// A storm of connections that come and go while others work: nothing leaks.
TEST_F(GatewayAbuse, ConnectionsThatComeAndGo) {
    start();
    std::vector<std::jthread> storm;
    for (int thread = 0; thread < 4; ++thread) {
        storm.emplace_back([this, thread] {
            for (int round = 0; round < 1'000; ++round) {
                RawClient client(port_);
                if (round % 4 != 0) client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
                if (round % 4 == 1) static_cast<void>(client.readResponse());
                if (round % 4 == 2 || thread == 0) client.reset();
            }
        });
    }
    for (int round = 0; round < 200; ++round) expectServes();
    storm.clear();
    EXPECT_TRUE(eventually([&] { return server_->stats().connections == 0; }));
}

}  // namespace
}  // namespace signalbox::gateway
