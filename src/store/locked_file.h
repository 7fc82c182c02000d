// A file under an exclusive lock.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <utility>

namespace signalbox::store {

/// Holds a lock (flock) on an open file while it lives. The lock belongs to the open file, not to the process: two of
/// one process exclude each other as well. Children do not get it (O_CLOEXEC). Movable; not thread-safe.
class LockedFile {
public:
    enum class Missing : std::uint8_t { IsMade, IsNoFile };
    enum class Outcome : std::uint8_t {
        Taken,
        Busy,      ///< somebody else has it, or has just removed the file
        Unusable,  ///< there is no such file, or no lock can be had
    };
    struct Attempt;
    /// Never waits. What was taken is the file that stands at its path then.
    [[nodiscard]] static Attempt tryTake(const std::filesystem::path& path, Missing missing);

    LockedFile(LockedFile&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    LockedFile& operator=(LockedFile&& other) noexcept;
    LockedFile(const LockedFile&) = delete;
    LockedFile& operator=(const LockedFile&) = delete;
    ~LockedFile();

    /// Device and inode.
    [[nodiscard]] std::string identity() const;
    [[nodiscard]] std::string read() const;  ///< its first bytes
    [[nodiscard]] bool write(const std::string& text) const;

private:
    explicit LockedFile(int fd) : fd_(fd) {}
    [[nodiscard]] bool isAt(const std::filesystem::path& path) const;

    int fd_;
};

struct LockedFile::Attempt {
    Outcome outcome = Outcome::Unusable;
    std::optional<LockedFile> file;  ///< when taken
};

}  // namespace signalbox::store
