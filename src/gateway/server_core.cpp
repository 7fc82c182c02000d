#include "gateway/server_core.h"

namespace signalbox::gateway {

bool ConnectionTable::enter(const std::string& address, const Limits& limits) {
    const std::lock_guard lock(mutex_);
    if (count_ >= limits.connections) return false;
    auto& own = perAddress_[address];
    if (own >= limits.connectionsPerAddress) return false;
    ++own;
    ++count_;
    return true;
}

void ConnectionTable::leave(const std::string& address) {
    const std::lock_guard lock(mutex_);
    const auto found = perAddress_.find(address);
    if (found == perAddress_.end()) return;
    --count_;
    if (--found->second == 0) perAddress_.erase(found);
}

std::size_t ConnectionTable::count() const {
    const std::lock_guard lock(mutex_);
    return count_;
}

}  // namespace signalbox::gateway
