// How a run's records reach the disk, and what waits for that.
#include <algorithm>
#include <chrono>
#include <utility>

#include <fmt/format.h>

#include "engine/run_actor.h"

namespace signalbox::engine {

namespace {

constexpr Micros kAppendRetryDelay = 500'000;
constexpr std::chrono::seconds kShutdownPatience{5};

}  // namespace

void RunActor::create(Value startPayload, std::vector<Record> reused, Micros patience, Done durable) {
    const std::lock_guard lock(turnMutex_);
    turnWall_ = core_->ports.clock->wallNow();
    turnMonotonic_ = core_->ports.clock->monotonicNow();
    Record start;
    start.kind = RecordKind::RunStarted;
    start.payload = std::move(startPayload);
    const auto add = [this](Record& record) {
        record.run = run_;
        record.seq = nextSeq_++;
        record.token = token_;
        record.wall = turnWall_;
        record.monotonic = turnMonotonic_;
        pending_.push_back(record);
    };
    add(start);
    for (Record& record : reused) add(record);
    startRecord_ = std::move(start);
    reused_ = std::move(reused);
    flushBy_ = turnMonotonic_ + patience;
    pendingDone_.push_back(std::move(durable));
}

void RunActor::resumeFrom(RunState state) {
    const std::lock_guard lock(turnMutex_);
    created_ = true;
    nextSeq_ = state.lastSeq + 1;
    durableSeq_ = state.lastSeq;
    state_ = std::move(state);
    recovering_ = true;
}

void RunActor::flush() {
    if (abandoned_ || !inFlight_.empty() || pending_.empty()) return;
    if (mayPutOffFlush()) return putOffFlush();
    if (flushTimer_ != 0) core_->timers.cancel(std::exchange(flushTimer_, 0));
    inFlight_.swap(pending_);
    inFlightDone_.swap(pendingDone_);
    core_->recordsAppended.fetch_add(inFlight_.size(), std::memory_order_relaxed);
    sendInFlight();
}

/// Only as long as something comes by itself, soon, and without having done anything to the world.
bool RunActor::mayPutOffFlush() const {
    if (created_ || turnMonotonic_ >= flushBy_ || !admitted_ || state_.phase != RunPhase::Running) return false;
    // Someone besides the starter wants an answer, or an effect waits to begin, or people and timers are waited for.
    if (pendingDone_.size() > 1 || !held_.empty() || state_.waiting > 0) return false;
    const auto computes = [this](NodeIndex index) {
        const PlanNode& node = plan_->nodes[index];
        return node.childWorkflow.empty() && node.workManifest().effect == Effect::Pure;
    };
    return (!inlineQueue_.empty() || !tasks_.empty()) &&
           std::all_of(inlineQueue_.begin(), inlineQueue_.end(), [&](const Command& c) { return computes(c.node); }) &&
           std::all_of(tasks_.begin(), tasks_.end(), [&](const auto& task) { return computes(task.first.node); });
}

void RunActor::putOffFlush() {
    if (flushTimer_ != 0) return;
    flushTimer_ = core_->timers.arm(flushBy_ - turnMonotonic_, [weak = weak_from_this()] {
        if (auto self = weak.lock()) self->nudge();
    });
}

void RunActor::sendInFlight() {
    refreshSummary();
    Append append;
    append.run = run_;
    append.token = token_;
    append.records = inFlight_;
    append.summary = summary_;
    append.create = !created_;
    append.owner = core_->options.owner;
    {
        const std::lock_guard lock(mailboxMutex_);
        appending_ = true;
    }
    core_->ports.runs->append(std::move(append), [self = shared_from_this()](Status status) {
        {
            const std::lock_guard lock(self->mailboxMutex_);
            self->appending_ = false;
            self->lastAppend_ = status;
        }
        self->appendEnded_.notify_all();
        self->post(
            {.kind = Message::Kind::Durable, .record = {}, .done = {}, .status = std::move(status), .event = {}});
    });
}

void RunActor::durable(Status status) {
    if (inFlight_.empty()) return;
    // A run that never came to be is refused to whoever asked for it; nothing of it was written or done.
    if (!status && status.error().retryable && created_) {
        core_->ports.log.warning("A run's records could not be written; trying again",
                                 Value::object({{"run", Value(runText_)},
                                                {"code", Value(status.error().code)},
                                                {"message", Value(status.error().message)}}));
        core_->timers.arm(kAppendRetryDelay, [weak = weak_from_this()] {
            if (auto self = weak.lock()) {
                self->post({.kind = Message::Kind::Retry, .record = {}, .done = {}, .status = {}, .event = {}});
            }
        });
        return;
    }
    if (!status) return lost(status.error());
    created_ = true;
    durableSeq_ = inFlight_.back().seq;
    inFlight_.clear();
    for (Done& done : inFlightDone_) {
        if (done) outbox_.push_back([done = std::move(done)] { done({}); });
    }
    inFlightDone_.clear();
    releaseHeld();
    if (state_.phase == RunPhase::Ended && durableSeq_ >= state_.lastSeq && pending_.empty()) conclude();
}

void RunActor::releaseHeld() {
    while (!held_.empty() && held_.front().seq <= durableSeq_) {
        const Command command = held_.front().command;
        held_.pop_front();
        startAttempt(command);
    }
}

void RunActor::refreshSummary() {
    summary_.status = admitted_ ? state_.status() : RunStatus::Queued;
    summary_.nodesDone = state_.done;
    summary_.nodesFailed = state_.failed;
    summary_.nodesSkipped = state_.skipped;
    if (state_.error.isObject()) {
        summary_.errorCode = state_.error["code"].asString();
        summary_.errorMessage = state_.error["message"].asString();
        summary_.errorNode = state_.errorNode;
    }
    if (state_.phase == RunPhase::Ended) summary_.finishedWall = turnWall_;
}

void RunActor::conclude() {
    if (concluded_) return;
    concluded_ = true;
    stopAll_.request_stop();
    outbox_.push_back([self = shared_from_this(), end = RunEnd{summary_, state_.outputs, state_.error}] {
        self->core_->ended(self->run_, end);
    });
}

void RunActor::lost(const Error& error) {
    // Either another owner has taken over, or the run never came to be: nothing more may be written here.
    core_->ports.log.warning(
        "A run is given up here",
        Value::object({{"run", Value(runText_)}, {"code", Value(error.code)}, {"message", Value(error.message)}}));
    abandoned_ = true;
    stopAll_.request_stop();
    for (auto& [key, task] : tasks_) task.stop.request_stop();
    std::vector<Done> waiting;
    waiting.swap(inFlightDone_);
    for (Done& done : pendingDone_) waiting.push_back(std::move(done));
    pendingDone_.clear();
    pending_.clear();
    inFlight_.clear();
    inlineQueue_.clear();
    held_.clear();
    outbox_.push_back([self = shared_from_this(), waiting = std::move(waiting), error] {
        for (const Done& done : waiting) {
            if (done) done(fail(error));
        }
        self->core_->ended(self->run_, fail(error));
    });
}

void RunActor::abandon() {
    const std::lock_guard lock(turnMutex_);
    stopAll_.request_stop();
    for (auto& [key, task] : tasks_) task.stop.request_stop();
}

Status RunActor::flushNow() {
    const auto unwritten = [this] { return fail("engine.stopping", "The last records were not written", runText_); };
    const std::lock_guard turn(turnMutex_);
    if (abandoned_) return unwritten();
    Status last;
    {
        std::unique_lock lock(mailboxMutex_);
        if (!appendEnded_.wait_for(lock, kShutdownPatience, [this] { return !appending_; })) return unwritten();
        last = lastAppend_;
    }
    if (!inFlight_.empty() && !last) {
        if (!last.error().retryable) return unwritten();
    } else if (!inFlight_.empty()) {
        created_ = true;
        inFlight_.clear();
    }
    for (Record& record : pending_) inFlight_.push_back(std::move(record));
    pending_.clear();
    if (inFlight_.empty()) return {};
    sendInFlight();
    std::unique_lock lock(mailboxMutex_);
    if (!appendEnded_.wait_for(lock, kShutdownPatience, [this] { return !appending_; })) return unwritten();
    return lastAppend_;
}

}  // namespace signalbox::engine
