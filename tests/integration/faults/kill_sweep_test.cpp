// Kills the process at the n-th record of each kind, before, during and after its commit, and lets the next one go on.
#include <atomic>
#include <cstdio>
#include <cstdlib>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fault_world.h"

namespace signalbox::test {

using namespace signalbox::engine;
using store::FaultPoint;

namespace {

constexpr int kKilled = 77;
constexpr int kSound = 0;
constexpr int kUnsound = 1;

/// In memory, where there is such a folder: what a killed process has written is there on every file system, and a disk
/// would only be waited for. SIGNALBOX_SWEEP_FOLDER names another place.
FaultFolder makeFolder() {
    const char* const wanted = std::getenv("SIGNALBOX_SWEEP_FOLDER");
    const bool hasMemory = ::access("/dev/shm", W_OK) == 0;
    const std::string base = wanted != nullptr ? wanted
                             : hasMemory       ? "/dev/shm"
                                               : std::filesystem::temp_directory_path().string();
    std::string name = base + "/signalbox-sweep-XXXXXX";
    return {mkdtemp(name.data()) != nullptr ? name : std::string()};
}

/// Runs `body` in a process of its own and gives its exit code. The parent has no threads, so forking is safe.
template <class Body>
int inChild(Body body) {
    std::fflush(nullptr);
    const pid_t child = fork();
    if (child == 0) {
        int code = kUnsound;
        try {
            code = body();
        } catch (const std::exception& error) {
            fmt::print(stderr, "{}\n", error.what());
        }
        std::fflush(nullptr);
        _exit(code);
    }
    int status = 0;
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int runAndMaybeDie(const FaultFolder& folder, RecordKind kind, int nth, FaultPoint point) {
    return inChild([&] {
        store::StoreOptions options;
        int seen = 0;
        options.faultHook = [&](FaultPoint at, const Record& record) {
            if (at == point && record.kind == kind && ++seen == nth) _exit(kKilled);
        };
        FaultEngine engine(folder, std::move(options));
        engine.startAll();
        return engine.finishAll() ? kSound : kUnsound;
    });
}

int goOnAndCheck(const FaultFolder& folder, const std::string& what) {
    return inChild([&] {
        FaultEngine engine(folder, {});
        if (!engine.finishAll()) {
            fmt::print(stderr, "{}: the runs did not end\n", what);
            return kUnsound;
        }
        const auto faults = checkPromises(folder, engine);
        for (const std::string& fault : faults) fmt::print(stderr, "{}: {}\n", what, fault);
        return faults.empty() ? kSound : kUnsound;
    });
}

/// Dies when the n-th CpuNode begins (`computing`), or at the n-th record of a kind.
struct DeathOf {
    int nth = 0;
    bool computing = false;
    RecordKind kind = RecordKind::RunStarted;
    FaultPoint point = FaultPoint::BeforeCommit;
};

int executeAndMaybeDie(const FaultFolder& folder, const DeathOf& death) {
    return inChild([&] {
        std::atomic<int> seen{0};
        store::StoreOptions options;
        options.faultHook = [&](FaultPoint at, const Record& record) {
            if (!death.computing && at == death.point && record.kind == death.kind && ++seen == death.nth)
                _exit(kKilled);
        };
        FaultEngine engine(folder, std::move(options), [&] {
            if (death.computing && ++seen == death.nth) _exit(kKilled);
        });
        return engine.executeAll() == FaultEngine::kExecuted ? kSound : kUnsound;
    });
}

/// What was under way goes on; then every caller asks again with its key.
int askAgainAndCheck(const FaultFolder& folder, const std::string& what) {
    return inChild([&] {
        FaultEngine engine(folder, {});
        if (!engine.finishAll()) return kUnsound;
        auto faults = checkExecuted(folder, engine, false);
        if (engine.executeAll() != FaultEngine::kExecuted) faults.emplace_back("not all were answered");
        for (const std::string& fault : checkExecuted(folder, engine, true)) faults.push_back("again: " + fault);
        for (const std::string& fault : faults) fmt::print(stderr, "{}: {}\n", what, fault);
        return faults.empty() ? kSound : kUnsound;
    });
}

struct Tally {
    int kills = 0;
    int unsound = 0;
    int doubled = 0;
};

/// Dies at an effect in flight, then again while taking over, then goes on.
void killTwice(RecordKind kind, FaultPoint point, int nth, Tally& tally) {
    const FaultFolder folder = makeFolder();
    ASSERT_FALSE(folder.folder.empty());
    const std::string what = fmt::format("second kill at {} point {}", recordKindName(kind), static_cast<int>(point));
    if (runAndMaybeDie(folder, RecordKind::NodeStarted, nth, FaultPoint::AfterCommit) == kKilled) ++tally.kills;
    if (runAndMaybeDie(folder, kind, 1, point) == kKilled) ++tally.kills;
    if (goOnAndCheck(folder, what) != kSound) ++tally.unsound;
    std::filesystem::remove_all(folder.folder);
}

/// Kills at the first, second, ... record of a kind until there is none so late any more.
void sweep(RecordKind kind, FaultPoint point, int most, Tally& tally) {
    for (int nth = 1; nth <= most; ++nth) {
        const FaultFolder folder = makeFolder();
        ASSERT_FALSE(folder.folder.empty());
        const std::string what = fmt::format("{} {} point {}", recordKindName(kind), nth, static_cast<int>(point));
        const int end = runAndMaybeDie(folder, kind, nth, point);
        ASSERT_TRUE(end == kKilled || end == kSound) << what << ": exit code " << end;
        if (end == kKilled) ++tally.kills;
        if (goOnAndCheck(folder, what) != kSound) ++tally.unsound;
        for (const auto& [key, count] : countEffects(folder)) tally.doubled += count > 1 ? 1 : 0;
        std::filesystem::remove_all(folder.folder);
        if (end == kSound) break;
    }
}

/// As sweep(), of runs that are answered at their ends.
void sweepExecuted(DeathOf death, Tally& tally) {
    for (death.nth = 1; death.nth <= 60; ++death.nth) {
        const FaultFolder folder = makeFolder();
        ASSERT_FALSE(folder.folder.empty());
        const std::string what =
            fmt::format("executed, {} {} point {}", death.computing ? "computing" : recordKindName(death.kind),
                        death.nth, static_cast<int>(death.point));
        const int end = executeAndMaybeDie(folder, death);
        ASSERT_TRUE(end == kKilled || end == kSound) << what << ": exit code " << end;
        if (end == kKilled) ++tally.kills;
        if (askAgainAndCheck(folder, what) != kSound) ++tally.unsound;
        std::filesystem::remove_all(folder.folder);
        if (end == kSound) break;
    }
}

}  // namespace

TEST(KillSweep, WhatWasNotAnsweredIsThereWholeOrNeverWas) {
    Tally tally;
    sweepExecuted({.computing = true}, tally);
    for (const FaultPoint point : {FaultPoint::BeforeCommit, FaultPoint::DuringCommit, FaultPoint::AfterCommit}) {
        for (const RecordKind kind :
             {RecordKind::RunStarted, RecordKind::NodeStarted, RecordKind::NodeSucceeded, RecordKind::RunFinished}) {
            sweepExecuted({.kind = kind, .point = point}, tally);
        }
    }
    fmt::print("kills {}, answered runs lost, changed or run twice {}\n", tally.kills, tally.unsound);
    EXPECT_GE(tally.kills, 60);
    EXPECT_EQ(tally.unsound, 0);
}

TEST(KillSweep, LosesNothingAndDoublesNothing) {
    const char* wanted = std::getenv("SIGNALBOX_SWEEP_KILLS");
    const int kills = wanted != nullptr ? std::atoi(wanted) : 1'000;
    Tally tally;
    while (tally.kills < kills && !HasFatalFailure()) {
        for (const FaultPoint point : {FaultPoint::BeforeCommit, FaultPoint::DuringCommit, FaultPoint::AfterCommit}) {
            for (int kind = 1; kind <= kRecordKinds; ++kind) sweep(static_cast<RecordKind>(kind), point, 60, tally);
            for (int nth = 1; nth <= 4; ++nth) {
                killTwice(RecordKind::Recovered, point, nth, tally);
                killTwice(RecordKind::AttemptLost, point, nth, tally);
            }
        }
    }
    fmt::print("kills {}, runs lost or journalled twice {}, effects doubled {} (each in flight at a kill)\n",
               tally.kills, tally.unsound, tally.doubled);
    EXPECT_EQ(tally.unsound, 0);
}

}  // namespace signalbox::test
