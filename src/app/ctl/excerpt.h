// The line of a text that an error is in, with a mark under the place.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace signalbox::ctl {

struct Excerpt {
    std::string line;   ///< cut to the columns around the place, with "…" for what was cut off
    std::string blank;  ///< as wide as what stands before the place; its tabs are kept
    std::string mark;   ///< "^", or "^~~~" over a longer place
};

/// `length` bytes from `offset` on; a place that goes on in the next line is marked up to the end of its first.
[[nodiscard]] Excerpt excerptAt(std::string_view text, std::size_t offset, std::size_t length, std::size_t columns);

}  // namespace signalbox::ctl
