// Rows of the table of runs: writing and reading summaries.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "engine/ports.h"
#include "store/database.h"

namespace signalbox::store {

/// Ids are stored as their 16 bytes.
[[nodiscard]] std::string_view idBytes(const RunId& run);
[[nodiscard]] RunId idFromBytes(std::string_view bytes);

/// What the writer must know of a run before it may add to its journal.
struct RunHead {
    std::int64_t row = 0;
    std::uint64_t token = 0;
    engine::RunStatus status = engine::RunStatus::Queued;
    std::uint64_t lastSeq = 0;
    std::string workflowId;
};
[[nodiscard]] Result<std::optional<RunHead>> readHead(Database& database, RunId run);

/// Gives the new row's number.
[[nodiscard]] Result<std::int64_t> insertRun(Database& database, const engine::RunSummary& summary, std::uint64_t token,
                                             std::string_view owner);
/// Writes what can change in a run. The status, which four indexes hold, is only touched when it is another.
[[nodiscard]] Status updateRun(Database& database, const RunHead& head, const engine::RunSummary& summary);

/// The columns that summaryFrom() reads, in its order; goes between SELECT and FROM runs.
#define SIGNALBOX_SUMMARY_COLUMNS                                                                         \
    "row, id, status, created_wall, started_wall, finished_wall, nodes_total, nodes_done, nodes_failed, " \
    "nodes_skipped, version, priority, workflow_id, workflow_name, idempotency_key, started_by, parent, " \
    "rerun_of, error_code, error_message, error_node"
[[nodiscard]] engine::RunSummary summaryFrom(const Query& query);

}  // namespace signalbox::store
