// Reads compiled time zone files (RFC 8536).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace signalbox::triggers {

/// What such a file says about offsets; names and leap seconds are left out.
struct Tzif {
    std::int32_t firstOffset = 0;       ///< before the first change, in seconds east of Greenwich
    std::vector<std::int64_t> changes;  ///< UTC, ascending
    std::vector<std::int32_t> offsets;  ///< from each change on
    std::string footer;                 ///< the rule after the last change; may be empty
};

/// Of version 1 to 4. None: the file is damaged.
[[nodiscard]] std::optional<Tzif> readTzif(std::string_view content);

}  // namespace signalbox::triggers
