#include "gateway/openapi.h"

#include <algorithm>
#include <array>
#include <set>
#include <unordered_map>
#include <vector>

#include <fmt/format.h>

#include "gateway/openapi_operation.h"
#include "gateway/problem.h"
#include "protocol/envelope.h"

namespace signalbox::gateway {

namespace {

constexpr const char* kDescription =
    "Workflows, their runs, and who may do what with them. Errors are problem details (RFC 9457) with a stable code. "
    "Times are microseconds since 1970 (UTC), durations microseconds. What can be edited has an ETag, which If-Match "
    "must name. Unknown members and query parameters are refused.";

std::string ownName(Handler handler) {
    switch (handler) {
        case Handler::Execute:
            return "workflows.execute";
        case Handler::Retention:
            return "engine.retention";
        case Handler::Login:
            return "auth.login";
        case Handler::SetUp:
            return "auth.setup";
        case Handler::Logout:
            return "auth.logout";
        case Handler::Session:
            return "auth.session";
        case Handler::Socket:
            return "gateway.socket";
        case Handler::Events:
            return "gateway.events";
        case Handler::Health:
            return "gateway.health";
        case Handler::Ready:
            return "gateway.ready";
        case Handler::Metrics:
            return "gateway.metrics";
        case Handler::OpenApi:
            return "gateway.openapi";
        case Handler::Reference:
            return "gateway.reference";
        case Handler::Hook:
            return "webhooks.deliver";
        case Handler::HookTest:
            return "webhooks.test";
        default:
            return {};
    }
}

/// A call with several routes is told apart by the last word of the path, or the method.
std::string operationId(const Route& route, std::set<std::string>& used) {
    std::string id = ownName(route.handler);
    if (id.empty()) id = route.call;
    if (used.insert(id).second) return id;
    const std::string_view last = route.pattern.substr(route.pattern.rfind('/') + 1);
    id = fmt::format("{}.{}", id, last.starts_with('{') ? (route.method == Method::Put ? "change" : "one") : last);
    used.insert(id);
    return id;
}

std::string lowerName(Method method) {
    std::string name(methodName(method));
    for (char& c : name) c = static_cast<char>(c + ('a' - 'A'));
    return name;
}

Value problemSchema() {
    const auto plain = [](const char* type) { return Value::object({{"type", type}}); };
    const Value error =
        Value::object({{"type", "object"},
                       {"properties", Value::object({{"pointer", plain("string")}, {"detail", plain("string")}})}});
    return Value::object(
        {{"type", "object"},
         {"required", Value::array({"type", "title", "status", "detail", "code", "retryable"})},
         {"properties", Value::object({{"type", Value::object({{"type", "string"}, {"format", "uri-reference"}})},
                                       {"title", plain("string")},
                                       {"status", plain("integer")},
                                       {"detail", plain("string")},
                                       {"instance", plain("string")},
                                       {"code", plain("string")},
                                       {"where", plain("string")},
                                       {"hint", plain("string")},
                                       {"retryable", plain("boolean")},
                                       {"requestId", plain("string")},
                                       {"errors", Value::object({{"type", "array"}, {"items", error}})}})}});
}

Value secondsHeader(const char* description) {
    return Value::object(
        {{"description", description}, {"schema", Value::object({{"type", "integer"}, {"minimum", 0}})}});
}

Value componentsOf(const NamedSchemas& schemas) {
    const Value problem = Value::object(
        {{"description", "What went wrong, with a stable code"},
         {"headers", Value::object({{"Retry-After", secondsHeader("With 429 and 503: when to come again")},
                                    {"RateLimit-Limit", secondsHeader("Requests that the limit allows")},
                                    {"RateLimit-Remaining", secondsHeader("Those that are left")},
                                    {"RateLimit-Reset", secondsHeader("Seconds until all are")}})},
         {"content",
          Value::object({{kProblemType,
                          Value::object({{"schema", Value::object({{"$ref", "#/components/schemas/Problem"}})}})}})}});
    return Value::object(
        {{"schemas", schemas.all().with("Problem", problemSchema())},
         {"responses", Value::object({{"Problem", problem}})},
         {"securitySchemes",
          Value::object({{"bearer", Value::object({{"type", "http"},
                                                   {"scheme", "bearer"},
                                                   {"description", "A session's token, or an API key (sbk_...)"}})},
                         {"cookie", Value::object({{"type", "apiKey"},
                                                   {"in", "cookie"},
                                                   {"name", "signalbox_session"},
                                                   {"description",
                                                    "For browsers; what changes things needs "
                                                    "X-CSRF-Token. Over TLS the name begins with "
                                                    "__Host-"}})}})}});
}

Value codesOf() {
    ObjectBuilder codes;
    for (const auto& [code, status] : knownCodes()) codes.set(code, Value(status));
    for (const auto& [begin, status] : codeFamilies()) codes.set(std::string(begin) + '*', Value(status));
    return std::move(codes).build();
}

Value tagsOf(const std::deque<RouteEntry>& routes) {
    std::vector<std::string_view> names;
    ArrayBuilder tags;
    for (const auto& entry : routes) {
        if (std::find(names.begin(), names.end(), entry.route.tag) != names.end()) continue;
        names.push_back(entry.route.tag);
        tags.push(Value::object({{"name", Value(entry.route.tag)}}));
    }
    return std::move(tags).build();
}

}  // namespace

Value openApiDocument(const std::deque<RouteEntry>& routes, const std::string& title, const std::string& version,
                      const std::string& server) {
    const NamedSchemas schemas;
    std::unordered_map<std::string, Value> results;
    for (const auto& call : protocol::calls()) results.emplace(call.name, call.resultSchema);
    std::set<std::string> used;
    ObjectBuilder paths;
    for (const auto& entry : routes) {
        const auto result = results.find(std::string(entry.route.call));
        Value operation = openApiOperation(entry, operationId(entry.route, used),
                                           result == results.end() ? Value::undefined() : result->second, schemas);
        const std::string method = lowerName(entry.route.method);
        const Value* const there = paths.find(entry.route.pattern);
        paths.set(entry.route.pattern, (there != nullptr ? *there : Value::object()).with(method, operation));
    }
    return Value::object(
        {{"openapi", "3.1.0"},
         {"info", Value::object({{"title", title},
                                 {"version", version.empty() ? std::string("1") : version},
                                 {"description", kDescription},
                                 {"license",
                                  Value::object({{"name", "GPL-3.0-or-later"}, {"identifier", "GPL-3.0-or-later"}})}})},
         {"servers", Value::array({Value::object({{"url", server.empty() ? std::string("/") : server}})})},
         {"tags", tagsOf(routes)},
         {"paths", std::move(paths).build()},
         {"components", componentsOf(schemas)},
         {"x-error-codes", codesOf()}});
}

}  // namespace signalbox::gateway
