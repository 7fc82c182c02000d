// The program's log on standard error, whose level and format may change while it runs.
#pragma once

#include <atomic>
#include <memory>
#include <string_view>

#include "base/log.h"
#include "base/log_gate.h"

namespace signalbox::gatewayd {

/// Thread-safe. Loggers made with its sink may outlive it.
class LogOutput {
public:
    /// Level and format as the settings name them.
    LogOutput(std::string_view level, std::string_view format);
    [[nodiscard]] LogSink sink() const { return gate_; }
    void change(std::string_view level, std::string_view format) const;

private:
    std::shared_ptr<std::atomic<bool>> json_;
    LogGate gate_;
};

/// "debug", "info", "warning", "error"; anything else is Info.
[[nodiscard]] LogLevel logLevelOf(std::string_view name);

}  // namespace signalbox::gatewayd
