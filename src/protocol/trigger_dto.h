// What starts runs by itself: schedules, webhooks, watched folders.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "protocol/dto.h"

namespace signalbox::protocol {

/// What a schedule has done since it was made, and why it did not start what it could have.
struct ScheduleCounts {
    std::uint64_t started = 0;
    std::uint64_t failedToStart = 0;   ///< the workflow is gone, has errors, or intake is shut
    std::uint64_t missedDown = 0;      ///< no gateway was there, or it slept, for longer than the catch-up window
    std::uint64_t missedPaused = 0;    ///< it was due while paused
    std::uint64_t missedClock = 0;     ///< the clock was set forward over it
    std::uint64_t skippedOverlap = 0;  ///< the run before had not ended
    std::uint64_t droppedBuffer = 0;   ///< more were waiting than the buffer holds
    bool operator==(const ScheduleCounts&) const = default;
};
BOOST_DESCRIBE_STRUCT(ScheduleCounts, (),
                      (started, failedToStart, missedDown, missedPaused, missedClock, skippedOverlap, droppedBuffer))

struct ScheduleDto {
    std::string id;    ///< empty when it is to be made
    std::string name;  ///< for people
    std::string workflowId;
    /// Of each run. A member whose value is exactly the text "$scheduledTime" is given the time that the rule names
    /// (not when the run came to start), in the schedule's zone with its offset: "2026-03-29T03:00:00+02:00".
    Value inputs = Value::object();
    std::string cron;                  ///< five fields, or six with seconds first; or "@hourly" and the like
    std::string timeZone = "UTC";      ///< of the IANA database
    std::string dstGap = "run-after";  ///< a time that does not exist that day: "run-after" the gap, or "skip"
    std::string dstRepeat = "first";   ///< a time that comes twice: "first", "second", "both"
    Duration catchUp = 60'000'000;     ///< how late a start may be after sleep or a stop; then it is missed
    std::string overlap = "skip";      ///< "skip", "buffer-one", "buffer-all", "cancel-other", "terminate-other",
                                       ///< "allow-all": when the run before has not ended
    Duration jitter = 0;               ///< each start is put off by up to so much, the same for the same time
    bool paused = false;
    std::string note;  ///< why it is paused, and whatever else is worth knowing
    WallTime created = 0;
    WallTime next = 0;  ///< 0: there is none
    WallTime lastStarted = 0;
    std::string lastRunId;
    std::uint32_t waiting = 0;  ///< starts that are buffered
    ScheduleCounts counts;
    std::string etag;
    bool operator==(const ScheduleDto&) const = default;
};
BOOST_DESCRIBE_STRUCT(ScheduleDto, (),
                      (id, name, workflowId, inputs, cron, timeZone, dstGap, dstRepeat, catchUp, overlap, jitter,
                       paused, note, created, next, lastStarted, lastRunId, waiting, counts, etag))

struct ScheduleList {
    std::vector<ScheduleDto> schedules;  ///< by name
    std::string nextCursor{};            ///< empty: there are no more
    bool operator==(const ScheduleList&) const = default;
};
BOOST_DESCRIBE_STRUCT(ScheduleList, (), (schedules, nextCursor))

struct ScheduledTime {
    WallTime at = 0;
    std::string local;  ///< in the schedule's zone, with its offset: "2026-03-29T03:00:00+02:00"
    bool operator==(const ScheduledTime&) const = default;
};
BOOST_DESCRIBE_STRUCT(ScheduledTime, (), (at, local))

struct SchedulePreview {
    std::vector<ScheduledTime> times;
    std::string description;  ///< the rule in words
    bool operator==(const SchedulePreview&) const = default;
};
BOOST_DESCRIBE_STRUCT(SchedulePreview, (), (times, description))

struct BackfillResult {
    std::uint32_t starts = 0;  ///< that the range holds and that were queued
    bool operator==(const BackfillResult&) const = default;
};
BOOST_DESCRIBE_STRUCT(BackfillResult, (), (starts))

/// A call from outside that starts a run. It is signed: hex HMAC-SHA256 of "TIMESTAMP.BODY" under the secret.
struct WebhookDto {
    std::string id;  ///< empty when it is to be made
    std::string name;
    std::string workflowId;
    std::string input = "body";        ///< the workflow's input that gets the body; empty: the body is all inputs
    Duration tolerance = 300'000'000;  ///< how old a timestamp may be, and how long one delivery is remembered
    bool enabled = true;
    WallTime created = 0;
    WallTime lastDelivery = 0;
    std::uint64_t accepted = 0;
    std::uint64_t refused = 0;
    std::string etag;
    bool operator==(const WebhookDto&) const = default;
};
BOOST_DESCRIBE_STRUCT(WebhookDto, (),
                      (id, name, workflowId, input, tolerance, enabled, created, lastDelivery, accepted, refused, etag))

struct WebhookList {
    std::vector<WebhookDto> webhooks;  ///< by name
    std::string nextCursor{};          ///< empty: there are no more
    bool operator==(const WebhookList&) const = default;
};
BOOST_DESCRIBE_STRUCT(WebhookList, (), (webhooks, nextCursor))

struct WebhookSecret {
    WebhookDto webhook;
    std::string secret;  ///< told once; empty when it has not changed
    bool operator==(const WebhookSecret&) const = default;
};
BOOST_DESCRIBE_STRUCT(WebhookSecret, (), (webhook, secret))

/// Starts a run for each file that comes, changes or goes in a folder.
struct FileWatchDto {
    std::string id;  ///< empty when it is to be made
    std::string name;
    std::string workflowId;
    std::string folder;               ///< relative to the workspace
    std::string pattern = "*";        ///< of the file's name: "*.csv"
    std::vector<std::string> events;  ///< any of "created", "changed", "deleted"; empty: created and changed
    Duration settle = 1'000'000;      ///< a file is taken when it has not changed for so long
    bool enabled = true;
    WallTime created = 0;
    WallTime lastEvent = 0;
    std::uint64_t started = 0;
    std::uint64_t failed = 0;
    std::string problem;  ///< why nothing is watched at the moment; empty: it is
    std::string etag;
    bool operator==(const FileWatchDto&) const = default;
};
BOOST_DESCRIBE_STRUCT(FileWatchDto, (),
                      (id, name, workflowId, folder, pattern, events, settle, enabled, created, lastEvent, started,
                       failed, problem, etag))

struct FileWatchList {
    std::vector<FileWatchDto> watches;  ///< by name
    std::string nextCursor{};           ///< empty: there are no more
    bool operator==(const FileWatchList&) const = default;
};
BOOST_DESCRIBE_STRUCT(FileWatchList, (), (watches, nextCursor))

/// What this gateway has started by itself, and has not, since it was started itself.
struct TriggerStatsDto {
    std::uint32_t schedules = 0;  ///< there are
    std::uint32_t schedulesPaused = 0;
    std::uint64_t waiting = 0;  ///< starts of schedules that are buffered
    ScheduleCounts counts;      ///< of all schedules, also those that are gone
    std::uint64_t deliveriesAccepted = 0;
    std::uint64_t deliveriesRefused = 0;
    std::uint64_t filesStarted = 0;
    std::uint64_t filesFailed = 0;
    bool operator==(const TriggerStatsDto&) const = default;
};
BOOST_DESCRIBE_STRUCT(TriggerStatsDto, (),
                      (schedules, schedulesPaused, waiting, counts, deliveriesAccepted, deliveriesRefused, filesStarted,
                       filesFailed))

}  // namespace signalbox::protocol
