#include "telemetry/process_metrics.h"

#include <charconv>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <system_error>
#include <vector>

#include <sys/resource.h>
#include <unistd.h>

namespace signalbox::telemetry {

namespace {

/// Of /proc/self/stat, the fields behind the name: the third one of proc(5) is number 0 here.
std::vector<std::string> statFields() {
    std::ifstream file("/proc/self/stat");
    std::string text((std::istreambuf_iterator<char>(file)), {});
    std::vector<std::string> fields;
    // The name may hold anything, also blanks and parentheses.
    const auto nameEnd = text.rfind(')');
    if (nameEnd == std::string::npos) return fields;
    std::istringstream rest(text.substr(nameEnd + 1));
    for (std::string field; rest >> field;) fields.push_back(std::move(field));
    return fields;
}

double fieldAt(const std::vector<std::string>& fields, std::size_t numberInProc) {
    const std::size_t index = numberInProc - 3;
    double value = 0;
    if (index < fields.size()) {
        std::from_chars(fields[index].data(), fields[index].data() + fields[index].size(), value);
    }
    return value;
}

/// When the machine started, in seconds since the epoch.
std::optional<double> bootTime() {
    std::ifstream file("/proc/stat");
    for (std::string line; std::getline(file, line);) {
        if (!line.starts_with("btime ")) continue;
        double seconds = 0;
        const char* const end = line.data() + line.size();
        if (std::from_chars(line.data() + 6, end, seconds).ec == std::errc()) return seconds;
    }
    return std::nullopt;
}

std::optional<double> openDescriptors() {
    std::error_code error;
    std::filesystem::directory_iterator entries("/proc/self/fd", error);
    if (error) return std::nullopt;
    // One of them is the folder itself, open for counting.
    double count = -1;
    for (; !error && entries != std::filesystem::directory_iterator(); entries.increment(error)) ++count;
    return count;
}

struct ProcessSeries {
    explicit ProcessSeries(Metrics& metrics)
        : cpu(metrics.counter("process_cpu_seconds_total", "User and system CPU time spent, in seconds.")),
          resident(metrics.gauge("process_resident_memory_bytes", "Resident memory, in bytes.")),
          size(metrics.gauge("process_virtual_memory_bytes", "Virtual memory, in bytes.")),
          descriptors(metrics.gauge("process_open_fds", "Open file descriptors.")),
          mostDescriptors(metrics.gauge("process_max_fds", "File descriptors that may be open at most.")),
          threads(metrics.gauge("process_threads", "Threads.")),
          start(metrics.gauge("process_start_time_seconds", "When the process started, in seconds since the epoch.")) {}

    void collect() const {
        const auto fields = statFields();
        if (fields.empty()) return;
        const auto ticks = static_cast<double>(::sysconf(_SC_CLK_TCK));
        cpu.raiseTo((fieldAt(fields, 14) + fieldAt(fields, 15)) / ticks);
        threads.set(fieldAt(fields, 20));
        if (const auto booted = bootTime()) start.set(*booted + fieldAt(fields, 22) / ticks);
        size.set(fieldAt(fields, 23));
        resident.set(fieldAt(fields, 24) * static_cast<double>(::sysconf(_SC_PAGESIZE)));
        if (const auto open = openDescriptors()) descriptors.set(*open);
        rlimit limit{};
        if (::getrlimit(RLIMIT_NOFILE, &limit) == 0) mostDescriptors.set(static_cast<double>(limit.rlim_cur));
    }

    Counter cpu;
    Gauge resident;
    Gauge size;
    Gauge descriptors;
    Gauge mostDescriptors;
    Gauge threads;
    Gauge start;
};

}  // namespace

void addProcessMetrics(Metrics& metrics) {
    metrics.onCollect([series = ProcessSeries(metrics)] { series.collect(); });
}

}  // namespace signalbox::telemetry
