#include "base/clock.h"

#include <ctime>
#include <fstream>

namespace signalbox {

namespace {

Micros readClock(clockid_t id) {
    timespec now{};
    clock_gettime(id, &now);
    return static_cast<Micros>(now.tv_sec) * 1'000'000 + now.tv_nsec / 1'000;
}

}  // namespace

Micros SystemClock::wallNow() const { return readClock(CLOCK_REALTIME); }

Micros SystemClock::monotonicNow() const { return readClock(CLOCK_BOOTTIME); }

std::string bootId() {
    std::ifstream file("/proc/sys/kernel/random/boot_id");
    std::string id;
    std::getline(file, id);
    return id;
}

}  // namespace signalbox
