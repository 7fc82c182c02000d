// A lock between processes on a file or folder.
#pragma once

#include <filesystem>

namespace signalbox::service {

/// Holds an advisory lock (flock) while it lives; waits for it. Where the file system has none it holds nothing.
class FileLock {
public:
    explicit FileLock(const std::filesystem::path& path);
    FileLock(const FileLock&) = delete;
    FileLock& operator=(const FileLock&) = delete;
    ~FileLock();
    [[nodiscard]] bool isHeld() const { return held_; }

private:
    int fd_ = -1;
    bool held_ = false;
};

}  // namespace signalbox::service
