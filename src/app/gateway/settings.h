// What can be set for the gateway, as typed values. Filled from setting_table.h; nothing else reads configuration.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"

namespace signalbox::gatewayd {

inline constexpr std::string_view kOn = "on";
inline constexpr std::string_view kAuthOff = "off-anyone-can-do-anything";
inline constexpr std::string_view kMonitoringOff = "off-nobody-sees-what-happens";

struct TlsSettings {
    std::string certificate;  ///< PEM file of the certificate and its chain; empty: no TLS
    std::string key;          ///< PEM file of its private key
    std::string passphrase;   ///< of the key; empty: it has none
};

/// What one peer may cost. Bytes, counts and microseconds, as the table says of each.
struct LimitSettings {
    std::int64_t body = 0;
    std::int64_t decompressedBody = 0;
    std::int64_t headers = 0;
    std::int64_t connections = 0;
    std::int64_t connectionsPerAddress = 0;
    Micros headerTimeout = 0;
    Micros bodyTimeout = 0;
    Micros idleTimeout = 0;
};

/// Requests a second; 0: as many as come.
struct RateSettings {
    std::int64_t perPrincipal = 0;
    std::int64_t perAddress = 0;
};

struct Settings {
    std::string title;
    std::string workspace;
    std::string environment;
    std::string tenant;
    std::string bind;
    std::int64_t port = 0;
    bool dangerousInsecureBind = false;
    std::int64_t ioThreads = 0;
    std::int64_t engineThreads = 0;
    TlsSettings tls;
    std::string auth;
    Micros sessionIdle = 0;
    std::int64_t sessionsPerUser = 0;
    std::string monitoring;
    bool metricsOpen = false;
    std::vector<std::string> corsOrigins;
    LimitSettings limits;
    RateSettings rates;
    Micros drainTimeout = 0;
    std::string logLevel;
    std::string logFormat;

    [[nodiscard]] bool authenticates() const { return auth == kOn; }
    [[nodiscard]] bool isMonitored() const { return monitoring == kOn; }
    [[nodiscard]] bool encrypts() const { return !tls.certificate.empty(); }
};

}  // namespace signalbox::gatewayd
