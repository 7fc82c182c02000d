// Private to the client: subscriptions that outlive the connection they were made over.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/result.h"
#include "protocol/requests.h"

namespace signalbox::client {

/// Who gets the events of one subscription. The lock is held while it is called, so that ending it waits for that; it
/// may be ended from within the call. Thread-safe.
class Receiver {
public:
    using Receive = std::function<void(std::vector<protocol::EventDto>)>;
    explicit Receiver(Receive receive) : receive_(std::move(receive)) {}
    void give(std::vector<protocol::EventDto> events);
    void end();

private:
    std::recursive_mutex mutex_;
    Receive receive_;
    bool ended_ = false;
};

/// Knows for each subscription what was seen last, and asks each new connection for what came behind it. Used in one
/// thread.
class OpenStreams {
public:
    /// Gives the message that asks for it, to be sent when there is a connection.
    [[nodiscard]] std::string add(std::uint64_t id, protocol::EventFilter filter, std::shared_ptr<Receiver> receiver);
    /// False: it is not there (any more).
    bool remove(std::uint64_t id);
    /// For a new connection. `sameLife`: to the gateway that was there before, not to one that has been started anew.
    [[nodiscard]] std::vector<std::string> resume(bool sameLife);

    void subscribed(std::uint64_t id, std::uint64_t seq);
    /// `seq`: up to where all is known that there was, when that is past the last event.
    void events(std::uint64_t id, std::vector<protocol::EventDto> events, std::uint64_t seq);
    /// The gateway does not give these events to this caller. False: it is no subscription.
    bool refused(std::uint64_t id, const Error& error);

private:
    struct Entry {
        protocol::EventFilter filter;
        std::shared_ptr<Receiver> receiver;
        std::uint64_t last = 0;  ///< 0: nothing yet
        bool doubted = false;    ///< a gateway in another life has yet to say where its numbers begin
    };
    [[nodiscard]] static protocol::EventFilter filterOf(const Entry& entry);
    static void admitGap(Entry& entry, std::vector<protocol::EventDto>& events);

    std::map<std::uint64_t, Entry> entries_;
};

}  // namespace signalbox::client
