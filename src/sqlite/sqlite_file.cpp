#include "sqlite/sqlite_file.h"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

namespace signalbox::sqlite {

namespace {

struct Meaning {
    const char* code;
    const char* sentence;
    const char* hint;
    bool retryable;
};

Meaning meaningOf(int resultCode, int systemErrno) {
    const bool isDiskFull = systemErrno == ENOSPC || systemErrno == EDQUOT;
    switch (resultCode & 0xff) {
        case SQLITE_FULL:
            return {"store.no-space", "The disk is full", "Free some space on this file system.", true};
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return {"store.busy", "Another process keeps the database locked", "Try again.", true};
        case SQLITE_IOERR:
            if (isDiskFull) return meaningOf(SQLITE_FULL, 0);
            return {"store.io", "The database could not be read or written", "Look at the disk and the kernel's log.",
                    true};
        case SQLITE_CANTOPEN:
            return {"store.io", "The database could not be opened", "Is its folder there, and may it be written?",
                    true};
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            return {"store.corrupt", "The database is damaged", "Restore it from a backup, or move it away.", false};
        case SQLITE_READONLY:
        case SQLITE_PERM:
        case SQLITE_AUTH:
            return {"store.read-only", "The database may not be written",
                    "Check the permissions of the file and of its folder.", false};
        case SQLITE_CONSTRAINT:
            return {"store.constraint", "The change breaks a rule of the database", "", false};
        default:
            return {"store.sql", "The database refused a statement", "", false};
    }
}

/// Makes the file before SQLite does, so that there is no moment at which others may read it; its log gets the mode
/// of the file.
Status makePrivate(const std::filesystem::path& path) {
    std::error_code ignored;
    std::filesystem::create_directories(path.parent_path(), ignored);
    const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (fd < 0) {
        const bool isDenied = errno == EACCES || errno == EPERM || errno == EROFS;
        return fail(isDenied ? "store.read-only" : "store.io",
                    fmt::format("The database could not be opened: {}", std::strerror(errno)), path.string(),
                    "Is its folder there, and may it be written?", !isDenied);
    }
    struct stat state {};
    if (::fstat(fd, &state) == 0 && (state.st_mode & (S_IRWXG | S_IRWXO)) != 0) ::fchmod(fd, S_IRUSR | S_IWUSR);
    ::close(fd);
    return {};
}

}  // namespace

Query::Query(Query&& other) noexcept
    : file_(other.file_),
      sql_(other.sql_),
      handle_(std::exchange(other.handle_, nullptr)),
      bound_(other.bound_),
      failure_(other.failure_) {}

Query::~Query() {
    if (handle_ != nullptr) file_->giveBack(sql_, handle_);
}

void Query::check(int resultCode) {
    if (resultCode != SQLITE_OK && failure_ == SQLITE_OK) failure_ = resultCode;
}

void Query::bindInteger(std::int64_t value) { check(sqlite3_bind_int64(handle_, ++bound_, value)); }

void Query::bind(double value) { check(sqlite3_bind_double(handle_, ++bound_, value)); }

void Query::bind(std::string_view value) {
    const char* data = value.data() == nullptr ? "" : value.data();
    check(sqlite3_bind_text64(handle_, ++bound_, data, value.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
}

void Query::bind(std::nullptr_t) { check(sqlite3_bind_null(handle_, ++bound_)); }

Result<bool> Query::next() {
    if (failure_ != SQLITE_OK) return fail(file_->error(failure_));
    const int code = sqlite3_step(handle_);
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    return fail(file_->error(code));
}

std::int64_t Query::integer(int column) const { return sqlite3_column_int64(handle_, column); }

std::string Query::text(int column) const {
    const auto* data = static_cast<const char*>(sqlite3_column_blob(handle_, column));
    const int size = sqlite3_column_bytes(handle_, column);
    return data == nullptr ? std::string() : std::string(data, static_cast<std::size_t>(size));
}

double Query::number(int column) const { return sqlite3_column_double(handle_, column); }

bool Query::isNull(int column) const { return sqlite3_column_type(handle_, column) == SQLITE_NULL; }

Transaction::~Transaction() {
    // After a full disk SQLite has often rolled back by itself.
    if (file_ != nullptr && sqlite3_get_autocommit(file_->handle_) == 0) static_cast<void>(file_->execute("ROLLBACK"));
}

Status Transaction::commit() {
    SIGNALBOX_CHECK(file_->run("COMMIT"));
    file_ = nullptr;
    return {};
}

SqliteFile::~SqliteFile() {
    for (const auto& [sql, handles] : idle_) {
        for (sqlite3_stmt* handle : handles) sqlite3_finalize(handle);
    }
    sqlite3_close(handle_);
}

Result<std::unique_ptr<SqliteFile>> SqliteFile::open(const SqliteOptions& options) {
    if (!options.readsOnly) SIGNALBOX_CHECK(makePrivate(options.path));
    constexpr int kFlags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_READWRITE;
    sqlite3* handle = nullptr;
    const int code = sqlite3_open_v2(options.path.c_str(), &handle, kFlags, nullptr);
    if (handle == nullptr) return fail("store.no-memory", "There is not enough memory", options.path.string());
    std::unique_ptr<SqliteFile> file(new SqliteFile(handle, options.path.string()));
    if (code != SQLITE_OK) return fail(file->error(code));
    SIGNALBOX_CHECK(file->configure(options));
    if (options.readsOnly)
        SIGNALBOX_CHECK(file->execute("PRAGMA query_only=ON"));
    else
        SIGNALBOX_CHECK(file->migrate(options));
    return file;
}

Status SqliteFile::configure(const SqliteOptions& options) {
    sqlite3_busy_timeout(handle_, static_cast<int>(options.busyTimeout.count()));
    sqlite3_db_config(handle_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(handle_, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    return execute(
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA mmap_size=0;"
        "PRAGMA cell_size_check=ON; PRAGMA secure_delete=ON; PRAGMA temp_store=MEMORY;");
}

Result<std::int64_t> SqliteFile::pragma(const char* sql) {
    SIGNALBOX_TRY(Query read, query(sql));
    SIGNALBOX_TRY(const bool row, read.next());
    return row ? read.integer(0) : 0;
}

Status SqliteFile::migrate(const SqliteOptions& options) {
    SIGNALBOX_TRY(Transaction change, begin());
    SIGNALBOX_TRY(const std::int64_t owner, pragma("PRAGMA application_id"));
    SIGNALBOX_TRY(const std::int64_t version, pragma("PRAGMA user_version"));
    SIGNALBOX_TRY(const std::int64_t tables, pragma("SELECT count(*) FROM sqlite_master"));
    if (owner != options.applicationId && (owner != 0 || tables != 0)) {
        return fail("store.foreign", "The file is a database of something else", where_, "Give another path.");
    }
    const auto known = static_cast<std::int64_t>(options.migrations.size());
    if (version > known) {
        return fail("store.newer-version", "The database was written by a newer version of Signalbox", where_,
                    "Use that version, or restore the database from a backup of this one's.");
    }
    if (version == known) return {};
    for (std::int64_t step = version; step < known; ++step) {
        SIGNALBOX_CHECK(execute(options.migrations[static_cast<std::size_t>(step)]));
    }
    SIGNALBOX_CHECK(execute(
        fmt::format("PRAGMA application_id={}; PRAGMA user_version={};", options.applicationId, known).c_str()));
    return change.commit();
}

Result<Query> SqliteFile::take(std::string_view sql) {
    if (const auto found = idle_.find(sql); found != idle_.end() && !found->second.empty()) {
        sqlite3_stmt* const handle = found->second.back();
        found->second.pop_back();
        return Query(*this, sql, handle);
    }
    sqlite3_stmt* prepared = nullptr;
    const int code = sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT,
                                        &prepared, nullptr);
    if (code != SQLITE_OK) return fail(error(code));
    return Query(*this, sql, prepared);
}

void SqliteFile::giveBack(std::string_view sql, sqlite3_stmt* handle) {
    sqlite3_reset(handle);
    sqlite3_clear_bindings(handle);
    idle_[sql].push_back(handle);
}

Result<Transaction> SqliteFile::begin() {
    SIGNALBOX_CHECK(run("BEGIN IMMEDIATE"));
    return Transaction(*this);
}

Status SqliteFile::execute(const char* sql) {
    const int code = sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) return fail(error(code));
    return {};
}

std::int64_t SqliteFile::lastRow() const { return sqlite3_last_insert_rowid(handle_); }

std::int64_t SqliteFile::changes() const { return sqlite3_changes64(handle_); }

Error SqliteFile::error(int resultCode) const {
    // The connection's message belongs to its last failure only.
    const char* detail =
        sqlite3_extended_errcode(handle_) == resultCode ? sqlite3_errmsg(handle_) : sqlite3_errstr(resultCode);
    const Meaning meaning = meaningOf(resultCode, sqlite3_system_errno(handle_));
    return Error{meaning.code, fmt::format("{}: {}", meaning.sentence, detail), where_, meaning.hint,
                 meaning.retryable};
}

}  // namespace signalbox::sqlite
