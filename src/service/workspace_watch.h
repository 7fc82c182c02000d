// Notices when workflow files of a workspace change, whoever changes them.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <thread>
#include <vector>

#include "service/workspace.h"

namespace signalbox::service {

struct WorkflowChange {
    enum class Kind : std::uint8_t { Created, Changed, Deleted };
    Kind kind = Kind::Changed;
    std::string workflowId;
    std::string file;
};

/// Asks the kernel to be told (inotify), and then compares the files with what they were: so nothing is reported twice,
/// and what is written in several steps once. Where the kernel cannot tell, it looks every two seconds. Owns a thread.
class WorkspaceWatch {
public:
    using Report = std::function<void(const std::vector<WorkflowChange>&)>;

    /// `report` is called from the watch's thread. The workspace must outlive it.
    WorkspaceWatch(Workspace& workspace, Report report);
    WorkspaceWatch(const WorkspaceWatch&) = delete;
    WorkspaceWatch& operator=(const WorkspaceWatch&) = delete;
    ~WorkspaceWatch();

private:
    struct Known {
        std::string id;
        std::string etag;
    };
    void run(const std::stop_token& stop);
    void watchFolders();
    /// Waits for news; false when nothing came in time.
    [[nodiscard]] bool waitForNews(int milliseconds) const;
    void compare();

    Workspace& workspace_;
    const Report report_;
    int notify_ = -1;
    int wake_ = -1;
    bool complete_ = false;  ///< every folder is watched
    std::map<std::string, Known> known_;
    std::jthread thread_;
};

}  // namespace signalbox::service
