// Timers on an injected clock, fired from one thread.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <thread>
#include <unordered_map>
#include <utility>

#include "base/clock.h"

namespace signalbox::engine {

/// Deadlines count in monotonic time, so that setting the wall clock moves nothing. After the machine slept, what is
/// due fires within a second. Callbacks run in the queue's thread and must be short. Thread-safe.
class TimerQueue {
public:
    explicit TimerQueue(const Clock& clock);
    TimerQueue(const TimerQueue&) = delete;
    TimerQueue& operator=(const TimerQueue&) = delete;
    ~TimerQueue();

    std::uint64_t arm(Micros delay, std::function<void()> fire);
    void cancel(std::uint64_t id);
    /// Looks at the clock now: for clocks that are advanced by hand.
    void poke();
    void stop();
    [[nodiscard]] std::size_t armed() const;

private:
    using Key = std::pair<Micros, std::uint64_t>;
    void run();

    const Clock& clock_;
    mutable std::mutex mutex_;
    std::condition_variable wake_;
    std::map<Key, std::function<void()>> timers_;
    std::unordered_map<std::uint64_t, Micros> due_;
    std::uint64_t nextId_ = 1;
    bool stopping_ = false;
    bool poked_ = false;
    std::jthread thread_;
};

}  // namespace signalbox::engine
