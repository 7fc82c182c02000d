// Disk full, I/O errors, a locked database and jumping clocks while runs go: nothing is lost, nothing doubled.
#include <cstdlib>
#include <mutex>
#include <thread>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include "fault_world.h"
#include "support/fault_vfs.h"
#include "support/store_fixture.h"

namespace signalbox::test {

namespace {

class DiskFaults : public ::testing::Test {
protected:
    /// Runs the scenario while the disk fails by `rule`, which heals by itself after rule.count operations.
    void runThrough(const FaultRule& rule, std::uint64_t& injected) {
        TempFolder temp;
        const FaultFolder folder{temp.path()};
        FaultVfs vfs(fmt::format("faulty-{}", number_++));
        store::StoreOptions options;
        options.vfs = vfs.name();
        {
            FaultEngine engine(folder, options);
            engine.prepare();
            vfs.inject(rule);
            engine.startAll();
            ASSERT_TRUE(engine.finishAll());
            vfs.heal();
            for (const std::string& fault : checkPromises(folder, engine)) ADD_FAILURE() << fault;
            injected += vfs.faults();
        }
    }
    int number_ = 0;
};

}  // namespace

TEST_F(DiskFaults, AFullDiskOnlyDelays) {
    std::uint64_t injected = 0;
    for (std::uint64_t first = 1; first <= 16; first += 3) {
        runThrough({.operation = FileOperation::Write,
                    .fault = Fault::NoSpace,
                    .file = FileKind::Log,
                    .first = first,
                    .count = 2},
                   injected);
    }
    EXPECT_GE(injected, 6U);
    fmt::print("disk full: {} writes refused\n", injected);
}

TEST_F(DiskFaults, FailedWritesAndSyncsOnlyDelay) {
    std::uint64_t injected = 0;
    for (std::uint64_t first = 1; first <= 10; first += 3) {
        runThrough({.operation = FileOperation::Write,
                    .fault = Fault::IoError,
                    .file = FileKind::Log,
                    .first = first,
                    .count = 1},
                   injected);
        runThrough({.operation = FileOperation::Write,
                    .fault = Fault::TornWrite,
                    .file = FileKind::Log,
                    .first = first,
                    .count = 1},
                   injected);
        runThrough({.operation = FileOperation::Sync,
                    .fault = Fault::IoError,
                    .file = FileKind::Log,
                    .first = first,
                    .count = 1},
                   injected);
    }
    EXPECT_GE(injected, 8U);
    fmt::print("I/O errors: {} operations failed\n", injected);
}

TEST_F(DiskFaults, ALockedDatabaseOnlyDelays) {
    TempFolder temp;
    const FaultFolder folder{temp.path()};
    store::StoreOptions options;
    options.busyTimeout = std::chrono::milliseconds(1);
    FaultEngine engine(folder, options);
    sqlite3* other = nullptr;
    ASSERT_EQ(sqlite3_open(folder.database().c_str(), &other), SQLITE_OK);
    ASSERT_EQ(sqlite3_exec(other, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr), SQLITE_OK);
    // With the lock held starts are answered late or refused as retryable, never half-made: they come after its
    // release.
    std::jthread release([other] {
        std::mutex mutex;
        std::condition_variable never;
        std::unique_lock lock(mutex);
        never.wait_for(lock, std::chrono::milliseconds(700));
        sqlite3_exec(other, "ROLLBACK", nullptr, nullptr, nullptr);
    });
    bool started = false;
    for (int i = 0; i < 1000 && !started; ++i) {
        try {
            engine.startAll();
            started = true;
        } catch (const std::exception&) {
            // putVersion met the lock.
        }
    }
    release.join();
    sqlite3_close(other);
    ASSERT_TRUE(started);
    ASSERT_TRUE(engine.finishAll());
    for (const std::string& fault : checkPromises(folder, engine)) ADD_FAILURE() << fault;
}

TEST_F(DiskFaults, JumpsOfTheWallClockMoveNothing) {
    constexpr Micros kHour = 3'600'000'000;
    for (const Micros jump : {kHour, -kHour, 24 * kHour, -24 * kHour}) {
        TempFolder temp;
        const FaultFolder folder{temp.path()};
        FaultEngine engine(folder, {});
        const Micros before = engine.clock().monotonicNow();
        engine.startAll();
        engine.clock().jump(jump);
        ASSERT_TRUE(engine.finishAll());
        EXPECT_LT(engine.clock().monotonicNow() - before, 20'000'000) << "a timer followed the wall clock";
        for (const std::string& fault : checkPromises(folder, engine)) ADD_FAILURE() << fault;
    }
}

}  // namespace signalbox::test
