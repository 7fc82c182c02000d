// Where the spans of requests go, by the settings.
#pragma once

#include <memory>
#include <string>

#include "app/gateway/settings.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/random.h"
#include "base/result.h"
#include "gateway/api.h"
#include "telemetry/metrics.h"
#include "telemetry/span_exporter.h"
#include "telemetry/span_sampler.h"

namespace signalbox::gatewayd {

/// Owns the exporter; its end sends what is left, within a few seconds. Thread-safe.
class Tracing {
public:
    /// Null when the settings name no endpoint. The clock must outlive it, and it the metrics' last exposition;
    /// `metrics` may be null. Errors "tracing.*".
    [[nodiscard]] static Result<std::unique_ptr<Tracing>> open(const Settings& settings, const Clock& clock,
                                                               const Logger& log, telemetry::Metrics* metrics);

    [[nodiscard]] gateway::TracingOptions optionsFor(const Settings& settings);
    /// Takes over the share of new traces.
    void reconfigure(const Settings& settings) { sampler_.setShare(settings.tracing.share()); }

private:
    Tracing() = default;

    telemetry::SpanSampler sampler_;
    SystemRandom random_;
    std::unique_ptr<telemetry::SpanExporter> exporter_;
};

}  // namespace signalbox::gatewayd
