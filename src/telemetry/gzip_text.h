// gzip in memory, for what is sent to collectors.
#pragma once

#include <string>
#include <string_view>

namespace signalbox::telemetry {

/// The text as one gzip member, compressed fast rather than small; empty when there was not enough memory.
[[nodiscard]] std::string gzipText(std::string_view text);

}  // namespace signalbox::telemetry
