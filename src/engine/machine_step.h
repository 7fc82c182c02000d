// Private to the machine: one application of one record.
#pragma once

#include <string>

#include "engine/machine.h"

namespace signalbox::engine {

/// Holds the arguments of apply() while it works. Lives on the stack.
class MachineStep {
public:
    MachineStep(const Plan& plan, RunState& state, const Record& record, Commands& commands)
        : plan_(plan), s_(state), r_(record), out_(commands) {}

    // Records (machine.cpp).
    void runStarted();
    void nodeReused();
    void nodeStarted();
    void nodeSucceeded();
    void nodeFailed();
    void timerFired();
    void signalReceived();
    void approvalDecided();
    void cancelRequested();
    void pauseRequested();
    void resumeRequested();
    void attemptLost();
    void runFinished();
    /// Works off what was settled and ends the run when nothing is left to do.
    void settleAll();

private:
    // Wires and loops (machine_flow.cpp).
    void begin();
    void settle(NodeIndex node) { s_.work.push_back(node); }
    void resolveOut(NodeIndex node);
    void resolveEdge(EdgeIndex edge);
    [[nodiscard]] bool conditionHolds(const PlanEdge& edge, EdgeIndex index, const Value& value, bool& broken);
    void decide(NodeIndex node);
    void skip(NodeIndex node);
    /// True when the loop goes round again (the node was reset).
    [[nodiscard]] bool closeLoop(NodeIndex tail);
    void endLoop(LoopIndex loop);
    void resetBody(const PlanLoop& loop, LoopIndex index);
    void resetNode(NodeIndex node, const PlanLoop& loop);
    void cancelRaceLosers(NodeIndex merge);

    // Nodes (machine_nodes.cpp).
    void dispatch(NodeIndex node);
    void startNode(NodeIndex node);
    void startTask(NodeIndex node);
    void startDelay(NodeIndex node, const Value& params);
    void startSignalWait(NodeIndex node, const Value& params);
    void startApproval(NodeIndex node, const Value& params);
    void runMerge(NodeIndex node);
    void complete(NodeIndex node, Value outputs);
    /// A failed attempt: tries again or fails the node for good.
    void attemptFailed(NodeIndex node, std::uint32_t item, Value error, bool final);
    void nodeFailedForGood(NodeIndex node, Value error);
    [[nodiscard]] const RetryPolicy* retryPolicy(const PlanNode& node, const std::string& code) const;
    [[nodiscard]] const ErrorRule* errorRule(const std::string& code, ErrorRule::Action action) const;
    void applyErrorRules(NodeIndex node, const Value& error);
    void leaveActive(NodeIndex node);
    void setStatus(NodeIndex node, NodeStatus status, Value payload = Value::undefined());
    void armTimer(NodeIndex node, std::uint32_t item, TimerKind kind, Micros delay);
    [[nodiscard]] std::uint64_t seedAt(NodeIndex node, std::uint32_t item) const;

    // MapNode (machine_map.cpp).
    void startMap(NodeIndex node);
    void startItems(NodeIndex node);
    void startItem(NodeIndex node, std::uint32_t item);
    void itemSucceeded(NodeIndex node, std::uint32_t item, const Value& outputs);
    void itemFailedForGood(NodeIndex node, std::uint32_t item, Value error);
    void finishMapWhenDone(NodeIndex node);
    void cancelItems(NodeIndex node);

    // The end (machine_end.cpp).
    void failRun(NodeIndex node, Value error);
    void drain(RunStatus outcome);
    void endDrainWhenIdle();
    void drained();
    void terminate();
    void compensateNext();
    void compensationEnded(NodeIndex node, Value error);
    void finish();
    [[nodiscard]] Value collectOutputs() const;

    const Plan& plan_;
    RunState& s_;
    const Record& r_;
    Commands& out_;
};

/// The payload of RunFinished.
[[nodiscard]] Value finishPayload(const RunState& state);

/// Whether an attempt in flight must be waited for when a run fails or is cancelled.
[[nodiscard]] inline bool changesTheWorld(const PlanNode& node) {
    if (node.manifest->behaviour == Behaviour::SubWorkflow || !node.childWorkflow.empty()) return true;
    if (node.map && node.map->itemManifest) return node.map->itemManifest->effect >= Effect::Idempotent;
    return node.manifest->effect >= Effect::Idempotent;
}

}  // namespace signalbox::engine
