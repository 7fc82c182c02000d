// Private to the client: calls that wait for their reply, or for a connection to be sent over.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "protocol/requests.h"

namespace signalbox::client {

/// Whether sending a call a second time does no more than sending it once: it changes nothing, or carries a key by
/// which the gateway knows it again.
[[nodiscard]] bool isRepeatable(const protocol::Request& request);

struct OpenCall {
    std::uint64_t id = 0;
    std::string_view name;  ///< a literal
    std::string text;       ///< the message
    bool repeatable = false;
    Micros patience = 0;  ///< how long a reply may take
    std::function<void(Result<protocol::Reply>)> done;
};

/// In the order they were made, which is the order they are sent in. Used in one thread; calls every `done` outside of
/// its own loops, so that they may make new calls.
class OpenCalls {
public:
    struct Limits {
        std::size_t onWire = 128;  ///< unanswered at the same time; a gateway refuses more than 256
        Micros waitWhileLost = 0;
        Micros repeatWithin = 0;
    };
    explicit OpenCalls(Limits limits) : limits_(limits) {}

    void add(OpenCall call, Micros now);
    /// The messages that may go out now.
    [[nodiscard]] std::vector<std::string> sendable(Micros now);
    void reply(std::uint64_t id, const Value& body);
    /// The connection is gone: what was sent and may be sent again waits for the next one, the rest fails.
    void connectionLost(const std::string& where, Micros now);
    /// Fails what has waited too long for its reply and, while there is no connection, for one. `unreachable` says why
    /// there is none; null: there is.
    void expire(Micros now, const Error* unreachable);
    void failAll(const Error& error);
    [[nodiscard]] bool empty() const { return calls_.empty(); }

private:
    struct Entry {
        OpenCall call;
        Micros deadline = 0;
        bool sent = false;
    };
    using Table = std::map<std::uint64_t, Entry>;
    template <class Wanted>
    void failThose(const Wanted& wanted, const std::function<Error(const Entry&)>& error);

    const Limits limits_;
    Table calls_;
    std::size_t onWire_ = 0;
};

}  // namespace signalbox::client
