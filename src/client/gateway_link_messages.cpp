// What a connection makes of the gateway's messages, and of its silence.
#include <algorithm>
#include <utility>

#include "client/gateway_link.h"
#include "client/link_socket.h"
#include "protocol/codec.h"
#include "protocol/errors.h"

namespace signalbox::client {

namespace {

constexpr int kStaleAfter = 2;  ///< heartbeats
constexpr int kGoneAfter = 3;

}  // namespace

void GatewayLink::heard() {
    heardAt_ = config_.clock->monotonicNow();
    lastHeard_->store(config_.clock->wallNow() / 1000);
    if (status_.state != ConnectionState::Stale) return;
    status_.error.reset();
    publish(ConnectionState::Live);
}

void GatewayLink::received(const std::string& text) {
    auto message = wire::decode(text);
    if (!message) return ended(garbageEnd(message.error(), config_.url));
    heard();
    std::visit([this](auto& known) { take(known); }, *message);
}

void GatewayLink::take(const wire::Hello& hello) {
    if (hello.protocolMajor != protocol::kProtocolMajor) {
        return ended(incompatibleEnd(hello.protocolMajor, config_.url));
    }
    if (!isLive()) live(hello);
}

void GatewayLink::live(const wire::Hello& hello) {
    const bool sameLife = hello.gateway.instance == instance_;
    instance_ = hello.gateway.instance;
    if (hello.heartbeat.count() > 0) heartbeat_ = hello.heartbeat;
    backoff_.reset();
    status_.attempt = 0;
    status_.error.reset();
    status_.gateway = hello.gateway;
    status_.account = hello.account;
    publish(ConnectionState::Live);
    for (const std::string& text : streams_.resume(sameLife)) socket_->send(text);
    sendCalls();
    pingedAt_ = 0;
    pulse_.start(std::max(heartbeat_ / 4, std::chrono::milliseconds(5)));
    pulse();
}

void GatewayLink::take(const wire::Reply& reply) {
    if (const Value* error = reply.body.find("error")) {
        auto dto = protocol::fromValue<protocol::ErrorDto>(*error);
        if (dto && streams_.refused(reply.id, protocol::toError(*dto))) return;
    }
    calls_.reply(reply.id, reply.body);
    sendCalls();
}

void GatewayLink::take(const wire::Subscribed& subscribed) { streams_.subscribed(subscribed.id, subscribed.seq); }

void GatewayLink::take(wire::Events& events) { streams_.events(events.id, std::move(events.events), events.seq); }

void GatewayLink::take(const wire::Withdrawn& withdrawn) { streams_.refused(withdrawn.id, withdrawn.error); }

void GatewayLink::take(const wire::Pong& pong) {
    if (pong.id != pings_ || pingedAt_ == 0) return;
    status_.latencyMs = static_cast<int>((config_.clock->monotonicNow() - pingedAt_) / 1000);
    publish(status_.state);
}

void GatewayLink::take(const wire::Refused& refused) { told_ = refusedEnd(refused.error, config_.url); }

void GatewayLink::take(const wire::SessionEnded& ended) { told_ = sessionEnd(ended.reason, config_.url); }

void GatewayLink::take(const wire::Closing& closing) {
    told_ = closeEnd(1001, QString::fromStdString(closing.reason), config_.url);
}

/// Asks for a sign of life, and draws the conclusions when there is none. The clock goes on while the machine sleeps,
/// so that a connection that did not survive that is given up at once.
void GatewayLink::pulse() {
    const Micros now = config_.clock->monotonicNow();
    const Micros heartbeat = heartbeat_.count() * 1000;
    const Micros silent = now - heardAt_;
    if (silent > kGoneAfter * heartbeat) {
        return ended(silenceEnd(std::chrono::milliseconds(silent / 1000), config_.url));
    }
    if (silent > kStaleAfter * heartbeat && status_.state == ConnectionState::Live) {
        status_.error = silenceEnd(std::chrono::milliseconds(silent / 1000), config_.url).error;
        publish(ConnectionState::Stale);
    }
    if (!isLive() || now - pingedAt_ < heartbeat) return;
    pingedAt_ = now;
    socket_->send(wire::ping(++pings_));
}

void GatewayLink::sendCalls() {
    if (!isLive()) return;
    for (const std::string& text : calls_.sendable(config_.clock->monotonicNow())) socket_->send(text);
}

void GatewayLink::call(OpenCall call) {
    // Where only a person can help, nobody is kept waiting.
    const bool isHopeless = !isLive() && status_.error && !retry_.isActive() && !socket_;
    if (isHopeless) return call.done(fail(*status_.error));
    calls_.add(std::move(call), config_.clock->monotonicNow());
    if (!sweep_.isActive()) sweep_.start();
    sendCalls();
}

void GatewayLink::sweep() {
    const Error why = unreachable();
    calls_.expire(config_.clock->monotonicNow(), isLive() ? nullptr : &why);
    if (calls_.empty()) sweep_.stop();
}

Error GatewayLink::unreachable() const {
    if (status_.error) return *status_.error;
    return timeoutEnd(config_.timing.waitWhileLost, config_.url).error;
}

void GatewayLink::subscribe(std::uint64_t id, protocol::EventFilter filter, std::shared_ptr<Receiver> receiver) {
    const std::string text = streams_.add(id, std::move(filter), std::move(receiver));
    if (isLive()) socket_->send(text);
}

void GatewayLink::unsubscribe(std::uint64_t id) {
    if (streams_.remove(id) && isLive()) socket_->send(wire::unsubscribe(id));
}

}  // namespace signalbox::client
