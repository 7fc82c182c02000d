#include "store/owner_locks.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <string_view>
#include <system_error>
#include <thread>

#include <fmt/format.h>
#include <sys/stat.h>

namespace signalbox::store {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kSuffix = ".lock";
constexpr std::size_t kLongestName = 200;
/// Somebody who looks for ended owners may have a new file for a moment, and remove it while it is empty.
constexpr int kAttempts = 50;
constexpr std::chrono::milliseconds kMoment{1};

bool isFileName(std::string_view owner) {
    const auto isPlain = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    };
    return !owner.empty() && owner.size() <= kLongestName && std::all_of(owner.begin(), owner.end(), isPlain);
}

void removeFile(const fs::path& path) {
    std::error_code ignored;
    fs::remove(path, ignored);
}

/// Nothing: it cannot be had.
std::optional<LockedFile> takeNew(const fs::path& path) {
    for (int attempt = 0; attempt < kAttempts; ++attempt) {
        auto taken = LockedFile::tryTake(path, LockedFile::Missing::IsMade);
        if (taken.outcome != LockedFile::Outcome::Busy) return std::move(taken.file);
        std::this_thread::sleep_for(kMoment);
    }
    return std::nullopt;
}

}  // namespace

fs::path OwnerLocks::pathOf(const std::string& owner) const { return folder_ / (owner + std::string(kSuffix)); }

std::string OwnerLocks::proofOf(const LockedFile& file) const {
    return fmt::format("boot {} file {}\n", boot_, file.identity());
}

bool OwnerLocks::isHeld(const std::string& owner) {
    const std::lock_guard lock(mutex_);
    return held_.contains(owner);
}

bool OwnerLocks::hold(const std::string& owner) {
    const std::lock_guard lock(mutex_);
    if (held_.contains(owner)) return true;
    if (boot_.empty() || !isFileName(owner)) return false;
    ::mkdir(folder_.c_str(), S_IRWXU);
    const fs::path path = pathOf(owner);
    auto file = takeNew(path);
    if (!file) return false;
    if (!file->write(proofOf(*file))) {
        removeFile(path);
        return false;
    }
    held_.emplace(owner, *std::move(file));
    return true;
}

void OwnerLocks::letGo(const std::string& owner) {
    const std::lock_guard lock(mutex_);
    const auto held = held_.find(owner);
    if (held == held_.end()) return;
    removeFile(pathOf(owner));
    held_.erase(held);
}

void OwnerLocks::Ended::bury() const { removeFile(path_); }

std::vector<OwnerLocks::Ended> OwnerLocks::findEnded() {
    std::vector<Ended> ended;
    std::error_code error;
    for (fs::directory_iterator entry(folder_, error), end; !error && entry != end; entry.increment(error)) {
        const fs::path& path = entry->path();
        std::string owner = path.stem().string();
        if (path.extension() != kSuffix || isHeld(owner)) continue;
        auto taken = LockedFile::tryTake(path, LockedFile::Missing::IsNoFile);
        if (!taken.file) continue;
        if (boot_.empty() || taken.file->read() != proofOf(*taken.file)) {
            removeFile(path);
            continue;
        }
        ended.emplace_back(std::move(owner), path, *std::move(taken.file));
    }
    return ended;
}

}  // namespace signalbox::store
