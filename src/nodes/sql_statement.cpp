#include <algorithm>

#include <fmt/format.h>
#include <sqlite3.h>

#include "base/json.h"
#include "base/text.h"
#include "nodes/sql_connection.h"

namespace signalbox::nodes {

void SqlStatement::Finalise::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }

Result<SqlStatement> SqlStatement::prepare(SqlConnection& connection, std::string_view& sql) {
    sqlite3_stmt* statement = nullptr;
    const char* tail = nullptr;
    const int prepared =
        sqlite3_prepare_v2(connection.handle(), sql.data(), static_cast<int>(sql.size()), &statement, &tail);
    if (prepared != SQLITE_OK) {
        Error error = connection.lastError("sql").value();
        const int offset = sqlite3_error_offset(connection.handle());
        if (error.code == "sql.failed") error.code = "sql.syntax";
        if (offset >= 0) {
            const LineColumn at = lineColumnAt(sql, static_cast<std::size_t>(offset));
            error.where = fmt::format("sql, line {}, column {}", at.line, at.column);
        }
        return fail(std::move(error));
    }
    sql.remove_prefix(static_cast<std::size_t>(tail - sql.data()));
    return SqlStatement(connection, statement);
}

Result<SqlStatement> SqlStatement::prepareOnly(SqlConnection& connection, std::string_view sql) {
    SIGNALBOX_TRY(SqlStatement statement, prepare(connection, sql));
    if (statement.isEmpty()) return fail("sql.syntax", "There is no statement in the SQL", "sql");
    while (!sql.empty()) {
        auto next = prepare(connection, sql);
        if (next && next->isEmpty()) continue;
        return fail("sql.several-statements", "The SQL holds more than one statement", "sql",
                    "Only SqlExecuteNode in the mode 'script' runs several, without values.");
    }
    return statement;
}

bool SqlStatement::isReadOnly() const { return sqlite3_stmt_readonly(statement_.get()) != 0; }
bool SqlStatement::hasParameters() const { return sqlite3_bind_parameter_count(statement_.get()) > 0; }

Status SqlStatement::bindOne(int place, const Value& value) {
    sqlite3_stmt* const statement = statement_.get();
    const std::string_view text = value.asString();
    int bound = SQLITE_OK;
    switch (value.kind()) {
        case Value::Kind::Undefined:
        case Value::Kind::Null:
            bound = sqlite3_bind_null(statement, place);
            break;
        case Value::Kind::Boolean:
            bound = sqlite3_bind_int(statement, place, value.asBoolean() ? 1 : 0);
            break;
        case Value::Kind::Integer:
            bound = sqlite3_bind_int64(statement, place, value.asInteger());
            break;
        case Value::Kind::Number:
            bound = sqlite3_bind_double(statement, place, value.asNumber());
            break;
        case Value::Kind::String:
            bound = sqlite3_bind_text64(statement, place, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
            break;
        case Value::Kind::Bytes:
            // An empty blob needs a place to point at, or it would be bound as NULL.
            bound =
                sqlite3_bind_blob64(statement, place, text.empty() ? "" : text.data(), text.size(), SQLITE_TRANSIENT);
            break;
        case Value::Kind::Array:
        case Value::Kind::Object: {
            const std::string json = writeJson(value);
            bound = sqlite3_bind_text64(statement, place, json.data(), json.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
            break;
        }
    }
    if (bound != SQLITE_OK) return connection_->lastError("bind");
    return {};
}

Status SqlStatement::bind(const Value& values, const Value& more) {
    const int count = sqlite3_bind_parameter_count(statement_.get());
    for (int place = 1; place <= count; ++place) {
        const char* const name = sqlite3_bind_parameter_name(statement_.get(), place);
        // "?7" is a place as well; ":name", "@name" and "$name" are names.
        if (name != nullptr && name[0] != '?') {
            const Value* value = values.find(name + 1);
            if (value == nullptr) value = more.find(name + 1);
            if (value == nullptr) {
                return fail("sql.parameter", fmt::format("There is no value for '{}'", name), "bind",
                            "Values by name come from an object with a member of that name.");
            }
            SIGNALBOX_CHECK(bindOne(place, *value));
            continue;
        }
        if (!values.isArray() || values.size() < static_cast<std::size_t>(place)) {
            return fail("sql.parameter",
                        fmt::format("The statement has {} places, but there are {} values", count,
                                    values.isArray() ? values.size() : 0),
                        "bind", "Values by place come from an array.");
        }
        SIGNALBOX_CHECK(bindOne(place, values.at(static_cast<std::size_t>(place) - 1)));
    }
    const bool tooMany = values.isArray() && values.size() > static_cast<std::size_t>(count);
    if (tooMany) {
        return fail("sql.parameter", fmt::format("There are {} values for {} places", values.size(), count), "bind");
    }
    return {};
}

Result<std::vector<std::string>> SqlStatement::columnNames() const {
    std::vector<std::string> names;
    for (int i = 0; i < sqlite3_column_count(statement_.get()); ++i) {
        std::string name = sqlite3_column_name(statement_.get(), i);
        if (std::ranges::find(names, name) != names.end()) {
            return fail("sql.column-twice", fmt::format("Two columns are named '{}'", name), "sql",
                        "Name one of them with AS.");
        }
        names.push_back(std::move(name));
    }
    return names;
}

Value SqlStatement::columnValue(int column) const {
    sqlite3_stmt* const statement = statement_.get();
    switch (sqlite3_column_type(statement, column)) {
        case SQLITE_INTEGER:
            return Value(static_cast<std::int64_t>(sqlite3_column_int64(statement, column)));
        case SQLITE_FLOAT:
            return Value(sqlite3_column_double(statement, column));
        case SQLITE_NULL:
            return Value(nullptr);
        default:
            break;
    }
    const auto* const data = static_cast<const char*>(sqlite3_column_blob(statement, column));
    const std::string_view content(data == nullptr ? "" : data,
                                   static_cast<std::size_t>(sqlite3_column_bytes(statement, column)));
    const bool isText = sqlite3_column_type(statement, column) == SQLITE_TEXT && isValidUtf8(content);
    return isText ? Value(content) : Value::bytes(content);
}

Status SqlStatement::run(std::vector<Value>& rows) {
    SIGNALBOX_TRY(const auto names, columnNames());
    int stepped = SQLITE_ROW;
    while ((stepped = sqlite3_step(statement_.get())) == SQLITE_ROW) {
        if (rows.size() >= connection_->limits().maxRows) {
            sqlite3_reset(statement_.get());
            return fail("sql.too-large", fmt::format("There are more than {} rows", connection_->limits().maxRows),
                        "sql", "Ask for fewer with LIMIT, or raise 'maxRows'.");
        }
        std::vector<Member> members;
        members.reserve(names.size());
        for (std::size_t i = 0; i < names.size(); ++i) {
            Value value = columnValue(static_cast<int>(i));
            bytes_ += sizeof(Value) + value.size();
            members.emplace_back(names[i], std::move(value));
        }
        if (bytes_ > connection_->limits().maxBytes) {
            sqlite3_reset(statement_.get());
            return fail("sql.too-large",
                        fmt::format("The rows hold more than {} bytes", connection_->limits().maxBytes), "sql");
        }
        rows.push_back(Value::object(std::move(members)));
    }
    if (stepped != SQLITE_DONE) {
        auto error = connection_->lastError("sql");
        sqlite3_reset(statement_.get());
        return error;
    }
    sqlite3_reset(statement_.get());
    return {};
}

}  // namespace signalbox::nodes
