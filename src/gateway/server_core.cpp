#include "gateway/server_core.h"

namespace signalbox::gateway {

bool ConnectionTable::enter(const std::string& address, const Limits& limits) {
    const std::lock_guard lock(mutex_);
    if (count_ >= limits.connections) return false;
    if (!address.empty() && !take(address, limits)) return false;
    ++count_;
    return true;
}

void ConnectionTable::leave(const std::string& address) {
    const std::lock_guard lock(mutex_);
    --count_;
    if (!address.empty()) giveBack(address);
}

bool ConnectionTable::serve(const std::string& client, const Limits& limits) {
    const std::lock_guard lock(mutex_);
    return take(client, limits);
}

void ConnectionTable::served(const std::string& client) {
    const std::lock_guard lock(mutex_);
    giveBack(client);
}

bool ConnectionTable::take(const std::string& address, const Limits& limits) {
    auto& own = perAddress_[address];
    if (own >= limits.connectionsPerAddress) return false;
    ++own;
    return true;
}

void ConnectionTable::giveBack(const std::string& address) {
    const auto found = perAddress_.find(address);
    if (found != perAddress_.end() && --found->second == 0) perAddress_.erase(found);
}

std::size_t ConnectionTable::count() const {
    const std::lock_guard lock(mutex_);
    return count_;
}

}  // namespace signalbox::gateway
