// What a JSON Schema says of its fields, as a form needs it.
#pragma once

#include <QString>
#include <string>
#include <vector>

#include "base/value.h"

namespace signalbox::ui {

/// How a field is edited.
enum class FieldKind : quint8 {
    Text,
    Multiline,
    Integer,
    Number,
    Boolean,
    Choice,
    TextList,  ///< strings or numbers, one a line
    Table,     ///< objects of equal members, one a row
    Json,
    Expression,
    Code,
    File,
    Secret,
    Group,  ///< an object whose members are fields of their own
};

struct FieldSpec {
    FieldKind kind = FieldKind::Text;
    std::string name;
    std::string pointer;  ///< from the object that the form is about: "/auth/type"
    QString title;
    QString help;
    QString unit;
    QString language;
    QString example;
    bool required = false;
    bool multiline = false;
    Value schema;
    Value defaultValue = Value::undefined();
    std::vector<FieldSpec> members;  ///< of a group; columns of a table (pointers from the row)
};

/// The fields of an object's schema, in its order.
[[nodiscard]] std::vector<FieldSpec> fieldsOf(const Value& objectSchema, const std::string& parent = {});

/// What stands for a choice: its title, or the value itself.
[[nodiscard]] QString choiceTitle(const Value& schema, std::size_t index);
/// {"$expr": "..."}: computed when the node starts.
[[nodiscard]] bool isComputed(const Value& value);

}  // namespace signalbox::ui
