// The standard process_* series: CPU, memory, descriptors, threads and start of this process.
#pragma once

#include "telemetry/metrics.h"

namespace signalbox::telemetry {

/// Read from /proc before each exposition. What cannot be read is left as it was.
void addProcessMetrics(Metrics& metrics);

}  // namespace signalbox::telemetry
