#include "service/workspace_watch.h"

#include <array>
#include <system_error>
#include <tuple>
#include <utility>

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <unistd.h>

namespace signalbox::service {

namespace fs = std::filesystem;

namespace {

constexpr int kPollMilliseconds = 2000;
constexpr int kSettleMilliseconds = 50;  ///< editors write, rename and touch in one go
constexpr int kDeepestFolder = 8;
constexpr std::uint32_t kEvents = IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_ATTRIB |
                                  IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR;

}  // namespace

WorkspaceWatch::WorkspaceWatch(Workspace& workspace, Report report)
    : workspace_(workspace),
      report_(std::move(report)),
      notify_(::inotify_init1(IN_CLOEXEC | IN_NONBLOCK)),
      wake_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
    // Watched before it is looked at, so that nothing slips through between.
    watchFolders();
    if (const auto scan = workspace_.scan()) {
        for (const auto& file : scan->files) known_[file->file] = {file->id, file->etag};
    }
    thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

WorkspaceWatch::~WorkspaceWatch() {
    thread_.request_stop();
    const std::uint64_t one = 1;
    std::ignore = ::write(wake_, &one, sizeof one);
    thread_.join();
    if (notify_ >= 0) ::close(notify_);
    if (wake_ >= 0) ::close(wake_);
}

/// Adding a folder that is watched already changes nothing.
void WorkspaceWatch::watchFolders() {
    if (notify_ < 0) return;
    complete_ = ::inotify_add_watch(notify_, workspace_.folder().c_str(), kEvents) >= 0;
    std::error_code error;
    fs::recursive_directory_iterator it(workspace_.folder(), fs::directory_options::skip_permission_denied, error);
    while (!error && it != fs::recursive_directory_iterator()) {
        std::error_code ignored;
        if (it->is_directory(ignored)) {
            if (it->path().filename().string().starts_with('.') || it.depth() >= kDeepestFolder) {
                it.disable_recursion_pending();
            } else if (::inotify_add_watch(notify_, it->path().c_str(), kEvents) < 0) {
                complete_ = false;
            }
        }
        it.increment(error);
    }
}

bool WorkspaceWatch::waitForNews(int milliseconds) const {
    std::array<pollfd, 2> waits{pollfd{notify_, POLLIN, 0}, pollfd{wake_, POLLIN, 0}};
    if (::poll(waits.data(), waits.size(), milliseconds) <= 0) return false;
    if ((waits[0].revents & POLLIN) == 0) return false;
    alignas(inotify_event) std::array<char, 16384> buffer{};
    while (::read(notify_, buffer.data(), buffer.size()) > 0) {
    }
    return true;
}

void WorkspaceWatch::run(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        const bool news = waitForNews(complete_ ? -1 : kPollMilliseconds);
        if (stop.stop_requested()) return;
        if (news) {
            // New folders have to be watched before what is in them is looked at.
            while (waitForNews(kSettleMilliseconds) && !stop.stop_requested()) {
            }
            watchFolders();
        } else if (complete_) {
            continue;
        }
        compare();
    }
}

void WorkspaceWatch::compare() {
    const auto scan = workspace_.scan();
    if (!scan) return;
    std::map<std::string, Known> now;
    std::vector<WorkflowChange> changes;
    using Kind = WorkflowChange::Kind;
    for (const auto& file : scan->files) {
        now[file->file] = {file->id, file->etag};
        const auto before = known_.find(file->file);
        if (before == known_.end()) {
            changes.push_back({Kind::Created, file->id, file->file});
        } else if (before->second.etag != file->etag) {
            if (before->second.id != file->id) changes.push_back({Kind::Deleted, before->second.id, file->file});
            changes.push_back({before->second.id == file->id ? Kind::Changed : Kind::Created, file->id, file->file});
        }
    }
    for (const auto& [file, known] : known_) {
        if (!now.contains(file)) changes.push_back({Kind::Deleted, known.id, file});
    }
    known_ = std::move(now);
    if (!changes.empty()) report_(changes);
}

}  // namespace signalbox::service
