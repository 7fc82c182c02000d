// How a gateway is: its engine, its store, whether it can take work in.
#pragma once

#include "protocol/dto.h"
#include "protocol/trigger_dto.h"

namespace signalbox::protocol {

struct PoolStatsDto {
    std::uint32_t busy = 0;  ///< threads at work at this moment
    std::uint64_t executed = 0;
    std::uint64_t stolen = 0;  ///< of them, taken from another thread's queue
    bool operator==(const PoolStatsDto&) const = default;
};
BOOST_DESCRIBE_STRUCT(PoolStatsDto, (), (busy, executed, stolen))

/// The writer of the journal. Percentiles are over the commits of the last minute.
struct JournalStatsDto {
    std::uint64_t commits = 0;
    std::uint64_t records = 0;
    std::uint64_t pending = 0;  ///< records and jobs on their way to the disk
    double recordsPerCommit = 0;
    std::uint32_t window = 0;  ///< commits that the percentiles are made of
    Duration commitP50 = 0;    ///< of the COMMIT itself, fsync included
    Duration commitP95 = 0;
    Duration commitP99 = 0;
    Duration commitMax = 0;
    Duration groupP50 = 0;  ///< of a whole group: taken from the queue to on disk
    Duration groupP99 = 0;
    bool operator==(const JournalStatsDto&) const = default;
};
BOOST_DESCRIBE_STRUCT(JournalStatsDto, (),
                      (commits, records, pending, recordsPerCommit, window, commitP50, commitP95, commitP99, commitMax,
                       groupP50, groupP99))

struct StorageStatsDto {
    std::string file;
    std::uint64_t databaseBytes = 0;
    std::uint64_t unusedBytes = 0;  ///< of them, in pages without content
    std::uint64_t walBytes = 0;
    std::uint64_t blobs = 0;  ///< counted about every 15 s
    std::uint64_t blobBytes = 0;
    std::uint64_t runs = 0;
    std::uint64_t logLines = 0;  ///< written since the gateway started
    std::uint64_t logLinesDropped = 0;
    bool operator==(const StorageStatsDto&) const = default;
};
BOOST_DESCRIBE_STRUCT(StorageStatsDto, (),
                      (file, databaseBytes, unusedBytes, walBytes, blobs, blobBytes, runs, logLines, logLinesDropped))

/// How much of finished runs is kept; 0 switches a limit off.
struct RetentionDto {
    Duration maxAge = 0;  ///< since a run ended
    std::uint64_t maxRuns = 0;
    std::uint64_t maxBytes = 0;  ///< of the database, unused pages not counted
    bool operator==(const RetentionDto&) const = default;
};
BOOST_DESCRIBE_STRUCT(RetentionDto, (), (maxAge, maxRuns, maxBytes))

/// What the sweeps have removed.
struct SweepDto {
    WallTime last = 0;  ///< 0: there was none since the gateway started
    Duration took = 0;
    std::uint64_t removedRuns = 0;  ///< by the last sweep
    std::uint64_t removedRecords = 0;
    std::uint64_t totalRuns = 0;  ///< since the gateway started
    std::uint64_t totalRecords = 0;
    bool operator==(const SweepDto&) const = default;
};
BOOST_DESCRIBE_STRUCT(SweepDto, (), (last, took, removedRuns, removedRecords, totalRuns, totalRecords))

struct DiskStatsDto {
    std::uint64_t freeBytes = 0;
    std::uint64_t watermarkBytes = 0;  ///< below that much no new runs are taken in
    bool intakeAllowed = true;
    std::string reason;  ///< why not
    bool operator==(const DiskStatsDto&) const = default;
};
BOOST_DESCRIBE_STRUCT(DiskStatsDto, (), (freeBytes, watermarkBytes, intakeAllowed, reason))

/// A process that the gateway has started, such as a worker of PythonCodeNode.
struct WorkerProcessDto {
    std::int64_t pid = 0;
    std::string name;
    std::uint64_t memoryBytes = 0;  ///< resident
    Duration cpu = 0;               ///< user and system time
    WallTime started = 0;
    bool operator==(const WorkerProcessDto&) const = default;
};
BOOST_DESCRIBE_STRUCT(WorkerProcessDto, (), (pid, name, memoryBytes, cpu, started))

struct EngineStatsDto {
    std::uint32_t threads = 0;
    std::uint64_t activeRuns = 0;
    std::uint64_t queuedRuns = 0;
    std::uint64_t pendingTasks = 0;
    std::uint64_t armedTimers = 0;
    std::uint64_t recordsAppended = 0;
    std::uint64_t lateResultsRefused = 0;
    std::uint64_t runsRecovered = 0;
    std::uint64_t runsQuarantined = 0;
    std::uint32_t maxActiveRuns = 0;  ///< more wait in the queue
    WallTime sampled = 0;
    std::uint64_t memoryBytes = 0;  ///< resident, of the gateway's process
    PoolStatsDto pool;
    JournalStatsDto journal;
    StorageStatsDto storage;
    RetentionDto retention;
    SweepDto sweep;
    DiskStatsDto disk;
    std::vector<WorkerProcessDto> processes;
    TriggerStatsDto triggers;
    bool operator==(const EngineStatsDto&) const = default;
};
BOOST_DESCRIBE_STRUCT(EngineStatsDto, (),
                      (threads, activeRuns, queuedRuns, pendingTasks, armedTimers, recordsAppended, lateResultsRefused,
                       runsRecovered, runsQuarantined, maxActiveRuns, sampled, memoryBytes, pool, journal, storage,
                       retention, sweep, disk, processes, triggers))

struct HealthCheckDto {
    std::string name;  ///< "store", "recovery", "disk"
    bool passed = true;
    std::string reason;  ///< why not
    bool operator==(const HealthCheckDto&) const = default;
};
BOOST_DESCRIBE_STRUCT(HealthCheckDto, (), (name, passed, reason))

/// Whether the gateway can take work in, as it says at /ready.
struct GatewayHealth {
    bool ready = false;  ///< every check has passed
    std::vector<HealthCheckDto> checks;
    bool operator==(const GatewayHealth&) const = default;
};
BOOST_DESCRIBE_STRUCT(GatewayHealth, (), (ready, checks))

/// One quantity over time: "runs.active", "runs.queued", "pool.busy", "pool.queued" (counts), "steps.rate" (records a
/// second), "commits.rate" (a second), "commit.p50", "commit.p99" (microseconds), "database.bytes", "wal.bytes",
/// "disk.free", "memory.bytes" (bytes).
struct EngineSeries {
    std::string name;
    std::string unit;  ///< "count", "per-second", "microseconds", "bytes"
    std::vector<double> values;
    bool operator==(const EngineSeries&) const = default;
};
BOOST_DESCRIBE_STRUCT(EngineSeries, (), (name, unit, values))

/// Samples of the last 15 minutes, one a second, oldest first; each series has one value for each time.
struct EngineHistory {
    std::vector<WallTime> times;
    std::vector<EngineSeries> series;
    bool operator==(const EngineHistory&) const = default;
};
BOOST_DESCRIBE_STRUCT(EngineHistory, (), (times, series))

}  // namespace signalbox::protocol
