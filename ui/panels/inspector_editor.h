// The editors of the inspector's fields: one interface, one class a way to edit.
#pragma once

#include <QWidget>
#include <functional>

#include "ui/panels/inspector_schema.h"

namespace signalbox::ui {

class ExpressionField;

/// What expressions are tried on; null members: nothing to try them on.
struct InspectorHelpers {
    std::function<void(ExpressionField& field, const FieldSpec& spec)> prepareExpression;
    std::function<QString()> workspaceFolder;  ///< where relative paths begin; empty when that is not on this machine
};

/// Edits one value. What cannot be read as the type that is asked for becomes text in the document, where validation
/// says so: nothing that was typed is lost. Only JSON that does not parse stays in the editor, with a message.
class FieldEditor : public QWidget {
    Q_OBJECT
public:
    FieldEditor(const FieldSpec& spec, QWidget* parent) : QWidget(parent), spec_(spec) {}
    /// Undefined: not set, the default counts. Tells no edited(); a text that already says this stays untouched.
    virtual void showValue(const Value& value) = 0;
    virtual void setReadOnly(bool readOnly) = 0;
    virtual void setInvalid(bool invalid);
    [[nodiscard]] virtual QWidget& stop() = 0;  ///< takes the focus
    [[nodiscard]] const FieldSpec& spec() const { return spec_; }

Q_SIGNALS:
    void edited(const signalbox::Value& value);  ///< Undefined: not set any more
    void unreadable(const QString& message);     ///< what is typed is no value; empty: it is one again

protected:
    FieldSpec spec_;
};

/// `path` goes into the object names: "field.params.url".
[[nodiscard]] FieldEditor* makeFieldEditor(const FieldSpec& spec, const QString& path, const InspectorHelpers& helpers,
                                           QWidget* parent);

/// Ctrl+Z in an editor is the document's, not the editor's own.
void leaveUndoToDocument(QWidget& editor);

/// The text for a value where text is typed: strings as they are, all else as JSON; empty when it is undefined.
[[nodiscard]] QString fieldText(const Value& value);
/// The value that a text stands for in a field of that kind; Undefined when nothing is set by it.
[[nodiscard]] Value fieldValue(const QString& text, const FieldSpec& spec);

}  // namespace signalbox::ui
