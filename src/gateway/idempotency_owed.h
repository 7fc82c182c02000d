// Private to Idempotency: what has become of keys and is not in the file yet.
#pragma once

#include <cstddef>
#include <list>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "gateway/idempotency_file.h"

namespace signalbox::gateway {

/// Of each name only the newest change is owed; between names there is no order. Used by one thread at a time.
class OwedChanges {
public:
    /// What is owed beyond these is given up, the longest waiting first: after a restart its keys are as begun.
    static constexpr std::size_t kMost = 10'000;
    static constexpr std::size_t kMostBytes = 64U << 20U;

    /// To be written with the next batch.
    void add(KeyChange change);
    /// Could not be written: waits behind all others.
    void addFailed(KeyChange change);
    [[nodiscard]] std::optional<KeyChange> take(const std::string& name);
    /// The next ones, at most so many.
    [[nodiscard]] std::vector<KeyChange> takeNext(std::size_t most);
    [[nodiscard]] std::size_t size() const { return changes_.size(); }
    /// How many were given up so far.
    [[nodiscard]] std::size_t lost() const { return lost_; }

private:
    using Changes = std::list<KeyChange>;
    KeyChange take(Changes::iterator place);
    void put(Changes::iterator before, KeyChange change);

    Changes changes_;
    std::unordered_map<std::string, Changes::iterator> places_;
    std::size_t bytes_ = 0;
    std::size_t lost_ = 0;
};

}  // namespace signalbox::gateway
