#include "base/json.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <span>

#include <boost/json/basic_parser_impl.hpp>
#include <fmt/format.h>

#include "base/text.h"
#include "base/value_rep.h"

namespace signalbox {

namespace {

constexpr std::size_t kDepthCeiling = 2000;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view kBytesKey = "$bytes";
/// The parser itself never says this: it is given no limits on arrays.
constexpr auto kTooManyValues = boost::json::error::array_too_large;

/// Builds Values from the parser's events. The parts of open containers lie on two stacks, so that each container is
/// made in one go and in its final size.
class ValueHandler {
public:
    static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);
    using Code = boost::json::error_code;
    using Text = boost::json::string_view;

    ValueHandler(bool decodeBytes, std::size_t maxValues) : decodeBytes_(decodeBytes), left_(maxValues) {}

    [[nodiscard]] Value take() { return std::move(root_); }
    /// The key that occurred twice, if that is what failed.
    [[nodiscard]] const std::optional<std::string>& duplicateKey() const { return duplicateKey_; }

    bool on_document_begin(Code&) { return true; }
    bool on_document_end(Code&) { return true; }
    bool on_array_begin(Code&) { return open(false); }
    bool on_object_begin(Code&) { return open(true); }

    bool on_array_end(std::size_t, Code& code) {
        const auto start = open_.back().start;
        auto value = ValueAccess::array(std::span(items_).subspan(start));
        items_.resize(start);
        open_.pop_back();
        return accept(std::move(value), code);
    }

    bool on_object_end(std::size_t, Code& code) {
        const auto start = open_.back().start;
        auto value = ValueAccess::object(std::span(members_).subspan(start), std::move(open_.back().slots));
        members_.resize(start);
        open_.pop_back();
        return accept(decodeBytes_ ? asBytes(std::move(value)) : std::move(value), code);
    }

    bool on_string_part(Text part, std::size_t, Code&) { return gather(part); }
    bool on_string(Text rest, std::size_t, Code& code) {
        const bool done = accept(Value(gathered(rest)), code);
        text_.clear();
        return done;
    }
    bool on_key_part(Text part, std::size_t, Code&) { return gather(part); }
    bool on_key(Text rest, std::size_t, Code& code) {
        const auto key = gathered(rest);
        auto& frame = open_.back();
        if (MemberIndex::find(membersOf(frame), frame.slots, key) != MemberIndex::kNone) {
            duplicateKey_ = std::string(key);
            code = boost::json::error::test_failure;
            return false;
        }
        members_.emplace_back(std::string(key), Value());
        MemberIndex::added(membersOf(frame), frame.slots);
        text_.clear();
        return true;
    }

    bool on_number_part(Text part, Code&) { return gather(part); }
    bool on_int64(std::int64_t number, Text, Code& code) { return acceptNumber(Value(number), code); }
    bool on_uint64(std::uint64_t number, Text, Code& code) {
        return acceptNumber(Value(static_cast<double>(number)), code);
    }
    // The parser's own conversion is off by an ulp at times: only its text is used.
    bool on_double(double rough, Text rest, Code& code) {
        const auto text = gathered(rest);
        double exact = 0.0;
        const auto read = std::from_chars(text.data(), text.data() + text.size(), exact);
        if (read.ec == std::errc::result_out_of_range && (rough > 1.0 || rough < -1.0)) {
            code = boost::json::error::exponent_overflow;
            return false;
        }
        return acceptNumber(Value(read.ec == std::errc() ? exact : 0.0), code);
    }
    bool on_bool(bool value, Code& code) { return accept(Value(value), code); }
    bool on_null(Code& code) { return accept(Value(), code); }
    bool on_comment_part(Text, Code&) { return true; }
    bool on_comment(Text, Code&) { return true; }

private:
    struct Frame {
        bool isObject;
        std::size_t start;                 ///< where its parts begin in items_ or members_
        std::vector<std::uint32_t> slots;  ///< index over its members
    };

    bool open(bool isObject) {
        open_.push_back({isObject, isObject ? members_.size() : items_.size(), {}});
        return true;
    }

    [[nodiscard]] std::span<const Member> membersOf(const Frame& frame) const {
        return std::span(members_).subspan(frame.start);
    }

    bool accept(Value value, Code& code) {
        if (left_ == 0) {
            code = kTooManyValues;
            return false;
        }
        --left_;
        if (open_.empty()) {
            root_ = std::move(value);
        } else if (open_.back().isObject) {
            members_.back().second = std::move(value);
        } else {
            items_.push_back(std::move(value));
        }
        return true;
    }

    bool acceptNumber(Value value, Code& code) {
        text_.clear();
        return accept(std::move(value), code);
    }

    bool gather(Text part) {
        text_.append(part.data(), part.size());
        return true;
    }

    std::string_view gathered(Text rest) {
        if (text_.empty()) return {rest.data(), rest.size()};
        gather(rest);
        return text_;
    }

    static Value asBytes(Value value) {
        if (value.size() != 1) return value;
        const auto& [key, text] = value.members().front();
        if (key != kBytesKey || !text.isString()) return value;
        const auto data = decodeBase64(text.asString());
        return data ? Value::bytes(*data) : value;
    }

    bool decodeBytes_;
    std::size_t left_;  ///< values that may still come
    Value root_;
    std::vector<Frame> open_;
    std::vector<Value> items_;     ///< of all open arrays, the innermost last
    std::vector<Member> members_;  ///< of all open objects, the innermost last; the last one waits for its value
    std::string text_;             ///< the parts of a text or number that came in pieces
    std::optional<std::string> duplicateKey_;
};

std::string place(std::string_view text, std::size_t offset) {
    const auto at = lineColumnAt(text, offset);
    return fmt::format("line {}, column {}", at.line, at.column);
}

bool isLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// Goes back while the characters before offset are of a kind.
template <class IsKind>
std::size_t startOf(std::string_view text, std::size_t offset, IsKind isKind) {
    offset = std::min(offset, text.size());
    while (offset > 0 && isKind(text[offset - 1])) --offset;
    return offset;
}

/// The opening quote of the string whose closing quote is at offset.
std::size_t openingQuote(std::string_view text, std::size_t offset) {
    const auto isQuote = [&text](std::size_t at) {
        const auto backslashes = at - startOf(text, at, [](char c) { return c == '\\'; });
        return text[at] == '"' && backslashes % 2 == 0;
    };
    std::size_t at = std::min(offset, text.size() - 1);
    while (at > 0 && !isQuote(--at)) continue;
    return at;
}

bool isNumberPart(char c) { return std::string_view("0123456789+-.eE").find(c) != std::string_view::npos; }

/// What stands there, for a message: a word, or one character.
std::string describe(std::string_view text, std::size_t offset) {
    const auto byte = static_cast<unsigned char>(text[offset]);
    if (byte == '\n') return "end of line";
    if (byte < 0x20) return fmt::format("control character U+{:04X}", byte);
    auto length = std::max<std::size_t>(1, utf8SequenceLength(text, offset));
    if (isLetter(text[offset])) {
        while (length < 20 && offset + length < text.size() && isLetter(text[offset + length])) ++length;
    }
    return fmt::format("'{}'", text.substr(offset, length));
}

std::string syntaxHint(std::string_view text, std::size_t offset) {
    if (offset >= text.size()) return "A bracket, brace or quote is not closed";
    const auto isSpace = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
    const auto before = startOf(text, offset, isSpace);
    const char last = before > 0 ? text[before - 1] : '\0';
    const char found = text[offset];
    if (found == '\'') return "JSON strings take double quotes";
    if (found == '/' || found == '#') return "JSON has no comments";
    if (last == ',' && (found == '}' || found == ']')) return "Remove the comma before the closing bracket";
    if (found == '"' && last != '\\') return "A comma or colon seems to be missing before it";
    if (isLetter(found) && last != '\\')
        return "Words are null, true and false, in lower case; strings take double quotes";
    return {};
}

std::string syntaxMessage(std::string_view text, std::size_t offset, const boost::json::error_code& code) {
    using boost::json::error;
    if (code == error::extra_data)
        return fmt::format("Unexpected {} after the end of the value", describe(text, offset));
    if (code == error::expected_hex_digit) return "A \\u escape needs four hexadecimal digits";
    const auto escape = offset >= 6 ? text.substr(offset - 6, 6) : std::string_view();
    const bool afterSurrogate = escape.substr(0, 3) == "\\ud" || escape.substr(0, 3) == "\\uD";
    if (afterSurrogate || code == error::illegal_leading_surrogate || code == error::illegal_trailing_surrogate) {
        return "A \\u escape names half of a surrogate pair";
    }
    if (offset > 0 && text[offset - 1] == '\\') return fmt::format("There is no escape \\{}", text[offset]);
    return fmt::format("Unexpected {}", describe(text, offset));
}

tl::unexpected<Error> syntaxError(std::string_view text, std::size_t offset, const boost::json::error_code& code) {
    if (code == boost::json::error::incomplete || offset >= text.size()) {
        return fail("json.syntax", "The JSON text ends unexpectedly", place(text, text.size()),
                    syntaxHint(text, text.size()));
    }
    // The parser may stop inside a misspelt word.
    if (code == boost::json::error::syntax && isLetter(text[offset])) offset = startOf(text, offset, isLetter);
    return fail("json.syntax", syntaxMessage(text, offset, code), place(text, offset), syntaxHint(text, offset));
}

tl::unexpected<Error> parseError(std::string_view text, std::size_t offset, const boost::json::error_code& code,
                                 const std::optional<std::string>& duplicateKey, const JsonLimits& limits) {
    using boost::json::error;
    if (duplicateKey) {
        return fail("json.duplicate-key", fmt::format("The key \"{}\" occurs twice in one object", *duplicateKey),
                    place(text, openingQuote(text, offset)), "Rename or remove one of them");
    }
    if (code == error::too_deep) {
        return fail("json.depth", fmt::format("The JSON text is nested deeper than {} levels", limits.maxDepth),
                    place(text, offset));
    }
    if (code == kTooManyValues) {
        return fail("json.values", fmt::format("The JSON text holds more than {} values", limits.maxValues),
                    place(text, offset));
    }
    if (code == error::exponent_overflow) {
        const auto start = startOf(text, offset, isNumberPart);
        auto end = start;
        while (end < text.size() && end - start < 40 && isNumberPart(text[end])) ++end;
        return fail("json.number", fmt::format("The number {} is too large", text.substr(start, end - start)),
                    place(text, start), "The largest is about 1.8e308");
    }
    const auto invalid = validUtf8Prefix(text);
    if (invalid < text.size() && invalid <= offset + 4) {
        return fail("json.encoding", "The text is not valid UTF-8", place(text, invalid),
                    "Save the file in UTF-8, or pass binary data as Bytes");
    }
    return syntaxError(text, offset, code);
}

}  // namespace

Result<Value> parseJson(std::string_view text, bool decodeBytes, JsonLimits limits) {
    if (text.size() > limits.maxBytes) {
        return fail("json.size",
                    fmt::format("The JSON text has {} bytes, allowed are {}", text.size(), limits.maxBytes));
    }
    if (text.substr(0, kByteOrderMark.size()) == kByteOrderMark) text.remove_prefix(kByteOrderMark.size());
    limits.maxDepth = std::min(limits.maxDepth, kDepthCeiling);
    boost::json::parse_options options;
    options.max_depth = limits.maxDepth;
    boost::json::basic_parser<ValueHandler> parser(options, decodeBytes, limits.maxValues);
    boost::json::error_code code;
    const auto used = parser.write_some(false, text.data(), text.size(), code);
    if (!code && used < text.size()) code = boost::json::error::extra_data;
    if (code) return parseError(text, used, code, parser.handler().duplicateKey(), limits);
    return parser.handler().take();
}

Value resolvePointer(const Value& root, std::string_view pointer) {
    if (pointer.empty()) return root;
    if (pointer.front() != '/') return Value::undefined();
    const Value* current = &root;
    for (auto token : split(pointer.substr(1), '/')) {
        if (current->isArray()) {
            std::size_t index = 0;
            const auto read = std::from_chars(token.data(), token.data() + token.size(), index);
            const bool whole = read.ec == std::errc() && read.ptr == token.data() + token.size();
            if (!whole || (token.size() > 1 && token.front() == '0')) return Value::undefined();
            current = &current->at(index);
            continue;
        }
        std::string key;
        for (std::size_t i = 0; i < token.size(); ++i) {
            if (token[i] != '~') {
                key += token[i];
            } else if (i + 1 < token.size() && (token[i + 1] == '0' || token[i + 1] == '1')) {
                key += token[++i] == '0' ? '~' : '/';
            } else {
                return Value::undefined();
            }
        }
        current = &(*current)[key];
    }
    return *current;
}

}  // namespace signalbox
