// A log whose least level can be changed while loggers use it.
#pragma once

#include <atomic>
#include <memory>

#include "base/log.h"

namespace signalbox {

/// A sink that drops lines below a level which may change at any time. Loggers made with it know it: isEnabled() asks
/// for the level of the moment as well as for the logger's own. Copies share the level. Thread-safe.
class LogGate {
public:
    LogGate(LogSink sink, LogLevel least)
        : least_(std::make_shared<std::atomic<LogLevel>>(least)), sink_(std::move(sink)) {}
    [[nodiscard]] LogLevel least() const noexcept { return least_->load(std::memory_order_relaxed); }
    void setLeast(LogLevel least) const noexcept { least_->store(least, std::memory_order_relaxed); }
    void operator()(const LogLine& line) const {
        if (line.level >= least()) sink_(line);
    }

private:
    std::shared_ptr<std::atomic<LogLevel>> least_;
    LogSink sink_;
};

}  // namespace signalbox
