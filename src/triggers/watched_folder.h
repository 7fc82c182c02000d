// One folder that is watched: what its files were, are, and when they have settled.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"

namespace signalbox::triggers {

/// What tells one state of a file from another.
struct FileMark {
    std::int64_t modified = 0;  ///< nanoseconds since the epoch
    std::int64_t size = 0;
    bool operator==(const FileMark&) const = default;
};
using FileMarks = std::map<std::string, FileMark>;  ///< by name

/// A file that came, changed or went, and has been left alone since for long enough.
struct FileChange {
    std::string name;
    std::optional<FileMark> before;
    std::optional<FileMark> now;
    [[nodiscard]] const char* event() const { return !before ? "created" : now ? "changed" : "deleted"; }
};

/// An open folder inside a workspace, or why there is none. Links are followed only as far as they stay inside.
class FolderHandle {
public:
    FolderHandle() = default;
    /// Error "watch.folder".
    [[nodiscard]] static Result<FolderHandle> open(const std::filesystem::path& workspace, const std::string& folder);
    FolderHandle(FolderHandle&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    FolderHandle& operator=(FolderHandle&& other) noexcept;
    FolderHandle(const FolderHandle&) = delete;
    FolderHandle& operator=(const FolderHandle&) = delete;
    ~FolderHandle();

    [[nodiscard]] bool isOpen() const { return fd_ >= 0; }
    [[nodiscard]] int fd() const { return fd_; }
    /// Whether both are the same folder on disk.
    [[nodiscard]] bool isSame(const FolderHandle& other) const;

private:
    explicit FolderHandle(int fd) : fd_(fd) {}
    int fd_ = -1;
};

/// Compares a folder with what is known of it. Only regular files whose names fit the pattern count; a "*" does not
/// take names that begin with a dot. Knows neither disk formats nor threads.
class WatchedFolder {
public:
    static constexpr std::size_t kMostFiles = 100'000;

    WatchedFolder(std::string pattern, Micros settle, FileMarks known)
        : pattern_(std::move(pattern)), settle_(settle), known_(std::move(known)) {}

    /// Everything in it now. Errors "watch.folder", also when it holds more than kMostFiles.
    [[nodiscard]] Result<FileMarks> list(const FolderHandle& folder) const;
    /// Notes what differs from what is known, in all of it or in one file.
    [[nodiscard]] Status rescan(const FolderHandle& folder, Micros now);
    void look(const FolderHandle& folder, const std::string& name, Micros now);
    /// The changes that have settled: they are known from then on.
    [[nodiscard]] std::vector<FileChange> settled(const FolderHandle& folder, Micros now);
    /// Takes them back, when they could not be written down.
    void forget(const std::vector<FileChange>& changes, Micros now);
    /// When the next change will have settled, if nothing happens; INT64_MAX: there is none.
    [[nodiscard]] Micros nextSettled() const;

private:
    struct Pending {
        std::optional<FileMark> mark;
        Micros since = 0;
    };
    [[nodiscard]] bool fits(const std::string& name) const;
    [[nodiscard]] std::optional<FileMark> markOf(const FolderHandle& folder, const std::string& name) const;
    [[nodiscard]] std::optional<FileMark> known(const std::string& name) const;
    void note(const std::string& name, const std::optional<FileMark>& mark, Micros now);

    std::string pattern_;
    Micros settle_;
    FileMarks known_;
    std::map<std::string, Pending> pending_;
};

}  // namespace signalbox::triggers
