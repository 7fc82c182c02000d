// How many files and connections the process may have open.
#pragma once

#include <cstdint>

namespace signalbox::gatewayd {

/// Raises the soft limit as far as is needed and the hard one allows; gives the limit as it is then.
std::uint64_t raiseDescriptorLimit(std::uint64_t needed);

}  // namespace signalbox::gatewayd
