#include "base/log.h"

#include <cerrno>

#include <fmt/format.h>
#include <unistd.h>

#include "base/json.h"
#include "base/log_gate.h"

namespace signalbox {

struct Logger::State {
    const Clock& clock;
    LogSink sink;
    LogLevel least;
    const LogGate* gate = nullptr;  ///< within the sink, when that is one
};

namespace {

std::string_view shortName(LogLevel level) noexcept {
    constexpr std::string_view kNames[] = {"DEBUG", "INFO", "WARN", "ERROR"};
    return kNames[static_cast<std::size_t>(level)];
}

bool isPlain(std::string_view text) {
    if (text.empty()) return false;
    for (const char c : text) {
        if (static_cast<unsigned char>(c) <= 0x20 || c == '"' || c == '=' || c == '\\' || c == 0x7f) return false;
    }
    return true;
}

/// A message keeps its spaces; what could forge a second line or drive a terminal is escaped.
void appendMessage(std::string& out, std::string_view message) {
    std::string quoted;
    appendJsonString(quoted, message);
    const bool harmless = quoted.size() == message.size() + 2;
    out += harmless ? message : std::string_view(quoted);
}

void appendField(std::string& out, std::string_view key, const Value& value) {
    out += ' ';
    if (isPlain(key)) {
        out += key;
    } else {
        appendJsonString(out, key);
    }
    out += '=';
    if (value.isString() && isPlain(value.asString())) {
        out += value.asString();
    } else {
        appendJson(out, value);
    }
}

void writeLine(const std::string& line) {
    // One call a line, so that lines of several threads and processes do not mix.
    std::string_view rest = line;
    while (!rest.empty()) {
        const auto written = ::write(STDERR_FILENO, rest.data(), rest.size());
        if (written < 0 && errno != EINTR) return;
        if (written > 0) rest.remove_prefix(static_cast<std::size_t>(written));
    }
}

}  // namespace

std::string_view logLevelName(LogLevel level) noexcept {
    constexpr std::string_view kNames[] = {"debug", "info", "warning", "error"};
    return kNames[static_cast<std::size_t>(level)];
}

std::string formatLogLine(const LogLine& line, bool asJson) {
    if (asJson) {
        ObjectBuilder builder;
        builder.set("time", formatTimestamp(line.wall));
        builder.set("level", logLevelName(line.level));
        builder.set("component", line.component);
        builder.set("message", line.message);
        if (!line.fields.empty()) builder.set("fields", line.fields);
        return writeJson(std::move(builder).build());
    }
    auto text = fmt::format("{} {:<5} ", formatTimestamp(line.wall), shortName(line.level));
    if (!line.component.empty()) {
        appendMessage(text, line.component);
        text += "  ";
    }
    appendMessage(text, line.message);
    for (const auto& [key, value] : line.fields.members()) {
        if (value.isDefined()) appendField(text, key, value);
    }
    return text;
}

Logger::Logger(const Clock& clock, LogSink sink, LogLevel least)
    : state_([&] {
          auto state = std::make_shared<State>(State{clock, std::move(sink), least});
          state->gate = state->sink.target<LogGate>();
          return state;
      }()) {}

Logger Logger::component(std::string name) const {
    Logger result = *this;
    result.component_ = std::move(name);
    return result;
}

bool Logger::isEnabled(LogLevel level) const noexcept {
    return state_ && state_->sink && level >= state_->least &&
           (state_->gate == nullptr || level >= state_->gate->least());
}

void Logger::log(LogLevel level, std::string message, Value fields) const {
    if (!isEnabled(level)) return;
    state_->sink({state_->clock.wallNow(), level, component_, std::move(message), std::move(fields)});
}

LogSink stderrSink(bool asJson) {
    return [asJson](const LogLine& line) { writeLine(formatLogLine(line, asJson) + '\n'); };
}

}  // namespace signalbox
