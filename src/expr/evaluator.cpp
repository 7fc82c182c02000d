#include "expr/evaluator.h"

#include <algorithm>

#include "expr/builtins.h"
#include "expr/error_codes.h"
#include "expr/parser.h"

namespace signalbox::expr {

namespace {

constexpr std::uint64_t kStepsBetweenClockReads = 2048;
constexpr std::size_t kMaxFrames = 1'000'000;

/// Arrays lose their nesting altogether, as a wildcard wants them.
void flattenInto(List& out, const Item& item) {
    if (!item.isArray()) {
        out.push(item);
        return;
    }
    forEachItem(item, [&](const Item& each, std::size_t) {
        flattenInto(out, each);
        return true;
    });
}

bool isRangeOrPlainArray(const Item& item) { return item.isPlain() && item.value().isArray(); }

bool isScalar(const Item& item) { return item.isPlain() && !item.value().isArray() && !item.value().isObject(); }

}  // namespace

const Item& Call::operator[](std::size_t index) const {
    static const thread_local Item missing;
    return index < arguments.size() ? arguments[index] : missing;
}

bool Call::give(Item item) const {
    out = std::move(item);
    return true;
}

bool Call::fail(std::string_view code, Value value) const {
    return evaluator.fail(code, position, name, std::move(value));
}

Evaluator::Evaluator(const Program& program, const Environment& environment)
    : environment_(environment),
      stackFloor_(stackFloor()),
      rootFrame_(frames_, {}),
      random_(environment.randomSeed),
      program_(program) {
    rootFrame_.retain();  // lives in this object, whoever else counts it
    checkAt_ = std::min<std::uint64_t>(kStepsBetweenClockReads, environment.limits.maxSteps);
    if (environment.clock) startedAt_ = environment.clock->monotonicNow();
}

Evaluator::~Evaluator() { frames_.clear(); }

bool Evaluator::runDirect(const Program& program, const Value& input, const Environment& environment, Value& out) {
    const Node& root = *program.root;
    const Limits& limits = environment.limits;
    if (!root.isDirect() || program.loneSurrogates || root.directHeight > limits.maxDepth ||
        stackPosition() <= stackFloor()) {
        return false;
    }
    DirectEvaluation evaluation(environment, Place(input), nullptr);
    Value made;
    const Value* result = evaluation.enter(Place(input)) ? evaluation.eval(root, made) : nullptr;
    if (!result || evaluation.takeSteps() >= std::min(kStepsBetweenClockReads, limits.maxSteps)) return false;
    out = taken(result, made);
    return true;
}

bool Evaluator::run(const Value& input, Item& out) {
    rootInput_ = Item(input);
    if (!input.isArray()) return eval(*program_.root, rootInput_, rootFrame_, out);
    // A wrapper makes paths see the array as one input.
    const auto wrapper = makeSequence(rootInput_);
    wrapper->outerWrapper = true;
    return eval(*program_.root, Item(wrapper), rootFrame_, out);
}

bool Evaluator::fail(std::string_view code, std::size_t position, std::string_view token, Value value) {
    if (!error_) error_ = std::make_unique<ExpressionError>(makeError(code, position, token, std::move(value)));
    return false;
}

bool Evaluator::budgetSpent(std::size_t position) {
    const Limits& limits = environment_.limits;
    checkAt_ = std::min(steps_ + kStepsBetweenClockReads, limits.maxSteps);
    if (steps_ >= limits.maxSteps) return !fail("D1012", position);
    if (frames_.size() > kMaxFrames) return !fail("D2015", position);
    if (environment_.clock && environment_.clock->monotonicNow() - startedAt_ > limits.maxTime) {
        return !fail("D1012", position, {}, Value("wall time"));
    }
    return false;
}

bool Evaluator::charge(std::uint64_t steps, std::size_t position) {
    steps_ += steps;
    return steps_ < checkAt_ || !budgetSpent(position);
}

bool Evaluator::chargeText(std::size_t bytes, std::size_t position) {
    if (bytes > environment_.limits.maxTextBytes) return fail("D2015", position, {}, Value("text bytes"));
    return charge(bytes / 64, position);
}

bool Evaluator::seal(const Rich& container, std::size_t items, std::size_t position) {
    if (container.depth > environment_.limits.maxDepth) return fail("D1011", position);
    if (container.weight > environment_.limits.maxOutputItems) return fail("D2015", position);
    return charge(items / 4, position);
}

bool Evaluator::eval(const Node& node, const Item& input, Frame& frame, Item& out) {
    if (!mayDirect(node)) return evalNode(node, input, frame, out);
    return evalDirect(node, input, frame, out) || evalUndirected(node, input, frame, out);
}

bool Evaluator::evalDirect(const Node& node, const Item& input, const Frame& frame, Item& out) {
    DirectEvaluation evaluation = directly(frame);
    if (!evaluation.enter(Place(input))) return false;
    Value made;
    const Value* result = evaluation.eval(node, made);
    if (!result || !settle(evaluation)) return false;
    out = Item(taken(result, made));
    return true;
}

/// One try is enough: what lies below is done the other way at once.
bool Evaluator::evalUndirected(const Node& node, const Item& input, Frame& frame, Item& out) {
    undirected_ = true;
    const bool done = evalNode(node, input, frame, out);
    undirected_ = false;
    return done;
}

bool Evaluator::evalNode(const Node& node, const Item& input, Frame& frame, Item& out) {
    if (++steps_ >= checkAt_ && budgetSpent(node.position)) return false;
    if (node.kind == NodeKind::Literal && !node.decoration) {
        out = Item(as<LiteralNode>(node).value);
        return true;
    }
    if (node.kind == NodeKind::Path && as<PathNode>(node).namesOnly) {
        if (!evalPath(as<PathNode>(node), input, frame, out)) return false;
        normaliseSequence(out);
        return true;
    }
    if (!nest(node.position)) return false;
    const bool done = node.decoration && node.kind != NodeKind::Path ? evalDecorated(node, input, frame, out)
                                                                     : dispatch(node, input, frame, out);
    unnest();
    if (!done) return false;
    if (List* list = out.list(); list && list->sequence) {
        if (node.keepArray && !list->tupleStream) list->keepSingleton = true;
        normaliseSequence(out);
    }
    return true;
}

bool Evaluator::evalDecorated(const Node& node, const Item& input, Frame& frame, Item& out) {
    if (!dispatch(node, input, frame, out)) return false;
    for (const Stage& predicate : node.decoration->predicates) {
        Item filtered;
        if (!evalFilter(*predicate.filter, out, frame, filtered)) return false;
        out = std::move(filtered);
    }
    if (!node.decoration->group) return true;
    const Item context = std::move(out);
    return evalGroup(*node.decoration->group, context, frame, out);
}

bool Evaluator::dispatch(const Node& node, const Item& input, Frame& frame, Item& out) {
    switch (node.kind) {
        case NodeKind::Literal:
            out = Item(as<LiteralNode>(node).value);
            return true;
        case NodeKind::Name:
            evalName(as<NameNode>(node), input, out);
            return true;
        case NodeKind::Variable:
            return evalVariable(as<VariableNode>(node), input, frame, out);
        case NodeKind::Wildcard:
            return evalWildcard(input, out);
        case NodeKind::Descendants:
            return evalDescendants(node, input, out);
        case NodeKind::Parent:
            evalParent(as<ParentNode>(node), frame, out);
            return true;
        case NodeKind::Regex:
            evalRegex(as<RegexNode>(node), out);
            return true;
        case NodeKind::Path:
            return evalPath(as<PathNode>(node), input, frame, out);
        case NodeKind::Negate:
            return evalNegate(as<NegateNode>(node), input, frame, out);
        case NodeKind::Binary:
            return evalBinary(as<BinaryNode>(node), input, frame, out);
        case NodeKind::Array:
            return evalArray(as<ArrayNode>(node), input, frame, out);
        case NodeKind::Object:
            return evalGroup(as<ObjectNode>(node), input, frame, out);
        case NodeKind::Block:
            return evalBlock(as<BlockNode>(node), input, frame, out);
        case NodeKind::Condition:
            return evalCondition(as<ConditionNode>(node), input, frame, out);
        case NodeKind::Assign:
            return evalAssign(as<AssignNode>(node), input, frame, out);
        case NodeKind::Lambda:
            evalLambda(as<LambdaNode>(node), input, frame, out);
            return true;
        case NodeKind::Call:
            return evalCall(as<CallNode>(node), input, frame, nullptr, out);
        case NodeKind::Transform:
            evalTransform(as<TransformNode>(node), frame, out);
            return true;
        case NodeKind::Placeholder:
        case NodeKind::Sort:
            break;
    }
    return misplaced(node);
}

bool Evaluator::misplaced(const Node& node) { return fail("S0206", node.position, nodeKindName(node.kind)); }

void Evaluator::evalName(const NameNode& node, const Item& input, Item& out) { out = selectName(input, node.name); }

void Evaluator::evalParent(const ParentNode& node, const Frame& frame, Item& out) {
    const Item* found = frame.find(node.slot->label);
    out = found ? *found : Item();
}

void Evaluator::evalRegex(const RegexNode& node, Item& out) { out = Item(make<Function>(RegexBody{node.regex})); }

void Evaluator::evalLambda(const LambdaNode& node, const Item& input, Frame& frame, Item& out) {
    out = Item(make<Function>(LambdaBody{&node, Ref<Frame>(&frame), input}));
}

void Evaluator::evalTransform(const TransformNode& node, Frame& frame, Item& out) {
    out = Item(make<Function>(TransformBody{&node, Ref<Frame>(&frame)}));
}

bool Evaluator::evalAssign(const AssignNode& node, const Item& input, Frame& frame, Item& out) {
    if (!eval(*node.value, input, frame, out)) return false;
    frame.bind(node.symbol, out);
    return true;
}

bool Evaluator::lookup(const VariableNode& node, const Frame& frame, Item& out) {
    if (const Item* bound = frame.find(node.symbol)) {
        out = *bound;
        return true;
    }
    for (const auto& [name, value] : environment_.variables) {
        if (name == node.symbol->name) {
            out = Item(value);
            return true;
        }
    }
    if (node.builtin) out = builtinItem(*node.builtin);
    return node.builtin != nullptr;
}

Item Evaluator::builtinItem(const Builtin& builtin) {
    for (const auto& [known, item] : builtinItems_) {
        if (known == &builtin) return item;
    }
    builtinItems_.emplace_back(&builtin, Item(make<Function>(BuiltinBody{&builtin})));
    return builtinItems_.back().second;
}

bool Evaluator::evalVariable(const VariableNode& node, const Item& input, const Frame& frame, Item& out) {
    const std::string& name = node.symbol->name;
    if (name.empty()) {
        const List* list = input.list();
        out = list && list->outerWrapper ? list->items.front() : input;
        return true;
    }
    if (name == "$") {
        out = rootInput_;
        return true;
    }
    if (!lookup(node, frame, out)) out = Item();
    return true;
}

bool Evaluator::evalBlock(const BlockNode& node, const Item& input, Frame& frame, Item& out) {
    out = Item();
    if (node.expressions.empty()) return true;
    Ref<Frame> own;
    if (node.binds) own = make<Frame>(frames_, Ref<Frame>(&frame));
    Frame& inner = own ? *own : frame;
    for (const Node* expression : node.expressions) {
        if (!eval(*expression, input, inner, out)) return false;
    }
    return true;
}

bool Evaluator::evalCondition(const ConditionNode& node, const Item& input, Frame& frame, Item& out) {
    if (!eval(*node.condition, input, frame, out)) return false;
    const Node* chosen = truthyItem(out) ? node.then : node.otherwise;
    if (chosen) return eval(*chosen, input, frame, out);
    out = Item();
    return true;
}

bool Evaluator::evalArray(const ArrayNode& node, const Item& input, Frame& frame, Item& out) {
    auto list = make<List>();
    list->cons = node.consArray;
    bool scalars = true;
    for (const Node* expression : node.items) {
        Item item;
        if (!eval(*expression, input, frame, item)) return false;
        if (item.isUndefined()) continue;
        if (expression->kind == NodeKind::Array) {
            list->push(std::move(item));
            scalars = false;
        } else if (!item.isArray()) {
            scalars = scalars && isScalar(item);
            list->push(std::move(item));
        } else if (node.items.size() == 1 && isRangeOrPlainArray(item) && !node.consArray) {
            out = std::move(item);
            return true;
        } else {
            list->pushAll(item);
            scalars = false;
        }
    }
    if (!seal(*list, list->items.size(), node.position)) return false;
    if (scalars && !node.consArray) {
        out = Item(freeze(Item(list)));
    } else {
        out = Item(std::move(list));
    }
    return true;
}

bool Evaluator::evalWildcard(const Item& input, Item& out) {
    const List* wrapper = input.list();
    const Item context = wrapper && wrapper->outerWrapper && !wrapper->items.empty() ? wrapper->items.front() : input;
    const auto found = makeSequence();
    const auto add = [&](const Item& item) {
        // What an array has been joined to is an array, not a sequence.
        if (item.isArray()) found->sequence = false;
        flattenInto(*found, item);
        return true;
    };
    if (context.isArray()) {
        forEachItem(context, [&](const Item& item, std::size_t) { return add(item); });
    } else if (context.isObject()) {
        forEachMember(context, [&](std::string_view, const Item& item) { return add(item); });
    }
    out = Item(found);
    return true;
}

bool Evaluator::collectDescendants(const Item& item, List& found, std::size_t position) {
    if (!charge(1, position) || !nest(position)) return false;
    bool done = true;
    if (item.isArray()) {
        done =
            forEachItem(item, [&](const Item& each, std::size_t) { return collectDescendants(each, found, position); });
    } else {
        found.push(item);
        if (item.isObject()) {
            done = forEachMember(
                item, [&](std::string_view, const Item& each) { return collectDescendants(each, found, position); });
        }
    }
    unnest();
    return done;
}

bool Evaluator::evalDescendants(const Node& node, const Item& input, Item& out) {
    out = Item();
    if (input.isUndefined()) return true;
    const auto found = makeSequence();
    if (!collectDescendants(input, *found, node.position)) return false;
    out = Item(found);
    return seal(*found, found->items.size(), node.position);
}

tl::expected<const Program*, ExpressionError> Evaluator::compile(std::string_view text) {
    if (const auto known = compiled_.find(text); known != compiled_.end()) return known->second.get();
    auto program = Parser(text).parse();
    if (!program) return tl::unexpected<ExpressionError>(std::move(program.error()));
    return compiled_.emplace(std::string(text), std::move(*program)).first->second.get();
}

}  // namespace signalbox::expr
