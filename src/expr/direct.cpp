#include "expr/direct.h"

#include <cmath>
#include <cstring>

#include "expr/function.h"
#include "expr/scalar_ops.h"
#include "expr/utf8.h"
#include "expr/value_text.h"

namespace signalbox::expr {

namespace {

using Truth = DirectEvaluation::Truth;

constexpr std::size_t kMaxText = 4096;  ///< longer texts are left to the Evaluator, which knows the limits

const Value kUndefined = Value::undefined();

const Value* give(Value& made, Value value) {
    made = std::move(value);
    return &made;
}

Truth truthIf(bool yes) { return yes ? Truth::Yes : Truth::No; }

Truth truthOf(const Value* value) noexcept {
    if (!value || value->isArray()) return Truth::Unknown;
    if (value->isBoolean()) return truthIf(value->asBoolean());
    return truthIf(value->isNumber() ? value->asNumber() != 0 : !value->empty());
}

bool isContainer(const Value& value) { return value.isArray() || value.isObject(); }

Truth isContained(const Value& lhs, const Value& rhs) {
    if (isContainer(lhs) || rhs.isObject()) return Truth::Unknown;  // these are compared by identity
    if (lhs.isUndefined() || rhs.isUndefined()) return Truth::No;
    if (!rhs.isArray()) return truthIf(lhs == rhs);
    for (const Value& each : rhs.items()) {
        if (lhs == each) return Truth::Yes;
    }
    return Truth::No;
}

Truth isOrdered(BinaryOp op, const Value& lhs, const Value& rhs, bool& isMissing) {
    if (lhs.isNumber() && rhs.isNumber()) return truthIf(holds(op, orderOf(lhs, rhs)));
    if (lhs.isString() && rhs.isString()) return truthIf(holds(op, compareUtf16(lhs.asString(), rhs.asString())));
    const auto comparable = [](const Value& value) {
        return value.isUndefined() || value.isString() || value.isNumber();
    };
    isMissing = (lhs.isUndefined() || rhs.isUndefined()) && comparable(lhs) && comparable(rhs);
    return isMissing ? Truth::No : Truth::Unknown;
}

const Value* giveArithmetic(BinaryOp op, const Value& lhs, const Value& rhs, Value& made) {
    if (!lhs.isNumber() || !rhs.isNumber()) {
        const bool missing = (lhs.isUndefined() || lhs.isNumber()) && (rhs.isUndefined() || rhs.isNumber());
        return missing ? &kUndefined : nullptr;
    }
    const double result = arithmeticOf(op, lhs.asNumber(), rhs.asNumber());
    return std::isfinite(result) ? give(made, Value(result)) : nullptr;
}

/// As Value::find, in line for objects of a few members.
inline const Value* findMember(const Value& object, const std::string& name) {
    constexpr std::size_t kFew = 8;
    const auto members = object.members();
    if (members.size() > kFew) return object.find(name);
    for (const Member& member : members) {
        if (member.first.size() == name.size() && std::memcmp(member.first.data(), name.data(), name.size()) == 0) {
            return &member.second;
        }
    }
    return nullptr;
}

}  // namespace

/// Most operands are members of the context or literals.
inline const Value* DirectEvaluation::operand(const Node& node, Value& made) {
    if (node.kind != NodeKind::Literal && node.kind != NodeKind::Path) return eval(node, made);
    ++steps_;
    if (node.kind == NodeKind::Literal) return &as<LiteralNode>(node).value;
    const std::string* name = as<PathNode>(node).onlyName;
    if (!name || !context_.value) return walkNames(as<PathNode>(node));
    const Value* found = findMember(*context_.value, *name);
    return found ? found : &kUndefined;
}

const Value* DirectEvaluation::eval(const Node& node, Value& made) {
    ++steps_;
    switch (node.kind) {
        case NodeKind::Literal:
            return &as<LiteralNode>(node).value;
        case NodeKind::Path:
            return walkNames(as<PathNode>(node));
        case NodeKind::Binary:
            return binary(as<BinaryNode>(node), made);
        case NodeKind::Block:
            return operand(*as<BlockNode>(node).expressions.front(), made);
        case NodeKind::Variable: {
            Place place;
            return variable(as<VariableNode>(node), place) ? place.value : nullptr;
        }
        case NodeKind::Array:
            return constant(as<ArrayNode>(node));
        case NodeKind::Negate:
            return negate(as<NegateNode>(node), made);
        case NodeKind::Condition: {
            const auto& condition = as<ConditionNode>(node);
            const Truth truth = test(*condition.condition);
            if (truth == Truth::Unknown) return nullptr;
            const Node* chosen = truth == Truth::Yes ? condition.then : condition.otherwise;
            return chosen ? eval(*chosen, made) : &kUndefined;
        }
        default:
            return nullptr;
    }
}

DirectEvaluation::Truth DirectEvaluation::test(const Node& node) {
    if (isTest(node)) {
        ++steps_;
        const auto& binary = as<BinaryNode>(node);
        bool isMissing = false;
        return binary.op >= BinaryOp::And ? logic(binary) : compare(binary, isMissing);
    }
    Value made;
    return truthOf(operand(node, made));
}

const Value* DirectEvaluation::walkNames(const PathNode& path) {
    Place at = context_;
    auto step = path.steps.begin();
    if (path.variableFirst) {
        ++steps_;
        if (!variable(as<VariableNode>(**step), at)) return nullptr;
        ++step;
    }
    for (; step != path.steps.end(); ++step) {
        const std::string& name = as<NameNode>(**step).name;
        if (at.record) {
            at = at.record->placeOf(name);
            if (!at.value && !at.record) return nullptr;  // a list, or a function
        } else if (at.value->isArray()) {
            return nullptr;
        } else if (!(at.value = findMember(*at.value, name))) {
            return &kUndefined;
        }
    }
    return at.value;
}

bool DirectEvaluation::variable(const VariableNode& node, Place& place) const {
    const std::string& name = node.symbol->name;
    if (name.empty()) {
        place = context_;
        return true;
    }
    if (name == "$") {
        place = root_;
        return place.value || place.record;
    }
    if (const Item* bound = frame_ ? frame_->find(node.symbol) : nullptr) {
        place = Place(*bound);
        return place.value || place.record;
    }
    for (const auto& [known, value] : environment_.variables) {
        if (known != name) continue;
        place = Place(value);
        return true;
    }
    if (node.builtin) return false;
    place = Place(kUndefined);
    return true;
}

/// Counts what making the array would have cost.
const Value* DirectEvaluation::constant(const ArrayNode& node) {
    const std::size_t count = node.items.size();
    if (count > environment_.limits.maxOutputItems) return nullptr;
    steps_ += count + count / 4;
    return &node.constant;
}

const Value* DirectEvaluation::negate(const NegateNode& node, Value& made) {
    const Value* value = operand(*node.operand, made);
    if (!value || value->isUndefined()) return value;
    if (!value->isNumber()) return nullptr;
    return give(made, isExact(*value) ? Value(-value->asInteger()) : Value(-value->asNumber()));
}

DirectEvaluation::Truth DirectEvaluation::logic(const BinaryNode& node) {
    const Truth truth = test(*node.lhs);
    const Truth decides = truthIf(node.op == BinaryOp::Or);
    return truth == decides || truth == Truth::Unknown ? truth : test(*node.rhs);
}

DirectEvaluation::Truth DirectEvaluation::compare(const BinaryNode& node, bool& isMissing) {
    Value leftMade;
    const Value* lhs = operand(*node.lhs, leftMade);
    if (!lhs) return Truth::Unknown;
    Value rightMade;
    const Value* rhs = operand(*node.rhs, rightMade);
    if (!rhs) return Truth::Unknown;
    if (node.op == BinaryOp::Equal || node.op == BinaryOp::NotEqual) {
        if (lhs->isUndefined() || rhs->isUndefined()) return Truth::No;
        return truthIf((*lhs == *rhs) == (node.op == BinaryOp::Equal));
    }
    return node.op == BinaryOp::In ? isContained(*lhs, *rhs) : isOrdered(node.op, *lhs, *rhs, isMissing);
}

const Value* DirectEvaluation::choose(const BinaryNode& node, Value& made) {
    const Value* lhs = operand(*node.lhs, made);
    if (!lhs) return nullptr;
    if (node.op == BinaryOp::Coalesce) return lhs->isDefined() ? lhs : eval(*node.rhs, made);
    const Truth truth = truthOf(lhs);
    if (truth == Truth::Unknown) return nullptr;
    return truth == Truth::Yes ? lhs : eval(*node.rhs, made);
}

const Value* DirectEvaluation::calculate(const BinaryNode& node, Value& made) {
    Value leftMade;
    const Value* lhs = operand(*node.lhs, leftMade);
    if (!lhs) return nullptr;
    Value rightMade;
    const Value* rhs = operand(*node.rhs, rightMade);
    if (!rhs) return nullptr;
    return node.op == BinaryOp::Concat ? concat(*lhs, *rhs, made) : giveArithmetic(node.op, *lhs, *rhs, made);
}

const Value* DirectEvaluation::binary(const BinaryNode& node, Value& made) {
    if (node.op <= BinaryOp::Concat) return calculate(node, made);
    if (node.op >= BinaryOp::Default) return choose(node, made);
    bool isMissing = false;
    const Truth truth = node.op >= BinaryOp::And ? logic(node) : compare(node, isMissing);
    if (isMissing) return &kUndefined;
    return truth == Truth::Unknown ? nullptr : give(made, Value(truth == Truth::Yes));
}

const Value* DirectEvaluation::concat(const Value& lhs, const Value& rhs, Value& made) {
    if (isContainer(lhs) || isContainer(rhs) || lhs.size() + rhs.size() > kMaxText) return nullptr;
    std::string text;
    for (const Value* side : {&lhs, &rhs}) {
        if (side->isString()) {
            text += side->asString();
        } else if (side->isDefined()) {
            appendText(text, Item(*side));
        }
    }
    if (text.size() > environment_.limits.maxTextBytes) return nullptr;
    steps_ += text.size() / 64;
    return give(made, Value(text));
}

}  // namespace signalbox::expr
