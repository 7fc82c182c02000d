// What is read of runs: a journal, one summary, the list.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "engine/ports.h"
#include "store/database.h"

namespace signalbox::store {

/// The whole journal, every checksum and the sequence checked. Errors "run.not-found", "store.corrupt".
[[nodiscard]] Result<std::vector<engine::Record>> readJournal(Database& database, RunId run);
[[nodiscard]] Result<std::optional<engine::RunSummary>> readSummary(Database& database, RunId run);
[[nodiscard]] Result<std::optional<RunId>> findKey(Database& database, const std::string& workflowId,
                                                   const std::string& key);

/// About 20 ms of counting.
inline constexpr int kCountBudget = 1'000'000;
/// The largest page; a larger limit is cut to it.
inline constexpr std::uint32_t kMaxPage = 10'000;

/// One page, newest first. A cursor is the place of the last row shown, so that runs made meanwhile shift nothing.
/// Without text and time bounds the total comes from counters; with them it is counted for as long as `countBudget`
/// steps of SQLite's machine last, and marked as a lower bound when that was not enough. Error "store.cursor".
[[nodiscard]] Result<engine::RunPage> listRuns(Database& database, const engine::RunFilter& filter,
                                               int countBudget = kCountBudget);

}  // namespace signalbox::store
