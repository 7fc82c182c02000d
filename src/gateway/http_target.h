// The request target: split, percent-decoded and checked, without a socket.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace signalbox::gateway {

struct Target {
    std::string path;   ///< decoded; starts with "/" (or is "*"), valid UTF-8, no control characters, no dot segments
    std::string query;  ///< behind the "?", as sent
};

/// Reads origin-form, absolute-form (the authority is dropped) and "*". Refuses what two readers could understand
/// differently: dot segments, an encoded slash, backslashes, controls, bytes outside ASCII. Error "http.target".
[[nodiscard]] Result<Target> parseTarget(std::string_view target);

/// "%41" becomes "A". A "+" stays one: that rule belongs to forms. Error "http.percent".
[[nodiscard]] Result<std::string> percentDecode(std::string_view text);

}  // namespace signalbox::gateway
