#include "support/child_process.h"

#include <csignal>
#include <cstdio>
#include <stdexcept>

#include <sys/wait.h>
#include <unistd.h>

namespace signalbox::test {

ChildProcess::ChildProcess(const std::function<int(const Tell&)>& body) {
    int ends[2];
    if (::pipe(ends) != 0) throw std::runtime_error("pipe failed");
    std::fflush(nullptr);
    process_ = ::fork();
    if (process_ < 0) throw std::runtime_error("fork failed");
    if (process_ == 0) {
        ::close(ends[0]);
        // A note is smaller than PIPE_BUF, so that notes of several threads do not mix.
        const Tell tell = [out = ends[1]](Note note) {
            if (::write(out, &note, sizeof note) != static_cast<ssize_t>(sizeof note)) ::_exit(120);
        };
        ::_exit(body(tell));
    }
    ::close(ends[1]);
    pipe_ = ends[0];
}

ChildProcess::~ChildProcess() {
    if (process_ > 0) static_cast<void>(kill());
    ::close(pipe_);
}

std::optional<Note> ChildProcess::next() {
    Note note;
    if (::read(pipe_, &note, sizeof note) != static_cast<ssize_t>(sizeof note)) return std::nullopt;
    return note;
}

std::vector<Note> ChildProcess::kill() {
    ::kill(process_, SIGKILL);
    std::vector<Note> rest;
    while (auto note = next()) rest.push_back(*note);
    static_cast<void>(wait());
    return rest;
}

int ChildProcess::wait() {
    int status = 0;
    if (::waitpid(process_, &status, 0) != process_) return -1000;
    process_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

}  // namespace signalbox::test
