#include "app/gateway/watchdog.h"

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>

namespace signalbox::gatewayd {

namespace {

/// The answer to one question; outlives whoever asked, for it may come late.
struct Answer {
    std::mutex mutex;
    std::condition_variable_any changed;
    bool came = false;
    bool healthy = false;
};

void watch(const std::stop_token& stop, const Notifier& notifier, Micros period, const Watchdog::Probe& probe) {
    while (!stop.stop_requested()) {
        const auto next = std::chrono::steady_clock::now() + std::chrono::microseconds(period / 2);
        const auto answer = std::make_shared<Answer>();
        probe([answer](bool healthy) {
            const std::lock_guard lock(answer->mutex);
            answer->came = true;
            answer->healthy = healthy;
            answer->changed.notify_all();
        });
        std::unique_lock lock(answer->mutex);
        answer->changed.wait_until(lock, stop, next, [&] { return answer->came; });
        if (answer->came && answer->healthy) notifier.watchdog();
        answer->changed.wait_until(lock, stop, next, [] { return false; });
    }
}

}  // namespace

Watchdog::Watchdog(const Notifier& notifier, Micros period, Probe probe) {
    if (period <= 0 || !notifier.isActive()) return;
    thread_ = std::jthread([&notifier, period, probe = std::move(probe)](const std::stop_token& stop) {
        watch(stop, notifier, period, probe);
    });
}

}  // namespace signalbox::gatewayd
