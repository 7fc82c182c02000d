#include "triggers/loop_thread.h"

#include <algorithm>
#include <array>
#include <utility>

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/timerfd.h>
#include <unistd.h>

namespace signalbox::triggers {

namespace {

constexpr Micros kSecond = 1'000'000;

void readAway(int fd) {
    std::uint64_t ignored = 0;
    // A timer that was cancelled by a change of the clock gives an error here, which is news enough.
    static_cast<void>(::read(fd, &ignored, sizeof ignored) == 0);
}

}  // namespace

LoopThread::LoopThread(const Clock& clock, std::function<Micros()> work, int readable)
    : clock_(&clock),
      work_(std::move(work)),
      readable_(readable),
      timer_(::timerfd_create(CLOCK_REALTIME, TFD_CLOEXEC | TFD_NONBLOCK)),
      event_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

LoopThread::~LoopThread() {
    thread_.request_stop();
    wake();
    thread_.join();
    ::close(event_);
    ::close(timer_);
}

void LoopThread::wake() const {
    const std::uint64_t one = 1;
    static_cast<void>(::write(event_, &one, sizeof one) == 0);
}

void LoopThread::sleepUntil(Micros wall) const {
    // Zero would disarm it, and with it the notice of a clock that is set.
    constexpr Micros kFar = 365LL * 86'400 * kSecond * 100;
    // By the kernel's own clock, for the one that is asked may be another.
    const Micros machine = SystemClock().wallNow();
    const Micros until = std::clamp<Micros>(std::min(wall, kFar) - clock_->wallNow() + machine, 1, kFar);
    itimerspec when{};
    when.it_value.tv_sec = until / kSecond;
    when.it_value.tv_nsec = until % kSecond * 1000;
    ::timerfd_settime(timer_, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &when, nullptr);
    std::array<pollfd, 3> watched{{{timer_, POLLIN, 0}, {event_, POLLIN, 0}, {readable_, POLLIN, 0}}};
    ::poll(watched.data(), watched.size(), -1);
    readAway(timer_);
    readAway(event_);
}

void LoopThread::run(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        const Micros next = work_();
        if (stop.stop_requested()) return;
        sleepUntil(next);
    }
}

}  // namespace signalbox::triggers
