// A SQLite connection for nodes: with a deadline, without a way to other files.
#pragma once

#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "base/value.h"

struct sqlite3;
struct sqlite3_stmt;

namespace signalbox::nodes {

struct SqlLimits {
    Micros timeout = 30'000'000;
    std::size_t maxRows = 100'000;
    std::size_t maxBytes = 64U << 20U;
};

/// Used by one thread. Everything on it ends by the deadline, which counts from opening, or when `stop` is set, also
/// while it waits for a lock. ATTACH and pragmas that reach beyond the database are refused ("sql.refused").
class SqlConnection {
public:
    /// `path` is real (see file_access.h). Errors: "sql.open".
    [[nodiscard]] static Result<std::unique_ptr<SqlConnection>> open(const std::string& path, bool readOnly,
                                                                     const Clock& clock, SqlLimits limits,
                                                                     std::stop_token stop);
    SqlConnection(const SqlConnection&) = delete;
    SqlConnection& operator=(const SqlConnection&) = delete;
    ~SqlConnection();

    [[nodiscard]] sqlite3* handle() const { return database_; }
    [[nodiscard]] const SqlLimits& limits() const { return limits_; }
    /// Runs a statement without values and rows, such as BEGIN.
    [[nodiscard]] Status run(const char* sql);
    /// What the last failure on this connection means.
    [[nodiscard]] tl::unexpected<Error> lastError(std::string_view where = {}) const;

private:
    SqlConnection(const Clock& clock, SqlLimits limits, std::stop_token stop);
    [[nodiscard]] bool mustEnd() const;
    static int onProgress(void* self);
    static int onBusy(void* self, int count);
    static int authorise(void* self, int action, const char* first, const char* second, const char* third,
                         const char* fourth);

    const Clock& clock_;
    SqlLimits limits_;
    std::stop_token stop_;
    Micros deadline_;
    bool readOnly_ = false;
    sqlite3* database_ = nullptr;
};

/// A prepared statement of a connection, which must outlive it.
class SqlStatement {
public:
    /// Takes the first statement off `sql` and leaves the rest in it. Gives one that isEmpty() for only white space and
    /// comments. Error "sql.syntax", "sql.refused".
    [[nodiscard]] static Result<SqlStatement> prepare(SqlConnection& connection, std::string_view& sql);
    /// As prepare, but nothing may follow: "sql.several-statements"; nor may it be empty: "sql.syntax".
    [[nodiscard]] static Result<SqlStatement> prepareOnly(SqlConnection& connection, std::string_view sql);

    [[nodiscard]] bool isEmpty() const { return !statement_; }
    [[nodiscard]] bool isReadOnly() const;
    [[nodiscard]] bool hasParameters() const;
    /// Binds an array by place or an object by name (names not in it are looked up in `more`). Error "sql.parameter".
    [[nodiscard]] Status bind(const Value& values, const Value& more);
    /// Runs it to its end, then resets it, and appends its rows. Errors: "sql.too-large", "sql.column-twice", and those
    /// of lastError().
    [[nodiscard]] Status run(std::vector<Value>& rows);

private:
    struct Finalise {
        void operator()(sqlite3_stmt* statement) const;
    };
    SqlStatement(SqlConnection& connection, sqlite3_stmt* statement)
        : connection_(&connection), statement_(statement) {}
    [[nodiscard]] Status bindOne(int place, const Value& value);
    [[nodiscard]] Result<std::vector<std::string>> columnNames() const;
    [[nodiscard]] Value columnValue(int column) const;

    SqlConnection* connection_;
    std::unique_ptr<sqlite3_stmt, Finalise> statement_;
    std::size_t bytes_ = 0;
};

}  // namespace signalbox::nodes
