#include "gateway/server.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

#include <sys/socket.h>
#include <unistd.h>

#include "gateway/connection.h"
#include "gateway/http_response.h"
#include "gateway/rate_limit.h"
#include "gateway/server_core.h"
#include "gateway/server_listener.h"
#include "gateway/server_loop.h"

namespace signalbox::gateway {
namespace {

constexpr std::chrono::milliseconds kBindPause{100};
constexpr std::chrono::milliseconds kDrainPause{10};

/// One thread of the server.
struct Worker {
    std::shared_ptr<Loop> loop;
    std::unique_ptr<Listener> listener;
    std::jthread thread;
};

unsigned threadCount(const ServerOptions& options) {
    return options.threads > 0 ? options.threads : std::max(1U, std::thread::hardware_concurrency());
}

void closeAll(const std::vector<int>& descriptors) {
    for (const int descriptor : descriptors) ::close(descriptor);
}

}  // namespace

struct Server::State {
    State(ServerOptions optionsIn, Application& application, const Clock& clock, Logger logIn)
        : options(std::move(optionsIn)),
          log(std::move(logIn)),
          core(std::make_shared<ServerCore>(options.limits, application, clock, log)) {
        core->proxies.set(options.proxies);
    }

    Result<std::vector<int>> listen();
    Result<std::vector<int>> listenOnce();
    void startWorker(int descriptor);
    void accept(const std::shared_ptr<Loop>& loop, int descriptor, std::string address);
    void turnAway(int descriptor);
    void onEachLoop(const std::function<void(Worker&)>& work);
    std::size_t sessionCount() const;

    ServerOptions options;
    Logger log;
    std::shared_ptr<ServerCore> core;
    std::vector<std::unique_ptr<Worker>> workers;
};

/// Sockets with SO_REUSEPORT would also share the port with a second copy of this program, which then got half of the
/// connections: a socket without it tells whether the address is free.
Result<std::vector<int>> Server::State::listenOnce() {
    BindAddress address{options.address, options.port};
    if (address.port != 0) {
        SIGNALBOX_TRY(const int probe, openListener(address, false));
        ::close(probe);
    }
    std::vector<int> opened;
    for (unsigned count = 0; count < threadCount(options); ++count) {
        auto descriptor = openListener(address, true);
        if (!descriptor) {
            closeAll(opened);
            return fail(std::move(descriptor.error()));
        }
        opened.push_back(*descriptor);
        address.port = boundPort(opened.front());
    }
    return opened;
}

Result<std::vector<int>> Server::State::listen() {
    const auto giveUp = std::chrono::steady_clock::now() + std::chrono::microseconds(options.bindRetry);
    for (;;) {
        auto opened = listenOnce();
        if (opened || !opened.error().retryable || std::chrono::steady_clock::now() >= giveUp) return opened;
        log.warning("The address is in use, trying again", Value::object({{"address", opened.error().where}}));
        std::this_thread::sleep_for(kBindPause);
    }
}

void Server::State::startWorker(int descriptor) {
    auto worker = std::make_unique<Worker>();
    worker->loop = std::make_shared<Loop>(core->clock, options.tickEvery);
    worker->listener = std::make_unique<Listener>(
        *worker->loop, descriptor,
        [this, loop = worker->loop](int taken, std::string address) { accept(loop, taken, std::move(address)); },
        [this](const std::string& why) {
            log.error("No connection can be taken", Value::object({{"reason", why}}));
        });
    worker->loop->setTickHook([listener = worker->listener.get()] { listener->retry(); });
    worker->listener->start();
    worker->thread = std::jthread([loop = worker->loop] { loop->run(); });
    workers.push_back(std::move(worker));
}

void Server::State::accept(const std::shared_ptr<Loop>& loop, int descriptor, std::string address) {
    const std::string counted = core->proxies.get()->trusts(address) ? std::string() : rateLimitKey(address);
    if (!core->connections->enter(counted, core->limits)) return turnAway(descriptor);
    auto ticket = std::make_unique<ConnectionTicket>(core->connections, counted);
    core->counters.accepted.fetch_add(1, std::memory_order_relaxed);
    auto transport = makeTransport(*loop, descriptor, std::move(address), core->tls.get().get(), std::move(ticket));
    if (!transport) return;
    auto connection = std::make_shared<Connection>(core, loop, std::move(transport));
    loop->add(connection);
    connection->start();
}

/// Says why in one write where that needs no handshake; the peer may or may not get to read it.
void Server::State::turnAway(int descriptor) {
    core->counters.turnedAway.fetch_add(1, std::memory_order_relaxed);
    if (!options.tls) {
        auto response = core->application.refusal(503, "server.too-many-connections",
                                                  "The server has as many connections as it takes");
        std::string text;
        appendHead(text, response, {.keepsAlive = false, .date = ""});
        text += response.body;
        [[maybe_unused]] const auto sent = ::send(descriptor, text.data(), text.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    }
    ::close(descriptor);
}

/// Runs it on every loop's thread and waits.
void Server::State::onEachLoop(const std::function<void(Worker&)>& work) {
    std::mutex mutex;
    std::condition_variable done;
    std::size_t left = workers.size();
    for (const auto& worker : workers) {
        worker->loop->post([&, target = worker.get()] {
            work(*target);
            const std::lock_guard lock(mutex);
            --left;
            done.notify_one();
        });
    }
    std::unique_lock lock(mutex);
    done.wait(lock, [&] { return left == 0; });
}

std::size_t Server::State::sessionCount() const {
    std::size_t count = 0;
    for (const auto& worker : workers) count += worker->loop->sessionCount();
    return count;
}

Server::Server(ServerOptions options, Application& application, const Clock& clock, Logger log)
    : state_(std::make_unique<State>(std::move(options), application, clock, std::move(log))) {}

Server::~Server() { stop(); }

Result<std::uint16_t> Server::start() {
    auto& state = *state_;
    if (!state.workers.empty()) return fail("server.started", "The server runs already");
    if (!isLoopback(state.options.address) && !state.options.tls && !state.options.allowInsecureBind) {
        return fail("server.insecure-bind", "Without TLS the server listens on loopback addresses only",
                    state.options.address, "Configure a certificate, or allow the insecure bind by its setting");
    }
    if (state.options.tls) {
        SIGNALBOX_TRY(auto context, TlsContext::load(*state.options.tls));
        state.core->tls.set(std::move(context));
    }
    SIGNALBOX_TRY(const auto opened, state.listen());
    const auto port = boundPort(opened.front());
    state.core->isDraining = false;
    for (const int descriptor : opened) state.startWorker(descriptor);
    state.log.info("Listening", Value::object({{"address", BindAddress{state.options.address, port}.text()},
                                               {"tls", state.options.tls.has_value()},
                                               {"threads", static_cast<std::int64_t>(opened.size())}}));
    return port;
}

bool Server::drain(Micros within) {
    auto& state = *state_;
    state.core->isDraining = true;
    state.onEachLoop([](Worker& worker) {
        worker.listener->stop();
        worker.loop->drainAll();
    });
    const auto giveUp = std::chrono::steady_clock::now() + std::chrono::microseconds(within);
    while (state.sessionCount() > 0 && std::chrono::steady_clock::now() < giveUp) {
        std::this_thread::sleep_for(kDrainPause);
    }
    return state.sessionCount() == 0;
}

void Server::stop() {
    auto& state = *state_;
    if (state.workers.empty()) return;
    state.core->isDraining = true;
    state.onEachLoop([](Worker& worker) { worker.listener->stop(); });
    for (const auto& worker : state.workers) worker->loop->finish();
    for (const auto& worker : state.workers) worker->thread.join();
    state.workers.clear();
}

Status Server::reloadCertificate() {
    if (!state_->options.tls) return fail("tls.off", "The server runs without TLS");
    SIGNALBOX_TRY(auto context, TlsContext::load(*state_->options.tls));
    const auto expires = formatTimestamp(context->expires());
    state_->core->tls.set(std::move(context));
    state_->log.info("The certificate was loaded again", Value::object({{"expires", expires}}));
    return {};
}

void Server::setTrustedProxies(TrustedProxies proxies) { state_->core->proxies.set(std::move(proxies)); }

void Server::ping(std::function<void()> answered) const {
    const auto left = std::make_shared<std::atomic<std::size_t>>(state_->workers.size());
    const auto told = std::make_shared<const std::function<void()>>(std::move(answered));
    for (const auto& worker : state_->workers) {
        worker->loop->post([left, told] {
            if (left->fetch_sub(1) == 1) (*told)();
        });
    }
}

ServerStats Server::stats() const {
    const auto& counters = state_->core->counters;
    const auto tls = state_->core->tls.get();
    return {.accepted = counters.accepted,
            .turnedAway = counters.turnedAway,
            .handshakesFailed = counters.handshakesFailed,
            .requests = counters.requests,
            .refused = counters.refused,
            .timedOut = counters.timedOut,
            .bytesRead = counters.bytesRead,
            .bytesWritten = counters.bytesWritten,
            .connections = state_->core->connections->count(),
            .webSockets = static_cast<std::uint64_t>(counters.webSockets.load()),
            .eventStreams = static_cast<std::uint64_t>(counters.eventStreams.load()),
            .certificateExpires = tls ? tls->expires() : 0};
}

}  // namespace signalbox::gateway
