// Private to the reference page: types and texts as HTML.
#pragma once

#include <string>

#include "base/value.h"
#include "gateway/html_text.h"

namespace signalbox::gateway {

/// "string", "integer[]", or a link to a named type.
[[nodiscard]] std::string typeHtml(const Value& schema);
/// The members of an object as rows of a table, or the type in a line.
[[nodiscard]] std::string schemaHtml(const Value& schema);

}  // namespace signalbox::gateway
