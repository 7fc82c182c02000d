#include "engine/record.h"

#include <array>

#include "base/result.h"
#include "engine/events.h"
#include "engine/ports.h"

namespace signalbox::engine {

std::string_view recordKindName(RecordKind kind) noexcept {
    static constexpr std::array<std::string_view, kRecordKinds + 1> kNames = {
        "none",        "run-started",     "node-reused",      "node-started",     "node-succeeded",  "node-failed",
        "timer-fired", "signal-received", "approval-decided", "cancel-requested", "pause-requested", "resume-requested",
        "recovered",   "attempt-lost",    "run-finished"};
    const auto index = static_cast<std::size_t>(kind);
    return index < kNames.size() ? kNames[index] : kNames[0];
}

std::string_view runStatusName(RunStatus status) noexcept {
    static constexpr std::array<std::string_view, 8> kNames = {"queued",    "running", "waiting",   "paused",
                                                               "succeeded", "failed",  "cancelled", "quarantined"};
    return kNames[static_cast<std::size_t>(status)];
}

std::optional<RunStatus> runStatusFromName(std::string_view name) noexcept {
    for (int i = 0; i < 8; ++i) {
        const auto status = static_cast<RunStatus>(i);
        if (runStatusName(status) == name) return status;
    }
    return std::nullopt;
}

std::string_view nodeStatusName(NodeStatus status) noexcept {
    static constexpr std::array<std::string_view, 10> kNames = {
        "pending", "ready", "running", "backoff", "waiting", "succeeded", "failed", "skipped", "cancelled", "reused"};
    return kNames[static_cast<std::size_t>(status)];
}

Value errorToValue(const Error& error) {
    ObjectBuilder object;
    object.set("code", error.code).set("message", error.message);
    if (!error.where.empty()) object.set("where", error.where);
    if (!error.hint.empty()) object.set("hint", error.hint);
    object.set("retryable", error.retryable);
    return std::move(object).build();
}

Error errorFromValue(const Value& value) {
    return Error{std::string(value["code"].asString()), std::string(value["message"].asString()),
                 std::string(value["where"].asString()), std::string(value["hint"].asString()),
                 value["retryable"].asBoolean()};
}

}  // namespace signalbox::engine
