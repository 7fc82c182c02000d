// Runs schedules: decides what is due, writes it down, starts it.
#pragma once

#include <mutex>
#include <string>
#include <unordered_set>
#include <vector>

#include "triggers/schedule_table.h"
#include "triggers/trigger_news.h"
#include "triggers/triggers.h"

namespace signalbox::triggers {

/// Thread-safe. Every start is on disk before it is tried and is tried under the same key until its outcome is on disk:
/// a crash at any moment neither loses nor doubles it.
class Scheduler {
public:
    Scheduler(const TriggerOptions& options, TriggerDatabase& database, TriggerNews& news);

    /// Errors "store.*".
    [[nodiscard]] Status load();

    /// Does what is due, and gives when to look again: INT64_MAX is when something happens. One thread at a time;
    /// blocks while runs start.
    Micros tick();
    /// Takes up what another program does, where that one starts what is due.
    void follow() { refresh(); }
    /// How many schedules there are, and what waits.
    void addTo(protocol::TriggerStatsDto& stats);
    /// Takes note of a run's end, if it is one of a schedule's; what waited for it goes with the next tick. Gives
    /// whether there should be one. Never blocks: it is called for every run of the engine.
    bool runEnded(const std::string& runId);

    [[nodiscard]] protocol::ScheduleList list(const std::string& workflowId);
    [[nodiscard]] Result<protocol::ScheduleDto> get(const std::string& id);
    [[nodiscard]] Result<protocol::ScheduleDto> save(const protocol::SaveSchedule& request);
    [[nodiscard]] Status remove(const protocol::DeleteSchedule& request);
    [[nodiscard]] Result<protocol::ScheduleDto> pause(const protocol::PauseSchedule& request);
    /// Puts one start, or those of a range, in line: the next tick takes them. Gives its key, or how many there are.
    [[nodiscard]] Result<std::string> queueNow(const std::string& id);
    [[nodiscard]] Result<std::uint32_t> queueRange(const protocol::BackfillSchedule& request);
    /// What became of a start that was queued: nothing while it waits or is unknown.
    [[nodiscard]] std::optional<Error> failureOf(const std::string& key);
    [[nodiscard]] bool wasDropped(const std::string& key);
    [[nodiscard]] Result<protocol::SchedulePreview> preview(const protocol::PreviewSchedule& request) const;

private:
    struct Outcome {
        std::string key;
        std::optional<Error> error;  ///< none: an overlap policy dropped it
    };

    void refresh();
    [[nodiscard]] TickTime lookAtClock();
    [[nodiscard]] std::vector<std::string> ids();
    void collectEnded();
    void askForEnded(Micros wall);
    void advanceAll(const TickTime& now);
    void work(const std::string& id, const TickTime& now);
    [[nodiscard]] std::optional<ScheduleStep> takeStep(const std::string& id, const TickTime& now);
    void perform(const std::string& id, const ScheduleStep& step);
    void start(const std::string& id, const PendingStart& start);
    void endRuns(const ScheduleStep& step, const std::string& name);
    [[nodiscard]] Micros endTick(Micros wall);

    // With the mutex held.
    void tellOfOthers(const ScheduleMap& before);
    [[nodiscard]] Result<Schedule*> find(const std::string& id);
    [[nodiscard]] Result<protocol::ScheduleDto> create(const protocol::ScheduleDto& wanted);
    [[nodiscard]] Status write(Schedule& schedule, const ScheduleChanges& changes);
    void markEnded(const std::string& runId);
    void remember(std::string key, std::optional<Error> error);
    void failed(Schedule& schedule, const PendingStart& start, const Error& error);

    const TriggerOptions* options_;
    ScheduleTable table_;
    TriggerDatabase* database_;
    Logger log_;
    TriggerNews* news_;

    std::mutex mutex_;
    bool isLoaded_ = false;
    ScheduleMap schedules_;
    std::int64_t foreignVersion_ = 0;
    bool isStale_ = false;          ///< memory and disk may differ: read again
    std::deque<Outcome> outcomes_;  ///< of the latest starts that came to nothing
    Micros lastWall_ = 0;
    Micros lastMonotonic_ = 0;
    Micros lastAsked_ = 0;

    std::mutex endedMutex_;
    std::vector<std::string> ended_;
    std::unordered_set<std::string> open_;  ///< runs whose end matters
    bool isTicking_ = false;                ///< any run may turn out to be one of them
};

}  // namespace signalbox::triggers
