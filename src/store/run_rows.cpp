#include "store/run_rows.h"

#include <algorithm>

namespace signalbox::store {
namespace {

void bindId(Query& query, const RunId& run) {
    if (run.isNull()) {
        query.null();
    } else {
        query.blob(idBytes(run));
    }
}

void bindProgress(Query& query, const engine::RunSummary& summary) {
    query.integer(summary.startedWall).integer(summary.finishedWall);
    query.integer(summary.nodesTotal).integer(summary.nodesDone);
    query.integer(summary.nodesFailed).integer(summary.nodesSkipped);
    query.integer(summary.priority);
    query.text(summary.errorCode).text(summary.errorMessage).text(summary.errorNode);
}

std::uint32_t count(const Query& query, int column) { return static_cast<std::uint32_t>(query.columnInteger(column)); }
std::string text(const Query& query, int column) { return std::string(query.columnText(column)); }

}  // namespace

std::string_view idBytes(const RunId& run) {
    const void* bytes = run.value.bytes.data();
    return {static_cast<const char*>(bytes), run.value.bytes.size()};
}

RunId idFromBytes(std::string_view bytes) {
    RunId run;
    if (bytes.size() == run.value.bytes.size()) std::copy(bytes.begin(), bytes.end(), run.value.bytes.begin());
    return run;
}

Result<std::optional<RunHead>> readHead(Database& database, RunId run) {
    SIGNALBOX_QUERY(query, database,
                    "SELECT row, token, status, workflow_id, (SELECT max(seq) FROM journal WHERE run = runs.row)"
                    " FROM runs WHERE id = ?");
    SIGNALBOX_TRY(const bool found, query.blob(idBytes(run)).step());
    if (!found) return std::nullopt;
    RunHead head;
    head.row = query.columnInteger(0);
    head.token = static_cast<std::uint64_t>(query.columnInteger(1));
    head.status = static_cast<engine::RunStatus>(query.columnInteger(2));
    head.workflowId = text(query, 3);
    head.lastSeq = static_cast<std::uint64_t>(query.columnInteger(4));
    return head;
}

Result<std::int64_t> insertRun(Database& database, const engine::RunSummary& summary, std::uint64_t token,
                               std::string_view owner) {
    SIGNALBOX_QUERY(query, database,
                    "INSERT INTO runs (id, token, status, created_wall, version, owner, workflow_id, workflow_name,"
                    " idempotency_key, started_by, parent, rerun_of, started_wall, finished_wall, nodes_total,"
                    " nodes_done, nodes_failed, nodes_skipped, priority, error_code, error_message, error_node)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    query.blob(idBytes(summary.run)).integer(static_cast<std::int64_t>(token));
    query.integer(static_cast<std::int64_t>(summary.status)).integer(summary.createdWall).integer(summary.version);
    query.text(owner).text(summary.workflowId).text(summary.workflowName);
    query.text(summary.idempotencyKey).text(summary.startedBy);
    bindId(query, summary.parent);
    bindId(query, summary.rerunOf);
    bindProgress(query, summary);
    SIGNALBOX_CHECK(query.run());
    return database.lastInsertRow();
}

Status updateRun(Database& database, const RunHead& head, const engine::RunSummary& summary) {
    if (summary.status != head.status) {
        SIGNALBOX_QUERY(status, database, "UPDATE runs SET status = ? WHERE row = ?");
        SIGNALBOX_CHECK(status.integer(static_cast<std::int64_t>(summary.status)).integer(head.row).run());
    }
    SIGNALBOX_QUERY(query, database,
                    "UPDATE runs SET started_wall = ?, finished_wall = ?, nodes_total = ?, nodes_done = ?,"
                    " nodes_failed = ?, nodes_skipped = ?, priority = ?, error_code = ?, error_message = ?,"
                    " error_node = ? WHERE row = ?");
    bindProgress(query, summary);
    return query.integer(head.row).run();
}

engine::RunSummary summaryFrom(const Query& query) {
    engine::RunSummary summary;
    summary.run = idFromBytes(query.columnText(1));
    summary.status = static_cast<engine::RunStatus>(query.columnInteger(2));
    summary.createdWall = query.columnInteger(3);
    summary.startedWall = query.columnInteger(4);
    summary.finishedWall = query.columnInteger(5);
    summary.nodesTotal = count(query, 6);
    summary.nodesDone = count(query, 7);
    summary.nodesFailed = count(query, 8);
    summary.nodesSkipped = count(query, 9);
    summary.version = static_cast<int>(query.columnInteger(10));
    summary.priority = static_cast<int>(query.columnInteger(11));
    summary.workflowId = text(query, 12);
    summary.workflowName = text(query, 13);
    summary.idempotencyKey = text(query, 14);
    summary.startedBy = text(query, 15);
    summary.parent = idFromBytes(query.columnText(16));
    summary.rerunOf = idFromBytes(query.columnText(17));
    summary.errorCode = text(query, 18);
    summary.errorMessage = text(query, 19);
    summary.errorNode = text(query, 20);
    return summary;
}

}  // namespace signalbox::store
