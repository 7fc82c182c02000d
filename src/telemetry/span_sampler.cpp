#include "telemetry/span_sampler.h"

#include <algorithm>
#include <cmath>

namespace signalbox::telemetry {

void SpanSampler::setShare(double share) {
    const double dropped = 1.0 - std::clamp(share, 0.0, 1.0);
    least_.store(static_cast<std::uint64_t>(std::llround(dropped * 0x1p56)), std::memory_order_relaxed);
}

bool SpanSampler::keeps(const TraceId& trace) const {
    std::uint64_t number = 0;
    for (std::size_t i = 9; i < trace.size(); ++i) number = (number << 8U) | trace[i];
    return number >= least_.load(std::memory_order_relaxed);
}

}  // namespace signalbox::telemetry
