// The tracestate of W3C Trace Context: what tracing systems on the way have put down about a trace, to be passed on.
#pragma once

#include <string>
#include <string_view>

#include "gateway/exchange.h"

namespace signalbox::gateway {

/// As it is passed on: members in their order with "," between them, of at most 512 characters; beyond that, members of
/// more than 128 go first, then the last ones. Empty when the list has more than 32 members or one that the
/// specification does not know, as then nothing of it can be relied on.
[[nodiscard]] std::string readTraceState(std::string_view list);
/// Of a request's headers: several lines are one list. Only for a request with a valid traceparent.
[[nodiscard]] std::string traceStateOf(const HttpRequest& request);

}  // namespace signalbox::gateway
