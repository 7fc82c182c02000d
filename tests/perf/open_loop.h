// Requests at random moments of a given mean rate, whether or not the earlier ones have been answered.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace signalbox::bench {

struct OpenLoop {
    std::uint16_t port = 0;
    std::string request;  ///< the whole of it, as it goes over the wire
    double perSecond = 0;
    double seconds = 0;
    int connections = 64;  ///< a request that finds none idle waits for one, and its waiting counts
};

/// In milliseconds, from the moment at which a request was due until the last byte of its answer.
struct Latencies {
    double perSecond = 0;  ///< answered
    double p50 = 0;
    double p99 = 0;
    double p999 = 0;
    double most = 0;
    std::size_t failed = 0;  ///< not answered with 200
};

/// Arrivals are a Poisson process with a fixed seed. Blocks; on one thread of the caller's. Nothing is left out of the
/// figures because the server was slow ("coordinated omission").
[[nodiscard]] Latencies runOpenLoop(const OpenLoop& load);

}  // namespace signalbox::bench
