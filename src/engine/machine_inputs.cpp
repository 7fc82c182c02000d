// What a node is given: values on its ports, parameters, seeds and keys; and what a new owner has to take up.
#include <algorithm>

#include <fmt/format.h>

#include "base/json.h"
#include "engine/machine.h"
#include "engine/machine_step.h"

namespace signalbox::engine {

namespace {

/// Replaces what an RFC 6901 pointer names. The place exists: it was found in the same value.
Value withPointer(const Value& root, std::string_view pointer, const Value& value) {
    if (pointer.empty()) return value;
    const auto slash = pointer.find('/', 1);
    std::string key(pointer.substr(1, slash == std::string_view::npos ? std::string_view::npos : slash - 1));
    const std::string_view rest = slash == std::string_view::npos ? std::string_view{} : pointer.substr(slash);
    for (std::size_t at = 0; (at = key.find('~', at)) != std::string::npos; ++at) {
        key.replace(at, 2, key.compare(at, 2, "~1") == 0 ? "/" : "~");
    }
    if (root.isObject()) return root.with(key, withPointer(root[key], rest, value));
    std::vector<Value> items(root.items().begin(), root.items().end());
    const auto index = static_cast<std::size_t>(std::strtoull(key.c_str(), nullptr, 10));
    if (index < items.size()) items[index] = withPointer(items[index], rest, value);
    return Value::array(std::move(items));
}

struct PortValues {
    Value single = Value::undefined();
    std::vector<Value> many;
    bool any = false;
};

void place(PortValues& port, const PortDecl& decl, Value value) {
    port.any = true;
    if (decl.many)
        port.many.push_back(std::move(value));
    else
        port.single = std::move(value);
}

const Value& edgeValue(const RunState& state, const PlanEdge& edge) {
    const NodeState& source = state.nodes[edge.from];
    return edge.kind == EdgeKind::Error ? source.error : source.outputs[edge.fromPort];
}

/// A compensation gets what the undone node had given.
Value compensationInput(const Plan& plan, const RunState& state, const PlanNode& node) {
    if (node.manifest->inputs.empty() || state.completions.empty()) return Value::object();
    const Completion& undone = state.completions.back();
    const auto& ports = plan.nodes[undone.node].manifest->outputs;
    const Value& given = ports.empty() ? undone.outputs : undone.outputs[ports.front().name];
    return Value::object({{node.manifest->inputs.front().name, given.isDefined() ? given : Value()}});
}

}  // namespace

Result<Value> gatherInputs(const Plan& plan, const RunState& state, NodeIndex index) {
    const PlanNode& node = plan.nodes[index];
    const auto& ports = node.manifest->inputs;
    if (node.isCompensation) return compensationInput(plan, state, node);
    if (ports.empty()) return Value::object();
    std::vector<PortValues> values(ports.size());
    const auto put = [&](std::uint16_t port, const Value& value) {
        if (port < ports.size() && value.isDefined()) place(values[port], ports[port], value);
    };
    for (const EdgeIndex e : node.inputIn) put(plan.edges[e].toPort, state.inputs[plan.edges[e].fromPort]);
    for (const EdgeIndex e : node.in) {
        if (state.edges[e] == EdgeState::Delivered) put(plan.edges[e].toPort, edgeValue(state, plan.edges[e]));
    }
    // What a loop carries back comes after what entered it, and on a single-value port in its place.
    for (const EdgeIndex e : node.loopIn) put(plan.edges[e].toPort, state.loops[plan.edges[e].loop].carried);
    std::vector<Member> members;
    members.reserve(ports.size());
    for (std::size_t i = 0; i < ports.size(); ++i) {
        if (!values[i].any) continue;
        if (ports[i].many) {
            members.emplace_back(ports[i].name, Value::array(std::move(values[i].many)));
            continue;
        }
        if (!ports[i].type.admits(values[i].single)) {
            return fail("node.input-type",
                        fmt::format("A value of type {} arrived where {} is expected",
                                    kindName(values[i].single.kind()), ports[i].type.toString()),
                        node.id + "." + ports[i].name);
        }
        members.emplace_back(ports[i].name, std::move(values[i].single));
    }
    for (const auto& [port, schema] : node.inputSchemas) {
        const auto& name = ports[port].name;
        const auto member =
            std::find_if(members.begin(), members.end(), [&](const Member& m) { return m.first == name; });
        if (member == members.end()) continue;
        const auto violations = schema.validate(member->second);
        if (violations.empty()) continue;
        const std::string place = violations.front().pointer.empty() ? "the value" : violations.front().pointer;
        return fail("node.input-schema", fmt::format("{} {}", place, violations.front().message),
                    node.id + "." + ports[port].name);
    }
    return Value::object(std::move(members));
}

Result<Value> resolveParams(const PlanNode& node, bool item, const Value& inputs, const Value& runInputs, Micros wall,
                            std::uint64_t seed) {
    const auto& expressions = item ? node.map->itemParamExpressions : node.paramExpressions;
    Value params = item ? node.map->itemParams : node.params;
    if (expressions.empty()) return params;
    expr::Environment environment;
    environment.wallNow = wall;
    environment.randomSeed = seed;
    environment.variables = {{"input", inputs}, {"inputs", runInputs}};
    const Value context = Value::object({{"input", inputs}, {"inputs", runInputs}});
    for (const auto& [pointer, expression] : expressions) {
        auto value = expression.evaluate(context, environment);
        if (!value) {
            return fail("node.parameter",
                        fmt::format("The expression of parameter {} failed: {}", pointer, value.error().message),
                        node.id + pointer, value.error().where);
        }
        params = withPointer(params, pointer, value->isDefined() ? *value : Value());
    }
    return params;
}

std::uint64_t placeSeed(std::uint64_t seed, std::uint32_t node, std::uint32_t item, std::uint32_t generation,
                        std::uint32_t attempt) {
    // Each part goes through SplitMix64's finaliser, so that neighbours give unrelated numbers.
    std::uint64_t hash = seed;
    for (const std::uint64_t part :
         {std::uint64_t{node}, std::uint64_t{item}, std::uint64_t{generation}, std::uint64_t{attempt}}) {
        hash = SeededRandom(hash ^ (part + 0x9e3779b97f4a7c15ULL)).next();
    }
    return hash;
}

std::string stepKey(RunId run, const std::string& nodeId, std::uint32_t generation, std::uint32_t item) {
    std::string key = run.toString() + "/" + nodeId + "/" + std::to_string(generation);
    if (item != kNoItem) key += "/" + std::to_string(item);
    return key;
}

namespace {

void outstandingMap(const PlanNode& plan, const NodeState& node, NodeIndex index, const auto& left,
                    Commands& commands) {
    for (std::uint32_t i = 0; i < node.map->next; ++i) {
        const ItemState& item = node.map->states[i];
        Command command{.node = index, .item = i, .generation = node.generation, .attempt = item.attempt};
        if (item.status == NodeStatus::Running) {
            command.kind = Command::Kind::StartTask;
            commands.push_back(command);
            if (plan.attemptTimeout > 0) {
                command.kind = Command::Kind::ArmTimer;
                command.timer = TimerKind::AttemptTimeout;
                command.delay = plan.attemptTimeout;
                commands.push_back(command);
            }
        } else if (item.status == NodeStatus::Backoff) {
            command.kind = Command::Kind::ArmTimer;
            command.timer = TimerKind::Retry;
            command.delay = left(item.dueWall, item.dueMonotonic);
            commands.push_back(command);
        }
    }
}

TimerKind waitTimer(const PlanNode& plan, NodeStatus status) {
    if (status == NodeStatus::Backoff) return TimerKind::Retry;
    switch (plan.manifest->behaviour) {
        case Behaviour::WaitForSignal:
            return TimerKind::SignalTimeout;
        case Behaviour::Approval:
            return TimerKind::ApprovalExpiry;
        default:
            return TimerKind::Delay;
    }
}

}  // namespace

void outstanding(const Plan& plan, const RunState& state, Micros wallNow, Micros monotonicNow, const std::string& boot,
                 Commands& commands) {
    const auto left = [&](Micros dueWall, Micros dueMonotonic) {
        const Micros span = state.boot == boot ? dueMonotonic - monotonicNow : dueWall - wallNow;
        return std::max<Micros>(0, span);
    };
    for (NodeIndex i = 0; i < state.nodes.size(); ++i) {
        const NodeState& node = state.nodes[i];
        const PlanNode& planNode = plan.nodes[i];
        const bool open = node.status == NodeStatus::Running || node.status == NodeStatus::Backoff ||
                          node.status == NodeStatus::Waiting;
        if (!open) continue;
        Command command{.node = i, .generation = node.generation, .attempt = node.attempt};
        if (planNode.totalTimeout > 0 && state.phase == RunPhase::Running) {
            command.kind = Command::Kind::ArmTimer;
            command.timer = TimerKind::TotalTimeout;
            command.delay =
                left(node.startedWall + planNode.totalTimeout, node.startedMonotonic + planNode.totalTimeout);
            commands.push_back(command);
        }
        if (node.map) {
            outstandingMap(planNode, node, i, left, commands);
        } else if (node.status == NodeStatus::Running) {
            command.kind = Command::Kind::StartTask;
            commands.push_back(command);
            if (planNode.attemptTimeout > 0) {
                command.kind = Command::Kind::ArmTimer;
                command.timer = TimerKind::AttemptTimeout;
                command.delay = planNode.attemptTimeout;
                commands.push_back(command);
            }
        } else if (node.dueWall != 0) {
            command.kind = Command::Kind::ArmTimer;
            command.timer = waitTimer(planNode, node.status);
            command.delay = left(node.dueWall, node.dueMonotonic);
            commands.push_back(command);
        }
    }
    if (state.phase == RunPhase::Draining) {
        commands.push_back({.kind = Command::Kind::ArmTimer, .timer = TimerKind::Drain, .delay = state.drainGrace});
    }
    if (state.finishRequested) {
        // The run was over but for its last record.
        commands.push_back({.kind = Command::Kind::Finish, .payload = finishPayload(state)});
    }
}

}  // namespace signalbox::engine
