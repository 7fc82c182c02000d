// The series about HTTP requests, dispatched calls and streams.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "service/dispatcher.h"
#include "telemetry/metrics.h"

namespace signalbox::gateway {

/// Thread-safe. On the hot path neither a map nor an allocation: a route's series are reached by index.
class HttpMetrics {
public:
    /// Must not outlive the metrics.
    explicit HttpMetrics(telemetry::Metrics& metrics);
    HttpMetrics(const HttpMetrics&) = delete;
    HttpMetrics& operator=(const HttpMetrics&) = delete;
    ~HttpMetrics();

    /// Registers the pattern of a route ("/api/v1/runs/{id}"), once each and before requests come; gives its number.
    /// Number 0 is always there: what no route matched.
    [[nodiscard]] std::size_t addRoute(const std::string& pattern);
    void started() const;
    void finished(std::size_t route, std::string_view method, unsigned status, Micros took) const;
    /// For Dispatcher::observe().
    void dispatched(const service::DispatchReport& report) const;

    void authenticationFailed(std::string_view reason) const;  ///< an error code
    void rateLimited(std::string_view by) const;               ///< "principal", "address"
    [[nodiscard]] telemetry::Gauge webSockets() const;
    [[nodiscard]] telemetry::Gauge serverSentStreams() const;
    [[nodiscard]] telemetry::Counter eventsSent() const;
    [[nodiscard]] telemetry::Counter eventsLost() const;  ///< gaps told to subscribers, in events

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace signalbox::gateway
