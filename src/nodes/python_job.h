// One piece of Python code to run, and how its outcome is told.
#pragma once

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/log.h"
#include "base/result.h"
#include "base/value.h"

namespace signalbox::nodes {

struct PythonLimits {
    Micros wallTime = 30'000'000;
    std::int64_t cpuSeconds = 30;
    std::int64_t memoryBytes = 512LL << 20U;  ///< of address space
    std::int64_t outputBytes = 16LL << 20U;   ///< of the result as JSON
};

/// What a worker's process may do beyond computing; workers with different grants are different processes.
struct PythonGrants {
    bool network = false;
    std::string writable;  ///< a folder; may be empty
    bool operator==(const PythonGrants&) const = default;
};

struct PythonJob {
    std::string text;  ///< pythonJobText()
    PythonLimits limits;
    PythonGrants grants;
    std::stop_token stop;
    std::function<void(LogLevel, std::string)> log;  ///< a line of standard output (Info) or error (Warning)
    std::function<void(Result<Value>)> done;         ///< called once, from the pool's thread
};

/// The job as the worker reads it.
[[nodiscard]] std::string pythonJobText(std::string_view code, const Value& inputs, const Value& params, int iteration);

/// What became of a job whose process ended with a wait status, having written `outcome`. Errors: "python.exception",
/// "python.syntax", "python.memory", "python.result", "python.result-too-large", "python.timeout" (CPU time),
/// "python.crashed". For errors in the code `where` is "line N".
[[nodiscard]] Result<Value> pythonOutcome(int waitStatus, std::string_view outcome, const PythonLimits& limits);

}  // namespace signalbox::nodes
