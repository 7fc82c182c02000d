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

std::function<void(const Result<engine::RunEnd>&)> toldTo(const ReplyOnce& reply) {
    return [reply](const Result<engine::RunEnd>& end) {
        if (end)
            reply(protocol::Reply(resultOf(*end)));
        else
            reply(fail(end.error()));
    };
}

/// How a run stands; one that has ended by now is told as such. Blocks on the store.
void tellStanding(engine::Engine& engine, store::SqliteStore& store, RunId run, const ReplyOnce& reply) {
    const auto summary = store.summary(run);
    if (!summary) return reply(fail(summary.error()));
    if (!*summary) return reply(fail("run.not-found", "There is no such run", run.toString()));
    if (engine::isTerminal((*summary)->status)) return engine.whenEnded(run, toldTo(reply));
    protocol::RunResult result;
    result.summary = toDto(**summary);
    reply(protocol::Reply(std::move(result)));
}

}  // namespace

const std::shared_ptr<RunWaiters>& RunCalls::waiters() const {
    std::call_once(waitersMade_, [this] { waiters_ = std::make_shared<RunWaiters>(*parts_.engine, clock()); });
    return waiters_;
}

void RunCalls::call(const CallContext&, const protocol::WaitForRun& request, const ReplyOnce& reply) const {
    if (parts_.engine == nullptr || parts_.store == nullptr) {
        return reply(fail("run.not-found", "There is no such run", request.runId, "Nothing runs here"));
    }
    const RunId run = *RunId::parse(request.runId);
    if (request.timeout == 0) return tellStanding(*parts_.engine, *parts_.store, run, reply);
    waiters()->wait(run, request.timeout, toldTo(reply),
                    [workers = parts_.workers, engine = parts_.engine, store = parts_.store, run, reply] {
                        // Asking the store may wait, and many are late at the same time.
                        workers->post([engine, store, run, reply] { tellStanding(*engine, *store, run, reply); });
                    });
}

}  // namespace signalbox::service
