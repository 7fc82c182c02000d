#include "gateway/request_spans.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "gateway/api_exchange.h"
#include "gateway/problem.h"
#include "gateway/trace_state.h"
#include "telemetry/span_sampler.h"

namespace signalbox::gateway {

namespace {

using telemetry::Span;
using telemetry::SpanStatus;

constexpr std::size_t kLongestPath = 200;
constexpr std::size_t kLongestMethod = 32;
constexpr unsigned kServerError = 500;

/// Those of RFC 9110 and 5789, which are all that may name a span: others are a caller's invention.
constexpr std::array<std::string_view, 9> kMethods = {"GET",     "HEAD",    "POST",  "PUT",  "DELETE",
                                                      "CONNECT", "OPTIONS", "TRACE", "PATCH"};

void setText(Span& span, std::string_view name, std::string_view text) {
    if (!text.empty()) span.set(name, std::string(text));
}

void setMethod(Span& span, std::string_view method, std::string_view route) {
    const bool isKnown = std::find(kMethods.begin(), kMethods.end(), method) != kMethods.end();
    span.name = isKnown ? method : "HTTP";
    if (!route.empty()) span.name += fmt::format(" {}", route);
    span.set("http.request.method", std::string(isKnown ? method : "_OTHER"));
    if (!isKnown) setText(span, "http.request.method_original", method.substr(0, kLongestMethod));
}

void setDispatch(Span& span, std::string_view call, std::string_view way, Micros waited) {
    setText(span, "signalbox.call", call);
    if (way.empty()) return;
    setText(span, "signalbox.dispatch.way", way);
    span.set("signalbox.dispatch.wait_ms", static_cast<double>(waited) / 1000.0);
}

/// What the gateway could not do is an error of its span; what it was wrongly asked for is not.
void setEnd(Span& span, unsigned status, std::string_view code) {
    if (status >= kServerError) span.status = SpanStatus::Error;
    if (!code.empty())
        setText(span, "error.type", code);
    else if (status >= kServerError)
        setText(span, "error.type", fmt::format("{}", status));
}

}  // namespace

std::shared_ptr<const RequestSpans> RequestSpans::make(TracingOptions options, const Clock& clock) {
    if (options.sink == nullptr) return nullptr;
    return std::make_shared<const RequestSpans>(std::move(options), clock);
}

RequestSpans::RequestSpans(TracingOptions options, const Clock& clock) : options_(std::move(options)), clock_(clock) {}

bool RequestSpans::wants(const TraceContext& trace) const {
    if (!trace.isRoot()) return trace.isSampled();
    return options_.sampler != nullptr && options_.sampler->keeps(trace.traceId);
}

Span RequestSpans::spanOf(const TraceContext& trace) const {
    constexpr std::size_t kUsualAttributes = 16;
    Span span;
    span.traceId = trace.traceId;
    span.spanId = trace.spanId;
    span.parentId = trace.parentId;
    span.parentIsRemote = !trace.isRoot();
    span.traceFlags = trace.flags;
    span.traceState = trace.state;
    span.attributes.reserve(kUsualAttributes);
    return span;
}

void RequestSpans::addServer(Span& span) const {
    setText(span, "server.address", options_.serverAddress);
    if (options_.serverPort != 0) span.set("server.port", std::int64_t{options_.serverPort});
}

void RequestSpans::finished(const ApiExchange& exchange, const RequestRecord& record) const {
    const HttpRequest& request = *exchange.request;
    Span span = spanOf(exchange.trace);
    span.start = request.received;
    span.duration = record.took;
    setMethod(span, record.method, record.route);
    setText(span, "http.route", record.route);
    if (record.route.empty()) setText(span, "url.path", record.path.substr(0, kLongestPath));
    setText(span, "url.scheme", request.encrypted ? "https" : "http");
    addServer(span);
    setText(span, "client.address", record.address);
    setText(span, "network.peer.address", record.peer);
    setText(span, "enduser.id", record.principal);
    setText(span, "signalbox.request.id", record.requestId);
    setDispatch(span, record.call, record.way, record.waited);
    if (record.status == 0) {
        // The caller went away: nothing was answered, and nobody here is to blame.
        setEnd(span, 0, "caller.gone");
    } else {
        span.set("http.response.status_code", static_cast<std::int64_t>(record.status));
        setEnd(span, record.status, record.code);
    }
    options_.sink->record(std::move(span));
}

std::shared_ptr<TracedCall> RequestSpans::beginCall(const std::string* traceparent, std::string_view tracestate) const {
    FastRandom random;
    TraceContext trace = TraceContext::startSpan(traceparent, random);
    trace.setSampled(wants(trace));
    if (!trace.isSampled()) return nullptr;
    if (!trace.isRoot()) trace.state = readTraceState(tracestate);
    auto call = std::make_shared<TracedCall>();
    call->spans = shared_from_this();
    call->trace = trace;
    call->began = clock_.wallNow();
    call->beganTicks = clock_.monotonicNow();
    call->report = std::make_shared<service::DispatchReport>();
    return call;
}

void RequestSpans::finished(const TracedCall& call, const Error* error) const {
    Span span = spanOf(call.trace);
    span.name = call.call;
    span.start = call.began;
    span.duration = clock_.monotonicNow() - call.beganTicks;
    setText(span, "network.protocol.name", "websocket");
    addServer(span);
    setText(span, "client.address", call.address);
    setText(span, "network.peer.address", call.peer);
    setText(span, "enduser.id", call.principal);
    span.set("signalbox.message.id", static_cast<std::int64_t>(call.messageId));
    const service::DispatchReport& report = *call.report;
    setDispatch(span, call.call, report.call.empty() ? std::string_view() : service::dispatchWayName(report.way),
                report.waited);
    if (error != nullptr) setEnd(span, statusOfCode(error->code).value_or(kServerError), error->code);
    // One socket carries the work of hours: its requests are no part of the trace that opened it, but point there.
    if (call.upgrade.isSampled()) {
        span.links.push_back({call.upgrade.traceId, call.upgrade.spanId, call.upgrade.flags, call.upgrade.state});
    }
    options_.sink->record(std::move(span));
}

}  // namespace signalbox::gateway
