// SQLite as values: a connection, its cached prepared statements and transactions, every failure an Error.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace signalbox::store {

/// How a connection is opened.
struct ConnectionOptions {
    std::filesystem::path path;
    std::string vfs;  ///< name of a registered SQLite VFS; empty: the system's
    std::chrono::milliseconds busyTimeout{5000};
    int cacheKiB = 2048;
    bool queryOnly = false;  ///< refuses statements that change something
    bool create = false;
};

/// What an SQLite result code means here. `what` says what was being done; `where` is the database's path.
/// Codes: "store.no-space", "store.busy", "store.io" (these may be retried), "store.corrupt", "store.read-only",
/// "store.too-large", "store.constraint", "store.no-memory", "store.interrupted", "store.sql".
[[nodiscard]] Error sqliteError(int resultCode, int systemErrno, std::string_view detail, std::string_view what,
                                const std::string& where);

class Database;

/// One prepared statement, owned by its Database and reused. Not thread-safe, as its connection.
class Statement {
public:
    Statement(Database& database, sqlite3_stmt* handle) : database_(&database), handle_(handle) {}
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;
    ~Statement();

private:
    friend class Query;
    Database* database_;
    sqlite3_stmt* handle_;
};

/// One use of a statement: binds from left to right, steps, reads columns; resets the statement when it goes out of
/// scope. Bound text and blobs are not copied: they must live as long as the Query.
class Query {
public:
    explicit Query(Statement& statement) : statement_(&statement) {}
    Query(const Query&) = delete;
    Query& operator=(const Query&) = delete;
    ~Query();

    Query& integer(std::int64_t value);
    Query& text(std::string_view value);
    Query& blob(std::string_view value);
    Query& null();
    /// True: a row is there to be read. False: done.
    [[nodiscard]] Result<bool> step();
    /// Steps once and expects no row of interest; leaves the statement ready for the next bindings.
    [[nodiscard]] Status run();

    [[nodiscard]] std::int64_t columnInteger(int column) const;
    [[nodiscard]] std::string_view columnText(int column) const;  ///< of TEXT or BLOB; valid until the next step
    [[nodiscard]] bool columnIsNull(int column) const;

private:
    void check(int resultCode);
    Statement* statement_;
    int next_ = 1;
    int bindFailure_ = 0;
};

/// One connection. Used by one thread at a time; SQLite's own mutex is off.
class Database {
public:
    [[nodiscard]] static Result<std::unique_ptr<Database>> open(const ConnectionOptions& options);
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;
    ~Database();

    /// The cached statement for this SQL. `sql` must be a literal: the cache keeps the view.
    [[nodiscard]] Result<Statement*> statement(std::string_view sql);
    /// A statement that is not cached, for SQL put together at run time. Must not outlive the connection.
    [[nodiscard]] Result<std::unique_ptr<Statement>> prepare(std::string_view sql);
    /// Runs one or more statements without parameters.
    [[nodiscard]] Status execute(const char* sql);
    /// The single integer that a query without parameters gives, 0 when it gives no row.
    [[nodiscard]] Result<std::int64_t> integer(std::string_view sql);

    [[nodiscard]] bool inTransaction() const;
    [[nodiscard]] int changes() const;
    [[nodiscard]] std::int64_t lastInsertRow() const;
    [[nodiscard]] const std::string& where() const { return where_; }
    [[nodiscard]] sqlite3* handle() const { return handle_; }
    [[nodiscard]] Error error(int resultCode, std::string_view what) const;

private:
    Database(sqlite3* handle, const ConnectionOptions& options);
    static int onBusy(void* self, int count);
    [[nodiscard]] Status configure(const ConnectionOptions& options);

    sqlite3* handle_;
    std::string where_;
    std::chrono::milliseconds busyTimeout_;
    std::unordered_map<std::string_view, std::unique_ptr<Statement>> statements_;
};

/// A transaction that is rolled back unless committed.
class Transaction {
public:
    enum class Mode : std::uint8_t { Read, Write };  ///< Write takes the write lock at once
    [[nodiscard]] static Result<Transaction> begin(Database& database, Mode mode);
    Transaction(Transaction&& other) noexcept : database_(std::exchange(other.database_, nullptr)) {}
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    ~Transaction() { rollback(); }

    [[nodiscard]] Status commit();
    void rollback();

private:
    explicit Transaction(Database& database) : database_(&database) {}
    Database* database_;
};

}  // namespace signalbox::store

/// SIGNALBOX_QUERY(query, database, "SELECT ..."): a Query named query on the cached statement, or returns the error.
#define SIGNALBOX_QUERY(name, database, sql)                                                 \
    SIGNALBOX_TRY(auto* SIGNALBOX_CONCAT(statementOf, __LINE__), (database).statement(sql)); \
    ::signalbox::store::Query name(*SIGNALBOX_CONCAT(statementOf, __LINE__))
