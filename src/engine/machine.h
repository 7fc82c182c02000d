// The engine's core: a pure function from a run's state and a record to the next state and commands.
#pragma once

#include <vector>

#include "base/result.h"
#include "engine/plan.h"
#include "engine/record.h"
#include "engine/run_state.h"

namespace signalbox::engine {

/// What the runtime has to do after a record was applied.
struct Command {
    enum class Kind : std::uint8_t {
        StartTask,    ///< run an attempt at (node, item)
        CancelTask,   ///< stop it; its result no longer counts unless the run is draining
        ArmTimer,     ///< record TimerFired after `delay`
        Finish,       ///< append RunFinished with `payload`
        NodeChanged,  ///< for observers
    };
    Kind kind = Kind::NodeChanged;
    TimerKind timer = TimerKind::Retry;
    NodeStatus status = NodeStatus::Pending;
    std::uint32_t node = kNoNode;
    std::uint32_t item = kNoItem;
    std::uint32_t generation = 0;
    std::uint32_t attempt = 0;
    Micros delay = 0;
    Micros took = 0;
    Value payload = Value::undefined();
};
using Commands = std::vector<Command>;

enum class Acceptance : std::uint8_t {
    Accepted,
    Late,        ///< result or timer of an attempt that no longer counts
    WrongState,  ///< the run has ended, or nothing waits for it
};

/// Whether a record may be journalled and applied now. Refused records leave no trace in the run.
[[nodiscard]] Acceptance accepts(const Plan& plan, const RunState& state, const Record& record);

/// Applies an accepted record. Depends on nothing but its arguments; the same records give the same state and commands.
/// Cost is proportional to the wires of the nodes that it settles.
void apply(const Plan& plan, RunState& state, const Record& record, Commands& commands);

/// The commands that are still outstanding in a state: what a new owner has to do after replaying a journal. Delays
/// count from `wallNow`, or from `monotonicNow` when the state's boot is `boot`.
void outstanding(const Plan& plan, const RunState& state, Micros wallNow, Micros monotonicNow, const std::string& boot,
                 Commands& commands);

/// Replays a journal from nothing. Errors: "journal.gap", "journal.refused".
[[nodiscard]] Result<RunState> replay(const Plan& plan, const std::vector<Record>& journal);

/// The values on a node's input ports: object of port to value. Errors "node.input-type" and
/// "node.input-schema", with the port in where.
[[nodiscard]] Result<Value> gatherInputs(const Plan& plan, const RunState& state, NodeIndex node);

/// Parameters with every {"$expr": ...} evaluated over {input, inputs}: those of the node, or with `item` of what a
/// MapNode runs for each item. Error "node.parameter".
[[nodiscard]] Result<Value> resolveParams(const PlanNode& node, bool item, const Value& inputs, const Value& runInputs,
                                          Micros wall, std::uint64_t seed);

/// A number that depends on the run's seed and the place only: for jitter and $random.
[[nodiscard]] std::uint64_t placeSeed(std::uint64_t seed, std::uint32_t node, std::uint32_t item,
                                      std::uint32_t generation, std::uint32_t attempt);

/// Names an attempt's step for idempotency: equal for every attempt at the same step.
[[nodiscard]] std::string stepKey(RunId run, const std::string& nodeId, std::uint32_t generation, std::uint32_t item);

}  // namespace signalbox::engine
