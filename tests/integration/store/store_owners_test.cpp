// Owners that are killed and stopped: their runs go to others at once, or not before their lease has run out.
#include <chrono>
#include <csignal>
#include <map>
#include <random>
#include <set>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "support/child_process.h"
#include "support/store_fixture.h"

namespace signalbox::test {
namespace {

constexpr Micros kTtl = 15'000'000;
constexpr std::size_t kRuns = 24;
constexpr int kOwners = 3;
constexpr int kKills = 40;
constexpr std::uint64_t kWrong = UINT64_MAX;

/// The clock stands still in all processes: a lease never runs out, so whoever claims knows that the owner is dead.
class StoreOwnersTest : public testing::Test {
protected:
    StoreOwnersTest() { bench_.options.busyTimeout = std::chrono::seconds(30); }

    /// Claims what it can get and works on it; tells which run under which token. Ends only when something is wrong.
    Status work(const std::string& owner, const ChildProcess::Tell& tell) {
        auto& store = bench_.open();
        std::map<RunId, std::uint64_t> mine;
        while (true) {
            SIGNALBOX_CHECK(store.renewLeases(owner, kTtl));
            SIGNALBOX_TRY(const auto claimed, store.claimExpired(owner, kTtl, 4));
            for (const auto& run : claimed) {
                mine[run.run] = run.token;
                tell({number_.at(run.run), run.token});
            }
            for (const auto& [run, token] : mine) {
                SIGNALBOX_TRY(const auto journal, store.readJournal(run));
                SIGNALBOX_CHECK(appendNow(store, batch(run, journal.size() + 1, 1, token)));
            }
        }
    }
    int workForEver(int number, const ChildProcess::Tell& tell) {
        const auto wrong = work(fmt::format("owner-{}", number), tell);
        // Not least: that it is fenced, because another one has claimed what is its own.
        fmt::print(stderr, "{}: {}\n", wrong.error().code, wrong.error().message);
        tell({kWrong, 0});
        return 1;
    }

    /// What is told now was claimed while its owner before was dead.
    void take(const std::vector<Note>& notes, int owner) {
        for (const auto& [run, token] : notes) {
            ASSERT_NE(run, kWrong) << "owner " << owner;
            ++claims_;
            const auto before = owners_.find(run);
            if (before != owners_.end()) {
                EXPECT_TRUE(dead_.contains(before->second.first))
                    << "run " << run << " of " << before->second.first << " was taken by " << owner;
                EXPECT_GT(token, before->second.second);
            }
            if (before == owners_.end() || before->second.second < token) owners_[run] = {owner, token};
        }
    }

    StoreBench bench_;
    std::map<RunId, std::uint64_t> number_;
    std::map<std::uint64_t, std::pair<int, std::uint64_t>> owners_;  ///< of each run, with its token
    std::set<int> dead_;
    std::size_t claims_ = 0;
};

TEST_F(StoreOwnersTest, AKilledOnesRunsGoToOneOtherAtOnceAndALivingOnesToNobody) {
    const unsigned seed = std::random_device{}();
    fmt::print("seed {}\n", seed);
    std::mt19937 random(seed);
    bench_.open();
    for (std::size_t i = 0; i < kRuns; ++i) {
        const RunId run = newRun();
        number_[run] = i;
        ASSERT_TRUE(appendNow(bench_.store(), creation(run, "")));
    }
    bench_.close();
    std::map<int, std::unique_ptr<ChildProcess>> living;
    int next = 0;
    const auto begin = [&] {
        const int number = next++;
        living[number] = std::make_unique<ChildProcess>(
            [&, number](const ChildProcess::Tell& tell) { return workForEver(number, tell); });
    };
    for (int i = 0; i < kOwners; ++i) begin();
    for (int kill = 0; kill < kKills; ++kill) {
        const auto victim = std::next(living.begin(), static_cast<std::ptrdiff_t>(random() % living.size()));
        const int number = victim->first;
        const auto moment = std::chrono::steady_clock::now() + std::chrono::microseconds(random() % 40'000);
        while (std::chrono::steady_clock::now() < moment) continue;
        dead_.insert(number);
        take(victim->second->kill(), number);
        living.erase(victim);
        begin();
    }
    // All of them end; the last one finds every run without waiting for anything.
    while (!living.empty()) {
        dead_.insert(living.begin()->first);
        take(living.begin()->second->kill(), living.begin()->first);
        living.erase(living.begin());
    }
    EXPECT_EQ(bench_.open().claimExpired("last", kTtl, 1000)->size(), kRuns);
    for (const auto& [run, number] : number_) EXPECT_TRUE(bench_.store().readJournal(run)) << number;
    fmt::print("{} kills, {} runs taken over\n", kKills + kOwners, claims_);
    EXPECT_GT(claims_, kRuns) << "something was taken over";
}

TEST_F(StoreOwnersTest, AStoppedOneStillHasItsRunsUntilItIsKilled) {
    const RunId run = newRun();
    ChildProcess owner([&](const ChildProcess::Tell& tell) {
        auto& store = bench_.open();
        if (!store.renewLeases("stopped", kTtl) || !appendNow(store, creation(run, "stopped"))) return 1;
        tell({1, 0});
        ::raise(SIGSTOP);
        return 2;
    });
    ASSERT_TRUE(owner.next());
    ChildProcess heir([&](const ChildProcess::Tell&) {
        const auto claimed = bench_.open().claimExpired("heir", kTtl, 100);
        return claimed && claimed->empty() ? 0 : 1;
    });
    EXPECT_EQ(heir.wait(), 0) << "it may go on at any time";
    static_cast<void>(owner.kill());
    const auto claimed = bench_.open().claimExpired("heir", kTtl, 100).value();
    ASSERT_EQ(claimed.size(), 1U);
    EXPECT_EQ(claimed[0].run, run);
}

}  // namespace
}  // namespace signalbox::test
