#include <QDir>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QToolButton>

#include "ui/panels/inspector_editors.h"
#include "ui/text/format.h"
#include "ui/widgets/icon_set.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

namespace {

QString placeholderOf(const FieldSpec& spec) {
    if (spec.defaultValue.isDefined() && !spec.defaultValue.isNull() && !fieldText(spec.defaultValue).isEmpty()) {
        return fieldText(spec.defaultValue);
    }
    if (!spec.example.isEmpty()) return LineEditor::tr("such as %1").arg(spec.example);
    return {};
}

/// Durations carry their unit in the text.
bool showsUnit(const FieldSpec& spec) { return !spec.unit.isEmpty() && spec.unit != QLatin1String("duration"); }

}  // namespace

LineEditor::LineEditor(const FieldSpec& spec, const QString& path, const InspectorHelpers& helpers, QWidget* parent)
    : FieldEditor(spec, parent), line_(new QLineEdit) {
    line_->setObjectName(path);
    line_->setAccessibleName(spec.title);
    line_->setAccessibleDescription(spec.help);
    line_->setPlaceholderText(placeholderOf(spec));
    if (spec.kind == FieldKind::Secret) line_->setEchoMode(QLineEdit::PasswordEchoOnEdit);
    leaveUndoToDocument(*line_);
    line_->installEventFilter(this);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(Theme::current().unit());
    row->addWidget(line_, 1);
    if (showsUnit(spec)) {
        auto* unit = new ThemedLabel(ColourRole::Muted);
        unit->setWordWrap(false);
        unit->setText(spec.unit);
        row->addWidget(unit);
    }
    if (spec.kind == FieldKind::File) addBrowse(path, helpers);
    connect(line_, &QLineEdit::textEdited, this,
            [this](const QString& text) { Q_EMIT edited(fieldValue(text, spec_)); });
}

void LineEditor::addBrowse(const QString& path, const InspectorHelpers& helpers) {
    const auto folder = helpers.workspaceFolder ? helpers.workspaceFolder() : QString();
    // The files of another machine cannot be looked through from here.
    if (folder.isEmpty() || !QDir(folder).exists()) return;
    browse_ = new QToolButton;
    browse_->setObjectName(path + QStringLiteral(".browse"));
    browse_->setIcon(themedIcon(QStringLiteral("folder"), ColourRole::Muted));
    browse_->setAutoRaise(true);
    browse_->setToolTip(tr("Choose a file"));
    browse_->setAccessibleName(tr("Choose a file for %1").arg(spec_.title));
    browse_->setFocusPolicy(Qt::TabFocus);
    connect(browse_, &QToolButton::clicked, this, [this, folder] { browse(folder); });
    layout()->addWidget(browse_);
}

void LineEditor::browse(const QString& folder) {
    auto* dialog = new QFileDialog(this, spec_.title, folder);
    dialog->setObjectName(QStringLiteral("fileDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    // A file to be written need not be there.
    dialog->setFileMode(QFileDialog::AnyFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this, folder](const QString& file) {
        const auto inside = QDir(folder).relativeFilePath(file);
        const auto text = inside.startsWith(QLatin1String("..")) ? file : inside;
        line_->setText(text);
        Q_EMIT edited(fieldValue(text, spec_));
    });
    dialog->open();
}

void LineEditor::showValue(const Value& value) {
    const auto text = fieldText(value);
    if (line_->text() == text || fieldValue(line_->text(), spec_) == value) return;
    const int cursor = line_->cursorPosition();
    line_->setText(text);
    line_->setCursorPosition(std::min(cursor, static_cast<int>(text.size())));
    if (!line_->hasFocus()) line_->setCursorPosition(0);
}

void LineEditor::setReadOnly(bool readOnly) {
    line_->setReadOnly(readOnly);
    if (browse_) browse_->setEnabled(!readOnly);
}

void LineEditor::step(std::int64_t by) {
    const auto shown = line_->text().isEmpty() ? spec_.defaultValue : fieldValue(line_->text(), spec_);
    if (!shown.isInteger()) return;
    auto next = shown.asInteger() + by;
    if (spec_.schema["minimum"].isNumber()) next = std::max(next, spec_.schema["minimum"].asInteger());
    if (spec_.schema["maximum"].isNumber()) next = std::min(next, spec_.schema["maximum"].asInteger());
    if (next == shown.asInteger()) return;
    line_->setText(QString::number(next));
    Q_EMIT edited(Value(next));
}

bool LineEditor::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::KeyPress && spec_.kind == FieldKind::Integer && !line_->isReadOnly()) {
        const auto key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Up || key == Qt::Key_Down) {
            step(key == Qt::Key_Up ? 1 : -1);
            return true;
        }
    }
    return FieldEditor::eventFilter(watched, event);
}

}  // namespace signalbox::ui
