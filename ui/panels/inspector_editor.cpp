#include "ui/panels/inspector_editor.h"

#include <QKeyEvent>
#include <QStyle>

#include "base/json.h"
#include "ui/panels/inspector_editors.h"
#include "ui/text/format.h"

namespace signalbox::ui {

namespace {

/// Lets the window's shortcuts for undo and redo through to the window.
class UndoFilter : public QObject {
public:
    using QObject::QObject;
    bool eventFilter(QObject* watched, QEvent* event) override {
        if (event->type() == QEvent::ShortcutOverride) {
            auto* key = static_cast<QKeyEvent*>(event);
            if (key->matches(QKeySequence::Undo) || key->matches(QKeySequence::Redo)) {
                event->ignore();
                return true;
            }
        }
        return QObject::eventFilter(watched, event);
    }
};

Value numberOf(const QString& text, bool whole) {
    const auto trimmed = text.trimmed();
    const auto parsed = parseJson(trimmed.toStdString());
    const bool fits = parsed && (whole ? parsed->isInteger() : parsed->isNumber());
    return fits ? *parsed : Value(text.toStdString());
}

}  // namespace

void FieldEditor::setInvalid(bool invalid) {
    auto& target = stop();
    if (target.property("invalid").toBool() == invalid) return;
    target.setProperty("invalid", invalid);
    target.update();
}

void leaveUndoToDocument(QWidget& editor) { editor.installEventFilter(new UndoFilter(&editor)); }

QString fieldText(const Value& value) {
    if (value.isUndefined()) return {};
    if (value.isString()) return toQString(value.asString());
    return toQString(writeJson(value));
}

Value fieldValue(const QString& text, const FieldSpec& spec) {
    if (text.isEmpty()) {
        // An empty text is a value only where it differs from what counts without one and is allowed.
        const bool means =
            spec.schema["minLength"].asInteger() == 0 && spec.defaultValue.isString() && !spec.defaultValue.empty();
        const bool isText = spec.kind != FieldKind::Integer && spec.kind != FieldKind::Number;
        return isText && means ? Value("") : Value::undefined();
    }
    if (spec.kind == FieldKind::Integer) return numberOf(text, true);
    if (spec.kind == FieldKind::Number) return numberOf(text, false);
    return Value(text.toStdString());
}

FieldEditor* makeFieldEditor(const FieldSpec& spec, const QString& path, const InspectorHelpers& helpers,
                             QWidget* parent) {
    switch (spec.kind) {
        case FieldKind::Boolean:
            return new BooleanEditor(spec, path, parent);
        case FieldKind::Choice:
            return new ChoiceEditor(spec, path, parent);
        case FieldKind::TextList:
        case FieldKind::Multiline:
        case FieldKind::Code:
            return new LongTextEditor(spec, path, parent);
        case FieldKind::Json:
        case FieldKind::Group:
            return new JsonEditor(spec, path, parent);
        case FieldKind::Table:
            return new TableEditor(spec, path, parent);
        case FieldKind::Expression:
            return new ExpressionEditorField(spec, path, helpers, parent);
        case FieldKind::Text:
        case FieldKind::Integer:
        case FieldKind::Number:
        case FieldKind::File:
        case FieldKind::Secret:
            break;
    }
    return new LineEditor(spec, path, helpers, parent);
}

}  // namespace signalbox::ui
