// What an engine tells its observers while runs go.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>

#include "base/clock.h"
#include "base/ids.h"
#include "base/log.h"
#include "base/value.h"
#include "engine/ports.h"

namespace signalbox::engine {

enum class NodeStatus : std::uint8_t {
    Pending,
    Ready,
    Running,
    Backoff,
    Waiting,
    Succeeded,
    Failed,
    Skipped,
    Cancelled,
    Reused
};
[[nodiscard]] std::string_view nodeStatusName(NodeStatus status) noexcept;  ///< "pending", "ready", ...

/// One thing that happened. Small: payloads are not carried, only asked for.
struct EngineEvent {
    enum class Kind : std::uint8_t { RunStatus, NodeStatus, NodeProgress, NodeLog, LateResultRefused };
    Kind kind = Kind::RunStatus;
    RunId run;
    std::uint32_t node = kNoNode;
    std::uint32_t item = kNoItem;
    std::uint32_t generation = 0;
    std::uint32_t attempt = 0;
    RunStatus runStatus = RunStatus::Running;
    NodeStatus nodeStatus = NodeStatus::Pending;
    LogLevel logLevel = LogLevel::Info;
    double progress = 0;  ///< 0 to 1
    Micros wall = 0;
    Micros took = 0;
    std::string text;                 ///< log line, progress note, or error message
    std::string code;                 ///< error code
    Value data = Value::undefined();  ///< log fields
};

/// Called from engine threads, in order for each run; must not block.
using EventSink = std::function<void(std::span<const EngineEvent>)>;

}  // namespace signalbox::engine
