// A form made from a JSON Schema, about one object of the document.
#pragma once

#include <QWidget>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "ui/panels/inspector_field.h"

class QVBoxLayout;

namespace signalbox {
class JsonSchema;
}

namespace signalbox::ui {

/// Tells every edit with the pointer from the object; shows the object again when told (after undo, too). Checks by the
/// schema as one types; what the gateway finds at the same place replaces that. Members that the schema does not know
/// are listed and can be removed.
class InspectorForm : public QWidget {
    Q_OBJECT
public:
    /// `name` goes into the object names of the fields: "<name>.url".
    explicit InspectorForm(const QString& name, QWidget* parent = nullptr);
    ~InspectorForm() override;

    struct Options {
        bool computable = false;    ///< fields may hold {"$expr": ...}
        bool listsUnknown = false;  ///< members that the schema does not have
        InspectorHelpers helpers;
    };
    /// Makes the fields, unless the schema is the one that is shown.
    void setSchema(const Value& schema, const Options& options);
    void showObject(const Value& object);
    void setReadOnly(bool readOnly);
    /// By pointer from the object. What belongs to no field is shown above them.
    void setMessages(const std::map<std::string, FieldMessage>& messages);
    /// The field at a pointer, or the one that has it inside. False: there is none.
    bool focusPlace(const std::string& pointer);
    /// The field that has the keyboard; null when none has.
    [[nodiscard]] InspectorField* focusedField() const;
    [[nodiscard]] bool isEmpty() const { return fields_.empty(); }

Q_SIGNALS:
    void edited(const QString& pointer, const signalbox::Value& value, const QString& title);
    void left();

private:
    void clear();
    void addFields(const std::vector<FieldSpec>& specs, QVBoxLayout& column);
    void addGroup(const FieldSpec& spec, QVBoxLayout& column);
    void addField(const FieldSpec& spec, QVBoxLayout& column);
    void showUnknown();
    [[nodiscard]] InspectorField* fieldAt(const std::string& pointer) const;
    void showMessages();
    [[nodiscard]] std::map<std::string, FieldMessage> localMessages() const;

    QString name_;
    Options options_;
    Value schema_ = Value::undefined();
    Value object_ = Value::object();
    std::unique_ptr<JsonSchema> check_;
    std::vector<InspectorField*> fields_;
    std::map<std::string, FieldMessage> messages_;
    QVBoxLayout* column_;
    QWidget* body_ = nullptr;
    QWidget* unknown_ = nullptr;
    Value unknownShown_ = Value::undefined();
    class ThemedLabel* general_;
    bool readOnly_ = false;
};

}  // namespace signalbox::ui
