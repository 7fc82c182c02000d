// Private to the engine: what its parts share.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/engine.h"
#include "engine/timer_queue.h"
#include "engine/work_pool.h"

namespace signalbox::engine {

class RunActor;

using EndCallback = std::function<void(Result<RunEnd>)>;

/// Shared by the engine and its runs; outlives both, because completions of nodes may come late. Locks are never held
/// while calling out.
class EngineCore : public std::enable_shared_from_this<EngineCore> {
public:
    EngineCore(EnginePorts enginePorts, EngineOptions engineOptions);

    EnginePorts ports;
    EngineOptions options;
    std::string boot;
    WorkPool pool;
    TimerQueue timers;
    std::atomic<bool> stopping{false};
    std::atomic<std::uint64_t> recordsAppended{0};
    std::atomic<std::uint64_t> lateResultsRefused{0};
    std::atomic<std::uint64_t> runsRecovered{0};
    std::atomic<std::uint64_t> runsQuarantined{0};
    std::atomic<bool> recovered{false};  ///< the last look for runs without an owner got to its end

    // Starting (engine_start.cpp).
    void start(StartRequest request, Value origin, RunId parent, std::vector<Record> reused,
               std::function<void(Result<RunId>)> started);
    /// Starts the run of a sub-workflow, or finds the one that was started under this key; stopping cancels it.
    void startChild(RunId parent, const PlanNode& node, Value inputs, std::string key, std::stop_token stop,
                    EndCallback ended);
    [[nodiscard]] Result<std::shared_ptr<const Plan>> planOf(const std::string& workflow, int version);

    // Admission (engine_admission.cpp): at most so many runs at once, by priority.
    void enqueue(std::shared_ptr<RunActor> actor);
    void admitWaiting();
    [[nodiscard]] std::size_t activeCount() const;
    [[nodiscard]] std::size_t queuedCount() const;

    // Runs and their ends (engine_runs.cpp).
    [[nodiscard]] std::shared_ptr<RunActor> find(RunId run) const;
    void add(const std::shared_ptr<RunActor>& actor);
    /// The run has ended durably, or was lost to another owner (then `end` is an error).
    void ended(RunId run, Result<RunEnd> end);
    void whenEnded(RunId run, EndCallback callback);
    void checkForeignEnds();
    /// At the very end: runs and the core hold each other.
    void forgetRuns();
    [[nodiscard]] std::vector<std::shared_ptr<RunActor>> all() const;

    // Recovery (engine_recovery.cpp).
    std::size_t recover();
    void scheduleRecovery();
    [[nodiscard]] Result<RunEnd> endFromStore(RunId run);

private:
    [[nodiscard]] bool takeOver(const ClaimedRun& claimed);

    mutable std::mutex runsMutex_;
    std::unordered_map<RunId, std::shared_ptr<RunActor>> runs_;
    std::unordered_map<RunId, std::vector<EndCallback>> endWaiters_;

    mutable std::mutex admissionMutex_;
    /// Waiting runs by (-priority, order of arrival).
    std::map<std::pair<int, std::uint64_t>, std::shared_ptr<RunActor>> waiting_;
    std::unordered_map<std::string, int> activeByWorkflow_;
    std::unordered_map<RunId, std::string> admitted_;
    std::uint64_t arrivals_ = 0;

    std::mutex plansMutex_;
    std::map<std::pair<std::string, int>, std::shared_ptr<const Plan>> plans_;
    std::mutex recoveryMutex_;
};

[[nodiscard]] Status checkInputs(const Plan& plan, const Value& inputs);
/// The inputs with defaults filled in.
[[nodiscard]] Value withDefaults(const Plan& plan, const Value& inputs);

}  // namespace signalbox::engine
