// What a store says of itself: commits, sizes, blobs, retention that is set and kept.
#include <gtest/gtest.h>

#include "support/store_fixture.h"

namespace signalbox::test {
namespace {

TEST(StoreStats, CountsCommitsAndRecordsAndMeasuresThem) {
    StoreBench bench;
    bench.open();
    const RunId run = newRun();
    ASSERT_TRUE(appendNow(bench.store(), creation(run, "owner-a", 3)));
    ASSERT_TRUE(appendNow(bench.store(), batch(run, 4, 2)));
    const auto stats = bench.store().stats().value();
    EXPECT_EQ(stats.writer.records, 5U);
    EXPECT_EQ(stats.writer.commits, 2U);
    EXPECT_EQ(stats.writer.recent.size(), 2U);
    EXPECT_EQ(stats.runs, 1U);
    EXPECT_GT(stats.databaseBytes, 0U);
    EXPECT_GT(stats.walBytes, 0U);
    EXPECT_GT(stats.freeBytes, 0U);
    EXPECT_TRUE(stats.intake);
    bench.clock.advance(61'000'000);
    EXPECT_TRUE(bench.store().stats()->writer.recent.empty()) << "the window is a minute";
    EXPECT_EQ(bench.store().stats()->writer.commits, 2U);
}

TEST(StoreStats, CountsBlobsNowAndThen) {
    StoreBench bench;
    bench.open();
    EXPECT_EQ(bench.store().stats()->blobs, 0U);
    const RunId run = newRun();
    auto made = creation(run, "owner-a", 1);
    made.records[0].payload = Value::object({{"text", std::string(50'000, 'x')}});
    ASSERT_TRUE(appendNow(bench.store(), std::move(made)));
    EXPECT_EQ(bench.store().stats()->blobs, 0U) << "not counted again at once";
    bench.clock.advance(16'000'000);
    const auto stats = bench.store().stats().value();
    EXPECT_EQ(stats.blobs, 1U);
    EXPECT_GT(stats.blobBytes, 50'000U);
}

TEST(StoreStats, RetentionIsSetKeptAndObeyed) {
    StoreBench bench;
    bench.open();
    for (int i = 0; i < 3; ++i) {
        const RunId run = newRun();
        ASSERT_TRUE(appendNow(bench.store(), creation(run)));
        const auto summary = bench.store().summary(run).value().value();
        ASSERT_TRUE(appendNow(bench.store(), ending(summary, 2, engine::RunStatus::Succeeded)));
    }
    store::Retention wanted;
    wanted.maxAge = 0;
    wanted.maxRuns = 1;
    wanted.maxBytes = 1'000'000'000;
    ASSERT_TRUE(bench.store().setRetention(wanted));
    ASSERT_TRUE(bench.store().runMaintenance());
    auto stats = bench.store().stats().value();
    EXPECT_EQ(stats.runs, 1U);
    EXPECT_EQ(stats.sweeps.runs, 2U);
    EXPECT_EQ(stats.sweeps.lastRuns, 2U);
    EXPECT_GT(stats.sweeps.lastWall, 0);
    bench.open();
    EXPECT_EQ(bench.store().retention().maxRuns, 1U);
    EXPECT_EQ(bench.store().retention().maxAge, 0);
    EXPECT_EQ(bench.store().retention().maxBytes, 1'000'000'000U);
}

}  // namespace
}  // namespace signalbox::test
