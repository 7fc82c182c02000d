// Prometheus' own checker of metrics, if it is installed.
#pragma once

#include <optional>
#include <string>

namespace signalbox::telemetry::test {

/// What `promtool check metrics` has to say against the text; empty: nothing. No value: there is no promtool.
[[nodiscard]] std::optional<std::string> promtoolComplaints(const std::string& text);

}  // namespace signalbox::telemetry::test
