// Calls: built-in functions, lambdas with tail calls, partial application, chains, matchers.
#include "expr/builtins.h"
#include "expr/error_codes.h"
#include "expr/evaluator.h"
#include "expr/matcher.h"
#include "expr/regex.h"
#include "expr/signature.h"

namespace signalbox::expr {

namespace {

std::string_view calledName(const Node& procedure) {
    if (procedure.kind == NodeKind::Variable) return as<VariableNode>(procedure).symbol->name;
    if (procedure.kind != NodeKind::Path) return {};
    const Node& first = *as<PathNode>(procedure).steps.front();
    return first.kind == NodeKind::Name ? std::string_view(as<NameNode>(first).name) : std::string_view{};
}

/// What a `-` in a signature takes: the context, not the wrapper around an input array.
const Item& unwrapped(const Item& input) {
    const List* list = input.list();
    return list && list->outerWrapper ? list->items.front() : input;
}

}  // namespace

bool Evaluator::evalProcedure(const CallNode& node, const Item& input, Frame& frame, Item& procedure) {
    if (!eval(*node.procedure, input, frame, procedure)) return false;
    return procedure.isFunction() || notCallable(node, procedure, frame);
}

bool Evaluator::notCallable(const CallNode& node, const Item& procedure, const Frame& frame) {
    const std::string_view name = calledName(*node.procedure);
    bool known = false;
    if (procedure.isUndefined() && node.procedure->kind == NodeKind::Path) {
        const Symbol symbol{std::string(name), 0};
        const VariableNode variable(0, &symbol);
        Item bound;
        known = findBuiltin(name) != nullptr || lookup(variable, frame, bound);
    }
    if (node.partial) return fail(known ? "T1007" : "T1008", node.position, name);
    return fail(known ? "T1005" : "T1006", node.position, name);
}

bool Evaluator::evalArguments(const CallNode& node, const Item& input, Frame& frame, const Item* first,
                              std::vector<Item>& arguments) {
    arguments.reserve(node.arguments.size() + (first ? 1 : 0));
    if (first) arguments.push_back(*first);
    for (const Node* argument : node.arguments) {
        arguments.emplace_back();
        if (!eval(*argument, input, frame, arguments.back())) return false;
    }
    return true;
}

/// The function of the library that a call names, null when the name is bound to something else.
const Builtin* Evaluator::calledBuiltin(const CallNode& node, const Frame& frame) const {
    if (node.procedure->kind != NodeKind::Variable || node.procedure->decoration) return nullptr;
    const auto& variable = as<VariableNode>(*node.procedure);
    if (!variable.builtin || frame.find(variable.symbol)) return nullptr;
    for (const auto& [name, value] : environment_.variables) {
        if (name == variable.symbol->name) return nullptr;
    }
    return variable.builtin;
}

void Evaluator::postpone(const CallNode& node, Item procedure, std::vector<Item>& arguments, const Item& input) {
    pending_.active = true;
    pending_.function = std::move(procedure);
    pending_.arguments = std::move(arguments);
    pending_.input = input;
    pending_.position = node.position;
    pending_.name = calledName(*node.procedure);
}

bool Evaluator::evalCall(const CallNode& node, const Item& input, Frame& frame, const Item* first, Item& out) {
    if (node.partial) return evalPartial(node, input, frame, first, out);
    std::vector<Item> arguments;
    if (const Builtin* builtin = calledBuiltin(node, frame); builtin && (first || !node.tail)) {
        // Called by its own name, as most are: no function needs to be made for it.
        if (!charge(1, node.procedure->position) || !nest(node.procedure->position)) return false;
        unnest();
        return evalArguments(node, input, frame, first, arguments) &&
               applyBuiltin(*builtin, arguments, input, frame, node.position, calledName(*node.procedure), out);
    }
    Item procedure;
    if (!evalProcedure(node, input, frame, procedure) || !evalArguments(node, input, frame, first, arguments))
        return false;
    if (node.tail && !first) {
        out = Item();
        postpone(node, std::move(procedure), arguments, input);
        return true;
    }
    const std::string_view name = calledName(*node.procedure);
    if (const auto* builtin = std::get_if<BuiltinBody>(&procedure.function()->body)) {
        return applyBuiltin(*builtin->builtin, arguments, input, frame, node.position, name, out);
    }
    return apply(std::move(procedure), arguments, input, node.position, name, out);
}

bool Evaluator::evalPartial(const CallNode& node, const Item& input, Frame& frame, const Item* first, Item& out) {
    PartialBody partial;
    if (!evalProcedure(node, input, frame, partial.target)) return false;
    if (first) partial.fixed.emplace_back(*first);
    for (const Node* argument : node.arguments) {
        partial.fixed.emplace_back();
        if (argument->kind == NodeKind::Placeholder) continue;
        partial.fixed.back().emplace();
        if (!eval(*argument, input, frame, *partial.fixed.back())) return false;
    }
    const auto made = make<Function>(std::move(partial));
    out = Item(made);
    return seal(*made, 1, node.position);
}

bool Evaluator::evalApply(const BinaryNode& node, const Item& input, Frame& frame, Item& out) {
    Item lhs;
    if (!eval(*node.lhs, input, frame, lhs)) return false;
    if (node.rhs->kind == NodeKind::Call && !as<CallNode>(*node.rhs).partial) {
        if (!evalCall(as<CallNode>(*node.rhs), input, frame, &lhs, out)) return false;
    } else {
        Item function;
        if (!eval(*node.rhs, input, frame, function)) return false;
        if (!function.isFunction()) return fail("T2006", node.position, "~>", freeze(function));
        if (lhs.isFunction()) {
            const auto chain = make<Function>(ChainBody{std::move(lhs), std::move(function)});
            out = Item(chain);
            return seal(*chain, 1, node.position);
        }
        std::vector<Item> arguments{std::move(lhs)};
        if (!apply(std::move(function), arguments, input, node.position, calledName(*node.rhs), out)) return false;
    }
    return true;
}

bool Evaluator::mismatch(std::string_view code, std::size_t argument, std::string_view name, std::size_t position) {
    return fail(code, position, name, Value(static_cast<std::int64_t>(argument)));
}

bool Evaluator::apply(Item function, std::vector<Item>& arguments, const Item& input, std::size_t position,
                      std::string_view name, Item& out) {
    Item context = input;
    bool done = false;
    for (;;) {
        if (const auto* lambda = std::get_if<LambdaBody>(&function.function()->body)) {
            done = applyLambda(*lambda, arguments, context, position, name, out);
        } else {
            done = applyOther(*function.function(), arguments, context, position, name, out);
        }
        if (!done || !pending_.active) break;
        // The function ended with a call: that one takes its place, so that loops written as recursion stay flat.
        pending_.active = false;
        function = std::move(pending_.function);
        arguments = std::move(pending_.arguments);
        context = std::move(pending_.input);
        position = pending_.position;
        name = pending_.name;
        if (!function.isFunction()) {
            done = fail("T1006", position, name);
            break;
        }
    }
    return done;
}

bool Evaluator::applyLambda(const LambdaBody& lambda, std::vector<Item>& arguments, const Item& input,
                            std::size_t position, std::string_view name, Item& out) {
    if (lambda.node->signature) {
        if (const auto checked = lambda.node->signature->apply(arguments, unwrapped(input)); !checked) {
            return mismatch(checked.error().code, checked.error().argument, name, position);
        }
    }
    const auto frame = make<Frame>(frames_, lambda.frame);
    for (std::size_t i = 0; i < lambda.node->parameters.size(); ++i) {
        frame->bind(lambda.node->parameters[i], i < arguments.size() ? std::move(arguments[i]) : Item());
    }
    return eval(*lambda.node->body, lambda.input, *frame, out);
}

bool Evaluator::applyBuiltin(const Builtin& builtin, std::vector<Item>& arguments, const Item& input, Frame& frame,
                             std::size_t position, std::string_view name, Item& out) {
    const std::string_view shown = name.empty() ? builtin.name : name;
    if (const auto checked = signatureOf(builtin).apply(arguments, unwrapped(input)); !checked) {
        return mismatch(checked.error().code, checked.error().argument, shown, position);
    }
    out = Item();
    return builtin.run(Call{*this, arguments, input, frame, position, shown, out});
}

bool Evaluator::applyOther(Function& function, std::vector<Item>& arguments, const Item& input, std::size_t position,
                           std::string_view name, Item& out) {
    if (const auto* builtin = std::get_if<BuiltinBody>(&function.body)) {
        return applyBuiltin(*builtin->builtin, arguments, input, rootFrame_, position, name, out);
    }
    if (const auto* partial = std::get_if<PartialBody>(&function.body)) {
        std::vector<Item> complete;
        std::size_t next = 0;
        for (const auto& fixed : partial->fixed) {
            complete.push_back(fixed ? *fixed : next < arguments.size() ? arguments[next] : Item());
            if (!fixed) ++next;
        }
        if (!nest(position)) return false;
        const bool done = apply(partial->target, complete, input, position, name, out);
        unnest();
        return done;
    }
    if (const auto* chain = std::get_if<ChainBody>(&function.body)) {
        std::vector<Item> between(1);
        if (!nest(position)) return false;
        bool done = apply(chain->first, arguments, input, position, name, between[0]);
        normaliseSequence(between[0]);
        done = done && apply(chain->second, between, input, position, name, out);
        unnest();
        return done;
    }
    if (const auto* transform = std::get_if<TransformBody>(&function.body)) {
        return applyTransform(*transform, arguments, position, out);
    }
    if (const auto* next = std::get_if<NextMatchBody>(&function.body)) {
        out = Item();
        if (!next->regex || next->from >= next->text.size()) return true;
        return matchFrom(next->regex, next->text, next->from, false, position, out);
    }
    const auto& regex = std::get<RegexBody>(function.body).regex;
    out = Item();
    if (arguments.empty() || !arguments[0].isString()) return true;
    return matchFrom(regex, arguments[0].value(), 0, true, position, out);
}

bool Evaluator::matchFrom(const std::shared_ptr<const Regex>& regex, const Value& text, std::size_t from,
                          bool mayBeEmpty, std::size_t position, Item& out) {
    RegexMatch match;
    out = Item();
    const RegexSubject subject(text.asString());
    const Regex::Outcome outcome = regex->search(subject, from, match);
    if (outcome == Regex::Outcome::Limit) return fail("D1012", position, {}, Value("regular expression work"));
    if (outcome == Regex::Outcome::NoMatch) return true;
    if (match.start == match.end && !mayBeEmpty) return fail("D1004", position, {}, text);
    const auto record = describeMatch(match, text.asString());
    record->set("next", Item(make<Function>(NextMatchBody{regex, text, match.end})));
    out = Item(record);
    return true;
}

bool Evaluator::callback(const Call& site, const Item& function, std::vector<Item> arguments, Item& out) {
    const std::size_t arity = function.function()->arity();
    if (arguments.size() > std::max<std::size_t>(arity, 1)) arguments.resize(std::max<std::size_t>(arity, 1));
    out = Item();
    return apply(function, arguments, site.input, site.position, site.name, out);
}

}  // namespace signalbox::expr
