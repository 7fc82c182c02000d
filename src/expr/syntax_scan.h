// The tokens of a text with what their neighbours make of them. Shared by highlighting, completion and the formatter.
#pragma once

#include <string_view>
#include <vector>

#include "expr/tokens.h"

namespace signalbox::expr {

struct ScannedToken : SyntaxToken {
    static constexpr std::size_t kNone = static_cast<std::size_t>(-1);
    bool afterOperand = false;   ///< a value stands before it: '/' divides, '(' calls, '[' selects
    std::size_t pair = kNone;    ///< index of the bracket that belongs to it
    std::size_t opener = kNone;  ///< index of the innermost bracket around it (of a closing one: around the pair)

    [[nodiscard]] std::string_view text(std::string_view whole) const { return whole.substr(position, length); }
    [[nodiscard]] bool is(SyntaxKind what, std::string_view whole, std::string_view wanted) const {
        return kind == what && text(whole) == wanted;
    }
};

/// All tokens, comments too. Never fails. In a text that parses every bracket has its pair.
[[nodiscard]] std::vector<ScannedToken> scan(std::string_view text);

/// How strongly an operator binds its left side, as the parser has it; 0 for what is no infix operator. ".." and the
/// ':' of a condition are given weights for layout.
[[nodiscard]] int infixPower(std::string_view op) noexcept;

}  // namespace signalbox::expr
