#include "nodes/builtin.h"

#include "nodes/data_nodes.h"
#include "nodes/file_nodes.h"
#include "nodes/flow_nodes.h"
#include "nodes/http_node.h"
#include "nodes/python_node.h"
#include "nodes/sql_nodes.h"

namespace signalbox::nodes {
namespace {

/// Nodes hold the services as well, but once the handle goes nothing runs in them any more.
struct Services {
    Services() = default;
    Services(const Services&) = delete;
    Services& operator=(const Services&) = delete;
    ~Services() {
        if (python) python->stop();
        if (http) http->stop();
        if (blocking) blocking->stop();
    }
    std::shared_ptr<BlockingPool> blocking;
    std::shared_ptr<HttpClient> http;
    std::shared_ptr<PythonPool> python;
};

}  // namespace

Result<std::shared_ptr<void>> registerBuiltinNodes(engine::Registry& registry, const NodeEnvironment& environment) {
    if (environment.clock == nullptr) return fail("registry.clock", "The built-in nodes need a clock");
    auto services = std::make_shared<Services>();
    services->blocking = std::make_shared<BlockingPool>();
    services->http = std::make_shared<HttpClient>(environment.http);
    services->python =
        std::make_shared<PythonPool>(environment.python, *environment.clock, environment.log.component("python"));
    SIGNALBOX_CHECK(registerFlowNodes(registry));
    SIGNALBOX_CHECK(registerDataNodes(registry));
    SIGNALBOX_CHECK(registerFileNodes(registry, environment.files, services->blocking));
    SIGNALBOX_CHECK(registerSqlNodes(registry, environment.files, *environment.clock, services->blocking));
    SIGNALBOX_CHECK(registerHttpNode(registry, environment.files, services->http));
    SIGNALBOX_CHECK(registerPythonNode(registry, services->python));
    return services;
}

}  // namespace signalbox::nodes
