#include "gateway/engine_metrics.h"

#include <array>
#include <mutex>

namespace signalbox::gateway {

namespace {

using protocol::EngineStatsDto;

double seconds(protocol::Duration micros) { return static_cast<double>(micros) * 1e-6; }

template <class Number>
double number(Number value) {
    return static_cast<double>(value);
}

/// A series and where its value comes from. Names say by "_total" that they only grow.
struct Row {
    const char* name;
    const char* help;
    double (*value)(const EngineStatsDto&);
    [[nodiscard]] bool isCounter() const { return std::string_view(name).ends_with("_total"); }
};

using S = const EngineStatsDto&;
constexpr Row kRows[] = {
    {"signalbox_engine_runs_active", "Runs that are being worked on.", [](S s) { return number(s.activeRuns); }},
    {"signalbox_engine_runs_active_limit", "Runs that are worked on at most at the same time.",
     [](S s) { return number(s.maxActiveRuns); }},
    {"signalbox_engine_runs_recovered_total", "Interrupted runs taken over.",
     [](S s) { return number(s.runsRecovered); }},
    {"signalbox_engine_runs_quarantined_total", "Runs set aside because they could not be continued.",
     [](S s) { return number(s.runsQuarantined); }},
    {"signalbox_engine_late_results_refused_total", "Results that came after their attempt had been given up.",
     [](S s) { return number(s.lateResultsRefused); }},
    {"signalbox_engine_timers_armed", "Timers that wait to go off.", [](S s) { return number(s.armedTimers); }},
    {"signalbox_queue_runs", "Runs that wait to be worked on.", [](S s) { return number(s.queuedRuns); }},
    {"signalbox_pool_threads", "Threads of the engine's pool.", [](S s) { return number(s.threads); }},
    {"signalbox_pool_threads_busy", "Of them, at work.", [](S s) { return number(s.pool.busy); }},
    {"signalbox_pool_tasks_queued", "Tasks that wait for a thread.", [](S s) { return number(s.pendingTasks); }},
    {"signalbox_pool_tasks_executed_total", "Tasks done.", [](S s) { return number(s.pool.executed); }},
    {"signalbox_pool_tasks_stolen_total", "Of them, taken from another thread's queue.",
     [](S s) { return number(s.pool.stolen); }},
    {"signalbox_journal_records_total", "Records written.", [](S s) { return number(s.journal.records); }},
    {"signalbox_journal_commits_total", "Commits made.", [](S s) { return number(s.journal.commits); }},
    {"signalbox_journal_pending", "Records and jobs on their way to the disk.",
     [](S s) { return number(s.journal.pending); }},
    {"signalbox_store_database_bytes", "Size of the database.", [](S s) { return number(s.storage.databaseBytes); }},
    {"signalbox_store_unused_bytes", "Of it, in pages without content.",
     [](S s) { return number(s.storage.unusedBytes); }},
    {"signalbox_store_wal_bytes", "Size of the write-ahead log.", [](S s) { return number(s.storage.walBytes); }},
    {"signalbox_store_blobs", "Payloads kept outside of records.", [](S s) { return number(s.storage.blobs); }},
    {"signalbox_store_blob_bytes", "Their size.", [](S s) { return number(s.storage.blobBytes); }},
    {"signalbox_store_runs", "Runs kept.", [](S s) { return number(s.storage.runs); }},
    {"signalbox_store_log_lines_total", "Log lines of nodes written.", [](S s) { return number(s.storage.logLines); }},
    {"signalbox_store_log_lines_dropped_total", "Log lines of nodes that were too many.",
     [](S s) { return number(s.storage.logLinesDropped); }},
    {"signalbox_store_retention_runs_removed_total", "Ended runs removed by retention.",
     [](S s) { return number(s.sweep.totalRuns); }},
    {"signalbox_disk_free_bytes", "Free space on the disk of the store.", [](S s) { return number(s.disk.freeBytes); }},
    {"signalbox_disk_watermark_bytes", "Free space below which no new runs are taken in.",
     [](S s) { return number(s.disk.watermarkBytes); }},
    {"signalbox_disk_intake_allowed", "1 when new runs are taken in, 0 when the disk forbids it.",
     [](S s) { return s.disk.intakeAllowed ? 1.0 : 0.0; }},
    {"signalbox_worker_processes", "Processes that the gateway has started.",
     [](S s) { return number(s.processes.size()); }},
    {"signalbox_schedules", "Schedules.", [](S s) { return number(s.triggers.schedules); }},
    {"signalbox_schedules_paused", "Of them, paused.", [](S s) { return number(s.triggers.schedulesPaused); }},
    {"signalbox_schedule_starts_waiting", "Starts that wait for the run before to end.",
     [](S s) { return number(s.triggers.waiting); }},
    {"signalbox_schedule_started_total", "Runs that schedules have started.",
     [](S s) { return number(s.triggers.counts.started); }},
    {"signalbox_schedule_failed_total", "Runs of schedules that could not be started.",
     [](S s) { return number(s.triggers.counts.failedToStart); }},
};
constexpr std::size_t kCount = std::size(kRows);

constexpr std::array<const char*, 4> kPercentiles = {"50", "95", "99", "100"};

/// A counter with one label, whose values are all named here.
struct LabelledRow {
    const char* name;
    const char* help;
    const char* label;
    const char* labelValue;
    double (*value)(const EngineStatsDto&);
};
constexpr const char* kMissed = "signalbox_schedule_missed_total";
constexpr const char* kMissedHelp = "Times of schedules that passed without a run, by reason.";
constexpr const char* kSkipped = "signalbox_schedule_skipped_total";
constexpr const char* kSkippedHelp = "Times that an overlap policy left out, by reason.";
constexpr const char* kDeliveries = "signalbox_webhook_deliveries_total";
constexpr const char* kDeliveriesHelp = "Deliveries to webhooks, by what became of them.";
constexpr const char* kFiles = "signalbox_file_watch_starts_total";
constexpr const char* kFilesHelp = "Starts of runs for files, by what became of them.";
constexpr LabelledRow kLabelledRows[] = {
    {kMissed, kMissedHelp, "reason", "down", [](S s) { return number(s.triggers.counts.missedDown); }},
    {kMissed, kMissedHelp, "reason", "paused", [](S s) { return number(s.triggers.counts.missedPaused); }},
    {kMissed, kMissedHelp, "reason", "clock", [](S s) { return number(s.triggers.counts.missedClock); }},
    {kSkipped, kSkippedHelp, "reason", "overlap", [](S s) { return number(s.triggers.counts.skippedOverlap); }},
    {kSkipped, kSkippedHelp, "reason", "buffer", [](S s) { return number(s.triggers.counts.droppedBuffer); }},
    {kDeliveries, kDeliveriesHelp, "outcome", "accepted", [](S s) { return number(s.triggers.deliveriesAccepted); }},
    {kDeliveries, kDeliveriesHelp, "outcome", "refused", [](S s) { return number(s.triggers.deliveriesRefused); }},
    {kFiles, kFilesHelp, "outcome", "started", [](S s) { return number(s.triggers.filesStarted); }},
    {kFiles, kFilesHelp, "outcome", "failed", [](S s) { return number(s.triggers.filesFailed); }},
};

}  // namespace

struct EngineMetrics::Parts {
    std::mutex mutex;  ///< counters are raised from one thread at a time
    std::array<telemetry::Gauge, kCount> gauges;
    std::array<telemetry::Counter, kCount> counters;
    std::array<telemetry::Gauge, kPercentiles.size()> commits;
    std::array<telemetry::Counter, std::size(kLabelledRows)> labelled;
};

EngineMetrics::EngineMetrics(telemetry::Metrics& metrics) : parts_(std::make_unique<Parts>()) {
    for (std::size_t i = 0; i < kCount; ++i) {
        if (kRows[i].isCounter())
            parts_->counters[i] = metrics.counter(kRows[i].name, kRows[i].help);
        else
            parts_->gauges[i] = metrics.gauge(kRows[i].name, kRows[i].help);
    }
    auto& commits = metrics.gauges({"signalbox_journal_commit_seconds",
                                    "How long commits of the last minute took, fsync included, by percentile.",
                                    {"percentile"},
                                    10});
    for (std::size_t i = 0; i < kPercentiles.size(); ++i) parts_->commits[i] = commits.with({kPercentiles[i]});
    for (std::size_t i = 0; i < std::size(kLabelledRows); ++i) {
        const LabelledRow& row = kLabelledRows[i];
        parts_->labelled[i] = metrics.counters({row.name, row.help, {row.label}, 10}).with({row.labelValue});
    }
}

EngineMetrics::~EngineMetrics() = default;

void EngineMetrics::update(const EngineStatsDto& stats) {
    const std::lock_guard lock(parts_->mutex);
    for (std::size_t i = 0; i < kCount; ++i) {
        const double value = kRows[i].value(stats);
        parts_->gauges[i].set(value);
        parts_->counters[i].raiseTo(value);
    }
    for (std::size_t i = 0; i < std::size(kLabelledRows); ++i) {
        parts_->labelled[i].raiseTo(kLabelledRows[i].value(stats));
    }
    const auto& journal = stats.journal;
    const std::array<protocol::Duration, 4> percentiles{journal.commitP50, journal.commitP95, journal.commitP99,
                                                        journal.commitMax};
    for (std::size_t i = 0; i < percentiles.size(); ++i) parts_->commits[i].set(seconds(percentiles[i]));
}

}  // namespace signalbox::gateway
