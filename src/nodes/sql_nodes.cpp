#include "nodes/sql_nodes.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include "nodes/embedded.h"
#include "nodes/sql_connection.h"

namespace signalbox::nodes {
namespace {

using engine::NodeCall;
using engine::NodeResult;

enum class SqlMode : std::uint8_t { Execute, ExecuteMany, Script };

struct SqlSettings {
    std::string database;
    std::string sql;
    Value bind;  ///< Undefined: the input
    SqlMode mode;
    bool transaction;
    SqlLimits limits;

    static Result<SqlSettings> read(const Value& params) {
        auto timeout = parseDuration(params["timeout"].asString());
        if (timeout && *timeout <= 0) timeout = fail("duration.syntax", "The timeout must be longer than nothing");
        if (!timeout) {
            Error error = std::move(timeout).error();
            error.where = "timeout";
            return fail(std::move(error));
        }
        const std::string_view mode = params["mode"].asString();
        SqlSettings settings{std::string(params["database"].asString()),
                             std::string(params["sql"].asString()),
                             params["bind"],
                             mode == "executeMany" ? SqlMode::ExecuteMany
                             : mode == "script"    ? SqlMode::Script
                                                   : SqlMode::Execute,
                             params["transaction"].asBoolean(),
                             {*timeout, static_cast<std::size_t>(params["maxRows"].asInteger()),
                              static_cast<std::size_t>(params["maxBytes"].asInteger())}};
        if (settings.mode == SqlMode::Script && settings.bind.isDefined()) {
            return fail("params.invalid", "A script takes no values", "bind", "Use the mode 'execute' for values.");
        }
        if (settings.sql.find('\0') != std::string::npos) {
            return fail("params.invalid", "The SQL holds a zero byte", "sql");
        }
        return settings;
    }
};

Value stepKeyOf(const NodeCall& call) { return Value::object({{"stepKey", call.stepKey}}); }

/// The values that a statement is given: the parameter, else the input, else none when it needs none.
Status bindCall(SqlStatement& statement, const SqlSettings& settings, const NodeCall& call) {
    if (!statement.hasParameters() && settings.bind.isUndefined()) return {};
    return statement.bind(settings.bind.isDefined() ? settings.bind : call.input("input"), stepKeyOf(call));
}

NodeResult query(const SqlSettings& settings, const FileAccess& access, const Clock& clock, const NodeCall& call) {
    SIGNALBOX_TRY(const auto path, resolveForReading(access, call.workspace, settings.database));
    SIGNALBOX_TRY(auto connection, SqlConnection::open(path.string(), true, clock, settings.limits, call.stop));
    SIGNALBOX_TRY(SqlStatement statement, SqlStatement::prepareOnly(*connection, settings.sql));
    if (!statement.isReadOnly()) {
        return fail("sql.read-only", "The statement writes to the database", "sql", "Use an SqlExecuteNode to write.");
    }
    SIGNALBOX_CHECK(bindCall(statement, settings, call));
    std::vector<Value> rows;
    SIGNALBOX_CHECK(statement.run(rows));
    return engine::onOutput(Value::array(std::move(rows)));
}

Status executeMany(SqlConnection& connection, const SqlSettings& settings, const NodeCall& call,
                   std::vector<Value>& returned) {
    SIGNALBOX_TRY(SqlStatement statement, SqlStatement::prepareOnly(connection, settings.sql));
    const Value& rows = settings.bind.isDefined() ? settings.bind : call.input("input");
    if (!rows.isArray()) {
        return fail("sql.parameter", fmt::format("The rows must be an array, not {}", kindName(rows.kind())), "bind");
    }
    const Value stepKey = stepKeyOf(call);
    std::size_t number = 0;
    for (const Value& row : rows.items()) {
        auto done = statement.bind(row, stepKey);
        if (done) done = statement.run(returned);
        if (!done) {
            Error error = std::move(done).error();
            error.message = fmt::format("Row {}: {}", number, error.message);
            error.where = fmt::format("rows[{}]", number);
            return fail(std::move(error));
        }
        ++number;
    }
    return {};
}

Status runScript(SqlConnection& connection, std::string_view script, std::vector<Value>& returned) {
    while (!script.empty()) {
        SIGNALBOX_TRY(SqlStatement statement, SqlStatement::prepare(connection, script));
        if (statement.isEmpty()) continue;
        if (statement.hasParameters()) return fail("sql.parameter", "A script takes no values", "sql");
        SIGNALBOX_CHECK(statement.run(returned));
    }
    return {};
}

Status executeOne(SqlConnection& connection, const SqlSettings& settings, const NodeCall& call,
                  std::vector<Value>& returned) {
    SIGNALBOX_TRY(SqlStatement statement, SqlStatement::prepareOnly(connection, settings.sql));
    SIGNALBOX_CHECK(bindCall(statement, settings, call));
    return statement.run(returned);
}

Status executeMode(SqlConnection& connection, const SqlSettings& settings, const NodeCall& call,
                   std::vector<Value>& returned) {
    switch (settings.mode) {
        case SqlMode::ExecuteMany:
            return executeMany(connection, settings, call, returned);
        case SqlMode::Script:
            return runScript(connection, settings.sql, returned);
        case SqlMode::Execute:
            break;
    }
    return executeOne(connection, settings, call, returned);
}

/// Whether to put a transaction around it. Some statements (VACUUM, a change of the journal mode) allow none, so one
/// statement alone relies on its own.
bool wantsTransaction(const SqlSettings& settings) {
    return settings.mode == SqlMode::ExecuteMany || (settings.mode == SqlMode::Script && settings.transaction);
}

NodeResult execute(const SqlSettings& settings, const FileAccess& access, const Clock& clock, const NodeCall& call) {
    SIGNALBOX_TRY(const auto path, resolveForWriting(access, call.workspace, settings.database));
    SIGNALBOX_TRY(auto connection, SqlConnection::open(path.string(), false, clock, settings.limits, call.stop));
    const bool transaction = wantsTransaction(settings);
    if (transaction) SIGNALBOX_CHECK(connection->run("BEGIN IMMEDIATE"));
    std::vector<Value> rows;
    auto done = executeMode(*connection, settings, call, rows);
    const auto changes = static_cast<std::int64_t>(sqlite3_total_changes64(connection->handle()));
    if (done && transaction) done = connection->run("COMMIT");
    // Closing the connection rolls back what was not committed.
    if (!done) return fail(std::move(done).error());
    return engine::onOutput(
        Value::object({{"changes", changes},
                       {"lastInsertId", static_cast<std::int64_t>(sqlite3_last_insert_rowid(connection->handle()))},
                       {"rows", Value::array(std::move(rows))}}));
}

}  // namespace

Status registerSqlNodes(engine::Registry& registry, const FileAccess& access, const Clock& clock,
                        const std::shared_ptr<BlockingPool>& pool) {
    return registerFamily(
        registry, kSqlManifests,
        {
            {"SqlQueryNode",
             blockingMaker<SqlSettings>(pool,
                                        [access, &clock](const SqlSettings& settings, const NodeCall& call) {
                                            return query(settings, access, clock, call);
                                        })},
            {"SqlExecuteNode",
             blockingMaker<SqlSettings>(pool,
                                        [access, &clock](const SqlSettings& settings, const NodeCall& call) {
                                            return execute(settings, access, clock, call);
                                        })},
        });
}

}  // namespace signalbox::nodes
