// What keeps the database in shape beside the commits: checkpoints, retention, giving free pages back to the disk.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

#include "base/log.h"
#include "base/result.h"
#include "store/database.h"
#include "store/retention.h"
#include "store/writer.h"

namespace signalbox::store {

struct MaintenanceOptions {
    ConnectionOptions connection;
    const Clock* clock = nullptr;
    Logger log;
    Retention retention;
    std::chrono::milliseconds interval{60'000};  ///< between two rounds of retention
    int checkpointPages = 0;                     ///< of the log, after which it is copied back
    bool ownThread = true;
};

/// What rounds of retention have removed since the store was opened.
struct SweepStats {
    Micros lastWall = 0;  ///< 0: there was no round yet
    Micros took = 0;
    std::uint64_t lastRuns = 0;
    std::uint64_t lastRecords = 0;
    std::uint64_t runs = 0;
    std::uint64_t records = 0;
};

/// A thread beside the writer's. A checkpoint copies the log into the database on a connection of its own while commits
/// go on; the writer only lends a moment to its end, so that the log starts over instead of growing for ever.
class Maintenance {
public:
    /// The writer must outlive it.
    [[nodiscard]] static Result<std::unique_ptr<Maintenance>> open(Writer& writer, MaintenanceOptions options);
    Maintenance(const Maintenance&) = delete;
    Maintenance& operator=(const Maintenance&) = delete;
    ~Maintenance();

    /// Starts the thread, if it is to have one.
    void start();
    /// Ends the thread; wakeForCheckpoint() may still be called. Before the writer goes.
    void stop();
    /// A full round at once, on the caller's thread.
    [[nodiscard]] Status round();
    /// The log has grown enough for a checkpoint. Called by the writer thread.
    void wakeForCheckpoint();
    [[nodiscard]] Retention retention() const;
    /// Holds from the next step of a round on.
    void setRetention(const Retention& retention);
    [[nodiscard]] SweepStats sweeps() const;

private:
    Maintenance(Writer& writer, MaintenanceOptions options, std::unique_ptr<Database> database);
    void loop();
    [[nodiscard]] Status checkpoint();
    [[nodiscard]] Status applyRetention();
    [[nodiscard]] Status giveBackPages();
    void report(const Status& status) const;

    Writer& writer_;
    const MaintenanceOptions options_;
    mutable std::mutex policyMutex_;  ///< guards the two below
    Retention retention_;
    SweepStats sweeps_;
    std::mutex databaseMutex_;  ///< a round by hand and the thread share the connection
    std::unique_ptr<Database> database_;
    std::mutex mutex_;
    std::condition_variable wake_;
    bool checkpointDue_ = false;
    std::atomic<bool> stopping_ = false;
    Micros nextRound_ = 0;
    std::thread thread_;
};

}  // namespace signalbox::store
