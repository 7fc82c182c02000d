#include "engine/params.h"

#include <utility>

#include "engine/document_members.h"

namespace signalbox::engine {
namespace {

Value itemsWithDefaults(const Value& schema, const Value& params) {
    bool changed = false;
    ArrayBuilder items;
    items.reserve(params.size());
    for (const Value& item : params.items()) {
        Value filled = withDefaults(schema, item);
        changed = changed || !filled.sameIdentity(item);
        items.push(std::move(filled));
    }
    return changed ? std::move(items).build() : params;
}

}  // namespace

bool isExpressionObject(const Value& value) noexcept {
    return value.isObject() && value.size() == 1 && value[kExpressionMember].isString();
}

Value withDefaults(const Value& schema, const Value& params) {
    if (isExpressionObject(params)) return params;
    if (params.isArray()) {
        const Value& items = schema["items"];
        return items.isObject() ? itemsWithDefaults(items, params) : params;
    }
    if (!params.isObject()) return params;
    bool changed = false;
    ObjectBuilder filled;
    for (const auto& [name, value] : params.members()) filled.set(name, value);
    for (const auto& [name, property] : schema["properties"].members()) {
        const Value* const given = params.find(name);
        const Value& base = given != nullptr ? *given : property["default"];
        if (base.isUndefined()) continue;
        Value nested = withDefaults(property, base);
        if (given != nullptr && nested.sameIdentity(*given)) continue;
        filled.set(name, std::move(nested));
        changed = true;
    }
    return changed ? std::move(filled).build() : params;
}

void collectParamExpressions(const Value& params, const std::string& pointer, std::vector<ParamExpression>& found) {
    if (isExpressionObject(params)) {
        found.push_back({pointer, std::string(params[kExpressionMember].asString())});
        return;
    }
    for (const auto& [name, value] : params.members()) {
        if (value.isObject() || value.isArray()) collectParamExpressions(value, childPointer(pointer, name), found);
    }
    const auto items = params.items();
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (items[i].isObject() || items[i].isArray()) {
            collectParamExpressions(items[i], childPointer(pointer, i), found);
        }
    }
}

void collectExpressionTexts(const Value& schema, const Value& params, const std::string& pointer,
                            std::vector<ParamExpression>& texts, std::vector<std::string>& misplaced) {
    if (schema["x-expression"].asBoolean()) {
        if (isExpressionObject(params)) {
            misplaced.push_back(pointer);
        } else if (params.isString()) {
            texts.push_back({pointer, std::string(params.asString())});
        }
        return;
    }
    if (isExpressionObject(params)) return;
    const Value& properties = schema["properties"];
    const Value& others = schema["additionalProperties"];
    for (const auto& [name, value] : params.members()) {
        const Value* const property = properties.find(name);
        const Value& member = property != nullptr ? *property : others;
        if (member.isObject()) {
            collectExpressionTexts(member, value, childPointer(pointer, name), texts, misplaced);
        }
    }
    const Value& itemSchema = schema["items"];
    if (!itemSchema.isObject()) return;
    const auto items = params.items();
    for (std::size_t i = 0; i < items.size(); ++i) {
        collectExpressionTexts(itemSchema, items[i], childPointer(pointer, i), texts, misplaced);
    }
}

}  // namespace signalbox::engine
