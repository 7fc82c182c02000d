#include "triggers/folder_notices.h"

#include <array>
#include <cerrno>
#include <cstring>

#include <fmt/format.h>
#include <sys/inotify.h>
#include <unistd.h>

namespace signalbox::triggers {

namespace {

constexpr std::uint32_t kEvents = IN_CREATE | IN_CLOSE_WRITE | IN_MODIFY | IN_ATTRIB | IN_MOVED_TO | IN_MOVED_FROM |
                                  IN_DELETE | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR;
constexpr std::uint32_t kGone = IN_DELETE_SELF | IN_MOVE_SELF | IN_IGNORED | IN_UNMOUNT;
constexpr std::size_t kBuffer = 64U << 10U;

}  // namespace

FolderNotices::FolderNotices() : fd_(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC)) {}

FolderNotices::~FolderNotices() {
    if (fd_ >= 0) ::close(fd_);
}

Status FolderNotices::add(const std::string& id, const FolderHandle& folder) {
    const int watch =
        fd_ < 0 ? -1 : ::inotify_add_watch(fd_, fmt::format("/proc/self/fd/{}", folder.fd()).c_str(), kEvents);
    if (watch < 0) {
        return fail("watch.limit", fmt::format("The kernel tells nothing of the folder: {}", std::strerror(errno)), id,
                    "Raise fs.inotify.max_user_watches and fs.inotify.max_user_instances");
    }
    ids_[watch].insert(id);
    return {};
}

void FolderNotices::remove(const std::string& id) {
    for (auto place = ids_.begin(); place != ids_.end();) {
        place->second.erase(id);
        if (!place->second.empty()) {
            ++place;
            continue;
        }
        ::inotify_rm_watch(fd_, place->first);
        place = ids_.erase(place);
    }
}

std::vector<FolderNotices::Notice> FolderNotices::take() {
    std::vector<Notice> notices;
    alignas(inotify_event) std::array<char, kBuffer> buffer;
    for (ssize_t size = ::read(fd_, buffer.data(), buffer.size()); size > 0;
         size = ::read(fd_, buffer.data(), buffer.size())) {
        for (std::size_t at = 0; at < static_cast<std::size_t>(size);) {
            const auto* event = reinterpret_cast<const inotify_event*>(buffer.data() + at);
            at += sizeof(inotify_event) + event->len;
            if ((event->mask & IN_Q_OVERFLOW) != 0) {
                for (const auto& [watch, ids] : ids_) {
                    for (const auto& id : ids) notices.push_back({id, {}});
                }
                continue;
            }
            const auto found = ids_.find(event->wd);
            if (found == ids_.end()) continue;
            const bool isGone = (event->mask & kGone) != 0;
            // The name is padded with zeros.
            const std::string name = event->len > 0 ? std::string(event->name) : std::string();
            for (const auto& id : found->second) notices.push_back({id, name, isGone});
            if ((event->mask & IN_IGNORED) != 0) ids_.erase(found);
        }
    }
    return notices;
}

}  // namespace signalbox::triggers
