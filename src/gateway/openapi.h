// The description of the API for programs (OpenAPI 3.1), made from the routes and the protocol's types.
#pragma once

#include <deque>
#include <string>

#include "base/value.h"
#include "gateway/api_exchange.h"

namespace signalbox::gateway {

[[nodiscard]] Value openApiDocument(const std::deque<RouteEntry>& routes, const std::string& title,
                                    const std::string& version);

}  // namespace signalbox::gateway
