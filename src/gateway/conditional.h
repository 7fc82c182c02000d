// Conditional requests (RFC 9110, section 13): entity tags, If-Match and If-None-Match.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "gateway/exchange.h"
#include "gateway/route.h"

namespace signalbox::gateway {

/// In quotes, as it stands in headers.
[[nodiscard]] std::string quotedEtag(std::string_view etag);
/// The etag that an editing request was made from; empty with If-None-Match: * where the route may create. Errors
/// "precondition.required", "precondition.failed" (a weak tag never matches).
[[nodiscard]] Result<std::string> expectedEtag(const Route& route, const HttpRequest& request);
/// That a request which changes something without looking at an etag does not rely on one: "precondition.unsupported".
[[nodiscard]] Status checkNoCondition(const HttpRequest& request);
/// Whether If-None-Match names this etag, so that the caller has it already.
[[nodiscard]] bool isKnownToCaller(const HttpRequest& request, std::string_view etag);

}  // namespace signalbox::gateway
