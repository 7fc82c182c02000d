// Text within the pages that the gateway serves.
#pragma once

#include <string>
#include <string_view>

namespace signalbox::gateway {

/// With what HTML gives a meaning written as entities, in texts and in quoted attributes.
[[nodiscard]] std::string escaped(std::string_view text);

}  // namespace signalbox::gateway
