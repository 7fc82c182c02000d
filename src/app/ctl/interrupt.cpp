#include "app/ctl/interrupt.h"

#include <atomic>
#include <csignal>
#include <cstdint>

#include <sys/eventfd.h>
#include <unistd.h>

namespace signalbox::ctl {

namespace {

std::atomic<int> wakeFd{-1};

/// Only what may be done in a signal handler: one write.
void onSignal(int) {
    const std::uint64_t one = 1;
    if (const int fd = wakeFd.load(); fd >= 0) static_cast<void>(!::write(fd, &one, sizeof one));
}

void handle(int signal, void (*handler)(int)) {
    struct sigaction action {};
    action.sa_handler = handler;
    action.sa_flags = SA_RESTART;
    ::sigaction(signal, &action, nullptr);
}

}  // namespace

InterruptWatch::InterruptWatch(QObject* parent)
    : QObject(parent), fd_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)), notifier_(fd_, QSocketNotifier::Read) {
    wakeFd = fd_;
    handle(SIGINT, onSignal);
    handle(SIGTERM, onSignal);
    connect(&notifier_, &QSocketNotifier::activated, this, [this] {
        std::uint64_t count = 0;
        if (::read(fd_, &count, sizeof count) == sizeof count) Q_EMIT pressed();
    });
}

InterruptWatch::~InterruptWatch() {
    handle(SIGINT, SIG_DFL);
    handle(SIGTERM, SIG_DFL);
    wakeFd = -1;
    ::close(fd_);
}

}  // namespace signalbox::ctl
