#include "expr/regex_syntax.h"

#include <algorithm>
#include <cctype>

#include "expr/utf8.h"

namespace signalbox::expr {

namespace {

// The insides of classes. Line ends and blanks are those of ECMA-262, sections 12.2 and 12.3.
constexpr std::string_view kLineEnds = R"(\n\r\x{2028}\x{2029})";
constexpr std::string_view kBlanks =
    R"(\x{9}-\x{d}\x{20}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}\x{feff})";
constexpr std::string_view kNoBlanks =
    R"(\x{0}-\x{8}\x{e}-\x{1f}\x{21}-\x{9f}\x{a1}-\x{167f}\x{1681}-\x{1fff}\x{200b}-\x{2027}\x{202a}-\x{202e})"
    R"(\x{2030}-\x{205e}\x{2060}-\x{2fff}\x{3001}-\x{d7ff}\x{e000}-\x{fefe}\x{ff00}-\x{10ffff})";

bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool isLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

class Translation {
public:
    Translation(std::string_view pattern, bool multiline) : rest_(pattern), multiline_(multiline) {
        named_ = pattern.find("(?<") != std::string_view::npos;
    }

    tl::expected<std::string, std::string> run() {
        while (!rest_.empty() && error_.empty()) step();
        if (!error_.empty()) return tl::unexpected<std::string>(std::move(error_));
        return std::move(out_);
    }

private:
    void step() {
        const char c = rest_.front();
        switch (c) {
            case '\\':
                escape();
                return;
            case '[':
                characterClass();
                return;
            case '(':
                open();
                return;
            case '.':
                take(1, "[^" + std::string(kLineEnds) + "]");
                return;
            case '^':
                take(1, multiline_ ? "(?:\\A|(?<=[" + std::string(kLineEnds) + "]))" : std::string("\\A"));
                return;
            case '$':
                take(1, multiline_ ? "(?=[" + std::string(kLineEnds) + "]|\\z)" : std::string("\\z"));
                return;
            case '*':
            case '+':
            case '?':
                quantifier(1);
                return;
            case '{':
                brace();
                return;
            default:
                take(1, std::string_view(&c, 1) == "#" ? "\\#" : std::string(1, c));
        }
    }

    void take(std::size_t length, std::string_view replacement) {
        rest_.remove_prefix(length);
        out_ += replacement;
    }

    /// A quantifier of that length and the ? behind it. Another one has nothing to repeat.
    void quantifier(std::size_t length) {
        if (length < rest_.size() && rest_[length] == '?') ++length;
        take(length, rest_.substr(0, length));
        if (!rest_.empty() && (rest_.front() == '*' || rest_.front() == '+' || rest_.front() == '?'))
            error_ = "a quantifier does not follow an item";
    }

    /// {n}, {n,} or {n,m}; any other brace stands for itself.
    void brace() {
        std::size_t at = 1;
        while (at < rest_.size() && isDigit(rest_[at])) ++at;
        const bool counted = at > 1;
        if (at < rest_.size() && rest_[at] == ',') ++at;
        while (at < rest_.size() && isDigit(rest_[at])) ++at;
        if (counted && at < rest_.size() && rest_[at] == '}') {
            quantifier(at + 1);
        } else {
            take(1, "\\{");
        }
    }

    void open() {
        if (rest_.substr(0, 2) == "(*") {
            error_ = "a quantifier does not follow an item";
        } else if (rest_.substr(0, 2) != "(?") {
            take(1, "(");
        } else {
            for (const std::string_view known : {"(?:", "(?=", "(?!", "(?<=", "(?<!"}) {
                if (rest_.substr(0, known.size()) == known) return take(known.size(), known);
            }
            if (rest_.size() > 3 && rest_[2] == '<') return take(3, "(?<");
            error_ = "an unknown kind of group";
        }
    }

    void escape() {
        const char c = rest_.size() > 1 ? rest_[1] : '\0';
        if (rest_.size() < 2) {
            error_ = "\\ at the end of the pattern";
        } else if (c == 's' || c == 'S') {
            take(2, std::string(c == 's' ? "[" : "[^") + std::string(kBlanks) + "]");
        } else if (c == 'b' || c == 'B' || (c >= '1' && c <= '9') || (c == 'k' && named_)) {
            take(2, rest_.substr(0, 2));
        } else {
            common(c);
        }
    }

    /// Escapes that mean the same inside and outside of a class.
    void common(char c) {
        if (std::string_view("dDwWtnvfr").find(c) != std::string_view::npos) {
            take(2, c == 'v' ? std::string_view("\\x{b}") : rest_.substr(0, 2));
        } else if (c == 'x' || c == 'u') {
            hexadecimal(c == 'x' ? 2 : 4);
        } else if (c == 'c' && rest_.size() > 2 && isLetter(rest_[2])) {
            take(3, rest_.substr(0, 3));
        } else if (isDigit(c)) {
            take(2, rest_.substr(0, 2));
        } else if (isLetter(c)) {
            take(2, std::string(1, c));
        } else {
            const std::size_t length = byteOffset(rest_.substr(1), 1);
            const bool ascii = static_cast<unsigned char>(c) < 0x80;
            take(1 + length, (ascii ? "\\" : "") + std::string(rest_.substr(1, length)));
        }
    }

    /// \xHH and \uHHHH, where two halves of a pair are one character. Without the digits the letter itself.
    void hexadecimal(std::size_t digits) {
        std::uint32_t value = 0;
        if (!hexAt(2, digits, value)) return take(2, rest_.substr(1, 1));
        std::size_t length = 2 + digits;
        std::uint32_t low = 0;
        const bool high = value >= 0xD800 && value < 0xDC00 && rest_.substr(length, 2) == "\\u";
        if (high && hexAt(length + 2, 4, low) && low >= 0xDC00 && low <= 0xDFFF) {
            value = 0x10000 + ((value - 0xD800) << 10U) + (low - 0xDC00);
            length += 6;
        }
        if (value >= 0xD800 && value <= 0xDFFF) value = 0xFFFD;  // texts have no halves of pairs
        static constexpr std::string_view kHex = "0123456789abcdef";
        std::string code;
        for (; value > 0 || code.empty(); value >>= 4U) code.insert(0, 1, kHex[value & 15U]);
        take(length, "\\x{" + code + "}");
    }

    [[nodiscard]] bool hexAt(std::size_t at, std::size_t digits, std::uint32_t& value) const {
        if (rest_.size() < at + digits) return false;
        value = 0;
        for (const char c : rest_.substr(at, digits)) {
            if (!std::isxdigit(static_cast<unsigned char>(c))) return false;
            value = value * 16 + static_cast<std::uint32_t>(isDigit(c) ? c - '0' : (c | 0x20) - 'a' + 10);
        }
        return true;
    }

    void characterClass() {
        take(1, "[");
        if (!rest_.empty() && rest_.front() == '^') take(1, "^");
        while (!rest_.empty() && rest_.front() != ']' && error_.empty()) {
            const char c = rest_.front();
            if (c == '\\') {
                classEscape();
            } else {
                take(1, c == '[' ? "\\[" : std::string(1, c));
            }
        }
        if (rest_.empty()) {
            error_ = "a class without its ]";
        } else {
            take(1, "]");
        }
    }

    void classEscape() {
        const char c = rest_.size() > 1 ? rest_[1] : '\0';
        if (rest_.size() < 2) {
            error_ = "\\ at the end of the pattern";
        } else if (c == 's' || c == 'S') {
            take(2, c == 's' ? kBlanks : kNoBlanks);
        } else if (c == 'b') {
            take(2, "\\x{8}");
        } else {
            common(c);
        }
    }

    std::string_view rest_;
    bool multiline_;
    bool named_;
    std::string out_;
    std::string error_;
};

}  // namespace

tl::expected<std::string, std::string> pcrePattern(std::string_view pattern, bool multiline) {
    return Translation(pattern, multiline).run();
}

}  // namespace signalbox::expr
