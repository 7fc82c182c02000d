// What a socket sends by itself: events in turns, and last words.
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "gateway/http_metrics.h"
#include "gateway/socket_session.h"

namespace signalbox::gateway {

bool SocketSession::isUsed(std::uint64_t id) const {
    return requests_.contains(id) || std::any_of(subscriptions_.begin(), subscriptions_.end(),
                                                 [id](const SubscriptionPtr& one) { return one->id() == id; });
}

Status SocketSession::claimRequest(std::uint64_t id) {
    const std::lock_guard lock(mutex_);
    if (isUsed(id)) return fail("socket.id-used", "This id is in use by an open request or subscription", "/id");
    if (requests_.size() >= environment_->options.requestsOpen) {
        return fail("socket.too-many-requests", "Too many requests of this socket are open at the same time", {},
                    "Wait for replies first", true);
    }
    requests_.insert(id);
    return {};
}

Status SocketSession::admit(const service::Principal& principal) const {
    if (!environment_->options.limit) return {};
    const RateVerdict verdict = environment_->options.limit(principal);
    if (verdict.allowed) return {};
    if (environment_->options.metrics != nullptr) environment_->options.metrics->rateLimited("principal");
    return fail("rate.limited", "There are too many requests of this user", {},
                fmt::format("Wait {} s", verdict.retryAfterSeconds), true);
}

Status SocketSession::claimSubscription(std::uint64_t id) {
    const std::lock_guard lock(mutex_);
    if (isUsed(id)) return fail("socket.id-used", "This id is in use by an open request or subscription", "/id");
    if (subscriptions_.size() >= environment_->options.subscriptions) {
        return fail("socket.too-many-subscriptions", "This socket has as many subscriptions as it may have", {},
                    "End one first");
    }
    return {};
}

std::shared_ptr<StreamPeer> SocketSession::peer() const {
    const std::lock_guard lock(mutex_);
    return isOpen_ ? peer_ : nullptr;
}

std::vector<SocketSession::SubscriptionPtr> SocketSession::turns() {
    const std::lock_guard lock(mutex_);
    auto subscriptions = subscriptions_;
    if (!subscriptions.empty()) {
        const auto first = static_cast<std::ptrdiff_t>(nextTurn_++ % subscriptions.size());
        std::rotate(subscriptions.begin(), subscriptions.begin() + first, subscriptions.end());
    }
    return subscriptions;
}

Stream::Pumped SocketSession::pump() {
    const auto subscriptions = turns();
    const auto peer = this->peer();
    if (!peer || subscriptions.empty()) return Pumped::Idle;
    if (peer->buffered() >= environment_->options.eventBytes) return Pumped::Stalled;
    const auto principal = principalNow();
    if (!principal) return Pumped::Idle;
    const auto rights = environment_->options.dispatcher->eventRights(*principal);
    bool more = false;
    for (const SubscriptionPtr& subscription : subscriptions) {
        if (!subscription->isOpenTo(rights)) {
            withdraw(subscription);
            continue;
        }
        switch (sendEvents(*peer, *subscription, rights)) {
            case Subscription::Step::Nothing:
                break;
            case Subscription::Step::Sent:
                more = true;
                break;
            case Subscription::Step::Refused:
                return Pumped::Stalled;
        }
        if (peer->buffered() >= environment_->options.eventBytes) return Pumped::Stalled;
    }
    return more ? Pumped::More : Pumped::Idle;
}

Subscription::Step SocketSession::sendEvents(StreamPeer& peer, Subscription& subscription,
                                             service::EventRights rights) {
    return subscription.step(rights, [&](const service::EventTexts& events, std::uint64_t position) {
        if (!peer.send(eventsText(subscription.id(), events, position))) return false;
        if (const HttpMetrics* const metrics = environment_->options.metrics; metrics != nullptr) {
            metrics->eventsSent().increment(static_cast<double>(events.items.size()));
            if (const auto lost = countLost(events); lost > 0)
                metrics->eventsLost().increment(static_cast<double>(lost));
        }
        return true;
    });
}

void SocketSession::withdraw(const SubscriptionPtr& subscription) {
    {
        const std::lock_guard lock(mutex_);
        if (std::erase(subscriptions_, subscription) == 0) return;
    }
    subscription->end();
    const Error error{"auth.forbidden", "The permission to see events was withdrawn", {}, {}, false};
    tell(unsubscribedText(subscription->id(), &error));
}

void SocketSession::tell(std::string text) {
    const auto peer = this->peer();
    if (peer && !peer->send(std::move(text))) end(close_code::kTryLater, "the peer does not read");
}

void SocketSession::end(std::uint16_t code, const std::string& reason, std::string lastWord) {
    std::shared_ptr<StreamPeer> peer;
    std::vector<SubscriptionPtr> subscriptions;
    {
        const std::lock_guard lock(mutex_);
        isOpen_ = false;
        peer = std::exchange(peer_, nullptr);
        subscriptions.swap(subscriptions_);
    }
    if (peer) {
        if (!lastWord.empty()) static_cast<void>(peer->send(std::move(lastWord)));
        peer->close(code, reason);
    }
    for (const SubscriptionPtr& subscription : subscriptions) subscription->end();
}

}  // namespace signalbox::gateway
