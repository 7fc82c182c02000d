// Appending and reading back: order, refusals, groups.
#include <algorithm>

#include <gtest/gtest.h>

#include "support/store_fixture.h"

namespace signalbox::test {
namespace {

using engine::RunStatus;

class AppendTest : public testing::Test {
protected:
    AppendTest() { bench_.open(); }
    store::SqliteStore& store() { return bench_.store(); }
    StoreBench bench_;
};

TEST_F(AppendTest, AJournalComesBackAsItWasWritten) {
    const RunId run = newRun();
    auto first = creation(run, "owner-a", 3);
    const auto expected = first.records;
    const auto summary = *first.summary;
    ASSERT_TRUE(appendNow(store(), std::move(first)));
    EXPECT_EQ(store().readJournal(run).value(), expected);
    EXPECT_EQ(store().summary(run).value(), summary);
    bench_.open();
    EXPECT_EQ(store().readJournal(run).value(), expected);
    EXPECT_EQ(store().summary(run).value(), summary);
}

TEST_F(AppendTest, EverySummaryFieldIsKept) {
    const RunId run = newRun();
    auto append = creation(run);
    append.summary->idempotencyKey = "key";
    append.summary->parent = newRun();
    append.summary->rerunOf = newRun();
    auto summary = *append.summary;
    ASSERT_TRUE(appendNow(store(), std::move(append)));
    EXPECT_EQ(store().summary(run).value(), summary);
    summary.status = RunStatus::Failed;
    summary.startedWall += 1;
    summary.finishedWall = summary.createdWall + 10;
    summary.priority = -2;
    summary.nodesTotal = 20;
    summary.nodesDone = 11;
    summary.nodesFailed = 1;
    summary.nodesSkipped = 2;
    summary.errorCode = "http.timeout";
    summary.errorMessage = "No answer";
    summary.errorNode = "fetch";
    auto last = batch(run, 2, 1);
    last.summary = summary;
    ASSERT_TRUE(appendNow(store(), std::move(last)));
    EXPECT_EQ(store().summary(run).value(), summary);
}

TEST_F(AppendTest, AnUnknownRunHasNoSummaryAndNoJournal) {
    EXPECT_EQ(store().summary(newRun()).value(), std::nullopt);
    EXPECT_EQ(store().readJournal(newRun()).error().code, "run.not-found");
    const auto refused = appendNow(store(), batch(newRun(), 1, 1));
    EXPECT_EQ(refused.error().code, "store.run-not-found");
}

TEST_F(AppendTest, ARunIsMadeOnce) {
    const RunId run = newRun();
    ASSERT_TRUE(appendNow(store(), creation(run)));
    EXPECT_EQ(appendNow(store(), creation(run)).error().code, "store.run-exists");
    auto bare = creation(newRun());
    bare.summary.reset();
    EXPECT_EQ(appendNow(store(), std::move(bare)).error().code, "store.incomplete");
}

TEST_F(AppendTest, AGapOrARepetitionIsRefusedWithoutATrace) {
    const RunId run = newRun();
    ASSERT_TRUE(appendNow(store(), creation(run, "owner-a", 2)));
    const auto gap = appendNow(store(), batch(run, 4, 1));
    EXPECT_EQ(gap.error().code, "store.sequence");
    EXPECT_TRUE(gap.error().retryable);
    const auto repeated = appendNow(store(), batch(run, 2, 2));
    EXPECT_EQ(repeated.error().code, "store.sequence");
    EXPECT_FALSE(repeated.error().retryable);
    EXPECT_EQ(store().readJournal(run)->size(), 2U);
    EXPECT_TRUE(appendNow(store(), batch(run, 3, 1)));
}

TEST_F(AppendTest, AnIdempotencyKeyIsTakenOncePerWorkflow) {
    auto first = creation(newRun());
    first.summary->idempotencyKey = "order-7";
    const RunId run = first.run;
    ASSERT_TRUE(appendNow(store(), std::move(first)));
    auto second = creation(newRun());
    second.summary->idempotencyKey = "order-7";
    const RunId loser = second.run;
    const auto refused = appendNow(store(), std::move(second));
    EXPECT_EQ(refused.error().code, "store.duplicate-key");
    EXPECT_EQ(refused.error().where, run.toString());
    EXPECT_EQ(store().summary(loser).value(), std::nullopt);
    auto elsewhere = creation(newRun());
    elsewhere.summary->workflowId = "returns";
    elsewhere.summary->idempotencyKey = "order-7";
    EXPECT_TRUE(appendNow(store(), std::move(elsewhere)));
    EXPECT_EQ(store().findByIdempotencyKey("orders", "order-7").value(), run);
    EXPECT_EQ(store().findByIdempotencyKey("orders", "order-8").value(), std::nullopt);
    EXPECT_EQ(store().findByIdempotencyKey("orders", "").value(), std::nullopt);
}

TEST_F(AppendTest, RunsWithoutAKeyDoNotCollide) {
    EXPECT_TRUE(appendNow(store(), creation(newRun())));
    EXPECT_TRUE(appendNow(store(), creation(newRun())));
}

TEST_F(AppendTest, ARefusalInAGroupLeavesTheOthersUnharmed) {
    const RunId good = newRun();
    const RunId other = newRun();
    std::vector<Status> results(4);
    std::promise<void> all;
    const auto into = [&](std::size_t place) {
        return [&results, &all, place](Status status) {
            results[place] = std::move(status);
            if (place + 1 == results.size()) all.set_value();
        };
    };
    store().append(creation(good), into(0));
    store().append(batch(newRun(), 1, 1), into(1));
    store().append(batch(good, 2, 2), into(2));
    store().append(creation(other), into(3));
    all.get_future().get();
    EXPECT_TRUE(results[0]);
    EXPECT_EQ(results[1].error().code, "store.run-not-found");
    EXPECT_TRUE(results[2]);
    EXPECT_TRUE(results[3]);
    EXPECT_EQ(store().readJournal(good)->size(), 3U);
}

TEST_F(AppendTest, WhatIsQueuedIsWrittenBeforeTheStoreCloses) {
    const RunId run = newRun();
    int called = 0;
    store().append(creation(run), [&](const Status& status) { called += status ? 1 : 0; });
    for (std::uint64_t seq = 2; seq <= 100; ++seq) {
        store().append(batch(run, seq, 1), [&](const Status& status) { called += status ? 1 : 0; });
    }
    bench_.close();
    EXPECT_EQ(called, 100);
    EXPECT_EQ(bench_.open().readJournal(run)->size(), 100U);
}

TEST_F(AppendTest, ACallbackMayAppendButNotWait) {
    bench_.options.maxPendingRecords = 1;
    bench_.open();
    const RunId run = newRun();
    std::promise<Status> waited;
    std::promise<Status> chained;
    store().append(creation(run), [&](const Status&) {
        waited.set_value(store().renewLeases("owner-a", 1'000'000));
        store().append(batch(run, 2, 20), nullptr);
        store().append(batch(run, 22, 20), [&](Status status) { chained.set_value(std::move(status)); });
    });
    EXPECT_EQ(waited.get_future().get().error().code, "store.deadlock");
    EXPECT_TRUE(chained.get_future().get());
    EXPECT_EQ(store().readJournal(run)->size(), 41U);
}

TEST_F(AppendTest, ACallerWaitsWhenTooMuchIsQueued) {
    bench_.options.maxPendingRecords = 10;
    bench_.open();
    const RunId run = newRun();
    std::promise<void> entered;
    std::promise<void> release;
    store().append(creation(run), [&](const Status&) {
        entered.set_value();
        release.get_future().wait();
    });
    entered.get_future().wait();
    // The writer is held in its callback, with the first batch still counted as on its way.
    auto appended = std::async(std::launch::async, [&] {
        store().append(batch(run, 2, 8), nullptr);
        store().append(batch(run, 10, 8), nullptr);
    });
    EXPECT_EQ(appended.wait_for(std::chrono::milliseconds(50)), std::future_status::timeout);
    release.set_value();
    ASSERT_EQ(appended.wait_for(std::chrono::seconds(20)), std::future_status::ready);
    bench_.close();
    EXPECT_EQ(bench_.open().readJournal(run)->size(), 17U);
}

TEST_F(AppendTest, TwoStoresInOneProcessShareAFile) {
    auto other = store::SqliteStore::open(bench_.options);
    ASSERT_TRUE(other) << other.error().message;
    const RunId run = newRun();
    ASSERT_TRUE(appendNow(store(), creation(run)));
    ASSERT_TRUE(appendNow(**other, batch(run, 2, 1)));
    ASSERT_TRUE(appendNow(store(), batch(run, 3, 1)));
    EXPECT_EQ(appendNow(**other, batch(run, 3, 1)).error().code, "store.sequence");
    EXPECT_EQ((*other)->readJournal(run)->size(), 3U);
}

TEST_F(AppendTest, TheFileIsForItsOwnerOnly) {
    ASSERT_TRUE(appendNow(store(), creation(newRun())));
    for (const char* suffix : {"", "-wal", "-shm"}) {
        const auto permissions = std::filesystem::status(bench_.path().string() + suffix).permissions();
        EXPECT_EQ(permissions & std::filesystem::perms::mask,
                  std::filesystem::perms::owner_read | std::filesystem::perms::owner_write)
            << suffix;
    }
}

TEST_F(AppendTest, TheFaultHookSeesEveryRecordThreeTimes) {
    std::mutex mutex;
    std::vector<std::pair<store::FaultPoint, std::uint64_t>> seen;
    bench_.options.faultHook = [&](store::FaultPoint point, const engine::Record& record) {
        const std::scoped_lock lock(mutex);
        seen.emplace_back(point, record.seq);
    };
    bench_.open();
    ASSERT_TRUE(appendNow(store(), creation(newRun(), "owner-a", 2)));
    ASSERT_FALSE(appendNow(store(), batch(newRun(), 1, 1)));
    bench_.close();
    using store::FaultPoint;
    const std::vector<std::pair<FaultPoint, std::uint64_t>> expected{
        {FaultPoint::BeforeCommit, 1}, {FaultPoint::BeforeCommit, 2}, {FaultPoint::DuringCommit, 1},
        {FaultPoint::DuringCommit, 2}, {FaultPoint::AfterCommit, 1},  {FaultPoint::AfterCommit, 2},
        {FaultPoint::BeforeCommit, 1}};  // of the batch that was refused
    EXPECT_EQ(seen, expected);
}

}  // namespace
}  // namespace signalbox::test
