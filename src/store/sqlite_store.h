// The durable store: journals, summaries, memos and workflow versions in one SQLite file.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/log.h"
#include "base/result.h"
#include "engine/ports.h"
#include "store/disk_watermark.h"
#include "store/fault_point.h"
#include "store/retention.h"
#include "store/run_log.h"
#include "store/run_queries.h"
#include "store/store_stats.h"
#include "store/workflow_table.h"

namespace signalbox::store {

struct StoreOptions {
    std::filesystem::path path;    ///< made with its folder if it is not there, readable by its owner only
    const Clock* clock = nullptr;  ///< must outlive the store
    Logger log;
    std::uint64_t watermarkBytes = 512ULL << 20U;  ///< free space under which no new runs are taken in
    std::size_t inlineLimit = 16U << 10U;          ///< payloads with more JSON than this become blobs
    std::chrono::milliseconds busyTimeout{5000};   ///< how long another process may keep the file locked
    std::size_t maxPendingRecords = 65'536;        ///< see SqliteStore::append
    Micros leaseTtl = 15'000'000;                  ///< of the lease that a run's creation takes
    Retention retention;
    std::chrono::milliseconds maintenanceInterval{60'000};
    bool maintenanceThread = true;  ///< false: only runMaintenance() does any
    int checkpointPages = 4000;     ///< of 4 KiB in the log, after which it is copied into the database

    // For tests.
    std::string vfs;   ///< a registered SQLite VFS; empty: the system's
    std::string boot;  ///< empty: this boot of the machine
    LogLimits logLimits;
    FreeBytesProbe freeBytes;  ///< empty: the disk's
    FaultHook faultHook;       ///< see fault_point.h; makes the store keep every record twice while it is queued
};

/// Thread-safe. Several processes may have the same file open: each writes under SQLite's lock, and tokens keep two
/// owners from writing to one run. Destruction writes what is queued, calls back, and closes the file.
class SqliteStore final : public engine::RunStore, public engine::MemoStore, public engine::WorkflowStore {
public:
    /// Errors: "store.newer-version", "store.foreign", "store.corrupt", "store.io", "store.busy", "store.read-only".
    [[nodiscard]] static Result<std::unique_ptr<SqliteStore>> open(StoreOptions options);
    ~SqliteStore() override;

    /// Encodes on the caller's thread. Returns at once unless more than maxPendingRecords are on their way to the disk:
    /// then it waits for room, except when called from a `durable` callback (the writer must not wait for itself).
    /// Besides the codes of the port: "store.run-exists", "store.run-not-found", "store.incomplete" (a create without
    /// a summary), "store.sequence" (retryable when an earlier batch of the run was not written), "store.corrupt".
    void append(engine::Append batch, std::function<void(Status)> durable) override;
    [[nodiscard]] Result<std::vector<engine::Record>> readJournal(RunId run) override;
    [[nodiscard]] Result<std::optional<engine::RunSummary>> summary(RunId run) override;
    [[nodiscard]] Result<engine::RunPage> list(const engine::RunFilter& filter) override;
    [[nodiscard]] Result<std::optional<RunId>> findByIdempotencyKey(const std::string& workflowId,
                                                                    const std::string& key) override;

    // These wait for their commit. From a `durable` callback they give "store.deadlock".
    // An owner that renews its leases is seen by others to live until it releases them, or the store is destroyed; the
    // runs of one that is known to have ended can be claimed at once, the others' when their lease runs out (see
    // owner_locks.h; the locks are in a folder beside the file).
    [[nodiscard]] Result<std::vector<engine::ClaimedRun>> claimExpired(const std::string& owner, Micros leaseTtl,
                                                                       std::size_t limit) override;
    [[nodiscard]] Status renewLeases(const std::string& owner, Micros leaseTtl) override;
    [[nodiscard]] Status releaseLeases(const std::string& owner) override;
    [[nodiscard]] Status quarantine(RunId run, const std::string& reason) override;
    [[nodiscard]] Status intakeAllowed() override;

    [[nodiscard]] std::optional<Value> lookUp(const std::string& key, Micros wallNow) override;
    void remember(const std::string& key, const Value& outputs, Micros expiresWall) override;

    [[nodiscard]] Result<int> putVersion(const engine::Document& document) override;
    /// Of a document given with a start: found by its number only, in no list of versions and never the newest.
    [[nodiscard]] Result<int> putGiven(const engine::Document& document);
    [[nodiscard]] Result<engine::Document> getVersion(const std::string& id, int version) override;

    /// Walks a list to its end by and by, so that the next jump to any rank of it is quick. Errors of list().
    [[nodiscard]] Status warmList(const engine::RunFilter& filter);
    /// A part of a journal. Errors "run.not-found", "store.corrupt".
    [[nodiscard]] Result<JournalSlice> journal(RunId run, const JournalQuery& query);
    [[nodiscard]] RunLog& logs();
    [[nodiscard]] Result<std::vector<WorkflowVersion>> versions(const std::string& id, const engine::Document* current);
    /// Version 0 is the newest. Errors "workflow.not-found", "store.corrupt".
    [[nodiscard]] Result<WorkflowVersion> versionText(const std::string& id, int version);
    [[nodiscard]] Retention retention() const;
    /// Kept in the file, for this and later times. The number of memos cannot be set.
    [[nodiscard]] Status setRetention(const Retention& retention);
    /// Blobs are counted again when the last count is older than 15 s.
    [[nodiscard]] Result<StoreStats> stats();

    /// Keeps what the caller has made of an ended run's nodes, some time soon; a failure is no loss.
    void keepNodeStates(RunId run, std::string states);
    [[nodiscard]] Result<std::optional<std::string>> nodeStates(RunId run);

    /// Retention, giving back free pages, and a checkpoint: now, on this thread. The maintenance thread does the same.
    [[nodiscard]] Status runMaintenance();

private:
    class Impl;
    explicit SqliteStore(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace signalbox::store
