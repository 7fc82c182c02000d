#include "gateway/api_core.h"

#include <algorithm>
#include <stdexcept>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "gateway/trace_state.h"
#include "protocol/envelope.h"
#include "telemetry/process_metrics.h"

namespace signalbox::gateway {

namespace {

constexpr std::size_t kHookThreads = 2;
constexpr std::size_t kHookQueue = 256;

std::shared_ptr<LiveLimits> live(ApiLimits limits) {
    return std::make_shared<LiveLimits>(limits.perPrincipal, limits.perAddress, std::move(limits.cors));
}

/// Whoever watches over the gateway must not be turned away for asking often.
bool isUnlimited(const ApiExchange& exchange) {
    if (exchange.entry == nullptr) return false;
    const Handler handler = exchange.route().handler;
    return handler == Handler::Health || handler == Handler::Ready;
}

/// All but how it ended. Refers to the exchange.
RequestRecord recordOf(const ApiExchange& exchange) {
    RequestRecord record;
    record.method = exchange.request->method;
    if (exchange.entry != nullptr)
        record.route = exchange.route().pattern;
    else
        record.path = exchange.request->path;
    record.address = exchange.request->address;
    record.peer = exchange.request->peer;
    record.principal = exchange.who.principal.id;
    record.requestId = exchange.requestId;
    if (!exchange.answered.load(std::memory_order_acquire)) return record;
    record.code = exchange.code;
    // A call that was not let in has taken no way.
    if (const auto& report = exchange.report; report && !report->call.empty()) {
        record.call = report->call;
        record.way = service::dispatchWayName(report->way);
        record.waited = report->waited;
    }
    return record;
}

}  // namespace

ApiCore::ApiCore(ApiOptions options)
    : options_(std::move(options)),
      spans_(RequestSpans::make(options_.tracing, *options_.clock)),
      requestLog_(options_.log),
      log_(options_.log.component("api")),
      limits_(live(limitsFor(options_.limits))),
      idempotency_(*options_.clock, log_, options_.keys),
      health_(*options_.dispatcher, *options_.clock, options_.clock->wallNow()),
      hashPlaces_(std::make_shared<const HashPlaces>(options_.passwordThreads)) {
    if (options_.metrics != nullptr) {
        metrics_ = std::make_shared<HttpMetrics>(*options_.metrics);
        engineMetrics_ = std::make_unique<EngineMetrics>(*options_.metrics);
        telemetry::addProcessMetrics(*options_.metrics);
        options_.dispatcher->observe(
            [metrics = metrics_](const service::DispatchReport& report) { metrics->dispatched(report); });
    }
    addRoutes();
    StreamOptions streams;
    streams.dispatcher = options_.dispatcher;
    streams.identity = options_.identity;
    streams.clock = options_.clock;
    streams.log = options_.log;
    streams.hashing = hashPlaces_;
    streams.metrics = metrics_.get();
    streams.spans = spans_;
    streams.limit = [this](const service::Principal& principal) {
        std::shared_ptr<LiveLimits> limits;
        {
            const std::lock_guard lock(limitsMutex_);
            limits = limits_;
        }
        return limits->perPrincipal.check(principal.id, options_.clock->monotonicNow());
    };
    streams_ = std::make_unique<Streams>(std::move(streams));
    if (options_.identity != nullptr) {
        options_.identity->onEnded([streams = streams_.get()](const std::string& credential, const std::string& why) {
            streams->credentialEnded(credential, why);
        });
    }
    logins_ = std::make_unique<service::WorkerThreads>(options_.passwordThreads, options_.passwordQueue);
    hooks_ = std::make_unique<service::WorkerThreads>(kHookThreads, kHookQueue);
}

ApiCore::~ApiCore() { stop(); }

void ApiCore::stop() {
    if (stopped_.exchange(true)) return;
    if (options_.identity != nullptr) options_.identity->onEnded({});
    logins_.reset();
    hooks_.reset();
    idempotency_.stop();
    streams_->close("stopped");
}

void ApiCore::addRoutes() {
    std::unordered_map<std::string, Value> schemas;
    for (auto& call : protocol::calls()) schemas.emplace(std::move(call.name), std::move(call.paramsSchema));
    std::unordered_map<std::string_view, std::size_t> numbers;
    for (Route route : allRoutes()) {
        if (route.handler == Handler::Metrics && options_.metricsOpen) route.permission = kPublic;
        const auto schema = schemas.find(std::string(route.call));
        auto added = checkRoute(route);
        if (added) added = router_.add(route.method, route.pattern, entries_.size());
        // The table is part of the program: one that is wrong must not serve anything.
        if (!added) throw std::logic_error(added.error().where + ": " + added.error().message);
        RouteEntry& entry = entries_.emplace_back(route, schema == schemas.end() ? Value::object() : schema->second);
        if (!metrics_) continue;
        const auto [number, isNew] = numbers.try_emplace(route.pattern, 0);
        if (isNew) number->second = metrics_->addRoute(std::string(route.pattern));
        entry.number = number->second;
    }
}

/// Where people find the gateway does not change while it runs.
ApiLimits ApiCore::limitsFor(ApiLimits limits) const {
    limits.cors.publicOrigin = options_.publicUrl;
    return limits;
}

void ApiCore::reconfigure(ApiLimits limits) {
    auto next = live(limitsFor(std::move(limits)));
    const std::lock_guard lock(limitsMutex_);
    limits_ = std::move(next);
}

void ApiCore::drain() {
    health_.drain();
    streams_->close("draining");
}

void ApiCore::handOver() { options_.dispatcher->endWaits(); }

ExchangePtr ApiCore::open(HttpRequestPtr request, bool isUpgrade, std::function<void(Outcome)> respond) {
    auto exchange = std::make_shared<ApiExchange>();
    exchange->isUpgrade = isUpgrade;
    exchange->respond = std::move(respond);
    exchange->requestId = requestIdFor(request->header("x-request-id"), request->received, random_);
    exchange->trace = TraceContext::startSpan(request->header("traceparent"), random_);
    if (!exchange->trace.isRoot()) exchange->trace.state = traceStateOf(*request);
    exchange->trace.setSampled(spans_ && spans_->wants(exchange->trace));
    exchange->request = std::move(request);
    {
        const std::lock_guard lock(limitsMutex_);
        exchange->limits = limits_;
    }
    const HttpRequest& asked = *exchange->request;
    exchange->match = router_.find(asked.method, asked.path);
    if (exchange->match.kind == RouteMatch::Kind::Found) exchange->entry = &entries_[exchange->match.route];
    open_.add(exchange);
    if (metrics_) metrics_->started();
    return exchange;
}

void ApiCore::handle(HttpRequestPtr request, bool isUpgrade, std::function<void(Outcome)> respond) {
    const ExchangePtr exchange = open(std::move(request), isUpgrade, std::move(respond));
    if (!admitAddress(exchange)) return;
    if (exchange->entry == nullptr) return unrouted(exchange);
    auto who = identify(*exchange);
    if (!who) {
        if (metrics_) metrics_->authenticationFailed(who.error().code);
        return turnAway(exchange, who.error());
    }
    exchange->who = std::move(*who);
    if (!admitPrincipal(exchange)) return;
    if (auto allowed = authorise(*exchange); !allowed) return turnAway(exchange, allowed.error());
    serve(exchange);
}

bool ApiCore::admitAddress(const ExchangePtr& exchange) {
    RateLimiter& limiter = exchange->limits->perAddress;
    if (!limiter.isOn() || isUnlimited(*exchange)) return true;
    exchange->verdict = limiter.check(rateLimitKey(exchange->request->address), options_.clock->monotonicNow());
    if (exchange->verdict.allowed) return true;
    if (metrics_) metrics_->rateLimited("address");
    refuse(exchange, {"rate.limited", "There are too many requests from this address", {}, "Slow down", true});
    return false;
}

bool ApiCore::admitPrincipal(const ExchangePtr& exchange) {
    RateLimiter& limiter = exchange->limits->perPrincipal;
    if (!limiter.isOn() || !exchange->who.principal.isAuthenticated()) return true;
    const auto verdict = limiter.check(exchange->who.principal.id, options_.clock->monotonicNow());
    exchange->verdict = exchange->verdict.limit == 0 ? verdict : stricter(exchange->verdict, verdict);
    if (verdict.allowed) return true;
    if (metrics_) metrics_->rateLimited("principal");
    refuse(exchange, {"rate.limited", "There are too many requests of this user", {}, "Slow down", true});
    return false;
}

/// OPTIONS, a method that is not there, or nothing of that path.
void ApiCore::unrouted(const ExchangePtr& exchange) {
    const HttpRequest& request = *exchange->request;
    const RouteMatch& match = exchange->match;
    if (match.kind == RouteMatch::Kind::NotFound) {
        return refuse(exchange, {"http.not-found", "There is nothing at this path", request.path,
                                 "See /reference for what there is", false});
    }
    if (match.kind == RouteMatch::Kind::Options) {
        auto response = exchange->limits->cors.preflight(request, match.allow);
        if (!response) response = HttpResponse{204, {}, {}, false};
        response->headers.emplace_back("Allow", match.allow);
        return answer(exchange, std::move(*response));
    }
    refuse(exchange, {"http.method", fmt::format("{} is not possible here", request.method), request.path,
                      fmt::format("Possible are: {}", match.allow), false});
}

void ApiCore::serve(const ExchangePtr& exchange) {
    if (exchange->request->method == "POST" && exchange->request->header("idempotency-key") != nullptr) {
        return beginKey(exchange);
    }
    proceed(exchange);
}

void ApiCore::proceed(const ExchangePtr& exchange) {
    const Route& route = exchange->route();
    if (route.hashes && !takeHashPlace(exchange)) return;
    switch (route.handler) {
        case Handler::Call:
            return call(exchange);
        case Handler::Start:
        case Handler::Execute:
        case Handler::Rerun:
            return startRun(exchange);
        case Handler::Retention:
            return retention(exchange);
        case Handler::SetRetention:
            return setRetention(exchange);
        default:
            return serveOwn(exchange);
    }
}

void ApiCore::serveOwn(const ExchangePtr& exchange) {
    switch (exchange->route().handler) {
        case Handler::Login:
            return login(exchange);
        case Handler::SetUp:
            return setUp(exchange);
        case Handler::Logout:
            return logout(exchange);
        case Handler::Session:
            return session(exchange);
        case Handler::Socket:
            return socket(exchange);
        case Handler::Events:
            return events(exchange);
        case Handler::Health:
            return answer(exchange, health_.health());
        case Handler::Ready:
            return ready(exchange);
        case Handler::Metrics:
            return metricsPage(exchange);
        case Handler::OpenApi:
            return description(exchange);
        case Handler::Reference:
            return referencePage(exchange);
        case Handler::Hook:
            return hook(exchange);
        case Handler::HookTest:
            return hookTest(exchange);
        default:
            return refuse(exchange, {"http.not-found", "There is nothing at this path", {}, {}, false});
    }
}

void ApiCore::finished(const HttpRequest& request, unsigned status, std::uint64_t bytes) {
    const ExchangePtr exchange = open_.take(&request);
    if (!exchange) return;
    const Micros took = options_.clock->monotonicNow() - request.receivedTicks;
    if (metrics_) {
        metrics_->finished(exchange->entry != nullptr ? exchange->entry->number : 0, request.method, status, took);
    }
    const bool isLogged = options_.log.isEnabled(status >= 500 ? LogLevel::Warning : LogLevel::Info);
    const bool isTraced = spans_ && exchange->trace.isSampled();
    if (!isLogged && !isTraced) return;
    RequestRecord record = recordOf(*exchange);
    record.status = status;
    record.took = took;
    record.bytes = bytes;
    if (isTraced) spans_->finished(*exchange, record);
    if (!isLogged) return;
    const std::string traceId = exchange->trace.traceIdText();
    const std::string spanId = exchange->trace.spanIdText();
    record.traceId = traceId;
    record.spanId = spanId;
    requestLog_.write(record);
}

}  // namespace signalbox::gateway
