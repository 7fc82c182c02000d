#include <algorithm>
#include <array>
#include <unordered_map>

#include <fmt/format.h>

#include "base/json.h"
#include "base/schema_node.h"

namespace signalbox {

namespace {

constexpr std::size_t kMaxSchemaDepth = 200;
constexpr std::array<std::pair<std::string_view, std::uint8_t>, 7> kTypes{{{"null", kTypeNull},
                                                                           {"boolean", kTypeBoolean},
                                                                           {"integer", kTypeInteger},
                                                                           {"number", kTypeNumber},
                                                                           {"string", kTypeString},
                                                                           {"array", kTypeArray},
                                                                           {"object", kTypeObject}}};

std::string childPointer(const std::string& parent, std::string_view key) {
    std::string pointer = parent + '/';
    for (const char c : key) {
        if (c == '~') {
            pointer += "~0";
        } else if (c == '/') {
            pointer += "~1";
        } else {
            pointer += c;
        }
    }
    return pointer;
}

std::string percentDecoded(std::string_view text) {
    const auto digit = [](char c) {
        if (c >= '0' && c <= '9') return c - '0';
        if (c >= 'a' && c <= 'f') return c - 'a' + 10;
        return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
    };
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool escape = text[i] == '%' && i + 2 < text.size() && digit(text[i + 1]) >= 0 && digit(text[i + 2]) >= 0;
        result += escape ? static_cast<char>(digit(text[i + 1]) * 16 + digit(text[i + 2])) : text[i];
        if (escape) i += 2;
    }
    return result;
}

/// Turns the schema's Values into nodes, each pointer once. The first error stops everything.
class Compiler {
public:
    explicit Compiler(const Value& root) : root_(root) {}

    Result<SchemaGraph> run() {
        if (root_.depth() > kMaxSchemaDepth) {
            return fail("schema.invalid", fmt::format("The schema is nested deeper than {} levels", kMaxSchemaDepth));
        }
        collectIds(root_, "");
        graph_.root = node(root_, "");
        while (!pending_.empty() && error_.code.empty()) {
            const auto [target, pointer] = pending_.back();
            pending_.pop_back();
            compileInto(*target, resolvePointer(root_, pointer), pointer);
        }
        if (error_.code.empty()) refuseLoops();
        if (!error_.code.empty()) return fail(std::move(error_));
        return std::move(graph_);
    }

private:
    using Ref = SchemaNode::Ref;

    void bad(const std::string& pointer, std::string message, std::string hint = {}) {
        if (error_.code.empty()) {
            error_ = {"schema.invalid", std::move(message), pointer.empty() ? "/" : pointer, std::move(hint)};
        }
    }

    void collectIds(const Value& value, const std::string& pointer) {
        const auto& id = value["$id"];
        if (id.isString()) ids_.try_emplace(std::string(id.asString()), pointer);
        for (const auto& [key, member] : value.members()) {
            // What stands in these is data, not schema.
            if (key != "enum" && key != "const" && key != "default" && key != "examples") {
                collectIds(member, childPointer(pointer, key));
            }
        }
        for (std::size_t i = 0; i < value.items().size(); ++i) {
            collectIds(value.items()[i], fmt::format("{}/{}", pointer, i));
        }
    }

    /// The node for a schema at a pointer; filled in later, so that references may go round in circles.
    Ref node(const Value& schema, const std::string& pointer) {
        if (!schema.isObject() && !schema.isBoolean()) {
            bad(pointer, fmt::format("A schema must be an object, true or false, not {}", kindName(schema.kind())));
            return nullptr;
        }
        const auto [found, isNew] = byPointer_.try_emplace(pointer, nullptr);
        if (isNew) {
            found->second = &graph_.nodes.emplace_back();
            pending_.emplace_back(found->second, pointer);
        }
        return found->second;
    }

    void compileInto(SchemaNode& to, const Value& schema, const std::string& pointer) {
        if (schema.isBoolean()) {
            to.never = !schema.asBoolean();
            return;
        }
        if (schema.find("$ref") != nullptr) {
            // In draft 7 everything beside a reference is ignored.
            to.reference = reference(schema["$ref"], childPointer(pointer, "$ref"));
            return;
        }
        schema_ = &schema;
        pointer_ = pointer;
        values(to);
        arrays(to);
        objects(to);
        combinations(to);
    }

    Ref reference(const Value& ref, const std::string& pointer) {
        if (!ref.isString()) {
            bad(pointer, "A reference must be a string");
            return nullptr;
        }
        const auto text = ref.asString();
        const auto hash = text.find('#');
        const auto base = text.substr(0, hash);
        const auto fragment = hash == std::string_view::npos ? std::string() : percentDecoded(text.substr(hash + 1));
        std::string target;
        bool known = true;
        if (!base.empty()) {
            auto id = ids_.find(std::string(base));
            if (id == ids_.end()) id = ids_.find(std::string(base) + '#');
            known = id != ids_.end();
            if (known) target = id->second;
        }
        if (!fragment.empty() && fragment.front() != '/') {
            const auto id = ids_.find('#' + fragment);
            known = known && id != ids_.end();
            if (known) target = id->second;
        } else {
            target += fragment;
        }
        const auto schema = known ? resolvePointer(root_, target) : Value::undefined();
        if (schema.isUndefined()) {
            bad(pointer, fmt::format("The reference \"{}\" points to nothing in this schema", text),
                "References are resolved inside the schema only, such as \"#/definitions/name\"");
            return nullptr;
        }
        return node(schema, target);
    }

    [[nodiscard]] std::string at(std::string_view keyword) const { return childPointer(pointer_, keyword); }
    [[nodiscard]] const Value& get(std::string_view keyword) const { return (*schema_)[keyword]; }

    Ref child(std::string_view keyword) {
        const auto& schema = get(keyword);
        return schema.isDefined() ? node(schema, at(keyword)) : nullptr;
    }

    std::vector<Ref> children(std::string_view keyword, bool mayBeEmpty = false) {
        std::vector<Ref> list;
        const auto& schemas = get(keyword);
        if (schemas.isUndefined()) return list;
        if (!schemas.isArray() || (schemas.empty() && !mayBeEmpty)) {
            bad(at(keyword), fmt::format("\"{}\" must be a list of schemas that is not empty", keyword));
            return list;
        }
        for (std::size_t i = 0; i < schemas.size(); ++i) {
            list.push_back(node(schemas.at(i), fmt::format("{}/{}", at(keyword), i)));
        }
        return list;
    }

    Value number(std::string_view keyword) {
        const auto& value = get(keyword);
        if (value.isDefined() && !value.isNumber()) bad(at(keyword), fmt::format("\"{}\" must be a number", keyword));
        return value;
    }

    std::optional<std::size_t> count(std::string_view keyword) {
        const auto& value = get(keyword);
        if (value.isUndefined()) return std::nullopt;
        if (!value.isInteger() || value.asInteger() < 0) {
            bad(at(keyword), fmt::format("\"{}\" must be a whole number that is not negative", keyword));
        }
        return static_cast<std::size_t>(value.asInteger());
    }

    std::optional<Pattern> pattern(const Value& text, const std::string& pointer) {
        if (!text.isString()) {
            bad(pointer, "A pattern must be a string");
            return std::nullopt;
        }
        auto compiled = Pattern::compile(text.asString());
        if (!compiled) {
            bad(pointer, compiled.error().message);
            return std::nullopt;
        }
        return std::move(*compiled);
    }

    std::vector<std::string> names(const Value& list, const std::string& pointer) {
        std::vector<std::string> result;
        const auto isText = [](const Value& item) { return item.isString(); };
        if (!list.isArray() || !std::all_of(list.items().begin(), list.items().end(), isText)) {
            bad(pointer, "This must be a list of member names");
            return result;
        }
        for (const auto& item : list.items()) result.emplace_back(item.asString());
        return result;
    }

    std::uint8_t types() {
        const auto& type = get("type");
        if (type.isUndefined()) return 0;
        const auto list = type.isArray() ? type : Value::array({type});
        std::uint8_t bits = 0;
        for (const auto& name : list.items()) {
            const auto bit = typeBit(name.asString());
            if (bit == 0) {
                bad(at("type"), fmt::format("{} is not a type of JSON Schema", writeJson(name)),
                    "The types are null, boolean, integer, number, string, array and object");
            }
            bits = static_cast<std::uint8_t>(bits | bit);
        }
        if (bits == 0) bad(at("type"), "\"type\" must name at least one type");
        return bits;
    }

    void values(SchemaNode& to) {
        to.types = types();
        if (const auto& list = get("enum"); list.isDefined()) {
            if (!list.isArray()) bad(at("enum"), "\"enum\" must be a list");
            to.allowed.emplace(list.items().begin(), list.items().end());
        }
        to.constant = get("const");
        to.minimum = number("minimum");
        to.maximum = number("maximum");
        to.exclusiveMinimum = number("exclusiveMinimum");
        to.exclusiveMaximum = number("exclusiveMaximum");
        to.multipleOf = number("multipleOf");
        if (to.multipleOf.isNumber() && to.multipleOf.asNumber() <= 0) {
            bad(at("multipleOf"), "\"multipleOf\" must be greater than 0");
        }
        to.minLength = count("minLength");
        to.maxLength = count("maxLength");
        if (get("pattern").isDefined()) to.pattern = pattern(get("pattern"), at("pattern"));
        if (get("format").isDefined() && !get("format").isString()) bad(at("format"), "\"format\" must be a string");
        to.format = std::string(get("format").asString());
    }

    void arrays(SchemaNode& to) {
        if (get("items").isArray()) {
            to.tuple = children("items", true);
            to.additionalItems = child("additionalItems");
        } else {
            to.items = child("items");
        }
        to.contains = child("contains");
        to.minItems = count("minItems");
        to.maxItems = count("maxItems");
        const auto& unique = get("uniqueItems");
        if (unique.isDefined() && !unique.isBoolean()) bad(at("uniqueItems"), "\"uniqueItems\" must be true or false");
        to.uniqueItems = unique.asBoolean();
    }

    void objects(SchemaNode& to) {
        for (const auto& [key, schema] : membersOf("properties")) {
            to.properties.emplace_back(key, node(schema, childPointer(at("properties"), key)));
        }
        std::sort(to.properties.begin(), to.properties.end(),
                  [](const auto& a, const auto& b) { return a.first < b.first; });
        for (const auto& [key, schema] : membersOf("patternProperties")) {
            const auto pointer = childPointer(at("patternProperties"), key);
            const auto ref = node(schema, pointer);
            if (auto compiled = pattern(key, pointer)) to.patternProperties.emplace_back(std::move(*compiled), ref);
        }
        to.additionalProperties = child("additionalProperties");
        to.propertyNames = child("propertyNames");
        if (get("required").isDefined()) to.required = names(get("required"), at("required"));
        for (const auto& [key, rule] : membersOf("dependencies")) {
            const auto pointer = childPointer(at("dependencies"), key);
            auto& dependency = to.dependencies.emplace_back();
            dependency.key = key;
            if (rule.isArray()) {
                dependency.required = names(rule, pointer);
            } else {
                dependency.schema = node(rule, pointer);
            }
        }
        to.minProperties = count("minProperties");
        to.maxProperties = count("maxProperties");
    }

    std::span<const Member> membersOf(std::string_view keyword) {
        const auto& value = get(keyword);
        if (value.isDefined() && !value.isObject()) bad(at(keyword), fmt::format("\"{}\" must be an object", keyword));
        return value.members();
    }

    void combinations(SchemaNode& to) {
        to.allOf = children("allOf");
        to.anyOf = children("anyOf");
        to.oneOf = children("oneOf");
        to.forbidden = child("not");
        to.condition = child("if");
        if (to.condition == nullptr) return;
        to.whenTrue = child("then");
        to.whenFalse = child("else");
    }

    /// A schema that refers to itself without going a step into the value could never be decided. Visits the edges that
    /// stay in place, with a stack of its own.
    void refuseLoops() {
        enum class Colour : std::uint8_t { New, Open, Done };
        std::unordered_map<Ref, Colour> colours;
        struct Visit {
            Ref node;
            std::vector<Ref> next;
        };
        for (const auto& start : graph_.nodes) {
            if (colours[&start] != Colour::New) continue;
            std::vector<Visit> open{{&start, start.inPlace()}};
            colours[&start] = Colour::Open;
            while (!open.empty()) {
                auto& visit = open.back();
                if (visit.next.empty()) {
                    colours[visit.node] = Colour::Done;
                    open.pop_back();
                    continue;
                }
                const auto next = visit.next.back();
                visit.next.pop_back();
                auto& colour = colours[next];
                if (colour == Colour::Open) return bad("", "The schema refers to itself in a loop that never ends");
                if (colour == Colour::Done) continue;
                colour = Colour::Open;
                open.push_back({next, next->inPlace()});
            }
        }
    }

    const Value& root_;
    SchemaGraph graph_;
    Error error_;
    std::unordered_map<std::string, std::string> ids_;  ///< "$id" to pointer
    std::unordered_map<std::string, SchemaNode*> byPointer_;
    std::vector<std::pair<SchemaNode*, std::string>> pending_;
    const Value* schema_ = nullptr;  ///< the one compileInto is at
    std::string pointer_;
};

}  // namespace

std::string typeNames(std::uint8_t types) {
    std::vector<std::string_view> names;
    for (const auto& [name, bit] : kTypes) {
        if ((types & bit) != 0) names.push_back(name);
    }
    std::string text;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (i > 0) text += i + 1 == names.size() ? " or " : ", ";
        text += names[i];
    }
    return text;
}

std::uint8_t typeBit(std::string_view name) {
    for (const auto& [known, bit] : kTypes) {
        if (known == name) return bit;
    }
    return 0;
}

std::vector<SchemaNode::Ref> SchemaNode::inPlace() const {
    std::vector<Ref> list;
    for (const auto* group : {&allOf, &anyOf, &oneOf}) list.insert(list.end(), group->begin(), group->end());
    for (const auto& dependency : dependencies) list.push_back(dependency.schema);
    list.insert(list.end(), {reference, forbidden, condition, whenTrue, whenFalse});
    std::erase(list, nullptr);
    return list;
}

SchemaNode::Ref SchemaNode::property(std::string_view key) const {
    const auto found = std::lower_bound(properties.begin(), properties.end(), key,
                                        [](const auto& entry, std::string_view name) { return entry.first < name; });
    return found != properties.end() && found->first == key ? found->second : nullptr;
}

Result<SchemaGraph> compileSchema(const Value& schema) { return Compiler(schema).run(); }

}  // namespace signalbox
