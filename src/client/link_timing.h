// How patient a connection to a gateway is.
#pragma once

#include <chrono>
#include <cstddef>

namespace signalbox::client {

struct LinkTiming {
    std::chrono::milliseconds connect{15'000};    ///< for TCP, TLS, the upgrade and the hello together
    std::chrono::milliseconds heartbeat{15'000};  ///< until the gateway's hello says another
    std::chrono::milliseconds firstRetry{250};    ///< doubled each time, spread by jitter
    std::chrono::milliseconds longestRetry{30'000};
    std::chrono::milliseconds repeatWithin{60'000};   ///< calls that may be sent again wait so long for the connection
    std::chrono::milliseconds waitWhileLost{10'000};  ///< calls that were made while it was lost
    std::chrono::milliseconds reply{11 * 60'000};     ///< then a call is given up; longer than any call may take
    std::size_t mostCalls = 10'000;                   ///< open at once
    std::size_t mostBytes = std::size_t{64} << 20U;   ///< of their text
};

}  // namespace signalbox::client
