#include "support/program.h"

#include <chrono>
#include <csignal>
#include <cstdlib>

#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace signalbox::test {

namespace {

constexpr std::chrono::seconds kDeadline{60};

std::vector<char*> pointersTo(std::vector<std::string>& texts) {
    std::vector<char*> pointers;
    for (std::string& text : texts) pointers.push_back(text.data());
    pointers.push_back(nullptr);
    return pointers;
}

/// The two ends of a pipe or a terminal.
struct Ends {
    int ours = -1;
    int theirs = -1;
};

Ends makePipe(bool theyWrite) {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) std::abort();
    return theyWrite ? Ends{ends[0], ends[1]} : Ends{ends[1], ends[0]};
}

Ends makeTerminal() {
    const int ours = ::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    std::array<char, 64> name{};
    if (ours < 0 || ::grantpt(ours) != 0 || ::unlockpt(ours) != 0 || ::ptsname_r(ours, name.data(), name.size()) != 0) {
        std::abort();
    }
    const int theirs = ::open(name.data(), O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (theirs < 0) std::abort();
    return {ours, theirs};
}

/// In the child, where only system calls are allowed.
[[noreturn]] void become(const std::array<int, 3>& ends, bool atTerminal, const char* folder, char** argv,
                         char** envp) {
    if (atTerminal && (::setsid() < 0 || ::ioctl(ends[0], TIOCSCTTY, 0) != 0)) ::_exit(126);
    for (int i = 0; i < 3; ++i) ::dup2(ends[static_cast<std::size_t>(i)], i);
    if (*folder == '\0' || ::chdir(folder) == 0) ::execve(argv[0], argv, envp);
    ::_exit(127);
}

}  // namespace

Program::Program(ProgramStart start) {
    std::vector<char*> argv = pointersTo(start.command);
    std::vector<char*> envp;
    if (start.environment) envp = pointersTo(*start.environment);
    const std::string folder = start.folder.string();
    std::array<int, 3> ends{};
    if (start.atTerminal) {
        startAtTerminal(ends);
    } else {
        startWithPipes(start.input, ends);
    }
    process_ = ::fork();
    if (process_ == 0) {
        become(ends, start.atTerminal, folder.c_str(), argv.data(), start.environment ? envp.data() : environ);
    }
    ::close(ends[0]);
    if (!start.atTerminal) {
        ::close(ends[1]);
        ::close(ends[2]);
    }
}

Program::~Program() {
    if (process_ >= 0) {
        ::kill(process_, SIGKILL);
        wait();
    }
    if (keyboard_ >= 0) ::close(keyboard_);
}

void Program::startWithPipes(const std::string& input, std::array<int, 3>& ends) {
    const Ends in = makePipe(false);
    const Ends out = makePipe(true);
    const Ends err = makePipe(true);
    static_cast<void>(!::write(in.ours, input.data(), input.size()));
    ::close(in.ours);
    ends = {in.theirs, out.theirs, err.theirs};
    expected_ = open_ = 2;
    out_.reader = std::jthread([this, fd = out.ours] { read(fd, out_); });
    err_.reader = std::jthread([this, fd = err.ours] { read(fd, err_); });
}

void Program::startAtTerminal(std::array<int, 3>& ends) {
    const Ends terminal = makeTerminal();
    keyboard_ = ::fcntl(terminal.ours, F_DUPFD_CLOEXEC, 0);
    ends = {terminal.theirs, terminal.theirs, terminal.theirs};
    expected_ = open_ = 1;
    out_.reader = std::jthread([this, fd = terminal.ours] { read(fd, out_); });
}

void Program::read(int fd, Stream& into) {
    std::array<char, 4096> buffer{};
    ssize_t got = 0;
    while ((got = ::read(fd, buffer.data(), buffer.size())) > 0) {
        const std::lock_guard lock(mutex_);
        into.text.append(buffer.data(), static_cast<std::size_t>(got));
        grown_.notify_all();
    }
    ::close(fd);
    const std::lock_guard lock(mutex_);
    --open_;
    grown_.notify_all();
}

bool Program::waitFor(Stream& stream, const std::string& text) {
    std::unique_lock lock(mutex_);
    const auto found = [&] { return stream.text.find(text, stream.searched) != std::string::npos; };
    if (!grown_.wait_for(lock, kDeadline, [&] { return found() || open_ < expected_; }) || !found()) return false;
    stream.searched = stream.text.find(text, stream.searched) + text.size();
    return true;
}

std::string Program::waitForErrorWord(const std::string& text) {
    if (!waitFor(err_, text)) return {};
    std::unique_lock lock(mutex_);
    const auto end = [this] { return err_.text.find_first_of(" \n", err_.searched); };
    grown_.wait_for(lock, kDeadline, [&] { return end() != std::string::npos || open_ < expected_; });
    return err_.text.substr(err_.searched, end() - err_.searched);
}

void Program::type(const std::string& keys) const { static_cast<void>(!::write(keyboard_, keys.data(), keys.size())); }

void Program::signal(int number) const { ::kill(process_, number); }

int Program::wait() {
    bool inTime = true;
    {
        std::unique_lock lock(mutex_);
        inTime = grown_.wait_for(lock, kDeadline, [this] { return open_ == 0; });
    }
    if (!inTime) ::kill(process_, SIGKILL);
    int status = 0;
    ::waitpid(process_, &status, 0);
    process_ = -1;
    for (Stream* stream : {&out_, &err_}) {
        if (stream->reader.joinable()) stream->reader.join();
    }
    if (!inTime) return kNeverEnded;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

std::string Program::out() {
    const std::lock_guard lock(mutex_);
    return out_.text;
}

std::string Program::err() {
    const std::lock_guard lock(mutex_);
    return err_.text;
}

}  // namespace signalbox::test
