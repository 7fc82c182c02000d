// The schema's versions: from each to the newest, never from a newer one, never into another program's file.
#include "store/migrations.h"

#include <array>
#include <fstream>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "support/store_fixture.h"

namespace signalbox::store {
namespace {

class MigrationsTest : public testing::Test {
protected:
    std::unique_ptr<Database> open(const std::string& name = "a.db") {
        ConnectionOptions options;
        options.path = folder_.path() / name;
        options.create = true;
        auto database = Database::open(options);
        if (!database) throw std::runtime_error(database.error().message);
        return std::move(*database);
    }
    test::TempFolder folder_;
};

constexpr std::array kThreeSteps{
    Migration{1, "things", "CREATE TABLE things (name TEXT NOT NULL)"},
    Migration{2, "sizes", "ALTER TABLE things ADD COLUMN size INTEGER NOT NULL DEFAULT 7"},
    Migration{3, "index", "CREATE INDEX things_by_size ON things (size); UPDATE things SET size = size + 1"},
};

TEST_F(MigrationsTest, TheStepsAreNumberedFromOneWithoutGaps) {
    int expected = 0;
    for (const Migration& step : storeMigrations()) EXPECT_EQ(step.version, ++expected);
    EXPECT_GE(expected, 1);
}

TEST_F(MigrationsTest, EveryVersionReachesTheNewest) {
    const auto steps = storeMigrations();
    const auto objects = "SELECT count(*) FROM sqlite_schema";
    auto fresh = open("fresh.db");
    ASSERT_TRUE(migrate(*fresh, steps));
    for (std::size_t from = 0; from <= steps.size(); ++from) {
        auto database = open(fmt::format("from{}.db", from));
        ASSERT_TRUE(migrate(*database, steps.first(from)));
        EXPECT_EQ(database->integer("PRAGMA user_version").value(), static_cast<std::int64_t>(from));
        ASSERT_TRUE(migrate(*database, steps));
        EXPECT_EQ(database->integer("PRAGMA user_version").value(), steps.back().version);
        EXPECT_EQ(database->integer("PRAGMA application_id").value(), kApplicationId);
        EXPECT_EQ(database->integer(objects).value(), fresh->integer(objects).value());
    }
}

TEST_F(MigrationsTest, DataSurvivesAndEachStepRunsOnce) {
    auto database = open();
    ASSERT_TRUE(migrate(*database, std::span(kThreeSteps).first(1)));
    ASSERT_TRUE(database->execute("INSERT INTO things VALUES ('a')"));
    ASSERT_TRUE(migrate(*database, kThreeSteps));
    ASSERT_TRUE(migrate(*database, kThreeSteps));
    EXPECT_EQ(database->integer("SELECT size FROM things WHERE name = 'a'").value(), 8);
}

TEST_F(MigrationsTest, AFailingStepLeavesTheOldVersionWhole) {
    const std::array broken{kThreeSteps[0], kThreeSteps[1], Migration{3, "nonsense", "UPDATE nothing SET x = 1"}};
    auto database = open();
    ASSERT_TRUE(migrate(*database, std::span(kThreeSteps).first(1)));
    const auto failed = migrate(*database, broken);
    ASSERT_FALSE(failed);
    EXPECT_NE(failed.error().message.find("version 3 (nonsense)"), std::string::npos);
    EXPECT_EQ(database->integer("PRAGMA user_version").value(), 1);
    EXPECT_EQ(database->integer("SELECT count(*) FROM pragma_table_info('things')").value(), 1);
}

TEST_F(MigrationsTest, ANewerDatabaseIsRefusedUntouched) {
    auto database = open();
    ASSERT_TRUE(migrate(*database, storeMigrations()));
    ASSERT_TRUE(database->execute("PRAGMA user_version = 9999"));
    const auto refused = migrate(*database, storeMigrations());
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "store.newer-version");
    EXPECT_NE(refused.error().message.find("9999"), std::string::npos);
    EXPECT_FALSE(refused.error().hint.empty());
    EXPECT_EQ(database->integer("PRAGMA user_version").value(), 9999);
}

TEST_F(MigrationsTest, ADatabaseOfAnotherProgramIsRefusedUntouched) {
    auto database = open();
    ASSERT_TRUE(database->execute("CREATE TABLE recipes (name TEXT)"));
    const auto refused = migrate(*database, storeMigrations());
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "store.foreign");
    EXPECT_EQ(database->integer("SELECT count(*) FROM sqlite_schema").value(), 1);
}

/// What version 2 made, undone: the schema of version 1 with the data that is there.
constexpr const char* kBackToVersion1 =
    "DROP INDEX runs_by_error; DROP TABLE run_logs; DROP TABLE run_log_sizes; DROP TABLE run_nodes; DROP TABLE "
    "settings;"
    "CREATE INDEX runs_with_error ON runs (created_wall) WHERE error_code <> ''; PRAGMA user_version = 1;";

TEST_F(MigrationsTest, AStoreOfVersion1OpensAndKeepsItsRuns) {
    auto first = open("v1.db");
    ASSERT_TRUE(migrate(*first, storeMigrations().first(1)));
    const std::string schema = "SELECT count(*) FROM sqlite_schema";
    test::StoreBench bench;
    bench.open();
    const RunId run = test::newRun();
    auto made = test::creation(run, "owner-a", 3);
    made.summary->errorCode = "http.timeout";
    made.summary->errorMessage = "No answer";
    ASSERT_TRUE(test::appendNow(bench.store(), std::move(made)));
    const auto summary = bench.store().summary(run).value();
    const auto journal = bench.store().readJournal(run).value();
    bench.close();
    test::executeOutside(bench.path(), kBackToVersion1);
    {
        ConnectionOptions options;
        options.path = bench.path();
        EXPECT_EQ(Database::open(options).value()->integer(schema).value(), first->integer(schema).value());
    }
    bench.open();
    EXPECT_EQ(bench.store().summary(run).value(), summary);
    EXPECT_EQ(bench.store().readJournal(run).value(), journal);
    engine::RunFilter filter;
    filter.errorText = "answer";
    EXPECT_EQ(bench.store().list(filter).value().runs.size(), 1U);
    EXPECT_TRUE(test::appendNow(bench.store(), test::batch(run, 4, 1)));
}

TEST_F(MigrationsTest, TheStoreRefusesThemToo) {
    test::StoreBench bench;
    bench.open();
    bench.close();
    test::executeOutside(bench.path(), "PRAGMA user_version = 9999");
    EXPECT_EQ(bench.openError(), "store.newer-version");
    bench.options.path = bench.folder.path() / "text.db";
    std::ofstream(bench.options.path) << std::string(5000, 'x');
    EXPECT_EQ(bench.openError(), "store.corrupt");
    bench.options.path = bench.folder.path() / "other.db";
    test::executeOutside(bench.options.path, "CREATE TABLE recipes (name TEXT)");
    EXPECT_EQ(bench.openError(), "store.foreign");
}

}  // namespace
}  // namespace signalbox::store
