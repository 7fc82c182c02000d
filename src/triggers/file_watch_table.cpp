#include "triggers/file_watch_table.h"

#include <fmt/format.h>

#include "base/json.h"
#include "protocol/codec.h"

namespace signalbox::triggers {

namespace {

auto noSuch(const std::string& id) {
    return fail("watch.not-found", "There is no such watched folder", id, "List them to see what there is");
}

std::string definitionOf(protocol::FileWatchDto dto) {
    dto.started = 0;
    dto.failed = 0;
    dto.lastEvent = 0;
    dto.problem.clear();
    dto.etag.clear();
    return writeJson(protocol::toValue(dto));
}

/// Columns: dto, revision, primed, started, failed, last_event.
Result<FileWatch> watchOf(const sqlite::Query& row) {
    SIGNALBOX_TRY(const Value value, parseJson(row.text(0)));
    FileWatch watch;
    SIGNALBOX_TRY(watch.dto, protocol::fromValue<protocol::FileWatchDto>(value));
    watch.revision = row.integer(1);
    watch.isPrimed = row.boolean(2);
    watch.dto.started = static_cast<std::uint64_t>(row.integer(3));
    watch.dto.failed = static_cast<std::uint64_t>(row.integer(4));
    watch.dto.lastEvent = row.integer(5);
    watch.dto.etag = fmt::format("{}", watch.revision);
    return watch;
}

}  // namespace

Result<std::vector<FileWatch>> FileWatchTable::all() {
    const auto file = database_->use();
    std::vector<FileWatch> watches;
    SIGNALBOX_TRY(auto rows, file->query("SELECT dto, revision, primed, started, failed, last_event FROM watches"));
    for (auto row = rows.next(); !row || *row; row = rows.next()) {
        if (!row) return fail(std::move(row).error());
        SIGNALBOX_TRY(FileWatch watch, watchOf(rows));
        watches.push_back(std::move(watch));
    }
    return watches;
}

Result<FileWatch> FileWatchTable::read(const std::string& id) {
    const auto file = database_->use();
    SIGNALBOX_TRY(auto row, file->query("SELECT dto, revision, primed, started, failed, last_event FROM watches "
                                        "WHERE id = ?",
                                        id));
    SIGNALBOX_TRY(const bool found, row.next());
    if (!found) return noSuch(id);
    return watchOf(row);
}

Result<bool> FileWatchTable::insert(const FileWatch& watch, std::int64_t most) {
    const auto file = database_->use();
    SIGNALBOX_TRY(const std::int64_t added,
                  file->run("INSERT INTO watches (id, dto, revision) SELECT ?, ?, ? WHERE (SELECT count(*) FROM "
                            "watches) < ?",
                            watch.dto.id, definitionOf(watch.dto), watch.revision, most));
    return added > 0;
}

Result<bool> FileWatchTable::change(const FileWatch& watch, bool startsOver) {
    const auto file = database_->use();
    SIGNALBOX_TRY(auto change, file->begin());
    const std::string& id = watch.dto.id;
    SIGNALBOX_TRY(const std::int64_t changed,
                  file->run("UPDATE watches SET dto = ?, revision = ? WHERE id = ? AND revision = ?",
                            definitionOf(watch.dto), watch.revision, id, watch.revision - 1));
    if (changed == 0) return false;
    if (startsOver) {
        SIGNALBOX_CHECK(file->run("UPDATE watches SET primed = 0 WHERE id = ?", id));
        SIGNALBOX_CHECK(file->run("DELETE FROM files WHERE watch = ?", id));
    }
    SIGNALBOX_CHECK(change.commit());
    return true;
}

Status FileWatchTable::remove(const std::string& id) {
    const auto file = database_->use();
    SIGNALBOX_TRY(const std::int64_t removed, file->run("DELETE FROM watches WHERE id = ?", id));
    if (removed == 0) return noSuch(id);
    return {};
}

Result<FileMarks> FileWatchTable::known(const std::string& id) {
    const auto file = database_->use();
    FileMarks marks;
    SIGNALBOX_TRY(auto rows, file->query("SELECT path, modified, size FROM files WHERE watch = ?", id));
    for (auto row = rows.next(); !row || *row; row = rows.next()) {
        if (!row) return fail(std::move(row).error());
        marks[rows.text(0)] = {rows.integer(1), rows.integer(2)};
    }
    return marks;
}

Status FileWatchTable::prime(const std::string& id, const FileMarks& files) {
    const auto file = database_->use();
    SIGNALBOX_TRY(auto change, file->begin());
    SIGNALBOX_CHECK(file->run("DELETE FROM files WHERE watch = ?", id));
    for (const auto& [name, mark] : files) {
        SIGNALBOX_CHECK(file->run("INSERT INTO files VALUES (?, ?, ?, ?)", id, name, mark.modified, mark.size));
    }
    SIGNALBOX_CHECK(file->run("UPDATE watches SET primed = 1 WHERE id = ?", id));
    return change.commit();
}

Status FileWatchTable::record(const std::string& id, const std::vector<FileChange>& changes,
                              const std::vector<FileEvent>& due, Micros noticed) {
    const auto file = database_->use();
    SIGNALBOX_TRY(auto change, file->begin());
    for (const FileChange& each : changes) {
        if (each.now) {
            SIGNALBOX_CHECK(file->run("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?)", id, each.name,
                                      each.now->modified, each.now->size));
        } else {
            SIGNALBOX_CHECK(file->run("DELETE FROM files WHERE watch = ? AND path = ?", id, each.name));
        }
    }
    for (const FileEvent& event : due) {
        SIGNALBOX_CHECK(file->run("INSERT INTO file_events VALUES (?, ?, ?, ?, ?, ?, ?)", event.key, id, event.path,
                                  event.event, event.mark.modified, event.mark.size, noticed));
    }
    if (!due.empty()) SIGNALBOX_CHECK(file->run("UPDATE watches SET last_event = ? WHERE id = ?", noticed, id));
    return change.commit();
}

Result<std::vector<FileEvent>> FileWatchTable::due(std::int64_t most) {
    const auto file = database_->use();
    std::vector<FileEvent> events;
    SIGNALBOX_TRY(auto rows, file->query("SELECT key, watch, path, event, modified, size FROM file_events "
                                         "ORDER BY noticed, path LIMIT ?",
                                         most));
    for (auto row = rows.next(); !row || *row; row = rows.next()) {
        if (!row) return fail(std::move(row).error());
        events.push_back({rows.text(0), rows.text(1), rows.text(2), rows.text(3), {rows.integer(4), rows.integer(5)}});
    }
    return events;
}

Status FileWatchTable::done(const FileEvent& event, bool isStarted, Micros wall) {
    const auto file = database_->use();
    SIGNALBOX_TRY(auto change, file->begin());
    SIGNALBOX_CHECK(file->run("DELETE FROM file_events WHERE key = ?", event.key));
    SIGNALBOX_CHECK(
        file->run("UPDATE watches SET started = started + ?, failed = failed + ?, last_event = ? "
                  "WHERE id = ?",
                  isStarted ? 1 : 0, isStarted ? 0 : 1, wall, event.watchId));
    return change.commit();
}

}  // namespace signalbox::triggers
