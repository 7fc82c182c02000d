// What is removed and what never is.
#include <gtest/gtest.h>

#include "support/store_fixture.h"

namespace signalbox::test {
namespace {

using engine::RunStatus;

constexpr Micros kDay = 24LL * 3600 * 1'000'000;

class RetentionTest : public testing::Test {
protected:
    void open(const store::Retention& retention) {
        bench_.options.retention = retention;
        bench_.open();
    }
    store::SqliteStore& store() { return bench_.store(); }
    RunId add(RunStatus status, Micros finishedAgo, std::uint64_t records = 3, RunId parent = {}) {
        auto append = creation(newRun(), "owner-a", records);
        append.summary->status = status;
        append.summary->createdWall = bench_.clock.wallNow() - finishedAgo - 1000;
        append.summary->finishedWall = engine::isTerminal(status) ? bench_.clock.wallNow() - finishedAgo : 0;
        append.summary->parent = parent;
        const RunId run = append.run;
        EXPECT_TRUE(appendNow(store(), std::move(append)));
        return run;
    }
    bool exists(RunId run) { return store().summary(run).value().has_value(); }
    std::int64_t ask(const std::string& sql) { return askOutside(bench_.path(), sql); }
    StoreBench bench_;
};

TEST_F(RetentionTest, IsOnByDefault) {
    const store::Retention retention;
    EXPECT_EQ(retention.maxAge, 30 * kDay);
    EXPECT_EQ(retention.maxRuns, 100'000U);
    EXPECT_GT(retention.maxBytes, 0U);
}

TEST_F(RetentionTest, OldFinishedRunsGoWithTheirRecords) {
    open({});
    const RunId old = add(RunStatus::Succeeded, 31 * kDay);
    const RunId failed = add(RunStatus::Failed, 31 * kDay);
    const RunId cancelled = add(RunStatus::Cancelled, 31 * kDay);
    const RunId young = add(RunStatus::Succeeded, 29 * kDay);
    ASSERT_TRUE(store().runMaintenance());
    EXPECT_FALSE(exists(old));
    EXPECT_FALSE(exists(failed));
    EXPECT_FALSE(exists(cancelled));
    EXPECT_TRUE(exists(young));
    EXPECT_EQ(ask("SELECT count(*) FROM journal"), 3);
    EXPECT_EQ(ask("SELECT count(*) FROM doomed"), 0);
    EXPECT_EQ(store().list({})->total, 1U);
}

TEST_F(RetentionTest, ActiveAndQuarantinedRunsStayHoweverOld) {
    open({.maxAge = kDay, .maxRuns = 1, .maxBytes = 1});
    std::vector<RunId> kept;
    for (const RunStatus status :
         {RunStatus::Queued, RunStatus::Running, RunStatus::Waiting, RunStatus::Paused, RunStatus::Quarantined}) {
        kept.push_back(add(status, 400 * kDay));
    }
    ASSERT_TRUE(store().runMaintenance());
    for (const RunId run : kept) EXPECT_TRUE(exists(run));
    EXPECT_EQ(ask("SELECT count(*) FROM journal"), 15);
}

TEST_F(RetentionTest, ChildrenOfAnActiveRunStayUntilItEnds) {
    open({.maxAge = kDay});
    const RunId parent = add(RunStatus::Running, 0);
    const RunId child = add(RunStatus::Succeeded, 10 * kDay, 3, parent);
    ASSERT_TRUE(store().runMaintenance());
    EXPECT_TRUE(exists(child));
    ASSERT_TRUE(appendNow(store(), ending(store().summary(parent).value().value(), 4, RunStatus::Succeeded)));
    ASSERT_TRUE(store().runMaintenance());
    EXPECT_FALSE(exists(child));
}

TEST_F(RetentionTest, TheOldestGoWhenThereAreTooMany) {
    open({.maxRuns = 3});
    std::vector<RunId> runs;
    for (int i = 0; i < 8; ++i) runs.push_back(add(RunStatus::Succeeded, kDay - i));
    add(RunStatus::Running, 2 * kDay);
    ASSERT_TRUE(store().runMaintenance());
    for (std::size_t i = 0; i < runs.size(); ++i) EXPECT_EQ(exists(runs[i]), i >= 5) << i;
    EXPECT_EQ(store().list({})->total, 4U);
}

TEST_F(RetentionTest, TheOldestGoWhenTheFileIsTooLarge) {
    constexpr std::uint64_t kMax = 600'000;
    open({.maxBytes = kMax});
    std::vector<RunId> runs;
    for (int i = 0; i < 60; ++i) runs.push_back(add(RunStatus::Succeeded, kDay - i, 100));
    ASSERT_TRUE(store().runMaintenance());
    EXPECT_FALSE(exists(runs.front()));
    EXPECT_TRUE(exists(runs.back()));
    const auto used =
        ask("SELECT (SELECT page_count FROM pragma_page_count)"
            " - (SELECT freelist_count FROM pragma_freelist_count)");
    EXPECT_LE(static_cast<std::uint64_t>(used * ask("PRAGMA page_size")), kMax);
}

TEST_F(RetentionTest, AJournalOfManyStepsGoesWhole) {
    open({.maxAge = kDay});
    add(RunStatus::Succeeded, 2 * kDay, 7000);
    const RunId young = add(RunStatus::Succeeded, 0, 10);
    ASSERT_TRUE(store().runMaintenance());
    EXPECT_EQ(ask("SELECT count(*) FROM journal"), 10);
    EXPECT_EQ(store().readJournal(young)->size(), 10U);
}

TEST_F(RetentionTest, AnInterruptedRemovalGoesOn) {
    open({.maxAge = kDay});
    const RunId run = add(RunStatus::Succeeded, 2 * kDay, 20);
    // As a crash after the first of two steps leaves it.
    executeOutside(bench_.path(), "INSERT INTO doomed SELECT row FROM runs; DELETE FROM runs");
    EXPECT_FALSE(exists(run));
    ASSERT_TRUE(store().runMaintenance());
    EXPECT_EQ(ask("SELECT count(*) FROM journal"), 0);
    EXPECT_EQ(ask("SELECT count(*) FROM doomed"), 0);
}

TEST_F(RetentionTest, ARowIsNotGivenToTwoRuns) {
    open({.maxAge = kDay});
    add(RunStatus::Succeeded, 2 * kDay);
    const auto first = ask("SELECT row FROM runs");
    ASSERT_TRUE(store().runMaintenance());
    add(RunStatus::Succeeded, 0);
    EXPECT_GT(ask("SELECT row FROM runs"), first);
}

TEST_F(RetentionTest, ZeroSwitchesALimitOff) {
    open({.maxAge = 0, .maxRuns = 0, .maxBytes = 0});
    const RunId run = add(RunStatus::Succeeded, 4000 * kDay);
    ASSERT_TRUE(store().runMaintenance());
    EXPECT_TRUE(exists(run));
}

TEST_F(RetentionTest, MaintenanceEmptiesTheLogAndGivesSpaceBack) {
    open({.maxAge = kDay, .maxRuns = 0, .maxBytes = 0});
    for (int i = 0; i < 20; ++i) {
        auto append = creation(newRun());
        append.records[0].payload = Value(std::string(2'000'000, static_cast<char>('a' + i)));
        append.summary->status = RunStatus::Succeeded;
        append.summary->finishedWall = append.summary->createdWall;
        ASSERT_TRUE(appendNow(store(), std::move(append)));
    }
    ASSERT_TRUE(store().runMaintenance());
    const auto large = std::filesystem::file_size(bench_.path());
    EXPECT_GT(large, 40'000'000U);
    bench_.clock.advance(2 * kDay);
    ASSERT_TRUE(store().runMaintenance());
    EXPECT_LT(std::filesystem::file_size(bench_.path()), large / 2);
}

TEST_F(RetentionTest, TheThreadDoesItWhenItsTimeHasCome) {
    bench_.options.maintenanceThread = true;
    bench_.options.maintenanceInterval = std::chrono::milliseconds(5);
    std::promise<void> removed;
    bench_.options.log = Logger(bench_.clock, [&](const LogLine& line) {
        if (line.message.find("Retention removed 1") != std::string::npos) removed.set_value();
    });
    open({});
    const RunId run = add(RunStatus::Succeeded, 31 * kDay);
    bench_.clock.advance(1'000'000);
    ASSERT_EQ(removed.get_future().wait_for(std::chrono::seconds(20)), std::future_status::ready);
    EXPECT_FALSE(exists(run));
    bench_.close();
}

}  // namespace
}  // namespace signalbox::test
