// Private to the engine: what Engine holds.
#pragma once

#include <memory>
#include <utility>

#include "engine/engine_core.h"

namespace signalbox::engine {

class Engine::Impl {
public:
    Impl(EnginePorts ports, EngineOptions options)
        : core(std::make_shared<EngineCore>(std::move(ports), std::move(options))) {}

    /// Sends a record to the run if it is active here; otherwise says why not.
    void control(RunId run, RecordKind kind, Value payload, std::uint32_t node, Done done);

    std::shared_ptr<EngineCore> core;
};

}  // namespace signalbox::engine
