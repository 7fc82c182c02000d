#include "app/gateway/signal_queue.h"

#include <algorithm>
#include <csignal>
#include <limits>

#include <poll.h>
#include <pthread.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

namespace signalbox::gatewayd {

namespace {

int pollTimeout(Micros most) {
    if (most < 0) return -1;
    return static_cast<int>(std::min<Micros>((most + 999) / 1000, std::numeric_limits<int>::max()));
}

}  // namespace

SignalQueue::SignalQueue() {
    sigset_t wanted;
    ::sigemptyset(&wanted);
    for (const int number : {SIGTERM, SIGINT, SIGHUP}) ::sigaddset(&wanted, number);
    ::pthread_sigmask(SIG_BLOCK, &wanted, nullptr);
    ::signal(SIGPIPE, SIG_IGN);
    signals_ = ::signalfd(-1, &wanted, SFD_CLOEXEC | SFD_NONBLOCK);
    wakeups_ = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
}

SignalQueue::~SignalQueue() {
    ::close(signals_);
    ::close(wakeups_);
}

std::optional<int> SignalQueue::next(Micros most) {
    pollfd ready[] = {{signals_, POLLIN, 0}, {wakeups_, POLLIN, 0}};
    if (::poll(ready, std::size(ready), pollTimeout(most)) <= 0) return std::nullopt;
    std::uint64_t count = 0;
    if ((ready[1].revents & POLLIN) != 0) static_cast<void>(!::read(wakeups_, &count, sizeof(count)));
    signalfd_siginfo info{};
    if ((ready[0].revents & POLLIN) == 0 || ::read(signals_, &info, sizeof(info)) != sizeof(info)) return std::nullopt;
    return static_cast<int>(info.ssi_signo);
}

void SignalQueue::wake() const {
    const std::uint64_t one = 1;
    static_cast<void>(!::write(wakeups_, &one, sizeof(one)));
}

}  // namespace signalbox::gatewayd
