#include "ui/panels/inspector_form.h"

#include <QApplication>
#include <QFrame>
#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

#include "base/json.h"
#include "base/json_schema.h"
#include "ui/document/json_edit.h"
#include "ui/text/format.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

namespace {

bool hasComputed(const Value& root, std::string_view pointer) {
    for (auto at = pointer;; at = parentPointer(at)) {
        if (isComputed(resolvePointer(root, at))) return true;
        if (at.empty()) return false;
    }
}

}  // namespace

InspectorForm::InspectorForm(const QString& name, QWidget* parent)
    : QWidget(parent),
      name_(name),
      column_(new QVBoxLayout(this)),
      general_(new ThemedLabel(ColourRole::Error, ThemedLabel::Kind::Caption)) {
    const int unit = Theme::current().unit();
    column_->setContentsMargins(0, 0, 0, 0);
    column_->setSpacing(unit * 2);
    general_->setObjectName(name + QStringLiteral(".message"));
    general_->hide();
    column_->addWidget(general_);
}

InspectorForm::~InspectorForm() = default;

void InspectorForm::clear() {
    fields_.clear();
    delete std::exchange(body_, nullptr);
    delete std::exchange(unknown_, nullptr);
    unknownShown_ = Value::undefined();
}

void InspectorForm::setSchema(const Value& schema, const Options& options) {
    options_ = options;
    if (schema.sameIdentity(schema_) && body_) return;
    schema_ = schema;
    clear();
    auto compiled = JsonSchema::compile(schema);
    check_ = compiled ? std::make_unique<JsonSchema>(*std::move(compiled)) : nullptr;
    body_ = new QWidget;
    auto* column = new QVBoxLayout(body_);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Theme::current().unit() * 2);
    addFields(fieldsOf(schema), *column);
    column_->addWidget(body_);
    // At once: a layout would show it only with the next turn of the event loop.
    body_->show();
}

void InspectorForm::addFields(const std::vector<FieldSpec>& specs, QVBoxLayout& column) {
    for (const auto& spec : specs) {
        if (spec.kind == FieldKind::Group) {
            addGroup(spec, column);
        } else {
            addField(spec, column);
        }
    }
}

void InspectorForm::addGroup(const FieldSpec& spec, QVBoxLayout& column) {
    const int unit = Theme::current().unit();
    auto* title = new ThemedLabel(ColourRole::Muted, ThemedLabel::Kind::Strong);
    title->setText(spec.title);
    title->setToolTip(spec.help);
    auto* box = new QWidget;
    auto* inner = new QVBoxLayout(box);
    inner->setContentsMargins(unit * 3 / 2, 0, 0, 0);
    inner->setSpacing(unit * 3 / 2);
    column.addWidget(title);
    column.addWidget(box);
    addFields(spec.members, *inner);
}

void InspectorForm::addField(const FieldSpec& spec, QVBoxLayout& column) {
    auto path = name_ + toQString(spec.pointer);
    path.replace(QLatin1Char('/'), QLatin1Char('.'));
    auto* field = new InspectorField(spec, path, options_.helpers, options_.computable);
    column.addWidget(field);
    fields_.push_back(field);
    connect(field, &InspectorField::left, this, &InspectorForm::left);
    connect(field, &InspectorField::edited, this, [this, field](const Value& value) {
        const auto& pointer = field->spec().pointer;
        auto change = value.isUndefined() ? unsetting(object_, pointer, {}) : setting(object_, pointer, value);
        if (auto made = applied(object_, change)) object_ = std::move(*made);
        showMessages();
        Q_EMIT edited(toQString(pointer), value, field->spec().title);
    });
    field->setReadOnly(readOnly_);
}

void InspectorForm::showObject(const Value& object) {
    object_ = object.isObject() ? object : Value::object();
    for (auto* field : fields_) field->showValue(resolvePointer(object_, field->spec().pointer));
    showUnknown();
    showMessages();
}

void InspectorForm::showUnknown() {
    ObjectBuilder others;
    for (const auto& [name, value] : object_.members()) {
        if (options_.listsUnknown && !schema_["properties"].find(name)) others.set(name, value);
    }
    const auto unknown = std::move(others).build();
    if (unknown == unknownShown_) return;
    unknownShown_ = unknown;
    delete std::exchange(unknown_, nullptr);
    if (unknown.empty()) return;
    const int unit = Theme::current().unit();
    unknown_ = new QWidget;
    auto* column = new QVBoxLayout(unknown_);
    column->setContentsMargins(0, 0, 0, 0);
    auto* title = new ThemedLabel(ColourRole::Warn, ThemedLabel::Kind::Strong);
    title->setText(tr("Not known to this type of node"));
    column->addWidget(title);
    for (const auto& member : unknown.members()) {
        auto* row = new QHBoxLayout;
        auto* text = new ThemedLabel(ColourRole::Text, ThemedLabel::Kind::Code);
        text->setElided(true);
        text->setText(QStringLiteral("%1: %2").arg(toQString(member.first), summariseValue(member.second)));
        auto* remove = new QPushButton(tr("Remove"));
        remove->setObjectName(name_ + QStringLiteral(".unknown.") + toQString(member.first));
        remove->setAccessibleName(tr("Remove %1").arg(toQString(member.first)));
        remove->setEnabled(!readOnly_);
        connect(
            remove, &QPushButton::clicked, this,
            [this, name = member.first] {
                Q_EMIT edited(toQString(childPointer({}, name)), Value::undefined(), toQString(name));
            },
            Qt::QueuedConnection);
        row->addWidget(text, 1);
        row->addWidget(remove);
        row->setSpacing(unit);
        column->addLayout(row);
    }
    column_->addWidget(unknown_);
    unknown_->show();
}

void InspectorForm::setReadOnly(bool readOnly) {
    readOnly_ = readOnly;
    for (auto* field : fields_) field->setReadOnly(readOnly);
    if (!unknown_) return;
    for (auto* button : unknown_->findChildren<QPushButton*>()) button->setEnabled(!readOnly);
}

void InspectorForm::setMessages(const std::map<std::string, FieldMessage>& messages) {
    messages_ = messages;
    showMessages();
}

std::map<std::string, FieldMessage> InspectorForm::localMessages() const {
    std::map<std::string, FieldMessage> found;
    if (!check_) return found;
    for (const auto& violation : check_->validate(object_)) {
        if (hasComputed(object_, violation.pointer)) continue;
        const bool unknownMember = !fieldAt(violation.pointer);
        if (unknownMember) continue;
        found.emplace(violation.pointer, FieldMessage{tr("This %1.").arg(toQString(violation.message)), {}, true});
    }
    return found;
}

// A field shows the first of what is said about it; what the gateway says counts more.
void InspectorForm::showMessages() {
    std::map<InspectorField*, FieldMessage> byField;
    QStringList general;
    bool errors = false;
    for (const auto& [pointer, message] : messages_) {
        if (auto* field = fieldAt(pointer)) {
            byField.emplace(field, message);
        } else {
            general << message.text;
            errors = errors || message.error;
        }
    }
    for (const auto& [pointer, message] : localMessages()) byField.emplace(fieldAt(pointer), message);
    for (auto* field : fields_) {
        const auto found = byField.find(field);
        field->setMessage(found == byField.end() ? FieldMessage() : found->second);
    }
    general_->setRole(errors ? ColourRole::Error : ColourRole::Warn);
    general_->setText(general.join(QLatin1Char('\n')));
    general_->setVisible(!general.isEmpty());
}

InspectorField* InspectorForm::fieldAt(const std::string& pointer) const {
    for (auto* field : fields_) {
        if (isWithin(pointer, field->spec().pointer)) return field;
    }
    return nullptr;
}

bool InspectorForm::focusPlace(const std::string& pointer) {
    auto* field = fieldAt(pointer);
    if (!field) {
        // A place around fields: the first inside it.
        const auto inside = std::find_if(fields_.begin(), fields_.end(),
                                         [&](auto* each) { return isWithin(each->spec().pointer, pointer); });
        if (inside == fields_.end() || pointer.empty()) return false;
        field = *inside;
    }
    field->focusEditor();
    return true;
}

InspectorField* InspectorForm::focusedField() const {
    const auto* focused = QApplication::focusWidget();
    for (auto* field : fields_) {
        if (focused && field->isAncestorOf(focused)) return field;
    }
    return nullptr;
}

}  // namespace signalbox::ui
