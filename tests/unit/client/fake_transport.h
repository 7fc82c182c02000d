// A transport whose other end is the test.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "client/transport.h"

namespace signalbox::client::test {

/// What the fake was asked, shared with the test, which outlives the client.
struct FakeGateway {
    using Done = std::function<void(Result<protocol::Reply>)>;
    using Receive = std::function<void(std::vector<protocol::EventDto>)>;

    std::mutex mutex;
    std::vector<std::pair<protocol::Request, Done>> calls;
    std::vector<protocol::EventFilter> filters;
    std::map<int, Receive> receivers;
    int lastReceiver = 0;

    /// To every subscription there is.
    void publish(const std::vector<protocol::EventDto>& events);
    [[nodiscard]] std::size_t subscriptions();
};

[[nodiscard]] std::unique_ptr<Transport> connectTo(const std::shared_ptr<FakeGateway>& gateway);
[[nodiscard]] protocol::EventDto numbered(std::uint64_t seq);

}  // namespace signalbox::client::test
