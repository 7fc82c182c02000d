// How attempts at nodes are run: inline, in the pool, as I/O, or as a run of their own.
#include <exception>
#include <utility>

#include <fmt/format.h>

#include "base/hash.h"
#include "base/json.h"
#include "engine/run_actor.h"

namespace signalbox::engine {

namespace {

const std::shared_ptr<const NodeBehaviour>& workBehaviour(const PlanNode& node) {
    return node.map && node.map->itemBehaviour ? node.map->itemBehaviour : node.behaviour;
}

/// Results are only shared between attempts that see the same in everything: parameters, inputs, the run's inputs and
/// the pass of the loop, by the same version of the node type.
std::string memoKey(const NodeManifest& manifest, const NodeCall& call) {
    const Value seen = Value::object({{"params", call.params},
                                      {"inputs", call.inputs},
                                      {"runInputs", call.runInputs},
                                      {"iteration", Value(call.iteration)}});
    return sha256Hex(fmt::format("{}:{}:{}", manifest.type, manifest.version, writeJson(seen, JsonStyle::Canonical)));
}

NodeResult exceptionResult(const std::string& node, const char* what) {
    return fail("node.exception", fmt::format("The node's code threw an exception: {}", what), node,
                "This is a fault in the node type, not in the workflow");
}

}  // namespace

bool RunActor::canRunInline(const Command& command) const {
    const PlanNode& node = plan_->nodes[command.node];
    return node.workManifest().cost == Cost::Inline && node.memoTtl == 0 && node.attemptTimeout == 0 &&
           dynamic_cast<const SyncNode*>(workBehaviour(node).get()) != nullptr;
}

void RunActor::fillCall(NodeCall& call, const Command& command) {
    const PlanNode& node = plan_->nodes[command.node];
    call.runInputs = state_.inputs;
    call.nodeId = node.id;
    call.attempt = static_cast<int>(command.attempt);
    const LoopIndex loop = node.innermostLoop;
    call.iteration = loop == kNone ? 0 : static_cast<int>(state_.loops[loop].passes);
    call.wallNow = turnWall_;
    call.seed = placeSeed(state_.seed, command.node, command.item, command.generation, 0);
}

Result<std::shared_ptr<NodeCall>> RunActor::makeCall(const Command& command, std::stop_token stop) {
    const PlanNode& node = plan_->nodes[command.node];
    auto call = std::make_shared<NodeCall>();
    fillCall(*call, command);
    call->runId = runText_;
    call->workflowId = plan_->workflowId;
    call->workspace = core_->options.workspace;
    call->stepKey = stepKey(run_, node.id, command.generation, command.item);
    call->stop = std::move(stop);
    if (command.item == kNoItem) {
        SIGNALBOX_TRY(call->inputs, gatherInputs(*plan_, state_, command.node));
        SIGNALBOX_TRY(call->params, resolveParams(node, false, call->inputs, state_.inputs, turnWall_, call->seed));
    } else {
        const Value& item = state_.nodes[command.node].map->items.at(command.item);
        const auto& ports = node.workManifest().inputs;
        if (!node.map->itemManifest) {
            call->inputs = Value::object({{"item", item}, {"index", Value(command.item)}});
        } else if (!ports.empty()) {
            call->inputs = Value::object({{ports.front().name, item}});
        }
        SIGNALBOX_TRY(call->params, resolveParams(node, true, call->inputs, state_.inputs, turnWall_, call->seed));
    }
    const auto weak = weak_from_this();
    call->log = [weak, command](LogLevel level, std::string text, Value fields) {
        if (auto self = weak.lock()) self->nodeLog(command, level, std::move(text), std::move(fields));
    };
    call->progress = [weak, command](double fraction, std::string note) {
        if (auto self = weak.lock()) self->nodeProgress(command, fraction, std::move(note));
    };
    return call;
}

void RunActor::runInline() {
    inlineCommand_ = std::move(inlineQueue_.front());
    inlineQueue_.pop_front();
    const Command command = inlineCommand_;
    const PlanNode& node = plan_->nodes[command.node];
    const Micros started = core_->ports.clock->monotonicNow();
    NodeResult result = Value::undefined();
    if (!inlineCall_ || inlineCall_.use_count() > 1 || command.item != kNoItem) {
        auto call = makeCall(command, stopAll_.get_token());
        if (!call) {
            std::ignore = journalAndApply(resultRecord(command, fail(call.error()), started));
            return;
        }
        inlineCall_ = std::move(*call);
        inlineCall_->log = [this](LogLevel level, std::string text, Value fields) {
            nodeLog(inlineCommand_, level, std::move(text), std::move(fields));
        };
        inlineCall_->progress = [this](double fraction, std::string note) {
            nodeProgress(inlineCommand_, fraction, std::move(note));
        };
    } else {
        // The call object is used again: its strings keep their memory.
        fillCall(*inlineCall_, command);
        auto inputs = gatherInputs(*plan_, state_, command.node);
        auto params =
            inputs ? resolveParams(node, false, *inputs, state_.inputs, turnWall_, inlineCall_->seed) : inputs;
        if (!params) {
            std::ignore = journalAndApply(resultRecord(command, fail(params.error()), started));
            return;
        }
        inlineCall_->inputs = std::move(*inputs);
        inlineCall_->params = std::move(*params);
    }
    try {
        result = static_cast<const SyncNode&>(*workBehaviour(node)).run(*inlineCall_);
    } catch (const std::exception& error) {
        result = exceptionResult(node.id, error.what());
    }
    std::ignore = journalAndApply(resultRecord(command, std::move(result), started));
}

void RunActor::startAttempt(const Command& command) {
    RunningTask& task = tasks_[{command.node, command.item}];
    const std::uint64_t timer =
        task.generation == command.generation && task.attempt == command.attempt ? task.timeoutTimer : 0;
    task = RunningTask{};
    task.generation = command.generation;
    task.attempt = command.attempt;
    task.timeoutTimer = timer;
    const PlanNode& node = plan_->nodes[command.node];
    if (!node.childWorkflow.empty()) return startChildRun(command, task);
    auto call = makeCall(command, task.stop.get_token());
    if (!call) return request(resultRecord(command, fail(call.error()), turnMonotonic_), {});
    // A chain of nodes stays on one worker as long as there is nothing to share: waking another costs more than most
    // nodes do.
    startedQuietly_ = true;
    core_->pool.submit([self = shared_from_this(), command,
                        call = std::shared_ptr<const NodeCall>(std::move(*call))] { self->runAttempt(command, call); },
                       WorkPool::Wake::Nobody);
}

void RunActor::runAttempt(const Command& command, const std::shared_ptr<const NodeCall>& call) {
    const PlanNode& work = plan_->nodes[command.node];
    const NodeBehaviour& behaviour = *workBehaviour(work);
    const Micros started = core_->ports.clock->monotonicNow();
    // It calls back at its end, on this thread.
    const auto wake =
        dynamic_cast<const SyncNode*>(&behaviour) != nullptr ? WorkPool::Wake::Nobody : WorkPool::Wake::Sleeper;
    MemoStore* memos = work.memoTtl > 0 ? core_->ports.memos : nullptr;
    const std::string key = memos ? memoKey(work.workManifest(), *call) : std::string();
    if (memos) {
        if (auto remembered = memos->lookUp(key, core_->ports.clock->wallNow())) {
            return attemptEnded(command, std::move(*remembered), started, WorkPool::Wake::Nobody);
        }
    }
    try {
        behaviour.start(call, [self = shared_from_this(), command, started, memos, key, wake,
                               ttl = work.memoTtl](NodeResult result) {
            if (memos && result) memos->remember(key, *result, self->core_->ports.clock->wallNow() + ttl);
            self->attemptEnded(command, std::move(result), started, wake);
        });
    } catch (const std::exception& error) {
        attemptEnded(command, exceptionResult(work.id, error.what()), started);
    }
}

void RunActor::startChildRun(const Command& command, RunningTask& task) {
    auto call = makeCall(command, task.stop.get_token());
    if (!call) return request(resultRecord(command, fail(call.error()), turnMonotonic_), {});
    Value inputs = (*call)->inputs;
    if (command.item == kNoItem) inputs = inputs["inputs"].isObject() ? inputs["inputs"] : Value::object();
    const Micros started = turnMonotonic_;
    core_->pool.submit([self = shared_from_this(), command, inputs, started, key = (*call)->stepKey,
                        stop = (*call)->stop] {
        const PlanNode& work = self->plan_->nodes[command.node];
        self->core_->startChild(self->run_, work, inputs, key, stop, [self, command, started](Result<RunEnd> end) {
            NodeResult result = Value::undefined();
            if (!end) {
                result = fail(end.error());
            } else if (end->summary.status == RunStatus::Succeeded) {
                result = command.item == kNoItem ? onOutput(end->outputs) : end->outputs;
            } else {
                Error error = errorFromValue(end->error);
                error.where = "run " + end->summary.run.toString() + (error.where.empty() ? "" : ", ") + error.where;
                result = fail(std::move(error));
            }
            self->attemptEnded(command, std::move(result), started);
        });
    });
}

Record RunActor::resultRecord(const Command& command, NodeResult result, Micros startedMonotonic) const {
    Record record;
    record.kind = result ? RecordKind::NodeSucceeded : RecordKind::NodeFailed;
    record.node = command.node;
    record.item = command.item;
    record.generation = command.generation;
    record.attempt = command.attempt;
    record.monotonic = core_->ports.clock->monotonicNow();
    record.took = record.monotonic - startedMonotonic;
    record.wall = core_->ports.clock->wallNow();
    if (result) {
        record.payload = std::move(*result);
    } else {
        Error error = std::move(result).error();
        if (error.where.empty()) error.where = plan_->nodes[command.node].id;
        record.payload = errorToValue(error);
    }
    return record;
}

void RunActor::attemptEnded(const Command& command, NodeResult result, Micros startedMonotonic, WorkPool::Wake wake) {
    // After the engine's end neither its clock nor its store may be touched.
    if (core_->stopping) return;
    post({.kind = Message::Kind::Record,
          .record = resultRecord(command, std::move(result), startedMonotonic),
          .done = {},
          .status = {},
          .event = {}},
         wake);
}

void RunActor::nodeLog(const Command& command, LogLevel level, std::string text, Value fields) {
    auto event = std::make_shared<EngineEvent>();
    event->kind = EngineEvent::Kind::NodeLog;
    event->run = run_;
    event->node = command.node;
    event->item = command.item;
    event->generation = command.generation;
    event->attempt = command.attempt;
    event->logLevel = level;
    event->wall = core_->ports.clock->wallNow();
    event->text = std::move(text);
    event->data = std::move(fields);
    post({.kind = Message::Kind::Event, .record = {}, .done = {}, .status = {}, .event = std::move(event)});
}

void RunActor::nodeProgress(const Command& command, double fraction, std::string note) {
    auto event = std::make_shared<EngineEvent>();
    event->kind = EngineEvent::Kind::NodeProgress;
    event->run = run_;
    event->node = command.node;
    event->item = command.item;
    event->generation = command.generation;
    event->attempt = command.attempt;
    event->progress = fraction;
    event->wall = core_->ports.clock->wallNow();
    event->text = std::move(note);
    post({.kind = Message::Kind::Event, .record = {}, .done = {}, .status = {}, .event = std::move(event)});
}

}  // namespace signalbox::engine
