#include "gateway/idempotency_owed.h"

#include <utility>

namespace signalbox::gateway {

namespace {

std::size_t bytesOf(const KeyChange& change) {
    std::size_t bytes = sizeof(KeyChange) + change.row.name.size() + change.row.response.body.size();
    for (const auto& [name, value] : change.row.response.headers) bytes += name.size() + value.size();
    return bytes;
}

}  // namespace

void OwedChanges::add(KeyChange change) { put(changes_.begin(), std::move(change)); }

void OwedChanges::addFailed(KeyChange change) {
    put(changes_.end(), std::move(change));
    while (changes_.size() > kMost || bytes_ > kMostBytes) {
        take(changes_.begin());
        ++lost_;
    }
}

void OwedChanges::put(Changes::iterator before, KeyChange change) {
    auto [known, isNew] = places_.try_emplace(change.row.name);
    const auto old = known->second;
    bytes_ += bytesOf(change);
    known->second = changes_.insert(before, std::move(change));
    if (isNew) return;
    bytes_ -= bytesOf(*old);
    changes_.erase(old);
}

KeyChange OwedChanges::take(Changes::iterator place) {
    bytes_ -= bytesOf(*place);
    places_.erase(place->row.name);
    KeyChange change = std::move(*place);
    changes_.erase(place);
    return change;
}

std::optional<KeyChange> OwedChanges::take(const std::string& name) {
    const auto found = places_.find(name);
    if (found == places_.end()) return std::nullopt;
    return take(found->second);
}

std::vector<KeyChange> OwedChanges::takeNext(std::size_t most) {
    std::vector<KeyChange> next;
    while (!changes_.empty() && next.size() < most) next.push_back(take(changes_.begin()));
    return next;
}

}  // namespace signalbox::gateway
