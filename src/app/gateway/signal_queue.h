// SIGTERM, SIGINT and SIGHUP as values that one thread waits for, instead of handlers that interrupt any of them.
#pragma once

#include <optional>

#include "base/clock.h"

namespace signalbox::gatewayd {

/// Must be made before other threads, which inherit that the signals are blocked. SIGPIPE is ignored from then on.
class SignalQueue {
public:
    SignalQueue();
    SignalQueue(const SignalQueue&) = delete;
    SignalQueue& operator=(const SignalQueue&) = delete;
    ~SignalQueue();

    /// The next signal; nothing after `most` (negative: no limit) or wake(). One thread.
    [[nodiscard]] std::optional<int> next(Micros most = -1);
    /// Makes next() return. Any thread.
    void wake() const;

private:
    int signals_ = -1;
    int wakeups_ = -1;
};

}  // namespace signalbox::gatewayd
