#include "store/locked_file.h"

#include <array>
#include <cerrno>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace signalbox::store {

LockedFile& LockedFile::operator=(LockedFile&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
}

LockedFile::~LockedFile() {
    if (fd_ >= 0) ::close(fd_);
}

LockedFile::Attempt LockedFile::tryTake(const std::filesystem::path& path, Missing missing) {
    const int make = missing == Missing::IsMade ? O_CREAT : 0;
    LockedFile file(::open(path.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW | make, S_IRUSR | S_IWUSR));
    if (file.fd_ < 0) return {};
    if (::flock(file.fd_, LOCK_EX | LOCK_NB) != 0) {
        return {errno == EWOULDBLOCK || errno == EINTR ? Outcome::Busy : Outcome::Unusable, {}};
    }
    // Whoever had it before may have removed it meanwhile.
    if (!file.isAt(path)) return {Outcome::Busy, {}};
    return {Outcome::Taken, std::move(file)};
}

bool LockedFile::isAt(const std::filesystem::path& path) const {
    struct stat there {};
    struct stat own {};
    return ::lstat(path.c_str(), &there) == 0 && ::fstat(fd_, &own) == 0 && there.st_dev == own.st_dev &&
           there.st_ino == own.st_ino;
}

std::string LockedFile::identity() const {
    struct stat own {};
    if (::fstat(fd_, &own) != 0) return {};
    return fmt::format("{}:{}", own.st_dev, own.st_ino);
}

std::string LockedFile::read() const {
    std::array<char, 256> buffer{};
    const ssize_t got = ::pread(fd_, buffer.data(), buffer.size(), 0);
    return got > 0 ? std::string(buffer.data(), static_cast<std::size_t>(got)) : std::string();
}

bool LockedFile::write(const std::string& text) const {
    return ::ftruncate(fd_, 0) == 0 && ::pwrite(fd_, text.data(), text.size(), 0) == static_cast<ssize_t>(text.size());
}

}  // namespace signalbox::store
