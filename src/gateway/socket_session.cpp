#include "gateway/socket_session.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "gateway/http_metrics.h"
#include "protocol/envelope.h"

namespace signalbox::gateway {

namespace {

/// A client that says nothing but nonsense is not kept.
constexpr std::size_t kMostMalformed = 100;
/// How often a quiet socket's session is looked at; its end is usually told.
constexpr Micros kCheckInterval = 5'000'000;

}  // namespace

SocketSession::SocketSession(std::shared_ptr<StreamEnvironment> environment, std::optional<Receiver> receiver,
                             identity::Origin origin, SocketOpening opening)
    : environment_(std::move(environment)),
      origin_(std::move(origin)),
      opening_(std::move(opening)),
      receiver_(std::move(receiver)) {}

SocketSession::~SocketSession() { environment_->registry.remove(*this); }

void SocketSession::opened(std::shared_ptr<StreamPeer> peer) {
    std::optional<Receiver> receiver;
    {
        const std::lock_guard lock(mutex_);
        peer_ = std::move(peer);
        isOpen_ = true;
        authenticateUntil_ = environment_->options.clock->monotonicNow() + environment_->options.authenticateWithin;
        receiver = receiver_;
    }
    count(1);
    if (environment_->closing) return goAway("draining");
    if (receiver) welcome(*receiver);
}

void SocketSession::count(double by) {
    if (std::exchange(isCounted_, by > 0) == (by > 0)) return;
    if (environment_->options.metrics != nullptr) environment_->options.metrics->webSockets().add(by);
}

void SocketSession::closed() {
    environment_->registry.remove(*this);
    count(-1);
    end(close_code::kGoingAway, {});
}

void SocketSession::received(std::string_view text) {
    bool isWelcome = false;
    {
        const std::lock_guard lock(mutex_);
        if (!isOpen_) return;
        isWelcome = isWelcome_;
    }
    if (!isWelcome) return receivedFromStranger(text);
    auto message = parseClientMessage(text);
    if (!message) return malformed(message.error());
    if (message->kind == ClientMessage::Kind::Authenticate) {
        return tell(errorText({"socket.authenticated", "This socket has its user already", {}, {}, false}));
    }
    handle(std::move(*message));
}

/// A long message is not even read: its values would take many times its bytes.
void SocketSession::receivedFromStranger(std::string_view text) {
    if (text.size() <= kStrangerMessage) {
        const auto message = parseClientMessage(text);
        if (message && message->kind == ClientMessage::Kind::Authenticate) return authenticate(*message);
    }
    refuse(close_code::kWrongCredentials,
           {"auth.required", "The first message must authenticate", {}, "Send a token first", false});
}

void SocketSession::authenticate(const ClientMessage& message) {
    identity::Identity* const identity = environment_->options.identity;
    if (identity == nullptr) {
        return refuse(close_code::kWrongCredentials,
                      {"gateway.no-users", "This gateway keeps no users", {}, {}, false});
    }
    auto caller = identity->authenticate(message.token, origin_);
    if (!caller) return refuse(close_code::kWrongCredentials, caller.error());
    welcome(Receiver(*identity, std::move(*caller)));
}

void SocketSession::welcome(const Receiver& receiver) {
    // First bound, then asked: an end in between is noticed one way or the other.
    environment_->registry.bind(*this, receiver.credential());
    const auto principal = receiver.current();
    if (!principal) return refuse(close_code::kWrongCredentials, principal.error());
    const service::Dispatcher& dispatcher = *environment_->options.dispatcher;
    if (const auto admitted = dispatcher.admits(*principal); !admitted) {
        return refuse(close_code::kWrongTenant, admitted.error());
    }
    {
        const std::lock_guard lock(mutex_);
        receiver_ = receiver;
        isWelcome_ = true;
    }
    if (const auto peer = this->peer()) peer->welcome();
    tell(helloText(dispatcher.info(*principal), receiver.account()));
}

void SocketSession::refuse(std::uint16_t code, const Error& error) {
    if (environment_->options.metrics != nullptr) environment_->options.metrics->authenticationFailed(error.code);
    environment_->options.log.warning("A socket was refused",
                                      Value::object({{"code", error.code}, {"address", origin_.address}}));
    end(code, error.code, refusedText(error));
}

void SocketSession::malformed(const MessageError& error) {
    tell(error.id ? replyText(*error.id, fail(error.error)) : errorText(error.error));
    {
        const std::lock_guard lock(mutex_);
        if (++malformed_ <= kMostMalformed) return;
    }
    end(close_code::kPolicy, "too many messages that are none");
}

void SocketSession::handle(ClientMessage message) {
    const auto principal = principalNow();
    if (!principal) return;
    if (message.kind != ClientMessage::Kind::Ping) touch();
    switch (message.kind) {
        case ClientMessage::Kind::Request:
            return request(*principal, std::move(message));
        case ClientMessage::Kind::Subscribe:
            return subscribe(*principal, std::move(message));
        case ClientMessage::Kind::Unsubscribe:
            return unsubscribe(message.id);
        default:
            return tell(pongText(message.id));
    }
}

void SocketSession::request(const service::Principal& principal, ClientMessage message) {
    const auto traced = this->traced(principal, message);
    if (const auto claimed = claimRequest(message.id); !claimed) {
        if (traced) traced->end(&claimed.error());
        return tell(replyText(message.id, fail(claimed.error())));
    }
    const auto refused = [&](const Error& error) {
        if (traced) traced->end(&error);
        answer(message.id, fail(error));
    };
    if (const auto admitted = admit(principal); !admitted) return refused(admitted.error());
    std::shared_ptr<void> place;
    if (const auto& hashing = environment_->options.hashing; hashing && hashesPassword(*message.request)) {
        auto taken = hashing->take();
        if (!taken) return refused(taken.error());
        place = *std::move(taken);
    }
    service::DispatchOptions options;
    options.mayRunHere = true;
    if (traced) options.report = traced->report;
    environment_->options.dispatcher->dispatch(
        principal, std::move(*message.request),
        [weak = weak_from_this(), id = message.id, traced,
         place = std::move(place)](const Result<protocol::Reply>& outcome) mutable {
            place.reset();
            if (traced) traced->end(outcome ? nullptr : &outcome.error());
            if (const auto self = weak.lock()) static_cast<SocketSession&>(*self).answer(id, outcome);
        },
        std::move(options));
}

std::shared_ptr<TracedCall> SocketSession::traced(const service::Principal& principal,
                                                  const ClientMessage& message) const {
    const auto& spans = environment_->options.spans;
    if (!spans) return nullptr;
    auto call = spans->beginCall(message.traceparent.empty() ? nullptr : &message.traceparent, message.tracestate);
    if (!call) return nullptr;
    call->call = protocol::callName(*message.request);
    call->messageId = message.id;
    call->address = origin_.address;
    call->peer = opening_.peer;
    call->principal = principal.id;
    call->upgrade = opening_.trace;
    return call;
}

void SocketSession::answer(std::uint64_t id, const Result<protocol::Reply>& outcome) {
    {
        const std::lock_guard lock(mutex_);
        requests_.erase(id);
        if (!isOpen_) return;
    }
    tell(replyText(id, outcome));
}

void SocketSession::subscribe(const service::Principal& principal, ClientMessage message) {
    const auto refused = [&](const Error& error) { tell(replyText(message.id, fail(error))); };
    if (const auto claimed = claimSubscription(message.id); !claimed) return refused(claimed.error());
    auto events = environment_->options.dispatcher->subscribe(
        principal, std::move(message.filter), [weak = weak_from_this(), environment = environment_.get()] {
            if (const auto self = weak.lock()) environment->pump.schedule(self);
        });
    if (!events) return refused(events.error());
    tell(subscribedText(message.id, (*events)->position()));
    {
        const std::lock_guard lock(mutex_);
        if (!isOpen_) return;
        subscriptions_.push_back(std::make_shared<Subscription>(message.id, std::move(*events)));
    }
    environment_->pump.schedule(shared_from_this());
}

void SocketSession::unsubscribe(std::uint64_t id) {
    SubscriptionPtr found;
    {
        const std::lock_guard lock(mutex_);
        const auto place = std::find_if(subscriptions_.begin(), subscriptions_.end(),
                                        [id](const SubscriptionPtr& one) { return one->id() == id; });
        if (place != subscriptions_.end()) {
            found = *place;
            subscriptions_.erase(place);
        }
    }
    if (!found) {
        return tell(replyText(id, fail("socket.subscription-unknown", "There is no such subscription", "/id")));
    }
    found->end();
    tell(unsubscribedText(id));
}

void SocketSession::writable() { environment_->pump.schedule(shared_from_this()); }

void SocketSession::credentialEnded(const std::string& reason) {
    end(close_code::kSessionEnded, reason, sessionEndedText(reason));
}

void SocketSession::goAway(const std::string& reason) { end(close_code::kGoingAway, reason, closingText(reason)); }

void SocketSession::tick(Micros now) {
    bool isLate = false;
    bool isDue = false;
    {
        const std::lock_guard lock(mutex_);
        if (!isOpen_) return;
        isLate = !isWelcome_ && now >= authenticateUntil_;
        isDue = isWelcome_ && now >= checkAt_;
        if (isDue) checkAt_ = now + kCheckInterval;
    }
    if (isLate) {
        return refuse(close_code::kNoCredentials,
                      {"auth.required", "No credentials came in time", {}, "Send a token within 10 seconds", false});
    }
    if (isDue) static_cast<void>(principalNow());
}

void SocketSession::touch() {
    std::optional<Receiver> receiver;
    {
        const std::lock_guard lock(mutex_);
        receiver = receiver_;
    }
    if (receiver) receiver->touch();
}

std::optional<service::Principal> SocketSession::principalNow() {
    std::optional<Receiver> receiver;
    {
        const std::lock_guard lock(mutex_);
        if (!isOpen_ || !isWelcome_) return std::nullopt;
        receiver = receiver_;
    }
    auto principal = receiver->current();
    if (principal) return std::move(*principal);
    credentialEnded(principal.error().where.empty() ? "ended" : principal.error().where);
    return std::nullopt;
}

}  // namespace signalbox::gateway
