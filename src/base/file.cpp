#include "base/file.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/random.h"

namespace signalbox {

namespace {

/// An open file, closed at the end of its scope.
class Descriptor {
public:
    explicit Descriptor(int descriptor) : descriptor_(descriptor) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    [[nodiscard]] int get() const { return descriptor_; }
    [[nodiscard]] bool isOpen() const { return descriptor_ >= 0; }
    /// Some file systems tell of a failed write only here.
    [[nodiscard]] bool close() {
        const int result = ::close(descriptor_);
        descriptor_ = -1;
        return result == 0;
    }

private:
    int descriptor_;
};

/// Removes a temporary file unless it was kept.
class Temporary {
public:
    explicit Temporary(std::string path) : path_(std::move(path)) {}
    Temporary(const Temporary&) = delete;
    Temporary& operator=(const Temporary&) = delete;
    ~Temporary() {
        if (!path_.empty()) ::unlink(path_.c_str());
    }
    void keep() { path_.clear(); }

private:
    std::string path_;
};

std::string reason(int error) { return std::generic_category().message(error); }

tl::unexpected<Error> readError(const std::filesystem::path& path, int error) {
    switch (error) {
        case ENOENT:
        case ENOTDIR:
            return fail("file.not-found", "The file does not exist", path.string(), "Check the path");
        case EACCES:
        case EPERM:
            return fail("file.permission", "The file may not be read", path.string(),
                        "Give this user permission to read the file and to enter its folders");
        default:
            return fail("file.read", fmt::format("The file cannot be read: {}", reason(error)), path.string());
    }
}

tl::unexpected<Error> writeError(const std::filesystem::path& path, int error) {
    switch (error) {
        case EACCES:
        case EPERM:
        case EROFS:
            return fail("file.permission", fmt::format("The file may not be written: {}", reason(error)), path.string(),
                        "Give this user permission to write into the folder, or choose another place");
        case ENOSPC:
        case EDQUOT:
        case EFBIG:
            return fail("file.no-space", fmt::format("The file cannot be written: {}", reason(error)), path.string(),
                        "Free some disk space or raise the quota, then try again", true);
        case ENOENT:
            return fail("file.write", "The folder of the file does not exist", path.string(), "Make the folder first");
        case EISDIR:
            return fail("file.write", "A folder stands where the file should be written", path.string(),
                        "Choose another name");
        default:
            return fail("file.write", fmt::format("The file cannot be written: {}", reason(error)), path.string());
    }
}

/// Zero, or the errno of the failed write.
int writeAll(int descriptor, std::string_view content) {
    while (!content.empty()) {
        const auto written = ::write(descriptor, content.data(), content.size());
        if (written < 0 && errno != EINTR) return errno;
        if (written > 0) content.remove_prefix(static_cast<std::size_t>(written));
    }
    return 0;
}

int syncFolder(const std::filesystem::path& folder) {
    const Descriptor descriptor(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!descriptor.isOpen()) return errno;
    // Some file systems cannot sync a folder and say EINVAL: then the rename is as durable as it gets there.
    return ::fsync(descriptor.get()) == 0 || errno == EINVAL ? 0 : errno;
}

/// A new file beside the one to be written, its mode by the umask; the name goes to name.
int createBeside(const std::filesystem::path& folder, const std::filesystem::path& path, std::string& name) {
    SystemRandom random;
    for (;;) {
        name = (folder / fmt::format(".{}.{:08x}.tmp", path.filename().string(), random.next() >> 32U)).string();
        const int descriptor = ::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (descriptor >= 0 || errno != EEXIST) return descriptor;
    }
}

}  // namespace

Result<std::string> readFile(const std::filesystem::path& path, std::size_t maxBytes) {
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file.isOpen()) return readError(path, errno);
    std::string content;
    struct stat status {};
    if (::fstat(file.get(), &status) == 0 && S_ISREG(status.st_mode) && status.st_size > 0) {
        content.reserve(std::min(static_cast<std::size_t>(status.st_size), maxBytes) + 1);
    }
    // Read to the end, whatever the size said: files in /proc say 0, and a file may grow meanwhile.
    constexpr std::size_t kBlock = 1U << 16U;
    for (;;) {
        const auto old = content.size();
        content.resize(old + kBlock);
        const auto got = ::read(file.get(), content.data() + old, kBlock);
        const int error = errno;
        content.resize(old + (got > 0 ? static_cast<std::size_t>(got) : 0));
        if (got == 0) return content;
        if (got < 0 && error != EINTR) return readError(path, error);
        if (content.size() > maxBytes) {
            return fail("file.too-large", fmt::format("The file is larger than the {} bytes allowed", maxBytes),
                        path.string());
        }
    }
}

Status writeFileAtomically(const std::filesystem::path& path, std::string_view content) {
    const auto folder = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
    std::string name;
    Descriptor file(createBeside(folder, path, name));
    if (!file.isOpen()) return writeError(path, errno);
    Temporary temporary(name);
    struct stat old {};
    if (::stat(path.c_str(), &old) == 0 && ::fchmod(file.get(), old.st_mode & 07777U) != 0) {
        return writeError(path, errno);
    }
    if (const int error = writeAll(file.get(), content); error != 0) return writeError(path, error);
    if (::fsync(file.get()) != 0 || !file.close()) return writeError(path, errno);
    if (::rename(name.c_str(), path.c_str()) != 0) return writeError(path, errno);
    temporary.keep();
    if (const int error = syncFolder(folder); error != 0) return writeError(path, error);
    return {};
}

}  // namespace signalbox
