// Settings as the server and the API take them.
#pragma once

#include "app/gateway/settings.h"
#include "gateway/api.h"
#include "gateway/server.h"

namespace signalbox::gatewayd {

/// Without retries: whoever starts the server decides how long it waits for a port.
[[nodiscard]] gateway::ServerOptions serverOptionsOf(const Settings& settings);

/// What a reload takes over. Of a valid configuration: it trusts nobody where the setting makes no sense.
[[nodiscard]] gateway::TrustedProxies trustedProxiesOf(const Settings& settings);
[[nodiscard]] gateway::ApiLimits apiLimitsOf(const Settings& settings);

/// "https://[::1]:7450": where a program on this machine reaches a server with these settings at that port.
[[nodiscard]] std::string localAddress(const Settings& settings, std::uint16_t port);

}  // namespace signalbox::gatewayd
