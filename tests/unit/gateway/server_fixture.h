// A real server on a free port with a small application behind it, for the tests of the server.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "base/clock.h"
#include "gateway/server.h"
#include "support/raw_client.h"

namespace signalbox::gateway {

using test::clientFrame;
using test::RawClient;
using test::RawFrame;

/// Echoes what it receives, and remembers what happened to it. Its tests talk to it through `peer`.
class EchoHandler final : public StreamHandler {
public:
    void opened(std::shared_ptr<StreamPeer> peerIn) override;
    void received(std::string_view text) override;
    void writable() override;
    void draining() override;
    void closed() override;

    /// Waits for the condition, which is read under the lock; false: it did not come in time.
    [[nodiscard]] bool waitFor(const std::function<bool()>& condition);

    std::mutex mutex;
    std::condition_variable changed;
    std::shared_ptr<StreamPeer> peer;
    std::atomic<int> writables{0};
    std::atomic<int> closes{0};
    bool echoes = true;
    bool welcomes = true;  ///< from the start
};

/// GET /hello, POST /echo, GET /big?BYTES, GET /later (answered by the test), /ws, /events, /drop, /nothing (404).
class TestApplication final : public Application {
public:
    void handle(HttpRequestPtr request, bool isUpgrade, std::function<void(Outcome)> respond) override;
    void finished(const HttpRequest& request, unsigned status, std::uint64_t bytes) override;
    HttpResponse refusal(unsigned status, std::string_view code, std::string_view detail) override;

    /// The next answer that GET /later waits for; empty: none came in time.
    [[nodiscard]] std::function<void(Outcome)> takeLater();
    [[nodiscard]] bool waitForFinished(std::size_t count);
    [[nodiscard]] std::vector<unsigned> finishedStatuses();

    std::shared_ptr<EchoHandler> stream = std::make_shared<EchoHandler>();  ///< of the next /ws or /events
    std::mutex mutex;
    std::condition_variable changed;
    HttpRequestPtr last;
    std::vector<std::function<void(Outcome)>> later;
    std::vector<unsigned> finishedWith;
};

class ServerTest : public ::testing::Test {
protected:
    /// Deadlines are looked at often; the clock is the test's.
    ServerTest();
    void start();
    [[nodiscard]] RawClient connect() const { return RawClient(port); }
    /// Moves the clock on, again and again, until the condition holds; false: it did not in time.
    [[nodiscard]] bool advanceUntil(Micros step, const std::function<bool()>& condition);
    [[nodiscard]] bool eventually(const std::function<bool()>& condition) { return advanceUntil(0, condition); }

    ManualClock clock;
    TestApplication application;
    ServerOptions options;
    std::unique_ptr<Server> server;
    std::uint16_t port = 0;
};

[[nodiscard]] std::string get(std::string_view path, std::string_view moreHeaders = {});

}  // namespace signalbox::gateway
