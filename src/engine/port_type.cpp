#include "engine/port_type.h"

#include <algorithm>
#include <array>
#include <utility>

namespace signalbox::engine {
namespace {

constexpr std::size_t kMaxDepth = 16;  // of array<array<...>>
constexpr std::string_view kArrayPrefix = "array<";

struct KindName {
    PortType::Kind kind;
    std::string_view name;
};
constexpr std::array<KindName, 8> kScalars{{{PortType::Kind::Any, "any"},
                                            {PortType::Kind::Null, "null"},
                                            {PortType::Kind::Boolean, "boolean"},
                                            {PortType::Kind::Integer, "integer"},
                                            {PortType::Kind::Number, "number"},
                                            {PortType::Kind::String, "string"},
                                            {PortType::Kind::Bytes, "bytes"},
                                            {PortType::Kind::Object, "object"}}};

tl::unexpected<Error> syntaxError(std::string_view text) {
    return fail("port.type-syntax", "\"" + std::string(text) + "\" is no port type", {},
                "Use any, null, boolean, integer, number, string, bytes, object or array<...>.");
}

}  // namespace

PortType PortType::arrayOf(PortType item) {
    PortType type(Kind::Array);
    type.item_ = std::make_shared<const PortType>(std::move(item));
    return type;
}

Result<PortType> PortType::parse(std::string_view text) {
    std::string_view rest = text;
    std::size_t depth = 0;
    while (rest.substr(0, kArrayPrefix.size()) == kArrayPrefix && rest.back() == '>') {
        if (++depth > kMaxDepth) return syntaxError(text);
        rest = rest.substr(kArrayPrefix.size(), rest.size() - kArrayPrefix.size() - 1);
    }
    PortType type;
    if (rest == "array") {
        type = arrayOf(PortType());
    } else {
        const auto* const found = std::find_if(kScalars.begin(), kScalars.end(),
                                               [rest](const KindName& entry) { return entry.name == rest; });
        if (found == kScalars.end()) return syntaxError(text);
        type = PortType(found->kind);
    }
    for (; depth > 0; --depth) type = arrayOf(std::move(type));
    return type;
}

PortType PortType::item() const { return item_ ? *item_ : PortType(); }

std::string PortType::toString() const {
    if (kind_ == Kind::Array) return std::string(kArrayPrefix) + item().toString() + ">";
    for (const KindName& entry : kScalars) {
        if (entry.kind == kind_) return std::string(entry.name);
    }
    return "any";
}

bool PortType::admits(const Value& value) const {
    switch (kind_) {
        case Kind::Any:
            return true;
        case Kind::Null:
            return value.isNull();
        case Kind::Boolean:
            return value.isBoolean();
        case Kind::Integer:
            return value.isInteger();
        case Kind::Number:
            return value.isNumber();
        case Kind::String:
            return value.isString();
        case Kind::Bytes:
            return value.isBytes();
        case Kind::Object:
            return value.isObject();
        case Kind::Array:
            break;
    }
    if (!value.isArray()) return false;
    if (!item_ || item_->kind_ == Kind::Any) return true;
    const auto items = value.items();
    return std::all_of(items.begin(), items.end(), [this](const Value& each) { return item_->admits(each); });
}

bool PortType::operator==(const PortType& other) const {
    if (kind_ != other.kind_) return false;
    return kind_ != Kind::Array || item_ == other.item_ || item() == other.item();
}

Compatibility compatibility(const PortType& from, const PortType& to) {
    using Kind = PortType::Kind;
    if (to.kind() == Kind::Any) return Compatibility::Always;
    if (from.kind() == Kind::Any) return Compatibility::Sometimes;
    if (from.kind() == Kind::Integer && to.kind() == Kind::Number) return Compatibility::Always;
    if (from.kind() == Kind::Number && to.kind() == Kind::Integer) return Compatibility::Sometimes;
    if (from.kind() != to.kind()) return Compatibility::Never;
    return from.kind() == Kind::Array ? compatibility(from.item(), to.item()) : Compatibility::Always;
}

}  // namespace signalbox::engine
