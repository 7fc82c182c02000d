// What the query of GET /api/v1/events asks for.
#include <charconv>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "gateway/http_target.h"
#include "gateway/streams.h"

namespace signalbox::gateway {

namespace {

Result<bool> readFlag(const std::string& name, const std::string& text) {
    if (text == "true" || text == "1") return true;
    if (text == "false" || text == "0") return false;
    return fail("request.invalid", fmt::format("\"{}\" is neither \"true\" nor \"false\"", text), name);
}

Result<std::uint64_t> readNumber(const std::string& name, const std::string& text) {
    std::uint64_t number = 0;
    const char* const end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, number);
    if (read.ec == std::errc() && read.ptr == end) return number;
    return fail("request.invalid", fmt::format("\"{}\" is no number of an event", text), name);
}

Status apply(const std::string& name, const std::string& text, protocol::EventFilter& filter) {
    const std::pair<std::string_view, bool*> flags[] = {{"nodes", &filter.nodes},
                                                        {"logs", &filter.logs},
                                                        {"workflows", &filter.workflows},
                                                        {"metrics", &filter.metrics},
                                                        {"triggers", &filter.triggers}};
    for (const auto& [known, flag] : flags) {
        if (name != known) continue;
        SIGNALBOX_TRY(*flag, readFlag(name, text));
        return {};
    }
    if (name == "runId") {
        filter.runId = text;
    } else if (name == "afterSeq") {
        SIGNALBOX_TRY(filter.afterSeq, readNumber(name, text));
    } else {
        return fail("request.invalid", "There is no such parameter", name,
                    "Known are runId, nodes, logs, workflows, metrics, triggers and afterSeq");
    }
    return {};
}

}  // namespace

Result<protocol::EventFilter> eventFilterOf(const HttpRequest& request) {
    protocol::EventFilter filter;
    std::string_view rest = request.query;
    while (!rest.empty()) {
        const auto pair = rest.substr(0, rest.find('&'));
        rest.remove_prefix(std::min(pair.size() + 1, rest.size()));
        if (pair.empty()) continue;
        const auto equals = std::min(pair.find('='), pair.size());
        SIGNALBOX_TRY(const std::string name, percentDecode(pair.substr(0, equals)));
        SIGNALBOX_TRY(const std::string text, percentDecode(pair.substr(std::min(equals + 1, pair.size()))));
        SIGNALBOX_CHECK(apply(name, text, filter));
    }
    if (const std::string* const last = request.header("last-event-id"); last != nullptr && !last->empty()) {
        SIGNALBOX_TRY(filter.afterSeq, readNumber("Last-Event-ID", *last));
    }
    return filter;
}

}  // namespace signalbox::gateway
