// Whether the disk has room for new runs.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <mutex>

#include "base/clock.h"
#include "base/result.h"

namespace signalbox::store {

/// Free bytes, for this user, of the file system that holds a path.
using FreeBytesProbe = std::function<Result<std::uint64_t>(const std::filesystem::path&)>;
[[nodiscard]] Result<std::uint64_t> freeBytesOnDisk(const std::filesystem::path& path);

/// Compares free space with a watermark, at most once a second of the given clock. Thread-safe.
class DiskWatermark {
public:
    DiskWatermark(std::filesystem::path path, std::uint64_t bytes, const Clock& clock, FreeBytesProbe probe);

    /// Error "store.low-space" (may be tried again), saying how much is missing.
    [[nodiscard]] Status check();
    /// Errors of the probe.
    [[nodiscard]] Result<std::uint64_t> freeBytes() const { return probe_(path_); }
    [[nodiscard]] std::uint64_t watermark() const { return bytes_; }
    /// The disk has just refused a write: takes in nothing for a moment, whatever the probe says (a quota, for one, is
    /// not seen by it).
    void noteRefused(const Error& error);

private:
    [[nodiscard]] Status probe() const;

    static constexpr Micros kMaxAge = 1'000'000;
    const std::filesystem::path path_;
    const std::uint64_t bytes_;
    const Clock& clock_;
    const FreeBytesProbe probe_;
    std::mutex mutex_;
    bool known_ = false;
    Micros checkedAt_ = 0;
    Status last_;
};

}  // namespace signalbox::store
