// What a schedule does next: a pure state machine without clock, disk or threads.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "protocol/trigger_dto.h"
#include "triggers/occurrences.h"

namespace signalbox::triggers {

enum class Overlap : std::uint8_t { Skip, BufferOne, BufferAll, CancelOther, TerminateOther, AllowAll };
/// In the order of the enumeration.
inline constexpr std::array<const char*, 6> kOverlapNames{"skip",         "buffer-one",      "buffer-all",
                                                          "cancel-other", "terminate-other", "allow-all"};
[[nodiscard]] std::optional<Overlap> overlapFromName(std::string_view name);

/// A start that was decided and is not done yet.
struct PendingStart {
    enum class Origin : std::uint8_t { Rule, Manual, Backfill };
    std::string key;  ///< idempotency key of its run: the same decision twice is one run
    Micros due = 0;   ///< the time that the rule names
    Micros at = 0;    ///< with its jitter
    Origin origin = Origin::Rule;
    Overlap overlap = Overlap::Skip;
    bool isBuffered = false;  ///< its time came, and it waits for a run to end
    Micros retryAt = 0;       ///< not before then, after a failure that may pass
    int tries = 0;
};

/// A schedule and all that is open of it.
struct Schedule {
    protocol::ScheduleDto dto;
    std::int64_t revision = 1;  ///< of what people decide
    Micros cursor = 0;          ///< every time up to here has been decided
    std::optional<Occurrences> rule;
    Overlap overlap = Overlap::Skip;
    std::deque<PendingStart> starts;  ///< by `at`
    std::vector<std::string> active;  ///< ids of its runs that have not ended
};

/// The clock as it is looked at. What lies after `setFrom` was jumped over when the clock was set forward.
struct TickTime {
    Micros wall = 0;
    Micros setFrom = INT64_MAX;
};

/// What has to be written down before a step is taken.
struct ScheduleChanges {
    bool schedule = false;  ///< cursor or counts
    std::vector<PendingStart> added;
    std::vector<std::string> removed;
    std::vector<std::string> buffered;
    [[nodiscard]] bool any() const { return schedule || !added.empty() || !removed.empty() || !buffered.empty(); }
};

/// What is to be done outside.
struct ScheduleStep {
    enum class Kind : std::uint8_t { Start, Cancel, Terminate };
    Kind kind = Kind::Start;
    PendingStart start;
    std::vector<std::string> runs;  ///< to be cancelled or terminated
};

/// Compiles what people decide. Errors "schedule.cron", "schedule.time-zone", "schedule.invalid".
[[nodiscard]] Status compileSchedule(Schedule& schedule);

/// How long a start is put off: evenly spread over the jitter, the same for the same schedule and time.
[[nodiscard]] Micros jitterOf(const std::string& scheduleId, Micros due, Micros jitter);
[[nodiscard]] std::string keyOf(const std::string& scheduleId, Micros due);

/// Decides every time that has come since: it becomes a pending start, or is counted as missed. `alreadyRun` tells
/// whether a key has had its run, for clocks that are set back.
void advance(Schedule& schedule, const TickTime& now, const std::function<bool(const std::string&)>& alreadyRun,
             ScheduleChanges& changes);
/// The next thing to do, if any; drops what must not start. Its outcome is told by one of the functions below.
[[nodiscard]] std::optional<ScheduleStep> nextStep(Schedule& schedule, const TickTime& now, ScheduleChanges& changes);
void startSucceeded(Schedule& schedule, const std::string& key, const std::string& runId, Micros wall,
                    ScheduleChanges& changes);
/// Whether it is tried again.
bool startFailed(Schedule& schedule, const std::string& key, const Error& error, Micros wall, ScheduleChanges& changes);
/// Whether it was one of its runs.
bool runEnded(Schedule& schedule, const std::string& runId);

/// Adds a start in its order.
void addStart(Schedule& schedule, PendingStart start, ScheduleChanges& changes);
/// When something is to be done without anything happening before: INT64_MAX is never.
[[nodiscard]] Micros wakeTime(const Schedule& schedule, Micros wall);
/// The DTO with what is worked out: next, waiting, etag.
[[nodiscard]] protocol::ScheduleDto viewOf(const Schedule& schedule, Micros wall);

}  // namespace signalbox::triggers
