#include "triggers/watched_folder.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <memory>
#include <utility>

#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <fnmatch.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"

namespace signalbox::triggers {

namespace fs = std::filesystem;

namespace {

constexpr std::int64_t kBillion = 1'000'000'000;

auto badFolder(const std::string& folder, std::string message, std::string hint = {}) {
    return fail("watch.folder", std::move(message), folder, std::move(hint));
}

/// And not in the part that is Signalbox's own. By the fd, so that nobody can put another folder in its place between
/// the check and the use.
bool isInside(int fd, const fs::path& workspace) {
    std::error_code error;
    const fs::path root = fs::canonical(workspace, error);
    if (error) return false;
    const fs::path real = fs::read_symlink(fmt::format("/proc/self/fd/{}", fd), error);
    if (error) return false;
    const fs::path relative = real.lexically_relative(root);
    return !relative.empty() && *relative.begin() != ".." &&
           std::find(relative.begin(), relative.end(), ".signalbox") == relative.end();
}

std::optional<FileMark> regularFile(int folder, const char* name) {
    struct stat state {};
    if (::fstatat(folder, name, &state, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISREG(state.st_mode)) return std::nullopt;
    return FileMark{state.st_mtim.tv_sec * kBillion + state.st_mtim.tv_nsec, state.st_size};
}

struct CloseFolder {
    void operator()(DIR* folder) const { ::closedir(folder); }
};

}  // namespace

FolderHandle& FolderHandle::operator=(FolderHandle&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
}

FolderHandle::~FolderHandle() {
    if (fd_ >= 0) ::close(fd_);
}

Result<FolderHandle> FolderHandle::open(const fs::path& workspace, const std::string& folder) {
    const fs::path relative = fs::path(folder).lexically_normal();
    if (folder.empty() || relative.is_absolute() || *relative.begin() == "..") {
        return badFolder(folder, "The folder is not inside the workspace",
                         "Give it relative to the workspace, without \"..\"");
    }
    const int fd = ::open((workspace / relative).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) {
        return badFolder(folder, fmt::format("The folder cannot be opened: {}", std::strerror(errno)),
                         errno == ENOENT ? "Make it first" : "");
    }
    FolderHandle handle(fd);
    if (!isInside(fd, workspace))
        return badFolder(folder, "The folder leads out of the workspace, or into Signalbox's own");
    return handle;
}

bool FolderHandle::isSame(const FolderHandle& other) const {
    struct stat mine {};
    struct stat others {};
    return ::fstat(fd_, &mine) == 0 && ::fstat(other.fd_, &others) == 0 && mine.st_ino == others.st_ino &&
           mine.st_dev == others.st_dev;
}

bool WatchedFolder::fits(const std::string& name) const {
    return ::fnmatch(pattern_.c_str(), name.c_str(), FNM_PERIOD | FNM_NOESCAPE) == 0 && isValidUtf8(name);
}

std::optional<FileMark> WatchedFolder::markOf(const FolderHandle& folder, const std::string& name) const {
    return regularFile(folder.fd(), name.c_str());
}

std::optional<FileMark> WatchedFolder::known(const std::string& name) const {
    const auto found = known_.find(name);
    return found == known_.end() ? std::nullopt : std::optional(found->second);
}

Result<FileMarks> WatchedFolder::list(const FolderHandle& folder) const {
    // Opened anew, so that each listing starts at the beginning.
    const int fd = ::openat(folder.fd(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const std::unique_ptr<DIR, CloseFolder> entries(fd < 0 ? nullptr : ::fdopendir(fd));
    if (!entries) {
        const int error = errno;
        if (fd >= 0) ::close(fd);
        return badFolder({}, fmt::format("The folder cannot be listed: {}", std::strerror(error)));
    }
    FileMarks marks;
    while (const dirent* entry = ::readdir(entries.get())) {
        const std::string name = entry->d_name;
        if (!fits(name)) continue;
        if (const auto mark = markOf(folder, name)) marks.emplace(name, *mark);
        if (marks.size() > kMostFiles) {
            return badFolder({}, fmt::format("The folder holds more than {} such files", kMostFiles),
                             "Move away those that are done, or narrow the pattern");
        }
    }
    return marks;
}

void WatchedFolder::note(const std::string& name, const std::optional<FileMark>& mark, Micros now) {
    if (mark == known(name)) {
        pending_.erase(name);
        return;
    }
    const auto found = pending_.find(name);
    if (found == pending_.end() || found->second.mark != mark) pending_[name] = {mark, now};
}

Status WatchedFolder::rescan(const FolderHandle& folder, Micros now) {
    SIGNALBOX_TRY(const FileMarks marks, list(folder));
    for (const auto& [name, mark] : marks) note(name, mark, now);
    for (const auto& [name, mark] : known_) {
        if (!marks.contains(name)) note(name, std::nullopt, now);
    }
    std::erase_if(pending_,
                  [&](const auto& entry) { return !marks.contains(entry.first) && !known_.contains(entry.first); });
    return {};
}

void WatchedFolder::look(const FolderHandle& folder, const std::string& name, Micros now) {
    if (fits(name)) note(name, markOf(folder, name), now);
}

std::vector<FileChange> WatchedFolder::settled(const FolderHandle& folder, Micros now) {
    std::vector<FileChange> changes;
    for (auto place = pending_.begin(); place != pending_.end();) {
        auto& [name, pending] = *place;
        if (now - pending.since < settle_) {
            ++place;
            continue;
        }
        const auto mark = markOf(folder, name);
        if (mark != pending.mark) {
            pending = {mark, now};
            ++place;
            continue;
        }
        changes.push_back({name, known(name), mark});
        if (mark)
            known_[name] = *mark;
        else
            known_.erase(name);
        place = pending_.erase(place);
    }
    return changes;
}

void WatchedFolder::forget(const std::vector<FileChange>& changes, Micros now) {
    for (const FileChange& change : changes) {
        if (change.before)
            known_[change.name] = *change.before;
        else
            known_.erase(change.name);
        note(change.name, change.now, now);
    }
}

Micros WatchedFolder::nextSettled() const {
    Micros next = INT64_MAX;
    for (const auto& [name, pending] : pending_) next = std::min(next, pending.since + settle_);
    return next;
}

}  // namespace signalbox::triggers
