#include "store/retention.h"

#include <algorithm>
#include <string>
#include <vector>

namespace signalbox::store {
namespace {

constexpr std::int64_t kRecordsAStep = 2000;
constexpr std::int64_t kRunsAStep = 200;
constexpr std::int64_t kRunsAStepByBytes = 20;  // few, because how much each frees is only known afterwards
constexpr std::int64_t kMemosAStep = 1000;

struct Candidate {
    std::int64_t row = 0;
    engine::RunStatus status = engine::RunStatus::Succeeded;
    std::string workflowId;
};

/// The oldest runs that ended before a time and may go.
Result<std::vector<Candidate>> oldest(Database& database, Micros endedBefore, std::int64_t limit) {
    SIGNALBOX_QUERY(query, database,
                    "SELECT row, status, workflow_id FROM runs INDEXED BY runs_by_time"
                    " WHERE created_wall < ?1 AND finished_wall < ?1 AND status BETWEEN 4 AND 6"
                    " AND (parent IS NULL OR NOT EXISTS"
                    "  (SELECT 1 FROM runs AS parents WHERE parents.id = runs.parent AND parents.status < 4))"
                    " ORDER BY created_wall, row LIMIT ?2");
    query.integer(endedBefore).integer(limit);
    std::vector<Candidate> found;
    while (true) {
        SIGNALBOX_TRY(const bool row, query.step());
        if (!row) return found;
        found.push_back({query.columnInteger(0), static_cast<engine::RunStatus>(query.columnInteger(1)),
                         std::string(query.columnText(2))});
    }
}

Status doom(WriteSession& session, const std::vector<Candidate>& runs) {
    SIGNALBOX_QUERY(remove, session.database(), "DELETE FROM runs WHERE row = ?");
    SIGNALBOX_QUERY(remember, session.database(), "INSERT INTO doomed (run) VALUES (?)");
    for (const Candidate& run : runs) {
        SIGNALBOX_CHECK(remove.integer(run.row).run());
        SIGNALBOX_CHECK(remember.integer(run.row).run());
        session.count(run.workflowId, run.status, -1);
    }
    return {};
}

Status releaseBlob(Database& database, const std::string& hash) {
    SIGNALBOX_QUERY(release, database, "UPDATE blobs SET refs = refs - 1 WHERE hash = ?");
    SIGNALBOX_CHECK(release.blob(hash).run());
    SIGNALBOX_QUERY(data, database,
                    "DELETE FROM blob_data WHERE id IN (SELECT id FROM blobs WHERE hash = ? AND refs <= 0)");
    SIGNALBOX_CHECK(data.blob(hash).run());
    SIGNALBOX_QUERY(row, database, "DELETE FROM blobs WHERE hash = ? AND refs <= 0");
    return row.blob(hash).run();
}

/// Removes the first records of a run's journal; gives how many.
Result<std::int64_t> removeRecords(Database& database, std::int64_t run, std::int64_t limit) {
    std::vector<std::string> blobs;
    std::int64_t count = 0;
    std::int64_t lastSeq = 0;
    {
        SIGNALBOX_QUERY(read, database, "SELECT seq, blob FROM journal WHERE run = ? ORDER BY seq LIMIT ?");
        read.integer(run).integer(limit);
        while (true) {
            SIGNALBOX_TRY(const bool row, read.step());
            if (!row) break;
            lastSeq = read.columnInteger(0);
            if (!read.columnIsNull(1)) blobs.emplace_back(read.columnText(1));
            ++count;
        }
    }
    SIGNALBOX_QUERY(remove, database, "DELETE FROM journal WHERE run = ? AND seq <= ?");
    SIGNALBOX_CHECK(remove.integer(run).integer(lastSeq).run());
    for (const std::string& hash : blobs) SIGNALBOX_CHECK(releaseBlob(database, hash));
    return count;
}

Result<std::int64_t> removeDoomed(Database& database) {
    std::int64_t removed = 0;
    while (removed < kRecordsAStep) {
        SIGNALBOX_TRY(const std::int64_t run, database.integer("SELECT run FROM doomed ORDER BY run LIMIT 1"));
        if (run == 0) break;
        const std::int64_t limit = kRecordsAStep - removed;
        SIGNALBOX_TRY(const std::int64_t count, removeRecords(database, run, limit));
        removed += count;
        if (count == limit) break;
        // Bounded by the limits of a run's log.
        SIGNALBOX_QUERY(lines, database, "DELETE FROM run_logs WHERE run = ?");
        SIGNALBOX_CHECK(lines.integer(run).run());
        SIGNALBOX_QUERY(size, database, "DELETE FROM run_log_sizes WHERE run = ?");
        SIGNALBOX_CHECK(size.integer(run).run());
        SIGNALBOX_QUERY(nodes, database, "DELETE FROM run_nodes WHERE run = ?");
        SIGNALBOX_CHECK(nodes.integer(run).run());
        SIGNALBOX_QUERY(forget, database, "DELETE FROM doomed WHERE run = ?");
        SIGNALBOX_CHECK(forget.integer(run).run());
    }
    return removed;
}

Result<std::uint64_t> usedBytes(Database& database) {
    SIGNALBOX_TRY(const std::int64_t pages, database.integer("PRAGMA page_count"));
    SIGNALBOX_TRY(const std::int64_t unused, database.integer("PRAGMA freelist_count"));
    SIGNALBOX_TRY(const std::int64_t size, database.integer("PRAGMA page_size"));
    return static_cast<std::uint64_t>((pages - unused) * size);
}

Result<std::vector<Candidate>> tooMany(Database& database, const Retention& policy) {
    SIGNALBOX_TRY(const std::int64_t finished,
                  database.integer("SELECT coalesce(sum(runs), 0) FROM run_counts WHERE status BETWEEN 4 AND 6"));
    const std::int64_t excess = finished - static_cast<std::int64_t>(policy.maxRuns);
    if (excess <= 0) return std::vector<Candidate>();
    return oldest(database, INT64_MAX, std::min(excess, kRunsAStep));
}

/// The runs that the first limit which is exceeded says must go.
Result<std::vector<Candidate>> excess(WriteSession& session, const Retention& policy) {
    Database& database = session.database();
    std::vector<Candidate> runs;
    if (policy.maxAge > 0) {
        SIGNALBOX_TRY(runs, oldest(database, session.clock().wallNow() - policy.maxAge, kRunsAStep));
    }
    if (runs.empty() && policy.maxRuns > 0) {
        SIGNALBOX_TRY(runs, tooMany(database, policy));
    }
    if (runs.empty() && policy.maxBytes > 0) {
        SIGNALBOX_TRY(const std::uint64_t used, usedBytes(database));
        if (used > policy.maxBytes) {
            SIGNALBOX_TRY(runs, oldest(database, INT64_MAX, kRunsAStepByBytes));
        }
    }
    return runs;
}

Result<std::size_t> removeMemos(WriteSession& session, const Retention& policy) {
    Database& database = session.database();
    SIGNALBOX_QUERY(expired, database,
                    "DELETE FROM memos WHERE key IN"
                    " (SELECT key FROM memos WHERE expires_wall <= ? ORDER BY expires_wall LIMIT ?)");
    SIGNALBOX_CHECK(expired.integer(session.clock().wallNow()).integer(kMemosAStep).run());
    auto removed = static_cast<std::size_t>(database.changes());
    if (removed > 0 || policy.maxMemos == 0) return removed;
    SIGNALBOX_TRY(const std::int64_t memos, database.integer("SELECT count(*) FROM memos"));
    const std::int64_t surplus = memos - static_cast<std::int64_t>(policy.maxMemos);
    if (surplus <= 0) return removed;
    SIGNALBOX_QUERY(soonest, database,
                    "DELETE FROM memos WHERE key IN (SELECT key FROM memos ORDER BY expires_wall LIMIT ?)");
    SIGNALBOX_CHECK(soonest.integer(std::min(surplus, kMemosAStep)).run());
    return static_cast<std::size_t>(database.changes());
}

}  // namespace

Result<RetentionStep> retentionStep(WriteSession& session, const Retention& policy) {
    RetentionStep step;
    SIGNALBOX_TRY(const std::int64_t records, removeDoomed(session.database()));
    step.records = static_cast<std::size_t>(records);
    if (records > 0) return step;
    SIGNALBOX_TRY(const auto runs, excess(session, policy));
    SIGNALBOX_CHECK(doom(session, runs));
    step.runs = runs.size();
    if (step.runs > 0) return step;
    SIGNALBOX_TRY(step.memos, removeMemos(session, policy));
    return step;
}

}  // namespace signalbox::store
