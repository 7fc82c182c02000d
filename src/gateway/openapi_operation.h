// One route as an operation of OpenAPI.
#pragma once

#include <string>

#include "base/value.h"
#include "gateway/api_exchange.h"
#include "gateway/openapi_schemas.h"

namespace signalbox::gateway {

/// `id` is unique; `result` is the schema of the call's reply, undefined when it has none.
[[nodiscard]] Value openApiOperation(const RouteEntry& entry, const std::string& id, const Value& result,
                                     const NamedSchemas& schemas);

}  // namespace signalbox::gateway
