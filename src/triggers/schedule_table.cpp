#include "triggers/schedule_table.h"

#include "base/json.h"
#include "protocol/codec.h"

namespace signalbox::triggers {

namespace {

using sqlite::SqliteFile;

/// Runs that have ended are remembered for clocks that are set back; so many of each schedule.
constexpr std::int64_t kRemembered = 1000;

std::string definitionOf(const Schedule& schedule) {
    return writeJson(protocol::toValue(schedule.dto).without("counts").without("lastStarted").without("lastRunId"));
}

std::string progressOf(const Schedule& schedule) {
    const Value dto = protocol::toValue(schedule.dto);
    return writeJson(Value::object(
        {{"counts", dto["counts"]}, {"lastStarted", dto["lastStarted"]}, {"lastRunId", dto["lastRunId"]}}));
}

Result<Schedule> scheduleOf(const std::string& definition, const std::string& progress) {
    SIGNALBOX_TRY(Value dto, parseJson(definition));
    SIGNALBOX_TRY(const Value happened, parseJson(progress));
    for (const auto& [name, value] : happened.members()) dto = dto.with(name, value);
    Schedule schedule;
    SIGNALBOX_TRY(schedule.dto, protocol::fromValue<protocol::ScheduleDto>(dto));
    return schedule;
}

auto stale(const Schedule& schedule) {
    return fail("store.stale", "Another program has changed the schedule meanwhile", schedule.dto.name, "Try again",
                true);
}

Status loadStarts(SqliteFile& file, ScheduleMap& schedules) {
    SIGNALBOX_TRY(auto rows, file.query("SELECT schedule, key, due, at, origin, overlap, buffered FROM starts "
                                        "ORDER BY schedule, at, key"));
    for (auto row = rows.next(); !row || *row; row = rows.next()) {
        if (!row) return fail(std::move(row).error());
        const auto found = schedules.find(rows.text(0));
        if (found == schedules.end()) continue;
        PendingStart start{rows.text(1), rows.integer(2), rows.integer(3)};
        start.origin = static_cast<PendingStart::Origin>(rows.integer(4));
        start.overlap = static_cast<Overlap>(rows.integer(5));
        // Those that end others are judged again: whether the others were told is not known.
        const bool endsOthers = start.overlap == Overlap::CancelOther || start.overlap == Overlap::TerminateOther;
        start.isBuffered = rows.boolean(6) && !endsOthers;
        found->second.starts.push_back(std::move(start));
    }
    return {};
}

Status loadRuns(SqliteFile& file, ScheduleMap& schedules) {
    SIGNALBOX_TRY(auto rows, file.query("SELECT schedule, run FROM runs WHERE ended = 0 ORDER BY due"));
    for (auto row = rows.next(); !row || *row; row = rows.next()) {
        if (!row) return fail(std::move(row).error());
        const auto found = schedules.find(rows.text(0));
        if (found != schedules.end()) found->second.active.push_back(rows.text(1));
    }
    return {};
}

Status writeChanges(SqliteFile& file, const Schedule& schedule, const ScheduleChanges& changes) {
    const std::string& id = schedule.dto.id;
    if (changes.schedule) {
        SIGNALBOX_CHECK(file.run("UPDATE schedules SET progress = ?, cursor = ? WHERE id = ?", progressOf(schedule),
                                 schedule.cursor, id));
    }
    for (const auto& start : changes.added) {
        SIGNALBOX_CHECK(file.run("INSERT OR IGNORE INTO starts VALUES (?, ?, ?, ?, ?, ?, ?)", start.key, id, start.due,
                                 start.at, static_cast<int>(start.origin), static_cast<int>(start.overlap),
                                 start.isBuffered));
    }
    for (const auto& key : changes.buffered) {
        SIGNALBOX_CHECK(file.run("UPDATE starts SET buffered = 1 WHERE key = ?", key));
    }
    for (const auto& key : changes.removed) SIGNALBOX_CHECK(file.run("DELETE FROM starts WHERE key = ?", key));
    return {};
}

}  // namespace

Result<ScheduleMap> ScheduleTable::load() {
    const auto file = database_->use();
    ScheduleMap schedules;
    SIGNALBOX_TRY(auto rows, file->query("SELECT id, dto, revision, cursor, progress FROM schedules"));
    for (auto row = rows.next(); !row || *row; row = rows.next()) {
        if (!row) return fail(std::move(row).error());
        SIGNALBOX_TRY(Schedule schedule, scheduleOf(rows.text(1), rows.text(4)));
        schedule.revision = rows.integer(2);
        schedule.cursor = rows.integer(3);
        schedules.emplace(rows.text(0), std::move(schedule));
    }
    SIGNALBOX_CHECK(loadStarts(*file, schedules));
    SIGNALBOX_CHECK(loadRuns(*file, schedules));
    return schedules;
}

Status ScheduleTable::insert(const Schedule& schedule) {
    const auto file = database_->use();
    SIGNALBOX_CHECK(file->run("INSERT INTO schedules VALUES (?, ?, ?, ?, ?)", schedule.dto.id, definitionOf(schedule),
                              schedule.revision, schedule.cursor, progressOf(schedule)));
    return {};
}

Status ScheduleTable::change(const Schedule& schedule, bool clearsRule) {
    const auto file = database_->use();
    SIGNALBOX_TRY(auto change, file->begin());
    const std::string& id = schedule.dto.id;
    SIGNALBOX_TRY(const std::int64_t changed,
                  file->run("UPDATE schedules SET dto = ?, revision = ?, cursor = ? WHERE id = ? AND revision = ?",
                            definitionOf(schedule), schedule.revision, schedule.cursor, id, schedule.revision - 1));
    if (changed == 0) return stale(schedule);
    if (clearsRule) {
        SIGNALBOX_CHECK(file->run("DELETE FROM starts WHERE schedule = ? AND origin = 0 AND buffered = 0", id));
    }
    return change.commit();
}

Status ScheduleTable::remove(const std::string& id) {
    const auto file = database_->use();
    SIGNALBOX_CHECK(file->run("DELETE FROM schedules WHERE id = ?", id));
    return {};
}

Status ScheduleTable::apply(const Schedule& schedule, const ScheduleChanges& changes) {
    if (!changes.any()) return {};
    const auto file = database_->use();
    SIGNALBOX_TRY(auto change, file->begin());
    SIGNALBOX_TRY(const std::int64_t found, file->run("UPDATE schedules SET revision = revision WHERE id = ? AND "
                                                      "revision = ?",
                                                      schedule.dto.id, schedule.revision));
    if (found == 0) return stale(schedule);
    SIGNALBOX_CHECK(writeChanges(*file, schedule, changes));
    return change.commit();
}

Status ScheduleTable::applyStarted(const Schedule& schedule, const PendingStart& start, const std::string& runId,
                                   const ScheduleChanges& changes) {
    const auto file = database_->use();
    SIGNALBOX_TRY(auto change, file->begin());
    SIGNALBOX_CHECK(writeChanges(*file, schedule, changes));
    const std::string& id = schedule.dto.id;
    SIGNALBOX_CHECK(file->run("INSERT OR REPLACE INTO runs SELECT ?, id, ?, ?, 0 FROM schedules WHERE id = ?",
                              start.key, runId, start.due, id));
    SIGNALBOX_CHECK(
        file->run("DELETE FROM runs WHERE schedule = ? AND ended = 1 AND due <= (SELECT due FROM runs "
                  "WHERE schedule = ? ORDER BY due DESC LIMIT 1 OFFSET ?)",
                  id, id, kRemembered));
    return change.commit();
}

Status ScheduleTable::markEnded(const std::string& runId) {
    const auto file = database_->use();
    SIGNALBOX_CHECK(file->run("UPDATE runs SET ended = 1 WHERE ended = 0 AND run = ?", runId));
    return {};
}

bool ScheduleTable::hasRun(const std::string& key) {
    const auto file = database_->use();
    auto query = file->query("SELECT 1 FROM runs WHERE key = ?", key);
    if (!query) return false;
    const auto row = query->next();
    return row && *row;
}

}  // namespace signalbox::triggers
