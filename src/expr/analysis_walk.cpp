#include "expr/analysis_walk.h"

#include <algorithm>

#include "base/text.h"
#include "expr/builtins.h"
#include "expr/completion.h"
#include "expr/stack_floor.h"

namespace signalbox::expr {

namespace {

constexpr std::size_t kMaxSteps = 20'000;  ///< nodes walked, lambdas at each call: a few milliseconds at the most

bool isNumeric(const std::string& type) { return type == "integer" || type == "number"; }

}  // namespace

std::string commonType(const std::string& a, const std::string& b) {
    if (a == b) return a;
    if (isNumeric(a) && isNumeric(b)) return "number";
    if (a.starts_with("array<") && b.starts_with("array<"))
        return "array<" + commonType(itemType(a), itemType(b)) + ">";
    return "any";
}

std::string itemType(const std::string& type) {
    return type.starts_with("array<") ? type.substr(6, type.size() - 7) : type;
}

Shape made(std::string type, bool missing) {
    Shape shape;
    shape.type = std::move(type);
    shape.missing = missing;
    return shape;
}

Shape either(const Shape& a, const Shape& b) {
    Shape both = a;
    for (const std::string& place : b.places) {
        if (std::find(both.places.begin(), both.places.end(), place) == both.places.end()) both.places.push_back(place);
    }
    both.type = commonType(a.type, b.type);
    both.missing = a.missing || b.missing;
    both.closure = nullptr;
    both.builtin = nullptr;
    return both;
}

Shape itemOf(Shape shape) {
    for (std::string& place : shape.places) {
        if (!place.ends_with("[]")) place += "[]";
    }
    shape.type = itemType(shape.type);
    shape.missing = true;
    return shape;
}

AnalysisWalk::AnalysisWalk(const Program& program, const AnalysisOptions& options, Analysis& out)
    : program_(program), options_(options), out_(out), stackFloor_(stackFloor()) {
    root_.places = {""};
}

void AnalysisWalk::run() {
    const Shape result = walk(*program_.root, {root_, open(nullptr)});
    read(result);
    readTouched();
    out_.resultType = result.isFunction() ? "any" : result.type;
    out_.mayBeMissing = result.missing || result.isFunction();
    out_.variables.assign(variables_.begin(), variables_.end());
    out_.functions.assign(functions_.begin(), functions_.end());
    std::sort(out_.warnings.begin(), out_.warnings.end(),
              [](const Warning& a, const Warning& b) { return a.position < b.position; });
    out_.constant = out_.paths.empty() && variables_.empty() && !out_.usesTime && !out_.usesRandom && !out_.usesEval;
}

/// Too much to follow: everything counts as read.
bool AnalysisWalk::exhausted() {
    if (++steps_ <= kMaxSteps && stackPosition() > stackFloor_) return false;
    read(root_);
    return true;
}

AnalysisScope* AnalysisWalk::open(const AnalysisScope* parent) {
    scopes_.push_back({parent, {}});
    return &scopes_.back();
}

const Shape* AnalysisWalk::find(const AnalysisScope* scope, const Symbol* symbol) {
    for (; scope; scope = scope->parent) {
        for (auto entry = scope->bound.rbegin(); entry != scope->bound.rend(); ++entry) {
            if (sameSymbol(entry->first, symbol)) return &entry->second;
        }
    }
    return nullptr;
}

/// Notes that all of a value matters. A function that gets out of sight may be called with anything.
void AnalysisWalk::read(const Shape& shape) {
    for (const std::string& place : shape.places) {
        if (read_.insert(place).second) out_.paths.push_back({place, shape.position});
    }
    if (!shape.closure || !escaped_.insert(shape.closure).second) return;
    read(applyClosure(*shape.closure, {}));
}

/// Either of two values. Which function it is, if any, cannot be told any more.
Shape AnalysisWalk::join(const Shape& a, const Shape& b) {
    for (const Shape* shape : {&a, &b}) {
        if (shape->isFunction()) read(*shape);
    }
    return either(a, b);
}

/// Notes that there are items matters, and how many, whatever is in them.
void AnalysisWalk::touch(const Shape& shape) {
    if (!shape.places.empty()) touched_.push_back(shape);
}

/// What is read below a place tells of its items as well; only where nothing is, the place itself has to be read.
void AnalysisWalk::readTouched() {
    for (const Shape& shape : touched_) {
        for (const std::string& place : shape.places) {
            const std::string bare = place.ends_with("[]") ? place.substr(0, place.size() - 2) : place;
            const auto begins = [&](const std::string& path) {
                return path.starts_with(bare) && (bare.empty() || path.size() == bare.size() ||
                                                  path[bare.size()] == '.' || path[bare.size()] == '[');
            };
            if (std::any_of(read_.begin(), read_.end(), begins)) continue;
            read_.insert(bare);
            out_.paths.push_back({bare, shape.position});
        }
    }
}

void AnalysisWalk::readAll(std::span<const Shape> shapes) {
    for (const Shape& shape : shapes) read(shape);
}

void AnalysisWalk::warn(std::string_view code, std::size_t position, std::size_t length, std::string message,
                        std::string suggestion) {
    std::string whole = "expression.";
    whole.append(code);
    if (!warned_.insert({position, whole}).second) return;
    out_.warnings.push_back({std::move(whole), position, length, std::move(message), std::move(suggestion)});
}

Shape AnalysisWalk::walk(const Node& node, const Place& at) {
    if (exhausted()) return {};
    if (node.kind == NodeKind::Path) return walkPath(as<PathNode>(node), at);
    Shape shape = walkPlain(node, at);
    if (!node.decoration) return node.keepArray ? made("array<any>", true) : shape;
    shape = walkStages(node.decoration->predicates, std::move(shape), at.scope);
    if (node.decoration->group) {
        touch(shape);
        walkObject(*node.decoration->group, {itemOf(shape), at.scope});
        return made("object", true);
    }
    if (node.keepArray) shape.type = "array<any>";
    return shape;
}

Shape AnalysisWalk::walkPlain(const Node& node, const Place& at) {
    switch (node.kind) {
        case NodeKind::Literal:
            return made(typeWord(as<LiteralNode>(node).value));
        case NodeKind::Variable:
            return walkVariable(as<VariableNode>(node), at);
        case NodeKind::Name:
            return below(at.context, as<NameNode>(node).name, node.position);
        case NodeKind::Wildcard:
            return below(at.context, "*", node.position);
        case NodeKind::Descendants:
            return below(at.context, "**", node.position);
        case NodeKind::Parent:
            return walkParent(as<ParentNode>(node), at);
        case NodeKind::Negate: {
            const Shape operand = walk(*as<NegateNode>(node).operand, at);
            read(operand);
            return made(isNumeric(operand.type) ? operand.type : "number", operand.missing);
        }
        case NodeKind::Binary:
            return walkBinary(as<BinaryNode>(node), at);
        case NodeKind::Array:
            return walkArray(as<ArrayNode>(node), at);
        case NodeKind::Object:
            return walkObject(static_cast<const ObjectNode&>(node), at);
        case NodeKind::Block:
            return walkBlock(as<BlockNode>(node), at);
        case NodeKind::Condition:
            return walkCondition(as<ConditionNode>(node), at);
        case NodeKind::Assign: {
            Shape value = walk(*as<AssignNode>(node).value, at);
            at.scope->bound.emplace_back(as<AssignNode>(node).symbol, value);
            return value;
        }
        case NodeKind::Lambda:
            return walkLambda(as<LambdaNode>(node), at);
        case NodeKind::Call:
            return walkCall(as<CallNode>(node), nullptr, at);
        case NodeKind::Transform:
            return walkTransform(as<TransformNode>(node), Shape{}, at);
        default:
            return {};
    }
}

void AnalysisWalk::mention(const Builtin& builtin) {
    functions_.insert(std::string(builtin.name));
    if (builtin.name == "now" || builtin.name == "millis") out_.usesTime = true;
    if (builtin.name == "random" || builtin.name == "shuffle") out_.usesRandom = true;
    if (builtin.name != "eval") return;
    out_.usesEval = true;
    read(root_);
}

Shape AnalysisWalk::walkVariable(const VariableNode& node, const Place& at) {
    const std::string& name = node.symbol->name;
    if (name.empty() || name == "$") {
        Shape shape = name.empty() ? at.context : root_;
        shape.position = node.position;
        return shape;
    }
    if (const Shape* bound = find(at.scope, node.symbol)) return *bound;
    Shape shape;
    if (node.builtin) {
        mention(*node.builtin);
        shape.builtin = node.builtin;
        return shape;
    }
    variables_.insert(name);
    if (!options_.variables) return shape;
    const std::vector<std::string>& known = *options_.variables;
    if (std::find(known.begin(), known.end(), name) != known.end()) return shape;
    const auto meant = didYouMean(name, knownNames(false));
    warn("unknown-variable", node.position, name.size() + 1, "There is no variable $" + name,
         meant ? "$" + *meant : std::string{});
    return shape;
}

std::vector<std::string> AnalysisWalk::knownNames(bool functions) const {
    std::vector<std::string> names = options_.variables.value_or(std::vector<std::string>{});
    for (const AnalysisScope& scope : scopes_) {
        for (const auto& [symbol, shape] : scope.bound) {
            if (!symbol->name.empty() && symbol->name.front() != '!') names.push_back(symbol->name);
        }
    }
    if (functions) {
        for (const auto family : {stringBuiltins(), patternBuiltins(), encodingBuiltins(), numericBuiltins(),
                                  arrayBuiltins(), objectBuiltins(), higherOrderBuiltins(), dateTimeBuiltins()}) {
            for (const Builtin& builtin : family) names.emplace_back(builtin.name);
        }
    }
    return names;
}

Shape AnalysisWalk::walkBinary(const BinaryNode& node, const Place& at) {
    switch (node.op) {
        case BinaryOp::Default:
        case BinaryOp::Coalesce: {
            const Shape left = walk(*node.lhs, at);
            const Shape right = walk(*node.rhs, at);
            if (node.op == BinaryOp::Default) read(left);
            Shape both = join(left, right);
            both.missing = right.missing;
            return both;
        }
        case BinaryOp::Apply: {
            const Shape left = walk(*node.lhs, at);
            if (node.rhs->kind == NodeKind::Call && !as<CallNode>(*node.rhs).partial && !node.rhs->decoration)
                return walkCall(as<CallNode>(*node.rhs), &left, at);
            if (node.rhs->kind == NodeKind::Transform) return walkTransform(as<TransformNode>(*node.rhs), left, at);
            return apply(walk(*node.rhs, at), std::span(&left, 1), at);
        }
        default:
            return walkOperands(node, at);
    }
}

Shape AnalysisWalk::walkOperands(const BinaryNode& node, const Place& at) {
    const Shape operands[] = {walk(*node.lhs, at), walk(*node.rhs, at)};
    readAll(operands);
    const bool missing = operands[0].missing || operands[1].missing;
    switch (node.op) {
        case BinaryOp::Add:
        case BinaryOp::Subtract:
        case BinaryOp::Multiply:
        case BinaryOp::Divide:
        case BinaryOp::Modulo:
            for (const Shape& operand : operands) {
                if (operand.type == "any" || isNumeric(operand.type) || operand.missing) continue;
                warn("operand-type", node.position, 1,
                     std::string("The operator ").append(binaryOpText(node.op)) + " needs numbers, not " +
                         (operand.type.front() == 'a' || operand.type.front() == 'o' ? "an " : "a ") + operand.type);
            }
            return made("number", missing);
        case BinaryOp::Concat:
            return made("string");
        case BinaryOp::Range:
            return made("array<integer>", missing);
        case BinaryOp::Less:
        case BinaryOp::LessEqual:
        case BinaryOp::Greater:
        case BinaryOp::GreaterEqual:
            return made("boolean", missing);
        default:
            return made("boolean");
    }
}

Shape AnalysisWalk::walkArray(const ArrayNode& node, const Place& at) {
    std::string type;
    for (const Node* item : node.items) {
        const Shape shape = walk(*item, at);
        read(shape);
        const bool nested = item->kind == NodeKind::Array;
        const std::string own = nested ? shape.type : itemType(shape.type);
        type = type.empty() ? own : commonType(type, own);
    }
    return made("array<" + (type.empty() ? "any" : type) + ">");
}

Shape AnalysisWalk::walkObject(const ObjectNode& node, const Place& at) {
    for (const auto& [key, value] : node.pairs) {
        read(walk(*key, at));
        read(walk(*value, at));
    }
    return made("object");
}

Shape AnalysisWalk::walkBlock(const BlockNode& node, const Place& at) {
    const Place inside{at.context, open(at.scope)};
    Shape last = made("any", true);
    for (const Node* expression : node.expressions) last = walk(*expression, inside);
    return last;
}

Shape AnalysisWalk::walkCondition(const ConditionNode& node, const Place& at) {
    read(walk(*node.condition, at));
    const Shape then = walk(*node.then, at);
    if (node.otherwise) return join(then, walk(*node.otherwise, at));
    Shape maybe = then;
    maybe.missing = true;
    return maybe;
}

/// |pattern|update, removal|: gives all of what it is applied to.
Shape AnalysisWalk::walkTransform(const TransformNode& node, const Shape& onto, const Place& at) {
    const Place target{onto, open(at.scope)};
    const Shape matches = itemOf(walk(*node.pattern, target));
    read(onto);
    read(walk(*node.update, {matches, target.scope}));
    if (node.removal) read(walk(*node.removal, {matches, target.scope}));
    return made("any", true);
}

Shape AnalysisWalk::walkLambda(const LambdaNode& node, const Place& at) {
    closures_.push_back({&node, at.scope, at.context});
    Shape shape;
    shape.closure = &closures_.back();
    return shape;
}

}  // namespace signalbox::expr
