#include "triggers/scheduler.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace signalbox::triggers {

namespace {

constexpr Micros kSecond = 1'000'000;
/// How often runs are asked about whose end other programs may have seen.
constexpr Micros kAskInterval = 5 * kSecond;
/// Wall and monotonic time that differ by more than this between two looks: the clock was set.
constexpr Micros kClockSet = kSecond;
constexpr std::size_t kOutcomes = 200;
constexpr int kStepsAtOnce = 64;

bool isOver(const Error& error) { return error.code == "run.not-found" || error.code == "run.finished"; }

/// An input that is exactly this is given the scheduled time.
constexpr std::string_view kScheduledTime = "$scheduledTime";

Value inputsFor(const Schedule& schedule, Micros due) {
    Value inputs = schedule.dto.inputs;
    for (const auto& [name, value] : schedule.dto.inputs.members()) {
        if (value.asString() != kScheduledTime) continue;
        inputs = inputs.with(name, schedule.rule ? schedule.rule->zone().format(due / kSecond) : formatTimestamp(due));
    }
    return inputs;
}

Value dueOf(const PendingStart& start) { return Value::object({{"due", Value(start.due)}}); }

}  // namespace

Scheduler::Scheduler(const TriggerOptions& options, TriggerDatabase& database, TriggerNews& news)
    : options_(&options), table_(database), database_(&database), log_(options.log), news_(&news) {
    lastWall_ = options.clock->wallNow();
    lastMonotonic_ = options.clock->monotonicNow();
}

Status Scheduler::load() {
    const std::lock_guard lock(mutex_);
    foreignVersion_ = database_->foreignVersion();
    SIGNALBOX_TRY(auto loaded, table_.load());
    const ScheduleMap before = std::exchange(schedules_, std::move(loaded));
    isStale_ = false;
    if (std::exchange(isLoaded_, true)) tellOfOthers(before);
    for (auto& [id, schedule] : schedules_) {
        if (auto compiled = compileSchedule(schedule); !compiled) {
            log_.error("a schedule cannot be followed",
                       Value::object({{"schedule", schedule.dto.name}, {"error", compiled.error().message}}));
        }
    }
    return {};
}

/// What this program does itself it has told already, and has in memory before.
void Scheduler::tellOfOthers(const ScheduleMap& before) {
    for (const auto& [id, schedule] : schedules_) {
        const auto known = before.find(id);
        if (known == before.end()) {
            news_->edited(TriggerNews::of(schedule.dto), "created");
            continue;
        }
        if (known->second.revision != schedule.revision) news_->edited(TriggerNews::of(schedule.dto), "changed");
        news_->seen(schedule.dto, known->second.dto.counts);
    }
    for (const auto& [id, schedule] : before) {
        if (!schedules_.contains(id)) news_->edited(TriggerNews::of(schedule.dto), "deleted");
    }
}

void Scheduler::addTo(protocol::TriggerStatsDto& stats) {
    const std::lock_guard lock(mutex_);
    stats.schedules = static_cast<std::uint32_t>(schedules_.size());
    for (const auto& [id, schedule] : schedules_) {
        if (schedule.dto.paused) ++stats.schedulesPaused;
        for (const PendingStart& start : schedule.starts) {
            if (start.isBuffered || start.origin == PendingStart::Origin::Backfill) ++stats.waiting;
        }
    }
}

/// Reads again what another program has changed, or what could not be written.
void Scheduler::refresh() {
    const bool isOld = [this] {
        const std::lock_guard lock(mutex_);
        return isStale_ || database_->foreignVersion() != foreignVersion_;
    }();
    if (!isOld) return;
    if (auto loaded = load(); !loaded) {
        log_.error("schedules cannot be read", Value::object({{"error", loaded.error().message}}));
    }
}

TickTime Scheduler::lookAtClock() {
    const Micros wall = options_->clock->wallNow();
    const Micros monotonic = options_->clock->monotonicNow();
    const std::lock_guard lock(mutex_);
    TickTime now{wall};
    const Micros expected = lastWall_ + (monotonic - lastMonotonic_);
    if (wall - expected > kClockSet) now.setFrom = expected;
    lastWall_ = wall;
    lastMonotonic_ = monotonic;
    return now;
}

bool Scheduler::runEnded(const std::string& runId) {
    const std::lock_guard lock(endedMutex_);
    if (!isTicking_ && !open_.contains(runId)) return false;
    ended_.push_back(runId);
    return true;
}

void Scheduler::markEnded(const std::string& runId) {
    for (auto& [id, schedule] : schedules_) {
        if (!triggers::runEnded(schedule, runId)) continue;
        if (!table_.markEnded(runId)) isStale_ = true;
    }
}

void Scheduler::collectEnded() {
    std::vector<std::string> ended;
    {
        const std::lock_guard lock(endedMutex_);
        ended.swap(ended_);
    }
    const std::lock_guard lock(mutex_);
    for (const std::string& run : ended) markEnded(run);
}

void Scheduler::askForEnded(Micros wall) {
    std::vector<std::string> open;
    {
        const std::lock_guard lock(mutex_);
        const Micros since = wall - lastAsked_;
        if (since >= 0 && since < kAskInterval) return;
        lastAsked_ = wall;
        for (const auto& [id, schedule] : schedules_)
            open.insert(open.end(), schedule.active.begin(), schedule.active.end());
    }
    std::erase_if(open, [this](const std::string& run) { return options_->runs.isRunning(run); });
    const std::lock_guard lock(mutex_);
    for (const std::string& run : open) markEnded(run);
}

std::vector<std::string> Scheduler::ids() {
    const std::lock_guard lock(mutex_);
    std::vector<std::string> all;
    for (const auto& [id, schedule] : schedules_) all.push_back(id);
    return all;
}

void Scheduler::advanceAll(const TickTime& now) {
    const std::lock_guard lock(mutex_);
    for (auto& [id, schedule] : schedules_) {
        const auto before = schedule.dto.counts;
        ScheduleChanges changes;
        advance(
            schedule, now, [this](const std::string& key) { return table_.hasRun(key); }, changes);
        if (write(schedule, changes)) news_->counted(schedule.dto, before);
    }
}

Micros Scheduler::tick() {
    {
        const std::lock_guard lock(endedMutex_);
        isTicking_ = true;
    }
    refresh();
    const TickTime now = lookAtClock();
    collectEnded();
    askForEnded(now.wall);
    advanceAll(now);
    for (const std::string& id : ids()) work(id, now);
    return endTick(now.wall);
}

void Scheduler::work(const std::string& id, const TickTime& now) {
    // Those waiting behind runs that end at once come one after the other; a long line lets other schedules through.
    for (int steps = 0; steps < kStepsAtOnce; ++steps) {
        const auto step = takeStep(id, now);
        if (!step) return;
        perform(id, *step);
        collectEnded();
    }
}

std::optional<ScheduleStep> Scheduler::takeStep(const std::string& id, const TickTime& now) {
    const std::lock_guard lock(mutex_);
    const auto found = schedules_.find(id);
    if (found == schedules_.end() || isStale_) return std::nullopt;
    const auto before = found->second.dto.counts;
    ScheduleChanges changes;
    auto step = nextStep(found->second, now, changes);
    for (const std::string& key : changes.removed) remember(key, std::nullopt);
    // What is not on disk is not begun.
    if (!write(found->second, changes)) return std::nullopt;
    news_->counted(found->second.dto, before);
    news_->waiting(TriggerNews::of(found->second.dto), changes.buffered.size());
    return step;
}

Status Scheduler::write(Schedule& schedule, const ScheduleChanges& changes) {
    auto written = table_.apply(schedule, changes);
    if (written) return written;
    isStale_ = true;
    if (written.error().code != "store.stale") {
        log_.error("a schedule's state cannot be written",
                   Value::object({{"schedule", schedule.dto.name}, {"error", written.error().message}}));
    }
    return written;
}

void Scheduler::perform(const std::string& id, const ScheduleStep& step) {
    if (step.kind == ScheduleStep::Kind::Start) return start(id, step.start);
    std::string name;
    {
        const std::lock_guard lock(mutex_);
        if (const auto found = schedules_.find(id); found != schedules_.end()) name = found->second.dto.name;
    }
    endRuns(step, name);
}

void Scheduler::endRuns(const ScheduleStep& step, const std::string& name) {
    const std::string reason = fmt::format("the next run of the schedule {} is due", name);
    for (const std::string& run : step.runs) {
        const auto& end = step.kind == ScheduleStep::Kind::Terminate ? options_->runs.terminate : options_->runs.cancel;
        const Status status = end(run, reason);
        if (status) continue;
        if (isOver(status.error())) {
            static_cast<void>(runEnded(run));
        } else {
            log_.warning("a run could not be ended", Value::object({{"run", run}, {"error", status.error().message}}));
        }
    }
}

void Scheduler::start(const std::string& id, const PendingStart& start) {
    RunPort::Start wanted;
    {
        const std::lock_guard lock(mutex_);
        const auto found = schedules_.find(id);
        if (found == schedules_.end()) return;
        const Schedule& schedule = found->second;
        wanted = {schedule.dto.workflowId, inputsFor(schedule, start.due), start.key, "schedule " + schedule.dto.name};
    }
    const Result<std::string> run = options_->runs.start(wanted);
    const Micros wall = options_->clock->wallNow();
    const std::lock_guard lock(mutex_);
    const auto found = schedules_.find(id);
    if (found == schedules_.end()) return;
    Schedule& schedule = found->second;
    if (!run) return failed(schedule, start, run.error());
    ScheduleChanges changes;
    startSucceeded(schedule, start.key, *run, wall, changes);
    if (auto written = table_.applyStarted(schedule, start, *run, changes); !written) {
        // It is tried again under the same key, which gives the same run.
        isStale_ = true;
        log_.error("a start cannot be recorded",
                   Value::object({{"schedule", schedule.dto.name}, {"error", written.error().message}}));
        return;
    }
    news_->started(TriggerNews::of(schedule.dto), *run, dueOf(start));
}

void Scheduler::failed(Schedule& schedule, const PendingStart& start, const Error& error) {
    ScheduleChanges changes;
    const bool isTriedAgain = startFailed(schedule, start.key, error, options_->clock->wallNow(), changes);
    log_.warning(isTriedAgain ? "a schedule's run did not start and is tried again" : "a schedule's run did not start",
                 Value::object({{"schedule", schedule.dto.name}, {"code", error.code}, {"error", error.message}}));
    if (!isTriedAgain) remember(start.key, error);
    if (write(schedule, changes) && !isTriedAgain) news_->failed(TriggerNews::of(schedule.dto), error, dueOf(start));
}

void Scheduler::remember(std::string key, std::optional<Error> error) {
    outcomes_.push_back({std::move(key), std::move(error)});
    if (outcomes_.size() > kOutcomes) outcomes_.pop_front();
}

std::optional<Error> Scheduler::failureOf(const std::string& key) {
    const std::lock_guard lock(mutex_);
    for (const Outcome& outcome : outcomes_) {
        if (outcome.key == key) return outcome.error;
    }
    return std::nullopt;
}

bool Scheduler::wasDropped(const std::string& key) {
    const std::lock_guard lock(mutex_);
    return std::any_of(outcomes_.begin(), outcomes_.end(), [&](const Outcome& outcome) { return outcome.key == key; });
}

Micros Scheduler::endTick(Micros wall) {
    const std::lock_guard lock(mutex_);
    const std::lock_guard endedLock(endedMutex_);
    Micros wake = INT64_MAX;
    open_.clear();
    for (const auto& [id, schedule] : schedules_) {
        wake = std::min(wake, wakeTime(schedule, wall));
        open_.insert(schedule.active.begin(), schedule.active.end());
    }
    isTicking_ = false;
    std::erase_if(ended_, [this](const std::string& run) { return !open_.contains(run); });
    if (!ended_.empty()) return wall;
    if (!open_.empty()) wake = std::min(wake, wall + kAskInterval);
    return isStale_ ? std::min(wake, wall + kSecond) : wake;
}

}  // namespace signalbox::triggers
