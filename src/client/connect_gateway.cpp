#include "client/connect_gateway.h"

#include <utility>

#include "client/link_host.h"
#include "client/remote_connection.h"
#include "client/websocket_transport.h"

namespace signalbox::client {

RemoteGateway connectGateway(const GatewayProfile& profile, ConnectOptions options) {
    LinkConfig config;
    config.url = profile.url;
    config.pinned = profile.pinned;
    config.allowPlain = profile.allowPlain;
    config.agent = options.agent;
    config.timing = options.timing;
    config.clock = std::make_shared<SystemClock>();
    config.random = std::make_shared<SystemRandom>();
    auto host = std::make_shared<LinkHost>(std::move(config));
    RemoteGateway gateway;
    gateway.client = std::make_unique<GatewayClient>(std::make_unique<WebSocketTransport>(host));
    gateway.connection = std::make_unique<RemoteConnection>(profile, std::move(options), std::move(host));
    return gateway;
}

}  // namespace signalbox::client
