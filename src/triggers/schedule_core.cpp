#include "triggers/schedule_core.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/hash.h"

namespace signalbox::triggers {

namespace {

constexpr Micros kSecond = 1'000'000;
/// More that came while nobody was there are not counted one by one.
constexpr std::size_t kMostCounted = 100'000;
constexpr std::size_t kBuffer = 10'000;
constexpr int kMostTries = 8;
constexpr Micros kLongestRetry = 60 * kSecond;
/// A clock that is put right by less than this is not taken as set back.
constexpr Micros kSlew = 2 * kSecond;

Seconds secondsOf(Micros wall) { return wall >= 0 ? wall / kSecond : -((-wall + kSecond - 1) / kSecond); }

using Origin = PendingStart::Origin;
using StartPlace = std::deque<PendingStart>::iterator;

void countMissed(Schedule& schedule, Micros at, const TickTime& now) {
    auto& counts = schedule.dto.counts;
    if (schedule.dto.paused)
        ++counts.missedPaused;
    else if (at > now.setFrom)
        ++counts.missedClock;
    else
        ++counts.missedDown;
}

StartPlace drop(Schedule& schedule, StartPlace place, ScheduleChanges& changes) {
    changes.schedule = true;
    changes.removed.push_back(place->key);
    return schedule.starts.erase(place);
}

StartPlace findStart(Schedule& schedule, const std::string& key) {
    return std::find_if(schedule.starts.begin(), schedule.starts.end(),
                        [&](const PendingStart& start) { return start.key == key; });
}

std::size_t bufferedCount(const Schedule& schedule) {
    return static_cast<std::size_t>(
        std::count_if(schedule.starts.begin(), schedule.starts.end(),
                      [](const PendingStart& start) { return start.isBuffered && start.origin != Origin::Backfill; }));
}

bool mayGo(const Schedule& schedule, const PendingStart& start, Micros wall) {
    return start.retryAt <= wall && !(schedule.dto.paused && start.origin == Origin::Rule);
}

std::optional<ScheduleStep> startBuffered(Schedule& schedule, Micros wall) {
    if (!schedule.active.empty()) return std::nullopt;
    for (const PendingStart& start : schedule.starts) {
        if (start.isBuffered && mayGo(schedule, start, wall)) return ScheduleStep{ScheduleStep::Kind::Start, start, {}};
    }
    return std::nullopt;
}

/// Why a start of the rule must not be any more; counts it.
bool isMissed(Schedule& schedule, const PendingStart& start, const TickTime& now) {
    if (start.origin != Origin::Rule || start.tries > 0) return false;
    if (!schedule.dto.paused && now.wall - start.at <= schedule.dto.catchUp) return false;
    countMissed(schedule, start.at, now);
    return true;
}

/// The others that wait give way to one that ends the runs before it.
void supersede(Schedule& schedule, const PendingStart& by, ScheduleChanges& changes) {
    for (auto place = schedule.starts.begin(); place != schedule.starts.end();) {
        const bool waits = place->isBuffered && place->key != by.key && place->overlap == by.overlap;
        if (waits) ++schedule.dto.counts.skippedOverlap;
        place = waits ? drop(schedule, place, changes) : place + 1;
    }
}

/// A start whose time has come while runs are active.
enum class Verdict : std::uint8_t { Go, Drop, Wait, EndOthers };
Verdict judge(Schedule& schedule, const PendingStart& start) {
    switch (start.overlap) {
        case Overlap::AllowAll:
            return Verdict::Go;
        case Overlap::Skip:
            ++schedule.dto.counts.skippedOverlap;
            return Verdict::Drop;
        case Overlap::BufferOne:
        case Overlap::BufferAll:
            if (start.origin == Origin::Backfill && start.overlap == Overlap::BufferAll) return Verdict::Wait;
            if (bufferedCount(schedule) < (start.overlap == Overlap::BufferOne ? 1 : kBuffer)) return Verdict::Wait;
            ++schedule.dto.counts.droppedBuffer;
            return Verdict::Drop;
        case Overlap::CancelOther:
        case Overlap::TerminateOther:
            return Verdict::EndOthers;
    }
    return Verdict::Drop;
}

ScheduleStep endOthers(Schedule& schedule, const PendingStart& start, ScheduleChanges& changes) {
    const auto kind =
        start.overlap == Overlap::CancelOther ? ScheduleStep::Kind::Cancel : ScheduleStep::Kind::Terminate;
    ScheduleStep step{kind, start, schedule.active};
    supersede(schedule, step.start, changes);
    return step;
}

}  // namespace

std::optional<Overlap> overlapFromName(std::string_view name) {
    const auto found = std::find(kOverlapNames.begin(), kOverlapNames.end(), name);
    if (found == kOverlapNames.end()) return std::nullopt;
    return static_cast<Overlap>(found - kOverlapNames.begin());
}

Micros jitterOf(const std::string& scheduleId, Micros due, Micros jitter) {
    if (jitter <= 0) return 0;
    const std::uint64_t mixed = checksum64(fmt::format("{}@{}", scheduleId, due));
    return static_cast<Micros>(mixed % (static_cast<std::uint64_t>(jitter) + 1));
}

std::string keyOf(const std::string& scheduleId, Micros due) {
    return fmt::format("schedule/{}/{}", scheduleId, secondsOf(due));
}

void addStart(Schedule& schedule, PendingStart start, ScheduleChanges& changes) {
    changes.added.push_back(start);
    const auto place = std::upper_bound(schedule.starts.begin(), schedule.starts.end(), start.at,
                                        [](Micros at, const PendingStart& other) { return at < other.at; });
    schedule.starts.insert(place, std::move(start));
}

void advance(Schedule& schedule, const TickTime& now, const std::function<bool(const std::string&)>& alreadyRun,
             ScheduleChanges& changes) {
    if (!schedule.rule) return;
    if (schedule.cursor > now.wall + kSlew) {
        schedule.cursor = now.wall;
        changes.schedule = true;
    }
    const auto& dto = schedule.dto;
    std::size_t counted = 0;
    for (auto next = schedule.rule->next(secondsOf(schedule.cursor)); next && *next * kSecond <= now.wall;
         next = schedule.rule->next(secondsOf(schedule.cursor))) {
        const Micros due = *next * kSecond;
        schedule.cursor = due;
        changes.schedule = true;
        const Micros at = due + jitterOf(dto.id, due, dto.jitter);
        const bool isLate = now.wall - at > dto.catchUp;
        std::string key = keyOf(dto.id, due);
        if (alreadyRun(key) || findStart(schedule, key) != schedule.starts.end()) continue;
        if (!isLate && !dto.paused) {
            addStart(schedule, {std::move(key), due, at, Origin::Rule, schedule.overlap}, changes);
            continue;
        }
        countMissed(schedule, at, now);
        if (++counted == kMostCounted) schedule.cursor = std::max(due, now.wall - dto.catchUp - dto.jitter - kSecond);
    }
}

std::optional<ScheduleStep> nextStep(Schedule& schedule, const TickTime& now, ScheduleChanges& changes) {
    if (auto step = startBuffered(schedule, now.wall)) return step;
    for (auto place = schedule.starts.begin(); place != schedule.starts.end() && place->at <= now.wall;) {
        if (place->isBuffered || place->retryAt > now.wall) {
            ++place;
            continue;
        }
        if (isMissed(schedule, *place, now)) {
            place = drop(schedule, place, changes);
            continue;
        }
        const Verdict verdict = schedule.active.empty() ? Verdict::Go : judge(schedule, *place);
        if (verdict == Verdict::Go) return ScheduleStep{ScheduleStep::Kind::Start, *place, {}};
        if (verdict == Verdict::Drop) {
            place = drop(schedule, place, changes);
            continue;
        }
        place->isBuffered = true;
        changes.buffered.push_back(place->key);
        if (verdict == Verdict::EndOthers) return endOthers(schedule, *place, changes);
        ++place;
    }
    return std::nullopt;
}

void startSucceeded(Schedule& schedule, const std::string& key, const std::string& runId, Micros wall,
                    ScheduleChanges& changes) {
    const auto place = findStart(schedule, key);
    if (place != schedule.starts.end()) drop(schedule, place, changes);
    changes.schedule = true;
    ++schedule.dto.counts.started;
    schedule.dto.lastStarted = wall;
    schedule.dto.lastRunId = runId;
    schedule.active.push_back(runId);
}

bool startFailed(Schedule& schedule, const std::string& key, const Error& error, Micros wall,
                 ScheduleChanges& changes) {
    const auto place = findStart(schedule, key);
    if (place == schedule.starts.end()) return false;
    ++place->tries;
    const bool isLate = place->origin == Origin::Rule && wall - place->at > schedule.dto.catchUp;
    if (error.retryable && place->origin != Origin::Manual && place->tries < kMostTries && !isLate) {
        place->retryAt = wall + std::min(kLongestRetry, kSecond << (place->tries - 1));
        return true;
    }
    ++schedule.dto.counts.failedToStart;
    drop(schedule, place, changes);
    return false;
}

bool runEnded(Schedule& schedule, const std::string& runId) { return std::erase(schedule.active, runId) > 0; }

Micros wakeTime(const Schedule& schedule, Micros wall) {
    Micros wake = INT64_MAX;
    if (schedule.rule) {
        if (const auto next = schedule.rule->next(secondsOf(std::max(schedule.cursor, wall)))) wake = *next * kSecond;
    }
    for (const PendingStart& start : schedule.starts) {
        const bool waitsForTime = !start.isBuffered || (schedule.active.empty() && mayGo(schedule, start, INT64_MAX));
        if (waitsForTime) wake = std::min(wake, std::max(start.at, start.retryAt));
        if (!start.isBuffered && start.at > wall) break;
    }
    return wake;
}

protocol::ScheduleDto viewOf(const Schedule& schedule, Micros wall) {
    protocol::ScheduleDto dto = schedule.dto;
    dto.etag = fmt::format("{}", schedule.revision);
    dto.waiting = 0;
    dto.next = 0;
    for (const PendingStart& start : schedule.starts) {
        if (start.isBuffered || start.origin == Origin::Backfill) {
            ++dto.waiting;
        } else if (!dto.paused && start.at > wall && (dto.next == 0 || start.at < dto.next)) {
            dto.next = start.at;
        }
    }
    if (dto.paused || !schedule.rule) return dto;
    if (const auto next = schedule.rule->next(secondsOf(std::max(schedule.cursor, wall)))) {
        const Micros due = *next * kSecond;
        const Micros at = due + jitterOf(dto.id, due, dto.jitter);
        if (dto.next == 0 || at < dto.next) dto.next = at;
    }
    return dto;
}

}  // namespace signalbox::triggers
