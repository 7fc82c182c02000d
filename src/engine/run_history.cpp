#include "engine/run_history.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace signalbox::engine {
namespace {

using Outcome = HistoryBar::Outcome;
using Phase = HistoryBar::Phase;

std::uint64_t keyOf(std::uint32_t node, std::uint32_t item) { return (std::uint64_t{node} << 32U) | item; }

Outcome outcomeOf(NodeStatus status) {
    switch (status) {
        case NodeStatus::Succeeded:
            return Outcome::Succeeded;
        case NodeStatus::Failed:
            return Outcome::Failed;
        case NodeStatus::Reused:
            return Outcome::Reused;
        default:
            return Outcome::Cancelled;
    }
}

}  // namespace

Status RunHistory::add(const Record& record) {
    if (record.seq != state_.lastSeq + 1) {
        return fail("journal.gap", fmt::format("Record {} follows record {}", record.seq, state_.lastSeq),
                    record.run.toString());
    }
    if (accepts(*plan_, state_, record) != Acceptance::Accepted) {
        return fail("journal.refused",
                    fmt::format("Record {} ({}) does not fit the run's state", record.seq, recordKindName(record.kind)),
                    record.run.toString());
    }
    if (begun_ == 0) begun_ = record.wall;
    if (record.kind == RecordKind::AttemptLost) close(record, record.node, record.item, Outcome::Lost);
    commands_.clear();
    apply(*plan_, state_, record, commands_);
    itemRetries(record);
    for (const Command& command : commands_) follow(record, command);
    if (record.kind == RecordKind::RunFinished) closeAll(record);
    return {};
}

Value RunHistory::errorOf(std::size_t bar) const {
    const auto found = errors_.find(bar);
    return found == errors_.end() ? Value::undefined() : found->second;
}

void RunHistory::follow(const Record& record, const Command& command) {
    switch (command.kind) {
        case Command::Kind::StartTask:
            close(record, command.node, command.item, Outcome::Done);  // a backoff, or a wait while paused
            open(record, command, Phase::Attempt);
            break;
        case Command::Kind::CancelTask:
            // While a run drains, the attempt goes on and its result is still awaited.
            if (state_.phase != RunPhase::Draining) close(record, command.node, command.item, Outcome::Cancelled);
            break;
        case Command::Kind::NodeChanged:
            nodeChanged(record, command);
            break;
        case Command::Kind::ArmTimer:
        case Command::Kind::Finish:
            break;
    }
}

void RunHistory::nodeChanged(const Record& record, const Command& command) {
    const bool isMap = plan_->nodes[command.node].map.has_value() && command.item == kNoItem;
    switch (command.status) {
        case NodeStatus::Pending:
        case NodeStatus::Ready:
        case NodeStatus::Skipped:
            return;
        case NodeStatus::Running:
            if (isMap) open(record, command, Phase::Attempt);  // its items are the tasks
            return;
        case NodeStatus::Waiting:
            return open(record, command, Phase::Waiting);
        case NodeStatus::Backoff:
            close(record, command.node, command.item, Outcome::Failed);
            return open(record, command, Phase::Backoff);
        default:
            break;
    }
    const Outcome outcome = outcomeOf(command.status);
    if (!open_.contains(keyOf(command.node, command.item))) {
        if (outcome == Outcome::Cancelled) return;  // it had not begun
        open(record, command, Phase::Attempt);      // done in the same moment, as a merge
    }
    close(record, command.node, command.item, outcome);
}

/// The machine says nothing of an item that is to be tried again: its state does.
void RunHistory::itemRetries(const Record& record) {
    if (record.item == kNoItem || record.node >= state_.nodes.size() || !state_.nodes[record.node].map) return;
    const MapState& map = *state_.nodes[record.node].map;
    if (record.item >= map.states.size() || map.states[record.item].status != NodeStatus::Backoff) return;
    if (record.kind != RecordKind::NodeFailed && record.kind != RecordKind::TimerFired) return;
    close(record, record.node, record.item, Outcome::Failed);
    Command backoff;
    backoff.node = record.node;
    backoff.item = record.item;
    backoff.generation = record.generation;
    backoff.attempt = record.attempt;
    open(record, backoff, Phase::Backoff);
}

void RunHistory::open(const Record& record, const Command& command, Phase phase) {
    HistoryBar bar;
    bar.node = command.node;
    bar.item = command.item;
    bar.generation = command.generation;
    bar.attempt = command.attempt;
    bar.phase = phase;
    bar.ready = bar.started = record.wall;
    bar.changed = record.seq;
    open_[keyOf(command.node, command.item)] = bars_.size();
    bars_.push_back(bar);
}

void RunHistory::close(const Record& record, std::uint32_t node, std::uint32_t item, Outcome outcome) {
    const auto found = open_.find(keyOf(node, item));
    if (found == open_.end()) return;
    HistoryBar& bar = bars_[found->second];
    const bool isResult = record.kind == RecordKind::NodeSucceeded || record.kind == RecordKind::NodeFailed;
    const bool isOwn = isResult && record.node == node && record.item == item;
    bar.ended = std::max(record.wall, bar.ready);
    // Clocks of wall time may have been set back meanwhile.
    if (isOwn && bar.phase == Phase::Attempt) bar.started = std::clamp(record.wall - record.took, bar.ready, bar.ended);
    bar.outcome = outcome;
    if (bar.phase == Phase::Backoff && outcome == Outcome::Succeeded) bar.outcome = Outcome::Done;
    if (bar.phase == Phase::Waiting && outcome == Outcome::Succeeded) bar.outcome = Outcome::Done;
    bar.changed = record.seq;
    if (isOwn && record.kind == RecordKind::NodeFailed) {
        errors_[found->second] = record.payload;
    } else if (outcome == Outcome::Failed && state_.nodes[node].error.isObject()) {
        errors_[found->second] = state_.nodes[node].error;
    }
    open_.erase(found);
}

void RunHistory::closeAll(const Record& record) {
    std::vector<std::uint64_t> keys;
    keys.reserve(open_.size());
    for (const auto& [key, bar] : open_) keys.push_back(key);
    for (const std::uint64_t key : keys) {
        close(record, static_cast<std::uint32_t>(key >> 32U), static_cast<std::uint32_t>(key), Outcome::Cancelled);
    }
}

}  // namespace signalbox::engine
