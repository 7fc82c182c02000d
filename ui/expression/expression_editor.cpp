#include "ui/expression/expression_editor.h"

#include <QAbstractTextDocumentLayout>
#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QMenu>
#include <QMimeData>
#include <QScrollBar>
#include <QToolTip>

#include "ui/expression/expression_highlighter.h"
#include "ui/expression/function_help.h"
#include "ui/expression/signature_hint.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

namespace {

bool continuesName(const QString& typed) {
    if (typed.size() != 1) return false;
    const auto c = typed[0];
    return c.isLetterOrNumber() || c == QLatin1Char('_') || c == QLatin1Char('.') || c == QLatin1Char('$');
}

bool isEnter(const QKeyEvent& event) { return event.key() == Qt::Key_Return || event.key() == Qt::Key_Enter; }

bool isFormatKey(const QKeyEvent& event) {
    return event.key() == Qt::Key_F && event.modifiers() == (Qt::ControlModifier | Qt::ShiftModifier);
}

bool isCompleteKey(const QKeyEvent& event) {
    return event.key() == Qt::Key_Space && event.modifiers() == Qt::ControlModifier;
}

}  // namespace

ExpressionEditor::ExpressionEditor(const QString& name, const QString& accessibleName, QWidget* parent)
    : QPlainTextEdit(parent),
      popup_(new CompletionPopup(name + QStringLiteral("Completions"), this)),
      hint_(new SignatureHint(name + QStringLiteral("Signature"), this)) {
    setObjectName(name);
    setAccessibleName(accessibleName);
    setTabChangesFocus(true);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    new ExpressionHighlighter(document());
    restyle();
    connect(&Theme::current(), &Theme::changed, this, &ExpressionEditor::restyle);
    connect(this, &QPlainTextEdit::textChanged, this, [this] {
        // Colours count as a change to Qt.
        auto now = toPlainText();
        if (now == code_.text()) return;
        code_ = ExpressionText(now, variables_);
        refreshSelections();
        refreshHint();
        Q_EMIT textEdited();
    });
    connect(this, &QPlainTextEdit::cursorPositionChanged, this, [this] {
        refreshSelections();
        refreshHint();
    });
    connect(document()->documentLayout(), &QAbstractTextDocumentLayout::documentSizeChanged, this,
            &ExpressionEditor::refreshHeight);
    connect(popup_, &CompletionPopup::picked, this, &ExpressionEditor::accept);
}

void ExpressionEditor::setMultiLine(bool multiLine) {
    multiLine_ = multiLine;
    updateGeometry();
}

void ExpressionEditor::setVariableNames(VariableNames names) {
    variables_ = std::move(names);
    code_ = ExpressionText(code_.text(), variables_);
}

void ExpressionEditor::restyle() {
    const auto& theme = Theme::current();
    setFont(theme.monospaceFont());
    const int unit = theme.unit();
    document()->setDocumentMargin(unit / 4.0);
    // One line is as high as any other field.
    const int spare = std::max(
        0, unit * 7 / 2 - fontMetrics().lineSpacing() - qRound(2 * document()->documentMargin()) - 2 * frameWidth());
    setViewportMargins(unit / 2, spare / 2, unit / 2, spare - spare / 2);
    refreshSelections();
    updateGeometry();
}

void ExpressionEditor::refreshHeight() {
    if (lineCount() == shownLines_) return;
    shownLines_ = lineCount();
    const bool scrolls = document()->size().height() > kMostLines;
    setVerticalScrollBarPolicy(scrolls ? Qt::ScrollBarAsNeeded : Qt::ScrollBarAlwaysOff);
    updateGeometry();
}

int ExpressionEditor::lineCount() const {
    return std::clamp(qRound(document()->size().height()), multiLine_ ? 3 : 1, kMostLines);
}

QSize ExpressionEditor::sizeHint() const {
    const auto margins = viewportMargins();
    const int height = fontMetrics().lineSpacing() * lineCount() + qRound(2 * document()->documentMargin()) +
                       2 * frameWidth() + margins.top() + margins.bottom();
    return {Theme::current().unit() * 40, std::max(height, Theme::current().unit() * 7 / 2)};
}

QSize ExpressionEditor::minimumSizeHint() const { return {Theme::current().unit() * 10, sizeHint().height()}; }

void ExpressionEditor::setFindings(std::vector<CodeFinding> findings) {
    findings_ = std::move(findings);
    refreshSelections();
}

void ExpressionEditor::refreshSelections() {
    QList<QTextEdit::ExtraSelection> selections;
    // The caret is told to have moved before the text is told to have changed.
    const int end = document()->characterCount() - 1;
    for (const auto& finding : findings_) {
        QTextEdit::ExtraSelection selection;
        selection.cursor = QTextCursor(document());
        selection.cursor.setPosition(std::min(finding.start, end));
        selection.cursor.setPosition(std::min(finding.start + finding.length, end), QTextCursor::KeepAnchor);
        const auto& theme = Theme::current();
        // Told apart by the shape of the line too.
        selection.format.setUnderlineStyle(finding.error ? QTextCharFormat::WaveUnderline
                                                         : QTextCharFormat::DashUnderline);
        selection.format.setUnderlineColor(theme.colour(finding.error ? ColourRole::Error : ColourRole::Warn));
        selections << selection;
    }
    if (hasFocus()) addBrackets(selections);
    setExtraSelections(selections);
}

void ExpressionEditor::addBrackets(QList<QTextEdit::ExtraSelection>& selections) const {
    const int caret = textCursor().position();
    int place = caret;
    auto other = code_.matchingBracket(place);
    if (!other && caret > 0) other = code_.matchingBracket(place = caret - 1);
    if (!other) return;
    const auto mark = [&](int at, bool matched) {
        QTextEdit::ExtraSelection selection;
        selection.cursor = QTextCursor(document());
        selection.cursor.setPosition(std::min(at, document()->characterCount() - 1));
        selection.cursor.setPosition(std::min(at + 1, document()->characterCount() - 1), QTextCursor::KeepAnchor);
        const auto& theme = Theme::current();
        if (matched) selection.format.setBackground(theme.colour(ColourRole::Selection));
        selection.format.setForeground(theme.colour(matched ? ColourRole::Text : ColourRole::Error));
        selections << selection;
    };
    mark(place, *other >= 0);
    if (*other >= 0) mark(*other, true);
}

bool ExpressionEditor::event(QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride) {
        const auto& key = *static_cast<QKeyEvent*>(event);
        const bool open = takesEscape_ || popup_->isVisible() || hint_->isVisible();
        const bool closes = key.key() == Qt::Key_Escape && open;
        if (closes || isEnter(key) || isFormatKey(key) || isCompleteKey(key)) {
            event->accept();
            return true;
        }
    }
    if (event->type() == QEvent::ToolTip) {
        showTip(static_cast<QHelpEvent*>(event)->pos());
        return true;
    }
    return QPlainTextEdit::event(event);
}

void ExpressionEditor::showTip(const QPoint& place) {
    const int at = cursorForPosition(viewport()->mapFrom(this, place)).position();
    QString tip;
    for (const auto& finding : findings_) {
        if (at >= finding.start && at <= finding.start + finding.length) tip = finding.message;
    }
    const auto token = code_.tokenAt(at);
    if (tip.isEmpty() && token && token->kind == expr::SyntaxKind::Function) {
        if (const auto help = functionHelp(code_.textOf(*token))) {
            tip = help->usage + QLatin1Char('\n') + help->sentence;
        }
    }
    if (tip.isEmpty()) {
        QToolTip::hideText();
    } else {
        QToolTip::showText(mapToGlobal(place), Qt::convertFromPlainText(tip), this);
    }
}

// Qt asks here before it gives Tab to keyPressEvent().
bool ExpressionEditor::focusNextPrevChild(bool next) {
    if (next && popup_->isVisible()) return false;
    return QPlainTextEdit::focusNextPrevChild(next);
}

bool ExpressionEditor::handlePopupKey(QKeyEvent& event) {
    switch (event.key()) {
        case Qt::Key_Up:
            popup_->move(-1);
            return true;
        case Qt::Key_Down:
            popup_->move(1);
            return true;
        case Qt::Key_PageUp:
            popup_->move(-popup_->pageRows());
            return true;
        case Qt::Key_PageDown:
            popup_->move(popup_->pageRows());
            return true;
        case Qt::Key_Tab:
            if (!popup_->current()) popup_->move(1);
            accept();
            return true;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            if (event.modifiers() != Qt::NoModifier && event.modifiers() != Qt::KeypadModifier) return false;
            if (!popup_->current()) return false;
            accept();
            return true;
        default:
            return false;
    }
}

bool ExpressionEditor::handleOwnKey(QKeyEvent& event) {
    if (event.key() == Qt::Key_Escape) {
        if (popup_->isVisible() || hint_->isVisible()) {
            if (hint_->isVisible() && !popup_->isVisible()) dismissed_ = code_.callAt(textCursor().position());
            closeHelpers();
            return true;
        }
        event.setAccepted(takesEscape_);
        if (takesEscape_) Q_EMIT escaped();
        return true;
    }
    if (event.modifiers() == Qt::AltModifier && (event.key() == Qt::Key_Down || event.key() == Qt::Key_Up)) {
        Q_EMIT expandRequested(event.key() == Qt::Key_Down);
        return true;
    }
    if (isCompleteKey(event)) {
        openCompletions(true);
        return true;
    }
    if (isFormatKey(event)) {
        Q_EMIT formatRequested();
        return true;
    }
    if (!isEnter(event)) return false;
    popup_->hide();
    const bool control = event.modifiers() & Qt::ControlModifier;
    const bool line = event.modifiers() & (Qt::ShiftModifier | Qt::AltModifier);
    if (control || (!multiLine_ && !line)) {
        Q_EMIT commitRequested();
    } else if (!isReadOnly()) {
        textCursor().insertText(QStringLiteral("\n"));
        ensureCursorVisible();
    }
    return true;
}

void ExpressionEditor::keyPressEvent(QKeyEvent* event) {
    event->accept();
    if (popup_->isVisible() && handlePopupKey(*event)) return;
    if (handleOwnKey(*event)) return;
    const auto before = code_.text();
    QPlainTextEdit::keyPressEvent(event);
    if (code_.text() != before) {
        afterTyping(event->text());
    } else if (!event->text().isEmpty() || event->key() == Qt::Key_Left || event->key() == Qt::Key_Right ||
               event->key() == Qt::Key_Home || event->key() == Qt::Key_End) {
        popup_->hide();
    }
}

void ExpressionEditor::afterTyping(const QString& typed) {
    const bool erased = typed.size() == 1 && !typed[0].isPrint();
    if (continuesName(typed) || (erased && popup_->isVisible())) {
        openCompletions(false);
    } else {
        popup_->hide();
    }
}

void ExpressionEditor::complete() { openCompletions(true); }

void ExpressionEditor::openCompletions(bool asked) {
    if (!completer_ || isReadOnly()) return;
    auto found = completer_(textCursor().position());
    const auto word = code_.text().mid(found.start, found.length);
    // Nothing left to complete: Enter then belongs to the field again.
    const bool done = found.items.size() == 1 && found.items[0].insertion == word;
    if (found.items.empty() || (done && !asked)) {
        popup_->hide();
        return;
    }
    replaceStart_ = found.start;
    replaceLength_ = found.length;
    popup_->open(std::move(found.items), caretOnScreen(found.start), asked || !word.isEmpty());
}

void ExpressionEditor::accept() {
    const auto* item = popup_->current();
    if (!item) return;
    auto text = item->insertion;
    // The language inserts the opening bracket of a call; here both are made, and never a second pair.
    const bool calls = text.endsWith(QLatin1Char('('));
    if (calls) text.chop(1);
    popup_->hide();
    auto cursor = textCursor();
    cursor.beginEditBlock();
    cursor.setPosition(replaceStart_);
    cursor.setPosition(replaceStart_ + replaceLength_, QTextCursor::KeepAnchor);
    cursor.insertText(text);
    const int end = cursor.position();
    const bool hasCall = document()->characterAt(end) == QLatin1Char('(');
    if (calls && !hasCall) cursor.insertText(QStringLiteral("()"));
    if (calls) cursor.setPosition(end + 1);
    cursor.endEditBlock();
    setTextCursor(cursor);
    refreshHint();
}

void ExpressionEditor::closeHelpers() {
    popup_->hide();
    hint_->hide();
}

void ExpressionEditor::refreshHint() {
    const auto call = hasFocus() && !isReadOnly() ? code_.callAt(textCursor().position()) : std::nullopt;
    // Closed by Esc it stays away until another call is entered.
    const bool same = call && dismissed_ && call->start == dismissed_->start && call->name == dismissed_->name;
    if (!same) dismissed_.reset();
    if (call && !same) {
        hint_->showCall(*call, caretOnScreen(call->start));
    } else {
        hint_->hide();
    }
}

QRect ExpressionEditor::caretOnScreen(int place) const {
    QTextCursor cursor(document());
    cursor.setPosition(std::clamp(place, 0, document()->characterCount() - 1));
    const auto rect = cursorRect(cursor);
    return {viewport()->mapToGlobal(rect.topLeft()), rect.size()};
}

void ExpressionEditor::replaceAll(const QString& text) {
    auto cursor = textCursor();
    const auto length = std::max<qsizetype>(1, code_.text().size());
    const auto place = cursor.position() * text.size() / length;
    cursor.beginEditBlock();
    cursor.select(QTextCursor::Document);
    cursor.insertText(text);
    cursor.endEditBlock();
    cursor.setPosition(static_cast<int>(std::min(place, text.size())));
    setTextCursor(cursor);
}

void ExpressionEditor::focusInEvent(QFocusEvent* event) {
    QPlainTextEdit::focusInEvent(event);
    refreshSelections();
}

void ExpressionEditor::focusOutEvent(QFocusEvent* event) {
    QPlainTextEdit::focusOutEvent(event);
    closeHelpers();
    refreshSelections();
    // A menu or another window borrows the keyboard and gives it back.
    if (event->reason() != Qt::PopupFocusReason && event->reason() != Qt::ActiveWindowFocusReason) Q_EMIT left();
}

void ExpressionEditor::resizeEvent(QResizeEvent* event) {
    QPlainTextEdit::resizeEvent(event);
    popup_->hide();
    // Lines wrap anew, of which the layout tells nothing.
    refreshHeight();
}

void ExpressionEditor::insertFromMimeData(const QMimeData* source) {
    auto text = source->text();
    while (text.endsWith(QLatin1Char('\n')) || text.endsWith(QLatin1Char('\r'))) text.chop(1);
    if (!text.isEmpty()) textCursor().insertText(text);
}

// What the warnings suggest.
void ExpressionEditor::addFixes(QMenu& menu) {
    for (const auto& finding : findings_) {
        if (finding.suggestion.isEmpty()) continue;
        menu.addAction(tr("Change to %1").arg(finding.suggestion), this, [this, finding] {
            auto cursor = textCursor();
            cursor.setPosition(finding.start);
            cursor.setPosition(finding.start + finding.length, QTextCursor::KeepAnchor);
            cursor.insertText(finding.suggestion);
        });
    }
}

void ExpressionEditor::contextMenuEvent(QContextMenuEvent* event) {
    auto* menu = createStandardContextMenu(event->pos());
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (!isReadOnly()) {
        menu->addSeparator();
        menu->addAction(tr("Complete") + QStringLiteral("\tCtrl+Space"), this, &ExpressionEditor::complete);
        menu->addAction(tr("Format") + QStringLiteral("\tCtrl+Shift+F"), this, &ExpressionEditor::formatRequested)
            ->setEnabled(code_.compiled().has_value());
        addFixes(*menu);
    }
    menu->popup(event->globalPos());
}

}  // namespace signalbox::ui
