#include "gateway/request_log.h"

#include <utility>
#include <vector>

namespace signalbox::gateway {

namespace {

constexpr std::size_t kLongestPath = 200;

void add(std::vector<Member>& fields, const char* name, std::string_view text) {
    if (!text.empty()) fields.emplace_back(name, Value(text));
}

}  // namespace

void RequestLog::write(const RequestRecord& record) const {
    const LogLevel level = record.status >= 500 ? LogLevel::Warning : LogLevel::Info;
    if (!log_.isEnabled(level)) return;
    std::vector<Member> fields;
    fields.reserve(16);
    add(fields, "method", record.method);
    add(fields, "route", record.route);
    if (record.route.empty()) add(fields, "path", record.path.substr(0, kLongestPath));
    fields.emplace_back("status", Value(record.status));
    fields.emplace_back("tookMicros", Value(record.took));
    fields.emplace_back("bytes", Value(static_cast<unsigned long>(record.bytes)));
    add(fields, "address", record.address);
    if (record.peer != record.address) add(fields, "proxy", record.peer);
    add(fields, "principal", record.principal);
    add(fields, "request", record.requestId);
    add(fields, "trace", record.traceId);
    add(fields, "span", record.spanId);
    add(fields, "way", record.way);
    if (!record.way.empty()) fields.emplace_back("waitedMicros", Value(record.waited));
    add(fields, "code", record.code);
    log_.log(level, record.status != 0 ? "request" : "request given up by its caller",
             Value::object(std::move(fields)));
}

}  // namespace signalbox::gateway
