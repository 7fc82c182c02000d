#include "identity/known_places.h"

namespace signalbox::identity {

std::string KnownPlaces::nameOf(std::string_view account, std::string_view place) {
    std::string name(account);
    name += '\n';
    name += place;
    return name;
}

void KnownPlaces::learn(std::string_view account, std::string_view place) {
    if (place.empty()) return;
    std::string name = nameOf(account, place);
    const std::lock_guard lock(mutex_);
    if (const auto found = byName_.find(name); found != byName_.end()) {
        names_.splice(names_.begin(), names_, found->second);
        return;
    }
    if (names_.size() >= most_) {
        byName_.erase(names_.back());
        names_.pop_back();
    }
    names_.push_front(std::move(name));
    byName_.emplace(names_.front(), names_.begin());
}

void KnownPlaces::forget(std::string_view account) {
    const std::string begin = nameOf(account, {});
    const std::lock_guard lock(mutex_);
    for (auto name = names_.begin(); name != names_.end();) {
        if (!name->starts_with(begin)) {
            ++name;
            continue;
        }
        byName_.erase(*name);
        name = names_.erase(name);
    }
}

bool KnownPlaces::knows(std::string_view account, std::string_view place) const {
    if (place.empty()) return false;
    const std::lock_guard lock(mutex_);
    return byName_.contains(nameOf(account, place));
}

}  // namespace signalbox::identity
