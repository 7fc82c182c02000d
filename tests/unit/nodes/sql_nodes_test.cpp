#include <thread>

#include <gtest/gtest.h>
#include <sqlite3.h>

#include "unit/nodes/node_harness.h"

namespace signalbox::nodes {
namespace {

class SqlNodes : public testing::Test {
protected:
    SqlNodes() {
        script(
            "CREATE TABLE packages (id INTEGER PRIMARY KEY, name TEXT UNIQUE, size REAL, data BLOB);\n"
            "INSERT INTO packages (name, size, data) VALUES ('bash', 1.5, x'00ff'), ('dash', 2, NULL);");
    }
    Value params(const std::string& sql, const char* more = "{}") {
        return json(more).with("database", "test.db").with("sql", sql);
    }
    Value script(const std::string& sql) {
        return harness.output("SqlExecuteNode", params(sql, R"({"mode": "script"})"));
    }
    Value query(const std::string& sql, const char* more = "{}", const Value& inputs = Value::object()) {
        return harness.output("SqlQueryNode", params(sql, more), inputs);
    }
    Error queryError(const std::string& sql, const char* more = "{}", const Value& inputs = Value::object()) {
        return harness.error("SqlQueryNode", params(sql, more), inputs);
    }
    Error executeError(const std::string& sql, const char* more = "{}", const Value& inputs = Value::object()) {
        return harness.error("SqlExecuteNode", params(sql, more), inputs);
    }
    Value count() { return query("SELECT count(*) AS n FROM packages").at(0)["n"]; }
    NodeHarness harness;
};

TEST_F(SqlNodes, QueryGivesRowsWithTheirTypes) {
    const Value rows = query("SELECT * FROM packages ORDER BY id");
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows.at(0)["id"], Value(1));
    EXPECT_EQ(rows.at(0)["name"], Value("bash"));
    EXPECT_EQ(rows.at(0)["size"], Value(1.5));
    EXPECT_EQ(rows.at(0)["data"], Value::bytes(std::string_view("\0\xFF", 2)));
    EXPECT_TRUE(rows.at(1)["data"].isNull());
}

TEST_F(SqlNodes, ValuesAreBoundAndNeverSpliced) {
    const Value evil("x'; DROP TABLE packages; --");
    EXPECT_EQ(harness.output("SqlQueryNode", params("SELECT ? AS v").with("bind", Value::array({evil}))).at(0)["v"],
              evil);
    EXPECT_EQ(query("SELECT name FROM packages WHERE name = :name", R"({"bind": {"name": "dash", "more": 1}})"),
              json(R"([{"name": "dash"}])"));
    EXPECT_EQ(query("SELECT ?2 AS b, ?1 AS a", R"({"bind": [1, "x"]})"), json(R"([{"b": "x", "a": 1}])"));
    EXPECT_EQ(query("SELECT $a AS a, @b AS b", R"({"bind": {"a": true, "b": {"k": [1]}}})"),
              json(R"([{"a": 1, "b": "{\"k\":[1]}"}])"));
    EXPECT_EQ(count(), Value(2));
}

TEST_F(SqlNodes, ValuesComeFromTheInputWhenNotGiven) {
    EXPECT_EQ(query("SELECT name FROM packages WHERE name = :name", "{}", json(R"({"input": {"name": "bash"}})")),
              json(R"([{"name": "bash"}])"));
    EXPECT_EQ(query("SELECT 1 AS one", "{}", json(R"({"input": {"unused": 1}})")), json(R"([{"one": 1}])"));
}

TEST_F(SqlNodes, BytesAndTextsGoThereAndBack) {
    const Value data = Value::bytes(std::string_view("\0\1\xFE", 3));
    static_cast<void>(harness.output("SqlExecuteNode", params("INSERT INTO packages (name, data) VALUES (?, ?)"),
                                     Value::object({{"input", Value::array({"Müller ☂", data})}})));
    const Value row = query("SELECT name, data FROM packages WHERE id = 3").at(0);
    EXPECT_EQ(row["name"], Value("Müller ☂"));
    EXPECT_EQ(row["data"], data);
}

TEST_F(SqlNodes, MissingValuesAreNamed) {
    EXPECT_EQ(queryError("SELECT :a", R"({"bind": {"b": 1}})").code, "sql.parameter");
    EXPECT_EQ(queryError("SELECT ?, ?", R"({"bind": [1]})").code, "sql.parameter");
    EXPECT_EQ(queryError("SELECT ?", R"({"bind": [1, 2]})").code, "sql.parameter");
    EXPECT_EQ(queryError("SELECT ?").code, "sql.parameter");
}

TEST_F(SqlNodes, QueryOnlyReads) {
    EXPECT_EQ(queryError("DELETE FROM packages").code, "sql.read-only");
    EXPECT_EQ(queryError("SELECT 1; DELETE FROM packages").code, "sql.several-statements");
    EXPECT_EQ(query("SELECT 1 AS one; -- a comment\n ;").size(), 1U);
    EXPECT_EQ(queryError("ATTACH 'other.db' AS o").code, "sql.refused");
    EXPECT_EQ(queryError("PRAGMA user_version = 5").code, "sql.refused");
    EXPECT_EQ(queryError("SELECT load_extension('x')").code, "sql.failed");
    EXPECT_EQ(query("PRAGMA table_info(packages)").size(), 4U);
    EXPECT_EQ(count(), Value(2));
}

TEST_F(SqlNodes, ErrorsOfTheSqlNameThePlace) {
    const Error error = queryError("SELECT name\nFROM nowhere");
    EXPECT_EQ(error.code, "sql.syntax");
    EXPECT_NE(error.message.find("nowhere"), std::string::npos);
    const Error syntax = queryError("SELECT name\nFRM packages x y");
    EXPECT_EQ(syntax.code, "sql.syntax");
    EXPECT_NE(syntax.where.find("line 2"), std::string::npos) << syntax.where;
    EXPECT_EQ(queryError("  -- nothing").code, "sql.syntax");
    EXPECT_EQ(queryError("SELECT 1 AS a, 2 AS a").code, "sql.column-twice");
}

TEST_F(SqlNodes, LimitsAreHeld) {
    const char* const many = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n";
    EXPECT_EQ(queryError(many, R"({"maxRows": 100})").code, "sql.too-large");
    EXPECT_EQ(queryError(std::string(many) + " WHERE i < 0", R"({"timeout": "100ms"})").code, "sql.timeout");
    EXPECT_EQ(queryError("SELECT zeroblob(1000000) AS z", R"({"maxBytes": 1000})").code, "sql.too-large");
    EXPECT_EQ(query(std::string(many) + " LIMIT 50").size(), 50U);
}

TEST_F(SqlNodes, StoppingInterruptsTheStatement) {
    std::jthread stopper([this] { harness.stop().request_stop(); });
    const Error error =
        queryError("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n WHERE i < 0");
    EXPECT_EQ(error.code, "node.stopped");
}

TEST_F(SqlNodes, OpensOnlyDatabases) {
    EXPECT_EQ(harness.error("SqlQueryNode", json(R"({"database": "none.db", "sql": "SELECT 1"})")).code,
              "file.not-found");
    harness.workspace().write("text.db", std::string(5000, 'x'));
    EXPECT_EQ(harness.error("SqlQueryNode", json(R"({"database": "text.db", "sql": "SELECT * FROM t"})")).code,
              "sql.corrupt");
    EXPECT_EQ(harness.error("SqlExecuteNode", json(R"({"database": "../x.db", "sql": "SELECT 1"})")).code,
              "file.outside-workspace");
}

TEST_F(SqlNodes, ExecuteTellsWhatItChanged) {
    const Value done = harness.output(
        "SqlExecuteNode",
        params("INSERT INTO packages (name) VALUES (:name) RETURNING id, name", R"({"bind": {"name": "zsh"}})"));
    EXPECT_EQ(done["changes"], Value(1));
    EXPECT_EQ(done["lastInsertId"], Value(3));
    EXPECT_EQ(done["rows"], json(R"([{"id": 3, "name": "zsh"}])"));
}

TEST_F(SqlNodes, ExecuteManyIsAllOrNothing) {
    const char* const insert = "INSERT INTO packages (name, size) VALUES (:name, :size)";
    const char* const many = R"({"mode": "executeMany"})";
    const Value rows = json(R"({"input": [{"name": "a", "size": 1}, {"name": "b", "size": null}]})");
    EXPECT_EQ(harness.output("SqlExecuteNode", params(insert, many), rows)["changes"], Value(2));
    const Error error =
        executeError(insert, many, json(R"({"input": [{"name": "c", "size": 1}, {"name": "bash", "size": 1}]})"));
    EXPECT_EQ(error.code, "sql.constraint");
    EXPECT_EQ(error.where, "rows[1]");
    EXPECT_EQ(count(), Value(4));
    EXPECT_EQ(executeError(insert, many, json(R"({"input": 7})")).code, "sql.parameter");
}

TEST_F(SqlNodes, TheStepKeyMakesARepeatedStepHarmless) {
    script("CREATE TABLE done (step TEXT PRIMARY KEY)");
    const Value insert = params("INSERT INTO done VALUES (:stepKey) ON CONFLICT DO NOTHING");
    EXPECT_EQ(harness.output("SqlExecuteNode", insert)["changes"], Value(1));
    EXPECT_EQ(harness.output("SqlExecuteNode", insert)["changes"], Value(0));
    harness.stepKey = "step-2";
    EXPECT_EQ(harness.output("SqlExecuteNode", insert)["changes"], Value(1));
}

TEST_F(SqlNodes, AScriptIsOneTransactionUnlessToldOtherwise) {
    const std::string failing =
        "INSERT INTO packages (name) VALUES ('one'); INSERT INTO packages (name) VALUES ('bash')";
    EXPECT_EQ(executeError(failing, R"({"mode": "script"})").code, "sql.constraint");
    EXPECT_EQ(count(), Value(2));
    EXPECT_EQ(executeError(failing, R"({"mode": "script", "transaction": false})").code, "sql.constraint");
    EXPECT_EQ(count(), Value(3));
    EXPECT_EQ(executeError("INSERT INTO packages (name) VALUES (?)", R"({"mode": "script"})").code, "sql.parameter");
    EXPECT_EQ(executeError("SELECT 1; SELECT 2").code, "sql.several-statements");
    const Value vacuumed = harness.output("SqlExecuteNode", params("VACUUM"));
    EXPECT_TRUE(vacuumed.isObject());
}

TEST_F(SqlNodes, ExecuteHasNoWayToOtherFiles) {
    EXPECT_EQ(executeError("ATTACH '/tmp/other.db' AS o").code, "sql.refused");
    EXPECT_EQ(executeError("VACUUM INTO 'copy.db'").code.substr(0, 4), "sql.");
    EXPECT_FALSE(std::filesystem::exists("copy.db"));
    EXPECT_EQ(executeError("PRAGMA temp_store_directory = '/tmp'").code, "sql.refused");
    EXPECT_EQ(executeError("PRAGMA writable_schema = 1").code, "sql.refused");
}

TEST_F(SqlNodes, ALockIsWaitedForAndThenReported) {
    sqlite3* other = nullptr;
    ASSERT_EQ(sqlite3_open((harness.workspace().path() / "test.db").c_str(), &other), SQLITE_OK);
    ASSERT_EQ(sqlite3_exec(other, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr), SQLITE_OK);
    const Error error = executeError("DELETE FROM packages", R"({"timeout": "100ms"})");
    EXPECT_EQ(error.code, "sql.locked");
    EXPECT_TRUE(error.retryable);
    sqlite3_exec(other, "ROLLBACK", nullptr, nullptr, nullptr);
    sqlite3_close(other);
    EXPECT_EQ(harness.output("SqlExecuteNode", params("DELETE FROM packages"))["changes"], Value(2));
}

}  // namespace
}  // namespace signalbox::nodes
