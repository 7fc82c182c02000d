// Where each part of a JSON text stands.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/text.h"

namespace signalbox::engine {

/// Line and column of every value in a JSON text that has been parsed without error, by RFC 6901 pointer.
[[nodiscard]] std::map<std::string, LineColumn> scanPlaces(std::string_view text);

/// The place of a pointer or of the nearest part around it; line 0 when nothing is known.
[[nodiscard]] LineColumn placeOf(const std::map<std::string, LineColumn>& places, std::string_view pointer);

}  // namespace signalbox::engine
