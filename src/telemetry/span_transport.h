// How batches of spans get to a collector: a port, and the one over HTTP.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"

namespace signalbox::telemetry {

struct SpanPayload {
    std::string body;  ///< OTLP/JSON
    bool gzipped = false;
};

struct SpanAnswer {
    long status = 0;        ///< of HTTP; 0: there was no answer
    Micros retryAfter = 0;  ///< how long to wait before trying again, as the collector said; 0: it did not
    std::string body;       ///< its beginning
    std::string error;      ///< why there was no answer
};

/// One thread posts; any thread may cancel.
class SpanTransport {
public:
    SpanTransport() = default;
    SpanTransport(const SpanTransport&) = delete;
    SpanTransport& operator=(const SpanTransport&) = delete;
    virtual ~SpanTransport() = default;
    /// Blocks until there is an answer, for no longer than that.
    [[nodiscard]] virtual SpanAnswer post(const SpanPayload& payload, Micros within) = 0;
    /// The post under way and all later ones end at once, without an answer.
    virtual void cancel() = 0;
};

struct HttpSpanTransportOptions {
    std::string url;                                           ///< of the traces: "https://collector:4318/v1/traces"
    std::vector<std::pair<std::string, std::string>> headers;  ///< besides the usual; may hold secrets
    std::string authorities;  ///< PEM file of the certificates to trust; empty: the system's
    std::string userAgent;
    bool viaProxy = true;  ///< as the environment says (https_proxy and so on)
};

/// Over libcurl. Keeps its connection; verifies certificates; follows no redirects.
[[nodiscard]] std::unique_ptr<SpanTransport> makeHttpSpanTransport(HttpSpanTransportOptions options);

}  // namespace signalbox::telemetry
