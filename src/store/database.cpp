#include "store/database.h"

#include <cerrno>
#include <cstring>
#include <thread>

#include <fmt/format.h>
#include <sqlite3.h>

namespace signalbox::store {
namespace {

struct Meaning {
    const char* code;
    const char* sentence;
    const char* hint;
    bool retryable;
};

constexpr Meaning kNoSpace{"store.no-space", "The disk is full",
                           "Free some space on this file system; nothing of the failed change was written.", true};

Meaning meaningOf(int resultCode, int systemErrno) {
    const int primary = resultCode & 0xff;
    if (primary == SQLITE_FULL) return kNoSpace;
    if (primary == SQLITE_IOERR && (systemErrno == ENOSPC || systemErrno == EDQUOT)) return kNoSpace;
    switch (primary) {
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return {"store.busy", "The database is locked by another process",
                    "Close other programs that hold the file open, or try again.", true};
        case SQLITE_IOERR:
            return {"store.io", "Reading or writing the database failed",
                    "Look at the disk and at the kernel's log; the change was not written.", true};
        case SQLITE_CANTOPEN:
            return {"store.io", "The database cannot be opened",
                    "Make sure that its folder exists and that you may write to it.", true};
        case SQLITE_CORRUPT:
            return {"store.corrupt", "The database is damaged",
                    "Restore it from a backup, or recover what is readable with `sqlite3 FILE .recover`.", false};
        case SQLITE_NOTADB:
            return {"store.corrupt", "The file is not a Signalbox database",
                    "Give another path, or move the file away so that a new database is made.", false};
        case SQLITE_READONLY:
        case SQLITE_PERM:
        case SQLITE_AUTH:
            return {"store.read-only", "The database may not be written",
                    "Check the permissions of the file and of its folder.", false};
        case SQLITE_TOOBIG:
            return {"store.too-large", "A value is larger than the database can hold",
                    "Keep payloads under 1 GB: write large data to a file and pass its path.", false};
        case SQLITE_CONSTRAINT:
            return {"store.constraint", "The change breaks a rule of the database", "", false};
        case SQLITE_NOMEM:
            return {"store.no-memory", "There is not enough memory", "", true};
        case SQLITE_INTERRUPT:
            return {"store.interrupted", "The statement was stopped", "", true};
        default:
            return {"store.sql", "The database refused a statement", "", false};
    }
}

}  // namespace

Error sqliteError(int resultCode, int systemErrno, std::string_view detail, std::string_view what,
                  const std::string& where) {
    const Meaning meaning = meaningOf(resultCode, systemErrno);
    std::string message = fmt::format("{} while {}: {}", meaning.sentence, what, detail);
    if ((resultCode & 0xff) == SQLITE_IOERR || (resultCode & 0xff) == SQLITE_CANTOPEN) {
        message += fmt::format(" (SQLite code {}", resultCode);
        message += systemErrno != 0 ? fmt::format(", errno {})", systemErrno) : ")";
    }
    return Error{meaning.code, std::move(message), where, meaning.hint, meaning.retryable};
}

Statement::~Statement() { sqlite3_finalize(handle_); }

Query::~Query() {
    sqlite3_reset(statement_->handle_);
    sqlite3_clear_bindings(statement_->handle_);
}

void Query::check(int resultCode) {
    if (resultCode != SQLITE_OK && bindFailure_ == SQLITE_OK) bindFailure_ = resultCode;
    ++next_;
}

Query& Query::integer(std::int64_t value) {
    check(sqlite3_bind_int64(statement_->handle_, next_, value));
    return *this;
}

Query& Query::text(std::string_view value) {
    const char* data = value.data() == nullptr ? "" : value.data();
    check(sqlite3_bind_text64(statement_->handle_, next_, data, value.size(), SQLITE_STATIC, SQLITE_UTF8));
    return *this;
}

Query& Query::blob(std::string_view value) {
    const char* data = value.data() == nullptr ? "" : value.data();
    check(sqlite3_bind_blob64(statement_->handle_, next_, data, value.size(), SQLITE_STATIC));
    return *this;
}

Query& Query::null() {
    check(sqlite3_bind_null(statement_->handle_, next_));
    return *this;
}

Result<bool> Query::step() {
    if (bindFailure_ != SQLITE_OK) return fail(statement_->database_->error(bindFailure_, "binding a parameter"));
    const int code = sqlite3_step(statement_->handle_);
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    return fail(
        statement_->database_->error(code, sqlite3_stmt_readonly(statement_->handle_) != 0 ? "reading" : "writing"));
}

Status Query::run() {
    auto stepped = step();
    sqlite3_reset(statement_->handle_);
    next_ = 1;
    if (!stepped) return fail(std::move(stepped).error());
    return {};
}

std::int64_t Query::columnInteger(int column) const { return sqlite3_column_int64(statement_->handle_, column); }

std::string_view Query::columnText(int column) const {
    const auto* data = static_cast<const char*>(sqlite3_column_blob(statement_->handle_, column));
    const int size = sqlite3_column_bytes(statement_->handle_, column);
    return data == nullptr ? std::string_view() : std::string_view(data, static_cast<std::size_t>(size));
}

bool Query::columnIsNull(int column) const { return sqlite3_column_type(statement_->handle_, column) == SQLITE_NULL; }

Database::Database(sqlite3* handle, const ConnectionOptions& options)
    : handle_(handle), where_(options.path.string()), busyTimeout_(options.busyTimeout) {}

Database::~Database() {
    statements_.clear();
    sqlite3_close(handle_);
}

Result<std::unique_ptr<Database>> Database::open(const ConnectionOptions& options) {
    int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_READWRITE;
    if (options.create) flags |= SQLITE_OPEN_CREATE;
    sqlite3* handle = nullptr;
    const int code =
        sqlite3_open_v2(options.path.c_str(), &handle, flags, options.vfs.empty() ? nullptr : options.vfs.c_str());
    if (handle == nullptr) return fail(sqliteError(code, 0, sqlite3_errstr(code), "opening it", options.path.string()));
    std::unique_ptr<Database> database(new Database(handle, options));
    if (code != SQLITE_OK) return fail(database->error(code, "opening it"));
    SIGNALBOX_CHECK(database->configure(options));
    return database;
}

Status Database::configure(const ConnectionOptions& options) {
    sqlite3_busy_handler(handle_, &Database::onBusy, this);
    sqlite3_db_config(handle_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(handle_, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    // No mmap: with it a failing disk is a SIGBUS, without it an error that can be reported.
    const std::string pragmas = fmt::format(
        "PRAGMA mmap_size=0; PRAGMA cache_size=-{}; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=0;"
        "PRAGMA cell_size_check=ON; PRAGMA secure_delete=FAST; PRAGMA temp_store=MEMORY; PRAGMA query_only={};",
        options.cacheKiB, options.queryOnly ? 1 : 0);
    return execute(pragmas.c_str());
}

int Database::onBusy(void* self, int count) {
    // Short naps with a cap: SQLite's own handler waits up to 100 ms a time, which starves one of two busy writers.
    constexpr int kDoublings = 6;
    constexpr std::chrono::microseconds kFirst{100};
    const auto* database = static_cast<const Database*>(self);
    const int ramp = count < kDoublings ? count : kDoublings;
    const auto ramped = kFirst * ((1 << ramp) - 1);
    const auto spent = ramped + (count - ramp) * kFirst * (1 << kDoublings);
    if (spent >= database->busyTimeout_) return 0;
    std::this_thread::sleep_for(kFirst * (1 << ramp));
    return 1;
}

Error Database::error(int resultCode, std::string_view what) const {
    // The connection's message belongs to its last failure; for another code the general text is the right one.
    const char* detail =
        sqlite3_extended_errcode(handle_) == resultCode ? sqlite3_errmsg(handle_) : sqlite3_errstr(resultCode);
    return sqliteError(resultCode, sqlite3_system_errno(handle_), detail, what, where_);
}

Result<Statement*> Database::statement(std::string_view sql) {
    if (const auto found = statements_.find(sql); found != statements_.end()) return found->second.get();
    SIGNALBOX_TRY(auto prepared, prepare(sql));
    return statements_.emplace(sql, std::move(prepared)).first->second.get();
}

Result<std::unique_ptr<Statement>> Database::prepare(std::string_view sql) {
    sqlite3_stmt* prepared = nullptr;
    const int code = sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT,
                                        &prepared, nullptr);
    if (code != SQLITE_OK) return fail(error(code, "preparing a statement"));
    return std::make_unique<Statement>(*this, prepared);
}

Status Database::execute(const char* sql) {
    const int code = sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) return fail(error(code, "setting it up"));
    return {};
}

Result<std::int64_t> Database::integer(std::string_view sql) {
    SIGNALBOX_QUERY(query, *this, sql);
    SIGNALBOX_TRY(const bool row, query.step());
    return row ? query.columnInteger(0) : 0;
}

bool Database::inTransaction() const { return sqlite3_get_autocommit(handle_) == 0; }
int Database::changes() const { return sqlite3_changes(handle_); }
std::int64_t Database::lastInsertRow() const { return sqlite3_last_insert_rowid(handle_); }

Result<Transaction> Transaction::begin(Database& database, Mode mode) {
    SIGNALBOX_QUERY(query, database, mode == Mode::Write ? "BEGIN IMMEDIATE" : "BEGIN");
    SIGNALBOX_CHECK(query.run());
    return Transaction(database);
}

Status Transaction::commit() {
    SIGNALBOX_QUERY(query, *database_, "COMMIT");
    SIGNALBOX_CHECK(query.run());
    database_ = nullptr;
    return {};
}

void Transaction::rollback() {
    Database* database = std::exchange(database_, nullptr);
    // After a full disk or a failed write SQLite has often rolled back by itself.
    if (database == nullptr || !database->inTransaction()) return;
    if (auto rollback = database->statement("ROLLBACK")) {
        static_cast<void>(Query(**rollback).run());
    }
}

}  // namespace signalbox::store
