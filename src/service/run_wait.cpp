#include <algorithm>
#include <utility>

#include "engine/record.h"
#include "protocol/errors.h"
#include "service/calls.h"
#include "service/dto_mapping.h"
#include "service/run_waiters.h"
#include "service/worker_threads.h"
#include "store/sqlite_store.h"

namespace signalbox::service {

namespace {

protocol::RunResult resultOf(const engine::RunEnd& end) {
    protocol::RunResult result;
    result.summary = toDto(end.summary);
    result.outputs = end.outputs;
    if (end.error.isObject()) result.error = protocol::toDto(engine::errorFromValue(end.error));
    result.ended = true;
    return result;
}

/// Told how a run has ended or stands.
using Tell = std::function<void(Result<protocol::RunResult>)>;

std::function<void(const Result<engine::RunEnd>&)> toldTo(const Tell& tell) {
    return [tell](const Result<engine::RunEnd>& end) {
        if (end)
            tell(resultOf(*end));
        else
            tell(fail(end.error()));
    };
}

/// How a run stands; one that has ended by now is told as such. Blocks on the store.
void tellStanding(engine::Engine& engine, store::SqliteStore& store, RunId run, const Tell& tell) {
    const auto summary = store.summary(run);
    if (!summary) return tell(fail(summary.error()));
    if (!*summary) return tell(fail("run.not-found", "There is no such run", run.toString()));
    if (engine::isTerminal((*summary)->status)) return engine.whenEnded(run, toldTo(tell));
    protocol::RunResult result;
    result.summary = toDto(**summary);
    tell(std::move(result));
}

struct WaitParts {
    engine::Engine* engine = nullptr;
    store::SqliteStore* store = nullptr;
    WorkerThreads* workers = nullptr;
    std::shared_ptr<RunWaiters> waiters;
};

/// Waits without holding a thread.
void waitFor(const WaitParts& parts, RunId run, Micros timeout, const Tell& tell) {
    parts.waiters->wait(run, timeout, toldTo(tell),
                        [workers = parts.workers, engine = parts.engine, store = parts.store, run, tell] {
                            // Asking the store may wait, and many are late at the same time.
                            workers->post([engine, store, run, tell] { tellStanding(*engine, *store, run, tell); });
                        });
}

/// Of a run that has been started: whatever happens while its end is waited for, the caller learns which one it is.
Tell toldOfStarted(RunId run, const ReplyOnce& reply) {
    return [run, reply](Result<protocol::RunResult> result) {
        if (!result) {
            protocol::RunResult started;
            started.summary.runId = run.toString();
            started.summary.status = engine::runStatusName(engine::RunStatus::Queued);
            result = std::move(started);
        }
        reply(protocol::Reply(std::move(*result)));
    };
}

}  // namespace

const std::shared_ptr<RunWaiters>& RunCalls::waiters() const {
    std::call_once(waitersMade_, [this] { waiters_ = std::make_shared<RunWaiters>(*parts_.engine, clock()); });
    return waiters_;
}

std::function<void(Result<RunId>)> RunCalls::answerOfStart(const CallContext& context, EventBus::RunNames names,
                                                           const ReplyOnce& reply) const {
    WaitParts waiting;
    if (context.wait > 0) waiting = {parts_.engine, parts_.store, parts_.workers, waiters()};
    const Micros until = context.wait > 0 ? clock().monotonicNow() + context.wait : 0;
    return [bus = parts_.bus, names = std::move(names), waiting = std::move(waiting), until, now = &clock(),
            reply](Result<RunId> run) {
        if (!run) return reply(fail(std::move(run).error()));
        if (!names.workflowId.empty()) bus->remember(*run, names);
        if (until == 0) return reply(protocol::Reply(protocol::RunRef{run->toString()}));
        // The engine says that a run has started before it says that it has ended: nobody has to ask the store.
        waitFor(waiting, *run, std::max<Micros>(0, until - now->monotonicNow()), toldOfStarted(*run, reply));
    };
}

void RunCalls::call(const CallContext&, const protocol::WaitForRun& request, const ReplyOnce& reply) const {
    if (parts_.engine == nullptr || parts_.store == nullptr) {
        return reply(fail("run.not-found", "There is no such run", request.runId, "Nothing runs here"));
    }
    const RunId run = *RunId::parse(request.runId);
    const Tell tell = [reply](Result<protocol::RunResult> result) { reply.with(std::move(result)); };
    if (request.timeout == 0) return tellStanding(*parts_.engine, *parts_.store, run, tell);
    waitFor({parts_.engine, parts_.store, parts_.workers, waiters()}, run, request.timeout, tell);
}

void RunCalls::endWaits() const {
    if (parts_.engine != nullptr) waiters()->endAll();
}

}  // namespace signalbox::service
