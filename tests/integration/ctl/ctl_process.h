// The real command line, run as its users run it.
#pragma once

#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <sys/types.h>

#include "base/value.h"

namespace signalbox::ctl::test {

/// A fresh folder with documents in it, removed at the end.
class Workspace {
public:
    Workspace();
    Workspace(const Workspace&) = delete;
    Workspace& operator=(const Workspace&) = delete;
    ~Workspace();
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    void write(const std::string& name, const std::string& text) const;

private:
    std::filesystem::path path_;
};

/// A process that runs in the workspace's folder. Ended with the object.
class CtlProcess {
public:
    CtlProcess(const Workspace& workspace, std::vector<std::string> arguments, const std::string& input = {});
    CtlProcess(const CtlProcess&) = delete;
    CtlProcess& operator=(const CtlProcess&) = delete;
    ~CtlProcess();

    /// Waits for its end; gives the exit code, or minus the signal.
    int wait();
    void signal(int number) const;
    /// Waits until standard error holds the text; false when the program ends or time runs out before.
    [[nodiscard]] bool waitForError(const std::string& text);
    // After wait().
    [[nodiscard]] const std::string& out() const { return out_; }
    [[nodiscard]] const std::string& err() const { return err_; }
    [[nodiscard]] Value json() const;  ///< of standard output

private:
    void read(int fd, std::string& into);

    pid_t process_ = -1;
    std::mutex mutex_;
    std::condition_variable grown_;
    std::string out_;
    std::string err_;
    int open_ = 2;
    std::jthread readers_[2];
};

/// Runs to the end.
struct Finished {
    int code = 0;
    std::string out;
    std::string err;
    [[nodiscard]] Value json() const;
};
[[nodiscard]] Finished ctl(const Workspace& workspace, std::vector<std::string> arguments,
                           const std::string& input = {});

}  // namespace signalbox::ctl::test
