// The durable workflow engine: runs plans, journals what happens, recovers what was interrupted.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/log.h"
#include "base/random.h"
#include "engine/events.h"
#include "engine/pending.h"
#include "engine/plan.h"
#include "engine/ports.h"

namespace signalbox::engine {

struct EngineOptions {
    std::size_t threads = 0;           ///< of the pool; 0: one a core
    std::size_t maxActiveRuns = 1000;  ///< more wait in the queue by priority
    Micros leaseTtl = 15'000'000;
    Micros recoveryInterval = 5'000'000;  ///< how often leases are renewed and orphans looked for
    Micros drainGrace = 30'000'000;       ///< how long a failing run waits for effectful nodes that are in flight
    std::string workspace;                ///< folder for relative paths of nodes
    std::string owner;                    ///< unique name of this engine instance; empty: made up
};

/// What the engine is given. Everything must outlive it. Thread-safe objects all.
struct EnginePorts {
    const Clock* clock = nullptr;
    Random* random = nullptr;  ///< thread-safe
    RunStore* runs = nullptr;
    MemoStore* memos = nullptr;          ///< may be null: no memoisation
    WorkflowStore* workflows = nullptr;  ///< for sub-workflows, recovery and reruns
    const Registry* registry = nullptr;
    Logger log;
    EventSink events;  ///< may be empty
};

/// Enough for what a caller who waits for the end calls short, and nothing that anybody would miss.
inline constexpr Micros kStartPatience = 20'000;

struct StartRequest {
    std::shared_ptr<const Plan> plan;
    Value inputs = Value::object();
    std::optional<std::string> idempotencyKey;  ///< given but empty is refused ("run.idempotency-key-empty")
    int priority = 0;                           ///< higher first
    std::string startedBy;
    /// How long the first commit may be put off while nothing but pure nodes is at work, for a caller who waits for the
    /// end and not for the id: a run that only computes then costs one commit. 0: the start is written at once.
    Micros patience = 0;
};

struct RerunRequest {
    enum class Mode : std::uint8_t { All, FromNode, FailedOnly };
    RunId run;
    Mode mode = Mode::All;
    std::string node;             ///< FromNode
    std::optional<Value> inputs;  ///< edited; otherwise those of the run
    std::string startedBy;
    /// Of a newer version: what is unchanged in it keeps its results, what is new or changed runs. Null: the run's own.
    std::shared_ptr<const Plan> plan = nullptr;
    std::optional<std::string> idempotencyKey = std::nullopt;  ///< as of a start
    Micros patience = 0;                                       ///< as of a start
};

/// One node of a run as it stands. Values are shared, not copied.
struct NodeSnapshot {
    std::string id;
    NodeStatus status = NodeStatus::Pending;
    std::uint32_t generation = 0;
    std::uint32_t attempt = 0;
    Micros startedWall = 0;
    Micros finishedWall = 0;
    Value inputs = Value::undefined();  ///< only when asked for
    Value outputs = Value::undefined();
    Value error = Value::undefined();
    std::uint32_t itemsTotal = 0;  ///< of a MapNode
    std::uint32_t itemsDone = 0;
};
struct RunSnapshot {
    RunSummary summary;
    std::shared_ptr<const Plan> plan;
    Value inputs;
    Value outputs = Value::undefined();
    Value error = Value::undefined();
    std::vector<NodeSnapshot> nodes;
    std::vector<Record> journal;  ///< only when asked for
};
/// How a run ended, for whoever waits for it.
struct RunEnd {
    RunSummary summary;
    Value outputs;
    Value error;
};
struct RunState;
[[nodiscard]] NodeSnapshot snapshotOfNode(const Plan& plan, const RunState& state, NodeIndex node, bool withInputs);

/// What a snapshot is to hold beside the states: both cost far more than these.
struct SnapshotParts {
    bool inputs = false;   ///< of every node
    bool journal = false;  ///< as far as it is on disk
};

struct EngineStats {
    std::size_t threads = 0;
    std::size_t activeRuns = 0;
    std::size_t queuedRuns = 0;
    std::size_t pendingTasks = 0;  ///< in the pool
    std::size_t busyThreads = 0;
    std::uint64_t tasksExecuted = 0;
    std::uint64_t tasksStolen = 0;
    std::size_t maxActiveRuns = 0;
    std::size_t armedTimers = 0;
    std::uint64_t recordsAppended = 0;
    std::uint64_t lateResultsRefused = 0;
    std::uint64_t runsRecovered = 0;
    std::uint64_t runsQuarantined = 0;
    bool recovered = false;  ///< the last look for runs without an owner got to its end
};

/// Owns its threads; destruction stops intake, cancels what runs here without finishing it, and releases the leases, so
/// that the next engine goes on with those runs. All functions may be called from any thread and do not block on nodes.
class Engine {
public:
    Engine(EnginePorts ports, EngineOptions options);
    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;
    ~Engine();

    /// `started` gets the run's id once its first record is on disk (the same id again for a repeated key), which may
    /// be together with its last one but is before whenEnded() calls back; or an error: "run.idempotency-key-empty",
    /// "run.input-missing", "run.input-type", "run.input-unknown", "store.*".
    void start(StartRequest request, std::function<void(Result<RunId>)> started);
    /// As start; blocks until on disk. Not for the UI thread.
    [[nodiscard]] Result<RunId> startAndWait(StartRequest request);

    // Errors: "run.not-found", "run.finished", and as said. Done when on disk.
    using Done = std::function<void(Status)>;
    void cancel(RunId run, std::string by, std::string reason, Done done);
    /// Ends it at once, also while a cancelled or failed run cleans up: nothing is waited for and nothing undone.
    void terminate(RunId run, std::string by, std::string reason, Done done);
    void pause(RunId run, std::string by, Done done);
    void resume(RunId run, std::string by, Done done);
    /// Signals are kept until a node waits for them.
    void signal(RunId run, std::string name, Value value, std::string by, Done done);
    /// "run.not-waiting" when that node awaits no approval.
    void decide(RunId run, std::string node, bool approved, std::string by, std::string comment, Done done);
    /// Starts a new run that takes over the results that still hold.
    void rerun(RerunRequest request, std::function<void(Result<RunId>)> started);

    /// Calls back once when the run has ended and its last record is on disk (at once if it has). Runs of other engines
    /// on the same store are not seen: "run.not-found" unless ended.
    void whenFinished(RunId run, std::function<void(Result<RunSummary>)> finished);
    /// The same with what the run has given.
    void whenEnded(RunId run, std::function<void(Result<RunEnd>)> ended);

    /// From memory if active here, otherwise from the journal. Error "run.not-found", "store.corrupt".
    [[nodiscard]] Result<RunSnapshot> snapshot(RunId run, SnapshotParts parts = {});
    /// One node with its inputs. Besides: "run.node-not-found".
    [[nodiscard]] Result<NodeSnapshot> node(RunId run, const std::string& id);
    /// What a run is an instance of. Errors "run.not-found", "workflow.not-found".
    [[nodiscard]] Result<std::shared_ptr<const Plan>> planOf(RunId run);
    /// Whether the run is active here.
    [[nodiscard]] bool has(RunId run) const;
    /// Of the runs that are active here.
    [[nodiscard]] std::vector<PendingNode> pending() const;
    [[nodiscard]] EngineStats stats() const;
    /// Looks for runs whose owner died, now rather than at the next interval. Gives how many were taken over.
    std::size_t recoverNow();
    /// Looks at the clock now: for clocks that are advanced by hand.
    void pokeTimers();

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace signalbox::engine
