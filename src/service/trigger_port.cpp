#include "service/trigger_port.h"

#include <future>
#include <utility>

#include "service/catalog.h"
#include "store/sqlite_store.h"

namespace signalbox::service {

namespace {

constexpr const char* kWho = "schedule";

auto noSuchRun(const std::string& run) { return fail("run.not-found", "There is no such run", run); }

Principal triggerPrincipal() {
    Principal principal = localAdministrator();
    principal.name = kWho;
    return principal;
}

Value declaredOnly(const engine::Plan& plan, const Value& inputs) {
    ObjectBuilder kept;
    for (const auto& declared : plan.document.inputs) {
        if (const Value* given = inputs.find(declared.name)) kept.set(declared.name, *given);
    }
    return std::move(kept).build();
}

/// Where it makes no plan there is an error in the workflow, or there is none.
Result<std::string> startRun(const DispatcherParts& parts, const triggers::RunPort::Start& wanted) {
    SIGNALBOX_TRY(const auto plan, parts.catalog->compileWorkflow(wanted.workflowId));
    engine::StartRequest start;
    start.plan = plan;
    start.inputs = wanted.onlyDeclared ? declaredOnly(*plan, wanted.inputs) : wanted.inputs;
    start.idempotencyKey = wanted.idempotencyKey;
    start.startedBy = wanted.startedBy;
    SIGNALBOX_TRY(const RunId run, parts.engine->startAndWait(std::move(start)));
    parts.bus->remember(run, {plan->workflowId, plan});
    return run.toString();
}

bool isRunning(const DispatcherParts& parts, const std::string& id) {
    const auto run = RunId::parse(id);
    if (!run) return false;
    if (parts.engine->has(*run)) return true;
    const auto summary = parts.store->summary(*run);
    // What cannot be read just now may well be running.
    return !summary || (*summary && !engine::isTerminal((*summary)->status));
}

Status cancelRun(Dispatcher& dispatcher, const std::string& id, const std::string& reason) {
    auto promise = std::make_shared<std::promise<Status>>();
    auto outcome = promise->get_future();
    protocol::CancelRun request;
    request.runId = id;
    request.reason = reason;
    dispatcher.dispatch(triggerPrincipal(), std::move(request), [promise](Result<protocol::Reply> reply) {
        promise->set_value(reply ? Status() : Status(fail(std::move(reply).error())));
    });
    return outcome.get();
}

/// Only of this program's own engine: another's may only be asked to cancel, which is not the same.
Status terminateRun(engine::Engine& engine, const std::string& id, const std::string& reason) {
    const auto run = RunId::parse(id);
    if (!run) return noSuchRun(id);
    auto promise = std::make_shared<std::promise<Status>>();
    auto outcome = promise->get_future();
    engine.terminate(*run, kWho, reason, [promise](Status status) { promise->set_value(std::move(status)); });
    return outcome.get();
}

}  // namespace

triggers::RunPort makeRunPort(const DispatcherParts& parts, std::function<Dispatcher&()> dispatcher) {
    triggers::RunPort port;
    port.start = [parts](const triggers::RunPort::Start& wanted) { return startRun(parts, wanted); };
    port.isRunning = [parts](const std::string& run) { return isRunning(parts, run); };
    port.cancel = [dispatcher = std::move(dispatcher)](const std::string& run, const std::string& reason) {
        return cancelRun(dispatcher(), run, reason);
    };
    port.terminate = [engine = parts.engine](const std::string& run, const std::string& reason) {
        return terminateRun(*engine, run, reason);
    };
    return port;
}

}  // namespace signalbox::service
