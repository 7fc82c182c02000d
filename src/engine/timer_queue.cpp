#include "engine/timer_queue.h"

#include <algorithm>
#include <chrono>

namespace signalbox::engine {

TimerQueue::TimerQueue(const Clock& clock) : clock_(clock), thread_([this] { run(); }) {}

TimerQueue::~TimerQueue() { stop(); }

void TimerQueue::stop() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_all();
    if (thread_.joinable()) thread_.join();
}

std::uint64_t TimerQueue::arm(Micros delay, std::function<void()> fire) {
    const std::lock_guard lock(mutex_);
    const std::uint64_t id = nextId_++;
    const Key key{clock_.monotonicNow() + std::max<Micros>(0, delay), id};
    const bool first = timers_.empty() || key < timers_.begin()->first;
    timers_.emplace(key, std::move(fire));
    due_.emplace(id, key.first);
    if (first) wake_.notify_all();
    return id;
}

void TimerQueue::cancel(std::uint64_t id) {
    std::function<void()> dropped;  // destroyed after the lock
    const std::lock_guard lock(mutex_);
    const auto due = due_.find(id);
    if (due == due_.end()) return;
    const auto timer = timers_.find({due->second, id});
    if (timer != timers_.end()) {
        dropped = std::move(timer->second);
        timers_.erase(timer);
    }
    due_.erase(due);
}

void TimerQueue::poke() {
    const std::lock_guard lock(mutex_);
    poked_ = true;
    wake_.notify_all();
}

std::size_t TimerQueue::armed() const {
    const std::lock_guard lock(mutex_);
    return timers_.size();
}

void TimerQueue::run() {
    // The condition variable's clock stands still while the machine sleeps; ours does not. Hence the cap.
    constexpr Micros kLongestWait = 1'000'000;
    std::unique_lock lock(mutex_);
    while (!stopping_) {
        poked_ = false;
        const Micros now = clock_.monotonicNow();
        if (!timers_.empty() && timers_.begin()->first.first <= now) {
            auto timer = timers_.extract(timers_.begin());
            due_.erase(timer.key().second);
            lock.unlock();
            timer.mapped()();
            timer = {};
            lock.lock();
            continue;
        }
        if (timers_.empty()) {
            wake_.wait(lock, [this] { return stopping_ || poked_ || !timers_.empty(); });
            continue;
        }
        const Micros wait = std::min(timers_.begin()->first.first - now, kLongestWait);
        wake_.wait_for(lock, std::chrono::microseconds(wait));
    }
}

}  // namespace signalbox::engine
