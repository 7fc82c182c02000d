// Notices of the kernel about folders (inotify), by the id of whoever wants them.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/result.h"
#include "triggers/watched_folder.h"

namespace signalbox::triggers {

/// Not thread-safe.
class FolderNotices {
public:
    FolderNotices();
    FolderNotices(const FolderNotices&) = delete;
    FolderNotices& operator=(const FolderNotices&) = delete;
    ~FolderNotices();

    /// To be polled; -1 when the kernel gives none.
    [[nodiscard]] int fd() const { return fd_; }
    /// Error "watch.limit": the folder has to be looked at by and by instead.
    [[nodiscard]] Status add(const std::string& id, const FolderHandle& folder);
    void remove(const std::string& id);

    struct Notice {
        std::string id;
        std::string name;     ///< of the file; empty: the whole folder has to be looked at
        bool isGone = false;  ///< the folder is no longer where it was
    };
    /// What has come since; never waits. After an overflow all folders have to be looked at.
    [[nodiscard]] std::vector<Notice> take();

private:
    int fd_;
    std::map<int, std::set<std::string>> ids_;  ///< by watch descriptor: a folder may be wanted by several
};

}  // namespace signalbox::triggers
