#include "gated_store.h"

#include <chrono>
#include <utility>

namespace signalbox::test {

void GatedStore::hold() {
    const std::lock_guard lock(mutex_);
    holding_ = true;
}

void GatedStore::release() {
    std::deque<Held> held;
    {
        const std::lock_guard lock(mutex_);
        holding_ = false;
        held.swap(held_);
    }
    for (Held& append : held) store_.append(std::move(append.batch), std::move(append.durable));
}

bool GatedStore::waitForAppends(std::size_t count) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, std::chrono::seconds(20), [&] { return appends_.size() >= count; });
}

std::vector<engine::Append> GatedStore::appends() const {
    const std::lock_guard lock(mutex_);
    return appends_;
}

void GatedStore::append(engine::Append batch, std::function<void(Status)> durable) {
    {
        const std::lock_guard lock(mutex_);
        appends_.push_back(batch);
        changed_.notify_all();
        if (holding_) {
            held_.push_back({std::move(batch), std::move(durable)});
            return;
        }
    }
    store_.append(std::move(batch), std::move(durable));
}

}  // namespace signalbox::test
