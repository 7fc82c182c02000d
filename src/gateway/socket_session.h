// Private to the streams: one WebSocket that speaks "signalbox.v1".
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "gateway/request_spans.h"
#include "gateway/socket_message.h"
#include "gateway/stream.h"
#include "gateway/subscription.h"

namespace signalbox::gateway {

/// Who the peer is gets asked anew for each request and each batch of events.
class SocketSession final : public Stream {
public:
    SocketSession(std::shared_ptr<StreamEnvironment> environment, std::optional<Receiver> receiver,
                  identity::Origin origin, SocketOpening opening);
    ~SocketSession() override;

    void opened(std::shared_ptr<StreamPeer> peer) override;
    void received(std::string_view text) override;
    void writable() override;
    void closed() override;
    Pumped pump() override;
    void tick(Micros now) override;
    void credentialEnded(const std::string& reason) override;
    void goAway(const std::string& reason) override;

private:
    using SubscriptionPtr = std::shared_ptr<Subscription>;

    /// Among the open ones, or out of them. On the strand.
    void count(double by);
    void receivedFromStranger(std::string_view text);
    void authenticate(const ClientMessage& message);
    /// The first word after the receiver is known: hello, or why not.
    void welcome(const Receiver& receiver);
    void refuse(std::uint16_t code, const Error& error);
    void handle(ClientMessage message);
    void request(const service::Principal& principal, ClientMessage message);
    void answer(std::uint64_t id, const Result<protocol::Reply>& outcome);
    /// Null when its span is not wanted.
    [[nodiscard]] std::shared_ptr<TracedCall> traced(const service::Principal& principal,
                                                     const ClientMessage& message) const;
    void subscribe(const service::Principal& principal, ClientMessage message);
    void unsubscribe(std::uint64_t id);
    /// Says so, and ends the socket of one that has said too much of it.
    void malformed(const MessageError& error);

    [[nodiscard]] Status admit(const service::Principal& principal) const;
    /// Whether the id may be used for something new; if so it counts as open.
    [[nodiscard]] Status claimRequest(std::uint64_t id);
    [[nodiscard]] Status claimSubscription(std::uint64_t id);
    [[nodiscard]] bool isUsed(std::uint64_t id) const;
    /// The principal as it is now; ends the socket when there is none any more.
    [[nodiscard]] std::optional<service::Principal> principalNow();
    void touch();
    [[nodiscard]] std::shared_ptr<StreamPeer> peer() const;
    [[nodiscard]] std::vector<SubscriptionPtr> turns();
    [[nodiscard]] Subscription::Step sendEvents(StreamPeer& peer, Subscription& subscription,
                                                service::EventRights rights);
    void withdraw(const SubscriptionPtr& subscription);
    /// Sends what is not to be lost: when the peer's buffer is full, the socket ends.
    void tell(std::string text);
    /// Nothing is sent any more but the last word.
    void end(std::uint16_t code, const std::string& reason, std::string lastWord = {});

    const std::shared_ptr<StreamEnvironment> environment_;
    const identity::Origin origin_;
    const SocketOpening opening_;
    bool isCounted_ = false;
    mutable std::mutex mutex_;  ///< guards the rest; not held while anything else is called
    std::optional<Receiver> receiver_;
    std::shared_ptr<StreamPeer> peer_;  ///< null before and after
    Micros authenticateUntil_ = 0;      ///< monotonic, as the next
    Micros checkAt_ = 0;
    std::unordered_set<std::uint64_t> requests_;
    std::vector<SubscriptionPtr> subscriptions_;
    std::size_t nextTurn_ = 0;
    std::size_t malformed_ = 0;
    bool isOpen_ = false;
    bool isWelcome_ = false;
};

}  // namespace signalbox::gateway
