// Watched folders: starts a run for each file that comes, changes or goes.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "triggers/file_watch_table.h"
#include "triggers/folder_notices.h"
#include "triggers/trigger_news.h"
#include "triggers/triggers.h"

namespace signalbox::triggers {

/// Thread-safe. The kernel's notices only say where to look: what counts is the difference between a folder and what is
/// written down of it, so nothing is missed or doubled over restarts, overflows and folders that go and come. While a
/// folder is away nothing is said of its files. What happens while a watch is disabled is no news afterwards.
class FileWatches {
public:
    FileWatches(const TriggerOptions& options, TriggerDatabase& database, TriggerNews& news)
        : options_(&options), database_(&database), table_(database), log_(options.log), news_(&news), known_(news) {}

    /// Looks at the folders and starts what is due; gives when to look again: the wall time. One thread at a time.
    Micros tick();
    /// Takes up what another program does, where that one starts what is due.
    void follow() { refresh(); }
    /// To be polled for reading.
    [[nodiscard]] int fd() const { return notices_.fd(); }

    [[nodiscard]] protocol::FileWatchList list();
    [[nodiscard]] Result<protocol::FileWatchDto> get(const std::string& id);
    [[nodiscard]] Result<protocol::FileWatchDto> save(const protocol::SaveFileWatch& request);
    [[nodiscard]] Status remove(const protocol::DeleteFileWatch& request);

private:
    /// One that is enabled, as the thread has it.
    struct Active {
        FileWatch watch;
        FolderHandle folder;
        std::unique_ptr<WatchedFolder> files;  ///< null: what is known has not been read yet
        bool isDirty = true;                   ///< all of it has to be looked at
        bool isPolled = false;                 ///< the kernel gives no notices
    };

    [[nodiscard]] protocol::FileWatchDto view(FileWatch watch);
    [[nodiscard]] Result<protocol::FileWatchDto> create(protocol::FileWatchDto wanted);
    void markStale();
    void setProblem(const std::string& id, const std::string& problem);

    // On the thread of tick().
    void refresh();
    void takeNotices(Micros now);
    void work(Active& active, Micros now);
    [[nodiscard]] Status arm(Active& active);
    [[nodiscard]] Status readKnown(Active& active);
    [[nodiscard]] Status record(Active& active, const std::vector<FileChange>& changes);
    [[nodiscard]] bool startDue(Micros now);
    void start(const FileEvent& event, Micros now);
    void startFailed(const FileEvent& event, const protocol::FileWatchDto& watch, const Error& error, Micros now);

    const TriggerOptions* options_;
    TriggerDatabase* database_;
    FileWatchTable table_;
    Logger log_;
    TriggerNews* news_;
    KnownTriggers known_;

    FolderNotices notices_;
    std::map<std::string, Active> active_;
    struct Retry {
        int tries = 0;
        Micros at = 0;  ///< monotonic
    };
    std::map<std::string, Retry> retries_;  ///< by key of the event
    std::int64_t foreignVersion_ = -1;

    std::mutex mutex_;  ///< guards what follows
    bool isStale_ = true;
    std::map<std::string, std::string> problems_;
};

}  // namespace signalbox::triggers
