// Private to the streams: events as server-sent events (the HTML standard's text/event-stream).
#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "gateway/stream.h"
#include "gateway/subscription.h"

namespace signalbox::gateway {

/// One subscription. The id of each event is its number, so that a browser's Last-Event-ID resumes.
class SseSession final : public Stream {
public:
    SseSession(std::shared_ptr<StreamEnvironment> environment, Receiver receiver);
    ~SseSession() override;
    /// Once, before it is opened. Errors of Dispatcher::subscribe(), and "identity.*".
    [[nodiscard]] Status subscribe(protocol::EventFilter filter);

    void opened(std::shared_ptr<StreamPeer> peer) override;
    void received(std::string_view text) override;
    void writable() override;
    void closed() override;
    Pumped pump() override;
    void tick(Micros now) override;
    void credentialEnded(const std::string& reason) override;
    void goAway(const std::string& reason) override;

private:
    /// Among the open ones, or out of them. On the strand.
    void count(double by);
    [[nodiscard]] std::shared_ptr<StreamPeer> peer() const;
    [[nodiscard]] bool send(StreamPeer& peer, std::string text);
    void end(std::uint16_t code, const std::string& reason, std::string lastWord);

    const std::shared_ptr<StreamEnvironment> environment_;
    const Receiver receiver_;
    bool isCounted_ = false;
    std::shared_ptr<Subscription> subscription_;  ///< set before it is opened
    mutable std::mutex mutex_;                    ///< guards the rest
    std::shared_ptr<StreamPeer> peer_;            ///< null before and after
    Micros lastSent_ = 0;                         ///< monotonic, as the next
    Micros checkAt_ = 0;
};

}  // namespace signalbox::gateway
