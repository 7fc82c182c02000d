// Which nodes need no Evaluator: found once, when an expression is compiled.
#include <algorithm>

#include "expr/direct.h"
#include "expr/stack_floor.h"

namespace signalbox::expr {

namespace {

constexpr int kNever = kMaxDirectHeight + 1;
constexpr std::size_t kMaxPairs = 32;

/// Walks the tree from the root. Every function gives the height of a node that is direct, kNever for any other.
class Marker {
public:
    /// The parser has bounded the height of the tree, but maybe not for as small a stack as this thread's.
    int mark(Node& node) {
        if (stackPosition() <= floor_) return kNever;
        const int below = markParts(node);
        const int ownParts = node.decoration ? markDecoration(*node.decoration) : 0;
        const bool plain = !node.decoration && !node.keepArray && !node.tuple && !node.consArray;
        const int height = plain && ownParts == 0 ? below + 1 : kNever;
        node.directHeight = height <= kMaxDirectHeight ? static_cast<std::uint8_t>(height) : 0;
        return std::min(height, kNever);
    }

private:
    const std::uintptr_t floor_ = stackFloor();

    // The parts of a node are constant for those who only read the tree.
    int mark(const Node* node) { return node ? mark(const_cast<Node&>(*node)) : 0; }

    int markDecoration(const Decoration& decoration) {
        for (const auto* stages : {&decoration.predicates, &decoration.stages}) {
            for (const Stage& stage : *stages) mark(stage.filter);
        }
        mark(decoration.group);
        return kNever;
    }

    int markParts(Node& node) {
        switch (node.kind) {
            case NodeKind::Literal:
            case NodeKind::Variable:
                return 0;
            case NodeKind::Path:
                return markPath(static_cast<PathNode&>(node));
            case NodeKind::Negate:
                return mark(as<NegateNode>(node).operand);
            case NodeKind::Binary:
                return markBinary(as<BinaryNode>(node));
            case NodeKind::Array:
                return markArray(static_cast<ArrayNode&>(node));
            case NodeKind::Block:
                return markBlock(as<BlockNode>(node));
            case NodeKind::Condition: {
                const auto& condition = as<ConditionNode>(node);
                return std::max({mark(condition.condition), mark(condition.then), mark(condition.otherwise)});
            }
            default:
                markOthers(node);
                return kNever;
        }
    }

    void markOthers(Node& node) {
        if (node.kind == NodeKind::Object) {
            markObject(static_cast<ObjectNode&>(node));
        } else if (node.kind == NodeKind::Assign) {
            mark(as<AssignNode>(node).value);
        } else if (node.kind == NodeKind::Lambda) {
            mark(as<LambdaNode>(node).body);
        } else if (node.kind == NodeKind::Call) {
            mark(as<CallNode>(node).procedure);
            for (const Node* argument : as<CallNode>(node).arguments) mark(argument);
        } else if (node.kind == NodeKind::Transform) {
            for (const Node* part :
                 {as<TransformNode>(node).pattern, as<TransformNode>(node).update, as<TransformNode>(node).removal}) {
                mark(part);
            }
        } else if (node.kind == NodeKind::Sort) {
            for (const SortTerm& term : as<SortNode>(node).terms) mark(term.expression);
        }
    }

    int markPath(PathNode& path) {
        for (Node* step : path.steps) mark(*step);
        if (path.namesOnly && path.steps.size() == 1) path.onlyName = &as<NameNode>(*path.steps.front()).name;
        if (path.namesOnly) return 0;
        const auto plain = [](const Node* step) { return !step->decoration && !step->keepArray && !step->tuple; };
        const auto name = [&](const Node* step) { return step->kind == NodeKind::Name && plain(step); };
        const Node* first = path.steps.front();
        path.variableFirst = !path.keepSingleton && path.steps.size() > 1 && first->kind == NodeKind::Variable &&
                             plain(first) && std::all_of(path.steps.begin() + 1, path.steps.end(), name);
        return path.variableFirst ? 1 : kNever;
    }

    int markBinary(const BinaryNode& node) {
        const int height = std::max(mark(node.lhs), mark(node.rhs));
        return node.op == BinaryOp::Apply || node.op == BinaryOp::Range ? kNever : height;
    }

    /// An array is direct when it is a constant.
    int markArray(ArrayNode& node) {
        for (Node* item : node.items) mark(*item);
        const auto constant = [](const Node* item) {
            if (item->kind != NodeKind::Literal || !item->isDirect()) return false;
            const Value& value = as<LiteralNode>(*item).value;
            return value.isDefined() && !value.isArray() && !value.isObject();
        };
        if (node.consArray || !std::all_of(node.items.begin(), node.items.end(), constant)) return kNever;
        ArrayBuilder values;
        for (const Node* item : node.items) values.push(as<LiteralNode>(*item).value);
        node.constant = std::move(values).build();
        return 0;
    }

    int markBlock(const BlockNode& node) {
        int height = 0;
        for (const Node* expression : node.expressions) height = std::max(height, mark(expression));
        return node.expressions.size() == 1 && !node.binds ? height : kNever;
    }

    void markObject(ObjectNode& node) {
        node.plainPairs = node.pairs.size() <= kMaxPairs;
        for (std::size_t i = 0; i < node.pairs.size(); ++i) {
            const auto [key, value] = node.pairs[i];
            mark(*key);
            mark(*value);
            const auto isText = [](const Node& each) {
                return each.kind == NodeKind::Literal && each.isDirect() && as<LiteralNode>(each).value.isString();
            };
            node.plainPairs = node.plainPairs && value->isDirect() && isText(*key);
            for (std::size_t k = 0; k < i && node.plainPairs; ++k) {
                node.plainPairs = as<LiteralNode>(*key).value != as<LiteralNode>(*node.pairs[k].first).value;
            }
        }
    }
};

}  // namespace

void markDirect(Program& program) {
    if (program.root) Marker().mark(const_cast<Node&>(*program.root));
}

}  // namespace signalbox::expr
