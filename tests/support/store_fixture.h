// What the store's tests share: a folder that goes away, options that suit a test, records and batches by the dozen.
#pragma once

#include <filesystem>
#include <future>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/ids.h"
#include "engine/ports.h"
#include "store/sqlite_store.h"

namespace signalbox::test {

/// A fresh folder, removed with all that is in it.
class TempFolder {
public:
    TempFolder();
    TempFolder(const TempFolder&) = delete;
    TempFolder& operator=(const TempFolder&) = delete;
    ~TempFolder();
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

[[nodiscard]] RunId newRun();

/// A record of a run with a small payload that differs from record to record.
[[nodiscard]] engine::Record record(RunId run, std::uint64_t seq,
                                    engine::RecordKind kind = engine::RecordKind::NodeSucceeded);
[[nodiscard]] engine::RunSummary summaryOf(RunId run, const std::string& workflow = "orders");
/// The first batch of a run: its summary and records 1 to `records`, with token 1.
[[nodiscard]] engine::Append creation(RunId run, const std::string& owner = "owner-a", std::uint64_t records = 1);
/// Records from `first` on, without a summary.
[[nodiscard]] engine::Append batch(RunId run, std::uint64_t first, std::uint64_t count, std::uint64_t token = 1);
/// The last batch of a run, which ends it.
[[nodiscard]] engine::Append ending(const engine::RunSummary& before, std::uint64_t seq, engine::RunStatus status,
                                    std::uint64_t token = 1);

/// Appends and waits until it is on disk or refused.
[[nodiscard]] Status appendNow(engine::RunStore& store, engine::Append append);

/// A store in a folder of its own, on a clock that stands still, without a maintenance thread.
class StoreBench {
public:
    StoreBench();
    store::SqliteStore& open();  ///< again after close(), with what `options` says then
    void close() { store_.reset(); }
    [[nodiscard]] store::SqliteStore& store() { return *store_; }
    /// The code of the error that opening gives; empty when it works.
    [[nodiscard]] std::string openError();
    [[nodiscard]] std::filesystem::path path() const { return options.path; }

    TempFolder folder;
    ManualClock clock;
    store::StoreOptions options;

private:
    std::unique_ptr<store::SqliteStore> store_;
};

/// Another program that holds the write lock of a database while it lives.
class StoreLock {
public:
    explicit StoreLock(const std::filesystem::path& path);
    StoreLock(const StoreLock&) = delete;
    StoreLock& operator=(const StoreLock&) = delete;
    ~StoreLock();

private:
    class Connection;
    std::unique_ptr<Connection> connection_;
};

/// Runs SQL on the file from outside the store. Throws std::runtime_error.
void executeOutside(const std::filesystem::path& path, const std::string& sql);
[[nodiscard]] std::int64_t askOutside(const std::filesystem::path& path, const std::string& sql);

}  // namespace signalbox::test
