#include <algorithm>
#include <array>
#include <charconv>
#include <span>
#include <vector>

#include "base/json.h"
#include "base/text.h"

namespace signalbox {

namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

/// What stands in a JSON string as it is.
constexpr auto kIsPlain = [] {
    std::array<bool, 256> plain{};
    for (std::size_t byte = 0x20; byte < 0x80; ++byte) plain[byte] = byte != '"' && byte != '\\';
    return plain;
}();

void appendEscaped(std::string& out, unsigned char byte) {
    constexpr char kHex[] = "0123456789abcdef";
    switch (byte) {
        case '"':
            out += "\\\"";
            return;
        case '\\':
            out += "\\\\";
            return;
        case '\b':
            out += "\\b";
            return;
        case '\f':
            out += "\\f";
            return;
        case '\n':
            out += "\\n";
            return;
        case '\r':
            out += "\\r";
            return;
        case '\t':
            out += "\\t";
            return;
        default:
            out += "\\u00";
            out += kHex[byte >> 4U];
            out += kHex[byte & 15U];
    }
}

template <class Number>
void appendNumber(std::string& out, Number number) {
    char buffer[40];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, number).ptr;
    out.append(buffer, end);
}

/// Writes with a stack of its own, so that nesting is limited by memory alone.
class Writer {
public:
    Writer(std::string& out, JsonStyle style) : out_(out), style_(style) {}

    void write(const Value& root) {
        begin(root);
        while (!open_.empty()) step();
    }

private:
    /// An open container; one of the two ranges is empty.
    struct Frame {
        std::span<const Value> items;
        std::span<const Member> members;
        bool isArray;
        bool first = true;
        std::size_t sortedEnd = 0;  ///< canonical style: its members still to be written are the last in sorted_
    };

    void begin(const Value& value) {
        switch (value.kind()) {
            case Value::Kind::Undefined:
            case Value::Kind::Null:
                out_ += "null";
                return;
            case Value::Kind::Boolean:
                out_ += value.asBoolean() ? "true" : "false";
                return;
            case Value::Kind::Integer:
                appendNumber(out_, value.asInteger());
                return;
            case Value::Kind::Number:
                appendNumber(out_, value.asNumber());
                return;
            case Value::Kind::String:
                appendJsonString(out_, value.asString());
                return;
            case Value::Kind::Bytes:
                out_ += style_ == JsonStyle::Pretty ? "{\n" : "{";
                if (style_ == JsonStyle::Pretty) out_.append((open_.size() + 1) * 2, ' ');
                out_ += style_ == JsonStyle::Pretty ? "\"$bytes\": \"" : "\"$bytes\":\"";
                out_ += encodeBase64(value.asString());
                out_ += '"';
                newLine();
                out_ += '}';
                return;
            case Value::Kind::Array:
            case Value::Kind::Object:
                open(value);
                return;
        }
    }

    void open(const Value& value) {
        out_ += value.isArray() ? '[' : '{';
        open_.push_back({value.items(), value.members(), value.isArray(), true, sorted_.size()});
        if (style_ != JsonStyle::Canonical || !value.isObject()) return;
        for (const auto& member : value.members()) sorted_.push_back(&member);
        const auto start = sorted_.begin() + static_cast<std::ptrdiff_t>(open_.back().sortedEnd);
        std::sort(start, sorted_.end(), [](const Member* a, const Member* b) { return a->first > b->first; });
    }

    void step() {
        auto& frame = open_.back();
        if (!frame.items.empty()) {
            const auto& item = frame.items.front();
            frame.items = frame.items.subspan(1);
            separate(frame);
            return begin(item);
        }
        const auto* member = nextMember(frame);
        if (member == nullptr) return close();
        if (member->second.isUndefined()) return;
        separate(frame);
        appendJsonString(out_, member->first);
        out_ += ':';
        if (style_ == JsonStyle::Pretty) out_ += ' ';
        begin(member->second);
    }

    const Member* nextMember(Frame& frame) {
        const Member* member = nullptr;
        if (style_ == JsonStyle::Canonical) {
            if (sorted_.size() == frame.sortedEnd) return nullptr;
            member = sorted_.back();
            sorted_.pop_back();
        } else if (!frame.members.empty()) {
            member = &frame.members.front();
            frame.members = frame.members.subspan(1);
        }
        return member;
    }

    void close() {
        const bool isEmpty = open_.back().first;
        const char closing = open_.back().isArray ? ']' : '}';
        open_.pop_back();
        if (!isEmpty) newLine();
        out_ += closing;
    }

    void separate(Frame& frame) {
        if (!frame.first) out_ += ',';
        frame.first = false;
        newLine();
    }

    void newLine() {
        if (style_ != JsonStyle::Pretty) return;
        out_ += '\n';
        out_.append(open_.size() * 2, ' ');
    }

    std::string& out_;
    JsonStyle style_;
    std::vector<Frame> open_;
    std::vector<const Member*> sorted_;  ///< of all open objects, the innermost last, each in reverse
};

}  // namespace

void appendJsonString(std::string& out, std::string_view text) {
    out += '"';
    std::size_t done = 0;
    for (std::size_t i = 0; i < text.size();) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if (kIsPlain[byte]) {
            ++i;
            continue;
        }
        const auto length = byte < 0x80 ? 0 : utf8SequenceLength(text, i);
        if (length > 0) {
            i += length;
            continue;
        }
        out.append(text, done, i - done);
        if (byte < 0x80) {
            appendEscaped(out, byte);
        } else {
            out += kReplacement;
        }
        done = ++i;
    }
    out.append(text, done, text.size() - done);
    out += '"';
}

void appendJson(std::string& out, const Value& value, JsonStyle style) { Writer(out, style).write(value); }

std::string writeJson(const Value& value, JsonStyle style) {
    std::string out;
    appendJson(out, value, style);
    return out;
}

}  // namespace signalbox
