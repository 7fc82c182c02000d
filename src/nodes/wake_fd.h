// Wakes a thread that sleeps in poll().
#pragma once

#include <cstdint>

#include <sys/eventfd.h>

#include "nodes/unique_fd.h"

namespace signalbox::nodes {

/// wake() may be called from any thread and from a stop callback; drain() by the thread that polls fd().
class WakeFd {
public:
    WakeFd() : fd_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {}
    [[nodiscard]] int fd() const { return fd_.get(); }
    void wake() const {
        const std::uint64_t one = 1;
        // Fails only when the counter is full, and then the thread is awake anyway.
        [[maybe_unused]] const auto written = ::write(fd_.get(), &one, sizeof(one));
    }
    void drain() const {
        std::uint64_t count = 0;
        [[maybe_unused]] const auto got = ::read(fd_.get(), &count, sizeof(count));
    }

private:
    UniqueFd fd_;
};

}  // namespace signalbox::nodes
