#include "service/engine_monitor.h"

#include <algorithm>
#include <chrono>
#include <utility>
#include <vector>

#include "service/dto_mapping.h"
#include "service/processes.h"

namespace signalbox::service {

namespace {

constexpr std::chrono::seconds kInterval{1};

/// Of a copy, so that the order of the original does not matter.
Micros percentile(std::vector<Micros> values, double share) {
    if (values.empty()) return 0;
    const auto rank = static_cast<std::size_t>(share * static_cast<double>(values.size() - 1) + 0.5);
    std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(rank), values.end());
    return values[rank];
}

protocol::JournalStatsDto journalOf(const store::WriterStats& writer) {
    std::vector<Micros> commits;
    std::vector<Micros> groups;
    for (const auto& times : writer.recent) {
        commits.push_back(times.commit);
        groups.push_back(times.group);
    }
    protocol::JournalStatsDto dto;
    dto.commits = writer.commits;
    dto.records = writer.records;
    dto.pending = writer.pending;
    if (writer.commits > 0) {
        dto.recordsPerCommit = static_cast<double>(writer.records) / static_cast<double>(writer.commits);
    }
    dto.window = static_cast<std::uint32_t>(commits.size());
    dto.commitP50 = percentile(commits, 0.5);
    dto.commitP95 = percentile(commits, 0.95);
    dto.commitP99 = percentile(commits, 0.99);
    dto.commitMax = percentile(commits, 1);
    dto.groupP50 = percentile(groups, 0.5);
    dto.groupP99 = percentile(groups, 0.99);
    return dto;
}

void fill(protocol::EngineStatsDto& dto, const store::StoreStats& stats) {
    dto.journal = journalOf(stats.writer);
    dto.storage.databaseBytes = stats.databaseBytes;
    dto.storage.unusedBytes = stats.unusedBytes;
    dto.storage.walBytes = stats.walBytes;
    dto.storage.blobs = stats.blobs;
    dto.storage.blobBytes = stats.blobBytes;
    dto.storage.runs = stats.runs;
    dto.storage.logLines = stats.logLines;
    dto.storage.logLinesDropped = stats.logLinesDropped;
    dto.retention = toDto(stats.retention);
    const auto& sweeps = stats.sweeps;
    dto.sweep = {sweeps.lastWall, sweeps.took, sweeps.lastRuns, sweeps.lastRecords, sweeps.runs, sweeps.records};
    dto.disk.freeBytes = stats.freeBytes;
    dto.disk.watermarkBytes = stats.watermarkBytes;
    dto.disk.intakeAllowed = stats.intake.has_value();
    if (!stats.intake) dto.disk.reason = stats.intake.error().message;
}

}  // namespace

const std::array<EngineMonitor::Series, 12> EngineMonitor::kSeries{{{"runs.active", "count"},
                                                                    {"runs.queued", "count"},
                                                                    {"pool.busy", "count"},
                                                                    {"pool.queued", "count"},
                                                                    {"steps.rate", "per-second"},
                                                                    {"commits.rate", "per-second"},
                                                                    {"commit.p50", "microseconds"},
                                                                    {"commit.p99", "microseconds"},
                                                                    {"database.bytes", "bytes"},
                                                                    {"wal.bytes", "bytes"},
                                                                    {"disk.free", "bytes"},
                                                                    {"memory.bytes", "bytes"}}};

EngineMonitor::~EngineMonitor() {
    thread_.request_stop();
    if (thread_.joinable()) thread_.join();
}

void EngineMonitor::start() {
    thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

void EngineMonitor::run(const std::stop_token& stop) {
    std::mutex mutex;
    std::unique_lock lock(mutex);
    while (!stop.stop_requested()) {
        takeSample();
        wake_.wait_for(lock, stop, kInterval, [] { return false; });
    }
}

Result<protocol::EngineStatsDto> EngineMonitor::stats() {
    protocol::EngineStatsDto dto = toDto(engine_.stats());
    SIGNALBOX_TRY(const auto stored, store_.stats());
    fill(dto, stored);
    dto.sampled = clock_.wallNow();
    dto.memoryBytes = ownMemory();
    dto.processes = childProcesses(dto.sampled);
    return dto;
}

void EngineMonitor::takeSample() {
    const std::lock_guard once(sampling_);
    const auto engine = engine_.stats();
    const auto stored = store_.stats();
    if (!stored) return;
    const auto journal = journalOf(stored->writer);
    const Micros now = clock_.monotonicNow();
    const double seconds = static_cast<double>(now - lastMonotonic_) * 1e-6;
    const bool first = lastMonotonic_ == 0 || seconds <= 0;
    const auto rate = [&](std::uint64_t value, std::uint64_t before) {
        return first ? 0.0 : static_cast<double>(value - before) / seconds;
    };
    Sample sample;
    sample.wall = clock_.wallNow();
    sample.values = {static_cast<double>(engine.activeRuns),     static_cast<double>(engine.queuedRuns),
                     static_cast<double>(engine.busyThreads),    static_cast<double>(engine.pendingTasks),
                     rate(journal.records, lastRecords_),        rate(journal.commits, lastCommits_),
                     static_cast<double>(journal.commitP50),     static_cast<double>(journal.commitP99),
                     static_cast<double>(stored->databaseBytes), static_cast<double>(stored->walBytes),
                     static_cast<double>(stored->freeBytes),     static_cast<double>(ownMemory())};
    lastMonotonic_ = now;
    lastRecords_ = journal.records;
    lastCommits_ = journal.commits;
    if (publish_ && isWanted_()) publish_(eventOf(sample));
    const std::lock_guard lock(mutex_);
    samples_.push_back(sample);
    if (samples_.size() > kSamplesKept) samples_.pop_front();
}

void EngineMonitor::publishTo(std::function<bool()> isWanted, std::function<void(protocol::EventDto)> publish) {
    isWanted_ = std::move(isWanted);
    publish_ = std::move(publish);
}

protocol::EventDto EngineMonitor::eventOf(const Sample& sample) {
    protocol::EventDto event;
    event.kind = "metrics";
    event.wall = sample.wall;
    std::vector<Member> values;
    values.reserve(kSeries.size());
    for (std::size_t i = 0; i < kSeries.size(); ++i) values.emplace_back(kSeries[i].name, Value(sample.values[i]));
    event.data = Value::object(std::move(values));
    return event;
}

protocol::EngineHistory EngineMonitor::history(Micros after) const {
    protocol::EngineHistory history;
    for (const Series& series : kSeries) history.series.push_back({series.name, series.unit, {}});
    const std::lock_guard lock(mutex_);
    for (const Sample& sample : samples_) {
        if (sample.wall <= after) continue;
        history.times.push_back(sample.wall);
        for (std::size_t i = 0; i < kSeries.size(); ++i) history.series[i].values.push_back(sample.values[i]);
    }
    return history;
}

}  // namespace signalbox::service
