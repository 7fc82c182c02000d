// Private to the reference page: types and texts as HTML.
#pragma once

#include <string>
#include <string_view>

#include "base/value.h"

namespace signalbox::gateway {

/// With what HTML gives a meaning written as entities.
[[nodiscard]] std::string escaped(std::string_view text);
/// "string", "integer[]", or a link to a named type.
[[nodiscard]] std::string typeHtml(const Value& schema);
/// The members of an object as rows of a table, or the type in a line.
[[nodiscard]] std::string schemaHtml(const Value& schema);

}  // namespace signalbox::gateway
