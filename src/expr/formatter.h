// The canonical layout of an expression.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.h"

namespace signalbox::expr {

struct FormatOptions {
    std::size_t width = 80;  ///< columns a line should keep to; long strings and names may exceed it
    std::size_t indent = 2;  ///< blanks a level
};

/// The same program in canonical layout, comments kept. Formatting the result again changes nothing.
/// Error "expression.syntax" as Expression::compile gives it: text that does not parse is never touched.
[[nodiscard]] Result<std::string> formatExpression(std::string_view text, const FormatOptions& options = {});

}  // namespace signalbox::expr
