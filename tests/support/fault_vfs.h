// An SQLite VFS between the store and the disk that counts what passes and lets chosen writes and syncs fail.
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <string>

namespace signalbox::test {

enum class FileOperation : std::uint8_t { Read, Write, Sync };
enum class FileKind : std::uint8_t { Database, Log, Other };

/// What happens instead of the operation.
enum class Fault : std::uint8_t {
    NoSpace,   ///< SQLITE_FULL, nothing written
    IoError,   ///< SQLITE_IOERR_READ, _WRITE or _FSYNC, nothing done
    TornWrite  ///< half of the data is written, then SQLITE_IOERR_WRITE
};

struct FaultRule {
    FileOperation operation = FileOperation::Write;
    Fault fault = Fault::IoError;
    std::optional<FileKind> file;  ///< none: any file
    std::uint64_t first = 1;       ///< of the operations from now on that fit; 1 is the next
    std::uint64_t count = std::numeric_limits<std::uint64_t>::max();  ///< how many in a row
};

/// Registered with SQLite under its name while it lives; must outlive every connection that uses it. Thread-safe.
class FaultVfs {
public:
    explicit FaultVfs(std::string name);
    FaultVfs(const FaultVfs&) = delete;
    FaultVfs& operator=(const FaultVfs&) = delete;
    ~FaultVfs();

    [[nodiscard]] const std::string& name() const;
    /// Replaces the rule that was there.
    void inject(const FaultRule& rule);
    void heal();
    /// As a disk with room for no more: a write that would end past `bytes` of a file of that kind is refused with
    /// NoSpace until heal().
    void limit(FileKind file, std::uint64_t bytes);
    /// How many operations have failed because of rules.
    [[nodiscard]] std::uint64_t faults() const;
    [[nodiscard]] std::uint64_t count(FileOperation operation, FileKind file) const;
    /// Called before every operation, on the thread that does it; may block it or end the process.
    void observe(std::function<void(FileOperation, FileKind)> observer);

    struct State;

private:
    std::shared_ptr<State> state_;
};

}  // namespace signalbox::test
