#include "engine/text_places.h"

#include <cstddef>
#include <utility>

namespace signalbox::engine {
namespace {

/// Walks a JSON text once. Leans on the text being valid; on any other it stops early rather than read past the end.
class PlaceScanner {
public:
    explicit PlaceScanner(std::string_view text) : text_(text) {}

    std::map<std::string, LineColumn> scan() {
        skipSpace();
        value(0);
        return std::move(places_);
    }

private:
    static constexpr int kMaxDepth = 256;  // the parser before us has refused anything deeper

    [[nodiscard]] bool atEnd() const { return at_ >= text_.size(); }
    [[nodiscard]] char peek() const { return atEnd() ? '\0' : text_[at_]; }

    void advance() {
        if (atEnd()) return;
        const auto byte = static_cast<unsigned char>(text_[at_++]);
        if (byte == '\n') {
            ++here_.line;
            here_.column = 1;
        } else if (byte < 0x80 || byte >= 0xc0) {  // a code point is counted at its first byte
            ++here_.column;
        }
    }

    void skipSpace() {
        while (!atEnd() && (peek() == ' ' || peek() == '\n' || peek() == '\t' || peek() == '\r')) advance();
    }

    void value(int depth) {
        places_.emplace_hint(places_.end(), pointer_, here_);
        if (depth > kMaxDepth) {
            at_ = text_.size();
        } else if (peek() == '{') {
            object(depth);
        } else if (peek() == '[') {
            array(depth);
        } else if (peek() == '"') {
            skipString();
        } else {
            while (!atEnd() && std::string_view(",]} \n\t\r").find(peek()) == std::string_view::npos) advance();
        }
        skipSpace();
    }

    void object(int depth) {
        advance();
        skipSpace();
        while (!atEnd() && peek() != '}') {
            const std::size_t length = pointer_.size();
            const std::size_t before = at_;
            pointer_ += '/';
            appendKey();
            skipSpace();
            advance();  // ':'
            skipSpace();
            value(depth + 1);
            pointer_.resize(length);
            if (peek() == ',' || at_ == before) advance();
            skipSpace();
        }
        advance();
    }

    void array(int depth) {
        advance();
        skipSpace();
        for (std::size_t index = 0; !atEnd() && peek() != ']'; ++index) {
            const std::size_t length = pointer_.size();
            const std::size_t before = at_;
            pointer_ += '/';
            pointer_ += std::to_string(index);
            value(depth + 1);
            pointer_.resize(length);
            if (peek() == ',' || at_ == before) advance();
            skipSpace();
        }
        advance();
    }

    void skipString() {
        advance();
        while (!atEnd() && peek() != '"') {
            if (peek() == '\\') advance();
            advance();
        }
        advance();
    }

    void appendKey() {
        advance();
        while (!atEnd() && peek() != '"') {
            if (peek() == '\\') {
                advance();
                appendEscape();
            } else {
                appendByte(peek());
                advance();
            }
        }
        advance();
    }

    void appendByte(char c) {
        if (c == '~') {
            pointer_ += "~0";
        } else if (c == '/') {
            pointer_ += "~1";
        } else {
            pointer_ += c;
        }
    }

    void appendEscape() {
        const char c = peek();
        advance();
        switch (c) {
            case 'n':
                pointer_ += '\n';
                break;
            case 't':
                pointer_ += '\t';
                break;
            case 'r':
                pointer_ += '\r';
                break;
            case 'b':
                pointer_ += '\b';
                break;
            case 'f':
                pointer_ += '\f';
                break;
            case 'u':
                appendCodePoint();
                break;
            default:
                appendByte(c);
        }
    }

    unsigned fourHexDigits() {
        unsigned unit = 0;
        for (int i = 0; i < 4 && !atEnd(); ++i) {
            const char c = peek();
            const int digit = c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;
            unit = unit * 16 + (static_cast<unsigned>(digit) & 0xfU);
            advance();
        }
        return unit;
    }

    void appendCodePoint() {
        unsigned point = fourHexDigits();
        if (point >= 0xd800 && point < 0xdc00 && text_.substr(at_, 2) == "\\u") {
            advance();
            advance();
            point = 0x10000 + ((point - 0xd800) << 10U) + (fourHexDigits() - 0xdc00);
        }
        if (point < 0x80) {
            appendByte(static_cast<char>(point));
            return;
        }
        if (point < 0x800) {
            pointer_ += static_cast<char>(0xc0U | (point >> 6U));
        } else if (point < 0x10000) {
            pointer_ += static_cast<char>(0xe0U | (point >> 12U));
            pointer_ += static_cast<char>(0x80U | ((point >> 6U) & 0x3fU));
        } else {
            pointer_ += static_cast<char>(0xf0U | (point >> 18U));
            pointer_ += static_cast<char>(0x80U | ((point >> 12U) & 0x3fU));
            pointer_ += static_cast<char>(0x80U | ((point >> 6U) & 0x3fU));
        }
        pointer_ += static_cast<char>(0x80U | (point & 0x3fU));
    }

    std::string_view text_;
    std::size_t at_ = 0;
    LineColumn here_;
    std::string pointer_;
    std::map<std::string, LineColumn> places_;
};

}  // namespace

std::map<std::string, LineColumn> scanPlaces(std::string_view text) { return PlaceScanner(text).scan(); }

LineColumn placeOf(const std::map<std::string, LineColumn>& places, std::string_view pointer) {
    std::string wanted(pointer);
    while (true) {
        if (const auto found = places.find(wanted); found != places.end()) return found->second;
        const auto slash = wanted.rfind('/');
        if (slash == std::string::npos) return LineColumn{0, 0};
        wanted.resize(slash);
    }
}

}  // namespace signalbox::engine
