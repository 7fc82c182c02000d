// Only one of several programs on a workspace starts what is due.
#pragma once

#include <filesystem>

namespace signalbox::triggers {

/// A lock file (flock): the kernel frees it when its holder ends, however it ends. Not thread-safe.
class StartLock {
public:
    explicit StartLock(std::filesystem::path path) : path_(std::move(path)) {}
    StartLock(const StartLock&) = delete;
    StartLock& operator=(const StartLock&) = delete;
    ~StartLock();

    /// Takes it if nobody has it. True: it is held here.
    [[nodiscard]] bool tryTake();

private:
    std::filesystem::path path_;
    int fd_ = -1;
};

}  // namespace signalbox::triggers
