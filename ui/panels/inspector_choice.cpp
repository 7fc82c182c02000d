#include <QEvent>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include "ui/panels/inspector_editors.h"
#include "ui/text/format.h"

namespace signalbox::ui {

namespace {

/// What counts while nothing is set: the default, otherwise the first.
std::size_t usualChoice(const FieldSpec& spec) {
    const auto values = spec.schema["enum"].items();
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (values[i] == spec.defaultValue) return i;
    }
    return values.size();
}

QVBoxLayout* plainColumn(QWidget& widget) {
    auto* column = new QVBoxLayout(&widget);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    return column;
}

}  // namespace

BooleanEditor::BooleanEditor(const FieldSpec& spec, const QString& path, QWidget* parent)
    : FieldEditor(spec, parent), box_(new QCheckBox(spec.title)) {
    box_->setObjectName(path);
    box_->setAccessibleName(spec.title);
    box_->setAccessibleDescription(spec.help);
    plainColumn(*this)->addWidget(box_);
    connect(box_, &QCheckBox::clicked, this, [this](bool on) { Q_EMIT edited(Value(on)); });
}

void BooleanEditor::showValue(const Value& value) {
    const QSignalBlocker quiet(box_);
    const auto& shown = value.isUndefined() ? spec_.defaultValue : value;
    box_->setChecked(shown.asBoolean());
    // What is no yes or no is shown as it is.
    const bool odd = value.isDefined() && !value.isBoolean();
    box_->setText(odd ? QStringLiteral("%1: %2").arg(spec_.title, fieldText(value)) : spec_.title);
}

void BooleanEditor::setReadOnly(bool readOnly) { box_->setEnabled(!readOnly); }

ChoiceEditor::ChoiceEditor(const FieldSpec& spec, const QString& path, QWidget* parent)
    : FieldEditor(spec, parent), box_(new QComboBox) {
    box_->setObjectName(path);
    box_->setAccessibleName(spec.title);
    box_->setAccessibleDescription(spec.help);
    box_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    box_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box_->setMinimumContentsLength(8);
    box_->setFocusPolicy(Qt::StrongFocus);
    box_->installEventFilter(this);
    for (std::size_t i = 0; i < spec.schema["enum"].size(); ++i) box_->addItem(choiceTitle(spec.schema, i));
    plainColumn(*this)->addWidget(box_);
    connect(box_, &QComboBox::activated, this, [this](int index) {
        const auto& values = spec_.schema["enum"];
        if (static_cast<std::size_t>(index) < values.size()) Q_EMIT edited(values.at(static_cast<std::size_t>(index)));
    });
}

void ChoiceEditor::showValue(const Value& value) {
    const QSignalBlocker quiet(box_);
    const auto values = spec_.schema["enum"].items();
    while (box_->count() > static_cast<int>(values.size())) box_->removeItem(box_->count() - 1);
    auto index = usualChoice(spec_);
    if (value.isDefined()) {
        index = static_cast<std::size_t>(std::find(values.begin(), values.end(), value) - values.begin());
    }
    if (index == values.size()) box_->addItem(value.isDefined() ? fieldText(value) : tr("Not set"));
    box_->setCurrentIndex(static_cast<int>(index));
}

void ChoiceEditor::setReadOnly(bool readOnly) { box_->setEnabled(!readOnly); }

// Scrolling the form does not change what the pointer passes over.
bool ChoiceEditor::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Wheel && !box_->hasFocus()) {
        event->ignore();
        return true;
    }
    return FieldEditor::eventFilter(watched, event);
}

}  // namespace signalbox::ui
