// Constant folding: operators between literals are done once, when the expression is compiled.
#pragma once

#include "expr/ast.h"

namespace signalbox::expr {

/// The node itself or, when both sides are literals and their result is a scalar, the literal of that result. What
/// fails stays as it is, to fail where and when it is evaluated.
[[nodiscard]] Node* folded(Program& program, BinaryNode* node);

}  // namespace signalbox::expr
