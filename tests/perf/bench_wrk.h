// wrk as a load for benchmarks of the gateway.
#pragma once

#include <string>

namespace signalbox::bench {

struct Load {
    double requests = 0;
    double perSecond = 0;
    std::string p99;
};

/// CPU of this process so far.
[[nodiscard]] double ownCpuSeconds();
/// Against that URL, with more options for wrk ("-s FILE -H HEADER"); what wrk says goes to standard error when
/// requests failed.
[[nodiscard]] Load runWrk(const std::string& url, int seconds, int connections, const std::string& more = {});

}  // namespace signalbox::bench
