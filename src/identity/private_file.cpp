#include "identity/private_file.h"

#include <cerrno>
#include <cstring>
#include <string>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

namespace signalbox::identity {

namespace {

Error failure(const std::filesystem::path& path) {
    const bool isDenied = errno == EACCES || errno == EPERM || errno == EROFS;
    return {isDenied ? "file.permission" : "file.write",
            fmt::format("The file could not be written: {}", std::strerror(errno)), path.string(),
            "May its folder be written, and is there space?", !isDenied};
}

bool writeAll(int fd, std::string_view content) {
    while (!content.empty()) {
        const ssize_t written = ::write(fd, content.data(), content.size());
        if (written < 0 && errno != EINTR) return false;
        if (written > 0) content.remove_prefix(static_cast<std::size_t>(written));
    }
    return ::fsync(fd) == 0;
}

}  // namespace

Status writePrivateFile(const std::filesystem::path& path, std::string_view content) {
    std::string temporary = path.string() + ".XXXXXX";
    const int fd = ::mkostemp(temporary.data(), O_CLOEXEC);  // exclusively, with mode 0600
    if (fd < 0) return fail(failure(path));
    const bool isWritten = writeAll(fd, content);
    ::close(fd);
    if (isWritten && ::rename(temporary.c_str(), path.c_str()) == 0) return {};
    const Error error = failure(path);
    ::unlink(temporary.c_str());
    return fail(error);
}

}  // namespace signalbox::identity
