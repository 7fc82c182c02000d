// The state of one run, as the journal's records make it.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/value.h"
#include "engine/events.h"
#include "engine/plan.h"
#include "engine/record.h"

namespace signalbox::engine {

enum class RunPhase : std::uint8_t {
    NotStarted,
    Running,
    Draining,      ///< the outcome is known; waiting for effectful attempts in flight
    Compensating,  ///< undoing what had succeeded, last first
    Ended,
};

/// One item of a MapNode.
struct ItemState {
    NodeStatus status = NodeStatus::Pending;
    std::uint8_t lost = 0;
    bool startedDurably = false;
    std::uint32_t attempt = 0;
    Micros dueWall = 0;  ///< Backoff: when to try again
    Micros dueMonotonic = 0;
    Value output = Value::undefined();
    Value error = Value::undefined();
    bool operator==(const ItemState&) const = default;
};

struct MapState {
    Value items;
    std::vector<ItemState> states;
    std::uint32_t next = 0;     ///< first item not started yet
    std::uint32_t running = 0;  ///< Running or Backoff
    std::uint32_t done = 0;
    bool operator==(const MapState&) const = default;
};

struct NodeState {
    NodeStatus status = NodeStatus::Pending;
    std::uint8_t lost = 0;        ///< attempts whose owner died
    bool startedDurably = false;  ///< the current attempt's NodeStarted is in the journal
    bool routed = false;          ///< failed, and the error left through the port "error"
    std::uint32_t generation = 0;
    std::uint32_t attempt = 0;
    std::uint32_t pendingIn = 0;  ///< wires that are neither delivered nor dead
    std::uint32_t deliveredIn = 0;
    Micros startedWall = 0;  ///< of the first attempt in this generation
    Micros startedMonotonic = 0;
    Micros finishedWall = 0;
    Micros dueWall = 0;  ///< Backoff and Waiting: when the timer fires; 0: none
    Micros dueMonotonic = 0;
    Value outputs = Value::undefined();
    Value error = Value::undefined();
    std::unique_ptr<MapState> map;

    bool operator==(const NodeState& other) const;
};

enum class EdgeState : std::uint8_t { Unresolved, Delivered, Dead };

struct LoopState {
    std::uint32_t passes = 0;  ///< completed
    bool ended = false;
    Value carried = Value::undefined();  ///< on its way back to the head
    bool operator==(const LoopState&) const = default;
};

/// A node that succeeded and has someone to undo it.
struct Completion {
    NodeIndex node = kNone;
    Value outputs;
    bool operator==(const Completion&) const = default;
};

/// Everything that apply() knows. Plain data without threads; equal journals give equal states.
struct RunState {
    RunId run;
    RunPhase phase = RunPhase::NotStarted;
    bool paused = false;
    std::uint64_t token = 0;
    std::uint64_t lastSeq = 0;
    std::uint64_t seed = 0;
    std::uint32_t reuseLeft = 0;  ///< NodeReused records still to come before the first node starts
    Micros drainGrace = 30'000'000;
    std::string boot;  ///< boot that the monotonic times belong to
    Value start;       ///< payload of RunStarted
    Value inputs;
    std::vector<NodeState> nodes;
    std::vector<EdgeState> edges;
    std::vector<LoopState> loops;
    std::vector<NodeIndex> held;                        ///< ready while paused
    std::map<std::string, std::vector<Value>> signals;  ///< received, not yet awaited
    std::vector<Completion> completions;
    std::uint32_t active = 0;   ///< nodes Ready, Running, Backoff or Waiting
    std::uint32_t waiting = 0;  ///< of these, Backoff or Waiting
    std::uint32_t done = 0;
    std::uint32_t failed = 0;
    std::uint32_t skipped = 0;
    RunStatus outcome = RunStatus::Running;
    Value outputs = Value::undefined();
    Value error = Value::undefined();
    std::string errorNode;
    Value compensationErrors = Value::array();
    std::uint32_t compensated = 0;
    bool finishRequested = false;  ///< the Finish command was given; RunFinished is due
    std::vector<NodeIndex> work;   ///< scratch of apply(); empty between records

    bool operator==(const RunState& other) const;
    /// What a list of runs shows.
    [[nodiscard]] RunStatus status() const;
};

}  // namespace signalbox::engine
