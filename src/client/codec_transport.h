// A transport that takes everything through JSON text on its way, both ways, as a wire would.
#pragma once

#include <memory>

#include "client/transport.h"

namespace signalbox::client {

/// Wraps another transport. What the text form would not carry is lost here as it would be on a wire. Thread-safe.
class CodecTransport final : public Transport {
public:
    explicit CodecTransport(std::unique_ptr<Transport> inner) : inner_(std::move(inner)) {}

    void send(protocol::Request request, std::function<void(Result<protocol::Reply>)> done) override;
    [[nodiscard]] std::unique_ptr<SubscriptionHandle> subscribe(
        protocol::EventFilter filter, std::function<void(std::vector<protocol::EventDto>)> receive) override;

private:
    std::unique_ptr<Transport> inner_;
};

}  // namespace signalbox::client
