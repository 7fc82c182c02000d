#include "store/rank_anchors.h"

#include <algorithm>

#include <fmt/format.h>

namespace signalbox::store {
namespace {

constexpr std::size_t kKept = 16;
/// Runs that change their status, or fail, move ranks of a list that filters by these.
constexpr Micros kMovingAge = 5'000'000;
/// The others only lose rows to retention, at the far end.
constexpr Micros kSteadyAge = 60'000'000;

std::string keyOf(const engine::RunFilter& filter, const RunPlace& newest) {
    std::string key = fmt::format("{} {} {}", writeCursor(newest), filter.createdAfter, filter.createdBefore);
    for (const auto status : wantedStatuses(filter)) key += fmt::format(" {}", static_cast<int>(status));
    return key + '\n' + filter.workflowId + '\n' + filter.errorText;
}

}  // namespace

std::shared_ptr<RankAnchors::Walk> RankAnchors::walkFor(const engine::RunFilter& filter, const RunPlace& newest) {
    const std::string key = keyOf(filter, newest);
    const Micros now = clock_.monotonicNow();
    const Micros age = filter.statuses.empty() && filter.errorText.empty() ? kSteadyAge : kMovingAge;
    const std::scoped_lock lock(mutex_);
    const auto known =
        std::find_if(walks_.begin(), walks_.end(), [&](const auto& entry) { return entry.first == key; });
    if (known != walks_.end()) {
        if (now - known->second->begun < age) {
            walks_.splice(walks_.begin(), walks_, known);
            return walks_.front().second;
        }
        walks_.erase(known);
    }
    auto walk = std::make_shared<Walk>();
    walk->begun = now;
    walks_.emplace_front(key, walk);
    if (walks_.size() > kKept) walks_.pop_back();
    return walk;
}

Status RankAnchors::extend(Database& database, const engine::RunFilter& filter, const RunPlace& newest,
                           std::uint64_t rank, Walk& walk) {
    if (walk.complete || walk.anchors.size() >= rank / kStride) return {};
    RunScan::Start start{newest, true, 0};
    if (!walk.anchors.empty()) start = {walk.anchors.back(), false, 0};
    SIGNALBOX_TRY(RunScan scan, RunScan::open(database, filter, start));
    std::uint64_t seen = 0;
    while (walk.anchors.size() < rank / kStride) {
        SIGNALBOX_TRY(const auto place, scan.next());
        if (!place) {
            walk.complete = true;
            walk.total = walk.anchors.size() * kStride + seen;
            return {};
        }
        if (++seen < kStride) continue;
        walk.anchors.push_back(*place);
        seen = 0;
    }
    return {};
}

Result<RankAnchors::Position> RankAnchors::find(Database& database, const engine::RunFilter& filter,
                                                const RunPlace& newest, std::uint64_t rank) {
    const auto walk = walkFor(filter, newest);
    const std::scoped_lock lock(walk->mutex);
    SIGNALBOX_CHECK(extend(database, filter, newest, rank, *walk));
    Position position;
    position.known = walk->complete;
    position.total = walk->total;
    const std::size_t anchor = std::min<std::size_t>(rank / kStride, walk->anchors.size());
    position.start =
        anchor == 0 ? RunScan::Start{newest, true, 0} : RunScan::Start{walk->anchors[anchor - 1], false, 0};
    position.start.skip = rank - anchor * kStride;
    return position;
}

RankAnchors::Walking RankAnchors::walk(engine::RunFilter filter, const RunPlace& newest) {
    auto known = walkFor(filter, newest);
    return {std::move(known), std::move(filter), newest};
}

Result<bool> RankAnchors::Walking::reach(Database& database, std::uint64_t rank) {
    const std::scoped_lock lock(walk_->mutex);
    SIGNALBOX_CHECK(extend(database, filter_, newest_, rank, *walk_));
    return walk_->complete;
}

}  // namespace signalbox::store
