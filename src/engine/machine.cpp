#include "engine/machine.h"

#include <fmt/format.h>

#include "engine/machine_step.h"

namespace signalbox::engine {

namespace {

constexpr int kMaxLostAttempts = 3;

/// Whether a result (or the loss) of an attempt at (node, item) still counts.
bool attemptIsCurrent(const RunState& state, const Record& record) {
    if (record.node >= state.nodes.size()) return false;
    const NodeState& node = state.nodes[record.node];
    if (node.generation != record.generation) return false;
    if (record.item == kNoItem) {
        return !node.map && node.status == NodeStatus::Running && node.attempt == record.attempt;
    }
    if (!node.map || record.item >= node.map->states.size()) return false;
    if (node.status != NodeStatus::Running) return false;
    const ItemState& item = node.map->states[record.item];
    return item.status == NodeStatus::Running && item.attempt == record.attempt;
}

bool retryTimerIsCurrent(const NodeState& node, const Record& record) {
    if (record.item == kNoItem) return node.status == NodeStatus::Backoff && node.attempt == record.attempt;
    if (!node.map || record.item >= node.map->states.size()) return false;
    const ItemState& item = node.map->states[record.item];
    return item.status == NodeStatus::Backoff && item.attempt == record.attempt;
}

Acceptance acceptsTimer(const Plan& plan, const RunState& state, const Record& record) {
    const auto kind = static_cast<TimerKind>(record.payload.asInteger());
    if (kind == TimerKind::Drain) return state.phase == RunPhase::Draining ? Acceptance::Accepted : Acceptance::Late;
    if (record.node >= state.nodes.size()) return Acceptance::Late;
    const NodeState& node = state.nodes[record.node];
    if (node.generation != record.generation) return Acceptance::Late;
    const Behaviour behaviour = plan.nodes[record.node].manifest->behaviour;
    const bool waiting = node.status == NodeStatus::Waiting;
    bool current = false;
    switch (kind) {
        case TimerKind::Retry:
            current = retryTimerIsCurrent(node, record);
            break;
        case TimerKind::Delay:
            current = waiting && behaviour == Behaviour::Delay;
            break;
        case TimerKind::SignalTimeout:
            current = waiting && behaviour == Behaviour::WaitForSignal;
            break;
        case TimerKind::ApprovalExpiry:
            current = waiting && behaviour == Behaviour::Approval;
            break;
        case TimerKind::AttemptTimeout:
            current = attemptIsCurrent(state, record);
            break;
        case TimerKind::TotalTimeout:
            current = node.status == NodeStatus::Running || node.status == NodeStatus::Backoff || waiting;
            break;
        case TimerKind::Drain:
            break;
    }
    return current ? Acceptance::Accepted : Acceptance::Late;
}

}  // namespace

Acceptance accepts(const Plan& plan, const RunState& state, const Record& record) {
    if (record.kind == RecordKind::RunStarted) {
        return state.phase == RunPhase::NotStarted ? Acceptance::Accepted : Acceptance::WrongState;
    }
    if (state.phase == RunPhase::NotStarted || state.phase == RunPhase::Ended) return Acceptance::WrongState;
    switch (record.kind) {
        case RecordKind::NodeReused:
            return state.reuseLeft > 0 ? Acceptance::Accepted : Acceptance::WrongState;
        case RecordKind::NodeStarted:
        case RecordKind::NodeSucceeded:
        case RecordKind::NodeFailed:
        case RecordKind::AttemptLost:
            return attemptIsCurrent(state, record) ? Acceptance::Accepted : Acceptance::Late;
        case RecordKind::TimerFired:
            return acceptsTimer(plan, state, record);
        case RecordKind::ApprovalDecided:
            return record.node < state.nodes.size() && state.nodes[record.node].status == NodeStatus::Waiting &&
                           plan.nodes[record.node].manifest->behaviour == Behaviour::Approval
                       ? Acceptance::Accepted
                       : Acceptance::WrongState;
        case RecordKind::CancelRequested:
            if (state.phase == RunPhase::Draining || state.phase == RunPhase::Compensating) {
                return record.payload["terminate"].asBoolean() && !state.finishRequested ? Acceptance::Accepted
                                                                                         : Acceptance::WrongState;
            }
            [[fallthrough]];
        case RecordKind::PauseRequested:
        case RecordKind::ResumeRequested:
        case RecordKind::SignalReceived:
            return state.phase == RunPhase::Running ? Acceptance::Accepted : Acceptance::WrongState;
        case RecordKind::RunFinished:
            return state.finishRequested ? Acceptance::Accepted : Acceptance::WrongState;
        case RecordKind::Recovered:
            return Acceptance::Accepted;
        case RecordKind::RunStarted:
            break;
    }
    return Acceptance::WrongState;
}

void apply(const Plan& plan, RunState& state, const Record& record, Commands& commands) {
    state.lastSeq = record.seq;
    MachineStep step(plan, state, record, commands);
    switch (record.kind) {
        case RecordKind::RunStarted:
            step.runStarted();
            break;
        case RecordKind::NodeReused:
            step.nodeReused();
            break;
        case RecordKind::NodeStarted:
            step.nodeStarted();
            break;
        case RecordKind::NodeSucceeded:
            step.nodeSucceeded();
            break;
        case RecordKind::NodeFailed:
            step.nodeFailed();
            break;
        case RecordKind::TimerFired:
            step.timerFired();
            break;
        case RecordKind::SignalReceived:
            step.signalReceived();
            break;
        case RecordKind::ApprovalDecided:
            step.approvalDecided();
            break;
        case RecordKind::CancelRequested:
            step.cancelRequested();
            break;
        case RecordKind::PauseRequested:
            step.pauseRequested();
            break;
        case RecordKind::ResumeRequested:
            step.resumeRequested();
            break;
        case RecordKind::Recovered:
            state.token = record.token;
            state.boot = record.payload["boot"].asString();
            break;
        case RecordKind::AttemptLost:
            step.attemptLost();
            break;
        case RecordKind::RunFinished:
            step.runFinished();
            break;
    }
    step.settleAll();
}

void MachineStep::runStarted() {
    s_.run = r_.run;
    s_.token = r_.token;
    s_.start = r_.payload;
    s_.inputs = r_.payload["inputs"];
    s_.seed = static_cast<std::uint64_t>(r_.payload["seed"].asInteger());
    s_.boot = r_.payload["boot"].asString();
    s_.reuseLeft = static_cast<std::uint32_t>(r_.payload["reuse"].asInteger());
    if (r_.payload["drainGrace"].isInteger()) s_.drainGrace = r_.payload["drainGrace"].asInteger();
    s_.nodes.resize(plan_.nodes.size());
    s_.edges.assign(plan_.edges.size(), EdgeState::Unresolved);
    s_.loops.resize(plan_.loops.size());
    for (std::size_t i = 0; i < plan_.nodes.size(); ++i) {
        s_.nodes[i].pendingIn = static_cast<std::uint32_t>(plan_.nodes[i].in.size());
    }
    s_.phase = RunPhase::Running;
    if (s_.reuseLeft == 0) begin();
}

void MachineStep::nodeReused() {
    NodeState& node = s_.nodes[r_.node];
    node.status = NodeStatus::Reused;
    node.outputs = r_.payload;
    node.finishedWall = r_.wall;
    if (--s_.reuseLeft == 0) begin();
}

void MachineStep::begin() {
    for (NodeIndex i = 0; i < plan_.nodes.size(); ++i) {
        const PlanNode& node = plan_.nodes[i];
        if (node.isCompensation || s_.nodes[i].pendingIn > 0) continue;
        decide(i);
    }
}

void MachineStep::nodeStarted() {
    NodeState& node = s_.nodes[r_.node];
    if (r_.item == kNoItem) {
        node.startedDurably = true;
    } else {
        node.map->states[r_.item].startedDurably = true;
    }
}

void MachineStep::nodeSucceeded() {
    if (r_.item != kNoItem) {
        itemSucceeded(r_.node, r_.item, r_.payload);
    } else if (s_.phase == RunPhase::Compensating) {
        compensationEnded(r_.node, Value::undefined());
    } else {
        complete(r_.node, r_.payload);
    }
}

void MachineStep::nodeFailed() { attemptFailed(r_.node, r_.item, r_.payload, false); }

void MachineStep::attemptLost() {
    NodeState& node = s_.nodes[r_.node];
    std::uint8_t& lost = r_.item == kNoItem ? node.lost : node.map->states[r_.item].lost;
    if (++lost >= kMaxLostAttempts) {
        attemptFailed(
            r_.node, r_.item,
            errorToValue({"engine.attempt-lost",
                          fmt::format("The program ended {} times while this step was running", lost),
                          plan_.nodes[r_.node].id, "Look for a step that crashes or exhausts the machine", false}),
            true);
        return;
    }
    if (r_.item != kNoItem) {
        startItem(r_.node, r_.item);
    } else {
        startTask(r_.node);
    }
}

void MachineStep::timerFired() {
    const auto kind = static_cast<TimerKind>(r_.payload.asInteger());
    const auto fail = [this](std::string code, std::string message, bool retryable, bool final) {
        attemptFailed(r_.node, r_.item,
                      errorToValue({std::move(code), std::move(message), plan_.nodes[r_.node].id, {}, retryable}),
                      final);
    };
    const auto cancelTask = [this] {
        out_.push_back({.kind = Command::Kind::CancelTask,
                        .node = r_.node,
                        .item = r_.item,
                        .generation = r_.generation,
                        .attempt = r_.attempt});
    };
    switch (kind) {
        case TimerKind::Retry:
            if (s_.paused) {
                s_.held.push_back(r_.node);
                if (r_.item != kNoItem) {
                    s_.nodes[r_.node].map->states[r_.item].status = NodeStatus::Ready;
                } else {
                    --s_.waiting;
                    setStatus(r_.node, NodeStatus::Ready);
                }
            } else if (r_.item != kNoItem) {
                startItem(r_.node, r_.item);
            } else {
                startTask(r_.node);
            }
            break;
        case TimerKind::Delay:
            complete(r_.node, onOutput(gatherInputs(plan_, s_, r_.node).value_or(Value::object())["input"]));
            break;
        case TimerKind::AttemptTimeout:
            cancelTask();
            fail("node.attempt-timeout", "The attempt took longer than its timeout", true, false);
            break;
        case TimerKind::TotalTimeout:
            if (s_.nodes[r_.node].map)
                cancelItems(r_.node);
            else if (s_.nodes[r_.node].status == NodeStatus::Running)
                cancelTask();
            nodeFailedForGood(r_.node, errorToValue({"node.total-timeout",
                                                     "The node took longer than its total timeout",
                                                     plan_.nodes[r_.node].id,
                                                     {},
                                                     false}));
            break;
        case TimerKind::SignalTimeout:
            fail("signal.timeout", "No signal arrived in time", false, true);
            break;
        case TimerKind::ApprovalExpiry:
            fail("approval.expired", "Nobody decided in time", false, true);
            break;
        case TimerKind::Drain:
            drained();
            break;
    }
}

void MachineStep::signalReceived() {
    const auto name = r_.payload["name"].asString();
    for (NodeIndex i = 0; i < plan_.nodes.size(); ++i) {
        const NodeState& node = s_.nodes[i];
        if (node.status != NodeStatus::Waiting || plan_.nodes[i].manifest->behaviour != Behaviour::WaitForSignal)
            continue;
        if (node.error.asString() != name) continue;  // the awaited name is kept there while waiting
        complete(i, onOutput(r_.payload["value"]));
        return;
    }
    s_.signals[std::string(name)].push_back(r_.payload["value"]);
}

void MachineStep::approvalDecided() {
    const bool approved = r_.payload["approved"].asBoolean();
    const Value inputs = gatherInputs(plan_, s_, r_.node).value_or(Value::object());
    ObjectBuilder decision;
    decision.set("by", r_.payload["by"]).set("comment", r_.payload["comment"]).set("at", formatTimestamp(r_.wall));
    decision.set("input", inputs["input"].isDefined() ? inputs["input"] : Value());
    complete(r_.node, Value::object({{approved ? "approved" : "rejected", std::move(decision).build()}}));
}

void MachineStep::cancelRequested() {
    const bool terminates = r_.payload["terminate"].asBoolean();
    if (s_.phase == RunPhase::Running) {
        s_.error =
            errorToValue({terminates ? "run.terminated" : "run.cancelled",
                          fmt::format("{} by {}", terminates ? "Terminated" : "Cancelled", r_.payload["by"].asString()),
                          {},
                          std::string(r_.payload["reason"].asString()),
                          false});
    }
    if (terminates) return terminate();
    drain(RunStatus::Cancelled);
}

void MachineStep::pauseRequested() { s_.paused = true; }

void MachineStep::resumeRequested() {
    s_.paused = false;
    std::vector<NodeIndex> held;
    held.swap(s_.held);
    for (const NodeIndex node : held) {
        if (s_.phase != RunPhase::Running) break;
        if (s_.nodes[node].map) {
            MapState& map = *s_.nodes[node].map;
            for (std::uint32_t i = 0; i < map.next; ++i) {
                if (map.states[i].status == NodeStatus::Ready) startItem(node, i);
            }
            startItems(node);
        } else if (s_.nodes[node].status == NodeStatus::Ready) {
            // A node that had begun before the pause was only waiting to try again.
            if (s_.nodes[node].attempt > 0 && s_.nodes[node].startedWall != 0)
                startTask(node);
            else
                startNode(node);
        }
    }
}

void MachineStep::runFinished() {
    s_.phase = RunPhase::Ended;
    s_.finishRequested = false;
}

Result<RunState> replay(const Plan& plan, const std::vector<Record>& journal) {
    RunState state;
    Commands commands;
    for (const Record& record : journal) {
        if (record.seq != state.lastSeq + 1) {
            return fail("journal.gap", fmt::format("Record {} follows record {}", record.seq, state.lastSeq),
                        record.run.toString());
        }
        if (accepts(plan, state, record) != Acceptance::Accepted) {
            return fail(
                "journal.refused",
                fmt::format("Record {} ({}) does not fit the run's state", record.seq, recordKindName(record.kind)),
                record.run.toString());
        }
        commands.clear();
        apply(plan, state, record, commands);
    }
    return state;
}

}  // namespace signalbox::engine
