// How much JSON a peer may send, whichever way it comes.
#pragma once

#include <cstddef>

namespace signalbox::gateway {

/// Of every kind, in one text: few bytes must not become a tree of gigabytes.
constexpr std::size_t kMostJsonValues = 1'000'000;

}  // namespace signalbox::gateway
