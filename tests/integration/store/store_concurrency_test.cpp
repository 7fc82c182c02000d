// Many threads at once: every batch is acknowledged once, in order, and readers always see whole batches.
#include <atomic>
#include <future>
#include <thread>

#include <gtest/gtest.h>

#include "base/random.h"
#include "support/store_fixture.h"

namespace signalbox::test {
namespace {

using engine::RunStatus;

constexpr int kThreads = 32;
constexpr int kRunsAThread = 4;
constexpr std::uint64_t kBatches = 12;
constexpr std::uint64_t kBatch = 3;

class StoreConcurrencyTest : public testing::Test {
protected:
    StoreConcurrencyTest() {
        bench_.options.maintenanceThread = true;
        bench_.options.maintenanceInterval = std::chrono::milliseconds(1);
        bench_.options.checkpointPages = 50;
        bench_.options.maxPendingRecords = 500;
        bench_.open();
    }
    store::SqliteStore& store() { return bench_.store(); }

    /// A whole run, all of it queued without waiting; counts what is acknowledged, and whether it was in order.
    void runThrough(RunId run) {
        auto order = std::make_shared<std::atomic<std::uint64_t>>(0);
        const auto expect = [this, order](std::uint64_t place) {
            return [this, order, place](const Status& status) {
                if (status) ++acknowledged_;
                if (order->fetch_add(1) != place) ++outOfOrder_;
            };
        };
        store().append(creation(run, "owner-a", kBatch), expect(0));
        for (std::uint64_t i = 1; i < kBatches; ++i) store().append(batch(run, 1 + i * kBatch, kBatch), expect(i));
        store().append(ending(summaryOf(run), 1 + kBatches * kBatch, RunStatus::Succeeded), expect(kBatches));
    }
    void readUntil(const std::atomic<bool>& stop, const std::vector<RunId>& runs) {
        SeededRandom random(7);
        while (!stop) {
            const auto journal = store().readJournal(runs[random.below(runs.size())]);
            if (!journal && journal.error().code != "run.not-found") ++readFailures_;
            if (journal && journal->size() % kBatch != 0 && journal->size() != kBatches * kBatch + 1) ++readFailures_;
            if (!store().list({})) ++readFailures_;
        }
    }

    StoreBench bench_;
    std::atomic<std::uint64_t> acknowledged_ = 0;
    std::atomic<std::uint64_t> outOfOrder_ = 0;
    std::atomic<std::uint64_t> readFailures_ = 0;
};

TEST_F(StoreConcurrencyTest, ThirtyTwoThreadsAppend) {
    std::vector<RunId> runs;
    for (int i = 0; i < kThreads * kRunsAThread; ++i) runs.push_back(newRun());
    std::atomic<bool> stop = false;
    auto reader = std::async(std::launch::async, [&] { readUntil(stop, runs); });
    std::vector<std::thread> threads;
    for (int t = 0; t < kThreads; ++t) {
        threads.emplace_back([&, t] {
            for (int i = 0; i < kRunsAThread; ++i) runThrough(runs[static_cast<std::size_t>(t * kRunsAThread + i)]);
        });
    }
    for (std::thread& thread : threads) thread.join();
    ASSERT_TRUE(store().renewLeases("owner-a", 1));  // all that was queued before is on disk now
    stop = true;
    reader.get();
    EXPECT_EQ(acknowledged_, runs.size() * (kBatches + 1));
    EXPECT_EQ(outOfOrder_, 0U);
    EXPECT_EQ(readFailures_, 0U);
    for (const RunId run : runs) EXPECT_EQ(store().readJournal(run)->size(), kBatches * kBatch + 1);
    engine::RunFilter succeeded;
    succeeded.statuses = {RunStatus::Succeeded};
    EXPECT_EQ(store().list(succeeded)->total, runs.size());
}

TEST_F(StoreConcurrencyTest, OneKeyIsTakenByOneOfMany) {
    std::atomic<int> taken = 0;
    std::atomic<int> refused = 0;
    std::vector<std::thread> threads;
    for (int t = 0; t < kThreads; ++t) {
        threads.emplace_back([&] {
            auto append = creation(newRun());
            append.summary->idempotencyKey = "the-one";
            const auto status = appendNow(store(), std::move(append));
            if (status) ++taken;
            if (!status && status.error().code == "store.duplicate-key") ++refused;
        });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(taken, 1);
    EXPECT_EQ(refused, kThreads - 1);
}

TEST_F(StoreConcurrencyTest, EachOrphanIsClaimedByOneOfMany) {
    constexpr int kRuns = 200;
    for (int i = 0; i < kRuns; ++i) store().append(creation(newRun(), "dead"), nullptr);
    ASSERT_TRUE(store().releaseLeases("dead"));
    std::mutex mutex;
    std::vector<RunId> claimed;
    std::vector<std::thread> threads;
    for (int t = 0; t < 8; ++t) {
        threads.emplace_back([&, t] {
            while (true) {
                const auto some = store().claimExpired("owner-" + std::to_string(t), 1'000'000'000, 7);
                if (!some || some->empty()) return;
                const std::scoped_lock lock(mutex);
                for (const auto& run : *some) claimed.push_back(run.run);
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    std::sort(claimed.begin(), claimed.end());
    EXPECT_EQ(claimed.size(), static_cast<std::size_t>(kRuns));
    EXPECT_EQ(std::unique(claimed.begin(), claimed.end()), claimed.end());
}

TEST_F(StoreConcurrencyTest, TheLogStartsOverWhileCommitsGoOn) {
    bench_.options.maxPendingRecords = 50;  // many small groups
    bench_.open();
    const RunId run = newRun();
    store().append(creation(run), nullptr);
    for (std::uint64_t seq = 2; seq < 3000; ++seq) {
        auto next = batch(run, seq, 1);
        next.records[0].payload = Value(std::string(3000, 'x'));
        store().append(std::move(next), nullptr);
    }
    ASSERT_TRUE(store().renewLeases("owner-a", 1));
    // Some 13 MB went through it.
    EXPECT_LT(std::filesystem::file_size(bench_.path().string() + "-wal"), 4'000'000U);
    EXPECT_EQ(store().readJournal(run)->size(), 2999U);
}

}  // namespace
}  // namespace signalbox::test
