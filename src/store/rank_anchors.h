// Where in the list of runs the thousandth, two thousandth, ... match of a filter stands.
#pragma once

#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "store/run_scan.h"

namespace signalbox::store {

/// Makes a jump to any rank cost no more than a page: the way there is walked once, and remembered for a while in steps
/// of kStride. Nothing depends on it being remembered. Thread-safe.
class RankAnchors {
public:
    static constexpr std::uint64_t kStride = 1000;

    explicit RankAnchors(const Clock& clock) : clock_(clock) {}

    struct Position {
        RunScan::Start start;     ///< gives the row of that rank next
        bool known = false;       ///< whether the whole filter has been walked, and so
        std::uint64_t total = 0;  ///< how many match
    };
    /// Walks on as far as needed. `newest` is where rank 0 is counted from, inclusive.
    [[nodiscard]] Result<Position> find(Database& database, const engine::RunFilter& filter, const RunPlace& newest,
                                        std::uint64_t rank);

    /// A walk that is made in steps. Held, so that it goes on where it was when many others are made meanwhile.
    class Walking;
    [[nodiscard]] Walking walk(engine::RunFilter filter, const RunPlace& newest);

private:
    struct Walk {
        std::mutex mutex;               ///< guards all below
        std::vector<RunPlace> anchors;  ///< [i]: the last match before rank (i + 1) * kStride
        bool complete = false;
        std::uint64_t total = 0;
        Micros begun = 0;
    };
    [[nodiscard]] std::shared_ptr<Walk> walkFor(const engine::RunFilter& filter, const RunPlace& newest);
    [[nodiscard]] static Status extend(Database& database, const engine::RunFilter& filter, const RunPlace& newest,
                                       std::uint64_t rank, Walk& walk);

    const Clock& clock_;
    std::mutex mutex_;
    std::list<std::pair<std::string, std::shared_ptr<Walk>>> walks_;  ///< last used first
};

class RankAnchors::Walking {
public:
    /// Up to that rank; true: the end has been reached before.
    [[nodiscard]] Result<bool> reach(Database& database, std::uint64_t rank);

private:
    friend class RankAnchors;
    Walking(std::shared_ptr<Walk> walk, engine::RunFilter filter, const RunPlace& newest)
        : walk_(std::move(walk)), filter_(std::move(filter)), newest_(newest) {}

    const std::shared_ptr<Walk> walk_;
    const engine::RunFilter filter_;
    const RunPlace newest_;
};

}  // namespace signalbox::store
