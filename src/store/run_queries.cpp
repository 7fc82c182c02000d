#include "store/run_queries.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>
#include <sqlite3.h>

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

struct Cursor {
    Micros createdWall = 0;
    std::int64_t row = 0;
};

std::string writeCursor(const Cursor& cursor) { return fmt::format("{}.{}", cursor.createdWall, cursor.row); }

Result<Cursor> parseCursor(const std::string& text) {
    Cursor cursor;
    const char* end = text.data() + text.size();
    const auto wall = std::from_chars(text.data(), end, cursor.createdWall);
    if (wall.ec == std::errc() && wall.ptr != end && *wall.ptr == '.') {
        const auto row = std::from_chars(wall.ptr + 1, end, cursor.row);
        if (row.ec == std::errc() && row.ptr == end) return cursor;
    }
    return fail("store.cursor", fmt::format("\"{}\" is not a cursor of the list of runs", text), {},
                "Pass the cursor of the page before as it was given, or none for the first page.");
}

/// A LIKE pattern that finds the text as it is.
std::string likePattern(std::string_view text) {
    std::string pattern = "%";
    for (const char c : text) {
        if (c == '%' || c == '_' || c == '\\') pattern += '\\';
        pattern += c;
    }
    return pattern + '%';
}

/// The WHERE clause of a filter, built from fixed pieces; every value is bound.
class Conditions {
public:
    explicit Conditions(const engine::RunFilter& filter) : filter_(filter) {
        if (filter.status) add("status = ?");
        if (!filter.workflowId.empty()) add("workflow_id = ?");
        if (filter.createdAfter != 0) add("created_wall >= ?");
        if (filter.createdBefore != 0) add("created_wall < ?");
        if (filter.errorText.empty()) return;
        add("error_code <> ''");  // so that only runs with an error are looked at: there is an index of them
        add("(error_message LIKE ? ESCAPE '\\' OR error_code LIKE ? ESCAPE '\\')");
        pattern_ = likePattern(filter.errorText);
    }
    void bind(Query& query) const {
        if (filter_.status) query.integer(static_cast<std::int64_t>(*filter_.status));
        if (!filter_.workflowId.empty()) query.text(filter_.workflowId);
        if (filter_.createdAfter != 0) query.integer(filter_.createdAfter);
        if (filter_.createdBefore != 0) query.integer(filter_.createdBefore);
        if (!filter_.errorText.empty()) query.text(pattern_).text(pattern_);
    }
    void add(std::string_view condition) {
        sql_ += sql_.empty() ? " WHERE " : " AND ";
        sql_ += condition;
    }
    [[nodiscard]] const std::string& sql() const { return sql_; }

private:
    const engine::RunFilter& filter_;
    std::string sql_;
    std::string pattern_;
};

Status readPage(Database& database, const engine::RunFilter& filter, engine::RunPage& page) {
    Conditions conditions(filter);
    Cursor cursor;
    if (!filter.cursor.empty()) {
        SIGNALBOX_TRY(cursor, parseCursor(filter.cursor));
        conditions.add("(created_wall, row) < (?, ?)");
    }
    const std::int64_t limit = std::clamp<std::int64_t>(filter.limit, 1, kMaxPage);
    const std::string sql = "SELECT " SIGNALBOX_SUMMARY_COLUMNS " FROM runs" + conditions.sql() +
                            " ORDER BY created_wall DESC, row DESC LIMIT ?";
    SIGNALBOX_TRY(const auto statement, database.prepare(sql));
    Query query(*statement);
    conditions.bind(query);
    if (!filter.cursor.empty()) query.integer(cursor.createdWall).integer(cursor.row);
    query.integer(limit + 1);
    while (true) {
        SIGNALBOX_TRY(const bool row, query.step());
        if (!row) return {};
        if (page.runs.size() == static_cast<std::size_t>(limit)) {
            page.nextCursor = writeCursor(cursor);
            return {};
        }
        page.runs.push_back(summaryFrom(query));
        cursor = {page.runs.back().createdWall, query.columnInteger(0)};
    }
}

Status sumCounters(Database& database, const engine::RunFilter& filter, engine::RunPage& page) {
    SIGNALBOX_QUERY(query, database,
                    "SELECT coalesce(sum(runs), 0) FROM run_counts"
                    " WHERE (?1 IS NULL OR status = ?1) AND (?2 = '' OR workflow_id = ?2)");
    if (filter.status) {
        query.integer(static_cast<std::int64_t>(*filter.status));
    } else {
        query.null();
    }
    SIGNALBOX_TRY(const bool row, query.text(filter.workflowId).step());
    page.total = row ? static_cast<std::uint64_t>(query.columnInteger(0)) : 0;
    return {};
}

/// Stops a statement of this connection once it has taken its number of steps.
class StepBudget {
public:
    StepBudget(Database& database, int steps) : handle_(database.handle()) {
        sqlite3_progress_handler(
            handle_, steps, [](void*) { return 1; }, nullptr);
    }
    StepBudget(const StepBudget&) = delete;
    StepBudget& operator=(const StepBudget&) = delete;
    ~StepBudget() { sqlite3_progress_handler(handle_, 0, nullptr, nullptr); }

private:
    sqlite3* handle_;
};

Status countMatches(Database& database, const engine::RunFilter& filter, int budget, engine::RunPage& page) {
    const Conditions conditions(filter);
    const std::string sql = "SELECT 1 FROM runs" + conditions.sql();
    SIGNALBOX_TRY(const auto statement, database.prepare(sql));
    Query query(*statement);
    conditions.bind(query);
    // A step that compares text, in a row of its own, costs a good ten times one along an index.
    const StepBudget limited(database, filter.errorText.empty() ? budget : budget / 16);
    while (true) {
        const auto row = query.step();
        if (!row && row.error().code == "store.interrupted") {
            page.totalIsLeast = true;
            page.total = std::max<std::uint64_t>(page.total, page.runs.size());
            return {};
        }
        if (!row) return fail(row.error());
        if (!*row) return {};
        ++page.total;
    }
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

Result<engine::RunPage> listRuns(Database& database, const engine::RunFilter& filter, int countBudget) {
    SIGNALBOX_TRY(Transaction snapshot, Transaction::begin(database, Transaction::Mode::Read));
    engine::RunPage page;
    SIGNALBOX_CHECK(readPage(database, filter, page));
    const bool counted = filter.errorText.empty() && filter.createdAfter == 0 && filter.createdBefore == 0;
    if (counted) {
        SIGNALBOX_CHECK(sumCounters(database, filter, page));
    } else {
        SIGNALBOX_CHECK(countMatches(database, filter, countBudget, page));
    }
    return page;
}

}  // namespace signalbox::store
