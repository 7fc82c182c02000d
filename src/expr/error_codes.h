// The documented JSONata error codes and what each means, in one sentence.
#pragma once

#include <string>
#include <string_view>

#include "expr/expression.h"

namespace signalbox::expr {

/// The sentence of a code; "{token}" and "{value}" in it are replaced. Empty for an unknown code.
[[nodiscard]] std::string_view errorTemplate(std::string_view code) noexcept;
[[nodiscard]] ExpressionError makeError(std::string_view code, std::size_t position, std::string_view token = {},
                                        Value value = Value::undefined());
/// The house's error for one of the language: "expression.syntax", "expression.evaluation" or "expression.limit".
[[nodiscard]] Error toError(const ExpressionError& error, std::string_view text);

}  // namespace signalbox::expr
