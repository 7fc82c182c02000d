// A disk that is full, that fails, that is locked or slow: nothing acknowledged is lost, what fails can be tried again.
#include <gtest/gtest.h>

#include "support/fault_vfs.h"
#include "support/store_fixture.h"

namespace signalbox::test {
namespace {

constexpr std::uint64_t kBatch = 3;

class StoreFaultsTest : public testing::Test {
protected:
    StoreFaultsTest() {
        bench_.options.vfs = vfs_.name();
        bench_.options.busyTimeout = std::chrono::milliseconds(50);
        bench_.options.inlineLimit = 1000;
        bench_.open();
        EXPECT_TRUE(appendNow(store(), creation(run_, "owner-a", kBatch)));
    }
    ~StoreFaultsTest() override {
        vfs_.heal();
        bench_.close();
    }
    store::SqliteStore& store() { return bench_.store(); }

    /// Appends batches, trying each again when it is refused; gives how often that was.
    int appendStubbornly(int batches, const std::string& code) {
        int refused = 0;
        for (int i = 0; i < batches; ++i) {
            for (int attempt = 0; attempt < 100; ++attempt) {
                auto next = batch(run_, written_ + 1, kBatch);
                next.records[1].payload = Value(std::string(3000, static_cast<char>('a' + i % 26)));
                const auto status = appendNow(store(), std::move(next));
                if (status) break;
                EXPECT_EQ(status.error().code, code) << status.error().message;
                EXPECT_TRUE(status.error().retryable);
                ++refused;
            }
            written_ += kBatch;
        }
        return refused;
    }
    void expectWhole() {
        const auto journal = store().readJournal(run_);
        ASSERT_TRUE(journal) << journal.error().message;
        EXPECT_EQ(journal->size(), written_);
    }
    void expectWholeAlsoAfterReopening() {
        expectWhole();
        bench_.open();
        expectWhole();
        EXPECT_EQ(appendStubbornly(2, "none"), 0);
        expectWhole();
    }

    FaultVfs vfs_{"faulty"};
    StoreBench bench_;
    const RunId run_ = newRun();
    std::uint64_t written_ = kBatch;
};

struct Case {
    const char* name;
    FileOperation operation;
    Fault fault;
    const char* code;
};

class CommitFaultTest : public StoreFaultsTest, public testing::WithParamInterface<Case> {};

TEST_P(CommitFaultTest, AtAnyOperationIsRetryableAndLosesNothing) {
    const Case& what = GetParam();
    int refused = 0;
    for (std::uint64_t nth = 1; nth <= 25; ++nth) {
        // A commit is one sync and many writes.
        const std::uint64_t at = what.operation == FileOperation::Sync ? 1 + nth % 4 : nth;
        vfs_.inject({what.operation, what.fault, FileKind::Log, at, 1});
        refused += appendStubbornly(4, what.code);
    }
    EXPECT_GT(refused, 10) << "the faults were not felt";
    EXPECT_EQ(vfs_.faults(), static_cast<std::uint64_t>(refused));
    expectWholeAlsoAfterReopening();
}

INSTANTIATE_TEST_SUITE_P(Faults, CommitFaultTest,
                         testing::Values(Case{"FullOnWrite", FileOperation::Write, Fault::NoSpace, "store.no-space"},
                                         Case{"ErrorOnWrite", FileOperation::Write, Fault::IoError, "store.io"},
                                         Case{"TornWrite", FileOperation::Write, Fault::TornWrite, "store.io"},
                                         Case{"ErrorOnSync", FileOperation::Sync, Fault::IoError, "store.io"},
                                         Case{"FullOnSync", FileOperation::Sync, Fault::NoSpace, "store.no-space"}),
                         [](const auto& tested) { return tested.param.name; });

TEST_F(StoreFaultsTest, AFailedWriteIsNotThereAfterACrash) {
    vfs_.inject({FileOperation::Write, Fault::IoError, FileKind::Log, 2, 1});
    EXPECT_EQ(appendNow(store(), batch(run_, written_ + 1, kBatch)).error().code, "store.io");
    expectWhole();
    bench_.open();
    expectWhole();
}

TEST_F(StoreFaultsTest, OnABrokenDiskEverythingIsRefusedAndOnAHealedOneItGoesOn) {
    vfs_.inject({FileOperation::Write, Fault::IoError, std::nullopt, 1});
    std::vector<std::promise<Status>> results(20);
    for (std::uint64_t i = 0; i < results.size(); ++i) {
        store().append(batch(run_, written_ + 1 + i * kBatch, kBatch),
                       [&results, i](Status status) { results[i].set_value(std::move(status)); });
    }
    for (auto& result : results) {
        const Status status = result.get_future().get();
        ASSERT_FALSE(status);
        EXPECT_TRUE(status.error().retryable) << status.error().code;
    }
    EXPECT_EQ(store().claimExpired("b", 1, 10).value().size(), 0U);
    EXPECT_EQ(store().putVersion({}).error().code, "store.io");
    expectWhole();
    vfs_.heal();
    EXPECT_EQ(appendStubbornly(3, "none"), 0);
    expectWholeAlsoAfterReopening();
}

TEST_F(StoreFaultsTest, InAGroupOnlyTheBatchThatDoesNotFitFails) {
    const auto used = std::filesystem::file_size(bench_.path().string() + "-wal");
    const RunId small = newRun();
    const RunId large = newRun();
    std::promise<void> blocked;
    std::promise<void> release;
    store().append(batch(run_, written_ + 1, kBatch), [&](const Status&) {
        blocked.set_value();
        release.get_future().wait();
    });
    written_ += kBatch;
    blocked.get_future().wait();
    // The writer is held: what follows will be one group.
    vfs_.limit(FileKind::Log, used + 400'000);
    std::vector<std::promise<Status>> results(4);
    const auto into = [&](std::size_t i) {
        return [&results, i](Status status) { results[i].set_value(std::move(status)); };
    };
    auto huge = creation(large);
    huge.records[0].payload = Value(std::string(3'000'000, 'x'));
    store().append(creation(small), into(0));
    store().append(std::move(huge), into(1));
    store().append(batch(large, 2, 1), into(2));
    store().append(batch(small, 2, 1), into(3));
    release.set_value();
    EXPECT_TRUE(results[0].get_future().get());
    EXPECT_EQ(results[1].get_future().get().error().code, "store.no-space");
    EXPECT_EQ(results[2].get_future().get().error().code, "store.no-space") << "it cannot follow the one that failed";
    EXPECT_TRUE(results[3].get_future().get());
    EXPECT_EQ(store().readJournal(small)->size(), 2U);
    EXPECT_EQ(store().summary(large).value(), std::nullopt);
    EXPECT_EQ(store().list({})->total, 2U);
    EXPECT_FALSE(store().intakeAllowed()) << "the disk has just refused a write";
    expectWhole();
}

TEST_F(StoreFaultsTest, ALockedDatabaseIsBusyUntilItIsFree) {
    const RunId other = newRun();
    {
        StoreLock lock(bench_.path());
        const auto refused = appendNow(store(), batch(run_, written_ + 1, kBatch));
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().code, "store.busy");
        EXPECT_TRUE(refused.error().retryable);
        EXPECT_EQ(appendNow(store(), creation(other)).error().code, "store.busy");
        EXPECT_EQ(store().renewLeases("owner-a", 1).error().code, "store.busy");
        expectWhole();
    }
    EXPECT_EQ(appendStubbornly(1, "none"), 0);
    EXPECT_TRUE(appendNow(store(), creation(other)));
    expectWholeAlsoAfterReopening();
}

TEST_F(StoreFaultsTest, ACheckpointThatFailsLosesNothing) {
    for (std::uint64_t nth = 1; nth <= 6; ++nth) {
        for (const FileOperation operation : {FileOperation::Write, FileOperation::Sync}) {
            appendStubbornly(3, "none");
            vfs_.inject({operation, Fault::IoError, FileKind::Database, nth, 1});
            static_cast<void>(store().runMaintenance());
            vfs_.heal();
            expectWhole();
        }
    }
    appendStubbornly(3, "none");
    vfs_.inject({FileOperation::Write, Fault::NoSpace, FileKind::Database, 1});
    const auto status = store().runMaintenance();
    EXPECT_EQ(status.error().code, "store.no-space");
    EXPECT_EQ(appendStubbornly(2, "none"), 0) << "commits do not need the checkpoint";
    vfs_.heal();
    EXPECT_TRUE(store().runMaintenance());
    expectWholeAlsoAfterReopening();
}

TEST_F(StoreFaultsTest, ReadingFromABrokenDiskIsAnErrorNotACrash) {
    ASSERT_TRUE(store().runMaintenance());
    bench_.open();
    vfs_.inject({FileOperation::Read, Fault::IoError, FileKind::Database, 1});
    const auto journal = store().readJournal(run_);
    ASSERT_FALSE(journal);
    EXPECT_EQ(journal.error().code, "store.io");
    EXPECT_EQ(store().list({}).error().code, "store.io");
    EXPECT_EQ(store().lookUp("key", 0), std::nullopt);
    vfs_.heal();
    expectWhole();
}

TEST_F(StoreFaultsTest, NothingIsAcknowledgedBeforeTheSync) {
    std::promise<void> syncing;
    std::promise<void> release;
    std::atomic<bool> first = true;
    vfs_.observe([&](FileOperation operation, FileKind file) {
        if (operation != FileOperation::Sync || file != FileKind::Log || !first.exchange(false)) return;
        syncing.set_value();
        release.get_future().wait();
    });
    std::atomic<int> acknowledged = 0;
    store().append(batch(run_, written_ + 1, kBatch), [&](const Status& status) { acknowledged += status ? 1 : 0; });
    syncing.get_future().wait();
    const auto syncsBefore = vfs_.count(FileOperation::Sync, FileKind::Log);
    for (std::uint64_t i = 1; i <= 500; ++i) {
        store().append(batch(run_, written_ + 1 + i * kBatch, kBatch),
                       [&](const Status& status) { acknowledged += status ? 1 : 0; });
    }
    EXPECT_EQ(acknowledged, 0);
    release.set_value();
    ASSERT_TRUE(store().renewLeases("owner-a", 1));
    EXPECT_EQ(acknowledged, 501);
    EXPECT_LE(vfs_.count(FileOperation::Sync, FileKind::Log) - syncsBefore, 4U) << "they were not written as a group";
    written_ += 501 * kBatch;
    expectWhole();
    vfs_.observe(nullptr);
}

}  // namespace
}  // namespace signalbox::test
