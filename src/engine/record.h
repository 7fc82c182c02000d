// The journal's record: what happened to a run, in order. The same struct is the event that drives the state machine.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/clock.h"
#include "base/ids.h"
#include "base/value.h"

namespace signalbox::engine {

enum class RecordKind : std::uint8_t {
    RunStarted = 1,   ///< payload {inputs, seed, startedBy, priority, origin?, workflow, version, parent?}
    NodeReused,       ///< a result taken over from an earlier run; payload outputs
    NodeStarted,      ///< on disk before an effectful node starts
    NodeSucceeded,    ///< payload outputs (object of port to value)
    NodeFailed,       ///< payload error object {code, message, where, hint, retryable}
    TimerFired,       ///< payload timer kind (integer, TimerKind)
    SignalReceived,   ///< payload {name, value, by}
    ApprovalDecided,  ///< payload {approved, by, comment}
    CancelRequested,  ///< payload {by, reason}
    PauseRequested,   ///< payload {by}
    ResumeRequested,  ///< payload {by}
    Recovered,        ///< a new owner took over; token is its fencing token
    AttemptLost,      ///< an effectful attempt was in flight when its owner died
    RunFinished,      ///< payload {status, outputs, error?, compensated?}
};
inline constexpr int kRecordKinds = 14;
[[nodiscard]] std::string_view recordKindName(RecordKind kind) noexcept;  ///< "run-started", ...

enum class TimerKind : std::uint8_t {
    Retry = 1,
    Delay,
    AttemptTimeout,
    TotalTimeout,
    SignalTimeout,
    ApprovalExpiry,
    Drain
};

inline constexpr std::uint32_t kNoNode = 0xffffffffU;
inline constexpr std::uint32_t kNoItem = 0xffffffffU;

struct Record {
    RunId run;
    std::uint64_t seq = 0;  ///< from 1, without gaps within a run
    RecordKind kind = RecordKind::RunStarted;
    std::uint32_t node = kNoNode;  ///< index in the plan
    std::uint32_t item = kNoItem;  ///< of a MapNode
    std::uint32_t generation = 0;  ///< how often a loop has reset the node
    std::uint32_t attempt = 0;     ///< from 1
    std::uint64_t token = 0;       ///< fencing token of the writer
    Micros wall = 0;
    Micros monotonic = 0;
    Micros took = 0;  ///< duration of the attempt, for NodeSucceeded and NodeFailed
    Value payload = Value::undefined();
    bool operator==(const Record&) const = default;
};

/// An Error as a payload and back.
[[nodiscard]] Value errorToValue(const struct ::signalbox::Error& error);
[[nodiscard]] ::signalbox::Error errorFromValue(const Value& value);

}  // namespace signalbox::engine
