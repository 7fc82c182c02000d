// How a client's requests reach a gateway: in this process, or over a wire. The only thing that differs.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "base/result.h"
#include "protocol/requests.h"

namespace signalbox::client {

/// Ends a subscription when destroyed.
class SubscriptionHandle {
public:
    SubscriptionHandle() = default;
    SubscriptionHandle(const SubscriptionHandle&) = delete;
    SubscriptionHandle& operator=(const SubscriptionHandle&) = delete;
    virtual ~SubscriptionHandle() = default;
};

/// Carries requests and events. Callbacks come from any thread; the client brings them to the caller's. Thread-safe.
class Transport {
public:
    Transport() = default;
    Transport(const Transport&) = delete;
    Transport& operator=(const Transport&) = delete;
    virtual ~Transport() = default;

    /// Never blocks; calls `done` once, with the reply type that the request names or an error.
    virtual void send(protocol::Request request, std::function<void(Result<protocol::Reply>)> done) = 0;
    /// Events arrive in batches, in order of seq. A slow receiver gets a "lost" event; it never slows the engine.
    [[nodiscard]] virtual std::unique_ptr<SubscriptionHandle> subscribe(
        protocol::EventFilter filter, std::function<void(std::vector<protocol::EventDto>)> receive) = 0;
};

}  // namespace signalbox::client
