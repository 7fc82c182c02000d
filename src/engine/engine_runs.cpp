// Which runs are being worked on here, who may start next, and who waits for which end.
#include <utility>

#include "engine/engine_core.h"
#include "engine/run_actor.h"

namespace signalbox::engine {

EngineCore::EngineCore(EnginePorts enginePorts, EngineOptions engineOptions)
    : ports(std::move(enginePorts)),
      options(std::move(engineOptions)),
      boot(bootId()),
      pool(options.threads),
      timers(*ports.clock) {
    if (options.owner.empty()) options.owner = Uuid::v7(ports.clock->wallNow(), *ports.random).toString();
}

std::shared_ptr<RunActor> EngineCore::find(RunId run) const {
    const std::lock_guard lock(runsMutex_);
    const auto found = runs_.find(run);
    return found == runs_.end() ? nullptr : found->second;
}

void EngineCore::add(const std::shared_ptr<RunActor>& actor) {
    const std::lock_guard lock(runsMutex_);
    runs_[actor->id()] = actor;
}

std::vector<std::shared_ptr<RunActor>> EngineCore::all() const {
    const std::lock_guard lock(runsMutex_);
    std::vector<std::shared_ptr<RunActor>> actors;
    actors.reserve(runs_.size());
    for (const auto& [id, actor] : runs_) actors.push_back(actor);
    return actors;
}

void EngineCore::enqueue(std::shared_ptr<RunActor> actor) {
    {
        const std::lock_guard lock(admissionMutex_);
        const std::pair<int, std::uint64_t> key{-actor->priority(), arrivals_++};
        waiting_.emplace(key, actor);
    }
    admitWaiting();
    // One that has to wait gets a turn as well: its first record has to reach the disk.
    actor->nudge();
}

void EngineCore::admitWaiting() {
    std::vector<std::shared_ptr<RunActor>> admitted;
    {
        const std::lock_guard lock(admissionMutex_);
        for (auto it = waiting_.begin(); it != waiting_.end();) {
            if (admitted_.size() >= options.maxActiveRuns) break;
            const Plan& plan = *it->second->plan();
            const int limit = plan.document.maxParallelRuns;
            int& active = activeByWorkflow_[plan.workflowId];
            if (limit > 0 && active >= limit) {
                ++it;
                continue;
            }
            ++active;
            admitted_.emplace(it->second->id(), plan.workflowId);
            admitted.push_back(std::move(it->second));
            it = waiting_.erase(it);
        }
    }
    for (const auto& actor : admitted) actor->admit();
}

std::size_t EngineCore::activeCount() const {
    const std::lock_guard lock(admissionMutex_);
    return admitted_.size();
}

std::size_t EngineCore::queuedCount() const {
    const std::lock_guard lock(admissionMutex_);
    return waiting_.size();
}

void EngineCore::ended(RunId run, Result<RunEnd> end) {
    std::vector<EndCallback> callbacks;
    std::shared_ptr<RunActor> dropped;
    {
        const std::lock_guard lock(runsMutex_);
        if (const auto actor = runs_.find(run); actor != runs_.end()) {
            dropped = std::move(actor->second);
            runs_.erase(actor);
        }
        if (end) {
            if (const auto waiting = endWaiters_.find(run); waiting != endWaiters_.end()) {
                callbacks = std::move(waiting->second);
                endWaiters_.erase(waiting);
            }
        }
    }
    {
        const std::lock_guard lock(admissionMutex_);
        if (const auto admitted = admitted_.find(run); admitted != admitted_.end()) {
            --activeByWorkflow_[admitted->second];
            admitted_.erase(admitted);
        }
        std::erase_if(waiting_, [&](const auto& entry) { return entry.second->id() == run; });
    }
    for (EndCallback& callback : callbacks) callback(end);
    if (!stopping) admitWaiting();
}

void EngineCore::whenEnded(RunId run, EndCallback callback) {
    {
        const std::lock_guard lock(runsMutex_);
        if (runs_.contains(run)) {
            endWaiters_[run].push_back(std::move(callback));
            return;
        }
    }
    auto end = endFromStore(run);
    if (end || end.error().code != "run.owned-elsewhere") return callback(std::move(end));
    // Another program has it, or recovery has not come to it yet: looked at again at each recovery interval.
    const std::lock_guard lock(runsMutex_);
    endWaiters_[run].push_back(std::move(callback));
}

void EngineCore::checkForeignEnds() {
    std::vector<RunId> foreign;
    {
        const std::lock_guard lock(runsMutex_);
        for (const auto& [run, callbacks] : endWaiters_) {
            if (!runs_.contains(run)) foreign.push_back(run);
        }
    }
    for (const RunId run : foreign) {
        auto end = endFromStore(run);
        if (!end && end.error().code == "run.owned-elsewhere") continue;
        std::vector<EndCallback> callbacks;
        {
            const std::lock_guard lock(runsMutex_);
            const auto waiting = endWaiters_.find(run);
            if (waiting == endWaiters_.end()) continue;
            callbacks = std::move(waiting->second);
            endWaiters_.erase(waiting);
        }
        for (EndCallback& callback : callbacks) callback(end);
    }
}

void EngineCore::forgetRuns() {
    std::unordered_map<RunId, std::shared_ptr<RunActor>> runs;
    std::unordered_map<RunId, std::vector<EndCallback>> waiters;
    std::map<std::pair<int, std::uint64_t>, std::shared_ptr<RunActor>> waiting;
    {
        const std::lock_guard lock(runsMutex_);
        runs.swap(runs_);
        waiters.swap(endWaiters_);
    }
    {
        const std::lock_guard lock(admissionMutex_);
        waiting.swap(waiting_);
    }
    for (const auto& [run, callbacks] : waiters) {
        for (const EndCallback& callback : callbacks) {
            callback(fail("engine.stopping", "The engine stopped before the run ended", run.toString(),
                          "The run goes on when an engine works on it again", true));
        }
    }
}

Result<RunEnd> EngineCore::endFromStore(RunId run) {
    SIGNALBOX_TRY(auto summary, ports.runs->summary(run));
    if (!summary) return fail("run.not-found", "There is no such run", run.toString());
    if (!isTerminal(summary->status)) {
        return fail("run.owned-elsewhere", "Another program is working on the run", run.toString(),
                    "Ask the program that started it, or end that program", true);
    }
    RunEnd end{std::move(*summary), Value::undefined(), Value::undefined()};
    SIGNALBOX_TRY(auto journal, ports.runs->readJournal(run));
    if (!journal.empty() && journal.back().kind == RecordKind::RunFinished) {
        end.outputs = journal.back().payload["outputs"];
        end.error = journal.back().payload["error"];
    }
    return end;
}

}  // namespace signalbox::engine
