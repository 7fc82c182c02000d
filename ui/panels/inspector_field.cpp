#include "ui/panels/inspector_field.h"

#include <QApplication>
#include <QEvent>
#include <QHBoxLayout>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/text/format.h"
#include "ui/widgets/icon_set.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

namespace {

QToolButton* smallButton(const QString& name, const QString& icon, const QString& text) {
    auto* button = new QToolButton;
    button->setObjectName(name);
    button->setIcon(themedIcon(icon, ColourRole::Muted));
    button->setAutoRaise(true);
    button->setToolTip(text);
    button->setAccessibleName(text);
    // Both are actions of the window as well, for the field that has the keyboard.
    button->setFocusPolicy(Qt::NoFocus);
    auto policy = button->sizePolicy();
    policy.setRetainSizeWhenHidden(true);
    button->setSizePolicy(policy);
    return button;
}

Value computedFrom(const Value& value) {
    // An expression that gives what was there.
    return Value::object(
        {{"$expr", value.isUndefined() ? Value("")
                                       : Value(value.isString() ? "\"" + std::string(value.asString()) + "\""
                                                                : fieldText(value).toStdString())}});
}

}  // namespace

InspectorField::InspectorField(const FieldSpec& spec, const QString& path, const InspectorHelpers& helpers,
                               bool computable, QWidget* parent)
    : QWidget(parent),
      spec_(spec),
      path_(path),
      helpers_(helpers),
      computable_(computable && spec.kind != FieldKind::Expression),
      editor_(makeFieldEditor(spec, path, helpers, this)),
      help_(new ThemedLabel(ColourRole::Muted, ThemedLabel::Kind::Caption)),
      problem_(new ThemedLabel(ColourRole::Error, ThemedLabel::Kind::Caption)) {
    const int unit = Theme::current().unit();
    help_->setText(spec.help);
    if (spec.help.isEmpty()) help_->hide();
    problem_->setObjectName(path + QStringLiteral(".message"));
    problem_->hide();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(unit / 2);
    column->addWidget(buildHead(path));
    // A check box has its name beside it and needs no line of its own for that.
    if (spec.kind != FieldKind::Boolean) column->addWidget(editor_);
    column->addWidget(problem_);
    column->addWidget(help_);
    connectEditor(*editor_);
    updateHead();
}

QWidget* InspectorField::buildHead(const QString& path) {
    title_ = new ThemedLabel(ColourRole::Text, ThemedLabel::Kind::Strong);
    title_->setWordWrap(false);
    title_->setText(spec_.title);
    title_->setToolTip(spec_.help);
    title_->setBuddy(&editor_->stop());
    needed_ = new ThemedLabel(ColourRole::Muted, ThemedLabel::Kind::Caption);
    needed_->setWordWrap(false);
    needed_->setText(tr("required"));
    if (!spec_.required) needed_->hide();
    compute_ = smallButton(path + QStringLiteral(".compute"), QStringLiteral("transform"),
                           tr("Compute it with an expression"));
    compute_->setCheckable(true);
    reset_ = smallButton(path + QStringLiteral(".reset"), QStringLiteral("history"), tr("Reset to the default"));
    connect(compute_, &QToolButton::clicked, this, &InspectorField::setComputed);
    connect(reset_, &QToolButton::clicked, this, &InspectorField::reset);
    auto* head = new QWidget;
    auto* row = new QHBoxLayout(head);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(Theme::current().unit() / 2);
    if (spec_.kind == FieldKind::Boolean) row->addWidget(editor_);
    row->addWidget(title_);
    row->addSpacing(Theme::current().unit() / 2);
    row->addWidget(needed_);
    row->addStretch(1);
    row->addWidget(compute_);
    row->addWidget(reset_);
    return head;
}

void InspectorField::connectEditor(FieldEditor& editor) {
    const bool computes = &editor != editor_;
    connect(&editor, &FieldEditor::edited, this, [this, computes](const Value& value) {
        value_ = computes ? Value::object({{"$expr", value.isUndefined() ? Value("") : value}}) : value;
        updateHead();
        Q_EMIT edited(value_);
    });
    connect(&editor, &FieldEditor::unreadable, this, [this](const QString& message) {
        unreadable_ = message;
        showMessage();
    });
    editor.stop().installEventFilter(this);
}

FieldEditor& InspectorField::current() const { return expression_ && isComputed(value_) ? *expression_ : *editor_; }

void InspectorField::makeExpression() {
    if (expression_) return;
    auto spec = spec_;
    spec.kind = FieldKind::Expression;
    spec.defaultValue = Value::undefined();
    expression_ = makeFieldEditor(spec, path_ + QStringLiteral(".expression"), helpers_, this);
    static_cast<QVBoxLayout*>(layout())->insertWidget(1, expression_);
    expression_->setReadOnly(readOnly_);
    connectEditor(*expression_);
}

void InspectorField::showValue(const Value& value) {
    value_ = value;
    const bool computes = isComputed(value);
    if (computes) {
        makeExpression();
        expression_->showValue(value["$expr"]);
    } else {
        editor_->showValue(value);
    }
    if (expression_) expression_->setVisible(computes);
    editor_->setVisible(!computes);
    updateHead();
}

void InspectorField::setComputed(bool computed) {
    if (readOnly_ || !computable_ || computed == isComputed(value_)) return updateHead();
    const auto value = computed ? computedFrom(value_) : Value::undefined();
    showValue(value);
    Q_EMIT edited(value);
    focusEditor();
}

void InspectorField::reset() {
    if (readOnly_ || !isSet()) return;
    showValue(Value::undefined());
    Q_EMIT edited(Value::undefined());
}

void InspectorField::setReadOnly(bool readOnly) {
    readOnly_ = readOnly;
    editor_->setReadOnly(readOnly);
    if (expression_) expression_->setReadOnly(readOnly);
    updateHead();
}

void InspectorField::setMessage(const FieldMessage& message) {
    if (message_ == message) return;
    message_ = message;
    showMessage();
}

void InspectorField::showMessage() {
    const bool typing = !unreadable_.isEmpty();
    auto text = typing ? unreadable_ : message_.text;
    if (!typing && !message_.hint.isEmpty()) text += QLatin1Char('\n') + message_.hint;
    problem_->setRole(typing || message_.error ? ColourRole::Error : ColourRole::Warn);
    problem_->setText(text);
    problem_->setVisible(!text.isEmpty());
    current().setInvalid(!text.isEmpty() && (typing || message_.error));
    current().stop().setAccessibleDescription(text.isEmpty() ? spec_.help : text);
}

void InspectorField::focusEditor() { current().stop().setFocus(Qt::OtherFocusReason); }

void InspectorField::updateHead() {
    compute_->setVisible(computable_);
    compute_->setEnabled(!readOnly_);
    compute_->setChecked(isComputed(value_));
    reset_->setVisible(isSet() && !readOnly_);
    // A check box has its name beside it.
    title_->setVisible(spec_.kind != FieldKind::Boolean || isComputed(value_));
}

bool InspectorField::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::FocusOut) Q_EMIT left();
    return QWidget::eventFilter(watched, event);
}

}  // namespace signalbox::ui
