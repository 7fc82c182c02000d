#include "engine/run_actor.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace signalbox::engine {

namespace {

/// So many inline nodes a turn before the results are handed to the disk and others get their chance.
constexpr int kInlineBudget = 4096;

Error stopping(const std::string& run) {
    return {"engine.stopping", "The engine stopped before this was done", run, "Ask again when it runs", true};
}

}  // namespace

RunActor::RunActor(std::shared_ptr<EngineCore> core, RunId run, std::shared_ptr<const Plan> plan, RunSummary summary,
                   std::uint64_t token)
    : core_(std::move(core)),
      run_(run),
      runText_(run.toString()),
      plan_(std::move(plan)),
      summary_(std::move(summary)),
      token_(token) {}

void RunActor::post(Message message, WorkPool::Wake wake) {
    if (core_->stopping) {
        if (message.done) message.done(fail(stopping(runText_)));
        return;
    }
    {
        const std::lock_guard lock(mailboxMutex_);
        mailbox_.push_back(std::move(message));
        if (scheduled_) return;
        scheduled_ = true;
    }
    schedule(wake);
}

void RunActor::schedule(WorkPool::Wake wake) {
    core_->pool.submit([self = shared_from_this()] { self->turn(); }, wake);
}

void RunActor::request(Record record, Done done) {
    post({.kind = Message::Kind::Record,
          .record = std::move(record),
          .done = std::move(done),
          .status = {},
          .event = {}});
}

void RunActor::admit() { post({.kind = Message::Kind::Admit, .record = {}, .done = {}, .status = {}, .event = {}}); }

void RunActor::nudge() { post({.kind = Message::Kind::Nudge, .record = {}, .done = {}, .status = {}, .event = {}}); }

void RunActor::turn() {
    std::vector<Message> messages;
    {
        const std::lock_guard lock(mailboxMutex_);
        messages.swap(mailbox_);
    }
    bool more = false;
    std::vector<EngineEvent> events;
    std::vector<std::function<void()>> calls;
    {
        const std::lock_guard lock(turnMutex_);
        turnWall_ = core_->ports.clock->wallNow();
        turnMonotonic_ = core_->ports.clock->monotonicNow();
        for (Message& message : messages) handle(message);
        for (int i = 0; i < kInlineBudget && !inlineQueue_.empty(); ++i) {
            if (std::exchange(startedQuietly_, false)) core_->pool.wakeSleeper();
            runInline();
        }
        startedQuietly_ = false;
        flush();
        noteStatus();
        more = !inlineQueue_.empty();
        if (created_) events.swap(events_);
        calls.swap(outbox_);
    }
    callOut(events, calls);
    {
        const std::lock_guard lock(mailboxMutex_);
        if (!more && mailbox_.empty()) {
            scheduled_ = false;
            return;
        }
    }
    schedule();
}

void RunActor::handle(Message& message) {
    if (abandoned_) {
        if (message.done)
            message.done(fail("run.owned-elsewhere", "The run was taken over by another program", runText_));
        return;
    }
    switch (message.kind) {
        case Message::Kind::Durable:
            durable(std::move(message.status));
            return;
        case Message::Kind::Admit:
            admitNow();
            return;
        case Message::Kind::Retry:
            sendInFlight();
            return;
        case Message::Kind::Event:
            events_.push_back(std::move(*message.event));
            return;
        case Message::Kind::Nudge:
            return;
        case Message::Kind::Record:
            break;
    }
    const RecordKind kind = message.record.kind;
    const Acceptance acceptance = journalAndApply(std::move(message.record));
    if (!message.done) return;
    if (acceptance == Acceptance::Accepted) {
        pendingDone_.push_back(std::move(message.done));
        return;
    }
    Error refused{"run.finished", "The run has ended or is ending", runText_, {}, false};
    if (kind == RecordKind::ApprovalDecided)
        refused = {"run.not-waiting", "That node awaits no approval", runText_, {}, false};
    outbox_.push_back([done = std::move(message.done), refused] { done(fail(refused)); });
}

Acceptance RunActor::journalAndApply(Record record) {
    record.run = run_;
    const Acceptance acceptance = accepts(*plan_, state_, record);
    if (acceptance != Acceptance::Accepted) {
        const bool result = record.kind == RecordKind::NodeSucceeded || record.kind == RecordKind::NodeFailed;
        if (acceptance == Acceptance::Late && result) {
            core_->lateResultsRefused.fetch_add(1, std::memory_order_relaxed);
            events_.push_back({.kind = EngineEvent::Kind::LateResultRefused,
                               .run = run_,
                               .node = record.node,
                               .item = record.item,
                               .generation = record.generation,
                               .attempt = record.attempt,
                               .wall = turnWall_,
                               .text = {},
                               .code = {}});
        }
        return acceptance;
    }
    record.seq = nextSeq_++;
    record.token = token_;
    if (record.wall == 0) record.wall = turnWall_;
    if (record.monotonic == 0) record.monotonic = turnMonotonic_;
    if (record.kind == RecordKind::NodeSucceeded || record.kind == RecordKind::NodeFailed) {
        const auto task = tasks_.find({record.node, record.item});
        if (task != tasks_.end()) {
            if (task->second.timeoutTimer != 0) core_->timers.cancel(task->second.timeoutTimer);
            tasks_.erase(task);
        }
    }
    apply(*plan_, state_, record, commands_);
    pending_.push_back(std::move(record));
    Commands commands;
    commands.swap(commands_);
    obey(commands);
    commands.clear();
    if (commands_.empty()) commands_.swap(commands);  // keeps the capacity
    return Acceptance::Accepted;
}

void RunActor::admitNow() {
    if (admitted_) return;
    admitted_ = true;
    if (recovering_) return recoverOutstanding();
    if (!startRecord_) return;
    Record start = std::move(*startRecord_);
    startRecord_.reset();
    summary_.startedWall = turnWall_;
    apply(*plan_, state_, start, commands_);
    for (const Record& record : reused_) apply(*plan_, state_, record, commands_);
    reused_.clear();
    Commands commands;
    commands.swap(commands_);
    obey(commands);
}

void RunActor::recoverOutstanding() {
    recovering_ = false;
    if (summary_.startedWall == 0) summary_.startedWall = turnWall_;
    core_->runsRecovered.fetch_add(1, std::memory_order_relaxed);
    Commands commands;
    outstanding(*plan_, state_, turnWall_, turnMonotonic_, core_->boot, commands);
    Record recovered;
    recovered.kind = RecordKind::Recovered;
    recovered.payload = Value::object({{"boot", Value(core_->boot)}, {"owner", Value(core_->options.owner)}});
    std::ignore = journalAndApply(std::move(recovered));
    Commands rest;
    for (Command& command : commands) {
        const bool isTask = command.kind == Command::Kind::StartTask;
        const NodeState* node = isTask ? &state_.nodes[command.node] : nullptr;
        const bool durable =
            node && (command.item == kNoItem ? node->startedDurably : node->map->states[command.item].startedDurably);
        // A child run is found again by its key: nothing was lost.
        if (!durable || !plan_->nodes[command.node].childWorkflow.empty()) {
            rest.push_back(std::move(command));
            continue;
        }
        Record lostAttempt;
        lostAttempt.kind = RecordKind::AttemptLost;
        lostAttempt.node = command.node;
        lostAttempt.item = command.item;
        lostAttempt.generation = command.generation;
        lostAttempt.attempt = command.attempt;
        std::ignore = journalAndApply(std::move(lostAttempt));
    }
    obey(rest);
}

void RunActor::obey(Commands& commands) {
    for (Command& command : commands) {
        switch (command.kind) {
            case Command::Kind::StartTask:
                obeyStart(command);
                break;
            case Command::Kind::CancelTask:
                cancelTask(command);
                break;
            case Command::Kind::ArmTimer:
                obeyTimer(command);
                break;
            case Command::Kind::NodeChanged:
                publish(command);
                break;
            case Command::Kind::Finish: {
                Record finished;
                finished.kind = RecordKind::RunFinished;
                finished.payload = std::move(command.payload);
                std::ignore = journalAndApply(std::move(finished));
                break;
            }
        }
    }
}

void RunActor::obeyStart(const Command& command) {
    const PlanNode& node = plan_->nodes[command.node];
    const bool recomputable = node.childWorkflow.empty() && node.workManifest().effect <= Effect::ReadOnly;
    if (!recomputable) {
        Record started;
        started.kind = RecordKind::NodeStarted;
        started.node = command.node;
        started.item = command.item;
        started.generation = command.generation;
        started.attempt = command.attempt;
        const std::uint64_t seq = nextSeq_;
        if (journalAndApply(std::move(started)) == Acceptance::Accepted) held_.push_back({seq, command});
        return;
    }
    if (canRunInline(command)) {
        inlineQueue_.push_back(command);
    } else {
        startAttempt(command);
    }
}

void RunActor::obeyTimer(const Command& command) {
    Record fired;
    fired.kind = RecordKind::TimerFired;
    fired.node = command.timer == TimerKind::Drain ? kNoNode : command.node;
    fired.item = command.item;
    fired.generation = command.generation;
    fired.attempt = command.attempt;
    fired.payload = Value(static_cast<int>(command.timer));
    const std::uint64_t id = core_->timers.arm(command.delay, [weak = weak_from_this(), fired] {
        if (auto self = weak.lock())
            self->post({.kind = Message::Kind::Record, .record = fired, .done = {}, .status = {}, .event = {}});
    });
    if (command.timer != TimerKind::AttemptTimeout) return;
    const auto task = tasks_.find({command.node, command.item});
    if (task != tasks_.end()) task->second.timeoutTimer = id;
}

void RunActor::cancelTask(const Command& command) {
    const auto held = std::find_if(held_.begin(), held_.end(), [&](const HeldStart& start) {
        return start.command.node == command.node && start.command.item == command.item &&
               start.command.attempt == command.attempt && start.command.generation == command.generation;
    });
    if (held != held_.end()) {
        const Command never = held->command;
        held_.erase(held);
        if (state_.phase == RunPhase::Draining) {
            request(resultRecord(never, fail("node.cancelled", "The run ended before this step began"), turnMonotonic_),
                    {});
        }
        return;
    }
    const auto task = tasks_.find({command.node, command.item});
    if (task == tasks_.end() || task->second.attempt != command.attempt ||
        task->second.generation != command.generation)
        return;
    task->second.stop.request_stop();
    if (state_.phase == RunPhase::Draining) return;  // its result is still awaited
    if (task->second.timeoutTimer != 0) core_->timers.cancel(task->second.timeoutTimer);
    tasks_.erase(task);
}

void RunActor::publish(const Command& command) {
    if (!core_->ports.events) return;
    EngineEvent event;
    event.kind = EngineEvent::Kind::NodeStatus;
    event.run = run_;
    event.node = command.node;
    event.item = command.item;
    event.generation = command.generation;
    event.attempt = command.attempt;
    event.nodeStatus = command.status;
    event.wall = turnWall_;
    event.took = command.took;
    if (command.payload.isObject()) {
        event.code = command.payload["code"].asString();
        event.text = command.payload["message"].asString();
    } else if (command.payload.isString()) {
        event.text = command.payload.asString();
    }
    events_.push_back(std::move(event));
}

void RunActor::noteStatus() {
    const RunStatus status = admitted_ ? state_.status() : RunStatus::Queued;
    if (status != publishedStatus_ && !(isTerminal(status) && !concluded_)) {
        publishedStatus_ = status;
        EngineEvent event;
        event.kind = EngineEvent::Kind::RunStatus;
        event.run = run_;
        event.runStatus = status;
        event.wall = turnWall_;
        if (state_.error.isObject()) {
            event.code = state_.error["code"].asString();
            event.text = state_.error["message"].asString();
        }
        events_.push_back(std::move(event));
    }
}

void RunActor::answerAll(const Status& written) {
    std::vector<Done> journalled;
    std::vector<Message> messages;
    {
        const std::lock_guard turn(turnMutex_);
        journalled.swap(inFlightDone_);
        for (Done& done : pendingDone_) journalled.push_back(std::move(done));
        pendingDone_.clear();
        const std::lock_guard lock(mailboxMutex_);
        messages.swap(mailbox_);
    }
    for (const Done& done : journalled) {
        if (done) done(written ? Status() : Status(fail(stopping(runText_))));
    }
    for (const Message& message : messages) {
        if (message.done) message.done(fail(stopping(runText_)));
    }
}

void RunActor::callOut(std::vector<EngineEvent>& events, std::vector<std::function<void()>>& calls) {
    if (!events.empty() && core_->ports.events && !core_->stopping) core_->ports.events(events);
    for (const auto& call : calls) call();
}

}  // namespace signalbox::engine
