// Which new traces are recorded: a share of them, chosen by the trace's id.
#pragma once

#include <atomic>
#include <cstdint>

#include "telemetry/span.h"

namespace signalbox::telemetry {

/// Decides only about the roots of traces: whoever is called within a trace does as the caller did. Consistent: every
/// program with the same or a larger share keeps the traces that this one keeps (by the 56 rightmost bits of the id, as
/// in OpenTelemetry's probability sampling). Thread-safe.
class SpanSampler {
public:
    explicit SpanSampler(double share = 1) { setShare(share); }
    /// From 0, no trace, to 1, all of them.
    void setShare(double share);
    [[nodiscard]] bool keeps(const TraceId& trace) const;

private:
    std::atomic<std::uint64_t> least_{0};  ///< ids from this one on are kept
};

}  // namespace signalbox::telemetry
