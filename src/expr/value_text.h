// Values as text, as $string and & write them: numbers as in JavaScript.
#pragma once

#include <string>
#include <string_view>

#include "expr/item.h"

namespace signalbox::expr {

/// The shortest digits that read back the same, laid out by ECMA-262 Number::toString: "1e+21", "0.000001", "1e-7".
[[nodiscard]] std::string numberText(double number);
/// A number as $string writes it: at most 15 significant digits unless it is a whole number.
[[nodiscard]] std::string displayedNumber(const Value& number);

/// Appends a string as it is and everything else as JSON; functions are empty.
void appendText(std::string& out, const Item& item, bool pretty = false);

}  // namespace signalbox::expr
