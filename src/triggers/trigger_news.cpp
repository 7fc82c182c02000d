#include "triggers/trigger_news.h"

#include <string_view>

namespace signalbox::triggers {

namespace {

using protocol::ScheduleCounts;

constexpr std::string_view kSchedule = "schedule";
constexpr std::string_view kWebhook = "webhook";
constexpr std::string_view kWatch = "watch";

/// A start that a schedule could have made and did not, by reason.
struct Reason {
    const char* status;
    const char* code;
    std::uint64_t ScheduleCounts::*count;
};
constexpr Reason kReasons[] = {
    {"missed", "down", &ScheduleCounts::missedDown},       {"missed", "paused", &ScheduleCounts::missedPaused},
    {"missed", "clock", &ScheduleCounts::missedClock},     {"skipped", "overlap", &ScheduleCounts::skippedOverlap},
    {"skipped", "buffer", &ScheduleCounts::droppedBuffer},
};

std::uint64_t more(const ScheduleCounts& now, const ScheduleCounts& before, std::uint64_t ScheduleCounts::*count) {
    return now.*count > before.*count ? now.*count - before.*count : 0;
}

}  // namespace

TriggerNews::Subject TriggerNews::of(const protocol::ScheduleDto& schedule) {
    return {kSchedule, schedule.id, schedule.name, schedule.workflowId};
}

TriggerNews::Subject TriggerNews::of(const protocol::WebhookDto& webhook) {
    return {kWebhook, webhook.id, webhook.name, webhook.workflowId};
}

TriggerNews::Subject TriggerNews::of(const protocol::FileWatchDto& watch) {
    return {kWatch, watch.id, watch.name, watch.workflowId};
}

void TriggerNews::add(const Subject& subject, const char* status, std::uint64_t count, std::string code, Value data,
                      std::string runId) {
    if (!publish_) return;
    protocol::EventDto event;
    event.kind = subject.kind;
    event.triggerId = subject.id;
    event.text = subject.name;
    event.workflowId = subject.workflowId;
    event.status = status;
    event.code = std::move(code);
    event.runId = std::move(runId);
    event.wall = clock_->wallNow();
    event.data = std::move(data);
    if (count > 1) {
        if (event.data.isUndefined()) event.data = Value::object();
        event.data = event.data.with("count", Value(static_cast<std::int64_t>(count)));
    }
    const std::lock_guard lock(mutex_);
    events_.push_back(std::move(event));
}

void TriggerNews::edited(const Subject& subject, const char* status) { add(subject, status); }

void TriggerNews::started(const Subject& subject, const std::string& runId, Value data) {
    {
        const std::lock_guard lock(mutex_);
        if (subject.kind == kSchedule) ++totals_.counts.started;
        if (subject.kind == kWebhook) ++totals_.deliveriesAccepted;
        if (subject.kind == kWatch) ++totals_.filesStarted;
    }
    add(subject, "started", 1, {}, std::move(data), runId);
}

void TriggerNews::failed(const Subject& subject, const Error& error, Value data) {
    {
        const std::lock_guard lock(mutex_);
        if (subject.kind == kSchedule) ++totals_.counts.failedToStart;
        if (subject.kind == kWatch) ++totals_.filesFailed;
    }
    add(subject, "failed", 1, error.code, std::move(data));
}

void TriggerNews::waiting(const Subject& subject, std::size_t count) {
    if (count > 0) add(subject, "waiting", count);
}

void TriggerNews::tellDifference(const protocol::ScheduleDto& schedule, const ScheduleCounts& before, bool isOwn) {
    for (const Reason& reason : kReasons) {
        const std::uint64_t count = more(schedule.counts, before, reason.count);
        if (count == 0) continue;
        if (isOwn) {
            const std::lock_guard lock(mutex_);
            totals_.counts.*reason.count += count;
        }
        add(of(schedule), reason.status, count, reason.code);
    }
}

void TriggerNews::counted(const protocol::ScheduleDto& schedule, const ScheduleCounts& before) {
    tellDifference(schedule, before, true);
}

void TriggerNews::seen(const protocol::ScheduleDto& schedule, const ScheduleCounts& before) {
    tellDifference(schedule, before, false);
    const std::uint64_t started = more(schedule.counts, before, &ScheduleCounts::started);
    if (started > 0) add(of(schedule), "started", started, {}, Value::undefined(), schedule.lastRunId);
    const std::uint64_t failed = more(schedule.counts, before, &ScheduleCounts::failedToStart);
    if (failed > 0) add(of(schedule), "failed", failed);
}

void TriggerNews::countRefused() {
    const std::lock_guard lock(mutex_);
    ++totals_.deliveriesRefused;
}

void TriggerNews::tellRefused(const Subject& subject, std::uint64_t count) { add(subject, "refused", count); }

void TriggerNews::publish() {
    std::vector<protocol::EventDto> events;
    {
        const std::lock_guard lock(mutex_);
        events.swap(events_);
    }
    if (!events.empty()) publish_(std::move(events));
}

protocol::TriggerStatsDto TriggerNews::totals() const {
    const std::lock_guard lock(mutex_);
    return totals_;
}

void KnownTriggers::edited(const TriggerNews::Subject& subject, std::int64_t revision, const char* status) {
    news_->edited(subject, status);
    const std::lock_guard lock(mutex_);
    editedAs_[subject.id] = ++edits_;
    if (std::string_view(status) == "deleted")
        known_.erase(subject.id);
    else
        known_.insert_or_assign(subject.id, Known{subject, revision});
}

std::uint64_t KnownTriggers::edits() const {
    const std::lock_guard lock(mutex_);
    return edits_;
}

void KnownTriggers::compare(std::vector<Known> all, std::uint64_t edits) {
    const std::lock_guard lock(mutex_);
    std::erase_if(editedAs_, [edits](const auto& edited) { return edited.second <= edits; });
    std::map<std::string, Known> now;
    for (auto& [id, known] : known_) {
        if (editedAs_.contains(id)) now.emplace(id, known);
    }
    for (Known& each : all) {
        const std::string id = each.subject.id;
        if (editedAs_.contains(id)) continue;
        const auto before = known_.find(id);
        if (!isFirst_ && before == known_.end()) news_->edited(each.subject, "created");
        if (before != known_.end() && before->second.revision < each.revision) news_->edited(each.subject, "changed");
        now.insert_or_assign(id, std::move(each));
    }
    for (const auto& [id, gone] : known_) {
        if (!now.contains(id)) news_->edited(gone.subject, "deleted");
    }
    known_ = std::move(now);
    isFirst_ = false;
}

}  // namespace signalbox::triggers
