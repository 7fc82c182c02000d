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

struct ServerSettings {
    std::string publicUrl;                    ///< "https://host[:port]"; empty: people come to where it listens
    std::vector<std::string> trustedProxies;  ///< addresses and networks whose word about clients counts
};

struct TlsSettings {
    std::string certificate;  ///< PEM file of the certificate and its chain; empty: no TLS
    std::string key;          ///< PEM file of its private key
    std::string passphrase;   ///< of the key; empty: it has none
};

/// What workflows may touch on this machine.
struct NodeSettings {
    std::vector<std::string> readFolders;   ///< beside the workspace
    std::vector<std::string> writeFolders;  ///< beside the workspace; read as well
    bool dangerousOpenPython = false;       ///< Python code where no file can be hidden from it
    /// Files and folders with the gateway's own secrets. Found when settings are read; no setting.
    std::vector<std::string> shut;
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

/// Spans of requests, for an OpenTelemetry collector.
struct TracingSettings {
    std::string endpoint;  ///< URL; empty: no request is traced
    std::string serviceName;
    std::int64_t sampleRatio = 0;  ///< of new traces, in millionths
    std::string headers;           ///< "Name: value" lines; secret
    std::string authorities;       ///< PEM file; empty: those of the system
    std::string compression;
    Micros timeout = 0;
    std::int64_t queue = 0;

    [[nodiscard]] bool isOn() const { return !endpoint.empty(); }
    [[nodiscard]] double share() const { return static_cast<double>(sampleRatio) / 1e6; }
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
    ServerSettings server;
    TlsSettings tls;
    std::string auth;
    Micros sessionIdle = 0;
    std::int64_t sessionsPerUser = 0;
    std::string monitoring;
    bool metricsOpen = false;
    TracingSettings tracing;
    std::vector<std::string> corsOrigins;
    NodeSettings nodes;
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
