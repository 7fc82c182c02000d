#include "gateway/sse_session.h"

#include <utility>

#include <fmt/format.h>

#include "base/json.h"
#include "gateway/http_metrics.h"
#include "gateway/socket_message.h"

namespace signalbox::gateway {

namespace {

constexpr Micros kSilence = Micros{kHeartbeat} * 1'000'000;
/// How often a quiet stream's session is looked at; its end is usually told.
constexpr Micros kCheckInterval = 5'000'000;
/// Milliseconds after which a browser tries again.
constexpr int kRetry = 2000;

/// JSON holds no line break, so that one data line is enough.
std::string eventText(const service::EventTexts::Item& event) {
    const std::uint64_t id = event.lostUntil != 0 ? event.lostUntil : event.seq;
    return fmt::format("id: {}\nevent: {}\ndata: {}\n\n", id, event.kind, event.json);
}

std::string endText(std::string_view reason) {
    return fmt::format("event: end\ndata: {}\n\n", writeJson(Value::object({{"reason", Value(reason)}})));
}

}  // namespace

SseSession::SseSession(std::shared_ptr<StreamEnvironment> environment, Receiver receiver)
    : environment_(std::move(environment)), receiver_(std::move(receiver)) {}

SseSession::~SseSession() { environment_->registry.remove(*this); }

Status SseSession::subscribe(protocol::EventFilter filter) {
    environment_->registry.bind(*this, receiver_.credential());
    SIGNALBOX_TRY(const auto principal, receiver_.current());
    SIGNALBOX_TRY(auto events,
                  environment_->options.dispatcher->subscribe(
                      principal, std::move(filter), [weak = weak_from_this(), environment = environment_.get()] {
                          if (const auto self = weak.lock()) environment->pump.schedule(self);
                      }));
    subscription_ = std::make_shared<Subscription>(0, std::move(events));
    return {};
}

void SseSession::opened(std::shared_ptr<StreamPeer> peer) {
    {
        const std::lock_guard lock(mutex_);
        peer_ = peer;
        lastSent_ = environment_->options.clock->monotonicNow();
    }
    count(1);
    if (environment_->closing) return goAway("draining");
    static_cast<void>(send(*peer, fmt::format("retry: {}\n\n", kRetry)));
    environment_->pump.schedule(shared_from_this());
}

void SseSession::received(std::string_view) {}

void SseSession::writable() { environment_->pump.schedule(shared_from_this()); }

void SseSession::count(double by) {
    if (std::exchange(isCounted_, by > 0) == (by > 0)) return;
    if (environment_->options.metrics != nullptr) environment_->options.metrics->serverSentStreams().add(by);
}

void SseSession::closed() {
    environment_->registry.remove(*this);
    count(-1);
    end(0, {}, {});
}

std::shared_ptr<StreamPeer> SseSession::peer() const {
    const std::lock_guard lock(mutex_);
    return peer_;
}

bool SseSession::send(StreamPeer& peer, std::string text) {
    if (!peer.send(std::move(text))) return false;
    const std::lock_guard lock(mutex_);
    lastSent_ = environment_->options.clock->monotonicNow();
    return true;
}

Stream::Pumped SseSession::pump() {
    const auto peer = this->peer();
    if (!peer) return Pumped::Idle;
    if (peer->buffered() >= environment_->options.eventBytes) return Pumped::Stalled;
    const auto principal = receiver_.current();
    const auto rights = principal ? environment_->options.dispatcher->eventRights(*principal) : service::EventRights{};
    if (!subscription_->isOpenTo(rights)) {
        end(close_code::kSessionEnded, "forbidden", endText(principal ? "forbidden" : "session-ended"));
        return Pumped::Idle;
    }
    const auto step = subscription_->step(rights, [&](const service::EventTexts& events, std::uint64_t position) {
        std::string text;
        for (const auto& event : events.items) text += eventText(event);
        // An id without data moves the browser's Last-Event-ID, and nothing else.
        if (events.items.empty()) text = fmt::format("id: {}\n\n", position);
        if (!send(*peer, std::move(text))) return false;
        if (const HttpMetrics* const metrics = environment_->options.metrics; metrics != nullptr) {
            metrics->eventsSent().increment(static_cast<double>(events.items.size()));
            if (const auto lost = countLost(events); lost > 0) {
                metrics->eventsLost().increment(static_cast<double>(lost));
            }
        }
        return true;
    });
    if (step == Subscription::Step::Refused) return Pumped::Stalled;
    return step == Subscription::Step::Sent ? Pumped::More : Pumped::Idle;
}

void SseSession::tick(Micros now) {
    const auto peer = this->peer();
    if (!peer) return;
    bool isSilent = false;
    bool isDue = false;
    {
        const std::lock_guard lock(mutex_);
        isDue = now >= checkAt_;
        if (isDue) checkAt_ = now + kCheckInterval;
        isSilent = now - lastSent_ >= kSilence;
    }
    if (isDue) {
        const auto principal = receiver_.current();
        if (!principal) return credentialEnded(principal.error().where.empty() ? "ended" : principal.error().where);
    }
    if (isSilent) static_cast<void>(send(*peer, ":\n\n"));
}

void SseSession::credentialEnded(const std::string& reason) { end(close_code::kSessionEnded, reason, endText(reason)); }

void SseSession::goAway(const std::string& reason) { end(close_code::kGoingAway, reason, endText(reason)); }

void SseSession::end(std::uint16_t code, const std::string& reason, std::string lastWord) {
    std::shared_ptr<StreamPeer> peer;
    {
        const std::lock_guard lock(mutex_);
        peer = std::exchange(peer_, nullptr);
    }
    if (peer) {
        if (!lastWord.empty()) static_cast<void>(peer->send(std::move(lastWord)));
        peer->close(code, reason);
    }
    if (subscription_) subscription_->end();
}

}  // namespace signalbox::gateway
