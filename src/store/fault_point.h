// Moments around a commit at which a test may stop the process.
#pragma once

#include <cstdint>
#include <functional>

#include "engine/record.h"

namespace signalbox::store {

enum class FaultPoint : std::uint8_t {
    BeforeCommit,  ///< taken from the queue, nothing written
    DuringCommit,  ///< all statements have run and the commit has begun; the log on disk does not hold it yet
    AfterCommit,   ///< on disk, nobody told yet
};

/// For tests: called by the writer thread for every record of a group at each of the three moments. A hook may end the
/// process. Empty in production.
using FaultHook = std::function<void(FaultPoint, const engine::Record&)>;

}  // namespace signalbox::store
