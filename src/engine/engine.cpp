#include "engine/engine.h"

#include <future>
#include <utility>

#include <fmt/format.h>

#include "engine/engine_impl.h"
#include "engine/run_actor.h"

namespace signalbox::engine {

void Engine::Impl::control(RunId run, RecordKind kind, Value payload, std::uint32_t node, Done done) {
    auto actor = core->find(run);
    if (!actor) {
        auto end = core->endFromStore(run);
        return done(end ? Status(fail("run.finished", "The run has ended", run.toString()))
                        : Status(fail(end.error())));
    }
    Record record;
    record.kind = kind;
    record.node = node;
    record.payload = std::move(payload);
    actor->request(std::move(record), std::move(done));
}

Engine::Engine(EnginePorts ports, EngineOptions options)
    : impl_(std::make_unique<Impl>(std::move(ports), std::move(options))) {
    impl_->core->recover();
    impl_->core->scheduleRecovery();
}

Engine::~Engine() {
    EngineCore& core = *impl_->core;
    core.stopping = true;
    core.timers.stop();
    const auto actors = core.all();
    for (const auto& actor : actors) actor->abandon();
    core.pool.stop();
    std::vector<Status> written;
    for (const auto& actor : actors) written.push_back(actor->flushNow());
    std::ignore = core.ports.runs->releaseLeases(core.options.owner);
    // Whoever still waits for an answer gets one.
    for (std::size_t i = 0; i < actors.size(); ++i) actors[i]->answerAll(written[i]);
    core.forgetRuns();
}

void Engine::start(StartRequest request, std::function<void(Result<RunId>)> started) {
    impl_->core->start(std::move(request), Value::undefined(), RunId{}, {}, std::move(started));
}

Result<RunId> Engine::startAndWait(StartRequest request) {
    auto promise = std::make_shared<std::promise<Result<RunId>>>();
    auto future = promise->get_future();
    start(std::move(request), [promise](Result<RunId> run) { promise->set_value(std::move(run)); });
    return future.get();
}

void Engine::cancel(RunId run, std::string by, std::string reason, Done done) {
    impl_->control(run, RecordKind::CancelRequested, Value::object({{"by", Value(by)}, {"reason", Value(reason)}}),
                   kNoNode, std::move(done));
}

void Engine::terminate(RunId run, std::string by, std::string reason, Done done) {
    impl_->control(run, RecordKind::CancelRequested,
                   Value::object({{"by", Value(by)}, {"reason", Value(reason)}, {"terminate", Value(true)}}), kNoNode,
                   std::move(done));
}

void Engine::pause(RunId run, std::string by, Done done) {
    impl_->control(run, RecordKind::PauseRequested, Value::object({{"by", Value(by)}}), kNoNode, std::move(done));
}

void Engine::resume(RunId run, std::string by, Done done) {
    impl_->control(run, RecordKind::ResumeRequested, Value::object({{"by", Value(by)}}), kNoNode, std::move(done));
}

void Engine::signal(RunId run, std::string name, Value value, std::string by, Done done) {
    impl_->control(run, RecordKind::SignalReceived,
                   Value::object({{"name", Value(name)}, {"value", std::move(value)}, {"by", Value(by)}}), kNoNode,
                   std::move(done));
}

void Engine::decide(RunId run, std::string node, bool approved, std::string by, std::string comment, Done done) {
    std::uint32_t index = kNoNode;
    if (auto actor = impl_->core->find(run)) {
        index = actor->plan()->indexOf(node);
        if (index == kNone)
            return done(fail("run.node-not-found", fmt::format("The run has no node '{}'", node), run.toString()));
    }
    impl_->control(run, RecordKind::ApprovalDecided,
                   Value::object({{"approved", Value(approved)}, {"by", Value(by)}, {"comment", Value(comment)}}),
                   index, std::move(done));
}

void Engine::whenFinished(RunId run, std::function<void(Result<RunSummary>)> finished) {
    impl_->core->whenEnded(run, [finished = std::move(finished)](Result<RunEnd> end) {
        if (end)
            finished(std::move(end->summary));
        else
            finished(fail(std::move(end).error()));
    });
}

void Engine::whenEnded(RunId run, std::function<void(Result<RunEnd>)> ended) {
    impl_->core->whenEnded(run, std::move(ended));
}

EngineStats Engine::stats() const {
    const EngineCore& core = *impl_->core;
    EngineStats stats;
    stats.threads = core.pool.threadCount();
    stats.activeRuns = core.activeCount();
    stats.queuedRuns = core.queuedCount();
    stats.pendingTasks = core.pool.pending();
    stats.busyThreads = core.pool.busy();
    stats.tasksExecuted = core.pool.executed();
    stats.tasksStolen = core.pool.stolen();
    stats.maxActiveRuns = core.options.maxActiveRuns;
    stats.armedTimers = core.timers.armed();
    stats.recordsAppended = core.recordsAppended;
    stats.lateResultsRefused = core.lateResultsRefused;
    stats.runsRecovered = core.runsRecovered;
    stats.runsQuarantined = core.runsQuarantined;
    stats.recovered = core.recovered;
    return stats;
}

std::size_t Engine::recoverNow() { return impl_->core->recover(); }

void Engine::pokeTimers() { impl_->core->timers.poke(); }

}  // namespace signalbox::engine
