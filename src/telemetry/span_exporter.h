// Sends spans to an OpenTelemetry collector by OTLP over HTTP, in the background.
#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "base/clock.h"
#include "base/log.h"
#include "base/random.h"
#include "telemetry/metrics.h"
#include "telemetry/span.h"
#include "telemetry/span_delivery.h"

namespace signalbox::telemetry {

struct SpanExporterOptions {
    SpanDeliveryOptions delivery;
    std::size_t queue = 8192;        ///< spans that may wait; more are dropped
    std::size_t batch = 512;         ///< spans of a request
    Micros interval = 2'000'000;     ///< after which a smaller batch is sent
    Micros flushWithin = 3'000'000;  ///< how long the end waits for what is left
    bool ownThread = true;           ///< false: spans are sent in runPending(), for tests
};

/// Thread-safe. Spans wait in a queue with a bound and leave it in batches, on a thread of its own: whoever records one
/// is never kept waiting by the collector.
class SpanExporter final : public SpanSink {
public:
    /// Clock and random numbers (used by its thread only) must outlive it.
    SpanExporter(SpanExporterOptions options, std::unique_ptr<SpanTransport> transport, const Clock& clock,
                 Random& random, const Logger& log);
    /// shutdown()
    ~SpanExporter() override;

    void record(Span span) override;
    /// Sends what waits, for as long as its options say, and drops the rest. Idempotent; spans that come later are
    /// dropped.
    void shutdown();
    /// Does what is due. Only without an own thread. Gives when there is something to do next, as SpanDelivery::step().
    Micros runPending();

    [[nodiscard]] std::size_t queued() const;
    [[nodiscard]] const SpanCounts& counts() const;

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

/// The series signalbox_spans_*. The exporter must live as long as anything is exposed.
void addSpanMetrics(Metrics& metrics, const SpanExporter& exporter);

}  // namespace signalbox::telemetry
