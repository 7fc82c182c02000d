#include <utility>

#include "engine/document_io.h"

namespace signalbox::engine {
namespace {

Value described(Value schema, const char* text) { return schema.with("description", text); }
Value text() { return Value::object({{"type", "string"}}); }
Value text(const char* description) { return described(text(), description); }
Value integer(int minimum) { return Value::object({{"type", "integer"}, {"minimum", minimum}}); }
Value arrayOf(Value items) { return Value::object({{"type", "array"}, {"items", std::move(items)}}); }
Value reference(const char* name) { return Value::object({{"$ref", std::string("#/definitions/") + name}}); }

Value words(std::initializer_list<const char*> names) {
    ArrayBuilder list;
    for (const char* const name : names) list.push(name);
    return Value::object({{"type", "string"}, {"enum", std::move(list).build()}});
}

/// Unknown members are allowed everywhere: they are kept, and validation warns of them.
Value object(std::initializer_list<Member> properties, std::initializer_list<const char*> required = {}) {
    Value schema = Value::object({{"type", "object"}, {"properties", Value::object(properties)}});
    if (required.size() == 0) return schema;
    ArrayBuilder names;
    for (const char* const name : required) names.push(name);
    return schema.with("required", std::move(names).build());
}

Value pairOfNumbers() {
    return Value::object(
        {{"type", "array"}, {"items", Value::object({{"type", "number"}})}, {"minItems", 2}, {"maxItems", 2}});
}

Value retrySchema() {
    return object({{"maxAttempts", described(integer(1), "How often it is tried, the first time included")},
                   {"backoff", reference("duration")},
                   {"multiplier", Value::object({{"type", "number"}, {"minimum", 1}})},
                   {"jitter", Value::object({{"type", "number"}, {"minimum", 0}, {"maximum", 1}})},
                   {"maxBackoff", reference("duration")},
                   {"retryOn", arrayOf(text("Error code, \"http.*\" or \"*\""))}});
}

Value nodeSchema() {
    return object(
        {{"id", reference("id")},
         {"type", described(Value::object({{"type", "string"}, {"pattern", "Node$"}}), "Name of a node type")},
         {"title", text("Shown instead of the id")},
         {"note", text("A remark for people")},
         {"params", described(Value::object({{"type", "object"}}),
                              "As the node type says; {\"$expr\": \"...\"} is computed when the node starts")},
         {"retry", reference("retry")},
         {"timeout", object({{"attempt", reference("duration")}, {"total", reference("duration")}})},
         {"onError", words({"fail", "continue", "route"})},
         {"memo", object({{"ttl", reference("duration")}}, {"ttl"})}},
        {"id", "type"});
}

Value edgeSchema() {
    const Value loop = object({{"maxIterations", integer(1)},
                               {"convergeWhen", text("JSONata over the value on the wire")},
                               {"atLimit", words({"fail", "continue"})}},
                              {"maxIterations"});
    return object({{"from", reference("port")},
                   {"to", reference("port")},
                   {"when", text("JSONata over the value on the wire")},
                   {"loop", loop}},
                  {"from", "to"});
}

Value errorRuleSchema() {
    return object({{"code", text("Error code, \"http.*\" or \"*\"")},
                   {"do", words({"return", "retryThenFail", "route"})},
                   {"status", words({"succeeded", "failed"})},
                   {"value", Value::object()},
                   {"retry", reference("retry")},
                   {"to", reference("port")}},
                  {"code", "do"});
}

Value layoutSchema() {
    const Value positions = Value::object({{"type", "object"}, {"additionalProperties", pairOfNumbers()}});
    const Value group =
        object({{"id", text()}, {"title", text()}, {"colourRole", text()}, {"nodes", arrayOf(text("Node id"))}});
    const Value comment =
        object({{"id", text()}, {"text", text()}, {"position", pairOfNumbers()}, {"size", pairOfNumbers()}});
    return object({{"positions", positions}, {"groups", arrayOf(group)}, {"comments", arrayOf(comment)}});
}

Value definitions() {
    return Value::object(
        {{"id", Value::object({{"type", "string"}, {"pattern", "^[A-Za-z_][A-Za-z0-9_-]*$"}})},
         {"port", Value::object({{"type", "string"}, {"pattern", "^[^.]+\\.."}, {"description", "\"node.port\""}})},
         {"duration", Value::object({{"type", "string"},
                                     {"pattern", "^[0-9]+(\\.[0-9]+)?[a-z]*$"},
                                     {"description", "\"250ms\", \"10s\", \"5m\", \"1h\", \"2d\""}})},
         {"retry", retrySchema()}});
}

}  // namespace

Value documentSchema() {
    const Value input = object({{"name", reference("id")},
                                {"type", text("A port type, such as \"string\" or \"array<number>\"")},
                                {"required", Value::object({{"type", "boolean"}})},
                                {"default", Value::object()},
                                {"help", text()}},
                               {"name"});
    const Value output = object({{"name", reference("id")}, {"from", reference("port")}}, {"name", "from"});
    const Value format = Value::object({{"type", "integer"}, {"enum", Value::array({Value(Document::kFormat)})}});
    const Value schema = object({{"format", format},
                                 {"id", text()},
                                 {"name", text()},
                                 {"version", integer(1)},
                                 {"description", text()},
                                 {"extends", text("Id of the workflow whose nodes and wires this one starts from")},
                                 {"tags", arrayOf(text())},
                                 {"maxParallelRuns", described(integer(0), "0 is no limit")},
                                 {"inputs", arrayOf(input)},
                                 {"nodes", arrayOf(nodeSchema())},
                                 {"edges", arrayOf(edgeSchema())},
                                 {"outputs", arrayOf(output)},
                                 {"errors", arrayOf(errorRuleSchema())},
                                 {"layout", layoutSchema()}},
                                {"format", "id"});
    return schema.with("$schema", "http://json-schema.org/draft-07/schema#")
        .with("title", "Signalbox workflow")
        .with("definitions", definitions());
}

}  // namespace signalbox::engine
