#include <QKeyEvent>
#include <QScrollBar>
#include <QSignalBlocker>
#include <QTextBlock>
#include <QVBoxLayout>
#include <QWheelEvent>
#include <algorithm>

#include "base/json.h"
#include "ui/panels/inspector_editors.h"
#include "ui/text/format.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

namespace {

constexpr int kIndent = 4;

void place(QWidget& owner, QWidget& content) {
    auto* column = new QVBoxLayout(&owner);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(&content);
}

/// Another text, with the cursor where it was as far as there is such a place.
void replaceText(TextBox& box, const QString& text) {
    if (box.toPlainText() == text) return;
    const QSignalBlocker quiet(&box);
    const int at = box.textCursor().position();
    box.setPlainText(text);
    auto cursor = box.textCursor();
    cursor.setPosition(std::min(at, static_cast<int>(text.size())));
    box.setTextCursor(cursor);
    box.updateGeometry();
}

}  // namespace

TextBox::TextBox(bool code, QWidget* parent) : QPlainTextEdit(parent), code_(code) {
    setTabChangesFocus(true);
    setUndoRedoEnabled(false);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    if (code) {
        setFont(Theme::current().monospaceFont());
        setLineWrapMode(QPlainTextEdit::NoWrap);
        setTabStopDistance(kIndent * fontMetrics().horizontalAdvance(QLatin1Char(' ')));
    }
    leaveUndoToDocument(*this);
    connect(this, &QPlainTextEdit::textChanged, this, &QWidget::updateGeometry);
}

void TextBox::setLineLimits(int least, int most) {
    least_ = least;
    most_ = most;
    updateGeometry();
}

QSize TextBox::sizeHint() const {
    const int lines = std::clamp(document()->blockCount(), least_, most_);
    const auto margins = contentsMargins();
    const int frame =
        2 * frameWidth() + static_cast<int>(2 * document()->documentMargin()) + margins.top() + margins.bottom();
    const bool wide = horizontalScrollBar()->maximum() > 0;
    return {fontMetrics().averageCharWidth() * 20,
            lines * fontMetrics().lineSpacing() + frame + (wide ? horizontalScrollBar()->sizeHint().height() : 0)};
}

// Ctrl+] and Ctrl+[ indent lines: Tab leaves the box.
void TextBox::indent(bool more) {
    auto cursor = textCursor();
    auto block = document()->findBlock(cursor.selectionStart());
    const int end = cursor.selectionEnd();
    for (; block.isValid() && block.position() <= end; block = block.next()) {
        QTextCursor line(block);
        if (more) {
            line.insertText(QString(kIndent, QLatin1Char(' ')));
            continue;
        }
        for (int i = 0; i < kIndent && block.text().startsWith(QLatin1Char(' ')); ++i) line.deleteChar();
    }
}

void TextBox::keyPressEvent(QKeyEvent* event) {
    const bool control = event->modifiers() == Qt::ControlModifier;
    if (!isReadOnly() && control && (event->key() == Qt::Key_BracketRight || event->key() == Qt::Key_BracketLeft)) {
        indent(event->key() == Qt::Key_BracketRight);
        return;
    }
    if (!isReadOnly() && code_ && event->key() == Qt::Key_Return && event->modifiers() == Qt::NoModifier) {
        const auto line = textCursor().block().text();
        const auto text = std::find_if(line.begin(), line.end(), [](QChar c) { return c != QLatin1Char(' '); });
        insertPlainText(QLatin1Char('\n') + line.left(text - line.begin()));
        return;
    }
    QPlainTextEdit::keyPressEvent(event);
}

// The form scrolls until somebody is in the box.
void TextBox::wheelEvent(QWheelEvent* event) {
    if (hasFocus()) {
        QPlainTextEdit::wheelEvent(event);
    } else {
        event->ignore();
    }
}

LongTextEditor::LongTextEditor(const FieldSpec& spec, const QString& path, QWidget* parent)
    : FieldEditor(spec, parent), box_(new TextBox(spec.kind == FieldKind::Code)) {
    box_->setObjectName(path);
    box_->setAccessibleName(spec.title);
    box_->setAccessibleDescription(spec.help);
    if (spec.kind == FieldKind::Code) box_->setLineLimits(5, 24);
    box_->setPlaceholderText(spec.kind == FieldKind::TextList ? tr("One a line") : spec.example);
    place(*this, *box_);
    connect(box_, &QPlainTextEdit::textChanged, this, [this] { Q_EMIT edited(valueOf(box_->toPlainText())); });
}

// One item a line, unless there is something in the list that a line cannot say.
QString LongTextEditor::textOf(const Value& value) const {
    if (spec_.kind != FieldKind::TextList || !value.isArray()) return fieldText(value);
    QStringList lines;
    for (const auto& item : value.items()) {
        const auto text = fieldText(item);
        const bool plain = item.isString() || item.isNumber();
        if (!plain || text.contains(QLatin1Char('\n'))) return toQString(writeJson(value));
        lines << text;
    }
    return lines.join(QLatin1Char('\n'));
}

Value LongTextEditor::valueOf(const QString& text) const {
    if (spec_.kind != FieldKind::TextList) return fieldValue(text, spec_);
    if (text.isEmpty()) return Value::undefined();
    if (text.startsWith(QLatin1Char('['))) {
        if (auto parsed = parseJson(text.toStdString()); parsed && parsed->isArray()) return *parsed;
    }
    const bool numbers = spec_.schema["items"]["type"].asString() != "string";
    ArrayBuilder items;
    const auto lines = text.split(QLatin1Char('\n'));
    for (const auto& line : lines) {
        // The line that is being begun is no item yet.
        if (line.isEmpty() && &line == &lines.back()) continue;
        const auto parsed = numbers ? parseJson(line.toStdString()) : Result<Value>(Value(line.toStdString()));
        items.push(parsed && parsed->isNumber() ? *parsed : Value(line.toStdString()));
    }
    return std::move(items).build();
}

void LongTextEditor::showValue(const Value& value) {
    if (valueOf(box_->toPlainText()) == value) return;
    replaceText(*box_, textOf(value));
}

JsonEditor::JsonEditor(const FieldSpec& spec, const QString& path, QWidget* parent)
    : FieldEditor(spec, parent), box_(new TextBox(true)) {
    box_->setObjectName(path);
    box_->setAccessibleName(spec.title);
    box_->setAccessibleDescription(spec.help);
    const auto usual = spec.defaultValue.isDefined() && !spec.defaultValue.isNull() ? spec.defaultValue : Value();
    box_->setPlaceholderText(usual.isNull() ? tr("JSON") : toQString(writeJson(usual)));
    place(*this, *box_);
    connect(box_, &QPlainTextEdit::textChanged, this, &JsonEditor::read);
}

void JsonEditor::read() {
    const auto text = box_->toPlainText();
    if (text.trimmed().isEmpty()) {
        unreadable_ = false;
        Q_EMIT unreadable({});
        Q_EMIT edited(Value::undefined());
        return;
    }
    auto parsed = parseJson(text.toStdString());
    unreadable_ = !parsed;
    if (parsed) {
        Q_EMIT unreadable({});
        Q_EMIT edited(*parsed);
    } else {
        Q_EMIT unreadable(tr("No JSON yet, and not taken over: %1 (%2)")
                              .arg(toQString(parsed.error().message), toQString(parsed.error().where)));
    }
}

void JsonEditor::showValue(const Value& value) {
    const auto shown = parseJson(box_->toPlainText().toStdString());
    if (shown && *shown == value) return;
    // What is being typed stays, unless the document has changed under it.
    if (unreadable_ && box_->hasFocus()) return;
    unreadable_ = false;
    Q_EMIT unreadable({});
    replaceText(*box_, value.isUndefined() ? QString() : toQString(writeJson(value, JsonStyle::Pretty)));
}

}  // namespace signalbox::ui
