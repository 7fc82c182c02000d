// A signalboxd that a test has started: its log, its signals, its end.
#pragma once

#include <condition_variable>
#include <filesystem>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <sys/types.h>

namespace signalbox::gatewayd::test {

/// A folder that is gone with the test.
class TemporaryFolder {
public:
    TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    ~TemporaryFolder();
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    void write(const std::string& name, const std::string& text) const;
    [[nodiscard]] std::string read(const std::string& name) const;

private:
    std::filesystem::path path_;
};

using Environment = std::map<std::string, std::string>;

/// The process. Killed at the end of the test if it still runs.
class GatewayProcess {
public:
    /// Nothing of the test's own SIGNALBOX_* environment comes along.
    explicit GatewayProcess(std::vector<std::string> arguments, const Environment& environment = {});
    GatewayProcess(const GatewayProcess&) = delete;
    GatewayProcess& operator=(const GatewayProcess&) = delete;
    ~GatewayProcess();

    /// Waits until the log holds the text (behind what an earlier call found); false when the process ends without it.
    bool waitForLog(const std::string& text);
    /// Where it listens, as it says in its log; empty when it ends before.
    [[nodiscard]] std::string waitForAddress();
    void signal(int number) const;
    /// Its exit code, or minus the signal that ended it; -1000 when it does not end.
    int wait();
    [[nodiscard]] std::string out();
    [[nodiscard]] std::string log();
    [[nodiscard]] pid_t id() const { return process_; }

private:
    void read(int fd, std::string& into);

    pid_t process_ = -1;
    std::mutex mutex_;
    std::condition_variable grown_;
    std::string out_;
    std::string log_;
    std::size_t searched_ = 0;
    int open_ = 2;
    std::jthread readers_[2];
};

}  // namespace signalbox::gatewayd::test
