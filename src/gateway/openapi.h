// The description of the API for programs (OpenAPI 3.1), made from the routes and the protocol's types.
#pragma once

#include <deque>
#include <string>

#include "base/value.h"
#include "gateway/api_exchange.h"

namespace signalbox::gateway {

/// `server` is the URL at which clients find it; empty: where the document was read.
[[nodiscard]] Value openApiDocument(const std::deque<RouteEntry>& routes, const std::string& title,
                                    const std::string& version, const std::string& server);

}  // namespace signalbox::gateway
