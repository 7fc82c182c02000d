// What the parts around a request cost: a rate limit's check, the metrics of a request, a dispatched call, and events
// for many subscribers.
#include <algorithm>
#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "gateway/http_metrics.h"
#include "gateway/rate_limit.h"
#include "gateway/streams.h"
#include "gateway/trace_context.h"
#include "service/worker_threads.h"

namespace {

using namespace signalbox;

/// Nanoseconds of one call, the best of five rounds.
void measure(const char* what, int calls, const std::function<void(int)>& call) {
    double best = 1e18;
    for (int round = 0; round < 5; ++round) {
        const auto start = std::chrono::steady_clock::now();
        for (int i = 0; i < calls; ++i) call(i);
        const std::chrono::duration<double, std::nano> took = std::chrono::steady_clock::now() - start;
        best = std::min(best, took.count() / calls);
    }
    fmt::print("{:<60} {:>10.0f} ns\n", what, best);
}

/// Takes everything and keeps nothing.
class Sink final : public gateway::StreamPeer {
public:
    bool send(std::string text) override {
        bytes += text.size();
        return true;
    }
    [[nodiscard]] std::size_t buffered() const override { return 0; }
    void close(std::uint16_t, std::string) override {}
    std::size_t bytes = 0;
};

struct Parts {
    Parts() : bus(clock) {
        bus.setResolver([](RunId) { return service::EventBus::RunNames{"orders", nullptr}; });
        service::DispatcherParts parts;
        parts.bus = &bus;
        parts.workers = &workers;
        parts.clock = &clock;
        dispatcher.emplace(std::move(parts));
        gateway::StreamOptions options;
        options.dispatcher = &*dispatcher;
        options.clock = &clock;
        options.ownThread = false;
        streams.emplace(std::move(options));
        principal = service::localAdministrator();
    }
    SystemClock clock;
    service::EventBus bus;
    service::WorkerThreads workers{1};
    std::optional<service::Dispatcher> dispatcher;
    std::optional<gateway::Streams> streams;
    service::Principal principal;
};

void measureRequests(Parts& parts) {
    gateway::RateLimiter limiter({1e6, 1000, 100'000});
    std::vector<std::string> callers;
    for (int i = 0; i < 50'000; ++i) callers.push_back(fmt::format("0190a1b2-7c3d-7e4f-8a5b-{:012x}", i));
    measure("rate limit, one caller", 1'000'000, [&](int i) { static_cast<void>(limiter.check(callers[0], i)); });
    measure("rate limit, 50,000 callers in turn", 1'000'000,
            [&](int i) { static_cast<void>(limiter.check(callers[static_cast<std::size_t>(i) % 50'000], i)); });
    telemetry::Metrics registry;
    gateway::HttpMetrics metrics(registry);
    const auto route = metrics.addRoute("/api/v1/runs/{id}");
    measure("metrics of a request", 1'000'000, [&](int) {
        metrics.started();
        metrics.finished(route, "GET", 200, 150);
    });
    gateway::FastRandom random;
    measure("request id and trace context", 200'000, [&](int i) {
        static_cast<void>(gateway::requestIdFor(nullptr, i, random));
        static_cast<void>(gateway::TraceContext::startSpan(nullptr, random).traceparent());
    });
    service::DispatchOptions here;
    here.mayRunHere = true;
    measure("dispatch of gateway.info, direct", 200'000, [&](int) {
        parts.dispatcher->dispatch(
            parts.principal, protocol::GetGatewayInfo{}, [](const auto&) {}, here);
    });
}

/// Publishes 10,000 events and hands them to that many sockets.
void measureEvents(Parts& parts, std::size_t readers) {
    constexpr std::size_t kEvents = 10'000;
    std::vector<std::shared_ptr<gateway::StreamHandler>> handlers;
    std::vector<std::shared_ptr<Sink>> sinks;
    for (std::size_t i = 0; i < readers; ++i) {
        handlers.push_back(parts.streams->openSocket(gateway::Receiver(parts.principal), {}));
        sinks.push_back(std::make_shared<Sink>());
        handlers.back()->opened(sinks.back());
        handlers.back()->received(R"({"type":"subscribe","id":1})");
    }
    parts.streams->runPending();
    const auto publish = parts.bus.sink();
    std::vector<engine::EngineEvent> events(10);
    for (auto& event : events) {
        event.kind = engine::EngineEvent::Kind::NodeStatus;
        event.run.value.bytes[15] = 1;
        event.wall = parts.clock.wallNow();
    }
    for (std::size_t i = 0; i < kEvents / events.size(); ++i) publish(events);
    const auto start = std::chrono::steady_clock::now();
    parts.streams->runPending();
    const std::chrono::duration<double, std::nano> took = std::chrono::steady_clock::now() - start;
    fmt::print("{:<60} {:>10.0f} ns, {} bytes\n", fmt::format("an event for each of {} subscribers", readers),
               took.count() / static_cast<double>(kEvents * readers), sinks[0]->bytes / kEvents);
    for (const auto& handler : handlers) handler->closed();
}

}  // namespace

int main() {
    Parts parts;
    measureRequests(parts);
    for (const std::size_t readers : {1U, 10U, 50U}) measureEvents(parts, readers);
    parts.workers.stop();
    return 0;
}
