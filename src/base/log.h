// The program's own log: leveled lines with fields, as text for people or JSON for machines.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/value.h"

namespace signalbox {

enum class LogLevel : std::uint8_t { Debug, Info, Warning, Error };
[[nodiscard]] std::string_view logLevelName(LogLevel level) noexcept;  ///< "debug", "info", "warning", "error"

struct LogLine {
    Micros wall = 0;
    LogLevel level = LogLevel::Info;
    std::string component;  ///< "engine", "store", ...
    std::string message;
    Value fields;  ///< object; never holds a secret
};

/// Where lines go. Called from any thread; must not block for long.
using LogSink = std::function<void(const LogLine&)>;

/// Passes lines of at least a level to a sink. Cheap to copy; thread-safe. A default one drops everything.
class Logger {
public:
    Logger() = default;
    /// The clock must live as long as this and all its copies.
    Logger(const Clock& clock, LogSink sink, LogLevel least = LogLevel::Info);
    [[nodiscard]] Logger component(std::string name) const;
    /// Whether lines of this level go anywhere: asked before building costly fields.
    [[nodiscard]] bool isEnabled(LogLevel level) const noexcept;
    void log(LogLevel level, std::string message, Value fields = Value::object()) const;
    void debug(std::string message, Value fields = Value::object()) const {
        log(LogLevel::Debug, std::move(message), std::move(fields));
    }
    void info(std::string message, Value fields = Value::object()) const {
        log(LogLevel::Info, std::move(message), std::move(fields));
    }
    void warning(std::string message, Value fields = Value::object()) const {
        log(LogLevel::Warning, std::move(message), std::move(fields));
    }
    void error(std::string message, Value fields = Value::object()) const {
        log(LogLevel::Error, std::move(message), std::move(fields));
    }

private:
    struct State;
    std::shared_ptr<const State> state_;
    std::string component_;
};

/// "2026-03-01T12:34:56.789Z WARN  engine  message key=value", or one JSON object; no line break in either, whatever
/// the message holds.
[[nodiscard]] std::string formatLogLine(const LogLine& line, bool asJson = false);
/// Writes lines to standard error, each in one piece.
[[nodiscard]] LogSink stderrSink(bool asJson = false);

}  // namespace signalbox
