// What triggers do and what is done to them, as events for whoever follows, and counted.
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "protocol/dto.h"
#include "protocol/trigger_dto.h"

namespace signalbox::triggers {

/// Collects events (see protocol::EventDto) until publish(), so that nobody is called while locks are held. Counts only
/// what this program has done itself. Thread-safe.
class TriggerNews {
public:
    using Publish = std::function<void(std::vector<protocol::EventDto>)>;
    /// Which trigger an event is about.
    struct Subject {
        std::string_view kind;  ///< "schedule", "webhook", "watch"
        std::string id;
        std::string name;
        std::string workflowId;
    };
    [[nodiscard]] static Subject of(const protocol::ScheduleDto& schedule);
    [[nodiscard]] static Subject of(const protocol::WebhookDto& webhook);
    [[nodiscard]] static Subject of(const protocol::FileWatchDto& watch);

    TriggerNews(const Clock& clock, Publish publish) : clock_(&clock), publish_(std::move(publish)) {}

    /// "created", "changed", "deleted".
    void edited(const Subject& subject, const char* status);
    /// `data` holds what else is to be told.
    void started(const Subject& subject, const std::string& runId, Value data = Value::undefined());
    /// For good: it is not tried again.
    void failed(const Subject& subject, const Error& error, Value data = Value::undefined());
    void waiting(const Subject& subject, std::size_t count);
    /// What has been missed or skipped since `before`.
    void counted(const protocol::ScheduleDto& schedule, const protocol::ScheduleCounts& before);
    /// What another program has done with a schedule since it was as `before`.
    void seen(const protocol::ScheduleDto& schedule, const protocol::ScheduleCounts& before);
    /// A delivery was not taken. It is told with all others that come until then by tellRefused().
    void countRefused();
    void tellRefused(const Subject& subject, std::uint64_t count);

    void publish();
    /// Counts only.
    [[nodiscard]] protocol::TriggerStatsDto totals() const;

private:
    void add(const Subject& subject, const char* status, std::uint64_t count = 1, std::string code = {},
             Value data = Value::undefined(), std::string runId = {});
    void tellDifference(const protocol::ScheduleDto& schedule, const protocol::ScheduleCounts& before, bool isOwn);

    const Clock* clock_;
    const Publish publish_;
    mutable std::mutex mutex_;
    std::vector<protocol::EventDto> events_;
    protocol::TriggerStatsDto totals_;
};

/// Finds out what other programs have edited: whatever differs from what is known, and was not noted here. Thread-safe.
class KnownTriggers {
public:
    struct Known {
        TriggerNews::Subject subject;
        std::int64_t revision = 0;
    };
    explicit KnownTriggers(TriggerNews& news) : news_(&news) {}

    /// Edits of this program. They are told at once.
    void edited(const TriggerNews::Subject& subject, std::int64_t revision, const char* status);
    /// How many edits there were. To be asked before all are read for compare().
    [[nodiscard]] std::uint64_t edits() const;
    /// All that there were after so many edits; those edited since are left to the next time. What is there at first is
    /// no news.
    void compare(std::vector<Known> all, std::uint64_t edits);

private:
    TriggerNews* news_;
    mutable std::mutex mutex_;
    bool isFirst_ = true;
    std::map<std::string, Known> known_;  ///< by id
    std::uint64_t edits_ = 0;
    std::map<std::string, std::uint64_t> editedAs_;  ///< by id, the number of the last edit; emptied by compare()
};

}  // namespace signalbox::triggers
