// Private to the streams: what they have in common, and who moves their events.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

#include "gateway/exchange.h"
#include "gateway/streams.h"

namespace signalbox::gateway {

/// One open stream. What is called from the pump is called from one of its threads at a time.
class Stream : public StreamHandler, public std::enable_shared_from_this<Stream> {
public:
    enum class Pumped : std::uint8_t {
        Idle,     ///< nothing for now; whoever has something says so
        More,     ///< there may be more at once
        Stalled,  ///< the peer does not read
    };
    /// Sends some of what waits. By the pump.
    virtual Pumped pump() = 0;
    /// About once a second, by the pump: for what is due by the (monotonic) clock.
    virtual void tick(Micros now) = 0;
    /// The session or key is no more. Any thread; must not ask the identity store.
    virtual void credentialEnded(const std::string& reason) = 0;
    /// The gateway goes away. Any thread.
    virtual void goAway(const std::string& reason) = 0;

private:
    friend class StreamPump;
    std::atomic<bool> scheduled_{false};
};

/// Which streams are open, and by whose credential. Thread-safe.
class StreamRegistry {
public:
    void add(const std::shared_ptr<Stream>& stream);
    /// From now on the stream ends with that session or key.
    void bind(Stream& stream, const std::string& credential);
    void remove(Stream& stream);
    [[nodiscard]] std::vector<std::shared_ptr<Stream>> all() const;
    [[nodiscard]] std::vector<std::shared_ptr<Stream>> of(const std::string& credential) const;
    [[nodiscard]] std::size_t size() const;

private:
    struct Entry {
        std::weak_ptr<Stream> stream;
        std::string credential;
    };
    mutable std::mutex mutex_;
    std::unordered_map<Stream*, Entry> entries_;
    std::unordered_multimap<std::string, Stream*> byCredential_;
};

/// A thread that takes events out of the bus and hands them to peers, so that neither the engine's threads nor those of
/// the connections write JSON for many subscribers. Streams take turns.
class StreamPump {
public:
    StreamPump(const StreamRegistry& registry, const Clock& clock) : registry_(registry), clock_(clock) {}
    StreamPump(const StreamPump&) = delete;
    StreamPump& operator=(const StreamPump&) = delete;
    ~StreamPump() { stop(); }

    void start();
    void stop();
    /// There may be something to send. Any thread; never blocks for long.
    void schedule(const std::shared_ptr<Stream>& stream);
    /// Without a thread: everything that can be done now, and what is due.
    void runPending();

private:
    void run(const std::stop_token& stop);
    void pumpOne(const std::shared_ptr<Stream>& stream);
    void retryStalled();
    void tick();

    const StreamRegistry& registry_;
    const Clock& clock_;
    std::mutex mutex_;  ///< guards the two below
    std::deque<std::weak_ptr<Stream>> ready_;
    std::vector<std::weak_ptr<Stream>> stalled_;
    std::condition_variable_any wake_;
    std::jthread thread_;
};

/// What each stream is given.
struct StreamEnvironment {
    explicit StreamEnvironment(StreamOptions given) : options(std::move(given)), pump(registry, *options.clock) {}
    StreamOptions options;
    StreamRegistry registry;
    std::atomic<bool> closing{false};
    StreamPump pump;
};

}  // namespace signalbox::gateway
