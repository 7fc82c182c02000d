#include "unit/gateway/server_fixture.h"

#include <chrono>
#include <cstdlib>

#include <fmt/format.h>

namespace signalbox::gateway {
namespace {

constexpr std::chrono::seconds kPatience{10};

HttpResponse textResponse(std::string body) { return {200, {{"Content-Type", "text/plain"}}, std::move(body), false}; }

}  // namespace

void EchoHandler::opened(std::shared_ptr<StreamPeer> peerIn) {
    const std::lock_guard lock(mutex);
    peer = std::move(peerIn);
    if (welcomes) peer->welcome();
    changed.notify_all();
}

void EchoHandler::received(std::string_view text) {
    if (echoes) peer->send(std::string(text));
}

void EchoHandler::writable() {
    const std::lock_guard lock(mutex);
    ++writables;
    changed.notify_all();
}

void EchoHandler::draining() { peer->send("draining"); }

void EchoHandler::closed() {
    const std::lock_guard lock(mutex);
    ++closes;
    changed.notify_all();
}

bool EchoHandler::waitFor(const std::function<bool()>& condition) {
    std::unique_lock lock(mutex);
    return changed.wait_for(lock, kPatience, condition);
}

void TestApplication::handle(HttpRequestPtr request, bool isUpgrade, std::function<void(Outcome)> respond) {
    {
        const std::lock_guard lock(mutex);
        last = request;
    }
    if (request->path == "/hello") return respond(textResponse("hello"));
    if (request->path == "/echo") return respond(textResponse(request->body));
    if (request->path == "/big") {
        return respond(textResponse(std::string(static_cast<std::size_t>(std::atoll(request->query.c_str())), 'x')));
    }
    if (request->path == "/ws" && isUpgrade) {
        return respond(OpenStream{OpenStream::Kind::WebSocket, stream, {{"Sec-WebSocket-Protocol", "signalbox.v1"}}});
    }
    if (request->path == "/events") return respond(OpenStream{OpenStream::Kind::ServerSentEvents, stream, {}});
    if (request->path == "/drop") return;
    if (request->path == "/later") {
        const std::lock_guard lock(mutex);
        later.push_back(std::move(respond));
        changed.notify_all();
        return;
    }
    respond(HttpResponse{404, {}, "not here", false});
}

void TestApplication::finished(const HttpRequest&, unsigned status, std::uint64_t) {
    const std::lock_guard lock(mutex);
    finishedWith.push_back(status);
    changed.notify_all();
}

HttpResponse TestApplication::refusal(unsigned status, std::string_view code, std::string_view detail) {
    return {status, {{"Content-Type", "text/plain"}}, fmt::format("{}: {}", code, detail), true};
}

std::function<void(Outcome)> TestApplication::takeLater() {
    std::unique_lock lock(mutex);
    if (!changed.wait_for(lock, kPatience, [&] { return !later.empty(); })) return {};
    auto respond = std::move(later.front());
    later.erase(later.begin());
    return respond;
}

bool TestApplication::waitForFinished(std::size_t count) {
    std::unique_lock lock(mutex);
    return changed.wait_for(lock, kPatience, [&] { return finishedWith.size() >= count; });
}

std::vector<unsigned> TestApplication::finishedStatuses() {
    const std::lock_guard lock(mutex);
    return finishedWith;
}

ServerTest::ServerTest() {
    options.threads = 2;
    options.tickEvery = 2'000;
}

void ServerTest::start() {
    server = std::make_unique<Server>(options, application, clock);
    const auto started = server->start();
    ASSERT_TRUE(started.has_value()) << started.error().message;
    port = *started;
}

bool ServerTest::advanceUntil(Micros step, const std::function<bool()>& condition) {
    const auto giveUp = std::chrono::steady_clock::now() + kPatience;
    while (!condition()) {
        if (std::chrono::steady_clock::now() > giveUp) return false;
        clock.advance(step);
        std::this_thread::yield();
    }
    return true;
}

std::string get(std::string_view path, std::string_view moreHeaders) {
    return fmt::format("GET {} HTTP/1.1\r\nHost: test\r\n{}\r\n", path, moreHeaders);
}

}  // namespace signalbox::gateway
