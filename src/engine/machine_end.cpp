// How a run ends: failing, draining what is in flight, undoing, the result.
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "engine/machine_step.h"

namespace signalbox::engine {

Value finishPayload(const RunState& state) {
    ObjectBuilder payload;
    payload.set("status", runStatusName(state.outcome));
    if (state.outputs.isDefined()) payload.set("outputs", state.outputs);
    if (state.error.isDefined()) payload.set("error", state.error);
    if (!state.errorNode.empty()) payload.set("node", state.errorNode);
    if (state.compensated > 0) payload.set("compensated", Value(state.compensated));
    if (!state.compensationErrors.empty()) payload.set("compensationErrors", state.compensationErrors);
    return std::move(payload).build();
}

void MachineStep::failRun(NodeIndex node, Value error) {
    if (s_.phase != RunPhase::Running) return;
    s_.error = std::move(error);
    s_.errorNode = plan_.nodes[node].id;
    drain(RunStatus::Failed);
}

void MachineStep::drain(RunStatus outcome) {
    s_.outcome = outcome;
    s_.phase = RunPhase::Draining;
    s_.work.clear();
    s_.held.clear();
    for (NodeIndex i = 0; i < plan_.nodes.size(); ++i) {
        NodeState& node = s_.nodes[i];
        const NodeStatus status = node.status;
        const bool running = status == NodeStatus::Running;
        if (!running && status != NodeStatus::Ready && status != NodeStatus::Backoff && status != NodeStatus::Waiting)
            continue;
        if (running && node.map) {
            MapState& map = *node.map;
            std::uint32_t inFlight = 0;
            for (std::uint32_t k = 0; k < map.next; ++k) {
                if (map.states[k].status != NodeStatus::Running) continue;
                ++inFlight;
                out_.push_back({.kind = Command::Kind::CancelTask,
                                .node = i,
                                .item = k,
                                .generation = node.generation,
                                .attempt = map.states[k].attempt});
            }
            map.running = inFlight;
            if (inFlight > 0 && changesTheWorld(plan_.nodes[i])) continue;
            for (ItemState& item : map.states) {
                if (item.status != NodeStatus::Succeeded && item.status != NodeStatus::Failed)
                    item.status = NodeStatus::Cancelled;
            }
        } else if (running) {
            out_.push_back(
                {.kind = Command::Kind::CancelTask, .node = i, .generation = node.generation, .attempt = node.attempt});
            if (changesTheWorld(plan_.nodes[i])) continue;
        }
        leaveActive(i);
        if (plan_.nodes[i].manifest->behaviour == Behaviour::WaitForSignal) node.error = Value::undefined();
        node.finishedWall = r_.wall;
        setStatus(i, NodeStatus::Cancelled);
    }
    if (s_.active == 0) return drained();
    out_.push_back({.kind = Command::Kind::ArmTimer, .timer = TimerKind::Drain, .delay = s_.drainGrace});
}

void MachineStep::endDrainWhenIdle() {
    if (s_.active == 0) drained();
}

void MachineStep::drained() {
    // Whoever did not answer within the grace is given up: a late result will be refused.
    for (NodeIndex i = 0; s_.active > 0 && i < plan_.nodes.size(); ++i) {
        if (s_.nodes[i].status != NodeStatus::Running) continue;
        leaveActive(i);
        setStatus(i, NodeStatus::Cancelled);
    }
    const bool undo = s_.outcome == RunStatus::Failed || s_.outcome == RunStatus::Cancelled;
    if (!undo || s_.completions.empty()) return finish();
    s_.phase = RunPhase::Compensating;
    compensateNext();
}

/// Nothing is undone and nobody waited for: what is in flight is given up, and its late result will be refused.
void MachineStep::terminate() {
    s_.completions.clear();
    const bool undoes = s_.phase == RunPhase::Compensating;
    if (s_.phase == RunPhase::Running) drain(RunStatus::Cancelled);
    for (NodeIndex i = 0; s_.active > 0 && i < plan_.nodes.size(); ++i) {
        const NodeState& node = s_.nodes[i];
        if (node.status != NodeStatus::Running && node.status != NodeStatus::Backoff) continue;
        // Otherwise it was told when the run began to end.
        if (undoes && node.status == NodeStatus::Running) {
            out_.push_back(
                {.kind = Command::Kind::CancelTask, .node = i, .generation = node.generation, .attempt = node.attempt});
        }
        leaveActive(i);
        setStatus(i, NodeStatus::Cancelled);
    }
    finish();
}

void MachineStep::compensateNext() {
    if (s_.completions.empty()) return finish();
    const Completion last = s_.completions.back();
    const NodeIndex handler = plan_.nodes[last.node].compensatedBy;
    NodeState& state = s_.nodes[handler];
    const std::uint32_t generation = state.status == NodeStatus::Pending ? 0 : state.generation + 1;
    state = NodeState{};
    state.generation = generation;
    ++s_.active;
    state.startedWall = r_.wall;
    state.startedMonotonic = r_.monotonic;
    startTask(handler);
}

void MachineStep::compensationEnded(NodeIndex handler, Value error) {
    NodeState& state = s_.nodes[handler];
    const std::string undone = plan_.nodes[s_.completions.back().node].id;
    if (state.status == NodeStatus::Running || state.status == NodeStatus::Backoff) leaveActive(handler);
    state.finishedWall = r_.wall;
    if (error.isUndefined()) {
        state.outputs = r_.payload;
        ++s_.compensated;
        setStatus(handler, NodeStatus::Succeeded);
    } else {
        std::vector<Value> errors(s_.compensationErrors.items().begin(), s_.compensationErrors.items().end());
        errors.push_back(error.with("where", undone));
        s_.compensationErrors = Value::array(std::move(errors));
        state.error = error;
        if (state.status != NodeStatus::Failed) setStatus(handler, NodeStatus::Failed, error);
    }
    s_.completions.pop_back();
    compensateNext();
}

Value MachineStep::collectOutputs() const {
    ObjectBuilder outputs;
    for (const OutputDecl& output : plan_.document.outputs) {
        const NodeIndex node = plan_.indexOf(output.from.node);
        if (node == kNone) continue;
        const Value& value =
            output.from.port == kErrorPort ? s_.nodes[node].error : s_.nodes[node].outputs[output.from.port];
        if (value.isDefined()) outputs.set(output.name, value);
    }
    return std::move(outputs).build();
}

void MachineStep::finish() {
    if (s_.finishRequested) return;
    s_.finishRequested = true;
    if (s_.outcome == RunStatus::Succeeded && s_.outputs.isUndefined()) s_.outputs = collectOutputs();
    out_.push_back({.kind = Command::Kind::Finish, .payload = finishPayload(s_)});
}

}  // namespace signalbox::engine
