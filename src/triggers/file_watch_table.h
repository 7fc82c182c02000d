// Watched folders, what is known of their files, and the starts that are due for them, on disk.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "protocol/trigger_dto.h"
#include "triggers/trigger_database.h"
#include "triggers/watched_folder.h"

namespace signalbox::triggers {

struct FileWatch {
    protocol::FileWatchDto dto;
    std::int64_t revision = 1;
    bool isPrimed = false;  ///< the files that were there at first are known: they are no news
};

/// A start that is due. Its key is made when it is written down, together with what is known of the file from then on:
/// so each change is told exactly once, whatever happens.
struct FileEvent {
    std::string key;
    std::string watchId;
    std::string path;  ///< relative to the workspace
    std::string event;
    FileMark mark;
};

/// Thread-safe as the database is. All errors are "store.*", and "watch.not-found".
class FileWatchTable {
public:
    explicit FileWatchTable(TriggerDatabase& database) : database_(&database) {}

    [[nodiscard]] Result<std::vector<FileWatch>> all();
    [[nodiscard]] Result<FileWatch> read(const std::string& id);
    /// False: there are `most` of them already.
    [[nodiscard]] Result<bool> insert(const FileWatch& watch, std::int64_t most);
    /// `startsOver`: what is known of its files is forgotten, and they will be no news. False: it was changed
    /// meanwhile.
    [[nodiscard]] Result<bool> change(const FileWatch& watch, bool startsOver);
    [[nodiscard]] Status remove(const std::string& id);

    [[nodiscard]] Result<FileMarks> known(const std::string& id);
    [[nodiscard]] Status prime(const std::string& id, const FileMarks& files);
    /// In one transaction what is known from now on and what is due for it. `noticed` orders the starts.
    [[nodiscard]] Status record(const std::string& id, const std::vector<FileChange>& changes,
                                const std::vector<FileEvent>& due, Micros noticed);
    [[nodiscard]] Result<std::vector<FileEvent>> due(std::int64_t most);
    /// The start is done: begun, or given up.
    [[nodiscard]] Status done(const FileEvent& event, bool isStarted, Micros wall);

private:
    TriggerDatabase* database_;
};

}  // namespace signalbox::triggers
