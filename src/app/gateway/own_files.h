// Which files hold secrets of the gateway itself.
#pragma once

#include <string>
#include <vector>

#include "app/gateway/configuration.h"

namespace signalbox::gatewayd {

/// The key of the certificate, the files that hold secrets for settings, /etc/signalbox when the settings come from
/// there, and the folders in which a service manager or a container gives secrets and sockets to this process. Absolute
/// paths; not all need exist. The workspace's own state is not among them.
[[nodiscard]] std::vector<std::string> ownFiles(const ConfigSources& sources, const Settings& settings,
                                                std::vector<std::string> secretFiles);

}  // namespace signalbox::gatewayd
