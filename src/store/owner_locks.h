// How one program knows for certain that another one on this machine has ended: a locked file for each owner of runs.
#pragma once

#include <filesystem>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "store/locked_file.h"

namespace signalbox::store {

/// An owner holds a lock on a file of its own for as long as it may write. The kernel frees it when the process has
/// ended, however it ended, and not before: not while it is stopped, not while one of its threads still writes. The
/// file says which boot, device and inode it was locked in. Whoever can take the lock of a file that is the very one
/// that its owner has locked, in the same boot, knows that the owner has ended. In every other case (a file of another
/// machine, a copy, no file, a file system without locks) nothing is known, and the owner's lease has to run out.
/// Process ids, which come again, are not looked at. Thread-safe.
class OwnerLocks {
public:
    /// The folder is made when it is needed.
    OwnerLocks(std::filesystem::path folder, std::string boot) : folder_(std::move(folder)), boot_(std::move(boot)) {}

    /// From now on, until letGo() or destruction, others can see that this owner is there. False: they cannot, because
    /// its name is no file's, the file cannot be made or locked, or another one has this name.
    bool hold(const std::string& owner);
    /// It has ended in order, and has no lease any more.
    void letGo(const std::string& owner);

    /// An owner that has ended. While this lives nobody else finds it.
    class Ended {
    public:
        Ended(std::string owner, std::filesystem::path path, LockedFile file)
            : owner_(std::move(owner)), path_(std::move(path)), file_(std::move(file)) {}
        [[nodiscard]] const std::string& owner() const { return owner_; }
        /// Nobody needs to find it again: what it left has been seen to.
        void bury() const;

    private:
        std::string owner_;
        std::filesystem::path path_;
        LockedFile file_;
    };
    /// Those that went without letting go. Files that can prove nothing are removed.
    [[nodiscard]] std::vector<Ended> findEnded();

private:
    [[nodiscard]] std::filesystem::path pathOf(const std::string& owner) const;
    [[nodiscard]] std::string proofOf(const LockedFile& file) const;
    [[nodiscard]] bool isHeld(const std::string& owner);

    const std::filesystem::path folder_;
    const std::string boot_;
    std::mutex mutex_;
    std::map<std::string, LockedFile> held_;  ///< by owner
};

}  // namespace signalbox::store
