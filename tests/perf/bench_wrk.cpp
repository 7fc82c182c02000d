#include "perf/bench_wrk.h"

#include <array>
#include <cstdio>
#include <cstdlib>

#include <fmt/format.h>
#include <sys/resource.h>

namespace signalbox::bench {

double ownCpuSeconds() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& time) { return static_cast<double>(time.tv_sec) + time.tv_usec / 1e6; };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

Load runWrk(const std::string& url, int seconds, int connections, const std::string& more) {
    const auto command = fmt::format("wrk -t1 -c{} -d{}s --latency {} '{}' 2>&1", connections, seconds, more, url);
    std::FILE* output = popen(command.c_str(), "r");
    std::string text;
    std::array<char, 4096> piece{};
    while (output != nullptr && std::fgets(piece.data(), piece.size(), output) != nullptr) text += piece.data();
    if (output != nullptr) pclose(output);
    Load load;
    std::array<char, 32> p99{};
    if (const auto at = text.find(" requests in"); at != std::string::npos) {
        load.requests = std::atof(text.c_str() + text.rfind('\n', at) + 1);
    }
    if (const auto at = text.find("99%"); at != std::string::npos)
        std::sscanf(text.c_str() + at + 3, "%31s", p99.data());
    load.perSecond = load.requests / seconds;
    load.p99 = p99.data();
    if (text.find("Non-2xx") != std::string::npos || load.requests == 0) fmt::print(stderr, "{}\n", text);
    return load;
}

}  // namespace signalbox::bench
