#include "app/gateway/server_options.h"

#include <fmt/format.h>

namespace signalbox::gatewayd {

gateway::ServerOptions serverOptionsOf(const Settings& settings) {
    gateway::ServerOptions options;
    options.address = settings.bind == "localhost" ? "127.0.0.1" : settings.bind;
    options.port = static_cast<std::uint16_t>(settings.port);
    options.threads = static_cast<unsigned>(settings.ioThreads);
    if (settings.encrypts()) {
        options.tls = gateway::TlsFiles{settings.tls.certificate, settings.tls.key, settings.tls.passphrase};
    }
    options.allowInsecureBind = settings.dangerousInsecureBind;
    options.bindRetry = 0;
    gateway::Limits& limits = options.limits;
    limits.body = static_cast<std::uint64_t>(settings.limits.body);
    limits.decompressedBody = static_cast<std::uint64_t>(settings.limits.decompressedBody);
    limits.header = static_cast<std::size_t>(settings.limits.headers);
    limits.connections = static_cast<std::size_t>(settings.limits.connections);
    limits.connectionsPerAddress = static_cast<std::size_t>(settings.limits.connectionsPerAddress);
    limits.headerTimeout = settings.limits.headerTimeout;
    limits.bodyTimeout = settings.limits.bodyTimeout;
    limits.idleTimeout = settings.limits.idleTimeout;
    options.proxies = trustedProxiesOf(settings);
    return options;
}

gateway::TrustedProxies trustedProxiesOf(const Settings& settings) {
    return gateway::TrustedProxies::parse(settings.server.trustedProxies).value_or(gateway::TrustedProxies());
}

gateway::ApiLimits apiLimitsOf(const Settings& settings) {
    gateway::ApiLimits limits;
    limits.perPrincipal.perSecond = static_cast<double>(settings.rates.perPrincipal);
    limits.perAddress.perSecond = static_cast<double>(settings.rates.perAddress);
    limits.cors.origins = settings.corsOrigins;
    return limits;
}

std::string localAddress(const Settings& settings, std::uint16_t port) {
    std::string host = settings.bind == "localhost" || settings.bind == "0.0.0.0" ? "127.0.0.1" : settings.bind;
    if (host == "::") host = "::1";
    if (host.find(':') != std::string::npos) host = "[" + host + "]";
    return fmt::format("{}://{}:{}", settings.encrypts() ? "https" : "http", host, port);
}

}  // namespace signalbox::gatewayd
