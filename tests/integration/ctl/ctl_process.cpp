#include "integration/ctl/ctl_process.h"

#include <array>
#include <chrono>
#include <csignal>
#include <fstream>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/json.h"

namespace signalbox::ctl::test {

namespace fs = std::filesystem;

namespace {

constexpr std::chrono::seconds kDeadline{30};

Value parsed(const std::string& text) {
    auto value = parseJson(text);
    return value ? *value : Value::undefined();
}

}  // namespace

Workspace::Workspace() {
    std::string name = (fs::temp_directory_path() / "signalbox-ctl-XXXXXX").string();
    path_ = fs::canonical(::mkdtemp(name.data()));
}

Workspace::~Workspace() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
}

void Workspace::write(const std::string& name, const std::string& text) const {
    fs::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name, std::ios::binary) << text;
}

CtlProcess::CtlProcess(const Workspace& workspace, std::vector<std::string> arguments, const std::string& input) {
    static const std::string kProgram = SIGNALBOX_BINARY_DIR "/bin/signalboxctl";
    std::vector<char*> argv = {const_cast<char*>(kProgram.c_str())};
    for (std::string& argument : arguments) argv.push_back(argument.data());
    argv.push_back(nullptr);
    std::array<int, 2> in{};
    std::array<int, 2> out{};
    std::array<int, 2> err{};
    if (::pipe2(in.data(), O_CLOEXEC) != 0 || ::pipe2(out.data(), O_CLOEXEC) != 0 ||
        ::pipe2(err.data(), O_CLOEXEC) != 0) {
        std::abort();
    }
    process_ = ::fork();
    if (process_ == 0) {
        ::dup2(in[0], 0);
        ::dup2(out[1], 1);
        ::dup2(err[1], 2);
        if (::chdir(workspace.path().c_str()) == 0) ::execv(kProgram.c_str(), argv.data());
        ::_exit(127);
    }
    ::close(in[0]);
    ::close(out[1]);
    ::close(err[1]);
    static_cast<void>(!::write(in[1], input.data(), input.size()));
    ::close(in[1]);
    readers_[0] = std::jthread([this, fd = out[0]] { read(fd, out_); });
    readers_[1] = std::jthread([this, fd = err[0]] { read(fd, err_); });
}

CtlProcess::~CtlProcess() {
    if (process_ < 0) return;
    ::kill(process_, SIGKILL);
    wait();
}

void CtlProcess::read(int fd, std::string& into) {
    std::array<char, 4096> buffer{};
    ssize_t got = 0;
    while ((got = ::read(fd, buffer.data(), buffer.size())) > 0) {
        const std::lock_guard lock(mutex_);
        into.append(buffer.data(), static_cast<std::size_t>(got));
        grown_.notify_all();
    }
    ::close(fd);
    const std::lock_guard lock(mutex_);
    --open_;
    grown_.notify_all();
}

int CtlProcess::wait() {
    bool inTime = true;
    {
        std::unique_lock lock(mutex_);
        inTime = grown_.wait_for(lock, kDeadline, [this] { return open_ == 0; });
    }
    if (!inTime) ::kill(process_, SIGKILL);
    int status = 0;
    ::waitpid(process_, &status, 0);
    process_ = -1;
    for (auto& reader : readers_) reader.join();
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

void CtlProcess::signal(int number) const { ::kill(process_, number); }

bool CtlProcess::waitForError(const std::string& text) {
    std::unique_lock lock(mutex_);
    const auto found = [&] { return err_.find(text) != std::string::npos; };
    return grown_.wait_for(lock, kDeadline, [&] { return found() || open_ < 2; }) && found();
}

Value CtlProcess::json() const { return parsed(out_); }

Value Finished::json() const { return parsed(out); }

Finished ctl(const Workspace& workspace, std::vector<std::string> arguments, const std::string& input) {
    CtlProcess process(workspace, std::move(arguments), input);
    const int code = process.wait();
    return {code, process.out(), process.err()};
}

}  // namespace signalbox::ctl::test
