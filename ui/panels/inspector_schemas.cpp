#include "ui/panels/inspector_schemas.h"

#include <QCoreApplication>

namespace signalbox::ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(InspectorSchemas)
};

Value field(const char* type, const QString& title, const QString& help = {}) {
    Value schema = Value::object({{"type", type}, {"title", title.toStdString()}});
    return help.isEmpty() ? schema : schema.with("description", help.toStdString());
}

Value object(const QString& title, std::initializer_list<Member> members,
             std::initializer_list<const char*> needed = {}) {
    ArrayBuilder required;
    for (const auto* name : needed) required.push(name);
    return field("object", title)
        .with("properties", Value::object(members))
        .with("required", std::move(required).build());
}

Value duration(const QString& title, const QString& help, const char* usual = nullptr) {
    auto schema =
        field("string", title, help).with("x-unit", "duration").with("examples", Value::array({Value("30s")}));
    return usual ? schema.with("default", usual) : schema;
}

Value choice(const QString& title, const QString& help,
             std::initializer_list<std::pair<const char*, QString>> choices) {
    ArrayBuilder values;
    ArrayBuilder titles;
    for (const auto& [value, name] : choices) {
        values.push(value);
        titles.push(name.toStdString());
    }
    return field("string", title, help)
        .with("enum", std::move(values).build())
        .with("x-enumTitles", std::move(titles).build());
}

Value texts(const QString& title, const QString& help) {
    return field("array", title, help).with("items", Value::object({{"type", "string"}, {"minLength", 1}}));
}

Value table(const QString& title, const QString& help, Value row) {
    return field("array", title, help).with("items", std::move(row));
}

Value retrySchema() {
    return object(
        Words::tr("Retry"),
        {{"maxAttempts", field("integer", Words::tr("Attempts"), Words::tr("The first one counts."))
                             .with("minimum", 1)
                             .with("default", 1)},
         {"backoff", duration(Words::tr("First wait"), {}, "1s")},
         {"multiplier", field("number", Words::tr("Growth"), Words::tr("Each wait is so many times the one before."))
                            .with("minimum", 1)
                            .with("default", 2)},
         {"jitter", field("number", Words::tr("Jitter"), Words::tr("Share of a wait that is random, 0 to 1."))
                        .with("minimum", 0)
                        .with("maximum", 1)
                        .with("default", 0)},
         {"maxBackoff", duration(Words::tr("Longest wait"), {}, "5m")},
         {"retryOn", texts(Words::tr("Only on"), Words::tr("Codes of errors, such as http.timeout or http.*. "
                                                           "Without any: every error that may pass."))}});
}

Value nodeSettings(bool pure) {
    const auto timeout = object(
        Words::tr("Timeout"), {{"attempt", duration(Words::tr("One attempt"), {})},
                               {"total", duration(Words::tr("All attempts"), Words::tr("Waits between them count."))}});
    const auto onError =
        choice(Words::tr("When it fails for good"),
               Words::tr("Not set: through the error wire if there is one, otherwise as the workflow's "
                         "error table says, otherwise the run fails."),
               {{"fail", Words::tr("The run fails")},
                {"continue", Words::tr("Go on with nothing")},
                {"route", Words::tr("Leave through the port “error”")}});
    Value properties =
        Value::object({{"title", field("string", Words::tr("Title"), Words::tr("Shown instead of the id."))},
                       {"note", field("string", Words::tr("Note")).with("x-multiline", true)},
                       {"onError", onError},
                       {"retry", retrySchema()},
                       {"timeout", timeout}});
    if (pure) {
        properties = properties.with(
            "memo", object(Words::tr("Reuse of results"),
                           {{"ttl", duration(Words::tr("For equal inputs"),
                                             Words::tr("How long a result is used again instead of computing it."))}}));
    }
    return Value::object({{"type", "object"}, {"properties", std::move(properties)}});
}

Value expression(const QString& title, const QString& help) {
    return field("string", title, help).with("x-expression", true);
}

Value inputRow() {
    return object(
        {},
        {{"name", field("string", Words::tr("Name")).with("minLength", 1)},
         {"type",
          field("string", Words::tr("Type"), Words::tr("string, number, array<object>, any …")).with("default", "any")},
         {"required", field("boolean", Words::tr("Needed")).with("default", false)},
         {"default", Value::object({{"title", Words::tr("Default").toStdString()}})}},
        {"name"});
}

Value errorRow() {
    return object({},
                  {{"code", field("string", Words::tr("Code"), Words::tr("http.timeout, http.* or *"))},
                   {"do", choice(Words::tr("Do"), {},
                                 {{"return", Words::tr("End the run")},
                                  {"retryThenFail", Words::tr("Retry, then fail")},
                                  {"route", Words::tr("Route")}})},
                   {"to", field("string", Words::tr("To"), Words::tr("node.port, when it is routed"))}},
                  {"code", "do"});
}

}  // namespace

const Value& nodeSettingsSchema(bool pure) {
    static const Value forPure = nodeSettings(true);
    static const Value others = nodeSettings(false);
    return pure ? forPure : others;
}

const Value& wireSchema() {
    static const Value schema = object(
        {},
        {{"when", expression(Words::tr("Condition"),
                             Words::tr("JSONata over the value on the wire. Without one it is always followed."))},
         {"loop",
          object(Words::tr("Loop"),
                 {{"maxIterations", field("integer", Words::tr("Passes at most"),
                                          Words::tr("Only for the wire that leads back. The first pass counts."))
                                        .with("minimum", 1)},
                  {"convergeWhen", expression(Words::tr("Until"), Words::tr("JSONata over the value on the wire."))},
                  {"atLimit",
                   choice(Words::tr("When it has not converged"), {},
                          {{"fail", Words::tr("The run fails")}, {"continue", Words::tr("Go on with the last value")}})
                       .with("default", "fail")}})}});
    return schema;
}

const Value& workflowSchema() {
    static const Value schema = object(
        {}, {{"name", field("string", Words::tr("Name"))},
             {"description", field("string", Words::tr("Description")).with("x-multiline", true)},
             {"tags", texts(Words::tr("Tags"), {})},
             {"inputs", table(Words::tr("Inputs"), Words::tr("What a run is started with."), inputRow())},
             {"outputs", table(Words::tr("Outputs"), Words::tr("What a run gives."),
                               object({},
                                      {{"name", field("string", Words::tr("Name"))},
                                       {"from", field("string", Words::tr("From"), Words::tr("node.port"))}},
                                      {"name", "from"}))},
             {"errors",
              table(Words::tr("Error table"), Words::tr("Tried from the top when a node fails for good."), errorRow())},
             {"maxParallelRuns", field("integer", Words::tr("Runs at a time"), Words::tr("0: no limit of its own."))
                                     .with("minimum", 0)
                                     .with("default", 0)}});
    return schema;
}

}  // namespace signalbox::ui
