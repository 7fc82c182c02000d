// ISO 8859-1 as text.
#pragma once

#include <string>
#include <string_view>

namespace signalbox::nodes {

/// Every byte is the code point of that number.
[[nodiscard]] std::string latin1ToUtf8(std::string_view bytes);

}  // namespace signalbox::nodes
