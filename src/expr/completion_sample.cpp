#include "expr/completion_sample.h"

#include <algorithm>

#include "expr/expression.h"

namespace signalbox::expr {

namespace {

constexpr std::size_t kItems = 8;           ///< of an array
constexpr std::size_t kWideObject = 256;    ///< objects with more members are taken as they are
constexpr std::size_t kBudget = 2'000;      ///< values looked at for a likeness
constexpr std::size_t kContexts = 3;        ///< contexts an expression is evaluated on
constexpr std::uint64_t kMaxSteps = 1'000;  ///< of one evaluation

class Likeness {
public:
    Value of(const Value& value) {
        if (left_ == 0) return value;
        --left_;
        if (value.isArray()) return ofArray(value);
        if (value.isObject() && value.size() <= kWideObject) return ofObject(value);
        return value;
    }

private:
    Value ofArray(const Value& value) {
        std::vector<Value> items;
        bool same = value.size() <= kItems;
        for (const Value& item : value.items().first(std::min(value.size(), kItems))) {
            items.push_back(of(item));
            same = same && items.back().sameIdentity(item);
        }
        return same ? value : Value::array(std::move(items));
    }
    Value ofObject(const Value& value) {
        std::vector<Member> members;
        bool same = true;
        for (const auto& [key, member] : value.members()) {
            members.emplace_back(key, of(member));
            same = same && members.back().second.sameIdentity(member);
        }
        return same ? value : Value::object(std::move(members));
    }
    std::size_t left_ = kBudget;
};

/// A member of a value or, of an array, of its first items.
void appendMember(std::vector<Value>& out, const Value& value, std::string_view name) {
    if (const Value* member = value.find(name)) out.push_back(*member);
    if (!value.isArray()) return;
    for (const Value& item : value.items().first(std::min(value.size(), kItems))) appendMember(out, item, name);
}

std::string nameOf(std::string_view token) {
    const bool quoted = token.size() >= 2 && (token.front() == '`' || token.front() == '"' || token.front() == '\'');
    return std::string(quoted ? token.substr(1, token.size() - 2) : token);
}

}  // namespace

Value likenessOf(const Value& value) { return Likeness().of(value); }

void appendItems(std::vector<Value>& out, const Value& value) {
    if (!value.isArray()) {
        if (value.isDefined() && out.size() < kItems) out.push_back(value);
        return;
    }
    for (const Value& item : value.items().first(std::min(value.size(), kItems))) {
        if (out.size() < kItems) out.push_back(item);
    }
}

bool SampleEvaluator::isPlain(std::size_t first, std::size_t last) const {
    return std::all_of(tokens_.begin() + static_cast<std::ptrdiff_t>(first),
                       tokens_.begin() + static_cast<std::ptrdiff_t>(last), [&](const ScannedToken& token) {
                           return token.kind == SyntaxKind::Name || token.kind == SyntaxKind::Variable ||
                                  token.kind == SyntaxKind::Comment || token.is(SyntaxKind::Operator, text_, ".");
                       });
}

std::vector<Value> SampleEvaluator::start(std::string_view variable, const std::vector<Value>& contexts,
                                          const NamedValues& variables) const {
    if (variable == "$") return contexts;
    if (variable == "$$") return {root_};
    const auto found = std::find_if(variables.rbegin(), variables.rend(),
                                    [&](const auto& each) { return each.first == variable.substr(1); });
    return found == variables.rend() ? std::vector<Value>{} : std::vector<Value>{found->second};
}

/// Follows names only; brackets behind a step are passed over.
std::vector<Value> SampleEvaluator::walk(std::size_t first, std::size_t last, const std::vector<Value>& contexts,
                                         const NamedValues& variables) const {
    std::vector<Value> values = contexts;
    for (std::size_t i = first; i < last; ++i) {
        const ScannedToken& token = tokens_[i];
        const std::string_view text = token.text(text_);
        if (token.kind == SyntaxKind::Variable) {
            if (i != first) return {};
            values = start(text, contexts, variables);
        } else if (token.kind == SyntaxKind::Name || (token.kind == SyntaxKind::String && i > first)) {
            std::vector<Value> next;
            for (const Value& value : values) {
                if (next.size() < kItems) appendMember(next, value, nameOf(text));
            }
            values = std::move(next);
        } else if (token.kind == SyntaxKind::Bracket && token.afterOperand && text == "[" && token.pair < last) {
            i = token.pair;
        } else if (token.kind != SyntaxKind::Comment && text != ".") {
            return {};
        }
    }
    return values;
}

std::vector<Value> SampleEvaluator::values(std::size_t first, std::size_t last, const std::vector<Value>& contexts,
                                           const NamedValues& variables) {
    if (first >= last || last > tokens_.size()) return {};
    if (isPlain(first, last) || left_-- <= 0) return walk(first, last, contexts, variables);
    const auto begin = tokens_.begin() + static_cast<std::ptrdiff_t>(first);
    const bool slow = std::any_of(begin, begin + static_cast<std::ptrdiff_t>(last - first), [](const ScannedToken& t) {
        return t.kind == SyntaxKind::Regex;  // may backtrack for long
    });
    const std::size_t from = tokens_[first].position;
    const auto compiled = Expression::compileDetailed(text_.substr(from, tokens_[last - 1].end() - from));
    std::vector<Value> found;
    if (compiled && !slow) {
        Environment environment;
        environment.variables = variables;
        environment.limits = {100, kMaxSteps, 10'000, 64 * 1024, 1'000'000};
        for (std::size_t i = 0; i < contexts.size() && i < kContexts; ++i) {
            auto result = compiled->evaluateDetailed(contexts[i], environment);
            if (result && result->isDefined()) found.push_back(std::move(*result));
        }
    }
    return found.empty() ? walk(first, last, contexts, variables) : found;
}

}  // namespace signalbox::expr
