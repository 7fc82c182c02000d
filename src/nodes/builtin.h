// The node types that come with Signalbox.
#pragma once

#include <memory>

#include "base/clock.h"
#include "base/log.h"
#include "engine/registry.h"
#include "nodes/file_access.h"
#include "nodes/http_client.h"
#include "nodes/python_pool.h"

namespace signalbox::nodes {

/// What the built-in nodes are given. The clock must outlive the registry and the handle; it must be a real one, for
/// time limits of code and requests.
struct NodeEnvironment {
    const Clock* clock = nullptr;
    Logger log;
    FileAccess files;
    HttpOptions http;
    PythonOptions python;
};

/// Adds every built-in type. The handle keeps the services behind them (threads for files, HTTP and Python) at work:
/// hold it for as long as nodes may run. What still runs when it goes ends with "node.stopped", and so does whatever is
/// started later. Errors of Registry::add.
[[nodiscard]] Result<std::shared_ptr<void>> registerBuiltinNodes(engine::Registry& registry,
                                                                 const NodeEnvironment& environment);

}  // namespace signalbox::nodes
