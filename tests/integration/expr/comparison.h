// Whether an expression gives here what the reference implementation gives, apart from what is meant to differ.
#pragma once

#include <string>

#include "base/value.h"
#include "integration/expr/reference.h"

namespace signalbox::expr {

struct Comparison {
    bool differs = false;
    std::string kind;  ///< "same value", "same error", or in what way the two differ
    std::string here;  ///< what this implementation gives
};

/// answer: what the reference gives, in reference.js's form.
[[nodiscard]] Comparison compareWith(const Value& answer, const Pair& pair);

}  // namespace signalbox::expr
