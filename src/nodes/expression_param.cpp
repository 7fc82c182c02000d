#include "nodes/expression_param.h"

#include <fmt/format.h>

namespace signalbox::nodes {
namespace {

Error named(Error error, const std::string& name) {
    error.where = error.where.empty() ? name : fmt::format("{}, {}", name, error.where);
    return error;
}

}  // namespace

Result<ExpressionParam> ExpressionParam::compile(std::string_view text, std::string name) {
    auto compiled = expr::Expression::compile(text);
    if (!compiled) return fail(named(std::move(compiled).error(), name));
    return ExpressionParam(std::move(*compiled), std::move(name));
}

Result<Value> ExpressionParam::evaluate(const Value& context, const expr::Environment& environment) const {
    auto result = expression_.evaluate(context, environment);
    if (!result) return fail(named(std::move(result).error(), name_));
    return result;
}

Result<bool> ExpressionParam::holds(const Value& context, const expr::Environment& environment) const {
    SIGNALBOX_TRY(const Value result, evaluate(context, environment));
    return expr::truthy(result);
}

expr::Environment environmentOf(const engine::NodeCall& call) {
    expr::Environment environment;
    environment.wallNow = call.wallNow;
    environment.randomSeed = call.seed;
    environment.variables = {{"inputs", call.runInputs}, {"input", call.inputs}, {"iteration", Value(call.iteration)}};
    return environment;
}

}  // namespace signalbox::nodes
