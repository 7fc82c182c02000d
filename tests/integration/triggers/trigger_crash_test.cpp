// Killed at any moment, again and again: each time that a schedule names has its run, once.
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <random>

#include <fcntl.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "support/child_process.h"
#include "triggers/trigger_set.h"

namespace signalbox::triggers {
namespace {

namespace fs = std::filesystem;
using signalbox::test::ChildProcess;
using signalbox::test::Note;

constexpr Micros kSecond = 1'000'000;
constexpr Micros kStart = 1'772'409'600 * kSecond;
constexpr int kRounds = 60;

/// Stands for the engine: a file of keys that survives, in which each key has one line.
class Ledger {
public:
    explicit Ledger(const fs::path& file) : file_(file) {
        std::ifstream lines(file);
        for (std::string key; std::getline(lines, key);) runs_.emplace(key, runs_.size());
    }
    std::string start(const std::string& key) {
        const auto [place, isNew] = runs_.emplace(key, runs_.size());
        if (isNew) {
            const int fd = ::open(file_.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
            const std::string line = key + "\n";
            if (::write(fd, line.data(), line.size()) != static_cast<ssize_t>(line.size())) ::_exit(4);
            ::close(fd);
        }
        return fmt::format("run-{}", place->second);
    }
    [[nodiscard]] const std::map<std::string, std::size_t>& runs() const { return runs_; }

private:
    fs::path file_;
    std::map<std::string, std::size_t> runs_;
};

class TriggerCrash : public ::testing::Test {
protected:
    TriggerCrash() {
        std::string name = (fs::temp_directory_path() / "signalbox-crash-XXXXXX").string();
        if (::mkdtemp(name.data()) != nullptr) folder_ = name;
    }
    ~TriggerCrash() override {
        std::error_code ignored;
        fs::remove_all(folder_, ignored);
    }

    std::unique_ptr<TriggerSet> open(Ledger& ledger, ManualClock& clock) {
        TriggerOptions options;
        options.file = folder_ / "triggers.db";
        options.workspace = folder_;
        options.clock = &clock;
        options.random = &random_;
        options.runs.start = [&ledger](const RunPort::Start& start) -> Result<std::string> {
            return ledger.start(start.idempotencyKey);
        };
        options.runs.isRunning = [](const std::string&) { return false; };
        auto opened = TriggerSet::open(std::move(options));
        EXPECT_TRUE(opened) << opened.error().message;
        return opened ? std::move(*opened) : nullptr;
    }

    /// In the child: lets time pass for ever, and tells how far it is.
    int runForEver(Micros wall, const ChildProcess::Tell& tell) {
        Ledger ledger(folder_ / "ledger");
        ManualClock clock(wall);
        const auto set = open(ledger, clock);
        if (!set) return 3;
        for (;;) {
            clock.advance(kSecond);
            // Before the tick: what it did is on disk by then, or has to be found by the next one.
            tell({static_cast<std::uint64_t>(clock.wallNow()), 0});
            set->tick();
        }
    }

    fs::path folder_;
    SystemRandom random_;
};

TEST_F(TriggerCrash, NeitherLosesNorDoublesAStart) {
    const unsigned seed = std::random_device{}();
    fmt::print("seed {}\n", seed);
    SCOPED_TRACE(fmt::format("seed {}", seed));
    std::mt19937 random(seed);
    Micros wall = kStart;
    std::string id;
    {
        Ledger ledger(folder_ / "ledger");
        ManualClock clock(wall);
        protocol::SaveSchedule save;
        save.schedule.name = "every second";
        save.schedule.workflowId = "w";
        save.schedule.cron = "* * * * * *";
        save.schedule.overlap = "allow-all";
        save.schedule.jitter = 3 * kSecond;
        save.schedule.catchUp = 3600 * kSecond;
        id = open(ledger, clock)->save(save)->id;
    }
    for (int round = 0; round < kRounds; ++round) {
        ChildProcess child([&](const ChildProcess::Tell& tell) { return runForEver(wall, tell); });
        const unsigned notes = 1 + random() % 12;
        for (unsigned i = 0; i < notes; ++i) {
            const auto note = child.next();
            ASSERT_TRUE(note) << "it ended by itself: " << child.wait();
            wall = static_cast<Micros>(note->first);
        }
        // Anywhere in what it does then.
        const auto moment = std::chrono::steady_clock::now() + std::chrono::microseconds(random() % 3000);
        while (std::chrono::steady_clock::now() < moment) continue;
        for (const Note& note : child.kill()) wall = static_cast<Micros>(note.first);
    }
    Ledger ledger(folder_ / "ledger");
    ManualClock clock(wall);
    const auto set = open(ledger, clock);
    set->tick();
    // What was put off is due by then; what becomes due in these seconds as well.
    const Micros last = wall;
    for (int i = 0; i < 4; ++i) {
        clock.advance(kSecond);
        set->tick();
    }
    for (Micros due = kStart + kSecond; due <= last; due += kSecond) {
        EXPECT_TRUE(ledger.runs().contains(keyOf(id, due))) << "lost: " << due / kSecond;
    }
    const auto counts = set->schedule(id)->counts;
    EXPECT_EQ(counts.started, ledger.runs().size()) << "what the schedule says is what happened";
    EXPECT_EQ(counts.missedDown + counts.missedClock + counts.failedToStart + counts.skippedOverlap, 0U);
    EXPECT_GT(ledger.runs().size(), static_cast<std::size_t>(kRounds));
}

}  // namespace
}  // namespace signalbox::triggers
