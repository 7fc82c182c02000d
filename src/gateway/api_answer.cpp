#include "base/json.h"
#include "gateway/api_core.h"
#include "gateway/problem.h"

namespace signalbox::gateway {

namespace {

constexpr std::string_view kConflict = ".conflict";
/// What was under way may have been done, or not.
constexpr std::string_view kStopping = "gateway.stopping";

void addOnce(HttpResponse& response, std::string_view name, std::string value) {
    for (const auto& [known, its] : response.headers) {
        if (known == name) return;
    }
    response.headers.emplace_back(name, std::move(value));
}

/// A run that failed has been run: the same key must not run it again.
bool hasDoneSomething(const ApiExchange& exchange, unsigned status) {
    return status < 300 || exchange.code.starts_with("run.failed") || exchange.code == "run.cancelled" ||
           exchange.code == "run.quarantined";
}

}  // namespace

void ApiCore::addHeaders(const ApiExchange& exchange, HttpResponse& response) const {
    response.headers.emplace_back("X-Request-Id", exchange.requestId);
    response.headers.emplace_back("traceparent", exchange.trace.traceparent());
    if (!exchange.trace.state.empty()) response.headers.emplace_back("tracestate", exchange.trace.state);
    addOnce(response, "X-Content-Type-Options", "nosniff");
    // Over TLS the server does it by itself.
    if (!options_.publicUrl.empty() && !exchange.request->encrypted) {
        addOnce(response, "Strict-Transport-Security", "max-age=31536000");
    }
    addRateLimitHeaders(exchange.verdict, response);
    exchange.limits->cors.apply(*exchange.request, response);
}

void ApiCore::settleKey(ApiExchange& exchange, const HttpResponse& response) {
    if (!exchange.keyed) return;
    if (hasDoneSomething(exchange, response.status))
        idempotency_.keep(*exchange.keyed, response);
    else if (exchange.code != kStopping)
        idempotency_.release(*exchange.keyed);
}

void ApiCore::answer(const ExchangePtr& exchange, HttpResponse response) {
    settleKey(*exchange, response);
    addHeaders(*exchange, response);
    if (exchange->done) std::exchange(exchange->done, {})();
    exchange->answered.store(true, std::memory_order_release);
    std::exchange(exchange->respond, {})(std::move(response));
}

void ApiCore::answerJson(const ExchangePtr& exchange, unsigned status, const Value& body) {
    HttpResponse response;
    response.status = status;
    response.headers.emplace_back("Content-Type", "application/json");
    response.headers.emplace_back("Cache-Control", "no-store");
    response.body = writeJson(body);
    answer(exchange, std::move(response));
}

void ApiCore::refuse(const ExchangePtr& exchange, const Error& error, const Value& more) {
    const auto known = statusOfCode(error.code);
    if (!known) {
        log_.error("An error without a status",
                   Value::object({{"code", error.code}, {"message", error.message}, {"request", exchange->requestId}}));
    }
    unsigned status = known.value_or(500);
    const bool edits = exchange->entry != nullptr && exchange->route().edits;
    if (edits && error.code.ends_with(kConflict)) status = 412;
    refuseWith(exchange, status, error, more);
}

void ApiCore::refuseWith(const ExchangePtr& exchange, unsigned status, const Error& error, const Value& more) {
    exchange->code = error.code;
    const Error shown = options_.dispatcher->withoutPaths(error);
    ProblemPlace place{exchange->requestId, exchange->request->path};
    if (exchange->entry != nullptr) {
        place.pattern = exchange->route().pattern;
        place.into = exchange->route().into;
        place.takesToken = exchange->route().permission != kPublic;
    }
    HttpResponse response = problemResponse(status, shown, place, more);
    if (status == 405) response.headers.emplace_back("Allow", exchange->match.allow);
    // The limiter knows better when to come back.
    if (!exchange->verdict.allowed) {
        std::erase_if(response.headers, [](const auto& header) { return header.first == "Retry-After"; });
    }
    answer(exchange, std::move(response));
}

HttpResponse ApiCore::refused(const HttpRequestPtr& request, unsigned status, std::string_view code,
                              std::string_view detail) {
    ExchangePtr exchange = open_.find(request.get());
    if (!exchange) exchange = open(request, false, {});
    exchange->code = code;
    HttpResponse response = problemResponse(status, {std::string(code), std::string(detail), {}, {}, status == 503},
                                            {exchange->requestId, request->path});
    addHeaders(*exchange, response);
    exchange->answered.store(true, std::memory_order_release);
    return response;
}

}  // namespace signalbox::gateway
