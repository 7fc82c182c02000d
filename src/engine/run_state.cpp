#include "engine/run_state.h"

#include <tuple>

namespace signalbox::engine {

bool NodeState::operator==(const NodeState& other) const {
    const auto plain = [](const NodeState& n) {
        return std::tie(n.status, n.lost, n.startedDurably, n.routed, n.generation, n.attempt, n.pendingIn,
                        n.deliveredIn, n.startedWall, n.startedMonotonic, n.finishedWall, n.dueWall, n.dueMonotonic,
                        n.outputs, n.error);
    };
    if (plain(*this) != plain(other)) return false;
    if (!map || !other.map) return !map && !other.map;
    return *map == *other.map;
}

bool RunState::operator==(const RunState& other) const {
    const auto plain = [](const RunState& s) {
        return std::tie(s.run, s.phase, s.paused, s.token, s.lastSeq, s.seed, s.reuseLeft, s.drainGrace, s.boot,
                        s.start, s.inputs, s.nodes, s.edges, s.loops, s.held, s.signals, s.completions, s.active,
                        s.waiting, s.done, s.failed, s.skipped, s.outcome, s.outputs, s.error, s.errorNode,
                        s.compensationErrors, s.compensated, s.finishRequested);
    };
    return plain(*this) == plain(other);
}

RunStatus RunState::status() const {
    switch (phase) {
        case RunPhase::NotStarted:
            return RunStatus::Queued;
        case RunPhase::Ended:
            return outcome;
        case RunPhase::Draining:
        case RunPhase::Compensating:
            return RunStatus::Running;
        case RunPhase::Running:
            break;
    }
    if (paused) return RunStatus::Paused;
    return active > 0 && waiting == active ? RunStatus::Waiting : RunStatus::Running;
}

}  // namespace signalbox::engine
