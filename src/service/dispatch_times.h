// Private to the dispatcher: how long a call waits and takes.
#pragma once

#include "base/clock.h"
#include "protocol/envelope.h"
#include "service/dispatcher.h"

namespace signalbox::service {

/// Times are monotonic; without a clock all of them are 0.
class DispatchTimes {
public:
    DispatchTimes(const protocol::Request& request, DispatchWay way, const Clock* clock)
        : clock_(clock), queued_(now()), began_(queued_) {
        report_.call = protocol::callName(request);
        report_.kind = request.index();
        report_.way = way;
    }
    /// When a worker takes it up.
    void begin() { began_ = now(); }
    /// When it is answered.
    [[nodiscard]] const DispatchReport& end(bool failed) {
        report_.waited = began_ - queued_;
        report_.took = now() - began_;
        report_.failed = failed;
        return report_;
    }

private:
    [[nodiscard]] Micros now() const { return clock_ != nullptr ? clock_->monotonicNow() : 0; }

    const Clock* clock_;
    Micros queued_;
    Micros began_;
    DispatchReport report_;
};

}  // namespace signalbox::service
