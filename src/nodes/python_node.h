// PythonCodeNode.
#pragma once

#include <memory>

#include "nodes/family.h"
#include "nodes/python_pool.h"

namespace signalbox::nodes {

[[nodiscard]] Status registerPythonNode(engine::Registry& registry, const std::shared_ptr<PythonPool>& pool);

}  // namespace signalbox::nodes
