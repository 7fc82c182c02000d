// Calls: what functions make of the places they are given, and whether their arguments fit.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "expr/analysis_walk.h"
#include "expr/builtins.h"
#include "expr/function_docs.h"

namespace signalbox::expr {

namespace {

struct Parameter {
    std::string types;  ///< letters of the signature; empty: any
    bool optional = false;
    bool repeated = false;
    bool context = false;
};

/// The parameters of a built-in function, from its signature.
std::vector<Parameter> parametersOf(std::string_view signature) {
    std::vector<Parameter> all;
    for (std::size_t at = 1; at < signature.size() && signature[at] != ':' && signature[at] != '>'; ++at) {
        const char c = signature[at];
        if (c == '?') {
            all.back().optional = true;
        } else if (c == '-') {
            all.back().context = true;
        } else if (c == '+') {
            all.back().repeated = true;
        } else if (c == '<') {
            at = signature.find('>', at);
        } else if (c == '(') {
            const std::size_t close = signature.find(')', at);
            all.push_back({std::string(signature.substr(at + 1, close - at - 1)), false, false, false});
            at = close;
        } else {
            all.push_back({c == 'x' || c == 'j' || c == 'a' ? std::string{} : std::string(1, c), false, false, false});
        }
    }
    return all;
}

/// The letter of a signature for a type, 0 when the type says nothing.
char letterOf(const Shape& shape) {
    if (shape.isFunction()) return 'f';
    static constexpr std::pair<std::string_view, char> kLetters[] = {
        {"null", 'l'}, {"boolean", 'b'}, {"integer", 'n'}, {"number", 'n'}, {"string", 's'}, {"object", 'o'}};
    if (shape.type.starts_with("array<")) return 'a';
    for (const auto& [type, letter] : kLetters) {
        if (shape.type == type) return letter;
    }
    return 0;
}

bool accepts(const Parameter& parameter, const Shape& argument) {
    const char letter = letterOf(argument);
    return letter == 0 || parameter.types.empty() || parameter.types.find(letter) != std::string::npos;
}

bool isOneOf(std::string_view name, std::span<const std::string_view> names) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

// Give a value whatever they are given; the others give none when an argument is none.
constexpr std::array<std::string_view, 5> kNeverMissing = {"count", "exists", "millis", "now", "random"};
// May give none although all arguments are there.
constexpr std::array<std::string_view, 21> kMaybeMissing = {
    "append", "assert", "average", "distinct", "each",  "error",        "filter",
    "keys",   "lookup", "map",     "match",    "max",   "min",          "reduce",
    "sift",   "single", "spread",  "eval",     "merge", "parseInteger", "toMillis"};
constexpr std::array<std::string_view, 7> kHigherOrder = {"map", "filter", "single", "sort", "each", "sift", "reduce"};
// Give items of what they are given.
constexpr std::array<std::string_view, 2> kSelecting = {"reverse", "shuffle"};

std::string nameText(const CallNode& node) {
    if (node.procedure->kind == NodeKind::Variable) return as<VariableNode>(*node.procedure).symbol->name;
    if (node.procedure->kind != NodeKind::Path || as<PathNode>(*node.procedure).steps.size() != 1) return {};
    const Node& only = *as<PathNode>(*node.procedure).steps.front();
    return only.kind == NodeKind::Name ? as<NameNode>(only).name : std::string{};
}

std::string counted(std::size_t least, std::size_t most) {
    if (most == 0) return "no arguments";
    if (most == SIZE_MAX) return "at least " + std::to_string(least) + (least == 1 ? " argument" : " arguments");
    const std::string range = least == most ? std::string{} : std::to_string(least) + " to ";
    return range + std::to_string(most) + (most == 1 ? " argument" : " arguments");
}

}  // namespace

/// A call; `first` is what ~> puts before the arguments.
Shape AnalysisWalk::walkCall(const CallNode& node, const Shape* first, const Place& at) {
    const bool named = node.procedure->kind == NodeKind::Variable;
    const Shape procedure = named ? walkVariable(as<VariableNode>(*node.procedure), at) : walk(*node.procedure, at);
    std::vector<Shape> arguments;
    if (first) arguments.push_back(*first);
    for (const Node* argument : node.arguments) {
        arguments.push_back(argument->kind == NodeKind::Placeholder ? made("any", true) : walk(*argument, at));
    }
    if (!procedure.isFunction()) {
        warnUnknownFunction(node, procedure);
        read(procedure);
    }
    if (node.partial) {
        readAll(arguments);
        read(procedure);
        return {};
    }
    if (procedure.builtin && !procedure.closure) return applyBuiltin(node, *procedure.builtin, arguments, at);
    return apply(procedure, arguments, at);
}

void AnalysisWalk::warnUnknownFunction(const CallNode& node, const Shape& procedure) {
    const std::string name = nameText(node);
    if (name.empty()) return;
    const bool variable = node.procedure->kind == NodeKind::Variable;
    if (variable && (variables_.count(name) == 0 || !procedure.places.empty())) return;
    if (!variable && !findBuiltin(name)) {
        const auto meant = didYouMean(name, knownNames(true));
        return warn("unknown-function", node.procedure->position, name.size(),
                    name + " is a field, and fields cannot be called", meant ? "$" + *meant : std::string{});
    }
    const auto meant = variable ? didYouMean(name, knownNames(true)) : std::optional<std::string>(name);
    warn("unknown-function", node.procedure->position, name.size() + (variable ? 1 : 0),
         variable ? "There is no function $" + name : "Functions are written with $: $" + name,
         meant ? "$" + *meant : std::string{});
}

Shape AnalysisWalk::apply(const Shape& function, std::span<const Shape> arguments, const Place& at) {
    if (function.closure && !function.builtin) return applyClosure(*function.closure, arguments);
    if (function.builtin && isOneOf(function.builtin->name, kHigherOrder) && !function.closure)
        return applyHigherOrder(function.builtin->name, arguments, at);
    readAll(arguments);
    read(function);
    return {};
}

Shape AnalysisWalk::applyClosure(const AnalysisClosure& closure, std::span<const Shape> arguments) {
    const LambdaNode& lambda = *closure.lambda;
    if (exhausted() || std::find(active_.begin(), active_.end(), &lambda) != active_.end()) {
        readAll(arguments);
        return {};
    }
    active_.push_back(&lambda);
    AnalysisScope* scope = open(closure.scope);
    for (std::size_t i = 0; i < lambda.parameters.size(); ++i) {
        Shape argument = i < arguments.size() ? arguments[i] : Shape{};
        // A signature may put the context in place of an argument, or wrap one into an array.
        if (lambda.signature) argument = join(argument, closure.context);
        if (lambda.signature) argument.type = "any";
        scope->bound.emplace_back(lambda.parameters[i], std::move(argument));
    }
    Shape result = walk(*lambda.body, {closure.context, scope});
    active_.pop_back();
    return result;
}

Shape AnalysisWalk::applyBuiltin(const CallNode& node, const Builtin& builtin, std::span<const Shape> arguments,
                                 const Place& at) {
    checkArguments(node, builtin, arguments);
    const std::vector<Parameter> parameters = parametersOf(builtin.signature);
    std::vector<Shape> all(arguments.begin(), arguments.end());
    const auto required =
        std::count_if(parameters.begin(), parameters.end(), [](const Parameter& p) { return !p.optional; });
    if (!parameters.empty() && parameters.front().context &&
        (all.size() < static_cast<std::size_t>(required) ||
         (!all.empty() && !accepts(parameters.front(), all.front()))))
        all.insert(all.begin(), at.context);
    Shape result;
    if (isOneOf(builtin.name, kHigherOrder)) {
        result = applyHigherOrder(builtin.name, all, at);
    } else if (isOneOf(builtin.name, kSelecting) && all.size() == 1) {
        result.places = itemOf(all.front()).places;
    } else {
        const bool literal = builtin.name == "lookup" && node.arguments.size() == 2 &&
                             node.arguments[1]->kind == NodeKind::Literal && all.size() == 2;
        const Value key = literal ? as<LiteralNode>(*node.arguments[1]).value : Value();
        if (key.isString()) return below(all.front(), key.asString(), node.position);
        readAll(all);
    }
    const FunctionDoc* doc = findFunctionDoc(builtin.name);
    result.type = doc ? std::string(doc->result) : "any";
    const bool anyMissing = std::any_of(all.begin(), all.end(), [](const Shape& shape) { return shape.missing; });
    result.missing = !isOneOf(builtin.name, kNeverMissing) && (anyMissing || isOneOf(builtin.name, kMaybeMissing));
    return result;
}

/// $map and the like call their function with items of their array, or with members of their object.
Shape AnalysisWalk::applyHigherOrder(std::string_view name, std::span<const Shape> arguments, const Place& at) {
    if (arguments.empty()) return {};
    if (name == "reduce") return reduce(arguments, at);
    const bool object = name == "each" || name == "sift";
    const Shape& whole = arguments.front();
    const Shape item = object ? below(whole, "*", whole.position) : itemOf(whole);
    touch(item);
    Shape results;
    if (name == "sort" && arguments.size() == 1) read(item);
    if (arguments.size() > 1) {
        const Shape given[] = {item, name == "sort" ? item : made(object ? "string" : "integer"), whole};
        // Calling anything else reads the items; the whole is given, but no built-in function looks at it.
        results = apply(arguments[1], std::span(given, arguments[1].closure ? 3 : 1), at);
    }
    if (name == "map" || name == "each") {
        results.type = "any";
        results.closure = nullptr;
        return results;
    }
    read(results);
    if (name == "sift") read(whole);
    Shape selected;
    if (!object) selected.places = item.places;
    selected.position = whole.position;
    return selected;
}

Shape AnalysisWalk::reduce(std::span<const Shape> arguments, const Place& at) {
    const Shape item = itemOf(arguments[0]);
    touch(item);
    Shape folded = arguments.size() > 2 ? join(arguments[2], Shape{}) : item;
    if (arguments.size() < 2) return folded;
    for (int round = 0; round < 2; ++round) {
        const Shape given[] = {folded, item, made("integer"), arguments[0]};
        const std::size_t before = folded.places.size();
        const Shape next = apply(arguments[1], std::span(given, arguments[1].closure ? 4 : 2), at);
        folded = join(folded, next);
        folded.type = "any";
        if (round == 1 && folded.places.size() > before) read(folded);
    }
    return folded;
}

void AnalysisWalk::checkArguments(const CallNode& node, const Builtin& builtin, std::span<const Shape> arguments) {
    const std::vector<Parameter> parameters = parametersOf(builtin.signature);
    std::size_t least = 0;
    std::size_t most = parameters.size();
    for (const Parameter& parameter : parameters) {
        if (!parameter.optional && !parameter.context) ++least;
        if (parameter.repeated) most = SIZE_MAX;
    }
    const std::size_t length = node.procedure->kind == NodeKind::Variable ? builtin.name.size() + 1 : 1;
    const std::string name = "$" + std::string(builtin.name);
    if (arguments.size() < least || arguments.size() > most) {
        return warn("argument-count", node.procedure->position, length,
                    name + " takes " + counted(least, most) + ", not " + std::to_string(arguments.size()));
    }
    // With fewer arguments the context may stand in for the first one, and places shift.
    if (arguments.size() != parameters.size() && parameters.front().context) return;
    for (std::size_t i = 0; i < arguments.size() && i < parameters.size(); ++i) {
        if (accepts(parameters[i], arguments[i]) || arguments[i].missing) continue;
        const std::size_t shift = arguments.size() - node.arguments.size();
        const std::size_t place = i >= shift ? node.arguments[i - shift]->position : node.procedure->position;
        warn("argument-type", place, 1,
             "Argument " + std::to_string(i + 1) + " of " + name + " cannot be of type " + arguments[i].type);
    }
}

}  // namespace signalbox::expr
