// Passwords as Argon2id hashes in PHC strings, which tell their own cost.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>

#include "base/result.h"
#include "identity/identity.h"

namespace signalbox::identity {

/// Hashes a few passwords at a time, so that memory stays within bounds however many want in. Thread-safe; every call
/// blocks for the cost of a hash, and for those before it.
class PasswordHasher {
public:
    static constexpr std::size_t kAtOnce = 2;
    /// More are turned away with "identity.throttled": whoever calls must not lose all threads to waiting for hashes.
    static constexpr std::size_t kWaiting = 1;

    explicit PasswordHasher(PasswordCost cost) : cost_(cost) {}

    [[nodiscard]] Result<std::string> hash(std::string_view password);
    /// False also for what is no hash.
    [[nodiscard]] Result<bool> verify(const std::string& encoded, std::string_view password);
    /// Takes as long as verify() and finds nothing: for users that there are not.
    [[nodiscard]] Status waste(std::string_view password);
    /// Whether a hash was made at another cost than is asked for now.
    [[nodiscard]] bool isOutdated(std::string_view encoded) const;
    /// How many hashes have been calculated, whatever for.
    [[nodiscard]] std::uint64_t hashes() const { return hashes_; }
    /// How many were calculated at the same time, at most.
    [[nodiscard]] std::size_t mostAtOnce() const;

private:
    class Place;
    [[nodiscard]] Status enter();
    void leave();

    const PasswordCost cost_;
    std::atomic<std::uint64_t> hashes_{0};
    mutable std::mutex mutex_;
    std::condition_variable free_;
    std::size_t working_ = 0;
    std::size_t waiting_ = 0;
    std::size_t most_ = 0;
};

}  // namespace signalbox::identity
