// Private to the dispatcher: whoever waits for runs to end, without a thread for each.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <unordered_map>

#include "base/clock.h"
#include "base/ids.h"
#include "engine/engine.h"
#include "engine/timer_queue.h"

namespace signalbox::service {

/// The engine is asked once for each run, however many wait for it and however often they come back. Thread-safe. The
/// engine calls into this as long as it lives, and may outlive it.
class RunWaiters : public std::enable_shared_from_this<RunWaiters> {
public:
    using Ended = std::function<void(Result<engine::RunEnd>)>;
    RunWaiters(engine::Engine& engine, const Clock& clock) : engine_(engine), timers_(clock) {}
    RunWaiters(const RunWaiters&) = delete;
    RunWaiters& operator=(const RunWaiters&) = delete;
    ~RunWaiters() { timers_.stop(); }

    /// Calls exactly one of the two, or neither when this goes before: `ended` from any thread, also before returning;
    /// `late` from the thread of the timers, where it must not block.
    void wait(RunId run, Micros timeout, Ended ended, std::function<void()> late);
    /// Everybody is late, now and from now on.
    void endAll();
    /// Of all runs.
    [[nodiscard]] std::size_t waiting() const;

private:
    struct Waiter {
        Ended ended;
        std::function<void()> late;
        std::uint64_t timer = 0;
    };
    using Waiters = std::unordered_map<std::uint64_t, Waiter>;

    void end(RunId run, const Result<engine::RunEnd>& end);
    void expire(RunId run, std::uint64_t number);

    engine::Engine& engine_;
    mutable std::mutex mutex_;  ///< guards the three below; not held while anybody is told
    std::uint64_t last_ = 0;
    bool hasEnded_ = false;                    ///< nobody waits any more
    std::unordered_map<RunId, Waiters> runs_;  ///< those that the engine has been asked about, also without waiters
    engine::TimerQueue timers_;                ///< last: its thread uses the rest
};

}  // namespace signalbox::service
