#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/ids.h"
#include "triggers/scheduler.h"

namespace signalbox::triggers {

namespace {

constexpr Micros kSecond = 1'000'000;
constexpr std::size_t kMostSchedules = 1000;
constexpr std::uint32_t kMostPreviewed = 1000;
constexpr std::uint32_t kMostBackfilled = 10'000;

auto noSuch(const std::string& id) {
    return fail("schedule.not-found", "There is no such schedule", id, "List the schedules to see what there is");
}

Status checkEtag(const Schedule& schedule, const std::string& expected) {
    if (expected.empty() || expected == fmt::format("{}", schedule.revision)) return {};
    return fail("schedule.conflict", fmt::format("\"{}\" has been changed meanwhile", schedule.dto.name),
                schedule.dto.id, "Load it again and make the change there");
}

/// What people decide of `wanted`, the rest of `kept`.
protocol::ScheduleDto merge(protocol::ScheduleDto wanted, const protocol::ScheduleDto& kept) {
    wanted.id = kept.id;
    wanted.created = kept.created;
    wanted.lastStarted = kept.lastStarted;
    wanted.lastRunId = kept.lastRunId;
    wanted.counts = kept.counts;
    wanted.next = 0;
    wanted.waiting = 0;
    wanted.etag.clear();
    return wanted;
}

bool isSameRule(const protocol::ScheduleDto& a, const protocol::ScheduleDto& b) {
    return a.cron == b.cron && a.timeZone == b.timeZone && a.dstGap == b.dstGap && a.dstRepeat == b.dstRepeat &&
           a.jitter == b.jitter;
}

Status checkComes(const Schedule& schedule, Micros wall) {
    if (schedule.rule->next(wall / kSecond)) return {};
    return fail("schedule.cron", fmt::format("\"{}\" names a time that never comes", schedule.dto.cron), "column 1",
                "Is it a day that no month has?");
}

}  // namespace

Result<Schedule*> Scheduler::find(const std::string& id) {
    const auto found = schedules_.find(id);
    if (found == schedules_.end()) return noSuch(id);
    return &found->second;
}

protocol::ScheduleList Scheduler::list(const std::string& workflowId) {
    refresh();
    const Micros wall = options_->clock->wallNow();
    protocol::ScheduleList list;
    const std::lock_guard lock(mutex_);
    for (const auto& [id, schedule] : schedules_) {
        if (workflowId.empty() || schedule.dto.workflowId == workflowId)
            list.schedules.push_back(viewOf(schedule, wall));
    }
    std::sort(list.schedules.begin(), list.schedules.end(),
              [](const auto& a, const auto& b) { return std::tie(a.name, a.id) < std::tie(b.name, b.id); });
    return list;
}

Result<protocol::ScheduleDto> Scheduler::get(const std::string& id) {
    refresh();
    const std::lock_guard lock(mutex_);
    SIGNALBOX_TRY(const Schedule* schedule, find(id));
    return viewOf(*schedule, options_->clock->wallNow());
}

Result<protocol::ScheduleDto> Scheduler::create(const protocol::ScheduleDto& wanted) {
    const Micros wall = options_->clock->wallNow();
    if (schedules_.size() >= kMostSchedules) {
        return fail("schedule.invalid", fmt::format("There are {} schedules already", kMostSchedules), "/schedule",
                    "Delete some that are not needed");
    }
    Schedule schedule;
    schedule.dto = merge(wanted, {});
    schedule.dto.id = Uuid::v7(wall, *options_->random).toString();
    schedule.dto.created = wall;
    schedule.cursor = wall;
    SIGNALBOX_CHECK(compileSchedule(schedule));
    SIGNALBOX_CHECK(checkComes(schedule, wall));
    SIGNALBOX_CHECK(table_.insert(schedule));
    news_->edited(TriggerNews::of(schedule.dto), "created");
    const auto [place, inserted] = schedules_.emplace(schedule.dto.id, std::move(schedule));
    return viewOf(place->second, wall);
}

Result<protocol::ScheduleDto> Scheduler::save(const protocol::SaveSchedule& request) {
    refresh();
    const TickTime now{options_->clock->wallNow()};
    const std::lock_guard lock(mutex_);
    if (request.schedule.id.empty()) return create(request.schedule);
    SIGNALBOX_TRY(Schedule * current, find(request.schedule.id));
    SIGNALBOX_CHECK(checkEtag(*current, request.expectedEtag));
    Schedule changed = *current;
    // What was due until now was due by the old rule.
    ScheduleChanges changes;
    advance(
        changed, now, [this](const std::string& key) { return table_.hasRun(key); }, changes);
    SIGNALBOX_CHECK(table_.apply(changed, changes));
    news_->counted(changed.dto, current->dto.counts);
    *current = changed;
    const bool isNewRule = !isSameRule(changed.dto, request.schedule);
    changed.dto = merge(request.schedule, changed.dto);
    ++changed.revision;
    SIGNALBOX_CHECK(compileSchedule(changed));
    SIGNALBOX_CHECK(checkComes(changed, now.wall));
    if (isNewRule) {
        changed.cursor = now.wall;
        std::erase_if(changed.starts, [&](const PendingStart& start) {
            return start.origin == PendingStart::Origin::Rule && !start.isBuffered;
        });
    }
    SIGNALBOX_CHECK(table_.change(changed, isNewRule));
    *current = std::move(changed);
    news_->edited(TriggerNews::of(current->dto), "changed");
    return viewOf(*current, now.wall);
}

Status Scheduler::remove(const protocol::DeleteSchedule& request) {
    refresh();
    const std::lock_guard lock(mutex_);
    SIGNALBOX_TRY(const Schedule* schedule, find(request.id));
    SIGNALBOX_CHECK(checkEtag(*schedule, request.expectedEtag));
    SIGNALBOX_CHECK(table_.remove(request.id));
    news_->edited(TriggerNews::of(schedule->dto), "deleted");
    schedules_.erase(request.id);
    return {};
}

Result<protocol::ScheduleDto> Scheduler::pause(const protocol::PauseSchedule& request) {
    refresh();
    protocol::SaveSchedule change;
    {
        const std::lock_guard lock(mutex_);
        SIGNALBOX_TRY(const Schedule* schedule, find(request.id));
        change.schedule = schedule->dto;
        change.expectedEtag = fmt::format("{}", schedule->revision);
    }
    change.schedule.paused = request.paused;
    if (!request.note.empty()) change.schedule.note = request.note;
    return save(change);
}

Result<std::string> Scheduler::queueNow(const std::string& id) {
    refresh();
    const Micros wall = options_->clock->wallNow();
    const std::lock_guard lock(mutex_);
    SIGNALBOX_TRY(Schedule * schedule, find(id));
    PendingStart start;
    start.key = fmt::format("schedule/{}/now/{}", id, Uuid::v7(wall, *options_->random).toString());
    start.due = wall;
    start.at = wall;
    start.origin = PendingStart::Origin::Manual;
    start.overlap = schedule->overlap;
    std::string key = start.key;
    ScheduleChanges changes;
    addStart(*schedule, std::move(start), changes);
    SIGNALBOX_CHECK(write(*schedule, changes));
    return key;
}

Result<std::uint32_t> Scheduler::queueRange(const protocol::BackfillSchedule& request) {
    refresh();
    const auto overlap = overlapFromName(request.overlap);
    if (!overlap) return fail("schedule.invalid", fmt::format("\"{}\" is not known", request.overlap), "/overlap");
    if (request.to < request.from) return fail("schedule.invalid", "The range ends before it begins", "/to");
    const Micros wall = options_->clock->wallNow();
    const std::lock_guard lock(mutex_);
    SIGNALBOX_TRY(Schedule * schedule, find(request.id));
    if (!schedule->rule)
        return fail("schedule.time-zone", "The schedule cannot be followed here", schedule->dto.timeZone);
    const std::string batch = Uuid::v7(wall, *options_->random).toString();
    Schedule changed = *schedule;
    ScheduleChanges changes;
    std::uint32_t count = 0;
    for (auto due = schedule->rule->next((request.from - 1) / kSecond); due && *due * kSecond <= request.to;
         due = schedule->rule->next(*due)) {
        if (++count > kMostBackfilled) {
            return fail("schedule.too-many", fmt::format("The range holds more than {} times", kMostBackfilled), "/to",
                        "Take a shorter range");
        }
        std::string key = fmt::format("schedule/{}/backfill/{}/{}", request.id, batch, *due);
        addStart(changed, {std::move(key), *due * kSecond, wall, PendingStart::Origin::Backfill, *overlap}, changes);
    }
    SIGNALBOX_CHECK(table_.apply(changed, changes));
    *schedule = std::move(changed);
    return count;
}

Result<protocol::SchedulePreview> Scheduler::preview(const protocol::PreviewSchedule& request) const {
    Schedule schedule;
    schedule.dto.name = "preview";
    schedule.dto.workflowId = "preview";
    schedule.dto.cron = request.cron;
    schedule.dto.timeZone = request.timeZone;
    schedule.dto.dstGap = request.dstGap;
    schedule.dto.dstRepeat = request.dstRepeat;
    SIGNALBOX_CHECK(compileSchedule(schedule));
    protocol::SchedulePreview preview;
    preview.description = schedule.rule->rule().describe();
    const Micros after = request.after == 0 ? options_->clock->wallNow() : request.after;
    auto next = schedule.rule->next(after / kSecond);
    const std::uint32_t count = std::min(request.count, kMostPreviewed);
    for (; next && preview.times.size() < count; next = schedule.rule->next(*next)) {
        preview.times.push_back({*next * kSecond, schedule.rule->zone().format(*next)});
    }
    if (preview.times.empty()) preview.description += ": a time that never comes";
    return preview;
}

}  // namespace signalbox::triggers
