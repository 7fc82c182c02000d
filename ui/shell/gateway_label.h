// In the status bar: which gateway the window is on, and which version of it.
#pragma once

#include <optional>

#include "protocol/dto.h"
#include "ui/widgets/labels.h"

namespace signalbox::client {
class GatewayClient;
}

namespace signalbox::ui {

class ConnectionMonitor;

/// Follows what the gateway is called here and what it says of itself each time it is connected; one in this program is
/// asked once, as it stays what it is. The monitor and the client must outlive it.
class GatewayLabel : public ThemedLabel {
    Q_OBJECT
public:
    GatewayLabel(ConnectionMonitor& monitor, client::GatewayClient& client, QWidget* parent = nullptr);

private:
    void refresh();

    ConnectionMonitor& monitor_;
    std::optional<protocol::GatewayInfo> info_;
};

}  // namespace signalbox::ui
