// What a request must be before anything is done about it.
#pragma once

#include "base/result.h"
#include "protocol/requests.h"

namespace signalbox::service {

/// Errors "request.invalid" with an RFC 6901 pointer into the parameters in where.
[[nodiscard]] Status checkRequest(const protocol::Request& request);

}  // namespace signalbox::service
