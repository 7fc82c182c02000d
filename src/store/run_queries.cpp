#include "store/run_queries.h"

#include <algorithm>

#include <fmt/format.h>

#include "store/record_codec.h"
#include "store/run_rows.h"

namespace signalbox::store {
namespace {

struct JournalColumns {
    StoredRecord record;
    bool blobMissing = false;
};

JournalColumns readColumns(const Query& query) {
    JournalColumns columns;
    StoredRecord& record = columns.record;
    record.row.seq = query.columnInteger(0);
    record.row.kind = query.columnInteger(1);
    record.row.node = query.columnIsNull(2) ? engine::kNoNode : query.columnInteger(2);
    record.row.item = query.columnIsNull(3) ? engine::kNoItem : query.columnInteger(3);
    record.row.generation = query.columnInteger(4);
    record.row.attempt = query.columnInteger(5);
    record.row.token = query.columnInteger(6);
    record.row.wall = query.columnInteger(7);
    record.row.monotonic = query.columnInteger(8);
    record.row.took = query.columnInteger(9);
    record.checksum = static_cast<std::uint64_t>(query.columnInteger(10));
    if (!query.columnIsNull(12)) {
        record.form = PayloadForm::Blob;
        record.hash = query.columnText(12);
        record.content = query.columnText(13);
        columns.blobMissing = query.columnIsNull(13);
    } else if (!query.columnIsNull(11)) {
        record.form = PayloadForm::Inline;
        record.content = query.columnText(11);
    }
    return columns;
}

Result<engine::Record> readRecord(const Query& query, RunId run, std::int64_t expected) {
    const JournalColumns columns = readColumns(query);
    const std::int64_t seq = columns.record.row.seq;
    if (seq != expected) {
        return fail(corruptRecord(run, expected, fmt::format("it is missing; the next one is {}", seq)));
    }
    if (columns.blobMissing) return fail(corruptRecord(run, seq, "its payload is missing"));
    return decodeRecord(run, columns.record);
}

Result<std::optional<std::int64_t>> findRow(Database& database, RunId run) {
    SIGNALBOX_QUERY(query, database, "SELECT row FROM runs WHERE id = ?");
    SIGNALBOX_TRY(const bool found, query.blob(idBytes(run)).step());
    if (!found) return std::nullopt;
    return query.columnInteger(0);
}

/// A damaged page is found by SQLite, not by a checksum: the error then has to say which run it hit.
Error inRun(Error error, RunId run, std::int64_t seq) {
    if (error.code != "store.corrupt" || error.where.starts_with("run ")) return error;
    return corruptRecord(run, seq, error.message);
}

/// The part of a journal that a query names, newest last. Built from fixed pieces; every value is bound.
std::string journalSql(const JournalQuery& wanted) {
    std::string sql =
        "SELECT seq, kind, node, item, generation, attempt, token, wall, mono, took, checksum, payload, blob,"
        " (SELECT data FROM blob_data WHERE id = (SELECT id FROM blobs WHERE hash = journal.blob))"
        " FROM journal WHERE run = ?";
    if (wanted.fromSeq > 0) sql += wanted.backwards ? " AND seq <= ?" : " AND seq >= ?";
    if (wanted.node) sql += " AND node = ?";
    if (!wanted.kinds.empty()) {
        sql += " AND kind IN (?";
        for (std::size_t i = 1; i < wanted.kinds.size(); ++i) sql += ", ?";
        sql += ')';
    }
    return sql + (wanted.backwards ? " ORDER BY seq DESC LIMIT ?" : " ORDER BY seq LIMIT ?");
}

void bindJournal(Query& query, std::int64_t row, const JournalQuery& wanted) {
    query.integer(row);
    if (wanted.fromSeq > 0) query.integer(static_cast<std::int64_t>(wanted.fromSeq));
    if (wanted.node) query.integer(*wanted.node);
    for (const engine::RecordKind kind : wanted.kinds) query.integer(static_cast<std::int64_t>(kind));
    query.integer(static_cast<std::int64_t>(wanted.limit) + 1);
}

Result<std::uint64_t> lastSeqOf(Database& database, std::int64_t row) {
    SIGNALBOX_QUERY(query, database, "SELECT coalesce(max(seq), 0) FROM journal WHERE run = ?");
    SIGNALBOX_TRY(const bool found, query.integer(row).step());
    return found ? static_cast<std::uint64_t>(query.columnInteger(0)) : 0;
}

}  // namespace

Result<std::vector<engine::Record>> readJournal(Database& database, RunId run) {
    SIGNALBOX_TRY(Transaction snapshot, Transaction::begin(database, Transaction::Mode::Read));
    SIGNALBOX_TRY(const auto row, findRow(database, run));
    if (!row) return fail("run.not-found", "There is no such run", run.toString());
    SIGNALBOX_QUERY(query, database,
                    "SELECT seq, kind, node, item, generation, attempt, token, wall, mono, took, checksum, payload,"
                    " blob, (SELECT data FROM blob_data WHERE id = (SELECT id FROM blobs WHERE hash = journal.blob))"
                    " FROM journal WHERE run = ? ORDER BY seq");
    query.integer(*row);
    std::vector<engine::Record> records;
    while (true) {
        const auto expected = static_cast<std::int64_t>(records.size()) + 1;
        const auto stepped = query.step();
        if (!stepped) return fail(inRun(stepped.error(), run, expected));
        if (!*stepped) return records;
        SIGNALBOX_TRY(engine::Record record, readRecord(query, run, expected));
        records.push_back(std::move(record));
    }
}

Result<JournalSlice> readJournalPart(Database& database, RunId run, const JournalQuery& wanted) {
    SIGNALBOX_TRY(Transaction snapshot, Transaction::begin(database, Transaction::Mode::Read));
    SIGNALBOX_TRY(const auto row, findRow(database, run));
    if (!row) return fail("run.not-found", "There is no such run", run.toString());
    JournalSlice slice;
    SIGNALBOX_TRY(slice.lastSeq, lastSeqOf(database, *row));
    SIGNALBOX_TRY(const auto statement, database.prepare(journalSql(wanted)));
    Query query(*statement);
    bindJournal(query, *row, wanted);
    while (true) {
        const auto stepped = query.step();
        if (!stepped) return fail(inRun(stepped.error(), run, static_cast<std::int64_t>(wanted.fromSeq)));
        if (!*stepped) break;
        const std::int64_t seq = query.columnInteger(0);
        if (slice.records.size() == wanted.limit) {
            slice.nextSeq = static_cast<std::uint64_t>(seq);
            break;
        }
        SIGNALBOX_TRY(engine::Record record, readRecord(query, run, seq));
        slice.records.push_back(std::move(record));
    }
    if (wanted.backwards) std::reverse(slice.records.begin(), slice.records.end());
    return slice;
}

Result<std::optional<engine::RunSummary>> readSummary(Database& database, RunId run) {
    SIGNALBOX_QUERY(query, database, "SELECT " SIGNALBOX_SUMMARY_COLUMNS " FROM runs WHERE id = ?");
    SIGNALBOX_TRY(const bool found, query.blob(idBytes(run)).step());
    if (!found) return std::nullopt;
    return summaryFrom(query);
}

Result<std::optional<RunId>> findKey(Database& database, const std::string& workflowId, const std::string& key) {
    if (key.empty()) return std::nullopt;
    SIGNALBOX_QUERY(query, database,
                    "SELECT id FROM runs WHERE workflow_id = ? AND idempotency_key = ? AND idempotency_key <> ''");
    SIGNALBOX_TRY(const bool found, query.text(workflowId).text(key).step());
    if (!found) return std::nullopt;
    return idFromBytes(query.columnText(0));
}

}  // namespace signalbox::store
