// Wires, joins and loops.
#include <algorithm>

#include <fmt/format.h>

#include "engine/machine_step.h"

namespace signalbox::engine {

namespace {

bool isSettled(NodeStatus status) { return status >= NodeStatus::Succeeded; }

const Value& portValue(const NodeState& node, const std::string& port) { return node.outputs[port]; }

bool inBody(const PlanLoop& loop, NodeIndex node) {
    return std::binary_search(loop.body.begin(), loop.body.end(), node);
}

std::string edgeName(const Plan& plan, const PlanEdge& edge) {
    const PlanNode& to = plan.nodes[edge.to];
    const std::string from = edge.from == kNone ? std::string(kInputsNode) : plan.nodes[edge.from].id;
    const std::string port =
        edge.toPort < to.manifest->inputs.size() ? to.manifest->inputs[edge.toPort].name : std::string("?");
    return fmt::format("{}.{} -> {}.{}", from, edge.fromPort, to.id, port);
}

}  // namespace

void MachineStep::settleAll() {
    while (!s_.work.empty()) {
        const NodeIndex node = s_.work.back();
        s_.work.pop_back();
        if (s_.phase != RunPhase::Running) continue;
        if (plan_.nodes[node].loopOut != kNone && closeLoop(node)) continue;
        resolveOut(node);
    }
    if (s_.phase == RunPhase::Running && s_.active == 0 && s_.reuseLeft == 0) {
        s_.outcome = RunStatus::Succeeded;
        finish();
    }
}

void MachineStep::resolveOut(NodeIndex node) {
    for (const EdgeIndex edge : plan_.nodes[node].out) {
        const LoopIndex exits = plan_.edges[edge].exitsLoop;
        if (exits != kNone && !s_.loops[exits].ended) continue;  // carried out when the loop has ended
        resolveEdge(edge);
        if (s_.phase != RunPhase::Running) return;
    }
}

bool MachineStep::conditionHolds(const PlanEdge& edge, EdgeIndex index, const Value& value, bool& broken) {
    const NodeState& source = s_.nodes[edge.from];
    expr::Environment environment;
    environment.wallNow = r_.wall;
    environment.randomSeed = placeSeed(s_.seed, index, kNoItem, source.generation, 0);
    environment.variables = {{"inputs", s_.inputs}, {"outputs", source.outputs}};
    auto result = edge.when->evaluate(value, environment);
    if (!result) {
        broken = true;
        Error error = result.error();
        failRun(edge.from, errorToValue({"edge.condition", "The condition on a wire failed: " + error.message,
                                         edgeName(plan_, edge), error.where, false}));
        return false;
    }
    return expr::truthy(*result);
}

void MachineStep::resolveEdge(EdgeIndex index) {
    const PlanEdge& edge = plan_.edges[index];
    const NodeState& source = s_.nodes[edge.from];
    bool delivered = false;
    if (edge.kind == EdgeKind::Error) {
        delivered = source.status == NodeStatus::Failed && source.routed;
        // An inferred wire stands for a row of the error table: it only carries the errors of its row.
        if (delivered && edge.inferred) {
            const ErrorRule* rule = errorRule(std::string(source.error["code"].asString()), ErrorRule::Action::Route);
            delivered = rule != nullptr && rule->to.node == plan_.nodes[edge.to].id;
        }
    } else {
        const Value& value = portValue(source, edge.fromPort);
        delivered = value.isDefined();
        if (delivered && edge.when) {
            bool broken = false;
            delivered = conditionHolds(edge, index, value, broken);
            if (broken) return;
        }
    }
    s_.edges[index] = delivered ? EdgeState::Delivered : EdgeState::Dead;
    NodeState& target = s_.nodes[edge.to];
    --target.pendingIn;
    if (delivered) ++target.deliveredIn;
    if (target.status == NodeStatus::Reused) {
        if (target.pendingIn == 0) decide(edge.to);
        return;
    }
    if (target.status != NodeStatus::Pending) return;
    const PlanNode& node = plan_.nodes[edge.to];
    const bool joinsAny =
        edge.inferred || (node.manifest->behaviour == Behaviour::Merge && node.mergeMode != MergeMode::WaitAll);
    if (delivered && joinsAny) {
        dispatch(edge.to);
    } else if (target.pendingIn == 0) {
        decide(edge.to);
    }
}

void MachineStep::decide(NodeIndex index) {
    const PlanNode& node = plan_.nodes[index];
    NodeState& state = s_.nodes[index];
    if (state.status == NodeStatus::Reused) {
        ++s_.done;
        settle(index);
        return;
    }
    if (state.status != NodeStatus::Pending) return;
    if (state.deliveredIn == node.in.size()) {
        dispatch(index);
        return;
    }
    const auto carried = [&](EdgeIndex e) { return s_.loops[plan_.edges[e].loop].carried.isDefined(); };
    const bool fromLoop = std::any_of(node.loopIn.begin(), node.loopIn.end(), carried);
    if (state.deliveredIn == 0 && !fromLoop) {
        skip(index);
        return;
    }
    // A required port whose every wire is dead leaves nothing to work on.
    const auto& ports = node.manifest->inputs;
    for (std::size_t port = 0; port < ports.size(); ++port) {
        if (!ports[port].required) continue;
        bool wired = false;
        bool fed = false;
        for (const EdgeIndex e : node.in) {
            if (plan_.edges[e].toPort != port) continue;
            wired = true;
            fed = fed || s_.edges[e] == EdgeState::Delivered;
        }
        for (const EdgeIndex e : node.loopIn) fed = fed || (plan_.edges[e].toPort == port && carried(e));
        for (const EdgeIndex e : node.inputIn) fed = fed || plan_.edges[e].toPort == port;
        if (wired && !fed) {
            skip(index);
            return;
        }
    }
    dispatch(index);
}

void MachineStep::skip(NodeIndex node) {
    ++s_.skipped;
    setStatus(node, NodeStatus::Skipped);
    settle(node);
}

bool MachineStep::closeLoop(NodeIndex tail) {
    const EdgeIndex edgeIndex = plan_.nodes[tail].loopOut;
    const PlanEdge& edge = plan_.edges[edgeIndex];
    const PlanLoop& loop = plan_.loops[edge.loop];
    LoopState& state = s_.loops[edge.loop];
    if (state.ended) return false;
    const NodeState& node = s_.nodes[tail];
    const Value value = portValue(node, edge.fromPort);
    ++state.passes;
    bool again = value.isDefined() && node.status != NodeStatus::Reused;
    if (again && edge.when) {
        bool broken = false;
        again = conditionHolds(edge, edgeIndex, value, broken);
        if (broken) return true;
    }
    if (again && loop.convergeWhen) {
        expr::Environment environment;
        environment.wallNow = r_.wall;
        environment.randomSeed = placeSeed(s_.seed, edgeIndex, kNoItem, state.passes, 0);
        environment.variables = {{"inputs", s_.inputs}, {"outputs", node.outputs}, {"iteration", Value(state.passes)}};
        auto converged = loop.convergeWhen->evaluate(value, environment);
        if (!converged) {
            const Error& error = converged.error();
            failRun(tail, errorToValue({"loop.condition", "The condition convergeWhen failed: " + error.message,
                                        edgeName(plan_, edge), error.where, false}));
            return true;
        }
        again = !expr::truthy(*converged);
    }
    if (again && static_cast<int>(state.passes) >= loop.maxIterations) {
        if (loop.convergeWhen && loop.failAtLimit) {
            failRun(tail, errorToValue({"loop.not-converged",
                                        fmt::format("The loop did not converge in {} passes", loop.maxIterations),
                                        edgeName(plan_, edge), "Raise maxIterations or check convergeWhen", false}));
            return true;
        }
        again = false;
    }
    if (!again) {
        endLoop(edge.loop);
        return false;
    }
    state.carried = value;
    resetBody(loop, edge.loop);
    return true;
}

void MachineStep::endLoop(LoopIndex index) {
    s_.loops[index].ended = true;
    for (const EdgeIndex edge : plan_.loops[index].exitEdges) {
        const NodeIndex from = plan_.edges[edge].from;
        // The tail's own wires are resolved by whoever settled it; those not settled yet come later by themselves.
        if (from == plan_.loops[index].tail || !isSettled(s_.nodes[from].status)) continue;
        if (s_.edges[edge] == EdgeState::Unresolved) resolveEdge(edge);
        if (s_.phase != RunPhase::Running) return;
    }
}

void MachineStep::resetBody(const PlanLoop& loop, LoopIndex index) {
    for (LoopIndex inner = 0; inner < plan_.loops.size(); ++inner) {
        if (inner == index || !inBody(loop, plan_.loops[inner].head) || !inBody(loop, plan_.loops[inner].tail))
            continue;
        if (plan_.loops[inner].body.size() >= loop.body.size()) continue;
        s_.loops[inner] = LoopState{};
    }
    // A settled node of the body may still stand in the work list: its wires are void now.
    std::erase_if(s_.work, [&](NodeIndex node) { return inBody(loop, node); });
    for (const NodeIndex node : loop.body) resetNode(node, loop);
    for (const NodeIndex node : loop.body) {
        if (s_.nodes[node].pendingIn == 0) decide(node);
    }
}

void MachineStep::resetNode(NodeIndex index, const PlanLoop& loop) {
    NodeState& state = s_.nodes[index];
    if (state.status == NodeStatus::Running) {
        if (state.map)
            cancelItems(index);
        else
            out_.push_back({.kind = Command::Kind::CancelTask,
                            .node = index,
                            .generation = state.generation,
                            .attempt = state.attempt});
    }
    if (!isSettled(state.status) && state.status != NodeStatus::Pending) leaveActive(index);
    switch (state.status) {
        case NodeStatus::Succeeded:
        case NodeStatus::Reused:
            --s_.done;
            break;
        case NodeStatus::Failed:
            --s_.failed;
            break;
        case NodeStatus::Skipped:
            --s_.skipped;
            break;
        default:
            break;
    }
    const std::uint32_t generation = state.generation + 1;
    state = NodeState{};
    state.generation = generation;
    for (const EdgeIndex e : plan_.nodes[index].in) {
        if (inBody(loop, plan_.edges[e].from)) {
            s_.edges[e] = EdgeState::Unresolved;
            ++state.pendingIn;
        } else if (s_.edges[e] == EdgeState::Unresolved) {
            ++state.pendingIn;
        } else if (s_.edges[e] == EdgeState::Delivered) {
            ++state.deliveredIn;
        }
    }
    setStatus(index, NodeStatus::Pending);
}

void MachineStep::cancelRaceLosers(NodeIndex merge) {
    for (const NodeIndex loser : plan_.nodes[merge].raceLosers) {
        NodeState& state = s_.nodes[loser];
        if (isSettled(state.status)) continue;
        if (state.status == NodeStatus::Running) {
            if (state.map)
                cancelItems(loser);
            else
                out_.push_back({.kind = Command::Kind::CancelTask,
                                .node = loser,
                                .generation = state.generation,
                                .attempt = state.attempt});
        }
        if (state.status != NodeStatus::Pending) leaveActive(loser);
        ++s_.skipped;
        setStatus(loser, NodeStatus::Cancelled);
    }
}

}  // namespace signalbox::engine
