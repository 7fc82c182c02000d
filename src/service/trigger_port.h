// How triggers start and end runs of this workspace.
#pragma once

#include <functional>

#include "service/dispatcher.h"
#include "triggers/triggers.h"

namespace signalbox::service {

/// The parts with an engine and a store. Everything must outlive the port; the dispatcher, which knows the runs of
/// other programs too, has to be there when the first run is to be cancelled.
[[nodiscard]] triggers::RunPort makeRunPort(const DispatcherParts& parts, std::function<Dispatcher&()> dispatcher);

}  // namespace signalbox::service
