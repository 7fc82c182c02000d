// The series about the server itself: connections, bytes, what it turned away, its certificate.
#pragma once

#include "gateway/server.h"
#include "telemetry/metrics.h"

namespace signalbox::gatewayd {

/// The server must live as long as anything is exposed.
void addServerMetrics(telemetry::Metrics& metrics, const gateway::Server& server);

}  // namespace signalbox::gatewayd
