#include "expr/tokens.h"

#include <algorithm>

#include "expr/syntax_scan.h"

namespace signalbox::expr {

namespace {

bool holds(const SyntaxToken& token, std::size_t offset) { return token.position <= offset && offset < token.end(); }

/// A bracket that is open at some place, with what stands before it.
struct OpenCall {
    char close;
    const SyntaxToken* name;  ///< null when it is no call
    std::size_t commas = 0;
};

}  // namespace

std::vector<SyntaxToken> tokenize(std::string_view text) {
    const auto scanned = scan(text);
    return {scanned.begin(), scanned.end()};
}

const SyntaxToken* tokenAt(std::span<const SyntaxToken> tokens, std::size_t offset) {
    const auto after = std::upper_bound(tokens.begin(), tokens.end(), offset,
                                        [](std::size_t at, const SyntaxToken& token) { return at < token.position; });
    if (after == tokens.begin()) return nullptr;
    const SyntaxToken& token = *(after - 1);
    return holds(token, offset) ? &token : nullptr;
}

bool isBracket(std::span<const SyntaxToken> tokens, std::size_t offset) {
    const SyntaxToken* token = tokenAt(tokens, offset);
    return token && token->kind == SyntaxKind::Bracket;
}

std::optional<std::size_t> matchingBracket(std::string_view text, std::span<const SyntaxToken> tokens,
                                           std::size_t offset) {
    if (!isBracket(tokens, offset)) return std::nullopt;
    const auto scanned = scan(text);
    const auto found =
        std::find_if(scanned.begin(), scanned.end(), [&](const ScannedToken& token) { return holds(token, offset); });
    if (found == scanned.end() || found->pair == ScannedToken::kNone) return std::nullopt;
    return scanned[found->pair].position;
}

std::optional<CallAt> callAt(std::string_view text, std::span<const SyntaxToken> tokens, std::size_t caret) {
    std::vector<OpenCall> open;
    const SyntaxToken* before = nullptr;
    for (const SyntaxToken& token : tokens) {
        if (token.position >= caret) break;
        if (token.kind == SyntaxKind::Comment) continue;
        const char c = text[token.position];
        const bool plain = token.kind == SyntaxKind::Bracket || token.kind == SyntaxKind::Operator;
        if (plain && (c == '(' || c == '[' || c == '{')) {
            const bool call = c == '(' && before && before->kind == SyntaxKind::Function;
            open.push_back({c == '(' ? ')' : c == '[' ? ']' : '}', call ? before : nullptr});
        } else if (plain && !open.empty() && open.back().close == c) {
            open.pop_back();
        } else if (plain && c == ',' && !open.empty()) {
            ++open.back().commas;
        }
        before = &token;
    }
    const auto call = std::find_if(open.rbegin(), open.rend(), [](const OpenCall& o) { return o.name; });
    if (call == open.rend()) return std::nullopt;
    return CallAt{text.substr(call->name->position + 1, call->name->length - 1), call->name->position, call->commas};
}

}  // namespace signalbox::expr
