// A pool of warm Python workers.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "base/clock.h"
#include "base/log.h"
#include "nodes/hidden_files.h"
#include "nodes/python_job.h"
#include "nodes/service_thread.h"

namespace signalbox::nodes {

struct PythonOptions {
    std::string interpreter;                     ///< empty: /usr/bin/python3, or else the first python3 in PATH
    std::size_t maxWorkers = 0;                  ///< processes at once; 0: one a core, at least two
    std::size_t jobsPerWorker = 1000;            ///< then the process is replaced
    Micros idleTime = 60'000'000;                ///< after which an idle process is ended
    std::uint64_t scratchBytes = 256ULL << 20U;  ///< room in the private folder
    HiddenFiles hidden;                          ///< where namespaces allow that
    std::string temporaryFolder;                 ///< where mount points are made; empty: the system's
    bool allowNetwork = true;                    ///< whether a node may be granted the network
    bool allowWorkspaceWrites = true;            ///< whether a node may be granted to write in the workspace
    bool useNamespaces = true;                   ///< false: as on machines that do not allow them
    bool needsNamespaces = false;                ///< refuse code where nothing can be hidden from it
};

/// Runs jobs in sandboxed processes, each job in a fresh child of a warm worker. Owns one thread, which sleeps in
/// poll() and calls the jobs' functions. submit() and stop() may be called from any thread.
class PythonPool {
public:
    /// The clock must outlive the pool.
    PythonPool(PythonOptions options, const Clock& clock, Logger log);
    PythonPool(const PythonPool&) = delete;
    PythonPool& operator=(const PythonPool&) = delete;
    ~PythonPool();
    /// Errors beyond those of pythonOutcome(): "python.timeout" (wall time), "python.start" (no interpreter, no
    /// process), "python.not-shielded" (no namespaces, where they are needed), "node.stopped".
    void submit(PythonJob job);
    /// Ends jobs that wait, run or are submitted from now on with "node.stopped". Returns when the thread has ended.
    /// Also done by destruction.
    void stop();
    [[nodiscard]] const PythonOptions& options() const { return options_; }

private:
    struct Shared;
    class Reactor;
    PythonOptions options_;
    std::shared_ptr<Shared> shared_;
    ServiceThread thread_;
};

}  // namespace signalbox::nodes
