#include <xxhash.h>

#include "base/random.h"
#include "base/value_rep.h"

namespace signalbox {

namespace {

// Differs from process to process, so that nobody can prepare keys that all fall into one slot. The order of members
// does not depend on it.
std::uint64_t hashSeed() {
    static const std::uint64_t seed = SystemRandom().next();
    return seed;
}

std::uint64_t hashKey(std::string_view key) noexcept {
    return XXH3_64bits_withSeed(key.data(), key.size(), hashSeed());
}

/// Up to this many members a scan beats hashing.
constexpr std::size_t kScanLimit = 8;

}  // namespace

std::size_t MemberIndex::find(std::span<const Member> members, std::span<const std::uint32_t> slots,
                              std::string_view key) noexcept {
    if (slots.empty()) {
        for (std::size_t i = 0; i < members.size(); ++i) {
            if (members[i].first == key) return i;
        }
        return kNone;
    }
    const auto mask = slots.size() - 1;
    for (auto slot = hashKey(key) & mask; slots[slot] != 0; slot = (slot + 1) & mask) {
        const std::size_t place = slots[slot] - 1;
        if (members[place].first == key) return place;
    }
    return kNone;
}

void MemberIndex::insert(std::span<const Member> members, std::vector<std::uint32_t>& slots,
                         std::size_t place) noexcept {
    const auto mask = slots.size() - 1;
    auto slot = hashKey(members[place].first) & mask;
    while (slots[slot] != 0) slot = (slot + 1) & mask;
    slots[slot] = static_cast<std::uint32_t>(place + 1);
}

// Slots are a power of two and at most half full, so that a probe always ends at a free one soon.
void MemberIndex::added(std::span<const Member> members, std::vector<std::uint32_t>& slots) {
    if (members.size() <= kScanLimit) return;
    if (members.size() * 2 <= slots.size()) return insert(members, slots, members.size() - 1);
    auto size = slots.empty() ? kScanLimit * 4 : slots.size() * 2;
    while (size < members.size() * 2) size *= 2;
    slots.assign(size, 0);
    for (std::size_t i = 0; i < members.size(); ++i) insert(members, slots, i);
}

Value* ObjectBuilder::add(std::string_view key, Value value) {
    if (find(key) != nullptr) return nullptr;
    members_.emplace_back(std::string(key), std::move(value));
    MemberIndex::added(members_, slots_);
    return &members_.back().second;
}

ObjectBuilder& ObjectBuilder::set(std::string_view key, Value value) {
    if (auto* place = find(key); place != nullptr) {
        *place = std::move(value);
    } else {
        members_.emplace_back(std::string(key), std::move(value));
        MemberIndex::added(members_, slots_);
    }
    return *this;
}

Value* ObjectBuilder::find(std::string_view key) noexcept {
    const auto place = MemberIndex::find(members_, slots_, key);
    return place == MemberIndex::kNone ? nullptr : &members_[place].second;
}

Value ObjectBuilder::build() && { return ValueAccess::object(members_, std::move(slots_)); }

}  // namespace signalbox
