#include "service/run_waiters.h"

#include <utility>
#include <vector>

namespace signalbox::service {

void RunWaiters::wait(RunId run, Micros timeout, Ended ended, std::function<void()> late) {
    bool isFirst = false;
    {
        const std::lock_guard lock(mutex_);
        const auto [entry, isNew] = runs_.try_emplace(run);
        isFirst = isNew;
        const std::uint64_t number = ++last_;
        Waiter waiter{std::move(ended), std::move(late)};
        waiter.timer = timers_.arm(hasEnded_ ? 0 : timeout, [this, run, number] { expire(run, number); });
        entry->second.emplace(number, std::move(waiter));
    }
    if (!isFirst) return;
    engine_.whenEnded(run, [weak = weak_from_this(), run](const Result<engine::RunEnd>& end) {
        if (const auto self = weak.lock()) self->end(run, end);
    });
}

void RunWaiters::endAll() {
    std::vector<std::function<void()>> late;
    {
        const std::lock_guard lock(mutex_);
        hasEnded_ = true;
        for (auto& [run, waiters] : runs_) {
            for (auto& [number, waiter] : waiters) {
                timers_.cancel(waiter.timer);
                late.push_back(std::move(waiter.late));
            }
            waiters.clear();
        }
    }
    for (const auto& tell : late) tell();
}

std::size_t RunWaiters::waiting() const {
    const std::lock_guard lock(mutex_);
    std::size_t count = 0;
    for (const auto& [run, waiters] : runs_) count += waiters.size();
    return count;
}

void RunWaiters::end(RunId run, const Result<engine::RunEnd>& end) {
    Waiters told;
    {
        const std::lock_guard lock(mutex_);
        const auto entry = runs_.find(run);
        if (entry == runs_.end()) return;
        told = std::move(entry->second);
        runs_.erase(entry);
    }
    for (auto& [number, waiter] : told) {
        timers_.cancel(waiter.timer);
        waiter.ended(end);
    }
}

void RunWaiters::expire(RunId run, std::uint64_t number) {
    std::function<void()> late;
    {
        const std::lock_guard lock(mutex_);
        const auto entry = runs_.find(run);
        if (entry == runs_.end()) return;
        const auto waiter = entry->second.find(number);
        if (waiter == entry->second.end()) return;
        late = std::move(waiter->second.late);
        entry->second.erase(waiter);
    }
    late();
}

}  // namespace signalbox::service
