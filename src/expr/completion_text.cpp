// Names, types and values as completion and analysis show them.
#include "base/json.h"
#include "expr/analysis_walk.h"
#include "expr/completion.h"

namespace signalbox::expr {

namespace {

constexpr std::string_view kEndsName = ".[]{}(),@#;:?+-*/%|=<>^&!~ \t\n\r\v\"'`$";

/// `left`: items that may still be looked at, in this array and those inside it.
std::string wordOf(const Value& value, std::size_t& left) {
    if (value.isUndefined()) return "any";
    if (!value.isArray()) return std::string(kindName(value.kind()));
    std::string item;
    for (const Value& each : value.items()) {
        if (left == 0) break;
        --left;
        const std::string word = wordOf(each, left);
        item = item.empty() ? word : commonType(item, word);
        if (item == "any") break;
    }
    return "array<" + (item.empty() ? "any" : item) + ">";
}

void cutAt(std::string& text, std::size_t length) {
    if (text.size() <= length) return;
    while (length > 0 && (static_cast<unsigned char>(text[length]) & 0xC0U) == 0x80) --length;
    text.resize(length);
    text += "\xE2\x80\xA6";
}

/// Appends a value until the text is long enough.
void append(std::string& out, const Value& value, std::size_t enough) {
    if (value.isArray()) {
        out += '[';
        for (const Value& item : value.items()) {
            if (out.size() > enough) return;
            if (out.back() != '[') out += ", ";
            append(out, item, enough);
        }
        out += ']';
    } else if (value.isObject()) {
        out += '{';
        for (const auto& [key, member] : value.members()) {
            if (out.size() > enough) return;
            if (out.back() != '{') out += ", ";
            out += key.substr(0, enough) + ": ";
            append(out, member, enough);
        }
        out += '}';
    } else if (value.isString() && value.size() > enough) {
        std::string part(value.asString().substr(0, enough));
        while (!part.empty() && (static_cast<unsigned char>(part.back()) & 0x80U) != 0) part.pop_back();
        out += writeJson(Value(part));
        out.pop_back();
        out += "\xE2\x80\xA6";
    } else {
        out += value.isUndefined() ? "nothing" : value.isBytes() ? "bytes" : writeJson(value);
    }
}

}  // namespace

std::string typeWord(const Value& value, std::size_t maxItems) { return wordOf(value, maxItems); }

std::string shortSample(const Value& value, std::size_t maxLength) {
    std::string text;
    append(text, value, maxLength);
    cutAt(text, maxLength);
    return text;
}

std::string quotedName(std::string_view name) {
    const bool word = name == "true" || name == "false" || name == "null" || name == "function" || name == "\xCE\xBB" ||
                      name == "and" || name == "or" || name == "in";
    const bool plain = !name.empty() && !word && !(name.front() >= '0' && name.front() <= '9') &&
                       name.find_first_of(kEndsName) == std::string_view::npos;
    if (plain) return std::string(name);
    // A backtick cannot stand between backticks; as a step, a string means the same.
    if (name.find('`') != std::string_view::npos) return writeJson(Value(name));
    return "`" + std::string(name) + "`";
}

}  // namespace signalbox::expr
