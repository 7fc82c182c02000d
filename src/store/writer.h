// The one writer thread: takes what is queued, writes it as one transaction, then calls back.
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

#include "base/log.h"
#include "base/result.h"
#include "store/checkpoint.h"
#include "store/database.h"
#include "store/fault_point.h"
#include "store/record_codec.h"
#include "store/write_session.h"

namespace signalbox::store {

struct WriterOptions {
    const Clock* clock = nullptr;
    Logger log;
    std::string boot;
    Micros leaseTtl = 0;
    std::size_t maxPendingRecords = 0;
    int maxLogPages = 0;  ///< in the log, from which on the writer copies it into the database before going on
    std::function<void(int)> walGrew;             ///< after a commit, with the pages in the log; on the writer thread
    std::function<void(const Error&)> notStored;  ///< a write failed for want of a working disk; on the writer thread
    FaultHook faultHook;                          ///< for tests
};

/// Durations of the last commits, by the writer's clock.
struct CommitTimes {
    Micros at = 0;
    Micros commit = 0;  ///< of the COMMIT, fsync included
    Micros group = 0;   ///< of the whole transaction
};
struct WriterStats {
    std::uint64_t commits = 0;
    std::uint64_t records = 0;
    std::uint64_t pending = 0;        ///< records and tasks queued or being written
    std::vector<CommitTimes> recent;  ///< of the last minute, at most kCommitTimesKept; in no order
};

/// Owns the write connection and its thread. Destruction writes what is queued, calls back, and ends.
class Writer {
public:
    using Done = std::function<void(Status)>;
    using Task = std::function<Status(WriteSession&)>;

    Writer(std::unique_ptr<Database> database, WriterOptions options);
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;
    ~Writer();

    /// Waits while more than maxPendingRecords are on their way, except on the writer thread itself.
    void append(EncodedAppend batch, Done done);
    /// Runs in the transaction of its group. A task may be run again when its group had to be rolled back.
    void post(Task task, Done done);
    /// As post, and waits for it. On the writer thread that would wait for itself: an error "store.deadlock".
    [[nodiscard]] Status run(Task task);
    /// Runs between transactions, and waits for it.
    [[nodiscard]] Status runOutside(Task task);
    /// Held by whoever copies the log, because SQLite lets two of them fail instead of wait.
    [[nodiscard]] std::mutex& checkpointMutex() { return checkpointMutex_; }
    [[nodiscard]] WriterStats stats() const;
    static constexpr std::size_t kCommitTimesKept = 4096;

private:
    struct Job {
        std::unique_ptr<EncodedAppend> batch;
        Task task;
        bool outside = false;
        Done done;
        Status result;
        [[nodiscard]] std::size_t weight() const { return batch ? batch->records.size() + 1 : 1; }
    };

    void enqueue(Job job, bool mayWait);
    [[nodiscard]] Status enqueueAndWait(Task task, bool outside);
    void loop();
    [[nodiscard]] std::size_t groupSize(std::span<Job> jobs) const;
    void process(std::span<Job> jobs);
    void writeGroup(std::span<Job> jobs);
    [[nodiscard]] Status tryGroup(std::span<Job> jobs);
    [[nodiscard]] Status runJob(Job& job);
    void writeOneByOne(std::span<Job> jobs);
    void setFailed(Job& job, const Error& error);
    [[nodiscard]] bool failedBefore(Job& job);
    void holdLogDown();
    void report(const Status& status);
    void finish(std::span<Job> jobs);
    void noteCommit(std::span<const Job> jobs, Micros begun, Micros committing);
    void callHook(FaultPoint point, std::span<Job> jobs) const;
    void installHooks();
    static int onCommit(void* self);
    static int onWal(void* self, ::sqlite3* database, const char* name, int pages);

    const WriterOptions options_;
    std::unique_ptr<Database> database_;
    WriteSession session_;

    std::mutex checkpointMutex_;
    mutable std::mutex statsMutex_;  ///< guards the three below
    std::uint64_t commits_ = 0;
    std::uint64_t records_ = 0;
    std::vector<CommitTimes> times_;  ///< a ring
    mutable std::mutex mutex_;
    std::condition_variable work_;
    std::condition_variable space_;
    std::vector<Job> queue_;
    std::size_t pending_ = 0;  ///< records and tasks queued or being written
    bool sleeping_ = false;
    bool stopping_ = false;

    // Of the writer thread only.
    std::span<Job> group_;                         ///< being committed, for the fault hook
    std::unordered_map<RunId, Error> failedRuns_;  ///< within what was taken from the queue at once
    bool failing_ = false;                         ///< the last group failed; logged once, not for each
    CheckpointTrigger logLimit_;
    bool logTooLong_ = false;
    std::thread thread_;
};

}  // namespace signalbox::store
