#include "engine/member_reader.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "base/text.h"
#include "engine/finding_codes.h"

namespace signalbox::engine {

MemberReader::MemberReader(const Value& object, DocumentPart part, std::string pointer, std::vector<Finding>& findings)
    : object_(object), part_(part), pointer_(std::move(pointer)), findings_(findings) {}

const Value* MemberReader::take(std::string_view name) { return object_.find(name); }

void MemberReader::refuse(std::string_view name, const Value& value, std::string expected, std::string hint) {
    findings_.push_back(makeFinding(
        FindingCode::MemberType, at(name),
        "\"" + std::string(name) + "\" must be " + expected + ", but is " + std::string(kindName(value.kind())),
        std::move(hint)));
    extra_.set(name, value);
}

void MemberReader::text(std::string_view name, std::string& out) {
    const Value* const value = take(name);
    if (value == nullptr) return;
    if (!value->isString()) return refuse(name, *value, "text");
    out = value->asString();
}

void MemberReader::integer(std::string_view name, int& out) {
    const Value* const value = take(name);
    if (value == nullptr) return;
    const std::int64_t wide = value->asInteger();
    if (!value->isInteger() || wide < std::numeric_limits<int>::min() || wide > std::numeric_limits<int>::max()) {
        return refuse(name, *value, "a whole number of at most 2147483647");
    }
    out = static_cast<int>(wide);
}

void MemberReader::number(std::string_view name, double& out) {
    const Value* const value = take(name);
    if (value == nullptr) return;
    if (!value->isNumber()) return refuse(name, *value, "a number");
    out = value->asNumber();
}

void MemberReader::boolean(std::string_view name, bool& out) {
    const Value* const value = take(name);
    if (value == nullptr) return;
    if (!value->isBoolean()) return refuse(name, *value, "true or false");
    out = value->asBoolean();
}

bool MemberReader::duration(std::string_view name, Micros& out) {
    const Value* const value = take(name);
    if (value == nullptr) return false;
    const auto parsed = value->isString() ? parseDuration(value->asString()) : fail("duration.syntax", "");
    if (!parsed) {
        refuse(name, *value, "a duration",
               "Write it as text with a unit, such as \"250ms\", \"10s\", \"5m\" or \"1h\".");
        return false;
    }
    out = *parsed;
    return true;
}

void MemberReader::texts(std::string_view name, std::vector<std::string>& out) {
    const Value* const value = take(name);
    if (value == nullptr) return;
    const auto items = value->items();
    if (!value->isArray() || !std::all_of(items.begin(), items.end(), [](const Value& v) { return v.isString(); })) {
        return refuse(name, *value, "an array of texts");
    }
    for (const Value& item : items) out.emplace_back(item.asString());
}

void MemberReader::port(std::string_view name, PortRef& out) {
    const Value* const value = take(name);
    if (value == nullptr) return;
    const std::string_view text = value->asString();
    const auto dot = text.find('.');
    if (!value->isString() || dot == std::string_view::npos || dot == 0 || dot + 1 == text.size()) {
        return refuse(name, *value, "a text of the form \"node.port\"");
    }
    out.node = text.substr(0, dot);
    out.port = text.substr(dot + 1);
}

bool MemberReader::pair(std::string_view name, double& x, double& y) {
    const Value* const value = take(name);
    if (value == nullptr) return false;
    if (value->items().size() != 2 || !value->at(0).isNumber() || !value->at(1).isNumber()) {
        refuse(name, *value, "an array of two numbers");
        return false;
    }
    x = value->at(0).asNumber();
    y = value->at(1).asNumber();
    return true;
}

void MemberReader::any(std::string_view name, Value& out) {
    if (const Value* const value = take(name)) out = *value;
}

void MemberReader::objectValue(std::string_view name, Value& out) {
    if (const Value* const value = object(name)) out = *value;
}

const Value* MemberReader::object(std::string_view name) {
    const Value* const value = take(name);
    if (value == nullptr || value->isObject()) return value;
    refuse(name, *value, "an object");
    return nullptr;
}

const Value* MemberReader::array(std::string_view name) {
    const Value* const value = take(name);
    if (value == nullptr || value->isArray()) return value;
    refuse(name, *value, "an array");
    return nullptr;
}

int MemberReader::word(std::string_view name, std::initializer_list<std::string_view> words) {
    const Value* const value = take(name);
    if (value == nullptr) return -1;
    const auto* const found = std::find(words.begin(), words.end(), value->asString());
    if (value->isString() && found != words.end()) return static_cast<int>(found - words.begin());
    std::string list;
    std::vector<std::string> candidates;
    for (const std::string_view each : words) {
        if (!list.empty()) list += ", ";
        list += "\"" + std::string(each) + "\"";
        candidates.emplace_back(each);
    }
    const auto near = didYouMean(value->asString(), candidates);
    refuse(name, *value, "one of " + list, near ? "Did you mean \"" + *near + "\"?" : std::string());
    return -1;
}

void MemberReader::keep(std::string_view name, Value nestedExtra) {
    if (!nestedExtra.empty()) extra_.set(name, std::move(nestedExtra));
}

Value MemberReader::extra() {
    ObjectBuilder unknown;
    for (const auto& [name, value] : object_.members()) {
        if (findPartMember(part_, name) == nullptr) unknown.set(name, value);
    }
    const Value kept = std::move(unknown).build();
    reportExtra(kept, part_, pointer_, findings_);
    for (const auto& [name, value] : kept.members()) extra_.set(name, value);
    return std::move(extra_).build();
}

}  // namespace signalbox::engine
