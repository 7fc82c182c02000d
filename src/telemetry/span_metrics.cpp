#include <array>
#include <string>

#include "telemetry/span_exporter.h"

namespace signalbox::telemetry {

namespace {

constexpr std::array<std::string_view, kSpanDrops> kNames = {"queue-full", "refused", "rejected", "undelivered",
                                                             "shutdown"};

}  // namespace

std::string_view spanDropName(SpanDrop drop) noexcept { return kNames[static_cast<std::size_t>(drop)]; }

void addSpanMetrics(Metrics& metrics, const SpanExporter& exporter) {
    auto& dropped = metrics.counters({"signalbox_spans_dropped_total",
                                      "Spans that were recorded and not delivered, by the reason.",
                                      {"reason"},
                                      kSpanDrops});
    std::array<Counter, kSpanDrops> drops;
    for (std::size_t i = 0; i < kSpanDrops; ++i) drops[i] = dropped.with({kNames[i]});
    const auto exported = metrics.counter("signalbox_spans_exported_total", "Spans that the collector has taken.");
    const auto queued = metrics.gauge("signalbox_spans_queued", "Spans that wait to be sent.");
    metrics.onCollect([&exporter, drops, exported, queued] {
        const SpanCounts& counts = exporter.counts();
        exported.raiseTo(static_cast<double>(counts.exported.load()));
        for (std::size_t i = 0; i < kSpanDrops; ++i) {
            drops[i].raiseTo(static_cast<double>(counts.of(static_cast<SpanDrop>(i))));
        }
        queued.set(static_cast<double>(exporter.queued()));
    });
}

}  // namespace signalbox::telemetry
