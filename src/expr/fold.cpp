#include "expr/fold.h"

#include "expr/evaluator.h"

namespace signalbox::expr {

namespace {

constexpr std::size_t kMaxText = 1024;  ///< of a side: joining long texts over and over would be quadratic

bool isScalarLiteral(const Node& node) {
    if (node.kind != NodeKind::Literal || node.decoration || node.keepArray) return false;
    const Value& value = as<LiteralNode>(node).value;
    return value.isNumber() || value.isBoolean() || (value.isString() && value.size() <= kMaxText);
}

bool isFoldable(BinaryOp op) { return op != BinaryOp::Range && op != BinaryOp::Apply; }

}  // namespace

Node* folded(Program& program, BinaryNode* node) {
    if (!isFoldable(node->op) || !isScalarLiteral(*node->lhs) || !isScalarLiteral(*node->rhs)) return node;
    // The evaluator itself does it, so that folding cannot mean anything else.
    const Node* root = program.root;
    program.root = node;
    const Environment environment;
    Item result;
    const bool done = Evaluator(program, environment).run(Value::undefined(), result);
    program.root = root;
    if (!done || !result.isPlain()) return node;
    const Value& value = result.value();
    if (!value.isNumber() && !value.isBoolean() && !value.isString()) return node;
    return program.add<LiteralNode>(node->position, value);
}

}  // namespace signalbox::expr
