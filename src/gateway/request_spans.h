// Spans of requests: one of each HTTP request, and one of each request that comes over a WebSocket.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"
#include "gateway/api.h"
#include "gateway/request_log.h"
#include "gateway/trace_context.h"
#include "service/dispatcher.h"
#include "telemetry/span.h"

namespace signalbox::gateway {

struct ApiExchange;
struct TracedCall;

/// Thread-safe. Names and attributes are OpenTelemetry's for HTTP servers (semantic conventions 1.x), and our own below
/// "signalbox.". As in the log: neither queries nor headers or bodies, which may hold secrets.
class RequestSpans : public std::enable_shared_from_this<RequestSpans> {
public:
    /// Null when the options name no sink.
    [[nodiscard]] static std::shared_ptr<const RequestSpans> make(TracingOptions options, const Clock& clock);
    RequestSpans(TracingOptions options, const Clock& clock);

    /// Whether the span is to be recorded: as the caller does, and of a new trace as the sampler says.
    [[nodiscard]] bool wants(const TraceContext& trace) const;
    /// `record` is what the log is told.
    void finished(const ApiExchange& exchange, const RequestRecord& record) const;
    /// A request over a WebSocket, from now on; null when it is not to be recorded. `traceparent` may be null, and
    /// `tracestate` counts with it only.
    [[nodiscard]] std::shared_ptr<TracedCall> beginCall(const std::string* traceparent,
                                                        std::string_view tracestate) const;

private:
    friend struct TracedCall;
    void finished(const TracedCall& call, const Error* error) const;
    [[nodiscard]] telemetry::Span spanOf(const TraceContext& trace) const;
    void addServer(telemetry::Span& span) const;

    const TracingOptions options_;
    const Clock& clock_;
};

/// A request over a WebSocket on its way, with what its span tells. Outlives the socket if need be.
struct TracedCall {
    std::shared_ptr<const RequestSpans> spans;
    TraceContext trace;
    TraceContext upgrade;   ///< the HTTP request that has opened the socket
    Micros began = 0;       ///< wall
    Micros beganTicks = 0;  ///< monotonic
    std::string_view call;  ///< of static storage
    std::uint64_t messageId = 0;
    std::string address;  ///< of whoever asks
    std::string peer;     ///< at the other end of the connection
    std::string principal;
    std::shared_ptr<service::DispatchReport> report;

    /// Once; `error` is null when it went well.
    void end(const Error* error) const { spans->finished(*this, error); }
};

}  // namespace signalbox::gateway
