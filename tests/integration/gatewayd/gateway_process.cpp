#include "integration/gatewayd/gateway_process.h"

#include <array>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace signalbox::gatewayd::test {

namespace fs = std::filesystem;

namespace {

constexpr std::chrono::seconds kDeadline{60};
constexpr int kNeverEnded = -1000;

std::vector<std::string> environmentOf(const Environment& added) {
    std::vector<std::string> variables;
    for (char** entry = environ; *entry != nullptr; ++entry) {
        const std::string_view text(*entry);
        if (!text.starts_with("SIGNALBOX_") && !text.starts_with("NOTIFY_") && !text.starts_with("WATCHDOG_")) {
            variables.emplace_back(text);
        }
    }
    for (const auto& [name, value] : added) variables.push_back(name + "=" + value);
    return variables;
}

std::vector<char*> pointersTo(std::vector<std::string>& texts) {
    std::vector<char*> pointers;
    for (std::string& text : texts) pointers.push_back(text.data());
    pointers.push_back(nullptr);
    return pointers;
}

}  // namespace

TemporaryFolder::TemporaryFolder() {
    std::string name = (fs::temp_directory_path() / "signalbox-gateway-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) std::abort();
    path_ = fs::canonical(name);
}

TemporaryFolder::~TemporaryFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
}

void TemporaryFolder::write(const std::string& name, const std::string& text) const {
    fs::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name, std::ios::binary) << text;
}

std::string TemporaryFolder::read(const std::string& name) const {
    std::ifstream file(path_ / name, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

GatewayProcess::GatewayProcess(std::vector<std::string> arguments, const Environment& environment) {
    arguments.insert(arguments.begin(), SIGNALBOX_BINARY_DIR "/bin/signalboxd");
    std::vector<char*> argv = pointersTo(arguments);
    std::vector<std::string> variables = environmentOf(environment);
    std::vector<char*> envp = pointersTo(variables);
    std::array<int, 2> out{};
    std::array<int, 2> err{};
    if (::pipe2(out.data(), O_CLOEXEC) != 0 || ::pipe2(err.data(), O_CLOEXEC) != 0) std::abort();
    process_ = ::fork();
    if (process_ == 0) {
        ::dup2(out[1], 1);
        ::dup2(err[1], 2);
        ::execve(argv[0], argv.data(), envp.data());
        ::_exit(127);
    }
    ::close(out[1]);
    ::close(err[1]);
    readers_[0] = std::jthread([this, fd = out[0]] { read(fd, out_); });
    readers_[1] = std::jthread([this, fd = err[0]] { read(fd, log_); });
}

GatewayProcess::~GatewayProcess() {
    if (process_ < 0) return;
    ::kill(process_, SIGKILL);
    wait();
}

void GatewayProcess::read(int fd, std::string& into) {
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

bool GatewayProcess::waitForLog(const std::string& text) {
    std::unique_lock lock(mutex_);
    const auto found = [&] { return log_.find(text, searched_) != std::string::npos; };
    if (!grown_.wait_for(lock, kDeadline, [&] { return found() || open_ < 2; }) || !found()) return false;
    searched_ = log_.find(text, searched_) + text.size();
    return true;
}

std::string GatewayProcess::waitForAddress() {
    if (!waitForLog("Serving address=")) return {};
    std::unique_lock lock(mutex_);
    grown_.wait_for(lock, kDeadline,
                    [&] { return log_.find_first_of(" \n", searched_) != std::string::npos || open_ < 2; });
    return log_.substr(searched_, log_.find_first_of(" \n", searched_) - searched_);
}

void GatewayProcess::signal(int number) const { ::kill(process_, number); }

int GatewayProcess::wait() {
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
    if (!inTime) return kNeverEnded;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

std::string GatewayProcess::out() {
    const std::lock_guard lock(mutex_);
    return out_;
}

std::string GatewayProcess::log() {
    const std::lock_guard lock(mutex_);
    return log_;
}

}  // namespace signalbox::gatewayd::test
