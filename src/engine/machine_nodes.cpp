// Starting, completing and failing nodes.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "engine/machine_step.h"

namespace signalbox::engine {

namespace {

/// A duration parameter: text as parseDuration reads it, or a number of seconds.
Result<Micros> durationOf(const Value& value) {
    if (value.isNumber()) return static_cast<Micros>(value.asNumber() * 1e6);
    return parseDuration(value.asString());
}

bool retryMatches(const RetryPolicy& policy, const Value& error) {
    if (policy.retryOn.empty()) return error["retryable"].asBoolean();
    return std::any_of(policy.retryOn.begin(), policy.retryOn.end(),
                       [&](const std::string& pattern) { return errorCodeMatches(error["code"].asString(), pattern); });
}

}  // namespace

std::uint64_t MachineStep::seedAt(NodeIndex node, std::uint32_t item) const {
    return placeSeed(s_.seed, node, item, s_.nodes[node].generation, s_.nodes[node].attempt);
}

void MachineStep::setStatus(NodeIndex node, NodeStatus status, Value payload) {
    NodeState& state = s_.nodes[node];
    state.status = status;
    out_.push_back({.kind = Command::Kind::NodeChanged,
                    .status = status,
                    .node = node,
                    .generation = state.generation,
                    .attempt = state.attempt,
                    .took = r_.node == node ? r_.took : 0,
                    .payload = std::move(payload)});
}

void MachineStep::leaveActive(NodeIndex node) {
    --s_.active;
    const NodeStatus status = s_.nodes[node].status;
    if (status == NodeStatus::Backoff || status == NodeStatus::Waiting) --s_.waiting;
}

void MachineStep::armTimer(NodeIndex node, std::uint32_t item, TimerKind kind, Micros delay) {
    const NodeState& state = s_.nodes[node];
    const std::uint32_t attempt = item == kNoItem ? state.attempt : state.map->states[item].attempt;
    out_.push_back({.kind = Command::Kind::ArmTimer,
                    .timer = kind,
                    .node = node,
                    .item = item,
                    .generation = state.generation,
                    .attempt = attempt,
                    .delay = delay});
}

void MachineStep::dispatch(NodeIndex node) {
    ++s_.active;
    if (s_.paused) {
        s_.held.push_back(node);
        setStatus(node, NodeStatus::Ready);
        return;
    }
    startNode(node);
}

void MachineStep::startNode(NodeIndex index) {
    const PlanNode& node = plan_.nodes[index];
    NodeState& state = s_.nodes[index];
    state.startedWall = r_.wall;
    state.startedMonotonic = r_.monotonic;
    if (node.totalTimeout > 0) armTimer(index, kNoItem, TimerKind::TotalTimeout, node.totalTimeout);
    const Behaviour behaviour = node.manifest->behaviour;
    if (behaviour == Behaviour::Task || behaviour == Behaviour::SubWorkflow) return startTask(index);
    state.attempt = 1;
    if (behaviour == Behaviour::Merge) return runMerge(index);
    if (behaviour == Behaviour::Map) return startMap(index);
    auto inputs = gatherInputs(plan_, s_, index);
    if (!inputs) return attemptFailed(index, kNoItem, errorToValue(inputs.error()), true);
    auto params = resolveParams(node, false, *inputs, s_.inputs, r_.wall, seedAt(index, kNoItem));
    if (!params) return attemptFailed(index, kNoItem, errorToValue(params.error()), true);
    if (behaviour == Behaviour::Delay) return startDelay(index, *params);
    if (behaviour == Behaviour::WaitForSignal) return startSignalWait(index, *params);
    startApproval(index, *params);
}

void MachineStep::startTask(NodeIndex index) {
    NodeState& state = s_.nodes[index];
    if (state.status == NodeStatus::Backoff) --s_.waiting;
    ++state.attempt;
    state.startedDurably = false;
    state.dueWall = state.dueMonotonic = 0;
    setStatus(index, NodeStatus::Running);
    out_.push_back(
        {.kind = Command::Kind::StartTask, .node = index, .generation = state.generation, .attempt = state.attempt});
    const Micros timeout = plan_.nodes[index].attemptTimeout;
    if (timeout > 0) armTimer(index, kNoItem, TimerKind::AttemptTimeout, timeout);
}

void MachineStep::startDelay(NodeIndex index, const Value& params) {
    const auto delay = durationOf(params["duration"]);
    if (!delay || *delay < 0) {
        const Error error =
            delay ? Error{"node.parameter", "A delay cannot be negative", plan_.nodes[index].id, {}, false}
                  : delay.error();
        return attemptFailed(index, kNoItem, errorToValue(error), true);
    }
    NodeState& state = s_.nodes[index];
    ++s_.waiting;
    state.dueWall = r_.wall + *delay;
    state.dueMonotonic = r_.monotonic + *delay;
    setStatus(index, NodeStatus::Waiting);
    armTimer(index, kNoItem, TimerKind::Delay, *delay);
}

void MachineStep::startSignalWait(NodeIndex index, const Value& params) {
    const std::string name(params["signal"].asString());
    auto buffered = s_.signals.find(name);
    if (buffered != s_.signals.end()) {
        Value value = buffered->second.front();
        buffered->second.erase(buffered->second.begin());
        if (buffered->second.empty()) s_.signals.erase(buffered);
        return complete(index, onOutput(std::move(value)));
    }
    NodeState& state = s_.nodes[index];
    ++s_.waiting;
    state.error = Value(name);  // the awaited name, until the signal arrives
    setStatus(index, NodeStatus::Waiting, Value(name));
    if (params["timeout"].isDefined() && !params["timeout"].isNull()) {
        const auto timeout = durationOf(params["timeout"]);
        if (!timeout) return attemptFailed(index, kNoItem, errorToValue(timeout.error()), true);
        state.dueWall = r_.wall + *timeout;
        state.dueMonotonic = r_.monotonic + *timeout;
        armTimer(index, kNoItem, TimerKind::SignalTimeout, *timeout);
    }
}

void MachineStep::startApproval(NodeIndex index, const Value& params) {
    NodeState& state = s_.nodes[index];
    ++s_.waiting;
    setStatus(index, NodeStatus::Waiting, params["prompt"]);
    if (params["expiry"].isDefined() && !params["expiry"].isNull()) {
        const auto expiry = durationOf(params["expiry"]);
        if (!expiry) return attemptFailed(index, kNoItem, errorToValue(expiry.error()), true);
        state.dueWall = r_.wall + *expiry;
        state.dueMonotonic = r_.monotonic + *expiry;
        armTimer(index, kNoItem, TimerKind::ApprovalExpiry, *expiry);
    }
}

void MachineStep::runMerge(NodeIndex index) {
    auto inputs = gatherInputs(plan_, s_, index);
    if (!inputs) return attemptFailed(index, kNoItem, errorToValue(inputs.error()), true);
    const Value arrived = (*inputs)["input"];
    const MergeMode mode = plan_.nodes[index].mergeMode;
    Value output = mode == MergeMode::WaitAll ? (arrived.isDefined() ? arrived : Value::array()) : arrived.at(0);
    if (output.isUndefined()) output = Value();
    complete(index, onOutput(std::move(output)));
    if (mode == MergeMode::First) cancelRaceLosers(index);
}

void MachineStep::complete(NodeIndex index, Value outputs) {
    NodeState& state = s_.nodes[index];
    leaveActive(index);
    state.error = Value::undefined();
    state.outputs = std::move(outputs);
    state.finishedWall = r_.wall;
    state.dueWall = state.dueMonotonic = 0;
    ++s_.done;
    if (plan_.nodes[index].compensatedBy != kNone) s_.completions.push_back({index, state.outputs});
    setStatus(index, NodeStatus::Succeeded);
    if (s_.phase == RunPhase::Draining) return endDrainWhenIdle();
    settle(index);
}

const RetryPolicy* MachineStep::retryPolicy(const PlanNode& node, const std::string& code) const {
    if (node.hasOwnRetry) return &node.retry;
    const ErrorRule* rule = errorRule(code, ErrorRule::Action::RetryThenFail);
    return rule ? &rule->retry : nullptr;
}

const ErrorRule* MachineStep::errorRule(const std::string& code, ErrorRule::Action action) const {
    for (const ErrorRule& rule : plan_.document.errors) {
        // The first row that names the code decides; one of another action ends the search.
        if (errorCodeMatches(code, rule.code)) return rule.action == action ? &rule : nullptr;
    }
    return nullptr;
}

void MachineStep::attemptFailed(NodeIndex index, std::uint32_t item, Value error, bool final) {
    const PlanNode& node = plan_.nodes[index];
    NodeState& state = s_.nodes[index];
    const bool isItem = item != kNoItem;
    const std::uint32_t attempt = isItem ? state.map->states[item].attempt : state.attempt;
    const std::uint32_t lost = isItem ? state.map->states[item].lost : state.lost;
    const RetryPolicy* policy = retryPolicy(node, std::string(error["code"].asString()));
    const std::uint32_t used = attempt - std::min(attempt, lost);
    if (s_.phase == RunPhase::Draining) {
        if (isItem) return itemFailedForGood(index, item, std::move(error));
        leaveActive(index);
        ++s_.failed;
        state.error = std::move(error);
        state.finishedWall = r_.wall;
        setStatus(index, NodeStatus::Cancelled, state.error);
        return endDrainWhenIdle();
    }
    if (final || policy == nullptr || static_cast<int>(used) >= policy->maxAttempts || !retryMatches(*policy, error)) {
        if (s_.phase == RunPhase::Compensating) return compensationEnded(index, std::move(error));
        if (isItem) return itemFailedForGood(index, item, std::move(error));
        return nodeFailedForGood(index, std::move(error));
    }
    // Exponential backoff; the jitter only ever shortens the wait.
    double wait = static_cast<double>(policy->backoff) * std::pow(policy->multiplier, static_cast<double>(used) - 1.0);
    wait = std::min(wait, static_cast<double>(policy->maxBackoff));
    if (policy->jitter > 0) {
        SeededRandom random(placeSeed(s_.seed, index, item, state.generation, attempt));
        wait *= 1.0 - policy->jitter * random.unit();
    }
    const auto delay = static_cast<Micros>(wait);
    if (isItem) {
        ItemState& itemState = state.map->states[item];
        itemState.status = NodeStatus::Backoff;
        itemState.error = std::move(error);
        itemState.dueWall = r_.wall + delay;
        itemState.dueMonotonic = r_.monotonic + delay;
    } else {
        ++s_.waiting;
        state.error = std::move(error);
        state.dueWall = r_.wall + delay;
        state.dueMonotonic = r_.monotonic + delay;
        setStatus(index, NodeStatus::Backoff, state.error);
    }
    armTimer(index, item, TimerKind::Retry, delay);
}

void MachineStep::nodeFailedForGood(NodeIndex index, Value error) {
    const PlanNode& node = plan_.nodes[index];
    NodeState& state = s_.nodes[index];
    leaveActive(index);
    ++s_.failed;
    state.error = error;
    state.outputs = Value::undefined();
    state.finishedWall = r_.wall;
    state.dueWall = state.dueMonotonic = 0;
    if (s_.phase == RunPhase::Compensating) {
        setStatus(index, NodeStatus::Failed, error);
        return compensationEnded(index, std::move(error));
    }
    if (node.onError == OnError::Continue) {
        ObjectBuilder nulls;
        for (const PortDecl& port : node.manifest->outputs) nulls.set(port.name, Value());
        state.outputs = std::move(nulls).build();
        setStatus(index, NodeStatus::Failed, error);
        return settle(index);
    }
    if (node.onError == OnError::Route || (node.onError == OnError::Default && node.hasErrorEdge)) {
        state.routed = true;
        setStatus(index, NodeStatus::Failed, error);
        return settle(index);
    }
    setStatus(index, NodeStatus::Failed, error);
    if (node.onError == OnError::Default) return applyErrorRules(index, error);
    failRun(index, error);
}

void MachineStep::applyErrorRules(NodeIndex index, const Value& error) {
    const std::string code(error["code"].asString());
    if (errorRule(code, ErrorRule::Action::Route) != nullptr) {
        s_.nodes[index].routed = true;
        return settle(index);
    }
    if (const ErrorRule* rule = errorRule(code, ErrorRule::Action::Return)) {
        s_.outputs = rule->returnValue;
        s_.error = error;
        s_.errorNode = plan_.nodes[index].id;
        return drain(rule->returnSucceeded ? RunStatus::Succeeded : RunStatus::Failed);
    }
    failRun(index, error);
}

}  // namespace signalbox::engine
