// What the query of GET /api/v1/events asks for.
#include <algorithm>
#include <map>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/text.h"
#include "gateway/route_params.h"
#include "gateway/route_query.h"
#include "gateway/streams.h"
#include "protocol/codec.h"

namespace signalbox::gateway {

namespace {

constexpr const char* kAfter = "afterSeq";

tl::unexpected<Error> unknown(const std::string& name, const Value& properties) {
    std::vector<std::string> names;
    for (const auto& [known, schema] : properties.members()) names.push_back(known);
    const auto meant = didYouMean(name, names);
    return fail(
        "request.unknown-parameter", fmt::format("There is no parameter \"{}\" here", name), "?" + name,
        meant ? fmt::format("Did you mean \"{}\"?", *meant) : fmt::format("There are: {}", fmt::join(names, ", ")));
}

/// A name of a list may come several times, any other once.
Result<Value> read(const QueryParts& parts, const Value& properties) {
    ObjectBuilder filter;
    std::map<std::string, std::vector<Value>> lists;
    for (const auto& [name, text] : parts) {
        const Value* const schema = properties.find(name);
        if (schema == nullptr) return unknown(name, properties);
        const bool isList = (*schema)["type"].asString() == "array";
        SIGNALBOX_TRY(Value value, queryValue(name, text, isList ? (*schema)["items"] : *schema));
        if (isList) {
            lists[name].push_back(std::move(value));
        } else if (filter.add(name, std::move(value)) == nullptr) {
            return fail("request.parameter", fmt::format("\"{}\" is given twice", name), "?" + name);
        }
    }
    for (auto& [name, values] : lists) filter.set(name, Value::array(std::move(values)));
    return std::move(filter).build();
}

}  // namespace

Result<protocol::EventFilter> eventFilterOf(const HttpRequest& request) {
    static const Value kProperties = protocol::schemaOf<protocol::EventFilter>()["properties"];
    SIGNALBOX_TRY(const QueryParts parts, parseQuery(request.query));
    SIGNALBOX_TRY(Value wanted, read(parts, kProperties));
    if (const std::string* const last = request.header("last-event-id"); last != nullptr && !last->empty()) {
        auto number = queryValue("Last-Event-ID", *last, kProperties[kAfter]);
        if (!number) return fail("request.parameter", number.error().message, "Last-Event-ID");
        wanted = wanted.with(kAfter, std::move(*number));
    }
    auto filter = protocol::fromValue<protocol::EventFilter>(wanted);
    if (filter) return filter;
    Error error = std::move(filter).error();
    return fail("request.parameter", std::move(error.message),
                "?" + error.where.substr(std::min<std::size_t>(1, error.where.size())));
}

}  // namespace signalbox::gateway
