#include "expr/syntax_scan.h"

#include <algorithm>
#include <set>

#include "expr/builtins.h"
#include "expr/lexer.h"

namespace signalbox::expr {

namespace {

constexpr std::size_t kNone = ScannedToken::kNone;

bool isOneOf(std::string_view text, std::initializer_list<std::string_view> choices) {
    return std::find(choices.begin(), choices.end(), text) != choices.end();
}

/// Where a string ends that has a bad escape in it, or does not end on its line.
std::size_t stringEnd(std::string_view text, std::size_t start) {
    const char quote = text[start];
    for (std::size_t at = start + 1; at < text.size(); ++at) {
        if (text[at] == '\\') {
            ++at;
        } else if (text[at] == quote) {
            return at + 1;
        }
    }
    return std::min(text.size(), text.find('\n', start));
}

class Scanner {
public:
    explicit Scanner(std::string_view text) : text_(text), lexer_(text) {}

    std::vector<ScannedToken> run() {
        while (step()) {
        }
        nameFunctions();
        return std::move(tokens_);
    }

private:
    struct Open {
        std::size_t token;
        char close;
        int bars = 0;             ///< of a transform, read so far
        bool parameters = false;  ///< of a function definition
    };

    bool step() {
        if (signatureNext_ && signature()) return true;
        auto token = lexer_.next(afterOperand_);
        if (!token) return recover(token.error());
        addComments(base_ + token->position);
        if (token->kind == TokenKind::End) return false;
        place(*token);
        last_ = base_ + token->end;
        return true;
    }

    /// Goes on behind what no token could be made of.
    bool recover(const ExpressionError& error) {
        std::size_t start = base_ + error.position;
        std::size_t end = text_.size();
        const std::size_t line = std::min(text_.size(), text_.find('\n', start));
        const std::string& code = error.jsonataCode;
        if (code == "S0103" || code == "S0104") {
            start = firstQuote(last_);
            end = stringEnd(text_, start);
        } else if (code == "S0101" || code == "S0105" || code == "S0302") {
            end = line;
        } else if (code == "S0102") {
            end = start + error.token.size();
        } else if (code == "S0301") {
            end = start + 2;
        }
        addComments(start);
        add(SyntaxKind::Error, start, std::max(end, start + 1));
        afterOperand_ = true;
        last_ = std::min(std::max(end, start + 1), text_.size());
        restart(last_);
        return last_ < text_.size();
    }

    std::size_t firstQuote(std::size_t from) {
        std::size_t at = from;
        while (at < text_.size() && text_[at] != '"' && text_[at] != '\'') {
            const bool comment = text_.substr(at, 2) == "/*";
            at = comment ? text_.find("*/", at + 2) + 2 : at + 1;
        }
        return at;
    }

    void restart(std::size_t at) {
        base_ = at;
        lexer_ = Lexer(text_.substr(at));
    }

    /// Only blanks and comments lie between the last token and this place.
    void addComments(std::size_t until) {
        std::size_t at = last_;
        while ((at = text_.substr(0, until).find("/*", at)) != std::string_view::npos) {
            const std::size_t close = text_.find("*/", at + 2);
            const std::size_t end = close == std::string_view::npos ? until : close + 2;
            const bool operand = afterOperand_;
            add(SyntaxKind::Comment, at, end);
            afterOperand_ = operand;
            at = end;
        }
        last_ = std::max(last_, until);
    }

    ScannedToken& add(SyntaxKind kind, std::size_t start, std::size_t end) {
        ScannedToken made;
        made.kind = kind;
        made.position = start;
        made.length = std::min(end, text_.size()) - start;
        made.afterOperand = afterOperand_;
        made.opener = open_.empty() ? kNone : open_.back().token;
        tokens_.push_back(made);
        return tokens_.back();
    }

    /// <s-n:s> behind the parameters of a function.
    bool signature() {
        signatureNext_ = false;
        auto token = lexer_.next(true);
        if (!token || !token->is("<")) {
            restart(last_);
            return false;
        }
        addComments(base_ + token->position);
        const std::size_t length = lexer_.signatureAt(token->position).size();
        const std::size_t start = base_ + token->position;
        add(SyntaxKind::Signature, start, start + length);
        last_ = start + length;
        return true;
    }

    void place(const Token& token) {
        const std::size_t start = base_ + token.position;
        const std::size_t end = base_ + token.end;
        if (token.kind == TokenKind::Operator) return placeOperator(token.text, start, end);
        static constexpr std::pair<TokenKind, SyntaxKind> kKinds[] = {
            {TokenKind::Name, SyntaxKind::Name},         {TokenKind::Variable, SyntaxKind::Variable},
            {TokenKind::String, SyntaxKind::String},     {TokenKind::Number, SyntaxKind::Number},
            {TokenKind::Constant, SyntaxKind::Constant}, {TokenKind::Regex, SyntaxKind::Regex}};
        for (const auto& [from, to] : kKinds) {
            if (from == token.kind) add(to, start, end);
        }
        afterOperand_ = true;
    }

    void placeOperator(const std::string& op, std::size_t start, std::size_t end) {
        if (isOneOf(op, {"(", "[", "{"})) return openBracket(op.front(), start, end);
        if (isOneOf(op, {")", "]", "}"})) return closeBracket(op.front(), start, end);
        if (op == "|") return bar(start, end);
        const bool word = isOneOf(op, {"and", "or", "in"});
        const bool operand = !afterOperand_ && (word || isOneOf(op, {"*", "**", "%", "?"}));
        add(word ? (operand ? SyntaxKind::Name : SyntaxKind::Keyword)
                 : (isOneOf(op, {"!", "~"}) ? SyntaxKind::Error : SyntaxKind::Operator),
            start, end);
        afterOperand_ = operand;
    }

    void openBracket(char c, std::size_t start, std::size_t end) {
        const std::size_t word = previous(tokens_.size());
        const bool parameters = c == '(' && afterFunctionWord(word);
        if (parameters) tokens_[word].kind = SyntaxKind::Keyword;
        add(SyntaxKind::Bracket, start, end);
        open_.push_back({tokens_.size() - 1, c == '(' ? ')' : c == '[' ? ']' : '}', 0, parameters});
        afterOperand_ = false;
    }

    /// The index of the last token before this one that is no comment.
    [[nodiscard]] std::size_t previous(std::size_t index) const {
        while (index-- > 0) {
            if (tokens_[index].kind != SyntaxKind::Comment) return index;
        }
        return kNone;
    }

    bool afterFunctionWord(std::size_t word) const {
        return word != kNone && tokens_[word].kind == SyntaxKind::Name &&
               isOneOf(tokens_[word].text(text_), {"function", "\xCE\xBB", "`function`", "`\xCE\xBB`"});
    }

    void closeBracket(char c, std::size_t start, std::size_t end) {
        const auto match = std::find_if(open_.rbegin(), open_.rend(), [&](const Open& o) { return o.close == c; });
        std::size_t opener = kNone;
        if (match != open_.rend()) {
            opener = match->token;
            signatureNext_ = match->parameters;
            open_.erase(match.base() - 1, open_.end());
        }
        pairUp(add(SyntaxKind::Bracket, start, end), opener);
        afterOperand_ = true;
    }

    void pairUp(ScannedToken& closing, std::size_t opener) {
        if (opener == kNone) return;
        closing.pair = opener;
        tokens_[opener].pair = tokens_.size() - 1;
    }

    /// |pattern|update, removal|
    void bar(std::size_t start, std::size_t end) {
        if (!afterOperand_) {
            add(SyntaxKind::Bracket, start, end);
            open_.push_back({tokens_.size() - 1, '|', 1, false});
        } else if (!open_.empty() && open_.back().close == '|' && open_.back().bars == 1) {
            add(SyntaxKind::Operator, start, end);
            open_.back().bars = 2;
            afterOperand_ = false;
        } else {
            closeBracket('|', start, end);
        }
    }

    /// Variables that are called, or that mean a built-in function because nothing in the text binds them.
    void nameFunctions() {
        std::set<std::string_view> bound;
        const auto next = [&](std::size_t index) {
            do ++index;
            while (index < tokens_.size() && tokens_[index].kind == SyntaxKind::Comment);
            return index < tokens_.size() ? tokens_[index].text(text_) : std::string_view{};
        };
        for (std::size_t i = 0; i < tokens_.size(); ++i) {
            const ScannedToken& token = tokens_[i];
            if (token.kind != SyntaxKind::Variable) continue;
            const std::size_t word = token.opener == kNone ? kNone : previous(token.opener);
            const bool parameter = word != kNone && tokens_[word].kind == SyntaxKind::Keyword &&
                                   isOneOf(tokens_[word].text(text_), {"function", "\xCE\xBB"}) &&
                                   tokens_[token.opener].text(text_) == "(";
            const std::size_t before = previous(i);
            const std::string_view mark = before == kNone ? std::string_view{} : tokens_[before].text(text_);
            if (parameter || next(i) == ":=" || mark == "@" || mark == "#") bound.insert(token.text(text_));
        }
        for (std::size_t i = 0; i < tokens_.size(); ++i) {
            ScannedToken& token = tokens_[i];
            if (token.kind != SyntaxKind::Variable || token.length < 2) continue;
            const std::string_view name = token.text(text_);
            const bool known = findBuiltin(name.substr(1)) && bound.count(name) == 0;
            if (known || next(i) == "(") token.kind = SyntaxKind::Function;
        }
    }

    std::string_view text_;
    Lexer lexer_;
    std::size_t base_ = 0;  ///< where the lexer's text begins
    std::size_t last_ = 0;  ///< behind the last token
    bool afterOperand_ = false;
    bool signatureNext_ = false;
    std::vector<Open> open_;
    std::vector<ScannedToken> tokens_;
};

}  // namespace

std::vector<ScannedToken> scan(std::string_view text) { return Scanner(text).run(); }

int infixPower(std::string_view op) noexcept {
    struct Power {
        std::string_view text;
        int power;
    };
    static constexpr Power kPowers[] = {{"..", 5},  {":=", 10}, {"?", 20},  {":", 20},  {"or", 25}, {"and", 30},
                                        {"=", 40},  {"!=", 40}, {"<", 40},  {"<=", 40}, {">", 40},  {">=", 40},
                                        {"in", 40}, {"~>", 40}, {"?:", 40}, {"??", 40}, {"+", 50},  {"-", 50},
                                        {"&", 50},  {"*", 60},  {"/", 60},  {"%", 60},  {".", 75}};
    for (const Power& entry : kPowers) {
        if (entry.text == op) return entry.power;
    }
    return 0;
}

}  // namespace signalbox::expr
