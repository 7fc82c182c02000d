// Killed at any moment: what was acknowledged is there, batches are whole, and the file opens again by itself.
#include <gtest/gtest.h>
#include <unistd.h>

#include "base/random.h"
#include "support/child_process.h"
#include "support/fault_vfs.h"
#include "support/store_fixture.h"

namespace signalbox::test {
namespace {

constexpr std::uint64_t kRuns = 5;
constexpr std::uint64_t kBatch = 4;

class StoreCrashTest : public testing::Test {
protected:
    StoreCrashTest() {
        bench_.options.inlineLimit = 500;
        bench_.options.checkpointPages = 20;
        for (std::uint64_t i = 0; i < kRuns; ++i) runs_.push_back(newRun());
    }

    /// In the child: appends to all runs for ever, and tells (run, last record) for each batch that is acknowledged.
    void appendForEver(const ChildProcess::Tell& tell) {
        bench_.options.maintenanceThread = true;
        auto& store = bench_.open();
        for (std::uint64_t first = 1;; first += kBatch) {
            for (std::uint64_t run = 0; run < kRuns; ++run) {
                auto next = first == 1 ? creation(runs_[run], "owner-a", kBatch) : batch(runs_[run], first, kBatch);
                next.records[2].payload = Value(std::string(900, static_cast<char>('a' + first % 20)));
                store.append(std::move(next), [&tell, run, last = first + kBatch - 1](const Status& status) {
                    if (status) tell({run, last});
                });
            }
            if (!store.renewLeases("owner-a", 1'000'000)) ::_exit(3);
        }
    }

    /// Opens what the dead child left; every run must have all that was acknowledged, in whole batches.
    void expectIntact(const std::vector<std::uint64_t>& acknowledged) {
        bench_.options.maintenanceThread = false;
        bench_.options.faultHook = nullptr;
        auto& store = bench_.open();
        for (std::uint64_t run = 0; run < kRuns; ++run) {
            const auto journal = store.readJournal(runs_[run]);
            if (!journal && acknowledged[run] == 0 && journal.error().code == "run.not-found") continue;
            ASSERT_TRUE(journal) << journal.error().message;
            EXPECT_GE(journal->size(), acknowledged[run]);
            EXPECT_EQ(journal->size() % kBatch, 0U) << "half a batch";
            EXPECT_TRUE(appendNow(store, batch(runs_[run], journal->size() + 1, kBatch)));
        }
        EXPECT_EQ(askOutside(bench_.path(), "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check = 'ok'"),
                  1);
        EXPECT_EQ(askOutside(bench_.path(), "SELECT (SELECT count(*) FROM runs) - (SELECT sum(runs) FROM run_counts)"),
                  0);
        bench_.close();
    }

    StoreBench bench_;
    std::vector<RunId> runs_;
};

TEST_F(StoreCrashTest, AKilledProcessLosesNothingThatWasAcknowledged) {
    constexpr std::uint64_t kSeed = 42;
    SeededRandom random(kSeed);
    for (int round = 0; round < 25; ++round) {
        SCOPED_TRACE(testing::Message() << "seed " << kSeed << ", round " << round);
        std::filesystem::remove_all(bench_.path().parent_path());
        std::vector<std::uint64_t> acknowledged(kRuns, 0);
        ChildProcess child([this](const ChildProcess::Tell& tell) {
            appendForEver(tell);
            return 0;
        });
        const auto notes = 1 + random.below(300);
        for (std::uint64_t i = 0; i < notes; ++i) {
            const auto note = child.next();
            ASSERT_TRUE(note) << "the child ended by itself";
            acknowledged[note->first] = note->second;
        }
        for (const Note& note : child.kill()) acknowledged[note.first] = note.second;
        expectIntact(acknowledged);
    }
}

TEST_F(StoreCrashTest, StoppedAroundACommitItIsAllOrNothing) {
    using store::FaultPoint;
    for (const FaultPoint point : {FaultPoint::BeforeCommit, FaultPoint::DuringCommit, FaultPoint::AfterCommit}) {
        for (const std::uint64_t at : {1U, 3U, 4U, 9U, 22U}) {
            SCOPED_TRACE(testing::Message() << "point " << static_cast<int>(point) << ", record " << at);
            std::filesystem::remove_all(bench_.path().parent_path());
            ChildProcess child([&](const ChildProcess::Tell& tell) {
                std::uint64_t seen = 0;
                bench_.options.faultHook = [&seen, point, at](FaultPoint here, const engine::Record&) {
                    if (here == point && ++seen == at) ::_exit(77);
                };
                appendForEver(tell);
                return 0;
            });
            std::vector<std::uint64_t> acknowledged(kRuns, 0);
            while (const auto note = child.next()) acknowledged[note->first] = note->second;
            EXPECT_EQ(child.wait(), 77);
            expectIntact(acknowledged);
        }
    }
}

TEST_F(StoreCrashTest, StoppedInTheMiddleOfAnyWriteOrSyncItIsAllOrNothing) {
    for (std::uint64_t at = 1; at <= 120; at += 7) {
        for (const FileOperation operation : {FileOperation::Write, FileOperation::Sync}) {
            SCOPED_TRACE(testing::Message() << "operation " << static_cast<int>(operation) << ", number " << at);
            std::filesystem::remove_all(bench_.path().parent_path());
            ChildProcess child([&](const ChildProcess::Tell& tell) {
                FaultVfs vfs("dying");
                bench_.options.vfs = vfs.name();
                std::atomic<std::uint64_t> seen = 0;
                vfs.observe([&seen, operation, at](FileOperation here, FileKind) {
                    if (here == operation && ++seen == at) ::_exit(77);
                });
                appendForEver(tell);
                return 0;
            });
            std::vector<std::uint64_t> acknowledged(kRuns, 0);
            while (const auto note = child.next()) acknowledged[note->first] = note->second;
            EXPECT_EQ(child.wait(), 77);
            expectIntact(acknowledged);
        }
    }
}

}  // namespace
}  // namespace signalbox::test
