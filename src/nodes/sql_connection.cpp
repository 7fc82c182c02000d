#include "nodes/sql_connection.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <thread>

#include <fmt/format.h>
#include <sqlite3.h>

namespace signalbox::nodes {
namespace {

constexpr std::array<std::string_view, 19> kReadingPragmas{
    "application_id",    "collation_list",   "compile_options", "database_list", "encoding",
    "foreign_key_check", "foreign_key_list", "function_list",   "index_info",    "index_list",
    "index_xinfo",       "integrity_check",  "page_count",      "page_size",     "quick_check",
    "table_info",        "table_list",       "table_xinfo",     "user_version"};
constexpr std::array<std::string_view, 10> kWritingPragmas{
    "application_id", "auto_vacuum", "defer_foreign_keys", "foreign_keys", "incremental_vacuum",
    "journal_mode",   "optimize",    "synchronous",        "user_version", "wal_checkpoint"};

template <std::size_t N>
bool contains(const std::array<std::string_view, N>& names, const char* name) {
    return name != nullptr && std::ranges::find(names, std::string_view(name)) != names.end();
}

}  // namespace

SqlConnection::SqlConnection(const Clock& clock, SqlLimits limits, std::stop_token stop)
    : clock_(clock), limits_(limits), stop_(std::move(stop)), deadline_(clock.monotonicNow() + limits.timeout) {}

SqlConnection::~SqlConnection() { sqlite3_close_v2(database_); }

bool SqlConnection::mustEnd() const { return stop_.stop_requested() || clock_.monotonicNow() >= deadline_; }

int SqlConnection::onProgress(void* self) { return static_cast<SqlConnection*>(self)->mustEnd() ? 1 : 0; }

int SqlConnection::onBusy(void* self, int count) {
    if (static_cast<SqlConnection*>(self)->mustEnd()) return 0;
    std::this_thread::sleep_for(std::chrono::milliseconds(std::min(count + 1, 20)));
    return 1;
}

int SqlConnection::authorise(void* self, int action, const char* first, const char* second, const char* /*third*/,
                             const char* /*fourth*/) {
    const bool readOnly = static_cast<SqlConnection*>(self)->readOnly_;
    switch (action) {
        case SQLITE_ATTACH:
            // VACUUM attaches a nameless database; VACUUM INTO and ATTACH name a file.
            return first != nullptr && *first == '\0' && !readOnly ? SQLITE_OK : SQLITE_DENY;
        case SQLITE_PRAGMA:
            if (second == nullptr && contains(kReadingPragmas, first)) return SQLITE_OK;
            if (!readOnly && contains(kWritingPragmas, first)) return SQLITE_OK;
            // These take the name of a table as their argument.
            return contains(kReadingPragmas, first) && std::string_view(first) != "user_version" &&
                           std::string_view(first) != "application_id"
                       ? SQLITE_OK
                       : SQLITE_DENY;
        default:
            return SQLITE_OK;
    }
}

Result<std::unique_ptr<SqlConnection>> SqlConnection::open(const std::string& path, bool readOnly, const Clock& clock,
                                                           SqlLimits limits, std::stop_token stop) {
    std::unique_ptr<SqlConnection> connection(new SqlConnection(clock, limits, std::move(stop)));
    connection->readOnly_ = readOnly;
    const int mode = readOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    sqlite3* database = nullptr;
    const int opened = sqlite3_open_v2(
        path.c_str(), &database, mode | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_EXRESCODE, nullptr);
    connection->database_ = database;
    if (opened != SQLITE_OK) {
        return fail("sql.open", fmt::format("The database cannot be opened: {}", sqlite3_errmsg(database)), path);
    }
    sqlite3_db_config(database, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(database, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_limit(database, SQLITE_LIMIT_LENGTH, static_cast<int>(std::min<std::size_t>(limits.maxBytes, 1U << 30U)));
    sqlite3_limit(database, SQLITE_LIMIT_ATTACHED, readOnly ? 0 : 1);
    sqlite3_progress_handler(database, 1000, &SqlConnection::onProgress, connection.get());
    sqlite3_busy_handler(database, &SqlConnection::onBusy, connection.get());
    sqlite3_set_authorizer(database, &SqlConnection::authorise, connection.get());
    return connection;
}

Status SqlConnection::run(const char* sql) {
    if (sqlite3_exec(database_, sql, nullptr, nullptr, nullptr) != SQLITE_OK) return lastError();
    return {};
}

tl::unexpected<Error> SqlConnection::lastError(std::string_view where) const {
    const std::string message = sqlite3_errmsg(database_);
    const std::string place(where);
    const int code = sqlite3_extended_errcode(database_) & 0xFF;
    if ((code == SQLITE_INTERRUPT || code == SQLITE_BUSY) && stop_.stop_requested()) {
        return fail("node.stopped", "The statement was stopped", place);
    }
    switch (code) {
        case SQLITE_INTERRUPT:
            return fail("sql.timeout",
                        fmt::format("The statement did not end within {}", humanDuration(limits_.timeout)), place, {},
                        true);
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return fail("sql.locked", "Another connection holds the database locked", place, {}, true);
        case SQLITE_CONSTRAINT:
            return fail("sql.constraint", message, place);
        case SQLITE_READONLY:
            return fail("sql.read-only", message, place);
        case SQLITE_AUTH:
            return fail("sql.refused", "The statement does what nodes may not do: " + message, place,
                        "ATTACH, VACUUM INTO and most PRAGMAs are refused.");
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            return fail("sql.corrupt", message, place, "Is this a SQLite file?");
        case SQLITE_FULL:
            return fail("sql.full", message, place, {}, true);
        case SQLITE_CANTOPEN:
            return fail("sql.open", message, place);
        case SQLITE_TOOBIG:
            return fail("sql.too-large", message, place);
        case SQLITE_IOERR:
            return fail("sql.failed", message, place, {}, true);
        default:
            return fail("sql.failed", message, place);
    }
}

}  // namespace signalbox::nodes
