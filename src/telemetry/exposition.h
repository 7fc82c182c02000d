// Private to telemetry: what a scraper reads.
#pragma once

#include <vector>

#include <prometheus/metric_family.h>

#include "telemetry/metrics.h"

namespace signalbox::telemetry {

/// Families by name, so that two expositions can be compared.
[[nodiscard]] Exposition write(std::vector<prometheus::MetricFamily> families, ExpositionFormat format);

}  // namespace signalbox::telemetry
