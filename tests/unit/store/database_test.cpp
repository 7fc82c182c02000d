// SQLite behind values: statements, transactions, and what each failure is called.
#include "store/database.h"

#include <cerrno>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include "support/store_fixture.h"

namespace signalbox::store {
namespace {

class DatabaseTest : public testing::Test {
protected:
    DatabaseTest() {
        options_.path = folder_.path() / "a.db";
        options_.create = true;
        options_.busyTimeout = std::chrono::milliseconds(5);
    }
    std::unique_ptr<Database> open() {
        auto database = Database::open(options_);
        if (!database) throw std::runtime_error(database.error().message);
        return std::move(*database);
    }

    test::TempFolder folder_;
    ConnectionOptions options_;
};

Status insert(Database& database, std::int64_t number, std::string_view text) {
    SIGNALBOX_QUERY(query, database, "INSERT INTO t (a, b) VALUES (?, ?)");
    return query.integer(number).text(text).run();
}

TEST_F(DatabaseTest, BindsAndReadsEveryKind) {
    auto database = open();
    ASSERT_TRUE(database->execute("CREATE TABLE t (a, b, c, d)"));
    const std::string bytes("\0\xff\x01", 3);
    auto statement = database->statement("INSERT INTO t VALUES (?, ?, ?, ?)");
    ASSERT_TRUE(statement);
    ASSERT_TRUE(Query(**statement).integer(-5).text("a'b").blob(bytes).null().run());
    auto select = database->statement("SELECT a, b, c, d FROM t");
    Query query(**select);
    ASSERT_TRUE(query.step().value());
    EXPECT_EQ(query.columnInteger(0), -5);
    EXPECT_EQ(query.columnText(1), "a'b");
    EXPECT_EQ(query.columnText(2), bytes);
    EXPECT_TRUE(query.columnIsNull(3));
    EXPECT_FALSE(query.columnIsNull(0));
    EXPECT_FALSE(query.step().value());
}

TEST_F(DatabaseTest, EmptyTextIsNotNull) {
    auto database = open();
    ASSERT_TRUE(database->execute("CREATE TABLE t (a, b)"));
    ASSERT_TRUE(insert(*database, 1, std::string_view()));
    EXPECT_EQ(database->integer("SELECT b IS NULL FROM t").value(), 0);
    EXPECT_EQ(database->integer("SELECT length(b) FROM t").value(), 0);
}

TEST_F(DatabaseTest, OneQueryCanRunManyTimes) {
    auto database = open();
    ASSERT_TRUE(database->execute("CREATE TABLE t (a, b)"));
    for (int i = 0; i < 5; ++i) ASSERT_TRUE(insert(*database, i, "x"));
    EXPECT_EQ(database->integer("SELECT sum(a) FROM t").value(), 10);
    EXPECT_EQ(database->integer("SELECT a FROM t WHERE a > 100").value(), 0);
}

TEST_F(DatabaseTest, ATransactionIsRolledBackUnlessCommitted) {
    auto database = open();
    ASSERT_TRUE(database->execute("CREATE TABLE t (a, b)"));
    {
        auto transaction = Transaction::begin(*database, Transaction::Mode::Write);
        ASSERT_TRUE(transaction);
        ASSERT_TRUE(insert(*database, 1, "x"));
    }
    EXPECT_EQ(database->integer("SELECT count(*) FROM t").value(), 0);
    EXPECT_FALSE(database->inTransaction());
    auto transaction = Transaction::begin(*database, Transaction::Mode::Write);
    ASSERT_TRUE(insert(*database, 1, "x"));
    ASSERT_TRUE(transaction->commit());
    EXPECT_EQ(database->integer("SELECT count(*) FROM t").value(), 1);
}

TEST_F(DatabaseTest, ALockHeldByAnotherIsBusyAndRetryable) {
    auto database = open();
    auto other = open();
    ASSERT_TRUE(database->execute("CREATE TABLE t (a, b)"));
    auto held = Transaction::begin(*other, Transaction::Mode::Write);
    ASSERT_TRUE(held);
    const auto refused = Transaction::begin(*database, Transaction::Mode::Write);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "store.busy");
    EXPECT_TRUE(refused.error().retryable);
    EXPECT_EQ(refused.error().where, options_.path.string());
    held->rollback();
    EXPECT_TRUE(Transaction::begin(*database, Transaction::Mode::Write));
}

TEST_F(DatabaseTest, AQueryOnlyConnectionChangesNothing) {
    ASSERT_TRUE(open()->execute("CREATE TABLE t (a, b)"));
    options_.queryOnly = true;
    auto reader = open();
    EXPECT_EQ(insert(*reader, 1, "x").error().code, "store.read-only");
    EXPECT_EQ(reader->integer("SELECT count(*) FROM t").value(), 0);
}

TEST_F(DatabaseTest, AFileThatIsNoDatabaseIsCorrupt) {
    FILE* file = fopen(options_.path.c_str(), "w");
    fputs("this is certainly not an SQLite database, whatever its name says; it is long enough to have a header", file);
    fclose(file);
    const auto opened = Database::open(options_);
    Error error;
    if (opened) {
        error = (*opened)->integer("PRAGMA user_version").error();
    } else {
        error = opened.error();
    }
    EXPECT_EQ(error.code, "store.corrupt");
    EXPECT_FALSE(error.retryable);
    EXPECT_FALSE(error.hint.empty());
}

TEST_F(DatabaseTest, AMissingFolderIsAnIoErrorThatNamesThePath) {
    options_.path = folder_.path() / "nowhere" / "a.db";
    const auto opened = Database::open(options_);
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, "store.io");
    EXPECT_EQ(opened.error().where, options_.path.string());
}

TEST_F(DatabaseTest, ABadStatementNamesTheProblem) {
    auto database = open();
    const auto statement = database->statement("SELECT a FROM nowhere");
    ASSERT_FALSE(statement);
    EXPECT_EQ(statement.error().code, "store.sql");
    EXPECT_NE(statement.error().message.find("nowhere"), std::string::npos);
}

struct CodeCase {
    int sqlite;
    int systemErrno;
    const char* code;
    bool retryable;
};

class SqliteErrorTest : public testing::TestWithParam<CodeCase> {};

TEST_P(SqliteErrorTest, HasItsCodeAndPath) {
    const CodeCase& expected = GetParam();
    const Error error = sqliteError(expected.sqlite, expected.systemErrno, "detail", "writing", "/tmp/x.db");
    EXPECT_EQ(error.code, expected.code);
    EXPECT_EQ(error.retryable, expected.retryable);
    EXPECT_EQ(error.where, "/tmp/x.db");
    EXPECT_NE(error.message.find("detail"), std::string::npos);
    EXPECT_NE(error.message.find("writing"), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(
    Codes, SqliteErrorTest,
    testing::Values(
        CodeCase{SQLITE_FULL, 0, "store.no-space", true}, CodeCase{SQLITE_IOERR_WRITE, ENOSPC, "store.no-space", true},
        CodeCase{SQLITE_IOERR_WRITE, EDQUOT, "store.no-space", true},
        CodeCase{SQLITE_IOERR_FSYNC, EIO, "store.io", true}, CodeCase{SQLITE_CANTOPEN, 0, "store.io", true},
        CodeCase{SQLITE_BUSY, 0, "store.busy", true}, CodeCase{SQLITE_BUSY_SNAPSHOT, 0, "store.busy", true},
        CodeCase{SQLITE_LOCKED, 0, "store.busy", true}, CodeCase{SQLITE_CORRUPT, 0, "store.corrupt", false},
        CodeCase{SQLITE_CORRUPT_INDEX, 0, "store.corrupt", false}, CodeCase{SQLITE_NOTADB, 0, "store.corrupt", false},
        CodeCase{SQLITE_READONLY, 0, "store.read-only", false}, CodeCase{SQLITE_TOOBIG, 0, "store.too-large", false},
        CodeCase{SQLITE_CONSTRAINT_UNIQUE, 0, "store.constraint", false},
        CodeCase{SQLITE_ERROR, 0, "store.sql", false}));

}  // namespace
}  // namespace signalbox::store
