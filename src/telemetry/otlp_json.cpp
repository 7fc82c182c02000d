#include "telemetry/otlp_json.h"

#include <charconv>
#include <iterator>

#include <fmt/format.h>

#include "base/json.h"
#include "base/text.h"

namespace signalbox::telemetry {

namespace {

constexpr std::size_t kLongestMessage = 300;
/// Span.flags besides the eight bits of the trace flags: whether it is known if the parent is remote, and if it is.
constexpr std::uint32_t kKnowsRemote = 0x100;
constexpr std::uint32_t kIsRemote = 0x200;
constexpr std::int64_t kNanosPerMicro = 1000;

template <class Bytes>
std::string hex(const Bytes& bytes) {
    return fmt::format("{:02x}", fmt::join(bytes, ""));
}

void appendString(std::string& out, std::string_view name, std::string_view text) {
    appendJsonString(out, name);
    out += ':';
    appendJsonString(out, text);
}

void appendValue(std::string& out, const AttributeValue& value) {
    if (const auto* text = std::get_if<std::string>(&value)) {
        appendString(out, "stringValue", *text);
    } else if (const auto* number = std::get_if<std::int64_t>(&value)) {
        out += fmt::format(R"("intValue":"{}")", *number);
    } else if (const auto* real = std::get_if<double>(&value)) {
        out += R"("doubleValue":)";
        appendJson(out, Value(*real));
    } else {
        out += std::get<bool>(value) ? R"("boolValue":true)" : R"("boolValue":false)";
    }
}

void appendAttribute(std::string& out, std::string_view name, const AttributeValue& value) {
    out += '{';
    appendString(out, "key", name);
    out += R"(,"value":{)";
    appendValue(out, value);
    out += "}}";
}

template <class Attributes>
void appendAttributes(std::string& out, const Attributes& attributes) {
    out += R"("attributes":[)";
    bool isFirst = true;
    for (const auto& [name, value] : attributes) {
        if (!std::exchange(isFirst, false)) out += ',';
        appendAttribute(out, name, value);
    }
    out += ']';
}

void appendTraceState(std::string& out, const std::string& state) {
    if (state.empty()) return;
    out += ',';
    appendString(out, "traceState", state);
}

void appendLinks(std::string& out, const std::vector<SpanLink>& links) {
    out += R"(,"links":[)";
    for (std::size_t i = 0; i < links.size(); ++i) {
        out += fmt::format(R"({}{{"traceId":"{}","spanId":"{}","flags":{})", i > 0 ? "," : "", hex(links[i].traceId),
                           hex(links[i].spanId), links[i].traceFlags);
        appendTraceState(out, links[i].traceState);
        out += '}';
    }
    out += ']';
}

void appendSpan(std::string& out, const Span& span) {
    out += fmt::format(R"({{"traceId":"{}","spanId":"{}")", hex(span.traceId), hex(span.spanId));
    appendTraceState(out, span.traceState);
    if (span.parentId != SpanId{}) out += fmt::format(R"(,"parentSpanId":"{}")", hex(span.parentId));
    const std::uint32_t flags = span.traceFlags | kKnowsRemote | (span.parentIsRemote ? kIsRemote : 0U);
    out += fmt::format(R"(,"flags":{},)", flags);
    appendString(out, "name", span.name);
    out += fmt::format(R"(,"kind":{},"startTimeUnixNano":"{}","endTimeUnixNano":"{}",)", static_cast<int>(span.kind),
                       span.start * kNanosPerMicro, (span.start + span.duration) * kNanosPerMicro);
    appendAttributes(out, span.attributes);
    if (!span.links.empty()) appendLinks(out, span.links);
    if (span.status != SpanStatus::Unset)
        out += fmt::format(R"(,"status":{{"code":{}}})", static_cast<int>(span.status));
    out += '}';
}

/// Most collectors write it as a string, as the mapping wants it; some as a number.
std::uint64_t countOf(const Value& value) {
    if (value.isInteger()) return value.asInteger() > 0 ? static_cast<std::uint64_t>(value.asInteger()) : 0;
    std::uint64_t count = 0;
    if (value.isString()) {
        const std::string_view text = value.asString();
        std::from_chars(text.data(), text.data() + text.size(), count);
    }
    return count;
}

}  // namespace

std::string otlpJson(const SpanResource& resource, std::span<const Span> spans) {
    constexpr std::size_t kUsualSpan = 1000;
    std::string out;
    out.reserve(500 + spans.size() * kUsualSpan);
    out += R"({"resourceSpans":[{"resource":{)";
    std::vector<std::pair<std::string_view, AttributeValue>> attributes(resource.attributes.begin(),
                                                                        resource.attributes.end());
    appendAttributes(out, attributes);
    out += R"(},"scopeSpans":[{"scope":{)";
    appendString(out, "name", resource.scope);
    out += ',';
    appendString(out, "version", resource.scopeVersion);
    out += R"(},"spans":[)";
    for (std::size_t i = 0; i < spans.size(); ++i) {
        if (i > 0) out += ',';
        appendSpan(out, spans[i]);
    }
    out += "]}]}]}";
    return out;
}

PartialSuccess partialSuccessOf(std::string_view body) {
    PartialSuccess found;
    constexpr JsonLimits kLimits{20, std::size_t{64} << 10U};
    const auto answer = body.empty() ? Result<Value>(Value()) : parseJson(body, false, kLimits);
    if (!answer || !answer->isObject()) return found;
    const Value& partial = (*answer)["partialSuccess"];
    if (!partial.isObject()) return found;
    found.rejected = countOf(partial["rejectedSpans"]);
    if (const Value& message = partial["errorMessage"]; message.isString()) {
        const std::string_view text = message.asString();
        found.message = text.substr(0, validUtf8Prefix(text.substr(0, kLongestMessage)));
    }
    return found;
}

}  // namespace signalbox::telemetry
