// Errors for those who must not learn where on the disk something is.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace signalbox {

/// The text with every path below `folder` (absolute, without a slash at its end) as seen from it: of "/srv/orders"
/// "/srv/orders/a.json" becomes "a.json". The folder itself becomes "the workspace".
[[nodiscard]] std::string seenFrom(std::string_view folder, std::string_view text);
/// The same of all that an error says. Whose `where` is the folder itself has none any more.
[[nodiscard]] Error seenFrom(std::string_view folder, Error error);

}  // namespace signalbox
