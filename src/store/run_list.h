// The list of runs: pages behind a cursor or by rank, totals.
#pragma once

#include "store/rank_anchors.h"

namespace signalbox::store {

/// The largest page; a larger limit is cut to it.
inline constexpr std::uint32_t kMaxPage = 10'000;

/// How much one call may look at, so that none takes more than some milliseconds.
struct ListBudget {
    std::uint64_t searched = 10'000;  ///< rows compared with a text
    std::uint64_t counted = 10'000;   ///< rows counted
};

/// One page, newest first. A cursor is the place of the last row shown, so that runs made meanwhile shift nothing.
/// Without text and time bounds the total comes from counters; with them it is exact once a walk by rank has been to
/// the end, and until then counted as far as the budget goes. Error "store.cursor".
[[nodiscard]] Result<engine::RunPage> listRuns(Database& database, const engine::RunFilter& filter,
                                               RankAnchors& anchors, const ListBudget& budget = {});

}  // namespace signalbox::store
