#include <fmt/format.h>

#include "base/hash.h"
#include "gateway/api_core.h"
#include "protocol/codec.h"

namespace signalbox::gateway {

namespace {

/// The engine keeps it with the run, across restarts; keys of different callers do not meet.
std::string engineKey(const KeyedRequest& keyed) {
    return "http:" + sha256Hex(fmt::format("{}:{}{}", keyed.caller.size(), keyed.caller, keyed.key));
}

/// Of the run that is run again too: it has the workflow, and so the keys, of others.
std::string engineKey(const KeyedRequest& keyed, const std::string& run) {
    return "http-rerun:" + sha256Hex(fmt::format("{}:{}{}:{}", keyed.caller.size(), keyed.caller, run, keyed.key));
}

void giveKey(const KeyedRequest& keyed, protocol::Request& request) {
    if (auto* const start = std::get_if<protocol::StartRun>(&request)) start->idempotencyKey = engineKey(keyed);
    if (auto* const rerun = std::get_if<protocol::RerunRun>(&request)) {
        rerun->idempotencyKey = engineKey(keyed, rerun->runId);
    }
}

/// What a problem says besides of a run that did not succeed.
Value aboutRun(const protocol::RunResult& run) {
    Value about = Value::object({{"runId", run.summary.runId}});
    return run.error ? about.with("error", protocol::toValue(*run.error)) : about;
}

}  // namespace

void ApiCore::startRun(const ExchangePtr& exchange) {
    if (!readCall(exchange)) return;
    auto [request, wait] = *std::move(exchange->call);
    if (exchange->keyed) giveKey(*exchange->keyed, request);
    dispatch(exchange, std::move(request),
             [self = shared_from_this(), exchange, wait = wait](Result<protocol::Reply> outcome) {
                 if (!outcome) return self->refuse(exchange, outcome.error());
                 const std::string& run = std::get<protocol::RunRef>(*outcome).runId;
                 // Whoever may start but not look is told where to look.
                 if (wait == 0 || !exchange->who.principal.allows("run:read")) {
                     return self->answerStarted(exchange, run, "queued");
                 }
                 self->awaitRun(exchange, run, wait);
             });
}

void ApiCore::awaitRun(const ExchangePtr& exchange, const std::string& runId, Micros wait) {
    dispatch(exchange, protocol::WaitForRun{runId, wait},
             [self = shared_from_this(), exchange, runId](Result<protocol::Reply> outcome) {
                 // It has been started all the same.
                 if (!outcome) return self->answerStarted(exchange, runId, "queued");
                 self->answerRun(exchange, std::get<protocol::RunResult>(*outcome));
             });
}

void ApiCore::answerStarted(const ExchangePtr& exchange, const std::string& runId, std::string_view status) {
    HttpResponse response;
    response.status = 202;
    response.headers = {{"Content-Type", "application/json"},
                        {"Cache-Control", "no-store"},
                        {"Location", fmt::format("/api/v1/runs/{}", runId)}};
    response.body = fmt::format(R"({{"runId":"{}","status":"{}"}})", runId, status);
    answer(exchange, std::move(response));
}

void ApiCore::answerRun(const ExchangePtr& exchange, const protocol::RunResult& run) {
    const protocol::RunSummaryDto& summary = run.summary;
    if (!run.ended) return answerStarted(exchange, summary.runId, summary.status);
    if (exchange->route().handler != Handler::Execute) return answerJson(exchange, 200, protocol::toValue(run));
    if (summary.status == "succeeded") {
        return answerJson(
            exchange, 200,
            Value::object({{"runId", summary.runId}, {"status", summary.status}, {"outputs", run.outputs}}));
    }
    Error error{"run." + summary.status, fmt::format("The run has {}", summary.status), {}, {}, false};
    if (summary.status == "cancelled" || summary.status == "quarantined") {
        error.message = fmt::format("The run was {}", summary.status);
    }
    if (run.error) {
        error.message += ": " + run.error->message;
        error.where = run.error->where;
        error.hint = run.error->hint;
    }
    refuse(exchange, error, aboutRun(run));
}

}  // namespace signalbox::gateway
