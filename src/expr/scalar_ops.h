// Operators on single values, for both ways of evaluating. What they cannot do the caller reports as an error.
#pragma once

#include <cmath>
#include <cstdint>

#include "base/value.h"
#include "expr/ast.h"

namespace signalbox::expr {

/// Whether a double would hold the integer exactly, so that integer arithmetic gives what doubles would.
[[nodiscard]] inline bool isExact(const Value& value) {
    constexpr std::int64_t kExact = std::int64_t{1} << 53;
    return value.isInteger() && value.asInteger() <= kExact && value.asInteger() >= -kExact;
}

/// a op b of two numbers; may be infinite or not a number.
[[nodiscard]] inline double arithmeticOf(BinaryOp op, double a, double b) {
    switch (op) {
        case BinaryOp::Add:
            return a + b;
        case BinaryOp::Subtract:
            return a - b;
        case BinaryOp::Multiply:
            return a * b;
        case BinaryOp::Divide:
            return a / b;
        default:
            return std::fmod(a, b);
    }
}

[[nodiscard]] inline bool isArithmetic(BinaryOp op) { return op <= BinaryOp::Modulo; }

/// Below, at or above zero as a is less than, equal to or greater than b; of two numbers.
[[nodiscard]] inline int orderOf(const Value& a, const Value& b) {
    if (a.isInteger() && b.isInteger()) {
        const std::int64_t left = a.asInteger();
        const std::int64_t right = b.asInteger();
        return (left > right) - (left < right);
    }
    const double left = a.asNumber();
    const double right = b.asNumber();
    return (left > right) - (left < right);
}

/// What a comparison says of an order; for Less, LessEqual, Greater and GreaterEqual.
[[nodiscard]] inline bool holds(BinaryOp op, int order) {
    switch (op) {
        case BinaryOp::Less:
            return order < 0;
        case BinaryOp::LessEqual:
            return order <= 0;
        case BinaryOp::Greater:
            return order > 0;
        default:
            return order >= 0;
    }
}

}  // namespace signalbox::expr
