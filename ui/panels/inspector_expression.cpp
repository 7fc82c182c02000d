#include <QVBoxLayout>

#include "ui/expression/expression_field.h"
#include "ui/panels/inspector_editors.h"
#include "ui/text/format.h"

namespace signalbox::ui {

ExpressionEditorField::ExpressionEditorField(const FieldSpec& spec, const QString& path,
                                             const InspectorHelpers& helpers, QWidget* parent)
    : FieldEditor(spec, parent), field_(new ExpressionField(path, spec.title)) {
    field_->setMode(spec.multiline ? ExpressionField::Mode::MultiLine : ExpressionField::Mode::SingleLine);
    field_->setPreview(ExpressionField::Preview::Line);
    field_->focusStop().setAccessibleDescription(spec.help);
    leaveUndoToDocument(field_->focusStop());
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(field_);
    connect(field_, &ExpressionField::edited, this, [this] { Q_EMIT edited(fieldValue(field_->text(), spec_)); });
    if (helpers.prepareExpression) helpers.prepareExpression(*field_, spec);
}

void ExpressionEditorField::showValue(const Value& value) {
    const auto text = fieldText(value);
    if (field_->text() != text) field_->setText(text);
}

void ExpressionEditorField::setReadOnly(bool readOnly) { field_->setReadOnly(readOnly); }

// The field marks its own errors at the token.
void ExpressionEditorField::setInvalid(bool) {}

QWidget& ExpressionEditorField::stop() { return field_->focusStop(); }

}  // namespace signalbox::ui
