// Parameters that are JSONata texts.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "engine/node.h"
#include "expr/expression.h"

namespace signalbox::nodes {

/// A compiled JSONata parameter that names itself in errors. Immutable, cheap to copy.
class ExpressionParam {
public:
    /// Errors of Expression::compile, with the parameter in `where`.
    [[nodiscard]] static Result<ExpressionParam> compile(std::string_view text, std::string name);
    /// Errors of Expression::evaluate, with the parameter in `where`.
    [[nodiscard]] Result<Value> evaluate(const Value& context, const expr::Environment& environment) const;
    /// As evaluate, as a condition.
    [[nodiscard]] Result<bool> holds(const Value& context, const expr::Environment& environment) const;

private:
    ExpressionParam(expr::Expression expression, std::string name)
        : expression_(std::move(expression)), name_(std::move(name)) {}
    expr::Expression expression_;
    std::string name_;
};

/// What expressions of a node see besides their context: $inputs (the run's inputs), $input (the node's inputs) and
/// $iteration (of the innermost loop, from 0).
[[nodiscard]] expr::Environment environmentOf(const engine::NodeCall& call);

}  // namespace signalbox::nodes
