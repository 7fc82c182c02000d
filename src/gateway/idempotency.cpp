#include "gateway/idempotency.h"

#include <algorithm>

#include <fmt/format.h>

namespace signalbox::gateway {

namespace {

constexpr std::size_t kLongestKey = 200;
constexpr std::size_t kEntryBytes = 400;  ///< about what an entry costs besides its answer

std::size_t bytesOf(const HttpResponse& response) {
    std::size_t bytes = response.body.size() + kEntryBytes;
    for (const auto& [name, value] : response.headers) bytes += name.size() + value.size();
    return bytes;
}

}  // namespace

Status checkIdempotencyKey(const std::string& key) {
    const bool sane = !key.empty() && key.size() <= kLongestKey &&
                      std::all_of(key.begin(), key.end(), [](char c) { return c > ' ' && c < '\x7f'; });
    if (sane) return {};
    return fail("idempotency.key", fmt::format("A key is 1 to {} printable ASCII characters", kLongestKey),
                "Idempotency-Key", "A UUID does well");
}

/// The length goes first, so that no other pair has the same name.
std::string Idempotency::nameOf(const std::string& caller, const std::string& key) {
    return fmt::format("{}:{}{}", caller.size(), caller, key);
}

Result<std::optional<HttpResponse>> Idempotency::begin(const std::string& caller, const std::string& key,
                                                       const std::string& fingerprint) {
    const std::lock_guard lock(mutex_);
    forgetOld(clock_.monotonicNow());
    const auto [found, isNew] = entries_.try_emplace(nameOf(caller, key));
    Entry& entry = found->second;
    if (isNew) {
        entry.fingerprint = fingerprint;
        return std::nullopt;
    }
    if (entry.fingerprint != fingerprint) {
        return fail("idempotency.mismatch", "The key was used for another request before", "Idempotency-Key",
                    "Use another key for another request");
    }
    if (!entry.response) {
        return fail("idempotency.in-progress", "The same request is under way", "Idempotency-Key",
                    "Ask again when it has been answered", true);
    }
    return entry.response;
}

void Idempotency::keep(const std::string& caller, const std::string& key, const HttpResponse& response) {
    const std::lock_guard lock(mutex_);
    const std::string name = nameOf(caller, key);
    const auto found = entries_.find(name);
    if (found == entries_.end() || found->second.response) return;
    Entry& entry = found->second;
    entry.response = response;
    entry.bytes = bytesOf(response) + name.size();
    entry.kept = clock_.monotonicNow();
    bytes_ += entry.bytes;
    byAge_.push_back(name);
    forgetOld(entry.kept);
}

void Idempotency::release(const std::string& caller, const std::string& key) {
    const std::lock_guard lock(mutex_);
    const auto found = entries_.find(nameOf(caller, key));
    if (found != entries_.end() && !found->second.response) entries_.erase(found);
}

std::size_t Idempotency::size() const {
    const std::lock_guard lock(mutex_);
    return entries_.size();
}

void Idempotency::forgetOld(Micros now) {
    while (!byAge_.empty()) {
        const auto oldest = entries_.find(byAge_.front());
        const bool goes = now - oldest->second.kept >= rule_.keep || bytes_ > rule_.bytes || byAge_.size() > rule_.keys;
        if (!goes) return;
        bytes_ -= oldest->second.bytes;
        entries_.erase(oldest);
        byAge_.pop_front();
    }
}

}  // namespace signalbox::gateway
