#include "expr/completion_scope.h"

#include <algorithm>

namespace signalbox::expr {

namespace {

constexpr std::size_t kNone = ScannedToken::kNone;

bool isHigherOrder(std::string_view name) {
    return name == "map" || name == "filter" || name == "single" || name == "sort" || name == "each" ||
           name == "sift" || name == "reduce";
}

/// One object with the members of all, or the first item when they are no objects.
Value mergedItem(const std::vector<Value>& items) {
    if (items.empty()) return Value::undefined();
    ObjectBuilder merged;
    for (const Value& item : items) {
        if (!item.isObject()) return items.front();
        for (const auto& [key, member] : item.members()) {
            if (!merged.find(key)) merged.set(key, member);
        }
    }
    return std::move(merged).build();
}

/// Tokens of a text and a word behind it, without comments. Indices of brackets follow.
std::vector<ScannedToken> plainTokens(std::string_view text) {
    const std::vector<ScannedToken> all = scan(text);
    std::vector<std::size_t> moved(all.size());
    std::vector<ScannedToken> tokens;
    for (std::size_t i = 0; i < all.size(); ++i) {
        moved[i] = tokens.size();
        if (all[i].kind != SyntaxKind::Comment) tokens.push_back(all[i]);
    }
    for (ScannedToken& token : tokens) {
        if (token.pair != kNone) token.pair = moved[token.pair];
        if (token.opener != kNone) token.opener = moved[token.opener];
    }
    return tokens;
}

}  // namespace

CompletionScope::CompletionScope(std::string_view before, const Value& sample, const NamedValues& variables)
    : text_(std::string(before) + " x"), tokens_(plainTokens(text_)), evaluator_(text_, tokens_, likenessOf(sample)) {
    for (const auto& [name, value] : variables) variables_.emplace_back(name, likenessOf(value));
    contexts_ = {evaluator_.root()};
    inLiteral_ = tokens_.empty() || tokens_.back().position != before.size() + 1;
    if (!inLiteral_) resolve();
}

bool CompletionScope::is(std::size_t index, std::string_view text) const {
    const SyntaxKind kind = tokens_[index].kind;
    return (kind == SyntaxKind::Operator || kind == SyntaxKind::Bracket) && tokens_[index].text(text_) == text;
}

void CompletionScope::resolve() {
    const std::size_t caret = tokens_.size() - 1;
    afterOperand_ = tokens_[caret].afterOperand;
    std::vector<std::size_t> open;
    for (std::size_t at = tokens_[caret].opener; at != kNone; at = tokens_[at].opener) open.insert(open.begin(), at);
    std::size_t start = 0;
    for (const std::size_t bracket : open) {
        bindAssignments(start, bracket);
        enter(bracket);
        start = bracket + 1;
    }
    bindAssignments(start, caret);
    if (!open.empty()) {
        const std::size_t inner = open.back();
        declares_ = is(inner, "(") && inner > 0 && tokens_[inner - 1].kind == SyntaxKind::Keyword;
        takesFunction_ = isHigherOrder(calledName(inner)) && argumentOf(inner, caret) > 0;
    }
    if (caret == 0) return;
    declares_ = declares_ || is(caret - 1, "@") || is(caret - 1, "#");
    afterDot_ = is(caret - 1, ".");
    if (afterDot_) select(operandStart(caret - 1), caret - 1);
}

/// The name of the function whose arguments a bracket holds, without '$'.
std::string_view CompletionScope::calledName(std::size_t open) const {
    if (!is(open, "(") || open == 0 || tokens_[open - 1].kind != SyntaxKind::Function) return {};
    return tokens_[open - 1].text(text_).substr(1);
}

std::size_t CompletionScope::argumentOf(std::size_t call, std::size_t last) const {
    std::size_t commas = 0;
    for (std::size_t i = call + 1; i < last; ++i) commas += tokens_[i].opener == call && is(i, ",") ? 1 : 0;
    return commas;
}

/// The first token of the path that ends before `last`.
std::size_t CompletionScope::operandStart(std::size_t last) const {
    std::size_t at = last;
    while (at > 0) {
        const ScannedToken& token = tokens_[--at];
        if (token.kind == SyntaxKind::Bracket && token.pair != kNone && token.pair < at) {
            at = token.pair;
            if (tokens_[at].afterOperand) continue;
        } else if (token.kind == SyntaxKind::Signature) {
            continue;
        }
        if (at == 0) break;
        const bool goesOn = is(at - 1, ".") || is(at - 1, "@") || is(at - 1, "#") || is(at - 1, "^");
        if (!goesOn) break;
        --at;
    }
    return at;
}

/// As operandStart, and over ~>.
std::size_t CompletionScope::chainStart(std::size_t last) const {
    std::size_t at = operandStart(last);
    while (at > 1 && is(at - 1, "~>")) at = operandStart(at - 1);
    return at;
}

std::vector<Value> CompletionScope::valuesOf(std::size_t first, std::size_t last) {
    return evaluator_.values(first, last, contexts_, variables_);
}

/// The items of what tokens select become the contexts.
void CompletionScope::select(std::size_t first, std::size_t last) {
    std::vector<Value> items;
    for (const Value& value : valuesOf(first, last)) appendItems(items, value);
    contexts_ = std::move(items);
}

void CompletionScope::enter(std::size_t open) {
    if (is(open, "|")) return enterTransform(open);
    if (open == 0) return;
    const bool call = is(open, "(") && tokens_[open].afterOperand;
    const bool body = is(open, "{") && tokens_[open].afterOperand &&
                      (tokens_[open - 1].kind == SyntaxKind::Signature ||
                       (is(open - 1, ")") && tokens_[open - 1].pair != kNone && tokens_[open - 1].pair > 0 &&
                        tokens_[tokens_[open - 1].pair - 1].kind == SyntaxKind::Keyword));
    if (body) return enterLambda(open);
    if (call) {
        const std::size_t callee = open - 1;
        if (callee > 0 && is(callee - 1, ".")) select(operandStart(callee - 1), callee - 1);
    } else if (tokens_[open].afterOperand) {
        select(operandStart(open), open);
    } else if (is(open - 1, ".") || is(open - 1, "^")) {
        select(operandStart(open - 1), open - 1);
    }
}

void CompletionScope::enterTransform(std::size_t open) {
    if (open > 1 && is(open - 1, "~>")) select(chainStart(open - 1), open - 1);
    for (std::size_t i = open + 1; i + 1 < tokens_.size(); ++i) {
        if (tokens_[i].opener == open && is(i, "|")) return select(open + 1, i);
    }
}

/// What the function whose argument the lambda is will call it with.
void CompletionScope::enterLambda(std::size_t open) {
    std::size_t close = open - 1;
    if (tokens_[close].kind == SyntaxKind::Signature && close > 0) --close;
    const std::size_t parameters = tokens_[close].pair;
    if (parameters == kNone || parameters == 0) return;
    const std::size_t call = tokens_[parameters - 1].opener;
    const std::string_view name = call == kNone ? std::string_view{} : calledName(call);
    bindParameters(parameters, call, name, call == kNone ? 0 : argumentOf(call, parameters));
}

/// The values of a call's first argument, which may stand before ~>.
std::vector<Value> CompletionScope::firstArgument(std::size_t call, bool& piped) {
    piped = call > 2 && is(call - 2, "~>");
    if (piped) return valuesOf(chainStart(call - 2), call - 2);
    for (std::size_t i = call + 1; i < tokens_.size(); ++i) {
        if (tokens_[i].opener == call && is(i, ",")) return valuesOf(call + 1, i);
    }
    return {};
}

void CompletionScope::bindParameters(std::size_t open, std::size_t call, std::string_view name, std::size_t argument) {
    std::vector<Value> samples(4, Value::undefined());
    if (isHigherOrder(name)) {
        bool piped = false;
        const std::vector<Value> wholes = firstArgument(call, piped);
        const bool object = name == "each" || name == "sift";
        const bool fits = argument == (piped ? 0U : 1U) && !wholes.empty();
        std::vector<Value> items;
        if (fits && object && !wholes.front().members().empty()) {
            items.push_back(wholes.front().members().front().second);
        } else if (fits && !object) {
            for (const Value& whole : wholes) appendItems(items, whole);
        }
        const Value item = mergedItem(items);
        if (fits && name == "reduce") samples = {item, item, Value(0), wholes.front()};
        if (fits && name == "sort") samples = {item, item};
        if (fits && name != "reduce" && name != "sort")
            samples = {item, object ? Value("name") : Value(0), wholes.front()};
    }
    std::size_t place = 0;
    for (std::size_t i = open + 1; i < tokens_[open].pair && i < tokens_.size(); ++i) {
        const std::string_view parameter = tokens_[i].text(text_);
        if (parameter.size() < 2 || parameter.front() != '$') continue;
        variables_.emplace_back(parameter.substr(1), place < samples.size() ? samples[place] : Value::undefined());
        ++place;
    }
}

/// $name := value; and, in the path that leads to the caret, @$name and #$name.
void CompletionScope::bindAssignments(std::size_t first, std::size_t last) {
    for (std::size_t i = first; i < last; ++i) {
        if (tokens_[i].pair != kNone && tokens_[i].pair > i) {
            i = tokens_[i].pair;
        } else if (i + 1 < last && (is(i, "@") || is(i, "#"))) {
            bindMark(i);
        } else if (i > first && is(i, ":=")) {
            std::size_t end = i + 1;
            while (end < last && !(is(end, ";") && tokens_[end].opener == tokens_[i].opener)) ++end;
            const std::string_view name = tokens_[i - 1].text(text_);
            if (name.size() < 2) continue;
            std::vector<Value> values;
            if (end < last) values = valuesOf(i + 1, end);
            variables_.emplace_back(name.substr(1), values.empty() ? Value::undefined() : values.front());
        } else if (is(i, ";")) {
            continue;
        }
    }
}

void CompletionScope::bindMark(std::size_t mark) {
    const std::string_view name = tokens_[mark + 1].text(text_);
    if (name.size() < 2 || name.front() != '$') return;
    if (is(mark, "#")) return variables_.emplace_back(name.substr(1), Value(0)), void();
    std::vector<Value> items;
    for (const Value& value : valuesOf(operandStart(mark), mark)) appendItems(items, value);
    variables_.emplace_back(name.substr(1), mergedItem(items));
}

}  // namespace signalbox::expr
