#include "gateway/openapi_operation.h"

#include <fmt/format.h>

#include "gateway/http_response.h"
#include "gateway/login_form.h"
#include "gateway/page_links.h"
#include "protocol/codec.h"

namespace signalbox::gateway {

namespace {

using Place = RouteField::Place;

Value text(std::string description) { return Value::object({{"type", "string"}, {"description", Value(description)}}); }

Value parameter(std::string_view name, std::string_view in, bool required, const Value& schema,
                std::string_view description = {}) {
    ObjectBuilder made;
    made.set("name", Value(name));
    made.set("in", Value(in));
    if (required) made.set("required", Value(true));
    if (!description.empty()) made.set("description", Value(description));
    made.set("schema", schema);
    return std::move(made).build();
}

Value plain(const char* type) { return Value::object({{"type", type}}); }

std::string keyDescription(const Route& route) {
    std::string text =
        "The same request with the same key is done once, and answered as before. Kept for 24 hours, over restarts of "
        "the gateway too; another request with it is refused (idempotency.mismatch). ";
    const bool starts =
        route.handler == Handler::Start || route.handler == Handler::Execute || route.handler == Handler::Rerun;
    if (starts) return text + "One that a stop of the gateway interrupted is taken up again: it is still one run.";
    if (route.hashes) {
        text +=
            "After a restart the answer is not repeated, because the request holds a password: 409 "
            "idempotency.not-kept says that it was done. ";
    }
    return text +
           "When the gateway stopped in the middle nobody knows whether it was done: 409 idempotency.unfinished.";
}

void addHeaderParameters(ArrayBuilder& parameters, const Route& route) {
    if (route.edits) {
        parameters.push(
            parameter("If-Match", "header", !route.creates, plain("string"), "The ETag of what was read, in quotes"));
    }
    if (route.creates) {
        parameters.push(parameter("If-None-Match", "header", false, plain("string"),
                                  "* makes a new one, and only that; one of the two must be sent"));
    }
    if (route.method == Method::Get && (!route.etag.empty() || route.handler == Handler::Retention)) {
        parameters.push(parameter("If-None-Match", "header", false, plain("string"),
                                  "An ETag that is there already: then the answer is 304"));
    }
    if (route.handler == Handler::Hook) {
        parameters.push(parameter("Signalbox-Timestamp", "header", true, plain("string"), "Seconds since 1970"));
        parameters.push(parameter("Signalbox-Signature", "header", true, plain("string"),
                                  "v1=HEX: HMAC-SHA256 with the secret over the timestamp, a dot, and the body"));
    }
    if (route.handler == Handler::Events) {
        parameters.push(parameter("Last-Event-ID", "header", false, plain("string"), "As afterSeq; browsers send it"));
    }
    if (route.repeats) {
        parameters.push(parameter("Idempotency-Key", "header", false, plain("string"), keyDescription(route)));
    }
}

Value parametersOf(const RouteEntry& entry) {
    ArrayBuilder parameters;
    for (const auto& name : entry.params.pathNames()) {
        Value schema = plain("string");
        for (const auto& field : entry.params.fields()) {
            if (field.name == name && field.place == Place::Path) schema = field.schema;
        }
        parameters.push(parameter(name, "path", true, schema.without("default")));
    }
    for (const auto& field : entry.params.fields()) {
        if (field.place == Place::Query) parameters.push(parameter(field.name, "query", false, field.schema));
    }
    if (entry.route.handler == Handler::Events) {
        const Value filter = protocol::schemaOf<protocol::EventFilter>();
        for (const auto& [name, schema] : filter["properties"].members()) {
            parameters.push(parameter(name, "query", false, schema));
        }
    }
    if (entry.params.waits()) {
        const Value seconds = Value::object({{"type", "integer"}, {"minimum", 0}, {"maximum", 600}});
        parameters.push(parameter("wait", "query", false, seconds, "Seconds to wait for the run's end; 0: not at all"));
        parameters.push(parameter("Prefer", "header", false, plain("string"), "wait=SECONDS does the same"));
    }
    addHeaderParameters(parameters, entry.route);
    return std::move(parameters).build();
}

Value jsonContent(Value schema) {
    return Value::object({{"application/json", Value::object({{"schema", std::move(schema)}})}});
}

/// Undefined: there is no body.
Value bodySchema(const RouteEntry& entry, const NamedSchemas& schemas) {
    if (entry.route.handler == Handler::Login) return loginSchema();
    if (entry.route.handler == Handler::SetUp) return setUpSchema();
    if (entry.route.handler == Handler::Hook) return Value::object();
    ObjectBuilder properties;
    for (const auto& field : entry.params.fields()) {
        if (field.place == Place::Whole) {
            return field.schema.empty() ? Value::object({{"type", "object"}}) : schemas.refer(field.schema);
        }
        if (field.place == Place::Body) properties.set(field.name, schemas.refer(field.schema));
    }
    if (properties.size() == 0) return Value::undefined();
    return Value::object({{"type", "object"}, {"properties", std::move(properties).build()}});
}

Value executedSchema() {
    return Value::object(
        {{"type", "object"},
         {"properties",
          Value::object({{"runId", plain("string")}, {"status", plain("string")}, {"outputs", Value::object()}})}});
}

Value startedSchema() {
    return Value::object(
        {{"type", "object"}, {"properties", Value::object({{"runId", plain("string")}, {"status", plain("string")}})}});
}

/// Undefined: it answers with no JSON.
Value resultSchema(const Route& route, const Value& result, const NamedSchemas& schemas) {
    switch (route.handler) {
        case Handler::Call:
        case Handler::SetRetention:
            return schemas.refer(result);
        case Handler::Retention:
            return schemas.refer(protocol::schemaOf<protocol::RetentionDto>());
        case Handler::Execute:
            return executedSchema();
        case Handler::Start:
        case Handler::Rerun:
            return schemas.refer(protocol::schemaOf<protocol::RunResult>());
        case Handler::Login:
        case Handler::SetUp:
            return schemas.refer(sessionSchema());
        case Handler::Session:
            return schemas.refer(whoSchema());
        case Handler::Hook:
            return Value::object({{"type", "object"}, {"properties", Value::object({{"runId", plain("string")}})}});
        case Handler::Health:
        case Handler::Ready:
        case Handler::OpenApi:
            return plain("object");
        default:
            return Value::undefined();
    }
}

const char* otherType(Handler handler) {
    if (handler == Handler::Events) return "text/event-stream";
    return handler == Handler::Metrics ? "text/plain" : "text/html";
}

Value headersOf(const Route& route) {
    ObjectBuilder headers;
    const auto add = [&](const char* name, const char* description) {
        headers.set(name, Value::object({{"schema", text(description)}}));
    };
    if (!route.etag.empty() || route.handler == Handler::Retention || route.handler == Handler::SetRetention) {
        add("ETag", "For If-Match and If-None-Match");
    }
    if (!route.location.empty()) add("Location", "Where it is");
    if (hasPages(route)) add("Link", "The next page, with rel=\"next\"; missing on the last one");
    return std::move(headers).build();
}

Value response(unsigned status, const Value& content, const Value& headers = Value::object()) {
    Value made = Value::object({{"description", Value(reasonPhrase(status))}});
    if (!headers.empty()) made = made.with("headers", headers);
    return content.isUndefined() ? made : made.with("content", content);
}

Value responsesOf(const Route& route, const Value& result, const NamedSchemas& schemas) {
    ObjectBuilder responses;
    const bool starts =
        route.handler == Handler::Start || route.handler == Handler::Execute || route.handler == Handler::Rerun;
    const bool isEmpty = route.status == 204 || route.status == 101;
    const Value schema = resultSchema(route, result, schemas);
    Value content = schema.isDefined()
                        ? jsonContent(schema)
                        : Value::object({{otherType(route.handler), Value::object({{"schema", plain("string")}})}});
    if (isEmpty) content = Value::undefined();
    const unsigned status = starts ? 200 : route.status;
    responses.set(std::to_string(status), response(status, content, starts ? Value::object() : headersOf(route)));
    if (starts) responses.set("202", response(202, jsonContent(startedSchema()), headersOf(route)));
    if (route.creates) responses.set("201", response(201, content, headersOf(route)));
    if (route.method == Method::Get && (!route.etag.empty() || route.handler == Handler::Retention)) {
        responses.set("304", response(304, Value::undefined()));
    }
    const Value problem = Value::object({{"$ref", "#/components/responses/Problem"}});
    if (route.handler == Handler::Ready) responses.set("503", response(503, content));
    if (route.edits) responses.set("412", problem).set("428", problem);
    responses.set("4XX", problem);
    responses.set("default", problem);
    return std::move(responses).build();
}

Value securityOf(const Route& route) {
    if (route.permission == kPublic) return Value::array();
    return Value::array({Value::object({{"bearer", Value::array()}}), Value::object({{"cookie", Value::array()}})});
}

Value exampleOf(const Route& route) {
    if (route.handler == Handler::Execute) return Value::object({{"n", 21}});
    if (route.handler == Handler::Login)
        return Value::object({{"login", "ada"}, {"password", "several words of her own"}});
    if (route.handler == Handler::Start) {
        return Value::object({{"workflowId", "nightly"}, {"inputs", Value::object({{"day", "2026-03-01"}})}});
    }
    if (route.call == "users.create") {
        return Value::object({{"login", "grace"},
                              {"name", "Grace"},
                              {"password", "a long passphrase"},
                              {"roles", Value::array({Value("operator")})}});
    }
    if (route.call == "schedules.save") {
        return Value::object({{"name", "Nightly"}, {"workflowId", "nightly"}, {"cron", "0 3 * * *"}});
    }
    return Value::undefined();
}

}  // namespace

Value openApiOperation(const RouteEntry& entry, const std::string& id, const Value& result,
                       const NamedSchemas& schemas) {
    const Route& route = entry.route;
    ObjectBuilder operation;
    operation.set("operationId", Value(id));
    operation.set("summary", Value(route.summary));
    operation.set("tags", Value::array({Value(route.tag)}));
    operation.set("security", securityOf(route));
    operation.set("x-permission", Value(route.permission));
    const Value parameters = parametersOf(entry);
    if (!parameters.empty()) operation.set("parameters", parameters);
    if (const Value body = bodySchema(entry, schemas); body.isDefined()) {
        Value media = Value::object({{"schema", body}});
        if (const Value example = exampleOf(route); example.isDefined()) media = media.with("example", example);
        operation.set("requestBody",
                      Value::object({{"content", Value::object({{"application/json", std::move(media)}})}}));
    }
    operation.set("responses", responsesOf(route, result, schemas));
    return std::move(operation).build();
}

}  // namespace signalbox::gateway
