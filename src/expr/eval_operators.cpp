// Operators on values: arithmetic, comparison, logic, text, ranges.
#include <cmath>

#include "expr/error_codes.h"
#include "expr/evaluator.h"
#include "expr/scalar_ops.h"
#include "expr/utf8.h"
#include "expr/value_text.h"

namespace signalbox::expr {

namespace {

constexpr std::int64_t kMaxRange = 10'000'000;

bool isInteger(const Item& item) {
    return item.isNumber() && std::floor(item.value().asNumber()) == item.value().asNumber();
}
bool isComparable(const Item& item) { return item.isUndefined() || item.isString() || item.isNumber(); }

/// The strict equality of `in`: arrays and objects only when they are the same.
bool isSame(const Item& a, const Item& b) {
    if (a.isArray() || a.isObject() || a.isFunction()) {
        return a.isPlain() && b.isPlain() ? a.value().sameIdentity(b.value())
                                          : a.identity() == b.identity() && !b.isPlain();
    }
    return deepEqual(a, b);
}

bool contains(const Item& item, const Item& array) {
    if (!array.isArray()) return isSame(item, array);
    return !forEachItem(array, [&](const Item& each, std::size_t) { return !isSame(item, each); });
}

}  // namespace

bool Evaluator::evalBinary(const BinaryNode& node, const Item& input, Frame& frame, Item& out) {
    if (node.op == BinaryOp::Apply) return evalApply(node, input, frame, out);
    if (node.op == BinaryOp::And || node.op == BinaryOp::Or || node.op == BinaryOp::Default ||
        node.op == BinaryOp::Coalesce) {
        return evalLogic(node, input, frame, out);
    }
    Item lhs;
    if (!eval(*node.lhs, input, frame, lhs)) return false;
    Item rhs;
    if (!eval(*node.rhs, input, frame, rhs)) return false;
    switch (node.op) {
        case BinaryOp::Add:
        case BinaryOp::Subtract:
        case BinaryOp::Multiply:
        case BinaryOp::Divide:
        case BinaryOp::Modulo:
            return arithmetic(node, lhs, rhs, out);
        case BinaryOp::Equal:
        case BinaryOp::NotEqual:
            out =
                Item(Value(lhs.isDefined() && rhs.isDefined() && deepEqual(lhs, rhs) == (node.op == BinaryOp::Equal)));
            return true;
        case BinaryOp::Concat:
            return concat(node, lhs, rhs, out);
        case BinaryOp::Range:
            return range(node, lhs, rhs, out);
        case BinaryOp::In:
            out = Item(Value(lhs.isDefined() && rhs.isDefined() && contains(lhs, rhs)));
            return true;
        default:
            return compare(node, lhs, rhs, out);
    }
}

bool Evaluator::evalLogic(const BinaryNode& node, const Item& input, Frame& frame, Item& out) {
    if (!eval(*node.lhs, input, frame, out)) return false;
    switch (node.op) {
        case BinaryOp::Coalesce:
            return out.isDefined() || eval(*node.rhs, input, frame, out);
        case BinaryOp::Default:
            return truthyItem(out) || eval(*node.rhs, input, frame, out);
        default:
            break;
    }
    const bool decides = node.op == BinaryOp::Or;
    bool result = truthyItem(out);
    if (result != decides) {
        if (!eval(*node.rhs, input, frame, out)) return false;
        result = truthyItem(out);
    }
    out = Item(Value(result));
    return true;
}

bool Evaluator::evalNegate(const NegateNode& node, const Item& input, Frame& frame, Item& out) {
    if (!eval(*node.operand, input, frame, out)) return false;
    if (out.isUndefined()) return true;
    if (!out.isNumber()) return fail("D1002", node.position, "-", freeze(out));
    out = isExact(out.value()) ? Item(Value(-out.value().asInteger())) : Item(Value(-out.value().asNumber()));
    return true;
}

bool Evaluator::arithmetic(const BinaryNode& node, const Item& lhs, const Item& rhs, Item& out) {
    if (lhs.isDefined() && !lhs.isNumber()) return fail("T2001", node.position, binaryOpText(node.op), freeze(lhs));
    if (rhs.isDefined() && !rhs.isNumber()) return fail("T2002", node.position, binaryOpText(node.op), freeze(rhs));
    out = Item();
    if (lhs.isUndefined() || rhs.isUndefined()) return true;
    const double result = arithmeticOf(node.op, lhs.value().asNumber(), rhs.value().asNumber());
    // A Value cannot hold infinity or not-a-number: what the reference reports at the next use is an error here.
    if (!std::isfinite(result)) return fail("D1001", node.position, binaryOpText(node.op), Value(numberText(result)));
    out = Item(Value(result));
    return true;
}

bool Evaluator::compare(const BinaryNode& node, const Item& lhs, const Item& rhs, Item& out) {
    if (!isComparable(lhs) || !isComparable(rhs)) {
        return fail("T2010", node.position, binaryOpText(node.op), freeze(isComparable(lhs) ? rhs : lhs));
    }
    out = Item();
    if (lhs.isUndefined() || rhs.isUndefined()) return true;
    if (lhs.isString() != rhs.isString()) return fail("T2009", node.position, binaryOpText(node.op), freeze(lhs));
    const int order = lhs.isString() ? compareUtf16(lhs.value().asString(), rhs.value().asString())
                                     : orderOf(lhs.value(), rhs.value());
    out = Item(Value(holds(node.op, order)));
    return true;
}

bool Evaluator::range(const BinaryNode& node, const Item& lhs, const Item& rhs, Item& out) {
    if (lhs.isDefined() && !isInteger(lhs)) return fail("T2003", node.position, "..", freeze(lhs));
    if (rhs.isDefined() && !isInteger(rhs)) return fail("T2004", node.position, "..", freeze(rhs));
    out = Item();
    if (lhs.isUndefined() || rhs.isUndefined()) return true;
    const double span = rhs.value().asNumber() - lhs.value().asNumber() + 1;
    if (span <= 0) return true;
    if (span > static_cast<double>(kMaxRange)) return fail("D2014", node.position, "..", Value(span));
    const auto count = static_cast<std::size_t>(span);
    if (count > environment_.limits.maxOutputItems) return fail("D2015", node.position, "..");
    if (!charge(count / 4, node.position)) return false;
    std::vector<Value> values;
    values.reserve(count);
    const std::int64_t first = lhs.value().asInteger();
    for (std::size_t i = 0; i < count; ++i) values.emplace_back(first + static_cast<std::int64_t>(i));
    out = Item(Value::array(std::move(values)));
    return true;
}

bool Evaluator::concat(const BinaryNode& node, const Item& lhs, const Item& rhs, Item& out) {
    std::string text;
    for (const Item* side : {&lhs, &rhs}) {
        if (side->isDefined()) appendText(text, *side);
    }
    if (!chargeText(text.size(), node.position)) return false;
    out = Item(Value(text));
    return true;
}

}  // namespace signalbox::expr
