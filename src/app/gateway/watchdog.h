// Tells the service manager that the program is alive, only while its parts answer.
#pragma once

#include <functional>
#include <thread>

#include "app/gateway/notifier.h"
#include "base/clock.h"

namespace signalbox::gatewayd {

/// Own thread. Twice a period it asks the probe; WATCHDOG=1 is sent when the answer comes before the next time.
class Watchdog {
public:
    /// Calls the given function from any thread, now or later, with whether everything answers.
    using Probe = std::function<void(std::function<void(bool)>)>;

    /// A period of 0 starts nothing. The notifier and what the probe uses must outlive it.
    Watchdog(const Notifier& notifier, Micros period, Probe probe);

private:
    std::jthread thread_;
};

}  // namespace signalbox::gatewayd
