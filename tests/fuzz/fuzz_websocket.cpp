// Fuzz target: any bytes behind a WebSocket handshake end the session in an orderly way; what reaches the application
// is UTF-8 within the limit. The real session runs over a transport in memory.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

#include "base/text.h"
#include "gateway/connection_stream.h"

namespace {

using namespace signalbox::gateway;

constexpr std::size_t kLargestMessage = 32 << 10;

void demand(bool condition, const char* what) {
    if (condition) return;
    std::fprintf(stderr, "%s\n", what);
    std::abort();
}

/// Gives the input in pieces, then the end; takes all that is written.
class MemoryTransport final : public Transport {
public:
    MemoryTransport(Loop& loop, std::string_view input, std::size_t piece)
        : loop_(loop), input_(input), piece_(piece) {}

    IoResult read(std::span<char> into) override {
        const auto bytes = std::min({into.size(), piece_, input_.size()});
        if (!isOpen_ || bytes == 0) return {IoResult::State::Ended, 0};
        std::copy_n(input_.begin(), bytes, into.begin());
        input_.remove_prefix(bytes);
        return {IoResult::State::Done, bytes};
    }
    IoResult write(std::string_view bytes) override {
        if (!isOpen_ || bytes.empty()) return {IoResult::State::Ended, 0};
        return {IoResult::State::Done, std::min(bytes.size(), piece_ * 100)};
    }
    void waitReadable(std::shared_ptr<TransportWaiter> waiter) override {
        loop_.post([waiter = std::move(waiter)] { waiter->readable(); });
    }
    void waitWritable(std::shared_ptr<TransportWaiter> waiter) override {
        loop_.post([waiter = std::move(waiter)] { waiter->writable(); });
    }
    void shutdownWrite() override {}
    void close() override { isOpen_ = false; }
    bool isOpen() const override { return isOpen_; }
    bool isEncrypted() const override { return false; }
    bool isEstablished() const override { return true; }
    const std::string& address() const override { return address_; }

private:
    Loop& loop_;
    std::string_view input_;
    std::size_t piece_;
    std::string address_ = "memory";
    bool isOpen_ = true;
};

class CheckingHandler final : public StreamHandler {
public:
    explicit CheckingHandler(Loop& loop) : loop_(loop) {}
    void opened(std::shared_ptr<StreamPeer> peer) override {
        peer_ = std::move(peer);
        peer_->welcome();
    }
    void received(std::string_view text) override {
        demand(signalbox::isValidUtf8(text), "a message is not UTF-8");
        demand(text.size() <= kLargestMessage, "a message is over the limit");
        demand(closes == 0, "a message comes after the end");
        static_cast<void>(peer_->send(std::string(text)));
    }
    void writable() override {}
    void closed() override {
        ++closes;
        loop_.finish();
    }
    int closes = 0;

private:
    Loop& loop_;
    std::shared_ptr<StreamPeer> peer_;
};

class NoApplication final : public Application {
public:
    void handle(HttpRequestPtr, bool, std::function<void(Outcome)>) override {}
    void finished(const HttpRequest&, unsigned, std::uint64_t) override {}
    HttpResponse refusal(unsigned status, std::string_view, std::string_view) override {
        return {status, {}, {}, true};
    }
};

std::shared_ptr<HttpRequest> handshake() {
    auto request = std::make_shared<HttpRequest>();
    request->method = "GET";
    request->target = request->path = "/";
    request->headers = {{"host", "fuzz"},
                        {"connection", "upgrade"},
                        {"upgrade", "websocket"},
                        {"sec-websocket-version", "13"},
                        {"sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ=="},
                        {"sec-websocket-extensions", "permessage-deflate"}};
    return request;
}

}  // namespace

/// The first byte says in what pieces the others come.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::string_view input(reinterpret_cast<const char*>(data) + 1, size - 1);
    const std::size_t piece = 1 + data[0] * std::size_t{16};
    NoApplication application;
    const signalbox::SystemClock clock;
    Limits limits;
    limits.webSocketMessage = kLargestMessage;
    limits.streamBuffer = 64 << 10;
    const auto core = std::make_shared<ServerCore>(limits, application, clock, signalbox::Logger());
    const auto loop = std::make_shared<Loop>(clock, 1'000'000);
    const auto handler = std::make_shared<CheckingHandler>(*loop);
    loop->post([&] {
        startWebSocket({core,
                        loop,
                        std::make_unique<MemoryTransport>(*loop, input, piece),
                        handshake(),
                        {},
                        OpenStream{OpenStream::Kind::WebSocket, handler, {}}});
    });
    loop->run();
    demand(handler->closes == 1, "a session does not tell of its end once");
    demand(loop->sessionCount() == 0, "a session does not end");
    return 0;
}
