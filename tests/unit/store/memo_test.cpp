// Memos: found at once and after a restart, until they run out.
#include <gtest/gtest.h>

#include "support/store_fixture.h"

namespace signalbox::test {
namespace {

class MemoTest : public testing::Test {
protected:
    MemoTest() { bench_.open(); }
    store::SqliteStore& store() { return bench_.store(); }
    Micros now() { return bench_.clock.wallNow(); }
    /// Waits until all that was queued is on disk.
    void settle() { ASSERT_TRUE(store().renewLeases("settle", 1)); }
    const Value outputs_ = Value::object({{"sum", Value(7)}, {"raw", Value::bytes(std::string("\0\1", 2))}});
    StoreBench bench_;
};

TEST_F(MemoTest, IsFoundAtOnceAndAfterARestart) {
    store().remember("sum@1:abc", outputs_, now() + 1000);
    EXPECT_EQ(store().lookUp("sum@1:abc", now()), outputs_);
    EXPECT_EQ(store().lookUp("sum@2:abc", now()), std::nullopt);
    settle();
    EXPECT_EQ(store().lookUp("sum@1:abc", now()), outputs_);
    bench_.open();
    EXPECT_EQ(store().lookUp("sum@1:abc", now()), outputs_);
}

TEST_F(MemoTest, WhatIsStillQueuedIsWrittenWhenTheStoreCloses) {
    for (int i = 0; i < 200; ++i) store().remember("k" + std::to_string(i), outputs_, now() + 1000);
    bench_.open();
    for (int i = 0; i < 200; ++i) EXPECT_EQ(store().lookUp("k" + std::to_string(i), now()), outputs_);
}

TEST_F(MemoTest, RunsOut) {
    store().remember("k", outputs_, now() + 1000);
    EXPECT_TRUE(store().lookUp("k", now() + 999));
    EXPECT_FALSE(store().lookUp("k", now() + 1000));
    settle();
    EXPECT_TRUE(store().lookUp("k", now() + 999));
    EXPECT_FALSE(store().lookUp("k", now() + 1000));
}

TEST_F(MemoTest, TheLastOneWins) {
    store().remember("k", Value(1), now() + 1000);
    store().remember("k", Value(2), now() + 1000);
    EXPECT_EQ(store().lookUp("k", now()), Value(2));
    settle();
    EXPECT_EQ(store().lookUp("k", now()), Value(2));
}

TEST_F(MemoTest, MaintenanceRemovesWhatRanOut) {
    store().remember("short", outputs_, now() + 1000);
    store().remember("long", outputs_, now() + 1'000'000);
    bench_.clock.advance(2000);
    ASSERT_TRUE(store().runMaintenance());
    EXPECT_EQ(askOutside(bench_.path(), "SELECT count(*) FROM memos"), 1);
    EXPECT_TRUE(store().lookUp("long", now()));
}

TEST_F(MemoTest, MaintenanceKeepsNoMoreThanItsLimit) {
    bench_.options.retention.maxMemos = 5;
    bench_.open();
    for (int i = 0; i < 20; ++i) store().remember("k" + std::to_string(i), outputs_, now() + 1000 + i);
    ASSERT_TRUE(store().runMaintenance());
    EXPECT_EQ(askOutside(bench_.path(), "SELECT count(*) FROM memos"), 5);
    EXPECT_TRUE(store().lookUp("k19", now()));
    EXPECT_FALSE(store().lookUp("k0", now()));
}

TEST_F(MemoTest, ADamagedOneIsForgotten) {
    store().remember("k", outputs_, now() + 1000);
    settle();
    executeOutside(bench_.path(), "UPDATE memos SET outputs = replace(outputs, '7', '8')");
    EXPECT_EQ(store().lookUp("k", now()), std::nullopt);
}

TEST_F(MemoTest, AHugeOneIsNotKept) {
    store().remember("k", Value(std::string(2U << 20U, 'x')), now() + 1000);
    EXPECT_EQ(store().lookUp("k", now()), std::nullopt);
}

}  // namespace
}  // namespace signalbox::test
