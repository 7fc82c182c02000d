// A client's way to a dispatcher in the same process.
#pragma once

#include <memory>

#include "client/transport.h"
#include "service/dispatcher.h"

namespace signalbox::embedded {

/// Calls the dispatcher as one principal, with the same checks as any caller. One thread carries the events of all its
/// subscriptions: a receiver that blocks holds up the others of this transport, and nobody else. Thread-safe; the
/// dispatcher must outlive it.
class EmbeddedTransport final : public client::Transport {
public:
    EmbeddedTransport(service::Dispatcher& dispatcher, service::Principal principal);
    ~EmbeddedTransport() override;

    void send(protocol::Request request, std::function<void(Result<protocol::Reply>)> done) override;
    /// When the subscription is refused, the one event is an error: kind "refused" without a run, with its code.
    [[nodiscard]] std::unique_ptr<client::SubscriptionHandle> subscribe(
        protocol::EventFilter filter, std::function<void(std::vector<protocol::EventDto>)> receive) override;

private:
    class Pump;
    service::Dispatcher& dispatcher_;
    const service::Principal principal_;
    std::shared_ptr<Pump> pump_;
};

}  // namespace signalbox::embedded
