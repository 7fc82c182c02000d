// Where spans are sent, as people write it.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace signalbox::telemetry {

struct SpanEndpoint {
    std::string url;   ///< of the traces
    std::string host;  ///< without brackets
    bool encrypted = false;
};

/// An http or https URL. Without a path it is a collector's, and "/v1/traces" is added. Error "tracing.endpoint", also
/// for a user, password, query or fragment: secrets belong into headers.
[[nodiscard]] Result<SpanEndpoint> parseSpanEndpoint(std::string_view text);

/// "Name: value", one a line; blank lines are skipped. Error "tracing.headers" with the number of the line in the
/// message: never the text, which is a secret.
[[nodiscard]] Result<std::vector<std::pair<std::string, std::string>>> parseSpanHeaders(std::string_view text);

}  // namespace signalbox::telemetry
