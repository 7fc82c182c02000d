// Tokens for editors: every byte of a text has its place, also in a text that does not parse.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace signalbox::expr {

enum class SyntaxKind : std::uint8_t {
    Name,      ///< a field; with its backticks when it is quoted
    Variable,  ///< $name, $ and $$
    Function,  ///< a variable that is called, or the name of a built-in function
    String,    ///< with its quotes
    Number,
    Regex,      ///< with its slashes and flags
    Constant,   ///< true, false, null
    Keyword,    ///< and, or, in (as operators), function
    Signature,  ///< <s-n:s> behind the parameters of a function
    Operator,
    Bracket,  ///< ( ) [ ] { } and the bars of a transform
    Comment,
    Error,  ///< what no token can be made of: an open string, quoted name, regular expression or comment
};

/// One token. Places are byte offsets; tokens are in order and do not overlap, between them lie only blanks.
struct SyntaxToken {
    SyntaxKind kind = SyntaxKind::Error;
    std::size_t position = 0;
    std::size_t length = 0;
    [[nodiscard]] std::size_t end() const noexcept { return position + length; }
    bool operator==(const SyntaxToken&) const = default;
};

/// Never fails, also on text that does not parse.
[[nodiscard]] std::vector<SyntaxToken> tokenize(std::string_view text);

/// The offset of the bracket that belongs to the one at `offset`. Nothing when there is no bracket at that offset or
/// it has no partner; isBracket() tells which.
[[nodiscard]] std::optional<std::size_t> matchingBracket(std::string_view text, std::span<const SyntaxToken> tokens,
                                                         std::size_t offset);
[[nodiscard]] bool isBracket(std::span<const SyntaxToken> tokens, std::size_t offset);

/// The token that holds the byte at `offset`, or null.
[[nodiscard]] const SyntaxToken* tokenAt(std::span<const SyntaxToken> tokens, std::size_t offset);

/// The call whose arguments the caret stands in, for hints about its parameters.
struct CallAt {
    std::string_view name;     ///< without '$'; a part of the text given
    std::size_t position = 0;  ///< of the name
    std::size_t argument = 0;  ///< from 0
};
[[nodiscard]] std::optional<CallAt> callAt(std::string_view text, std::span<const SyntaxToken> tokens,
                                           std::size_t caret);

}  // namespace signalbox::expr
