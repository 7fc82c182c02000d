// How long a caller wants to wait for a run before it is told to come back.
#pragma once

#include <string>

#include "base/clock.h"
#include "base/result.h"
#include "gateway/exchange.h"

namespace signalbox::gateway {

inline constexpr Micros kLongestPatience = Micros{600} * 1'000'000;

/// By ?wait= (whole seconds, at most 600; error "prefer.wait"), else by "Prefer: wait=N" (RFC 7240), of which more than
/// the longest counts as the longest. 0: not at all.
[[nodiscard]] Result<Micros> patienceOf(const HttpRequest& request, const std::string& parameter);

}  // namespace signalbox::gateway
