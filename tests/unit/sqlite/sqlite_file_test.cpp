#include "sqlite/sqlite_file.h"

#include <array>
#include <cstdlib>
#include <fstream>

#include <gtest/gtest.h>
#include <sys/stat.h>

namespace signalbox::sqlite {
namespace {

namespace fs = std::filesystem;

constexpr std::array<const char*, 1> kFirst{"CREATE TABLE t (k TEXT PRIMARY KEY, n INTEGER, x REAL)"};
constexpr std::array<const char*, 2> kSecond{kFirst[0], "ALTER TABLE t ADD COLUMN note TEXT"};

class SqliteFileTest : public ::testing::Test {
protected:
    SqliteFileTest() {
        std::string name = (fs::temp_directory_path() / "signalbox-sqlite-XXXXXX").string();
        if (::mkdtemp(name.data()) != nullptr) folder_ = name;
        options_.path = folder_ / "below" / "t.db";
        options_.applicationId = 77;
        options_.migrations = kFirst;
        options_.busyTimeout = std::chrono::milliseconds(10);
    }
    ~SqliteFileTest() override {
        std::error_code ignored;
        fs::remove_all(folder_, ignored);
    }
    std::unique_ptr<SqliteFile> open() {
        auto file = SqliteFile::open(options_);
        EXPECT_TRUE(file) << file.error().code << " " << file.error().message;
        return file ? std::move(*file) : nullptr;
    }
    std::string codeOfOpening() {
        const auto file = SqliteFile::open(options_);
        return file ? "ok" : file.error().code;
    }
    static std::int64_t count(SqliteFile& file) {
        auto rows = file.query("SELECT count(*) FROM t");
        EXPECT_TRUE(rows && *rows->next());
        return rows->integer(0);
    }

    fs::path folder_;
    SqliteOptions options_;
};

TEST_F(SqliteFileTest, KeepsValuesOfEachKind) {
    const auto file = open();
    const std::string zero("a\0b", 3);
    ASSERT_TRUE(file->run("INSERT INTO t VALUES (?, ?, ?)", zero, std::uint64_t{7}, 1.5));
    ASSERT_TRUE(file->run("INSERT INTO t VALUES (?, ?, ?)", "empty", std::optional<int>(), nullptr));
    ASSERT_TRUE(file->run("INSERT INTO t VALUES (?, ?, ?)", std::string_view(), true, 0.0));
    auto row = file->query("SELECT k, n, x FROM t WHERE k = ?", zero);
    ASSERT_TRUE(row && *row->next());
    EXPECT_EQ(row->text(0), zero);
    EXPECT_EQ(row->integer(1), 7);
    EXPECT_EQ(row->number(2), 1.5);
    EXPECT_FALSE(*row->next());
    auto none = file->query("SELECT n FROM t WHERE k = 'empty'");
    ASSERT_TRUE(none && *none->next());
    EXPECT_TRUE(none->isNull(0));
    EXPECT_EQ(none->text(0), "");
    EXPECT_EQ(*file->run("UPDATE t SET n = 0"), 3) << "rows that changed";
}

TEST_F(SqliteFileTest, MayUseOneStatementTwiceAtOnce) {
    const auto file = open();
    for (int i = 0; i < 3; ++i) ASSERT_TRUE(file->run("INSERT INTO t (k) VALUES (?)", std::to_string(i)));
    constexpr std::string_view kAll = "SELECT k FROM t";
    int pairs = 0;
    auto outer = file->query(kAll);
    while (*outer->next()) {
        auto inner = file->query(kAll);
        while (*inner->next()) ++pairs;
    }
    EXPECT_EQ(pairs, 9);
}

TEST_F(SqliteFileTest, UndoesWhatWasNotCommitted) {
    const auto file = open();
    {
        auto change = file->begin();
        ASSERT_TRUE(change);
        ASSERT_TRUE(file->run("INSERT INTO t (k) VALUES ('a')"));
    }
    EXPECT_EQ(count(*file), 0);
    auto change = file->begin();
    ASSERT_TRUE(file->run("INSERT INTO t (k) VALUES ('b')"));
    ASSERT_TRUE(change->commit());
    EXPECT_EQ(count(*file), 1);
    EXPECT_EQ(file->run("INSERT INTO t (k) VALUES ('b')").error().code, "store.constraint");
    EXPECT_EQ(file->run("INSERT INTO nothing VALUES (1)").error().code, "store.sql");
}

TEST_F(SqliteFileTest, TellsWhenAnotherHasItLocked) {
    const auto first = open();
    const auto second = open();
    const auto change = first->begin();
    const auto refused = second->begin();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "store.busy");
    EXPECT_TRUE(refused.error().retryable);
}

TEST_F(SqliteFileTest, IsReadableByItsOwnerOnly) {
    fs::create_directories(options_.path.parent_path());
    std::ofstream(options_.path).close();
    fs::permissions(options_.path, fs::perms(0644));
    const auto file = open();
    ASSERT_TRUE(file->run("INSERT INTO t (k) VALUES ('a')"));
    for (const char* ending : {"", "-wal", "-shm"}) {
        struct stat state {};
        ASSERT_EQ(::stat((options_.path.string() + ending).c_str(), &state), 0) << ending;
        EXPECT_EQ(state.st_mode & 0777U, 0600U) << ending;
    }
}

TEST_F(SqliteFileTest, GrowsWithNewVersionsAndRefusesThoseItDoesNotKnow) {
    open()->run("INSERT INTO t (k) VALUES ('kept')").value();
    options_.migrations = kSecond;
    EXPECT_EQ(count(*open()), 1);
    options_.migrations = kFirst;
    EXPECT_EQ(codeOfOpening(), "store.newer-version");
    options_.migrations = kSecond;
    options_.applicationId = 78;
    EXPECT_EQ(codeOfOpening(), "store.foreign");
}

TEST_F(SqliteFileTest, RefusesWhatIsNoDatabase) {
    fs::create_directories(options_.path.parent_path());
    std::ofstream(options_.path) << std::string(5000, 'x');
    EXPECT_EQ(codeOfOpening(), "store.corrupt");
    options_.path = "/proc/nothing/t.db";
    EXPECT_NE(codeOfOpening(), "ok");
}

}  // namespace
}  // namespace signalbox::sqlite
