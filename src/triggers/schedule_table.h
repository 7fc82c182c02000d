// Schedules and their open starts on disk.
#pragma once

#include <map>
#include <string>

#include "triggers/schedule_core.h"
#include "triggers/trigger_database.h"

namespace signalbox::triggers {

/// By id.
using ScheduleMap = std::map<std::string, Schedule>;

/// Thread-safe as the database is. All errors are "store.*".
class ScheduleTable {
public:
    explicit ScheduleTable(TriggerDatabase& database) : database_(&database) {}

    /// Everything, with rules not compiled.
    [[nodiscard]] Result<ScheduleMap> load();
    [[nodiscard]] Status insert(const Schedule& schedule);
    /// A definition that has changed; `clearsRule` forgets the rule's starts that wait for their time. The schedule has
    /// its new revision; "store.stale" (retryable) when the file's is not the one before it.
    [[nodiscard]] Status change(const Schedule& schedule, bool clearsRule);
    [[nodiscard]] Status remove(const std::string& id);
    /// "store.stale" when another program has changed the definition meanwhile: nothing is written then.
    [[nodiscard]] Status apply(const Schedule& schedule, const ScheduleChanges& changes);
    /// The changes of a start that succeeded, with its run. Only the newest runs are remembered.
    [[nodiscard]] Status applyStarted(const Schedule& schedule, const PendingStart& start, const std::string& runId,
                                      const ScheduleChanges& changes);
    [[nodiscard]] Status markEnded(const std::string& runId);
    /// Whether that key has had its run.
    [[nodiscard]] bool hasRun(const std::string& key);

private:
    TriggerDatabase* database_;
};

}  // namespace signalbox::triggers
