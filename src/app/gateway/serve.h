// The life of the gateway process: start, signals, end.
#pragma once

#include "app/gateway/configuration.h"

namespace signalbox::gatewayd {

/// Runs the gateway until it is told to stop; gives the exit code. `sources` are read again on SIGHUP. To be called
/// before the process has other threads.
[[nodiscard]] int serve(const ConfigSources& sources, const Configuration& configuration);

}  // namespace signalbox::gatewayd
