// The series about engine, pool, queue, journal, store, disk and what starts runs by itself.
#pragma once

#include <memory>

#include "protocol/engine_dto.h"
#include "telemetry/metrics.h"

namespace signalbox::gateway {

/// Fed by whoever answers /metrics, who asks for the numbers first (GetEngineStats). Thread-safe.
class EngineMetrics {
public:
    /// Must not outlive the metrics.
    explicit EngineMetrics(telemetry::Metrics& metrics);
    EngineMetrics(const EngineMetrics&) = delete;
    EngineMetrics& operator=(const EngineMetrics&) = delete;
    ~EngineMetrics();

    void update(const protocol::EngineStatsDto& stats);

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace signalbox::gateway
