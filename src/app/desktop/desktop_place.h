// Private to the desktop: a window with its gateway.
#pragma once

#include <filesystem>
#include <memory>

#include "app/desktop/desktop.h"
#include "client/gateway_client.h"
#include "embedded/embedded_gateway.h"
#include "ui/shell/main_window.h"

namespace signalbox::desktop {

struct Desktop::Place {
    QString id;                    ///< in the book of gateways
    std::filesystem::path folder;  ///< empty for a remote gateway, like the next two
    std::unique_ptr<embedded::EmbeddedGateway> gateway;
    std::unique_ptr<client::GatewayClient> client;
    std::unique_ptr<ui::MainWindow> window;
};

}  // namespace signalbox::desktop
