#include "gateway/route.h"

#include <algorithm>

#include <fmt/format.h>

#include "protocol/envelope.h"

namespace signalbox::gateway {

std::vector<Route> allRoutes() {
    std::vector<Route> all;
    for (const auto part : {workflowRoutes(), runRoutes(), triggerRoutes(), identityRoutes(), gatewayRoutes()}) {
        all.insert(all.end(), part.begin(), part.end());
    }
    return all;
}

Status checkRoute(const Route& route) {
    if (route.permission.empty()) {
        return fail("route.permission", "A route must say what it needs", std::string(route.pattern),
                    "Name the permission of its call");
    }
    if (route.call.empty()) {
        const bool isOwn = route.handler != Handler::Call;
        return isOwn ? Status() : fail("route.call", "A route must say what it calls", std::string(route.pattern));
    }
    static const std::vector<protocol::CallInfo> kCalls = protocol::calls();
    const auto call =
        std::find_if(kCalls.begin(), kCalls.end(), [&](const auto& known) { return known.name == route.call; });
    if (call == kCalls.end()) {
        return fail("route.call", fmt::format("There is no call \"{}\"", route.call), std::string(route.pattern));
    }
    if (call->permission != route.permission) {
        return fail("route.permission",
                    fmt::format("{} needs \"{}\", not \"{}\"", route.call, call->permission, route.permission),
                    std::string(route.pattern));
    }
    return {};
}

}  // namespace signalbox::gateway
