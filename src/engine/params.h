// Node parameters against the schema of their node type: defaults, {"$expr": ...} places.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/value.h"

namespace signalbox::engine {

/// The parameter of this exact shape, {"$expr": "text"}, is computed when the node starts.
inline constexpr std::string_view kExpressionMember = "$expr";
[[nodiscard]] bool isExpressionObject(const Value& value) noexcept;

/// The parameters with every missing one that has a default in the schema, nested objects and items included.
[[nodiscard]] Value withDefaults(const Value& schema, const Value& params);

struct ParamExpression {
    std::string pointer;  ///< RFC 6901, into the parameters
    std::string text;
};

/// Every {"$expr": ...} in the parameters.
void collectParamExpressions(const Value& params, const std::string& pointer, std::vector<ParamExpression>& found);

/// Every text at a place that the schema marks "x-expression": true, and every {"$expr": ...} that stands at such a
/// place, where it must not.
void collectExpressionTexts(const Value& schema, const Value& params, const std::string& pointer,
                            std::vector<ParamExpression>& texts, std::vector<std::string>& misplaced);

}  // namespace signalbox::engine
