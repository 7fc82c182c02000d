// A span: one piece of work in a trace, as OpenTelemetry has it; and where finished ones go.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/clock.h"

namespace signalbox::telemetry {

using TraceId = std::array<std::uint8_t, 16>;
using SpanId = std::array<std::uint8_t, 8>;

/// Numbers are OTLP's.
enum class SpanKind : std::uint8_t { Internal = 1, Server = 2, Client = 3 };
enum class SpanStatus : std::uint8_t { Unset = 0, Ok = 1, Error = 2 };

using AttributeValue = std::variant<std::string, std::int64_t, double, bool>;

/// A span of another trace, or elsewhere in this one, that has to do with it.
struct SpanLink {
    TraceId traceId{};
    SpanId spanId{};
    std::uint8_t traceFlags = 0;
    std::string traceState{};
};

/// Finished: nothing of it changes any more.
struct Span {
    TraceId traceId{};
    SpanId spanId{};
    SpanId parentId{};            ///< all zero: it is the root of its trace
    bool parentIsRemote = false;  ///< its parent is a span of another program
    std::uint8_t traceFlags = 0;  ///< W3C: bit 0 is "sampled"
    std::string traceState;       ///< W3C: what came with the trace, to be passed on; may be empty
    std::string name;             ///< of few different values: "GET /api/v1/runs/{id}"
    SpanKind kind = SpanKind::Server;
    Micros start = 0;     ///< wall time
    Micros duration = 0;  ///< measured by the monotonic clock; the end is start and this
    SpanStatus status = SpanStatus::Unset;
    std::vector<std::pair<std::string_view, AttributeValue>> attributes;  ///< names of static storage
    std::vector<SpanLink> links;

    void set(std::string_view key, AttributeValue value) { attributes.emplace_back(key, std::move(value)); }
};

/// Takes finished spans. Thread-safe; never blocks for longer than a short lock.
class SpanSink {
public:
    SpanSink() = default;
    SpanSink(const SpanSink&) = delete;
    SpanSink& operator=(const SpanSink&) = delete;
    virtual ~SpanSink() = default;
    virtual void record(Span span) = 0;
};

}  // namespace signalbox::telemetry
