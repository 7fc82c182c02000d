// Two programs on one file: both write, neither spoils the other's runs, and an orphan goes to one of them.
#include <map>
#include <set>

#include <gtest/gtest.h>

#include "support/child_process.h"
#include "support/store_fixture.h"

namespace signalbox::test {
namespace {

constexpr std::uint64_t kRecords = 60;

class StoreProcessesTest : public testing::Test {
protected:
    StoreProcessesTest() { bench_.options.busyTimeout = std::chrono::seconds(30); }
    StoreBench bench_;
};

/// The code that a failing child ends with, after saying why.
int broken(const Error& error, int code) {
    fprintf(stderr, "child: %s: %s\n", error.code.c_str(), error.message.c_str());
    return code;
}

TEST_F(StoreProcessesTest, AFreshFileIsMadeByWhoeverComesFirst) {
    for (int round = 0; round < 5; ++round) {
        std::filesystem::remove_all(bench_.path().parent_path());
        std::vector<std::unique_ptr<ChildProcess>> children;
        for (int i = 0; i < 4; ++i) {
            children.push_back(std::make_unique<ChildProcess>([this](const ChildProcess::Tell&) {
                const auto opened = store::SqliteStore::open(bench_.options);
                if (!opened) return broken(opened.error(), 1);
                const auto status = appendNow(**opened, creation(newRun()));
                return status ? 0 : broken(status.error(), 2);
            }));
        }
        for (auto& child : children) EXPECT_EQ(child->wait(), 0);
        EXPECT_EQ(bench_.open().list({})->total, 4U);
        bench_.close();
    }
}

TEST_F(StoreProcessesTest, BothWriteTheirOwnRuns) {
    const std::vector<RunId> runs{newRun(), newRun(), newRun()};
    std::vector<std::unique_ptr<ChildProcess>> children;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        children.push_back(std::make_unique<ChildProcess>([&, i](const ChildProcess::Tell&) {
            auto& store = bench_.open();
            const std::string owner = "owner-" + std::to_string(i);
            auto status = appendNow(store, creation(runs[i], owner));
            for (std::uint64_t seq = 2; status && seq <= kRecords; ++seq) {
                status = appendNow(store, batch(runs[i], seq, 1));
                if (status && seq % 20 == 0) status = store.runMaintenance();
            }
            bench_.close();
            return status ? 0 : broken(status.error(), 1);
        }));
    }
    for (auto& child : children) EXPECT_EQ(child->wait(), 0);
    auto& store = bench_.open();
    for (const RunId run : runs) EXPECT_EQ(store.readJournal(run)->size(), kRecords);
    EXPECT_EQ(store.list({})->total, runs.size());
}

TEST_F(StoreProcessesTest, AnOwnerIsFencedByAClaimInAnotherProcess) {
    const RunId run = newRun();
    auto& store = bench_.open();
    ASSERT_TRUE(appendNow(store, creation(run, "slow")));
    ASSERT_TRUE(appendNow(store, batch(run, 2, 1)));
    bench_.close();
    ChildProcess owner([&](const ChildProcess::Tell& tell) {
        auto& mine = bench_.open();
        if (!appendNow(mine, batch(run, 3, 1))) return 1;
        tell({1, 0});
        // The claim comes while this process remembers the run with its old token.
        while (true) {
            const auto journal = mine.readJournal(run);
            if (!journal) return 2;
            if (journal->size() >= 4) break;
        }
        const auto late = appendNow(mine, batch(run, 5, 1));
        return !late && late.error().code == "store.fenced" ? 0 : 3;
    });
    ASSERT_TRUE(owner.next());
    ChildProcess heir([&](const ChildProcess::Tell&) {
        auto& mine = bench_.open();
        bench_.clock.advance(3600LL * 1'000'000);
        const auto claimed = mine.claimExpired("heir", 1'000'000, 10);
        if (!claimed || claimed->size() != 1) return 1;
        return appendNow(mine, batch(run, 4, 1, claimed->front().token)) ? 0 : 2;
    });
    EXPECT_EQ(heir.wait(), 0);
    EXPECT_EQ(owner.wait(), 0);
    EXPECT_EQ(bench_.open().readJournal(run)->size(), 4U);
}

TEST_F(StoreProcessesTest, EachOrphanGoesToOneProcess) {
    constexpr std::size_t kRuns = 60;
    auto& store = bench_.open();
    for (std::size_t i = 0; i < kRuns; ++i) ASSERT_TRUE(appendNow(store, creation(newRun(), "dead")));
    ASSERT_TRUE(store.releaseLeases("dead"));
    bench_.close();
    std::vector<std::unique_ptr<ChildProcess>> children;
    for (int i = 0; i < 3; ++i) {
        children.push_back(std::make_unique<ChildProcess>([&, i](const ChildProcess::Tell& tell) {
            auto& mine = bench_.open();
            while (true) {
                const auto claimed = mine.claimExpired("heir-" + std::to_string(i), 1'000'000'000, 5);
                if (!claimed) return broken(claimed.error(), 1);
                if (claimed->empty()) return 0;
                for (const auto& run : *claimed) tell({std::hash<RunId>()(run.run), run.token});
            }
        }));
    }
    std::multiset<std::uint64_t> claimed;
    for (auto& child : children) {
        while (const auto note = child->next()) {
            claimed.insert(note->first);
            EXPECT_EQ(note->second, 2U);
        }
        EXPECT_EQ(child->wait(), 0);
    }
    EXPECT_EQ(claimed.size(), kRuns);
    EXPECT_EQ(std::set<std::uint64_t>(claimed.begin(), claimed.end()).size(), kRuns);
}

}  // namespace
}  // namespace signalbox::test
