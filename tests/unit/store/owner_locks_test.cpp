// How one program finds out that another has ended: what is a proof, and what is none.
#include "store/owner_locks.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "base/clock.h"
#include "support/store_fixture.h"

namespace signalbox::test {
namespace {

namespace fs = std::filesystem;
using store::OwnerLocks;

class OwnerLocksTest : public testing::Test {
protected:
    std::vector<std::string> ended(OwnerLocks& locks) {
        std::vector<std::string> owners;
        for (const auto& each : locks.findEnded()) owners.push_back(each.owner());
        return owners;
    }
    [[nodiscard]] fs::path file(const std::string& owner) const { return folder_ / (owner + ".lock"); }
    using Owners = std::vector<std::string>;

    TempFolder temp_;
    const fs::path folder_ = temp_.path() / "owners";
    OwnerLocks other_{folder_, "boot-1"};
};

TEST_F(OwnerLocksTest, TellsWhoHasEndedFromWhoIsThere) {
    EXPECT_EQ(ended(other_), Owners{}) << "there is no folder yet";
    auto one = std::make_unique<OwnerLocks>(folder_, "boot-1");
    EXPECT_TRUE(one->hold("a"));
    EXPECT_TRUE(one->hold("a"));
    EXPECT_TRUE(one->hold("b"));
    EXPECT_EQ(ended(other_), Owners{});
    EXPECT_EQ(ended(*one), Owners{}) << "not itself either";
    one.reset();
    auto found = ended(other_);
    std::sort(found.begin(), found.end());
    EXPECT_EQ(found, (Owners{"a", "b"}));
}

TEST_F(OwnerLocksTest, FindsOneAgainUntilItIsBuried) {
    std::make_unique<OwnerLocks>(folder_, "boot-1")->hold("a");
    OwnerLocks third(folder_, "boot-1");
    {
        const auto found = other_.findEnded();
        ASSERT_EQ(found.size(), 1U);
        EXPECT_EQ(ended(third), Owners{}) << "one at a time";
    }
    EXPECT_EQ(ended(third), Owners{"a"}) << "nobody has seen to it";
    other_.findEnded().front().bury();
    EXPECT_EQ(ended(third), Owners{});
    EXPECT_TRUE(fs::is_empty(folder_));
}

TEST_F(OwnerLocksTest, WhoLetsGoHasLeftNothing) {
    OwnerLocks one(folder_, "boot-1");
    one.hold("a");
    one.letGo("a");
    EXPECT_EQ(ended(other_), Owners{});
    EXPECT_TRUE(fs::is_empty(folder_));
    EXPECT_TRUE(one.hold("a"));
}

TEST_F(OwnerLocksTest, AFileOfAnotherBootProvesNothing) {
    std::make_unique<OwnerLocks>(folder_, "boot-0")->hold("a");
    EXPECT_EQ(ended(other_), Owners{});
    OwnerLocks nowhere(folder_, "");
    EXPECT_FALSE(nowhere.hold("b")) << "where the boot is not known nothing can be proved later";
}

TEST_F(OwnerLocksTest, ACopyProvesNothing) {
    OwnerLocks one(folder_, "boot-1");
    one.hold("a");
    one.hold("b");
    const fs::path copy = temp_.path() / "copy";
    fs::copy(folder_, copy);
    fs::copy(copy, temp_.path() / "second");
    OwnerLocks there(temp_.path() / "second", "boot-1");
    EXPECT_EQ(ended(there), Owners{}) << "its lock can be taken, but its owner has locked another file";
    fs::remove(file("a"));
    EXPECT_EQ(ended(other_), Owners{}) << "a file that is gone says nothing";
    fs::copy_file(copy / "b.lock", file("a"), fs::copy_options::none);
    EXPECT_EQ(ended(other_), Owners{}) << "nor does another one in its place";
}

TEST_F(OwnerLocksTest, WhatIsNoProofIsRemoved) {
    fs::create_directories(folder_);
    std::ofstream(file("empty"));
    std::ofstream(file("other")) << "boot boot-1 file 1:1\n";
    std::ofstream(folder_ / "readme.txt") << "x";
    fs::create_symlink("/etc/passwd", file("link"));
    EXPECT_EQ(ended(other_), Owners{});
    EXPECT_FALSE(fs::exists(file("empty")));
    EXPECT_FALSE(fs::exists(file("other")));
    EXPECT_TRUE(fs::exists(folder_ / "readme.txt")) << "it is nobody's";
    EXPECT_TRUE(fs::exists("/etc/passwd"));
}

TEST_F(OwnerLocksTest, TakesOnlyNamesOfFilesAndNobodyElses) {
    OwnerLocks one(folder_, "boot-1");
    for (const char* name : {"", "..", "../a", "a/b", ".hidden", "a b"}) EXPECT_FALSE(one.hold(name)) << name;
    ASSERT_TRUE(one.hold("a"));
    EXPECT_FALSE(other_.hold("a")) << "it is somebody else's";
    EXPECT_EQ(ended(other_), Owners{}) << "who still has it";
}

TEST_F(OwnerLocksTest, TakesOverWhatOneOfItsNameHasLeft) {
    std::make_unique<OwnerLocks>(folder_, "boot-1")->hold("a");
    OwnerLocks again(folder_, "boot-1");
    EXPECT_TRUE(again.hold("a"));
    EXPECT_EQ(ended(other_), Owners{});
}

/// By what the store makes of it. The clock stands still: no lease runs out.
class EndedOwnerTest : public testing::Test {
protected:
    static constexpr Micros kTtl = 15'000'000;
    [[nodiscard]] std::unique_ptr<store::SqliteStore> openOther() { return *store::SqliteStore::open(bench_.options); }
    StoreBench bench_;
};

TEST_F(EndedOwnerTest, ItsRunsAreClaimedAtOnceAndOthersAreNot) {
    auto gone = openOther();
    auto& store = bench_.open();
    ASSERT_TRUE(gone->renewLeases("gone", kTtl));
    ASSERT_TRUE(store.renewLeases("there", kTtl));
    const RunId orphan = newRun();
    ASSERT_TRUE(appendNow(*gone, creation(orphan, "gone")));
    ASSERT_TRUE(appendNow(store, creation(newRun(), "there")));
    ASSERT_TRUE(appendNow(store, creation(newRun(), "silent"))) << "of one that holds no lock nothing is known";
    const auto third = openOther();
    EXPECT_TRUE(third->claimExpired("heir", kTtl, 100)->empty());
    gone.reset();
    const auto claimed = third->claimExpired("heir", kTtl, 100).value();
    ASSERT_EQ(claimed.size(), 1U);
    EXPECT_EQ(claimed[0].run, orphan);
    EXPECT_EQ(claimed[0].token, 2U);
}

TEST_F(EndedOwnerTest, WhoReleasesInOrderLeavesNoFile) {
    auto& store = bench_.open();
    ASSERT_TRUE(store.renewLeases("a", kTtl));
    ASSERT_TRUE(appendNow(store, creation(newRun(), "a")));
    ASSERT_TRUE(store.releaseLeases("a"));
    EXPECT_TRUE(fs::is_empty(bench_.path().string() + ".owners"));
    EXPECT_EQ(store.claimExpired("b", kTtl, 100)->size(), 1U);
}

TEST_F(EndedOwnerTest, OneThatStillLivesIsWaitedForAndIsFencedThen) {
    auto slow = openOther();
    ASSERT_TRUE(slow->renewLeases("slow", kTtl));
    const RunId run = newRun();
    ASSERT_TRUE(appendNow(*slow, creation(run, "slow")));
    auto& store = bench_.open();
    bench_.clock.advance(kTtl - 1);
    EXPECT_TRUE(store.claimExpired("heir", kTtl, 100)->empty());
    bench_.clock.advance(1);
    EXPECT_EQ(store.claimExpired("heir", kTtl, 100)->size(), 1U);
    EXPECT_EQ(appendNow(*slow, batch(run, 2, 1)).error().code, "store.fenced");
}

}  // namespace
}  // namespace signalbox::test
