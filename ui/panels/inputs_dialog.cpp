#include "ui/panels/inputs_dialog.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QStyle>
#include <QVBoxLayout>

#include "base/json.h"
#include "ui/text/format.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

namespace {

bool isText(const std::string& type) { return type == "string"; }
bool isLong(const std::string& type) { return type.starts_with("array") || type == "object" || type == "any"; }

QString editedText(const QWidget* editor) {
    if (const auto* line = qobject_cast<const QLineEdit*>(editor)) return line->text();
    if (const auto* text = qobject_cast<const QPlainTextEdit*>(editor)) return text->toPlainText();
    return {};
}

bool fits(const Value& value, const std::string& type) {
    if (type == "integer") return value.isInteger();
    if (type == "number") return value.isNumber();
    if (type == "boolean") return value.isBoolean();
    if (type == "object") return value.isObject();
    if (type.starts_with("array")) return value.isArray();
    return true;
}

QString expectedText(const std::string& type) {
    if (type == "integer") return InputsDialog::tr("A whole number, such as 12");
    if (type == "number") return InputsDialog::tr("A number, such as 1.5");
    if (type == "object") return InputsDialog::tr("A JSON object, such as {\"key\": 1}");
    if (type.starts_with("array")) return InputsDialog::tr("A JSON array, such as [1, 2]");
    return InputsDialog::tr("A JSON value");
}

}  // namespace

Result<Value> parseInput(const QString& text, const std::string& type) {
    if (isText(type)) return text.isEmpty() ? Value::undefined() : Value(text.toStdString());
    const auto trimmed = text.trimmed();
    if (trimmed.isEmpty()) return Value::undefined();
    auto parsed = parseJson(trimmed.toStdString());
    // What is no JSON is text where any value is welcome.
    if (!parsed && type == "any") return Value(text.toStdString());
    if (!parsed || !fits(*parsed, type)) {
        return fail("input.type", expectedText(type).toStdString(), parsed ? std::string() : parsed.error().where);
    }
    return *parsed;
}

QString inputText(const Value& value, const std::string& type) {
    if (value.isUndefined() || (value.isNull() && type != "null")) return {};
    if (isText(type) && value.isString()) return toQString(value.asString());
    return toQString(writeJson(value, isLong(type) ? JsonStyle::Pretty : JsonStyle::Compact));
}

bool haveDefaults(const std::vector<protocol::WorkflowInput>& inputs) {
    return std::none_of(inputs.begin(), inputs.end(), [](const auto& input) {
        return input.required && (input.defaultValue.isNull() || input.defaultValue.isUndefined());
    });
}

InputsDialog::InputsDialog(const QString& workflow, const std::vector<protocol::WorkflowInput>& inputs, QWidget* parent)
    : QDialog(parent) {
    setObjectName(QStringLiteral("inputsDialog"));
    setWindowTitle(tr("Run %1").arg(workflow));
    const int unit = Theme::current().unit();
    auto* title = new ThemedLabel(ColourRole::Text, ThemedLabel::Kind::Title);
    title->setText(tr("Run %1").arg(workflow));
    auto* page = new QWidget;
    auto* form = new QVBoxLayout(page);
    form->setContentsMargins(0, 0, 0, 0);
    form->setSpacing(unit * 2);
    for (const auto& input : inputs) addField(*form, input);
    form->addStretch(1);
    auto* scroll = new QScrollArea;
    scroll->setWidget(page);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(unit * 3, unit * 3, unit * 3, unit * 3);
    column->setSpacing(unit * 2);
    column->addWidget(title);
    column->addWidget(scroll, 1);
    buildButtons(*column);
    const int wanted = page->sizeHint().height() + unit * 18;
    resize(unit * 60, std::min(wanted, unit * 75));
    if (!fields_.empty()) fields_.front().editor->setFocus();
}

void InputsDialog::buildButtons(QVBoxLayout& column) {
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    run_ = buttons->addButton(tr("&Run"), QDialogButtonBox::AcceptRole);
    run_->setObjectName(QStringLiteral("inputsRun"));
    run_->setAccessibleName(tr("Run"));
    run_->setProperty("primary", true);
    auto* cancel = buttons->button(QDialogButtonBox::Cancel);
    cancel->setObjectName(QStringLiteral("inputsCancel"));
    cancel->setText(tr("&Cancel"));
    cancel->setAccessibleName(tr("Cancel"));
    connect(run_, &QPushButton::clicked, this, &InputsDialog::submit);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    column.addWidget(buttons);
    // Told once the dialog has it: before, Qt would take the first button that Enter could mean, which is Cancel.
    run_->setDefault(true);
}

QWidget* InputsDialog::makeEditor(const protocol::WorkflowInput& input) {
    if (input.type == "boolean") {
        auto* box = new QCheckBox(toQString(input.help.empty() ? input.name : input.help));
        box->setChecked(input.defaultValue.asBoolean());
        return box;
    }
    const auto text = inputText(input.defaultValue, input.type);
    if (isLong(input.type)) {
        auto* edit = new QPlainTextEdit(text);
        edit->setTabChangesFocus(true);
        edit->setFont(Theme::current().monospaceFont());
        edit->setFixedHeight(Theme::current().unit() * 12);
        return edit;
    }
    auto* line = new QLineEdit(text);
    line->setPlaceholderText(isText(input.type) ? QString() : expectedText(input.type));
    return line;
}

void InputsDialog::addField(QVBoxLayout& form, const protocol::WorkflowInput& input) {
    Field field{input, makeEditor(input), new ThemedLabel(ColourRole::Error, ThemedLabel::Kind::Caption)};
    const auto name = toQString(input.name);
    field.editor->setObjectName(QStringLiteral("input.%1").arg(name));
    field.editor->setAccessibleName(name);
    field.editor->setAccessibleDescription(toQString(input.help));
    field.message->setObjectName(QStringLiteral("inputMessage.%1").arg(name));
    field.message->hide();
    auto* label = new ThemedLabel(ColourRole::Text);
    label->setText(input.required ? tr("%1 (required)").arg(name) : name);
    label->setBuddy(field.editor);
    auto* column = new QVBoxLayout;
    column->setSpacing(Theme::current().unit() / 2);
    column->addWidget(label);
    column->addWidget(field.editor);
    if (input.type != "boolean" && !input.help.empty()) {
        auto* help = new ThemedLabel(ColourRole::Muted, ThemedLabel::Kind::Caption);
        help->setText(toQString(input.help));
        column->addWidget(help);
    }
    column->addWidget(field.message);
    form.addLayout(column);
    fields_.push_back(field);
}

void InputsDialog::submit() {
    ObjectBuilder values;
    QWidget* wrong = nullptr;
    for (auto& field : fields_) {
        Result<Value> value = Value::undefined();
        if (const auto* box = qobject_cast<const QCheckBox*>(field.editor)) {
            value = Value(box->isChecked());
        } else {
            value = parseInput(editedText(field.editor), field.input.type);
        }
        QString message;
        if (!value) {
            message = toQString(value.error().message);
            if (!value.error().where.empty()) message += QStringLiteral(" (%1)").arg(toQString(value.error().where));
        } else if (value->isUndefined() && field.input.required) {
            message = tr("A value is needed here");
        }
        field.message->setText(message);
        field.message->setVisible(!message.isEmpty());
        field.editor->setProperty("invalid", !message.isEmpty());
        field.editor->update();
        if (!message.isEmpty()) {
            if (!wrong) wrong = field.editor;
        } else if (value->isDefined()) {
            values.set(field.input.name, *value);
        }
    }
    if (wrong) {
        wrong->setFocus();
        return;
    }
    values_ = std::move(values).build();
    accept();
}

}  // namespace signalbox::ui
