// The way to a part of a value, as an expression writes it.
#pragma once

#include <QString>
#include <cstdint>
#include <vector>

#include "base/value.h"

namespace signalbox::ui {

/// `orders[3].price`, `$[0].name` below an array, `$` for the value itself. `place`: places of members or items, level
/// by level.
[[nodiscard]] QString pathExpression(const Value& root, const std::vector<std::uint32_t>& place);

}  // namespace signalbox::ui
