// Nodes that direct a run: Switch, and those that the engine's state machine carries out itself (Merge, Map,
// SubWorkflow, Delay, WaitForSignal, Approval), which are manifests only.
#pragma once

#include "nodes/family.h"

namespace signalbox::nodes {

[[nodiscard]] Status registerFlowNodes(engine::Registry& registry);

}  // namespace signalbox::nodes
