#include "app/gateway/server_metrics.h"

#include <string>
#include <utility>
#include <vector>

namespace signalbox::gatewayd {

namespace {

using gateway::ServerStats;

struct TotalSpec {
    const char* name;
    const char* help;
    std::uint64_t ServerStats::*value;
};
constexpr TotalSpec kTotals[] = {
    {"signalbox_server_connections_accepted_total", "Connections accepted.", &ServerStats::accepted},
    {"signalbox_server_connections_turned_away_total", "Connections beyond a limit on their number.",
     &ServerStats::turnedAway},
    {"signalbox_server_tls_handshakes_failed_total", "TLS handshakes that failed.", &ServerStats::handshakesFailed},
    {"signalbox_server_requests_refused_total", "Requests that were malformed, too large or too slow.",
     &ServerStats::refused},
    {"signalbox_server_timeouts_total", "Connections ended because the peer took too long.", &ServerStats::timedOut},
    {"signalbox_server_received_bytes_total", "Bytes read, without those of WebSockets.", &ServerStats::bytesRead},
    {"signalbox_server_sent_bytes_total", "Bytes written, without those of WebSockets.", &ServerStats::bytesWritten},
};

}  // namespace

void addServerMetrics(telemetry::Metrics& metrics, const gateway::Server& server) {
    std::vector<std::pair<telemetry::Counter, std::uint64_t ServerStats::*>> totals;
    for (const TotalSpec& spec : kTotals) totals.emplace_back(metrics.counter(spec.name, spec.help), spec.value);
    const auto connections = metrics.gauge("signalbox_server_connections", "Connections that are open, with streams.");
    const auto expires = metrics.gauge("signalbox_server_certificate_expiry_timestamp_seconds",
                                       "When the certificate expires, as seconds since 1970; 0 without TLS.");
    metrics.onCollect([&server, totals, connections, expires] {
        const ServerStats stats = server.stats();
        for (const auto& [counter, value] : totals) counter.raiseTo(static_cast<double>(stats.*value));
        connections.set(static_cast<double>(stats.connections));
        expires.set(static_cast<double>(stats.certificateExpires) / 1e6);
    });
}

}  // namespace signalbox::gatewayd
