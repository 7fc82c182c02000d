// Candidates at the caret, from the sample, the variables and the function library.
#pragma once

#include "ui/expression/expression_editor.h"
#include "ui/expression/expression_field.h"

namespace signalbox::ui {

[[nodiscard]] CodeCompletions completionsAt(const ExpressionText& code, int caret, const Value& sample,
                                            const ExpressionVariables& variables);

}  // namespace signalbox::ui
