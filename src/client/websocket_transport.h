// A client's way to a gateway elsewhere.
#pragma once

#include <atomic>
#include <memory>

#include "client/transport.h"

namespace signalbox::client {

class LinkHost;

/// Keeps calls and subscriptions over losses of the connection: a subscription goes on behind what was seen last, calls
/// that may be repeated are sent again, others fail with "gateway.connection-lost". Each start of a run gets a key, so
/// that it may be repeated. While there is no connection calls wait for it, not for long: then they fail with what
/// keeps it away ("gateway.unreachable", ...). Calls beyond the limits fail with "gateway.busy". Thread-safe.
class WebSocketTransport final : public Transport {
public:
    explicit WebSocketTransport(std::shared_ptr<LinkHost> host);
    ~WebSocketTransport() override;

    void send(protocol::Request request, std::function<void(Result<protocol::Reply>)> done) override;
    /// A subscription that is refused gets one event of kind "refused" without a run, with the error's code.
    [[nodiscard]] std::unique_ptr<SubscriptionHandle> subscribe(
        protocol::EventFilter filter, std::function<void(std::vector<protocol::EventDto>)> receive) override;

private:
    /// What is open at the moment.
    struct Load {
        std::atomic<std::size_t> calls{0};
        std::atomic<std::size_t> bytes{0};
    };

    std::shared_ptr<LinkHost> host_;
    std::shared_ptr<Load> load_ = std::make_shared<Load>();
    std::atomic<std::uint64_t> lastId_{0};
};

}  // namespace signalbox::client
