#include "nodes/data_nodes.h"

#include <fmt/format.h>

#include "base/json.h"
#include "nodes/embedded.h"
#include "nodes/expression_param.h"

namespace signalbox::nodes {
namespace {

using engine::NodeCall;
using engine::NodeResult;
using engine::onOutput;

struct ConstantSettings {
    Value value;
    static Result<ConstantSettings> read(const Value& params) { return ConstantSettings{params["value"]}; }
};

struct TransformSettings {
    ExpressionParam expression;
    static Result<TransformSettings> read(const Value& params) {
        SIGNALBOX_TRY(auto expression, ExpressionParam::compile(params["expression"].asString(), "expression"));
        return TransformSettings{std::move(expression)};
    }
};

NodeResult transform(const TransformSettings& settings, const NodeCall& call) {
    SIGNALBOX_TRY(Value result, settings.expression.evaluate(call.input("input"), environmentOf(call)));
    return onOutput(result.isUndefined() ? Value(nullptr) : std::move(result));
}

struct FilterSettings {
    ExpressionParam condition;
    std::size_t limit;  ///< 0: none
    static Result<FilterSettings> read(const Value& params) {
        SIGNALBOX_TRY(auto condition, ExpressionParam::compile(params["condition"].asString(), "condition"));
        return FilterSettings{std::move(condition), static_cast<std::size_t>(params["limit"].asInteger())};
    }
};

NodeResult filter(const FilterSettings& settings, const NodeCall& call) {
    const expr::Environment environment = environmentOf(call);
    ArrayBuilder kept;
    ArrayBuilder rejected;
    for (const Value& item : call.input("input").items()) {
        if (call.stop.stop_requested()) return fail("node.stopped", "The filter was stopped");
        const bool full = settings.limit != 0 && kept.size() == settings.limit;
        bool keep = false;
        if (!full) {
            SIGNALBOX_TRY(keep, settings.condition.holds(item, environment));
        }
        (keep ? kept : rejected).push(item);
    }
    return Value::object({{"output", std::move(kept).build()}, {"rejected", std::move(rejected).build()}});
}

struct ValidationSettings {
    JsonSchema schema;
    bool failWhenInvalid;
    static Result<ValidationSettings> read(const Value& params) {
        auto schema = JsonSchema::compile(params["schema"]);
        if (!schema) {
            Error error = std::move(schema).error();
            error.where = "schema";
            return fail(std::move(error));
        }
        return ValidationSettings{std::move(*schema), params["onInvalid"].asString() == "fail"};
    }
};

NodeResult validateInput(const ValidationSettings& settings, const NodeCall& call) {
    const Value& input = call.input("input");
    const auto violations = settings.schema.validate(input);
    if (violations.empty()) return Value::object({{"valid", input}});
    if (settings.failWhenInvalid) {
        const SchemaViolation& first = violations.front();
        return fail("validation.failed",
                    fmt::format("The input breaks its schema in {} place{}; {}: {}", violations.size(),
                                violations.size() == 1 ? "" : "s",
                                first.pointer.empty() ? "the value itself" : first.pointer, first.message),
                    first.pointer);
    }
    ArrayBuilder list;
    for (const SchemaViolation& violation : violations) {
        list.push(Value::object({{"pointer", violation.pointer}, {"message", violation.message}}));
    }
    return Value::object({{"invalid", Value::object({{"value", input}, {"violations", std::move(list).build()}})}});
}

struct LogSettings {
    ExpressionParam message;
    LogLevel level;
    bool includeValue;
    static Result<LogSettings> read(const Value& params) {
        SIGNALBOX_TRY(auto message, ExpressionParam::compile(params["message"].asString(), "message"));
        LogLevel level = LogLevel::Info;
        for (const LogLevel candidate : {LogLevel::Debug, LogLevel::Warning, LogLevel::Error}) {
            if (logLevelName(candidate) == params["level"].asString()) level = candidate;
        }
        return LogSettings{std::move(message), level, params["includeValue"].asBoolean()};
    }
};

/// Small values as they are, large ones as the beginning of their text: log lines are kept and sent to consoles.
Value attachment(const Value& value) {
    constexpr std::size_t kMost = 4096;
    if (value.approximateSize() <= kMost) return value;
    std::string text = writeJson(value);
    if (text.size() <= kMost) return value;
    std::size_t end = kMost;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
    text.resize(end);
    return text + "...";
}

NodeResult logLine(const LogSettings& settings, const NodeCall& call) {
    const Value& input = call.input("input");
    SIGNALBOX_TRY(const Value message, settings.message.evaluate(input, environmentOf(call)));
    Value fields = Value::object();
    if (settings.includeValue && input.isDefined()) fields = Value::object({{"value", attachment(input)}});
    call.log(settings.level, message.isString() ? std::string(message.asString()) : writeJson(message),
             std::move(fields));
    return onOutput(input.isUndefined() ? Value(nullptr) : input);
}

}  // namespace

Status registerDataNodes(engine::Registry& registry) {
    return registerFamily(registry, kDataManifests,
                          {
                              {"ConstantNode", maker<ConstantSettings>(
                                                   [](const ConstantSettings& settings, const NodeCall&) -> NodeResult {
                                                       return onOutput(settings.value);
                                                   })},
                              {"TransformNode", maker<TransformSettings>(&transform)},
                              {"FilterNode", maker<FilterSettings>(&filter)},
                              {"AggregateNode", aggregateMaker()},
                              {"SortNode", sortMaker()},
                              {"ValidationNode", maker<ValidationSettings>(&validateInput)},
                              {"LogNode", maker<LogSettings>(&logLine)},
                          });
}

}  // namespace signalbox::nodes
