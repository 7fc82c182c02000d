#include "ui/panels/engine_facts.h"

#include "ui/text/format.h"

namespace signalbox::ui {

namespace {

// Percentiles of nothing are no zeros.
QString timeOf(const protocol::JournalStatsDto& journal, protocol::Duration duration) {
    return journal.window == 0 ? QStringLiteral("–") : formatDuration(duration);
}

}  // namespace

QList<KeyValueTable::Row> EngineFacts::pool(const protocol::EngineStatsDto& stats) {
    return {{tr("Threads"), tr("%1 of %2 busy").arg(stats.pool.busy).arg(stats.threads)},
            {tr("Tasks waiting"), formatCount(stats.pendingTasks)},
            {tr("Tasks done"), formatCount(stats.pool.executed)},
            {tr("Taken from another thread"), formatCount(stats.pool.stolen)},
            {tr("Runs active"),
             stats.maxActiveRuns > 0
                 ? tr("%1 of at most %2").arg(formatCount(stats.activeRuns), formatCount(stats.maxActiveRuns))
                 : formatCount(stats.activeRuns)},
            {tr("Runs queued"), formatCount(stats.queuedRuns)},
            {tr("Timers set"), formatCount(stats.armedTimers)},
            {tr("Runs taken over after a crash"), formatCount(stats.runsRecovered)},
            {tr("Runs set aside as damaged"), formatCount(stats.runsQuarantined)},
            {tr("Late results refused"), formatCount(stats.lateResultsRefused)}};
}

QList<KeyValueTable::Row> EngineFacts::journal(const protocol::EngineStatsDto& stats) {
    const auto& journal = stats.journal;
    return {{tr("Records written"), formatCount(journal.records)},
            {tr("Commits"), formatCount(journal.commits)},
            {tr("Records in a commit"), QLocale().toString(journal.recordsPerCommit, 'f', 1)},
            {tr("On their way to the disk"), formatCount(journal.pending)},
            {tr("Commit with fsync, median"), timeOf(journal, journal.commitP50)},
            {tr("95th percentile"), timeOf(journal, journal.commitP95)},
            {tr("99th percentile"), timeOf(journal, journal.commitP99)},
            {tr("Longest"), timeOf(journal, journal.commitMax)},
            {tr("Of how many commits"), tr("%1 in the last minute").arg(formatCount(journal.window))},
            {tr("From queue to disk, median"), timeOf(journal, journal.groupP50)},
            {tr("From queue to disk, 99th"), timeOf(journal, journal.groupP99)}};
}

QList<KeyValueTable::Row> EngineFacts::storage(const protocol::EngineStatsDto& stats) {
    const auto& storage = stats.storage;
    return {{tr("File"), storage.file.empty() ? tr("none: kept in memory") : toQString(storage.file)},
            {tr("Database"), formatBytes(storage.databaseBytes)},
            {tr("Unused in it"), formatBytes(storage.unusedBytes)},
            {tr("Write-ahead log"), formatBytes(storage.walBytes)},
            {tr("Large values"), tr("%1 in %2").arg(formatBytes(storage.blobBytes), formatCount(storage.blobs))},
            {tr("Runs kept"), formatCount(storage.runs)},
            {tr("Log lines written"), formatCount(storage.logLines)},
            {tr("Log lines dropped"), formatCount(storage.logLinesDropped)},
            {tr("Free on the disk"), formatBytes(stats.disk.freeBytes)},
            {tr("No new runs below"), formatBytes(stats.disk.watermarkBytes)}};
}

QList<KeyValueTable::Row> EngineFacts::retention(const protocol::EngineStatsDto& stats, std::int64_t now) {
    const auto& kept = stats.retention;
    const auto& sweep = stats.sweep;
    const auto off = tr("no limit");
    return {{tr("Kept for"), kept.maxAge > 0 ? formatDuration(kept.maxAge) : off},
            {tr("Runs at most"), kept.maxRuns > 0 ? formatCount(kept.maxRuns) : off},
            {tr("Database at most"), kept.maxBytes > 0 ? formatBytes(kept.maxBytes) : off},
            {tr("Last sweep"), sweep.last > 0 ? formatRelative(sweep.last, now) : tr("none since the start"),
             formatDateTime(sweep.last)},
            {tr("It removed"), sweep.last > 0
                                   ? tr("%1 runs in %2").arg(formatCount(sweep.removedRuns), formatDuration(sweep.took))
                                   : QStringLiteral("–")},
            {tr("Removed since the start"), tr("%1 runs").arg(formatCount(sweep.totalRuns))}};
}

QList<KeyValueTable::Row> EngineFacts::processes(const protocol::EngineStatsDto& stats) {
    QList<KeyValueTable::Row> rows;
    for (const auto& process : stats.processes) {
        rows.append({QStringLiteral("%1 (%2)").arg(toQString(process.name)).arg(process.pid),
                     tr("%1, %2 of CPU").arg(formatBytes(process.memoryBytes), formatDuration(process.cpu)),
                     formatDateTime(process.started)});
    }
    if (rows.isEmpty()) rows.append({tr("None"), tr("Workers start with the first Python node")});
    return rows;
}

}  // namespace signalbox::ui
