#include "app/ctl/caught_signals.h"

#include <array>
#include <atomic>
#include <cerrno>
#include <cstdlib>

#include <fcntl.h>
#include <unistd.h>

namespace signalbox::ctl {

namespace {

std::atomic<int> target{-1};

/// Only what may be done in a signal handler: one write.
void onSignal(int number) {
    const int before = errno;
    const auto byte = static_cast<unsigned char>(number);
    if (const int fd = target.load(); fd >= 0) static_cast<void>(!::write(fd, &byte, sizeof byte));
    errno = before;
}

}  // namespace

CaughtSignals::CaughtSignals(std::initializer_list<int> numbers) {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK) != 0) std::abort();
    read_ = ends[0];
    write_ = ends[1];
    outer_ = target.exchange(write_);
    for (const int number : numbers) {
        struct sigaction before {};
        ::sigaction(number, nullptr, &before);
        if (before.sa_handler == SIG_IGN) continue;
        struct sigaction action {};
        action.sa_handler = onSignal;
        action.sa_flags = SA_RESTART;
        ::sigaction(number, &action, nullptr);
        before_.emplace_back(number, before);
    }
}

CaughtSignals::~CaughtSignals() {
    for (const auto& [number, action] : before_) ::sigaction(number, &action, nullptr);
    target = outer_;
    ::close(read_);
    ::close(write_);
}

int CaughtSignals::take() const {
    unsigned char byte = 0;
    return ::read(read_, &byte, sizeof byte) == sizeof byte ? byte : 0;
}

}  // namespace signalbox::ctl
