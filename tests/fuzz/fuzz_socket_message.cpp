// Fuzz target: whatever lines a client sends, each is answered by JSON of a known kind, nothing crashes, and no more is
// let in than the limits allow.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <future>
#include <mutex>
#include <string>
#include <string_view>

#include "base/json.h"
#include "gateway/socket_message.h"
#include "gateway/streams.h"
#include "service/worker_threads.h"

namespace {

using namespace signalbox;

void demand(bool condition, const char* what, std::string_view input) {
    if (condition) return;
    std::fprintf(stderr, "%s: %.*s\n", what, static_cast<int>(input.size()), input.data());
    std::abort();
}

class CheckingPeer final : public gateway::StreamPeer {
public:
    bool send(std::string text) override {
        const auto message = parseJson(text);
        demand(message && message->isObject() && (*message)["type"].isString(), "sends what is no message", text);
        const std::lock_guard lock(mutex_);
        ++sent_;
        return true;
    }
    [[nodiscard]] std::size_t buffered() const override { return 0; }
    void close(std::uint16_t, std::string) override {
        const std::lock_guard lock(mutex_);
        isClosed_ = true;
    }
    [[nodiscard]] bool isClosed() const {
        const std::lock_guard lock(mutex_);
        return isClosed_;
    }
    [[nodiscard]] std::size_t sent() const {
        const std::lock_guard lock(mutex_);
        return sent_;
    }

private:
    mutable std::mutex mutex_;
    std::size_t sent_ = 0;
    bool isClosed_ = false;
};

/// A gateway in which nothing runs, with a caller who may only look.
class Gateway {
public:
    Gateway() : bus_(clock_, {.events = 100}) {
        service::DispatcherParts parts;
        parts.bus = &bus_;
        parts.workers = &workers_;
        dispatcher_.emplace(std::move(parts));
        gateway::StreamOptions options;
        options.dispatcher = &*dispatcher_;
        options.clock = &clock_;
        options.ownThread = false;
        streams_.emplace(std::move(options));
    }
    ~Gateway() { workers_.stop(); }

    void converse(std::string_view input) {
        service::Principal viewer;
        viewer.id = "viewer";
        viewer.permissions = {"gateway:read", "run:read"};
        const auto handler = streams_->openSocket(gateway::Receiver(viewer), {});
        const auto peer = std::make_shared<CheckingPeer>();
        handler->opened(peer);
        std::size_t lines = 0;
        for (std::string_view rest = input; !rest.empty() && !peer->isClosed(); ++lines) {
            const auto line = rest.substr(0, rest.find('\n'));
            rest.remove_prefix(std::min(line.size() + 1, rest.size()));
            handler->received(line);
        }
        streams_->runPending();
        std::promise<void> done;
        workers_.post([&] { done.set_value(); });
        done.get_future().wait();
        demand(peer->sent() >= lines + 1, "leaves a message without an answer", input);
        handler->closed();
    }

private:
    ManualClock clock_;
    service::EventBus bus_;
    service::WorkerThreads workers_{1};
    std::optional<service::Dispatcher> dispatcher_;
    std::optional<gateway::Streams> streams_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static Gateway gateway;
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    const auto message = gateway::parseClientMessage(input);
    demand(message || !message.error().error.code.empty(), "refuses without a code", input);
    demand(message || !message.error().error.message.empty(), "refuses without a message", input);
    gateway.converse(input);
    return 0;
}
