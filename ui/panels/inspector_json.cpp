#include <QEvent>
#include <QPlainTextEdit>
#include <QSignalBlocker>
#include <QVBoxLayout>
#include <algorithm>

#include "base/json.h"
#include "ui/document/workflow_edits.h"
#include "ui/panels/inspector_page.h"
#include "ui/panels/panel_context.h"
#include "ui/text/format.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

JsonPage::JsonPage(PanelContext& context, const QString& name, QWidget* parent)
    : InspectorPage(context, parent),
      text_(new QPlainTextEdit),
      problem_(new ThemedLabel(ColourRole::Error, ThemedLabel::Kind::Caption)) {
    const int unit = Theme::current().unit();
    text_->setObjectName(name);
    text_->setAccessibleName(tr("JSON"));
    text_->setFont(Theme::current().monospaceFont());
    text_->setLineWrapMode(QPlainTextEdit::NoWrap);
    text_->setTabChangesFocus(true);
    text_->setUndoRedoEnabled(false);
    text_->setFrameShape(QFrame::NoFrame);
    text_->installEventFilter(this);
    leaveUndoToDocument(*text_);
    problem_->setObjectName(name + QStringLiteral(".message"));
    problem_->setContentsMargins(unit * 3 / 2, unit, unit * 3 / 2, unit);
    problem_->hide();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(text_, 1);
    column->addWidget(problem_);
    connect(text_, &QPlainTextEdit::textChanged, this, &JsonPage::read);
}

void JsonPage::showNode(const QString& nodeId) {
    nodeId_ = nodeId;
    invalidate();
}

QString JsonPage::textOfDocument() const {
    const auto& document = *context_.document();
    if (!document.isReadable()) return toQString(document.sourceText());
    if (nodeId_.isEmpty()) return toQString(document.text());
    return toQString(
        writeJson(resolvePointer(document.root(), nodePointer(document.root(), nodeId_)), JsonStyle::Pretty));
}

void JsonPage::refresh() {
    const auto* document = context_.document();
    if (!document) return text_->clear();
    text_->setReadOnly(!context_.readOnlyReason().isEmpty());
    const auto key = document->id() + QLatin1Char('/') + nodeId_;
    const bool same = shownFor_ == key;
    if (!same && unreadable_) drafts_.insert(shownFor_, text_->toPlainText());
    shownFor_ = key;
    if (!same && showDraft(key)) return;
    // What is being typed stays: it says the same, or does not parse yet.
    if (same && unreadable_ && text_->hasFocus()) return;
    const auto wanted =
        nodeId_.isEmpty() ? document->root() : resolvePointer(document->root(), nodePointer(document->root(), nodeId_));
    const auto shown = touched_ ? parseJson(text_->toPlainText().toStdString()) : Result<Value>(Value::undefined());
    if (same && touched_ && shown && *shown == wanted) return;
    const QSignalBlocker quiet(text_);
    const int at = text_->textCursor().position();
    const auto text = textOfDocument();
    if (same && text == text_->toPlainText()) return;
    text_->setPlainText(text);
    auto cursor = text_->textCursor();
    cursor.setPosition(same ? std::min(at, static_cast<int>(text.size())) : 0);
    text_->setTextCursor(cursor);
    unreadable_ = touched_ = false;
    problem_->hide();
}

/// What was typed here before, when it could not be taken over.
bool JsonPage::showDraft(const QString& key) {
    const auto draft = drafts_.take(key);
    if (draft.isEmpty() || text_->isReadOnly()) return false;
    const QSignalBlocker quiet(text_);
    text_->setPlainText(draft);
    touched_ = true;
    judge(parseJson(draft.toStdString()));
    return true;
}

void JsonPage::judge(const Result<Value>& parsed) {
    QString message;
    if (!parsed) {
        message =
            tr("Not taken over yet: %1 (%2)").arg(toQString(parsed.error().message), toQString(parsed.error().where));
    } else if (!parsed->isObject()) {
        message = tr("Not taken over yet: this must be an object");
    }
    unreadable_ = !message.isEmpty();
    problem_->setText(message);
    problem_->setVisible(unreadable_);
    text_->setProperty("invalid", unreadable_);
}

void JsonPage::read() {
    if (!context_.document() || text_->isReadOnly()) return;
    touched_ = true;
    const auto parsed = parseJson(text_->toPlainText().toStdString());
    judge(parsed);
    if (unreadable_) return;
    if (nodeId_.isEmpty()) {
        edit(edits::replaceDocument(context_.document()->root(), *parsed, tr("Change the JSON")));
    } else {
        takeNode(*parsed);
    }
}

// The selection follows a node whose id is typed anew.
void JsonPage::takeNode(const Value& node) {
    const auto id = toQString(node["id"].asString());
    const auto edited = edits::replaceNode(context_.document()->root(), nodeId_, node);
    const bool renamed = id != nodeId_ && !id.isEmpty();
    if (renamed) {
        nodeId_ = id;
        shownFor_ = context_.document()->id() + QLatin1Char('/') + id;
    }
    edit(edited);
    if (renamed) context_.selectNode(id);
}

bool JsonPage::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::FocusOut && context_.document()) context_.document()->endGesture();
    return InspectorPage::eventFilter(watched, event);
}

bool JsonPage::focusPlace(const std::string&) {
    text_->setFocus(Qt::OtherFocusReason);
    return true;
}

}  // namespace signalbox::ui
