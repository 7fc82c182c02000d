// Tokens of JSONata.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

#include "base/value.h"
#include "expr/expression.h"

namespace signalbox::expr {

enum class TokenKind : std::uint8_t { End, Name, Variable, Operator, String, Number, Constant, Regex };

struct Token {
    TokenKind kind = TokenKind::End;
    std::size_t position = 0;  ///< byte offset of its first character
    std::size_t end = 0;       ///< byte offset behind it
    std::string text;          ///< name without quotes or '$'; operator; content of a string; pattern of a regex
    std::string flags;         ///< of a regex
    Value value;               ///< of a number or constant

    [[nodiscard]] bool is(std::string_view op) const { return kind == TokenKind::Operator && text == op; }
};

/// Cuts a text into tokens, one at a time because '/' means division or a regular expression depending on the place.
class Lexer {
public:
    explicit Lexer(std::string_view text) : text_(text) {}
    /// The next token; afterOperand: a value stands before it, so that '/' divides.
    [[nodiscard]] tl::expected<Token, ExpressionError> next(bool afterOperand);
    /// The text of a signature that begins with '<' at the given offset, up to its matching '>'. Goes on behind it.
    [[nodiscard]] std::string_view signatureAt(std::size_t offset);
    [[nodiscard]] bool sawLoneSurrogate() const noexcept { return loneSurrogate_; }

private:
    using TokenResult = tl::expected<Token, ExpressionError>;
    [[nodiscard]] tl::expected<void, ExpressionError> skipBlanks();
    [[nodiscard]] TokenResult readString(char quote);
    [[nodiscard]] TokenResult readQuotedName();
    [[nodiscard]] TokenResult readRegex();
    [[nodiscard]] TokenResult readNumber();
    [[nodiscard]] TokenResult readName();
    [[nodiscard]] tl::expected<void, ExpressionError> readEscape(std::string& out);
    [[nodiscard]] tl::expected<std::uint32_t, ExpressionError> readHex4();
    [[nodiscard]] std::size_t operatorLength() const;
    [[nodiscard]] char at(std::size_t offset) const { return offset < text_.size() ? text_[offset] : '\0'; }
    [[nodiscard]] Token token(TokenKind kind, std::size_t start, std::string text) const;

    std::string_view text_;
    std::size_t position_ = 0;
    bool loneSurrogate_ = false;
};

}  // namespace signalbox::expr
