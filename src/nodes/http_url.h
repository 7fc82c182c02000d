// Taking URLs apart.
#pragma once

#include <string>

namespace signalbox::nodes {

/// Whether scheme, host and port are the same; false when one is not a URL.
[[nodiscard]] bool sameOrigin(const std::string& a, const std::string& b);

}  // namespace signalbox::nodes
