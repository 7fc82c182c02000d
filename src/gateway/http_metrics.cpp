#include "gateway/http_metrics.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <deque>
#include <mutex>

#include <fmt/format.h>

#include "protocol/requests.h"

namespace signalbox::gateway {

namespace {

using telemetry::Counter;
using telemetry::Family;
using telemetry::Histogram;

constexpr std::array<std::string_view, 8> kMethods = {"GET",   "HEAD",   "POST",    "PUT",
                                                      "PATCH", "DELETE", "OPTIONS", "other"};
/// What the gateway answers with; 0 stands for callers who went away, 999 for anything else.
constexpr std::array<unsigned, 39> kStatuses = {0,   101, 200, 201, 202, 204, 206, 301, 302, 303, 304, 307, 308,
                                                400, 401, 403, 404, 405, 406, 408, 409, 410, 411, 412, 413, 414,
                                                415, 417, 422, 426, 428, 429, 431, 500, 501, 503, 505, 507, 999};

template <class List, class Item>
std::size_t placeOf(const List& list, const Item& item) {
    return static_cast<std::size_t>(std::min(std::find(list.begin(), list.end(), item), list.end() - 1) - list.begin());
}

std::string statusText(unsigned status) {
    if (status == 0) return "gone";
    return status == kStatuses.back() ? "other" : std::to_string(status);
}

}  // namespace

struct HttpMetrics::Parts {
    /// The series of a route. Those of a method and status are made when they are first needed.
    struct Route {
        std::string pattern;
        Histogram duration;
        std::array<std::atomic<bool>, kMethods.size() * kStatuses.size()> made{};
        std::array<Counter, kMethods.size() * kStatuses.size()> requests;
    };
    /// The series of a call that goes one way, made when they are first needed.
    struct Call {
        std::atomic<bool> made{false};
        Counter total;
        Counter failed;
    };
    static constexpr std::size_t kCalls = protocol::Request::kSize;

    explicit Parts(telemetry::Metrics& metrics);
    [[nodiscard]] const Counter& requestsOf(Route& route, std::string_view method, unsigned status);
    [[nodiscard]] const Call& callOf(const service::DispatchReport& report);

    Family<Counter>& requests;
    Family<Histogram>& durations;
    telemetry::Gauge inFlight;
    std::mutex making;  ///< guards making series and routes
    std::deque<Route> routes;

    Family<Counter>& dispatches;
    Family<Counter>& dispatchErrors;
    std::array<std::array<Call, kCalls>, 2> calls;  ///< by way
    std::array<Histogram, 2> waits;
    std::array<Histogram, 2> works;

    Family<Counter>& authenticationFailures;
    Family<Counter>& rateLimited;
    telemetry::Gauge webSockets;
    telemetry::Gauge serverSentStreams;
    Counter eventsSent;
    Counter eventsLost;
};

HttpMetrics::Parts::Parts(telemetry::Metrics& metrics)
    : requests(metrics.counters({"signalbox_http_requests_total",
                                 "HTTP requests answered, by route, method and status code; code \"gone\" for callers "
                                 "who went away before.",
                                 {"route", "method", "code"},
                                 5000})),
      durations(metrics.histograms({"signalbox_http_request_duration_seconds",
                                    "From the first byte of a request to the last of its answer, by route.",
                                    {"route"}},
                                   telemetry::durationBounds())),
      inFlight(metrics.gauge("signalbox_http_in_flight", "HTTP requests that are being answered.")),
      dispatches(metrics.counters({"signalbox_dispatch_total",
                                   "Calls done, by the thread they took (\"direct\": the connection's own).",
                                   {"way", "call"},
                                   1000})),
      dispatchErrors(metrics.counters(
          {"signalbox_dispatch_errors_total", "Calls that were answered with an error.", {"way", "call"}, 1000})),
      authenticationFailures(metrics.counters({"signalbox_auth_failures_total",
                                               "Credentials that were refused, by the code of the error.",
                                               {"reason"},
                                               50})),
      rateLimited(metrics.counters({"signalbox_rate_limited_total",
                                    "Requests refused because there were too many, by whose limit it was.",
                                    {"by"},
                                    10})),
      webSockets(metrics.gauge("signalbox_websocket_connections", "Open WebSockets.")),
      serverSentStreams(metrics.gauge("signalbox_sse_connections", "Open streams of server-sent events.")),
      eventsSent(metrics.counter("signalbox_events_sent_total", "Events handed to subscribers.")),
      eventsLost(metrics.counter("signalbox_events_lost_total",
                                 "Events that subscribers were too slow for and were told to be lost.")) {
    auto& waited =
        metrics.histograms({"signalbox_dispatch_wait_seconds", "How long calls waited for a thread.", {"way"}, 10},
                           {0.00001, 0.0001, 0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5});
    auto& worked = metrics.histograms(
        {"signalbox_dispatch_duration_seconds", "From a call's begin to its answer, by way.", {"way"}, 10},
        {0.00001, 0.0001, 0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5});
    for (const auto way : {service::DispatchWay::Direct, service::DispatchWay::Pool}) {
        const auto index = static_cast<std::size_t>(way);
        const auto name = service::dispatchWayName(way);
        waits[index] = waited.with({name});
        works[index] = worked.with({name});
    }
}

const Counter& HttpMetrics::Parts::requestsOf(Route& route, std::string_view method, unsigned status) {
    const std::size_t methodPlace = placeOf(kMethods, method);
    const std::size_t statusPlace = placeOf(kStatuses, status);
    const std::size_t place = methodPlace * kStatuses.size() + statusPlace;
    if (!route.made[place].load(std::memory_order_acquire)) {
        const std::lock_guard lock(making);
        if (route.made[place].load(std::memory_order_relaxed)) return route.requests[place];
        route.requests[place] =
            requests.with({route.pattern, kMethods[methodPlace], statusText(kStatuses[statusPlace])});
        route.made[place].store(true, std::memory_order_release);
    }
    return route.requests[place];
}

const HttpMetrics::Parts::Call& HttpMetrics::Parts::callOf(const service::DispatchReport& report) {
    Call& call = calls[static_cast<std::size_t>(report.way)][report.kind];
    if (!call.made.load(std::memory_order_acquire)) {
        const std::lock_guard lock(making);
        if (call.made.load(std::memory_order_relaxed)) return call;
        const auto way = service::dispatchWayName(report.way);
        call.total = dispatches.with({way, report.call});
        call.failed = dispatchErrors.with({way, report.call});
        call.made.store(true, std::memory_order_release);
    }
    return call;
}

HttpMetrics::HttpMetrics(telemetry::Metrics& metrics) : parts_(std::make_unique<Parts>(metrics)) {
    static_cast<void>(addRoute("none"));
}

HttpMetrics::~HttpMetrics() = default;

std::size_t HttpMetrics::addRoute(const std::string& pattern) {
    const std::lock_guard lock(parts_->making);
    auto& route = parts_->routes.emplace_back();
    route.pattern = pattern;
    route.duration = parts_->durations.with({pattern});
    return parts_->routes.size() - 1;
}

void HttpMetrics::started() const { parts_->inFlight.add(1); }

void HttpMetrics::finished(std::size_t route, std::string_view method, unsigned status, Micros took) const {
    parts_->inFlight.add(-1);
    auto& series = parts_->routes[route < parts_->routes.size() ? route : 0];
    parts_->requestsOf(series, method, status).increment();
    series.duration.observe(static_cast<double>(took) * 1e-6);
}

void HttpMetrics::dispatched(const service::DispatchReport& report) const {
    const auto way = static_cast<std::size_t>(report.way);
    parts_->waits[way].observe(static_cast<double>(report.waited) * 1e-6);
    parts_->works[way].observe(static_cast<double>(report.took) * 1e-6);
    const Parts::Call& call = parts_->callOf(report);
    call.total.increment();
    if (report.failed) call.failed.increment();
}

void HttpMetrics::authenticationFailed(std::string_view reason) const {
    parts_->authenticationFailures.with({reason}).increment();
}

void HttpMetrics::rateLimited(std::string_view by) const { parts_->rateLimited.with({by}).increment(); }

telemetry::Gauge HttpMetrics::webSockets() const { return parts_->webSockets; }
telemetry::Gauge HttpMetrics::serverSentStreams() const { return parts_->serverSentStreams; }
telemetry::Counter HttpMetrics::eventsSent() const { return parts_->eventsSent; }
telemetry::Counter HttpMetrics::eventsLost() const { return parts_->eventsLost; }

}  // namespace signalbox::gateway
