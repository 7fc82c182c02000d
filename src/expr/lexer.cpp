#include "expr/lexer.h"

#include <charconv>

#include "expr/error_codes.h"
#include "expr/utf8.h"

namespace signalbox::expr {

namespace {

bool isBlank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\v'; }
bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool endsName(char c) {
    return isBlank(c) || std::string_view(".[]{}(),@#;:?+-*/%|=<>^&!~").find(c) != std::string_view::npos;
}

tl::unexpected<ExpressionError> lexError(std::string_view code, std::size_t position, std::string_view token = {}) {
    return tl::unexpected<ExpressionError>(makeError(code, position, token));
}

}  // namespace

Token Lexer::token(TokenKind kind, std::size_t start, std::string text) const {
    Token made;
    made.kind = kind;
    made.position = start;
    made.end = position_;
    made.text = std::move(text);
    return made;
}

tl::expected<void, ExpressionError> Lexer::skipBlanks() {
    for (;;) {
        while (position_ < text_.size() && isBlank(text_[position_])) ++position_;
        if (at(position_) != '/' || at(position_ + 1) != '*') return {};
        const std::size_t close = text_.find("*/", position_ + 2);
        if (close == std::string_view::npos) return lexError("S0106", position_);
        position_ = close + 2;
    }
}

Lexer::TokenResult Lexer::next(bool afterOperand) {
    if (auto skipped = skipBlanks(); !skipped) return tl::unexpected<ExpressionError>(std::move(skipped.error()));
    if (position_ >= text_.size()) return token(TokenKind::End, position_, "(end)");
    const char c = text_[position_];
    if (c == '/' && !afterOperand) return readRegex();
    if (const std::size_t length = operatorLength(); length > 0) {
        const std::size_t start = position_;
        position_ += length;
        return token(TokenKind::Operator, start, std::string(text_.substr(start, length)));
    }
    if (c == '"' || c == '\'') return readString(c);
    if (c == '`') return readQuotedName();
    if (isDigit(c)) return readNumber();
    return readName();
}

std::size_t Lexer::operatorLength() const {
    static constexpr std::string_view kDouble[] = {"..", ":=", "!=", ">=", "<=", "**", "~>", "?:", "??"};
    const std::string_view rest = text_.substr(position_, 2);
    for (const std::string_view candidate : kDouble) {
        if (rest == candidate) return 2;
    }
    return !isBlank(rest.front()) && endsName(rest.front()) ? 1 : 0;
}

Lexer::TokenResult Lexer::readString(char quote) {
    const std::size_t start = position_++;
    std::string out;
    while (position_ < text_.size()) {
        const char c = text_[position_];
        if (c == quote) {
            ++position_;
            if (hasLoneSurrogate(out)) loneSurrogate_ = true;
            return token(TokenKind::String, start, std::move(out));
        }
        ++position_;
        if (c != '\\') {
            out.push_back(c);
        } else if (auto escape = readEscape(out); !escape) {
            return tl::unexpected<ExpressionError>(std::move(escape.error()));
        }
    }
    return lexError("S0101", start);
}

tl::expected<void, ExpressionError> Lexer::readEscape(std::string& out) {
    static constexpr std::string_view kNames = "\"'\\/bfnrt";
    static constexpr std::string_view kMeans = "\"'\\/\b\f\n\r\t";
    const char name = at(position_);
    if (const std::size_t index = kNames.find(name); index != std::string_view::npos && position_ < text_.size()) {
        out.push_back(kMeans[index]);
        ++position_;
        return {};
    }
    if (name != 'u') return lexError("S0103", position_ - 1, std::string_view(&name, 1));
    ++position_;
    auto first = readHex4();
    if (!first) return tl::unexpected<ExpressionError>(std::move(first.error()));
    std::uint32_t codePoint = *first;
    if (codePoint >= 0xD800 && codePoint < 0xDC00 && text_.substr(position_, 2) == "\\u") {
        const std::size_t back = position_;
        position_ += 2;
        const auto second = readHex4();
        if (second && *second >= 0xDC00 && *second <= 0xDFFF) {
            codePoint = 0x10000 + ((codePoint - 0xD800) << 10U) + (*second - 0xDC00);
        } else {
            position_ = back;
        }
    }
    appendCodePoint(out, codePoint);
    return {};
}

tl::expected<std::uint32_t, ExpressionError> Lexer::readHex4() {
    const std::string_view digits = text_.substr(position_, 4);
    std::uint32_t value = 0;
    const auto [end, status] = std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
    if (status != std::errc() || end != digits.data() + 4) return lexError("S0104", position_);
    position_ += 4;
    return value;
}

Lexer::TokenResult Lexer::readQuotedName() {
    const std::size_t start = position_;
    const std::size_t close = text_.find('`', start + 1);
    if (close == std::string_view::npos) return lexError("S0105", start);
    position_ = close + 1;
    return token(TokenKind::Name, start, std::string(text_.substr(start + 1, close - start - 1)));
}

Lexer::TokenResult Lexer::readRegex() {
    const std::size_t start = position_++;
    int depth = 0;
    for (; position_ < text_.size(); ++position_) {
        const char c = text_[position_];
        if (c == '\\') {
            ++position_;
            continue;
        }
        if (c == '/' && depth == 0) {
            std::string pattern(text_.substr(start + 1, position_ - start - 1));
            if (pattern.empty()) return lexError("S0301", start);
            const std::size_t flagsAt = ++position_;
            while (at(position_) == 'i' || at(position_) == 'm') ++position_;
            Token regex = token(TokenKind::Regex, start, std::move(pattern));
            regex.flags = text_.substr(flagsAt, position_ - flagsAt);
            return regex;
        }
        if (c == '(' || c == '[' || c == '{') ++depth;
        if (c == ')' || c == ']' || c == '}') --depth;
    }
    return lexError("S0302", start);
}

Lexer::TokenResult Lexer::readNumber() {
    const std::size_t start = position_;
    std::size_t end = start;
    const auto digits = [&] {
        while (isDigit(at(end))) ++end;
    };
    if (at(end) == '0') {
        ++end;
    } else {
        digits();
    }
    if (at(end) == '.' && isDigit(at(end + 1))) {
        ++end;
        digits();
    }
    if (at(end) == 'e' || at(end) == 'E') {
        const std::size_t exponent = end + (at(end + 1) == '+' || at(end + 1) == '-' ? 2U : 1U);
        if (isDigit(at(exponent))) {
            end = exponent;
            digits();
        }
    }
    const std::string_view text = text_.substr(start, end - start);
    double number = 0;
    const auto status = std::from_chars(text.data(), text.data() + text.size(), number).ec;
    position_ = end;
    const bool tiny = status == std::errc::result_out_of_range && text.find('-') != std::string_view::npos;
    if (status != std::errc() && !tiny) return lexError("S0102", start, text);
    Token made = token(TokenKind::Number, start, std::string(text));
    std::int64_t whole = 0;
    const auto integer = std::from_chars(text.data(), text.data() + text.size(), whole);
    const bool exact = integer.ec == std::errc() && integer.ptr == text.data() + text.size();
    made.value = tiny ? Value(0) : exact ? Value(whole) : Value(number);
    return made;
}

Lexer::TokenResult Lexer::readName() {
    const std::size_t start = position_;
    while (position_ < text_.size() && !endsName(text_[position_])) ++position_;
    const std::string_view name = text_.substr(start, position_ - start);
    if (name.front() == '$') return token(TokenKind::Variable, start, std::string(name.substr(1)));
    if (name == "and" || name == "or" || name == "in") return token(TokenKind::Operator, start, std::string(name));
    Token made = token(TokenKind::Name, start, std::string(name));
    if (name == "true" || name == "false") {
        made.kind = TokenKind::Constant;
        made.value = Value(name == "true");
    } else if (name == "null") {
        made.kind = TokenKind::Constant;
        made.value = Value(nullptr);
    }
    return made;
}

std::string_view Lexer::signatureAt(std::size_t offset) {
    int depth = 0;
    std::size_t end = offset;
    for (; end < text_.size() && text_[end] != '{'; ++end) {
        if (text_[end] == '<') ++depth;
        if (text_[end] == '>' && --depth == 0) {
            ++end;
            break;
        }
    }
    position_ = end;
    return text_.substr(offset, end - offset);
}

}  // namespace signalbox::expr
