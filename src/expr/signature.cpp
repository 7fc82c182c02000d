#include "expr/signature.h"

#include "expr/error_codes.h"

namespace signalbox::expr {

namespace {

constexpr std::string_view kAny = "asnblofm";
constexpr std::string_view kJson = "asnblom";

char symbolOf(const Item& item) {
    if (item.isFunction()) return 'f';
    if (item.isArray()) return 'a';
    if (item.isObject()) return 'o';
    if (item.isString()) return 's';
    if (item.isNumber()) return 'n';
    if (item.isBoolean()) return 'b';
    if (item.isNull()) return 'l';
    return 'm';
}

/// The part in brackets that begins at `at`, without them; `at` is moved behind it. False if it does not close.
bool bracketed(std::string_view text, std::size_t& at, char open, char close, std::string_view& inside) {
    const std::size_t start = at;
    int depth = 0;
    for (; at < text.size(); ++at) {
        if (text[at] == open) ++depth;
        if (text[at] == close && --depth == 0) {
            inside = text.substr(start + 1, at - start - 1);
            ++at;
            return true;
        }
    }
    return false;
}

/// Makes an array of a single value. False when the items are not of the subtype (0: any).
bool toArray(Item& argument, char subtype) {
    if (argument.isArray()) {
        return !subtype ||
               forEachItem(argument, [subtype](const Item& item, std::size_t) { return symbolOf(item) == subtype; });
    }
    if (subtype && symbolOf(argument) != subtype) return false;
    auto only = make<List>();
    only->push(std::move(argument));
    argument = Item(std::move(only));
    return true;
}

}  // namespace

tl::expected<Signature::Parameter, std::string_view> Signature::parseType(std::string_view text, std::size_t& at) {
    Parameter parameter;
    const char type = text[at];
    std::string_view inside;
    if (type == '(') {
        if (!bracketed(text, at, '(', ')', inside)) return tl::unexpected<std::string_view>("S0403");
        if (inside.find('<') != std::string_view::npos) return tl::unexpected<std::string_view>("S0402");
        parameter.types = std::string(inside) + "m";
        return parameter;
    }
    ++at;
    switch (type) {
        case 's':
        case 'n':
        case 'b':
        case 'l':
        case 'o':
            parameter.types = {type, 'm'};
            break;
        case 'a':
            parameter.types = kAny;
            parameter.array = true;
            break;
        case 'f':
            parameter.types = "f";
            break;
        case 'j':
            parameter.types = kJson;
            break;
        case 'x':
            parameter.types = kAny;
            break;
        default:
            return tl::unexpected<std::string_view>("S0403");
    }
    if (at < text.size() && text[at] == '<') {
        if (type != 'a' && type != 'f') return tl::unexpected<std::string_view>("S0401");
        if (!bracketed(text, at, '<', '>', inside)) return tl::unexpected<std::string_view>("S0403");
        if (type == 'a' && !inside.empty()) parameter.subtype = inside.front();
    }
    return parameter;
}

tl::expected<Signature, ExpressionError> Signature::parse(std::string_view text) {
    Signature signature;
    std::size_t at = 1;  // behind '<'
    while (at < text.size() && text[at] != ':' && text[at] != '>') {
        const char c = text[at];
        if (c == '?' || c == '+' || c == '-') {
            if (signature.parameters_.empty()) return tl::unexpected<ExpressionError>(makeError("S0403", at, text));
            Parameter& last = signature.parameters_.back();
            last.optional = last.optional || c != '+';
            last.repeated = last.repeated || c == '+';
            last.context = last.context || c == '-';
            ++at;
            continue;
        }
        if (c == ' ') {
            ++at;
            continue;
        }
        auto parameter = parseType(text, at);
        if (!parameter) return tl::unexpected<ExpressionError>(makeError(parameter.error(), at, text));
        signature.parameters_.push_back(std::move(*parameter));
    }
    if (signature.parameters_.size() > 32) return tl::unexpected<ExpressionError>(makeError("S0403", 0, text));
    return signature;
}

/// Greedy with backtracking, as a regular expression of the parameters would match the symbols.
bool Signature::match(std::string_view symbols, std::size_t index, std::vector<std::size_t>& counts) const {
    if (index == parameters_.size()) return symbols.empty();
    const Parameter& parameter = parameters_[index];
    std::size_t most = 0;
    const std::size_t bound = parameter.repeated ? symbols.size() : 1;
    while (most < bound && most < symbols.size() && parameter.types.find(symbols[most]) != std::string::npos) ++most;
    const std::size_t least = parameter.optional ? 0 : 1;
    for (std::size_t take = most + 1; take-- > least;) {
        counts[index] = take;
        if (match(symbols.substr(take), index + 1, counts)) return true;
    }
    return false;
}

std::size_t Signature::mismatchedArgument(std::string_view symbols) const {
    std::size_t at = 0;
    for (const Parameter& parameter : parameters_) {
        std::size_t taken = 0;
        while (at < symbols.size() && (taken == 0 || parameter.repeated) &&
               parameter.types.find(symbols[at]) != std::string::npos) {
            ++at;
            ++taken;
        }
        if (taken == 0 && !parameter.optional) return at + 1;
    }
    return at + 1;
}

/// Whether each argument is of the type of the parameter in its place, as it is in most calls.
bool Signature::fitsAsItIs(const std::vector<Item>& arguments) const {
    if (arguments.size() != parameters_.size()) return false;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        if (parameters_[i].repeated || parameters_[i].types.find(symbolOf(arguments[i])) == std::string::npos) {
            return false;
        }
    }
    return true;
}

tl::expected<void, Signature::Mismatch> Signature::apply(std::vector<Item>& arguments, const Item& context) const {
    if (fitsAsItIs(arguments)) {
        for (std::size_t i = 0; i < arguments.size(); ++i) {
            if (parameters_[i].array && symbolOf(arguments[i]) != 'm' && !toArray(arguments[i], parameters_[i].subtype))
                return tl::unexpected<Mismatch>({"T0412", i + 1});
        }
        return {};
    }
    std::string symbols;
    for (const Item& argument : arguments) symbols.push_back(symbolOf(argument));
    std::vector<std::size_t> counts(parameters_.size(), 0);
    if (!match(symbols, 0, counts)) return tl::unexpected<Mismatch>({"T0410", mismatchedArgument(symbols)});
    std::vector<Item> checked;
    checked.reserve(parameters_.size());
    std::size_t at = 0;        // in the arguments
    std::size_t symbolAt = 0;  // in what they matched; falls behind when an optional parameter in front is left out
    for (std::size_t i = 0; i < parameters_.size(); ++i) {
        const Parameter& parameter = parameters_[i];
        if (counts[i] == 0) {
            if (!parameter.context) {
                checked.push_back(at < arguments.size() ? arguments[at] : Item());
                ++at;
            } else if (parameter.types.find(symbolOf(context)) != std::string::npos) {
                checked.push_back(context);
            } else {
                return tl::unexpected<Mismatch>({"T0411", at + 1});
            }
            continue;
        }
        for (std::size_t taken = 0; taken < counts[i]; ++taken, ++at, ++symbolAt) {
            Item argument = at < arguments.size() ? std::move(arguments[at]) : Item();
            if (parameter.array && symbols[symbolAt] != 'm' && !toArray(argument, parameter.subtype)) {
                return tl::unexpected<Mismatch>({"T0412", at + 1});
            }
            checked.push_back(std::move(argument));
        }
    }
    arguments = std::move(checked);
    return {};
}

}  // namespace signalbox::expr
