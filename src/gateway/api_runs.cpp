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
    if (auto* const start = request.get<protocol::StartRun>()) start->idempotencyKey = engineKey(keyed);
    if (auto* const rerun = request.get<protocol::RerunRun>()) {
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
    // The start is not answered by itself when its end is waited for: a run that only computes costs one commit then.
    dispatch(
        exchange, std::move(request),
        [self = shared_from_this(), exchange](Result<protocol::Reply> outcome) {
            if (!outcome) return self->refuse(exchange, outcome.error());
            if (const auto* run = outcome->get<protocol::RunResult>()) return self->answerRun(exchange, *run);
            self->answerStarted(exchange, outcome->as<protocol::RunRef>().runId, "queued");
        },
        wait);
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
