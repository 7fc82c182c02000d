// Leases and fencing: who may go on with a run, and whose late batches are refused.
#include <gtest/gtest.h>

#include "support/store_fixture.h"

namespace signalbox::test {
namespace {

using engine::RunStatus;

constexpr Micros kTtl = 15'000'000;

class LeaseTest : public testing::Test {
protected:
    LeaseTest() { bench_.open(); }
    store::SqliteStore& store() { return bench_.store(); }
    RunId start(const std::string& owner, Micros createdLater = 0) {
        auto append = creation(newRun(), owner);
        append.summary->createdWall += createdLater;
        const RunId run = append.run;
        EXPECT_TRUE(appendNow(store(), std::move(append)));
        return run;
    }
    std::vector<engine::ClaimedRun> claim(const std::string& owner, std::size_t limit = 100) {
        return store().claimExpired(owner, kTtl, limit).value();
    }
    StoreBench bench_;
};

TEST_F(LeaseTest, ARunIsOnlyClaimedWhenItsLeaseRanOut) {
    const RunId run = start("a");
    EXPECT_TRUE(claim("b").empty());
    bench_.clock.advance(kTtl - 1);
    EXPECT_TRUE(claim("b").empty());
    bench_.clock.advance(1);
    const auto claimed = claim("b");
    ASSERT_EQ(claimed.size(), 1U);
    EXPECT_EQ(claimed[0].run, run);
    EXPECT_EQ(claimed[0].token, 2U);
    EXPECT_TRUE(claim("c").empty()) << "it has an owner again";
}

TEST_F(LeaseTest, RenewingKeepsAllRunsOfAnOwner) {
    start("a");
    start("a");
    for (int i = 0; i < 5; ++i) {
        bench_.clock.advance(kTtl - 1);
        ASSERT_TRUE(store().renewLeases("a", kTtl));
        EXPECT_TRUE(claim("b").empty());
    }
    bench_.clock.advance(kTtl);
    EXPECT_EQ(claim("b").size(), 2U);
}

TEST_F(LeaseTest, WallClockJumpsDoNotMatter) {
    start("a");
    for (const Micros jump : {3600LL * 1'000'000, -3600LL * 1'000'000, 86400LL * 1'000'000, -86400LL * 1'000'000}) {
        bench_.clock.jumpWall(jump);
        EXPECT_TRUE(claim("b").empty());
    }
    bench_.clock.advance(kTtl);
    bench_.clock.jumpWall(-86400LL * 1'000'000);
    EXPECT_EQ(claim("b").size(), 1U);
}

TEST_F(LeaseTest, ALeaseOfAnotherBootHasRunOut) {
    const RunId run = start("a");
    bench_.options.boot = "boot-2";
    bench_.open();
    const auto claimed = claim("b");
    ASSERT_EQ(claimed.size(), 1U);
    EXPECT_EQ(claimed[0].run, run);
}

TEST_F(LeaseTest, ReleasedRunsCanBeTakenAtOnce) {
    start("a");
    start("other");
    ASSERT_TRUE(store().releaseLeases("a"));
    EXPECT_EQ(claim("b").size(), 1U);
}

TEST_F(LeaseTest, AReleasedOwnerTakesAFreshLeaseWithItsNextRun) {
    start("a");
    ASSERT_TRUE(store().releaseLeases("a"));
    start("a");
    EXPECT_TRUE(claim("b").empty());
}

TEST_F(LeaseTest, TheOldestAreClaimedFirstWhoeverOwnedThem) {
    const RunId third = start("a", 300);
    const RunId first = start("b", 100);
    const RunId second = start("a", 200);
    bench_.clock.advance(kTtl);
    const auto two = claim("c", 2);
    ASSERT_EQ(two.size(), 2U);
    EXPECT_EQ(two[0].run, first);
    EXPECT_EQ(two[1].run, second);
    const auto rest = claim("c", 2);
    ASSERT_EQ(rest.size(), 1U);
    EXPECT_EQ(rest[0].run, third);
}

TEST_F(LeaseTest, FinishedAndQuarantinedRunsAreNeverClaimed) {
    const RunId done = start("a");
    const RunId damaged = start("a");
    ASSERT_TRUE(appendNow(store(), ending(summaryOf(done), 2, RunStatus::Succeeded)));
    ASSERT_TRUE(store().quarantine(damaged, "Record 7 is damaged"));
    bench_.clock.advance(kTtl);
    EXPECT_TRUE(claim("b").empty());
}

TEST_F(LeaseTest, AnOlderTokenIsFencedAndWritesNothing) {
    const RunId run = start("a");
    bench_.clock.advance(kTtl);
    const auto claimed = claim("b");
    ASSERT_EQ(claimed.size(), 1U);
    auto late = batch(run, 2, 3, 1);
    late.summary = summaryOf(run);
    late.summary->nodesDone = 12;
    const auto refused = appendNow(store(), std::move(late));
    EXPECT_EQ(refused.error().code, "store.fenced");
    EXPECT_FALSE(refused.error().retryable);
    EXPECT_EQ(store().readJournal(run)->size(), 1U);
    EXPECT_EQ(store().summary(run).value()->nodesDone, 0U);
    EXPECT_TRUE(appendNow(store(), batch(run, 2, 1, claimed[0].token)));
    EXPECT_EQ(appendNow(store(), batch(run, 3, 1, claimed[0].token + 1)).error().code, "store.fenced");
}

TEST_F(LeaseTest, TokensOnlyGrow) {
    const RunId run = start("a");
    std::uint64_t last = 1;
    for (int i = 0; i < 5; ++i) {
        bench_.clock.advance(kTtl);
        const auto claimed = claim(i % 2 == 0 ? "b" : "a");
        ASSERT_EQ(claimed.size(), 1U);
        EXPECT_EQ(claimed[0].run, run);
        EXPECT_GT(claimed[0].token, last);
        last = claimed[0].token;
        bench_.open();
    }
}

TEST_F(LeaseTest, ARunWithoutAnOwnerIsFree) {
    const RunId run = start("");
    const auto claimed = claim("b");
    ASSERT_EQ(claimed.size(), 1U);
    EXPECT_EQ(claimed[0].run, run);
}

TEST_F(LeaseTest, QuarantineKeepsTheRecordsAndStopsTheOwner) {
    const RunId run = start("a");
    ASSERT_TRUE(store().quarantine(run, "Record 7 is damaged"));
    const auto summary = store().summary(run).value().value();
    EXPECT_EQ(summary.status, RunStatus::Quarantined);
    EXPECT_EQ(summary.errorMessage, "Record 7 is damaged");
    EXPECT_EQ(store().readJournal(run)->size(), 1U);
    EXPECT_EQ(appendNow(store(), batch(run, 2, 1)).error().code, "store.fenced");
    EXPECT_EQ(store().quarantine(newRun(), "x").error().code, "run.not-found");
}

}  // namespace
}  // namespace signalbox::test
