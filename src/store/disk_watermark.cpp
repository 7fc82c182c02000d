#include "store/disk_watermark.h"

#include <cerrno>
#include <cstring>

#include <fmt/format.h>
#include <sys/statvfs.h>

namespace signalbox::store {
namespace {

constexpr std::uint64_t kMiB = 1024 * 1024;

std::string mebibytes(std::uint64_t bytes) { return fmt::format("{} MiB", (bytes + kMiB - 1) / kMiB); }

}  // namespace

Result<std::uint64_t> freeBytesOnDisk(const std::filesystem::path& path) {
    struct statvfs found {};
    if (::statvfs(path.c_str(), &found) != 0) {
        return fail("store.io", fmt::format("The free space of the disk cannot be read: {}", std::strerror(errno)),
                    path.string(), "", true);
    }
    return static_cast<std::uint64_t>(found.f_bavail) * found.f_frsize;
}

DiskWatermark::DiskWatermark(std::filesystem::path path, std::uint64_t bytes, const Clock& clock, FreeBytesProbe probe)
    : path_(std::move(path)), bytes_(bytes), clock_(clock), probe_(probe ? std::move(probe) : freeBytesOnDisk) {}

Status DiskWatermark::check() {
    const std::scoped_lock lock(mutex_);
    const Micros now = clock_.monotonicNow();
    if (known_ && now - checkedAt_ < kMaxAge) return last_;
    last_ = probe();
    checkedAt_ = now;
    known_ = true;
    return last_;
}

void DiskWatermark::noteRefused(const Error& error) {
    if (error.code != "store.no-space") return;
    const std::scoped_lock lock(mutex_);
    last_ =
        fail("store.low-space", "The disk has just refused a write for want of space", error.where, error.hint, true);
    checkedAt_ = clock_.monotonicNow();
    known_ = true;
}

Status DiskWatermark::probe() const {
    SIGNALBOX_TRY(const std::uint64_t free, probe_(path_));
    if (free >= bytes_) return {};
    return fail("store.low-space",
                fmt::format("The disk has {} free, {} less than the {} that are kept for runs under way",
                            mebibytes(free), mebibytes(bytes_ - free), mebibytes(bytes_)),
                path_.string(), "Free some space, shorten the retention, or lower the watermark.", true);
}

}  // namespace signalbox::store
