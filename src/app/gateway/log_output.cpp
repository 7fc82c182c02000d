#include "app/gateway/log_output.h"

namespace signalbox::gatewayd {

LogLevel logLevelOf(std::string_view name) {
    for (const LogLevel level : {LogLevel::Debug, LogLevel::Warning, LogLevel::Error}) {
        if (logLevelName(level) == name) return level;
    }
    return LogLevel::Info;
}

LogOutput::LogOutput(std::string_view level, std::string_view format)
    : json_(std::make_shared<std::atomic<bool>>(format == "json")),
      gate_([json = json_, asText = stderrSink(false), asJson = stderrSink(true)](
                const LogLine& line) { json->load(std::memory_order_relaxed) ? asJson(line) : asText(line); },
            logLevelOf(level)) {}

void LogOutput::change(std::string_view level, std::string_view format) const {
    gate_.setLeast(logLevelOf(level));
    *json_ = format == "json";
}

}  // namespace signalbox::gatewayd
