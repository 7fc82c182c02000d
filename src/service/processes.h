// This process and those that it has started, as the kernel tells of them.
#pragma once

#include <cstdint>
#include <vector>

#include "base/clock.h"
#include "protocol/engine_dto.h"

namespace signalbox::service {

/// Resident bytes of this process; 0 when unknown.
[[nodiscard]] std::uint64_t ownMemory();
/// Children of this process and theirs, at most 100: the workers of nodes that run code are such.
[[nodiscard]] std::vector<protocol::WorkerProcessDto> childProcesses(Micros wallNow);

}  // namespace signalbox::service
