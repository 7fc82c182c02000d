// The quick way of evaluating what is most of an expression: member access, comparison and arithmetic over one value.
#pragma once

#include <cstdint>
#include <utility>

#include "expr/ast.h"
#include "expr/expression.h"
#include "expr/item.h"

namespace signalbox::expr {

class Frame;

/// Of a marked node. Its recursion is not counted, so it must be shallow.
constexpr int kMaxDirectHeight = 48;

/// Marks what DirectEvaluation can do, and folds constant arrays. Part of compiling.
void markDirect(Program& program);

/// Evaluates marked nodes in the context of one value. Values are looked at where they lie: nothing is copied, counted
/// or allocated but texts that & makes. As soon as there is anything to flatten, to report or to call it gives up, and
/// the Evaluator does the node again: marked nodes have no effects.
class DirectEvaluation {
public:
    enum class Truth : std::uint8_t { No, Yes, Unknown };

    /// `frame` may be null. All must outlive this object.
    DirectEvaluation(const Environment& environment, Place root, const Frame* frame) noexcept
        : environment_(environment), root_(root), frame_(frame) {}

    /// Sets the context; steps not taken yet are forgotten. False when that is nothing to evaluate directly in: an
    /// array, or no plain value or object.
    [[nodiscard]] bool enter(Place context) noexcept {
        context_ = context;
        steps_ = 0;
        return context.value ? !context.value->isArray() : context.record != nullptr;
    }
    /// Where the result lies: in the input, in the program or in `made`. Null when it gave up.
    [[nodiscard]] const Value* eval(const Node& node, Value& made);
    /// Whether a node gives a boolean or nothing, so that test() tells all about it.
    [[nodiscard]] static bool isTest(const Node& node) noexcept {
        return node.kind == NodeKind::Binary && as<BinaryNode>(node).op >= BinaryOp::Equal &&
               as<BinaryNode>(node).op <= BinaryOp::Or;
    }
    /// Whether the result is true as $boolean would have it; Unknown when it gave up.
    [[nodiscard]] Truth test(const Node& node);
    /// As many as the Evaluator would have counted since this was last asked.
    [[nodiscard]] std::uint64_t takeSteps() noexcept { return std::exchange(steps_, 0); }

private:
    [[nodiscard]] inline const Value* operand(const Node& node, Value& made);
    [[nodiscard]] const Value* walkNames(const PathNode& path);
    [[nodiscard]] bool variable(const VariableNode& node, Place& place) const;
    [[nodiscard]] const Value* constant(const ArrayNode& node);
    [[nodiscard]] const Value* negate(const NegateNode& node, Value& made);
    [[nodiscard]] const Value* choose(const BinaryNode& node, Value& made);
    [[nodiscard]] const Value* calculate(const BinaryNode& node, Value& made);
    [[nodiscard]] const Value* binary(const BinaryNode& node, Value& made);
    [[nodiscard]] const Value* concat(const Value& lhs, const Value& rhs, Value& made);
    [[nodiscard]] Truth compare(const BinaryNode& node, bool& isMissing);
    [[nodiscard]] Truth logic(const BinaryNode& node);

    const Environment& environment_;
    Place context_;
    Place root_;
    const Frame* frame_;
    std::uint64_t steps_ = 0;
};

/// Gives a result away: moved when it was made, otherwise copied.
[[nodiscard]] inline Value taken(const Value* result, Value& made) {
    return result == &made ? std::move(made) : *result;
}

}  // namespace signalbox::expr
