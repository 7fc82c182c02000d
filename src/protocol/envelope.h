// Requests and their outcomes as they travel: the name of the call beside its parameters, a result or an error.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/value.h"
#include "protocol/requests.h"

namespace signalbox::protocol {

[[nodiscard]] std::string_view callName(const Request& request);
[[nodiscard]] std::string_view permissionOf(const Request& request);

/// {"call": "runs.get", "params": {...}}
[[nodiscard]] Value encodeRequest(const Request& request);
/// Errors: "protocol.malformed", "protocol.call-unknown", "protocol.type", "protocol.range", "request.missing-member".
[[nodiscard]] Result<Request> decodeRequest(const Value& envelope);

/// {"result": {...}} or {"error": {...}}
[[nodiscard]] Value encodeOutcome(const Result<Reply>& outcome);
/// The reply that the call names, the error that was sent, or one of decodeRequest's.
[[nodiscard]] Result<Reply> decodeOutcome(std::string_view call, const Value& envelope);

/// What a call is, for documentation and checks.
struct CallInfo {
    std::string name;
    std::string permission;
    Value paramsSchema;
    Value resultSchema;
};
/// Every call there is, in the order of the Request variant.
[[nodiscard]] std::vector<CallInfo> calls();

}  // namespace signalbox::protocol
