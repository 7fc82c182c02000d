// Spans as OTLP/JSON: the body of a request to a collector's /v1/traces, and what its answer says.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "telemetry/span.h"

namespace signalbox::telemetry {

/// Who made the spans: the same for all of them.
struct SpanResource {
    std::vector<std::pair<std::string, std::string>> attributes;  ///< "service.name" and so on
    std::string scope;                                            ///< "signalbox.gateway"
    std::string scopeVersion;
};

/// An ExportTraceServiceRequest by the JSON mapping of opentelemetry-proto 1.x: ids in hexadecimal, 64-bit integers as
/// strings, enums as numbers, times in nanoseconds.
[[nodiscard]] std::string otlpJson(const SpanResource& resource, std::span<const Span> spans);

/// What a collector took only a part of.
struct PartialSuccess {
    std::uint64_t rejected = 0;
    std::string message;  ///< may be there without anything rejected: a warning; shortened
};
/// Of an answer's body; nothing rejected when it says nothing, or nothing that can be read.
[[nodiscard]] PartialSuccess partialSuccessOf(std::string_view body);

}  // namespace signalbox::telemetry
