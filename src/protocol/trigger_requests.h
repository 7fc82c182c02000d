// Calls about schedules, webhooks and watched folders.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "protocol/request_macro.h"
#include "protocol/trigger_dto.h"

namespace signalbox::protocol {

struct ListSchedules {
    SIGNALBOX_REQUEST("schedules.list", ScheduleList, "schedule:read");
    std::string workflowId;        ///< empty: of all
    std::string text{};            ///< substring of id, name or note, ASCII letters of either case; empty: all
    std::optional<bool> paused{};  ///< only those that are, or are not
    std::uint32_t limit = 100;     ///< 1 to 1000
    std::string cursor{};
};
BOOST_DESCRIBE_STRUCT(ListSchedules, (), (workflowId, text, paused, limit, cursor))

struct GetSchedule {
    SIGNALBOX_REQUEST("schedules.get", ScheduleDto, "schedule:read");
    std::string id;
};
BOOST_DESCRIBE_STRUCT(GetSchedule, (), (id))

/// A new one when its id is empty. Of the schedule only what people decide is taken, the rest is the gateway's. Errors
/// "schedule.cron" with the place in it, "schedule.time-zone" with the nearest name, "schedule.invalid",
/// "schedule.conflict", "schedule.not-found".
struct SaveSchedule {
    SIGNALBOX_REQUEST("schedules.save", ScheduleDto, "schedule:write");
    ScheduleDto schedule;
    std::string expectedEtag;
};
BOOST_DESCRIBE_STRUCT(SaveSchedule, (), (schedule, expectedEtag))

struct DeleteSchedule {
    SIGNALBOX_REQUEST("schedules.delete", Empty, "schedule:delete");
    std::string id;
    std::string expectedEtag;
};
BOOST_DESCRIBE_STRUCT(DeleteSchedule, (), (id, expectedEtag))

struct PauseSchedule {
    SIGNALBOX_REQUEST("schedules.pause", ScheduleDto, "schedule:write");
    std::string id;
    bool paused = true;
    std::string note;  ///< empty: it stays as it is
};
BOOST_DESCRIBE_STRUCT(PauseSchedule, (), (id, paused, note))

/// One start at once, by the schedule's overlap policy.
struct TriggerSchedule {
    SIGNALBOX_REQUEST("schedules.trigger", BackfillResult, "schedule:trigger");
    std::string id;
};
BOOST_DESCRIBE_STRUCT(TriggerSchedule, (), (id))

/// Starts for every time in a range that the rule names. Error "schedule.too-many" beyond 10,000.
struct BackfillSchedule {
    SIGNALBOX_REQUEST("schedules.backfill", BackfillResult, "schedule:trigger");
    std::string id;
    WallTime from = 0;
    WallTime to = 0;
    std::string overlap = "buffer-all";
};
BOOST_DESCRIBE_STRUCT(BackfillSchedule, (), (id, from, to, overlap))

struct PreviewSchedule {
    SIGNALBOX_REQUEST("schedules.preview", SchedulePreview, "schedule:read");
    std::string cron;
    std::string timeZone = "UTC";
    std::string dstGap = "run-after";
    std::string dstRepeat = "first";
    WallTime after = 0;        ///< 0: now
    std::uint32_t count = 10;  ///< 1 to 1000
};
BOOST_DESCRIBE_STRUCT(PreviewSchedule, (), (cron, timeZone, dstGap, dstRepeat, after, count))

struct ListWebhooks {
    SIGNALBOX_REQUEST("webhooks.list", WebhookList, "webhook:read");
    std::string workflowId{};       ///< empty: of all
    std::string text{};             ///< substring of id or name, ASCII letters of either case; empty: all
    std::optional<bool> enabled{};  ///< only those that are, or are not
    std::uint32_t limit = 100;      ///< 1 to 1000
    std::string cursor{};
};
BOOST_DESCRIBE_STRUCT(ListWebhooks, (), (workflowId, text, enabled, limit, cursor))

struct GetWebhook {
    SIGNALBOX_REQUEST("webhooks.get", WebhookDto, "webhook:read");
    std::string id;
};
BOOST_DESCRIBE_STRUCT(GetWebhook, (), (id))

/// A new one, with its secret, when the id is empty. Errors "webhook.conflict", "webhook.not-found", "webhook.invalid".
struct SaveWebhook {
    SIGNALBOX_REQUEST("webhooks.save", WebhookSecret, "webhook:write");
    WebhookDto webhook;
    std::string expectedEtag;
    bool newSecret = false;  ///< the old one ends at once
};
BOOST_DESCRIBE_STRUCT(SaveWebhook, (), (webhook, expectedEtag, newSecret))

struct DeleteWebhook {
    SIGNALBOX_REQUEST("webhooks.delete", Empty, "webhook:write");
    std::string id;
    std::string expectedEtag;
};
BOOST_DESCRIBE_STRUCT(DeleteWebhook, (), (id, expectedEtag))

struct ListFileWatches {
    SIGNALBOX_REQUEST("watches.list", FileWatchList, "watch:read");
    std::string workflowId{};       ///< empty: of all
    std::string text{};             ///< substring of id, name or folder, ASCII letters of either case; empty: all
    std::optional<bool> enabled{};  ///< only those that are, or are not
    std::uint32_t limit = 100;      ///< 1 to 1000
    std::string cursor{};
};
BOOST_DESCRIBE_STRUCT(ListFileWatches, (), (workflowId, text, enabled, limit, cursor))

struct GetFileWatch {
    SIGNALBOX_REQUEST("watches.get", FileWatchDto, "watch:read");
    std::string id;
};
BOOST_DESCRIBE_STRUCT(GetFileWatch, (), (id))

/// Errors "watch.folder" (outside the workspace, or not there), "watch.invalid", "watch.conflict", "watch.not-found".
struct SaveFileWatch {
    SIGNALBOX_REQUEST("watches.save", FileWatchDto, "watch:write");
    FileWatchDto watch;
    std::string expectedEtag;
};
BOOST_DESCRIBE_STRUCT(SaveFileWatch, (), (watch, expectedEtag))

struct DeleteFileWatch {
    SIGNALBOX_REQUEST("watches.delete", Empty, "watch:write");
    std::string id;
    std::string expectedEtag;
};
BOOST_DESCRIBE_STRUCT(DeleteFileWatch, (), (id, expectedEtag))

}  // namespace signalbox::protocol
