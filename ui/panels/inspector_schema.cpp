#include "ui/panels/inspector_schema.h"

#include <algorithm>

#include "base/json.h"
#include "ui/document/json_edit.h"
#include "ui/text/format.h"

namespace signalbox::ui {

namespace {

bool isType(const Value& schema, std::string_view name) { return schema["type"].asString() == name; }

FieldKind kindOfArray(const Value& schema) {
    const auto& items = schema["items"];
    if (isType(items, "object") && !items["properties"].empty()) return FieldKind::Table;
    const bool scalar = isType(items, "string") || isType(items, "integer") || isType(items, "number");
    return scalar ? FieldKind::TextList : FieldKind::Json;
}

FieldKind kindOfText(const Value& schema) {
    if (schema["x-language"].isString()) return FieldKind::Code;
    if (schema["x-multiline"].asBoolean()) return FieldKind::Multiline;
    if (schema["x-format"].asString() == "file") return FieldKind::File;
    return FieldKind::Text;
}

FieldKind kindOf(const Value& schema) {
    if (schema["x-secret"].asBoolean()) return FieldKind::Secret;
    if (schema["x-expression"].asBoolean()) return FieldKind::Expression;
    if (schema["enum"].isArray()) return FieldKind::Choice;
    if (isType(schema, "string")) return kindOfText(schema);
    if (isType(schema, "integer")) return FieldKind::Integer;
    if (isType(schema, "number")) return FieldKind::Number;
    if (isType(schema, "boolean")) return FieldKind::Boolean;
    if (isType(schema, "array")) return kindOfArray(schema);
    if (isType(schema, "object") && !schema["properties"].empty()) return FieldKind::Group;
    return FieldKind::Json;
}

QString exampleOf(const Value& schema) {
    const auto& example = schema["examples"].at(0);
    if (example.isString()) return toQString(example.asString());
    return example.isUndefined() ? QString() : toQString(writeJson(example));
}

/// "maxAttempts" as "Max attempts", for schemas that give no title.
QString titleFrom(const std::string& name) {
    QString title;
    for (const auto c : toQString(name)) {
        if (c.isUpper() && !title.isEmpty()) title += QLatin1Char(' ');
        title += title.isEmpty() ? c.toUpper() : c.toLower();
    }
    return title;
}

FieldSpec fieldOf(const std::string& name, const Value& schema, bool required, const std::string& parent) {
    FieldSpec field;
    field.kind = kindOf(schema);
    field.name = name;
    field.pointer = childPointer(parent, name);
    field.title = schema["title"].isString() ? toQString(schema["title"].asString()) : titleFrom(name);
    field.help = toQString(schema["description"].asString());
    field.unit = toQString(schema["x-unit"].asString());
    field.language = toQString(schema["x-language"].asString());
    field.example = exampleOf(schema);
    field.required = required;
    field.multiline = schema["x-multiline"].asBoolean();
    field.schema = schema;
    field.defaultValue = schema["default"];
    if (field.kind == FieldKind::Group) field.members = fieldsOf(schema, field.pointer);
    if (field.kind == FieldKind::Table) field.members = fieldsOf(schema["items"]);
    return field;
}

}  // namespace

std::vector<FieldSpec> fieldsOf(const Value& objectSchema, const std::string& parent) {
    const auto required = objectSchema["required"].items();
    std::vector<FieldSpec> fields;
    for (const auto& [name, schema] : objectSchema["properties"].members()) {
        const bool needed =
            std::any_of(required.begin(), required.end(), [&](const Value& each) { return each.asString() == name; });
        fields.push_back(fieldOf(name, schema, needed, parent));
    }
    return fields;
}

QString choiceTitle(const Value& schema, std::size_t index) {
    const auto& title = schema["x-enumTitles"].at(index);
    if (title.isString()) return toQString(title.asString());
    const auto& value = schema["enum"].at(index);
    return toQString(value.isString() ? std::string(value.asString()) : writeJson(value));
}

bool isComputed(const Value& value) { return value.isObject() && value.size() == 1 && value["$expr"].isString(); }

}  // namespace signalbox::ui
