// One Python worker process and the job it has in work.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "nodes/python_job.h"
#include "nodes/sandbox_process.h"
#include "nodes/unique_fd.h"

struct pollfd;

namespace signalbox::nodes {

/// Passes what a process writes on as lines. Long lines are cut; beyond 256 KiB the rest is dropped, once said so.
class OutputLines {
public:
    OutputLines(UniqueFd fd, LogLevel level) : fd_(std::move(fd)), level_(level) {}
    [[nodiscard]] int fd() const { return fd_.get(); }
    /// Reads what is there. Closes at the end of the output.
    void pump(const PythonJob& job);
    /// Passes on a last line without an end.
    void finish(const PythonJob& job);

private:
    void take(std::string_view data, const PythonJob& job);
    void emitLine(const PythonJob& job);
    UniqueFd fd_;
    LogLevel level_;
    std::string line_;
    std::size_t total_ = 0;
};

/// Used by one thread. Destruction kills the process and all that it has started; a job in work must have been ended
/// before with takeJob().
class PythonWorker {
public:
    enum class State : std::uint8_t { Starting, Idle, Busy, Dead };

    /// The process imports its modules while it is Starting. Errors of startSandboxed.
    [[nodiscard]] static Result<std::unique_ptr<PythonWorker>> start(SandboxRequest request, PythonGrants grants,
                                                                     Micros now);
    PythonWorker(const PythonWorker&) = delete;
    PythonWorker& operator=(const PythonWorker&) = delete;
    ~PythonWorker();

    [[nodiscard]] State state() const { return state_; }
    [[nodiscard]] const PythonGrants& grants() const { return grants_; }
    [[nodiscard]] std::size_t jobsDone() const { return jobsDone_; }
    [[nodiscard]] Micros since() const { return since_; }  ///< monotonic time of the last change of state
    [[nodiscard]] const PythonJob* job() const { return job_ ? &*job_ : nullptr; }

    /// Begins a job when Idle. Gives it back when the process turns out to be gone.
    [[nodiscard]] std::optional<PythonJob> run(PythonJob job, Micros now);
    void addTo(std::vector<pollfd>& waiting) const;
    /// Reads what the process has said. Calls the job's `done` when it has ended.
    void handle(Micros now);
    /// Kills the process and gives back the job in work.
    [[nodiscard]] std::optional<PythonJob> takeJob();

private:
    PythonWorker(SandboxProcess process, UniqueFd channel, bool namespaces, PythonGrants grants, Micros now);
    void kill();
    void finishJob(int waitStatus);
    [[nodiscard]] bool sendJob(int input, int out, int err) const;

    SandboxProcess process_;
    UniqueFd channel_;
    bool namespaces_;
    PythonGrants grants_;
    State state_ = State::Starting;
    Micros since_;
    std::size_t jobsDone_ = 0;
    std::optional<PythonJob> job_;
    UniqueFd outcome_;
    std::vector<OutputLines> output_;
};

}  // namespace signalbox::nodes
