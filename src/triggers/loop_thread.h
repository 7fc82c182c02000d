// A thread that sleeps until a moment of the wall clock, a call, or something to read.
#pragma once

#include <functional>
#include <stop_token>
#include <thread>

#include "base/clock.h"

namespace signalbox::triggers {

/// Calls `work` again and again: it gives the time of `clock` at which it wants to be called next (INT64_MAX: when
/// something happens). Setting the machine's clock and waking from sleep count as something; moving a clock by hand
/// does not. Destruction waits for the call under way.
class LoopThread {
public:
    /// `readable` is a file descriptor that also wakes it, or -1; it must outlive the thread.
    LoopThread(const Clock& clock, std::function<Micros()> work, int readable = -1);
    LoopThread(const LoopThread&) = delete;
    LoopThread& operator=(const LoopThread&) = delete;
    ~LoopThread();

    /// Any thread.
    void wake() const;

private:
    void run(const std::stop_token& stop);
    void sleepUntil(Micros wall) const;

    const Clock* clock_;
    std::function<Micros()> work_;
    int readable_;
    int timer_ = -1;
    int event_ = -1;
    std::jthread thread_;  ///< last: it uses the members above
};

}  // namespace signalbox::triggers
