// Texts of a URL as values of the types that a call's parameters have.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "base/value.h"

namespace signalbox::gateway {

/// By the schema's type: string, integer, number or boolean ("true", "false", "1", "0"). Error "request.parameter".
[[nodiscard]] Result<Value> queryValue(std::string_view name, std::string_view text, const Value& schema);
/// The same for a segment of the path.
[[nodiscard]] Result<Value> pathValueOf(std::string_view name, std::string_view text, const Value& schema);

}  // namespace signalbox::gateway
