#include "identity/throttle.h"

#include <algorithm>
#include <array>

#include <arpa/inet.h>
#include <fmt/format.h>

namespace signalbox::identity {

namespace {

constexpr std::string_view kGroupV6 = "v6:";

}  // namespace

Micros Throttle::waitAfter(std::uint32_t failures) const {
    if (failures <= rule_.free) return 0;
    const std::uint32_t doublings = std::min(failures - rule_.free - 1, 40U);
    if (rule_.first > (rule_.longest >> doublings)) return rule_.longest;
    return rule_.first << doublings;
}

Micros Throttle::begin(std::string_view name, Micros now) {
    const std::lock_guard lock(mutex_);
    auto found = byName_.find(name);
    if (found == byName_.end()) {
        makeRoom();
        entries_.push_front({std::string(name), 0, now, 0});
        found = byName_.emplace(entries_.front().name, entries_.begin()).first;
    }
    Entry& entry = *found->second;
    if (now - entry.last >= rule_.forget) entry.failures = 0;
    if (entry.failures > 0 && now < entry.until) return entry.until - now;
    ++entry.failures;
    entry.last = now;
    entry.until = now + waitAfter(entry.failures);
    entries_.splice(entries_.begin(), entries_, found->second);
    return 0;
}

void Throttle::forget(std::string_view name) {
    const std::lock_guard lock(mutex_);
    const auto found = byName_.find(name);
    if (found == byName_.end()) return;
    const auto entry = found->second;
    byName_.erase(found);
    entries_.erase(entry);
}

void Throttle::takeBack(std::string_view name) {
    const std::lock_guard lock(mutex_);
    const auto found = byName_.find(name);
    if (found == byName_.end()) return;
    Entry& entry = *found->second;
    if (entry.failures > 0) --entry.failures;
    entry.until = entry.last + waitAfter(entry.failures);
}

void Throttle::makeRoom() {
    if (entries_.size() < rule_.most) return;
    byName_.erase(entries_.back().name);
    entries_.pop_back();
}

std::size_t Throttle::size() const {
    const std::lock_guard lock(mutex_);
    return entries_.size();
}

std::string siteOfGroup(std::string_view group) {
    constexpr std::size_t kDigits = 12;
    return group.starts_with(kGroupV6) ? std::string(group.substr(0, kGroupV6.size() + kDigits)) : std::string();
}

std::string addressGroup(std::string_view address) {
    constexpr std::array<unsigned char, 12> kMapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    const std::string text(address.substr(0, address.find('%')));
    std::array<unsigned char, 16> bytes{};
    if (inet_pton(AF_INET6, text.c_str(), bytes.data()) != 1) return text.substr(0, 64);
    if (std::equal(kMapped.begin(), kMapped.end(), bytes.begin())) {
        return fmt::format("{}.{}.{}.{}", bytes[12], bytes[13], bytes[14], bytes[15]);
    }
    std::string group(kGroupV6);
    for (std::size_t i = 0; i < 8; ++i) group += fmt::format("{:02x}", bytes[i]);
    return group;
}

}  // namespace signalbox::identity
