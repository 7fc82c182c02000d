#include "store/migrations.h"

#include <array>

#include <fmt/format.h>

namespace signalbox::store {
namespace {

// Notes on the first version:
// - runs.row is never used twice (AUTOINCREMENT): the journal refers to it, and outlives the run while it is removed.
// - A lease belongs to an owner, not to a run: renewing is one row however many runs an owner has.
// - A status below 4 is an active run (engine::isTerminal).
// - journal.node and .item are NULL where the record has none.
// - blobs are counted apart from their data, because SQLite rewrites a whole row to change one column of it.
constexpr const char* kVersion1 = R"sql(
CREATE TABLE runs (
    row INTEGER PRIMARY KEY AUTOINCREMENT,
    id BLOB NOT NULL UNIQUE,
    token INTEGER NOT NULL,
    status INTEGER NOT NULL,
    created_wall INTEGER NOT NULL,
    started_wall INTEGER NOT NULL,
    finished_wall INTEGER NOT NULL,
    nodes_total INTEGER NOT NULL,
    nodes_done INTEGER NOT NULL,
    nodes_failed INTEGER NOT NULL,
    nodes_skipped INTEGER NOT NULL,
    version INTEGER NOT NULL,
    priority INTEGER NOT NULL,
    owner TEXT NOT NULL,
    workflow_id TEXT NOT NULL,
    workflow_name TEXT NOT NULL,
    idempotency_key TEXT NOT NULL,
    started_by TEXT NOT NULL,
    parent BLOB,
    rerun_of BLOB,
    error_code TEXT NOT NULL,
    error_message TEXT NOT NULL,
    error_node TEXT NOT NULL,
    quarantine_reason TEXT
);
CREATE INDEX runs_by_time ON runs (created_wall);
CREATE INDEX runs_by_status ON runs (status, created_wall);
CREATE INDEX runs_by_workflow ON runs (workflow_id, created_wall);
CREATE INDEX runs_by_workflow_status ON runs (workflow_id, status, created_wall);
CREATE INDEX runs_active ON runs (owner, created_wall) WHERE status < 4;
CREATE INDEX runs_with_error ON runs (created_wall) WHERE error_code <> '';
CREATE UNIQUE INDEX runs_by_key ON runs (workflow_id, idempotency_key) WHERE idempotency_key <> '';

CREATE TABLE run_counts (
    workflow_id TEXT NOT NULL,
    status INTEGER NOT NULL,
    runs INTEGER NOT NULL,
    PRIMARY KEY (workflow_id, status)
) WITHOUT ROWID;

CREATE TABLE leases (
    owner TEXT NOT NULL PRIMARY KEY,
    boot TEXT NOT NULL,
    until_mono INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE journal (
    run INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    node INTEGER,
    item INTEGER,
    generation INTEGER NOT NULL,
    attempt INTEGER NOT NULL,
    token INTEGER NOT NULL,
    wall INTEGER NOT NULL,
    mono INTEGER NOT NULL,
    took INTEGER NOT NULL,
    payload TEXT,
    blob BLOB,
    checksum INTEGER NOT NULL,
    PRIMARY KEY (run, seq)
) WITHOUT ROWID;

CREATE TABLE blobs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    hash BLOB NOT NULL UNIQUE,
    size INTEGER NOT NULL,
    refs INTEGER NOT NULL
);
CREATE TABLE blob_data (
    id INTEGER PRIMARY KEY,
    data BLOB NOT NULL
);

-- Runs that are gone from the list and whose journal is still being removed, a few thousand records at a time.
CREATE TABLE doomed (run INTEGER PRIMARY KEY);

CREATE TABLE memos (
    key TEXT NOT NULL PRIMARY KEY,
    expires_wall INTEGER NOT NULL,
    checksum INTEGER NOT NULL,
    outputs TEXT NOT NULL
);
CREATE INDEX memos_by_expiry ON memos (expires_wall);

CREATE TABLE workflow_versions (
    workflow_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    hash BLOB NOT NULL,
    created_wall INTEGER NOT NULL,
    logic TEXT NOT NULL,
    PRIMARY KEY (workflow_id, version)
);
CREATE UNIQUE INDEX workflow_versions_by_hash ON workflow_versions (workflow_id, hash);
)sql";

// - runs_by_error holds all that a search for text compares, so that it walks along the index alone.
// - run_nodes spares the replay of ended runs with many nodes; a row may be missing.
// - Lines of a run's log have numbers from 1; those dropped for want of room leave a gap.
constexpr const char* kVersion2 = R"sql(
DROP INDEX runs_with_error;
CREATE INDEX runs_by_error ON runs (created_wall, row, status, workflow_id, error_code, error_message)
    WHERE error_code <> '';

CREATE TABLE run_logs (
    run INTEGER NOT NULL,
    line INTEGER NOT NULL,
    wall INTEGER NOT NULL,
    level INTEGER NOT NULL,
    node INTEGER,
    item INTEGER,
    attempt INTEGER NOT NULL,
    text TEXT NOT NULL,
    data TEXT,
    PRIMARY KEY (run, line)
) WITHOUT ROWID;
CREATE TABLE run_log_sizes (
    run INTEGER PRIMARY KEY,
    last INTEGER NOT NULL,
    kept INTEGER NOT NULL,
    bytes INTEGER NOT NULL
);

CREATE TABLE run_nodes (
    run INTEGER PRIMARY KEY,
    states BLOB NOT NULL
);

CREATE TABLE settings (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;
)sql";

constexpr std::array kMigrations{
    Migration{1, "runs, journal, blobs, memos and workflow versions", kVersion1},
    Migration{2, "logs of runs, states of their nodes, settings, a wider index of errors", kVersion2},
};

Status refuseForeign(Database& database) {
    SIGNALBOX_TRY(const std::int64_t application, database.integer("PRAGMA application_id"));
    if (application == kApplicationId) return {};
    SIGNALBOX_TRY(const std::int64_t tables, database.integer("SELECT count(*) FROM sqlite_schema"));
    if (application == 0 && tables == 0) return {};
    return fail("store.foreign", "The file is an SQLite database of another program", database.where(),
                "Give another path; Signalbox keeps its data in a file of its own.");
}

/// The version the database has, when this program may work with it. In an open transaction: between two statements
/// another process may just be making the database.
Result<std::int64_t> acceptableVersion(Database& database, int newest) {
    SIGNALBOX_CHECK(refuseForeign(database));
    SIGNALBOX_TRY(const std::int64_t found, database.integer("PRAGMA user_version"));
    if (found <= newest) return found;
    return fail("store.newer-version",
                fmt::format("The database has schema version {}, this program knows versions up to {}", found, newest),
                database.where(), "Use the newer Signalbox that made it, or give another path.");
}

Status apply(Database& database, const Migration& step) {
    auto applied = database.execute(step.sql);
    if (!applied) {
        Error error = std::move(applied).error();
        error.message = fmt::format("Bringing the database to schema version {} ({}) failed: {}", step.version,
                                    step.what, error.message);
        return fail(std::move(error));
    }
    return database.execute(fmt::format("PRAGMA user_version={}", step.version).c_str());
}

}  // namespace

std::span<const Migration> storeMigrations() { return kMigrations; }

Status migrate(Database& database, std::span<const Migration> steps) {
    const int newest = steps.empty() ? 0 : steps.back().version;
    {
        SIGNALBOX_TRY(Transaction snapshot, Transaction::begin(database, Transaction::Mode::Read));
        SIGNALBOX_TRY(const std::int64_t version, acceptableVersion(database, newest));
        if (version == newest) return {};
    }
    SIGNALBOX_TRY(Transaction transaction, Transaction::begin(database, Transaction::Mode::Write));
    // Another process may have been first while this one waited for the lock.
    SIGNALBOX_TRY(const std::int64_t version, acceptableVersion(database, newest));
    for (const Migration& step : steps) {
        if (step.version > version) SIGNALBOX_CHECK(apply(database, step));
    }
    SIGNALBOX_CHECK(database.execute(fmt::format("PRAGMA application_id={}", kApplicationId).c_str()));
    return transaction.commit();
}

}  // namespace signalbox::store
