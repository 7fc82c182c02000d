// Nodes that compute on values: Constant, Transform, Filter, Aggregate, Sort, Validation, Log.
#pragma once

#include "nodes/family.h"

namespace signalbox::nodes {

[[nodiscard]] Status registerDataNodes(engine::Registry& registry);

// Files of this family other than data_nodes.cpp.
[[nodiscard]] Maker aggregateMaker();
[[nodiscard]] Maker sortMaker();

}  // namespace signalbox::nodes
