// SqlQueryNode and SqlExecuteNode, over SQLite files.
#pragma once

#include <memory>

#include "base/clock.h"
#include "nodes/family.h"
#include "nodes/file_access.h"

namespace signalbox::nodes {

/// The clock must outlive the registry.
[[nodiscard]] Status registerSqlNodes(engine::Registry& registry, const FileAccess& access, const Clock& clock,
                                      const std::shared_ptr<BlockingPool>& pool);

}  // namespace signalbox::nodes
