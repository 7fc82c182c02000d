#include "triggers/start_lock.h"

#include <cerrno>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace signalbox::triggers {

StartLock::~StartLock() {
    if (fd_ >= 0) ::close(fd_);
}

bool StartLock::tryTake() {
    if (fd_ >= 0) return true;
    const int fd = ::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (fd < 0) return false;
    // A file system without such locks tells of nobody else; better twice asked than never: keys make it one run.
    if (::flock(fd, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
        ::close(fd);
        return false;
    }
    fd_ = fd;
    return true;
}

}  // namespace signalbox::triggers
