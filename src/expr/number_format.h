// Numbers by XPath decimal pictures: "#,##0.00", "0.0e0", "01%".
#pragma once

#include <string>
#include <string_view>

#include <tl/expected.hpp>

#include "base/value.h"

namespace signalbox::expr {

/// The algorithm of XPath F&O 3.1, section 4.7. Options replace the characters of the picture by name
/// ("decimal-separator", "zero-digit", ...). The error is a JSONata code, D3080 to D3093.
[[nodiscard]] tl::expected<std::string, std::string_view> formatNumber(double number, std::string_view picture,
                                                                       const Value& options);

}  // namespace signalbox::expr
