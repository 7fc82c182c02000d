// Short forms for tests: expressions over JSON, results as JSON text.
#pragma once

#include <string>
#include <string_view>

#include "base/json.h"
#include "expr/expression.h"

namespace signalbox::expr {

/// The result as compact JSON, "nothing" for Undefined, or "CODE at POSITION" for an error.
inline std::string evaluated(std::string_view text, std::string_view input = {}, const Environment& environment = {}) {
    const auto shown = [](const ExpressionError& error) {
        return error.jsonataCode + " at " + std::to_string(error.position);
    };
    const auto compiled = Expression::compileDetailed(text);
    if (!compiled) return shown(compiled.error());
    Value data = Value::undefined();
    if (!input.empty()) {
        const auto parsed = parseJson(input);
        if (!parsed) return "bad input";
        data = *parsed;
    }
    const auto result = compiled->evaluateDetailed(data, environment);
    if (!result) return shown(result.error());
    return result->isUndefined() ? "nothing" : writeJson(*result);
}

}  // namespace signalbox::expr
