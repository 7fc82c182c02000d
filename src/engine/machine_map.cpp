// MapNode: one step for each item of an array, some at a time.
#include <utility>

#include <fmt/format.h>

#include "engine/machine_step.h"

namespace signalbox::engine {

void MachineStep::startMap(NodeIndex index) {
    auto inputs = gatherInputs(plan_, s_, index);
    if (!inputs) return attemptFailed(index, kNoItem, errorToValue(inputs.error()), true);
    const Value items = (*inputs)["items"];
    if (!items.isArray()) {
        return attemptFailed(
            index, kNoItem,
            errorToValue({"node.input-type",
                          fmt::format("The items are of type {}, not an array", kindName(items.kind())),
                          plan_.nodes[index].id + ".items",
                          {},
                          false}),
            true);
    }
    NodeState& state = s_.nodes[index];
    state.map = std::make_unique<MapState>();
    state.map->items = items;
    state.map->states.resize(items.size());
    setStatus(index, NodeStatus::Running);
    startItems(index);
    finishMapWhenDone(index);
}

void MachineStep::startItems(NodeIndex index) {
    MapState& map = *s_.nodes[index].map;
    while (!s_.paused && map.running < plan_.nodes[index].map->concurrency && map.next < map.states.size()) {
        ++map.running;
        startItem(index, map.next++);
    }
    if (s_.paused && map.next < map.states.size()) s_.held.push_back(index);
}

void MachineStep::startItem(NodeIndex index, std::uint32_t item) {
    NodeState& node = s_.nodes[index];
    ItemState& state = node.map->states[item];
    state.status = NodeStatus::Running;
    state.startedDurably = false;
    ++state.attempt;
    out_.push_back({.kind = Command::Kind::StartTask,
                    .node = index,
                    .item = item,
                    .generation = node.generation,
                    .attempt = state.attempt});
    const Micros timeout = plan_.nodes[index].attemptTimeout;
    if (timeout > 0) armTimer(index, item, TimerKind::AttemptTimeout, timeout);
}

void MachineStep::itemSucceeded(NodeIndex index, std::uint32_t item, const Value& outputs) {
    MapState& map = *s_.nodes[index].map;
    ItemState& state = map.states[item];
    state.status = NodeStatus::Succeeded;
    // An item's result is what the inner node leaves on its first output, or a child run's outputs as a whole.
    const NodeManifest* inner = plan_.nodes[index].map->itemManifest;
    const Value& first = inner && !inner->outputs.empty() ? outputs[inner->outputs.front().name] : outputs;
    state.output = first.isDefined() ? first : Value();
    state.error = Value::undefined();
    --map.running;
    ++map.done;
    out_.push_back({.kind = Command::Kind::NodeChanged,
                    .status = NodeStatus::Succeeded,
                    .node = index,
                    .item = item,
                    .generation = s_.nodes[index].generation,
                    .attempt = state.attempt,
                    .took = r_.took});
    if (s_.phase == RunPhase::Draining) {
        if (map.running == 0) {
            leaveActive(index);
            setStatus(index, NodeStatus::Cancelled);
            endDrainWhenIdle();
        }
        return;
    }
    startItems(index);
    finishMapWhenDone(index);
}

void MachineStep::itemFailedForGood(NodeIndex index, std::uint32_t item, Value error) {
    NodeState& node = s_.nodes[index];
    MapState& map = *node.map;
    ItemState& state = map.states[item];
    state.status = NodeStatus::Failed;
    state.error = error;
    --map.running;
    ++map.done;
    out_.push_back({.kind = Command::Kind::NodeChanged,
                    .status = NodeStatus::Failed,
                    .node = index,
                    .item = item,
                    .generation = node.generation,
                    .attempt = state.attempt,
                    .took = r_.took,
                    .payload = error});
    if (s_.phase == RunPhase::Draining) {
        if (map.running == 0) {
            leaveActive(index);
            setStatus(index, NodeStatus::Cancelled);
            endDrainWhenIdle();
        }
        return;
    }
    if (plan_.nodes[index].map->onItemError == ItemErrorPolicy::Fail) {
        cancelItems(index);
        nodeFailedForGood(index, error.with("where", fmt::format("{}[{}]", plan_.nodes[index].id, item)));
        return;
    }
    startItems(index);
    finishMapWhenDone(index);
}

void MachineStep::cancelItems(NodeIndex index) {
    NodeState& node = s_.nodes[index];
    for (std::uint32_t i = 0; i < node.map->next; ++i) {
        ItemState& item = node.map->states[i];
        if (item.status == NodeStatus::Running) {
            out_.push_back({.kind = Command::Kind::CancelTask,
                            .node = index,
                            .item = i,
                            .generation = node.generation,
                            .attempt = item.attempt});
        }
        if (item.status == NodeStatus::Running || item.status == NodeStatus::Backoff)
            item.status = NodeStatus::Cancelled;
    }
    node.map->running = 0;
}

void MachineStep::finishMapWhenDone(NodeIndex index) {
    const MapState& map = *s_.nodes[index].map;
    if (map.done < map.states.size()) return;
    const ItemErrorPolicy policy = plan_.nodes[index].map->onItemError;
    ArrayBuilder output;
    ArrayBuilder errors;
    output.reserve(map.states.size());
    for (std::uint32_t i = 0; i < map.states.size(); ++i) {
        const ItemState& item = map.states[i];
        if (item.status == NodeStatus::Succeeded) {
            output.push(item.output);
            continue;
        }
        if (policy == ItemErrorPolicy::Null) output.push(Value());
        if (policy == ItemErrorPolicy::Collect) {
            errors.push(Value::object({{"index", Value(i)}, {"item", map.items.at(i)}, {"error", item.error}}));
        }
    }
    complete(index, Value::object({{"output", std::move(output).build()}, {"errors", std::move(errors).build()}}));
}

}  // namespace signalbox::engine
