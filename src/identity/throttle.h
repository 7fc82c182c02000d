// Slows down those who guess: after some failures each further one doubles the wait.
#pragma once

#include <cstdint>
#include <list>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/clock.h"
#include "base/result.h"

namespace signalbox::identity {

struct ThrottleRule {
    std::uint32_t free = 5;              ///< failures that cost nothing
    Micros first = 1'000'000;            ///< wait after the next one
    Micros longest = 60 * 1'000'000LL;   ///< never more: nobody is locked out for good
    Micros forget = 3600 * 1'000'000LL;  ///< without a failure for so long, all is forgotten
    std::size_t most = 10'000;           ///< names that are remembered; the ones quiet longest give way
};

/// Failures by name, on monotonic time. Thread-safe; memory is bounded by the rule.
class Throttle {
public:
    explicit Throttle(ThrottleRule rule) : rule_(rule) {}

    /// Counts an attempt as failed beforehand, so that many at the same time count too. Gives how long to wait
    /// instead: then nothing is counted; 0: go on.
    [[nodiscard]] Micros begin(std::string_view name, Micros now);
    /// The attempt was a good one after all: everything is forgotten.
    void forget(std::string_view name);
    /// The attempt was none: it is not counted.
    void takeBack(std::string_view name);
    [[nodiscard]] std::size_t size() const;

private:
    struct Entry {
        std::string name;
        std::uint32_t failures = 0;
        Micros last = 0;
        Micros until = 0;
    };
    using Entries = std::list<Entry>;  ///< the one that failed last is first
    [[nodiscard]] Micros waitAfter(std::uint32_t failures) const;
    void makeRoom();

    const ThrottleRule rule_;
    mutable std::mutex mutex_;
    Entries entries_;
    std::unordered_map<std::string_view, Entries::iterator> byName_;  ///< keys are in the entries
};

/// What addresses are told apart by: IPv4 as it is, also within IPv6; IPv6 by its /64, which is one household.
[[nodiscard]] std::string addressGroup(std::string_view address);
/// The /48 that a group of IPv6 is in, of which one customer may have them all; empty for IPv4.
[[nodiscard]] std::string siteOfGroup(std::string_view group);

}  // namespace signalbox::identity
