// A small SQLite database as values: for state that is read and written a few times a second, not for journals.
#pragma once

#include <chrono>
#include <concepts>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace signalbox::sqlite {

// Errors of everything here: "store.no-space", "store.busy", "store.io" (these may be retried), "store.corrupt",
// "store.read-only", "store.constraint", "store.sql"; `where` is the file.

class SqliteFile;

/// One use of a statement: values are bound (and copied) when it is made, rows are stepped over, columns read from 0.
/// Must not outlive its file. Movable.
class Query {
public:
    Query(Query&& other) noexcept;
    Query(const Query&) = delete;
    Query& operator=(const Query&) = delete;
    Query& operator=(Query&&) = delete;
    ~Query();

    /// True: a row is there to be read. False: done.
    [[nodiscard]] Result<bool> next();

    [[nodiscard]] std::int64_t integer(int column) const;
    [[nodiscard]] std::string text(int column) const;  ///< of TEXT or BLOB; empty when it is NULL
    [[nodiscard]] bool boolean(int column) const { return integer(column) != 0; }
    [[nodiscard]] double number(int column) const;
    [[nodiscard]] bool isNull(int column) const;

private:
    friend class SqliteFile;
    Query(SqliteFile& file, std::string_view sql, sqlite3_stmt* handle) : file_(&file), sql_(sql), handle_(handle) {}
    template <std::integral T>
    void bind(T value) {
        bindInteger(static_cast<std::int64_t>(value));
    }
    void bind(double value);
    void bind(std::string_view value);
    void bind(const std::string& value) { bind(std::string_view(value)); }
    void bind(const char* value) { bind(std::string_view(value)); }
    void bind(std::nullptr_t);
    template <class T>
    void bind(const std::optional<T>& value) {
        if (value) return bind(*value);
        bind(nullptr);
    }
    void bindInteger(std::int64_t value);
    void check(int resultCode);

    SqliteFile* file_;
    std::string_view sql_;
    sqlite3_stmt* handle_;
    int bound_ = 0;
    int failure_ = 0;  ///< of a binding; told by next()
};

/// A change of several rows: undone when it goes out of scope without commit(). Must not outlive its file.
class Transaction {
public:
    Transaction(Transaction&& other) noexcept : file_(std::exchange(other.file_, nullptr)) {}
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    Transaction& operator=(Transaction&&) = delete;
    ~Transaction();
    /// On disk when it gives no error.
    [[nodiscard]] Status commit();

private:
    friend class SqliteFile;
    explicit Transaction(SqliteFile& file) : file_(&file) {}
    SqliteFile* file_;
};

struct SqliteOptions {
    std::filesystem::path path;      ///< made, with its folder, readable by its owner only (0600); made so if it is not
    std::int32_t applicationId = 0;  ///< marks whose file it is; another's is refused with "store.foreign"
    /// SQL that makes the tables: the first for an empty file, each further one for files of the version before it.
    /// A file that has seen more is refused with "store.newer-version". Must outlive open().
    std::span<const char* const> migrations;
    /// Looks at a file that is open elsewhere in this process, where it was made and migrated. In write-ahead mode
    /// whoever reads waits for nobody who writes.
    bool readsOnly = false;
    std::chrono::milliseconds busyTimeout{5000};  ///< how long another process may keep it locked
};

/// One connection: write-ahead log, every commit on disk, foreign keys on. Used by one thread at a time (its owner has
/// the mutex).
class SqliteFile {
public:
    [[nodiscard]] static Result<std::unique_ptr<SqliteFile>> open(const SqliteOptions& options);
    SqliteFile(const SqliteFile&) = delete;
    SqliteFile& operator=(const SqliteFile&) = delete;
    ~SqliteFile();

    /// A query for its rows. `sql` must be a literal: prepared statements are kept by it. Values: integers, bool,
    /// double, text, nullptr, std::optional of these.
    template <class... Values>
    [[nodiscard]] Result<Query> query(std::string_view sql, const Values&... values) {
        SIGNALBOX_TRY(Query made, take(sql));
        (made.bind(values), ...);
        return made;
    }
    /// A statement without rows; gives how many rows it changed.
    template <class... Values>
    Result<std::int64_t> run(std::string_view sql, const Values&... values) {
        SIGNALBOX_TRY(Query made, query(sql, values...));
        SIGNALBOX_CHECK(made.next());
        return changes();
    }
    /// Takes the write lock at once.
    [[nodiscard]] Result<Transaction> begin();
    /// One or more statements without values, put together at run time if need be.
    [[nodiscard]] Status execute(const char* sql);
    [[nodiscard]] std::int64_t lastRow() const;

private:
    friend class Query;
    friend class Transaction;
    SqliteFile(sqlite3* handle, std::string where) : handle_(handle), where_(std::move(where)) {}
    [[nodiscard]] Status configure(const SqliteOptions& options);
    [[nodiscard]] Status migrate(const SqliteOptions& options);
    [[nodiscard]] Result<std::int64_t> pragma(const char* sql);
    [[nodiscard]] Result<Query> take(std::string_view sql);
    void giveBack(std::string_view sql, sqlite3_stmt* handle);
    [[nodiscard]] std::int64_t changes() const;
    [[nodiscard]] Error error(int resultCode) const;

    sqlite3* handle_;
    std::string where_;
    std::unordered_map<std::string_view, std::vector<sqlite3_stmt*>> idle_;
};

}  // namespace signalbox::sqlite
