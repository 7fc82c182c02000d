// From where accounts have been signed in to: guesses that are made elsewhere hold nobody up there.
#pragma once

#include <list>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace signalbox::identity {

/// Only who knows a password adds to it, so that no stranger can push others out. Thread-safe; memory is bounded.
class KnownPlaces {
public:
    /// `most`: places that are remembered; those not come from for the longest time give way.
    explicit KnownPlaces(std::size_t most) : most_(most) {}

    /// A place is what addressGroup() makes of an address; nothing is learnt of an empty one.
    void learn(std::string_view account, std::string_view place);
    /// All of that account's.
    void forget(std::string_view account);
    [[nodiscard]] bool knows(std::string_view account, std::string_view place) const;

    /// One name for both, which no account alone has: neither may hold a line break.
    [[nodiscard]] static std::string nameOf(std::string_view account, std::string_view place);

private:
    const std::size_t most_;
    mutable std::mutex mutex_;
    std::list<std::string> names_;  ///< the one that was learnt last is first
    std::unordered_map<std::string_view, std::list<std::string>::iterator> byName_;  ///< keys are in the list
};

}  // namespace signalbox::identity
