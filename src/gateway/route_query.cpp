#include "gateway/route_query.h"

#include <charconv>
#include <cmath>
#include <optional>

#include <fmt/format.h>

#include "base/text.h"
#include "gateway/http_target.h"
#include "gateway/route_params.h"

namespace signalbox::gateway {

namespace {

template <class Number>
std::optional<Number> parseNumber(std::string_view text) {
    Number number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return number;
}

/// Undefined: it is none of that type.
Value convert(std::string_view text, std::string_view type) {
    if (type == "integer") {
        const auto number = parseNumber<std::int64_t>(text);
        return number ? Value(*number) : Value::undefined();
    }
    if (type == "number") {
        const auto number = parseNumber<double>(text);
        return number && std::isfinite(*number) ? Value(*number) : Value::undefined();
    }
    if (type == "boolean") {
        if (text == "true" || text == "1") return Value(true);
        return text == "false" || text == "0" ? Value(false) : Value::undefined();
    }
    return Value(text);
}

Result<Value> converted(std::string where, std::string_view text, const Value& schema) {
    // What may be left out has a choice of its type and null.
    if (const Value* const choices = schema.find("anyOf")) return converted(std::move(where), text, choices->at(0));
    const std::string_view type = schema["type"].asString();
    Value value = convert(text, type);
    if (value.isDefined()) return value;
    return fail("request.parameter", fmt::format("\"{}\" is no {}", text, type), std::move(where),
                type == "boolean" ? "true or false" : "");
}

Result<std::string> decodeFormText(std::string_view text) {
    std::string spaced(text);
    for (char& c : spaced) {
        if (c == '+') c = ' ';
    }
    auto decoded = percentDecode(spaced);
    if (!decoded) return fail("request.parameter", decoded.error().message, "?", decoded.error().hint);
    if (!isValidUtf8(*decoded)) return fail("request.parameter", "The query is not UTF-8", "?");
    return decoded;
}

}  // namespace

Result<Value> queryValue(std::string_view name, std::string_view text, const Value& schema) {
    return converted(fmt::format("?{}", name), text, schema);
}

Result<Value> pathValueOf(std::string_view name, std::string_view text, const Value& schema) {
    return converted(fmt::format("/{}", name), text, schema);
}

Result<QueryParts> parseQuery(std::string_view query) {
    QueryParts parts;
    for (const std::string_view part : split(query, '&')) {
        if (part.empty()) continue;
        const std::size_t equals = std::min(part.find('='), part.size());
        SIGNALBOX_TRY(std::string name, decodeFormText(part.substr(0, equals)));
        SIGNALBOX_TRY(std::string value, decodeFormText(part.substr(std::min(equals + 1, part.size()))));
        parts.emplace_back(std::move(name), std::move(value));
    }
    return parts;
}

}  // namespace signalbox::gateway
