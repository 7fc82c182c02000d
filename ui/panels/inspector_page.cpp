#include "ui/panels/inspector_page.h"

#include <QScrollArea>
#include <QVBoxLayout>
#include <algorithm>

#include "base/json.h"
#include "ui/document/workflow_edits.h"
#include "ui/panels/panel_context.h"
#include "ui/text/format.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

InspectorPage::InspectorPage(PanelContext& context, QWidget* parent) : QWidget(parent), context_(context) {
    connect(&context_, &PanelContext::documentChanged, this, &InspectorPage::invalidate);
    connect(&context_, &PanelContext::documentEdited, this, &InspectorPage::invalidate);
    connect(&context_, &PanelContext::findingsChanged, this, &InspectorPage::invalidate);
    connect(&context_, &PanelContext::editabilityChanged, this, &InspectorPage::invalidate);
}

void InspectorPage::invalidate() {
    stale_ = true;
    if (!isVisible()) return;
    stale_ = false;
    refresh();
}

void InspectorPage::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    if (std::exchange(stale_, false)) refresh();
}

void InspectorPage::edit(Edit edit) {
    auto* document = context_.document();
    if (!document) return;
    const auto done = document->apply(std::move(edit));
    if (!done) Q_EMIT context_.problem(done.error(), {});
}

FormPage::FormPage(PanelContext& context, const QString& name, QWidget* parent)
    : InspectorPage(context, parent),
      scroll_(new QScrollArea),
      nothing_(new ThemedLabel(ColourRole::Muted)),
      form_(new InspectorForm(name)) {
    const int unit = Theme::current().unit();
    auto* content = new QWidget;
    column_ = new QVBoxLayout(content);
    column_->setContentsMargins(unit * 3 / 2, unit * 3 / 2, unit * 3 / 2, unit * 2);
    column_->setSpacing(unit * 2);
    column_->addWidget(nothing_);
    column_->addWidget(form_);
    column_->addStretch(1);
    scroll_->setObjectName(name + QStringLiteral(".scroll"));
    scroll_->setWidget(content);
    scroll_->setWidgetResizable(true);
    scroll_->setFrameShape(QFrame::NoFrame);
    scroll_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll_->setFocusPolicy(Qt::NoFocus);
    scroll_->viewport()->setBackgroundRole(QPalette::Base);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(scroll_);
    connect(form_, &InspectorForm::edited, this, &FormPage::take);
    connect(form_, &InspectorForm::left, this, [this] {
        if (context_.document()) context_.document()->endGesture();
    });
}

void FormPage::addBelow(QWidget* widget) { column_->insertWidget(column_->count() - 1, widget); }

void FormPage::setContent(Content content) {
    const bool another = content.part != content_.part || content.owner != content_.owner;
    content_ = std::move(content);
    if (another) scroll_->ensureVisible(0, 0);
    invalidate();
}

void FormPage::refresh() {
    const auto* document = context_.document();
    const bool pinned = content_.pinned.isDefined();
    const bool shows = document && (!content_.missing || pinned) && content_.schema["properties"].size() > 0;
    nothing_->setVisible(!shows);
    nothing_->setText(content_.nothing);
    form_->setVisible(shows);
    if (!shows) return;
    form_->setSchema(content_.schema, {content_.computable, content_.listsUnknown, helpers_});
    form_->setReadOnly(pinned || !context_.readOnlyReason().isEmpty() || !document->isReadable());
    showFindings();
    form_->showObject(pinned ? content_.pinned : resolvePointer(document->root(), content_.part + content_.below));
}

void FormPage::showFindings() {
    std::map<std::string, FieldMessage> messages;
    if (content_.pinned.isDefined()) return form_->setMessages(messages);
    const auto base = content_.part + content_.below;
    for (const auto& finding : context_.document()->findings()) {
        if (finding.pointer.empty() || !isWithin(finding.pointer, base)) continue;
        // It may be right by now; the form's own check knows until the gateway does.
        if (context_.document()->isTouched(finding.pointer)) continue;
        const auto place = finding.pointer.substr(base.size());
        const bool elsewhere = std::any_of(content_.except.begin(), content_.except.end(),
                                           [&](const auto& other) { return isWithin(place, other); });
        if (elsewhere) continue;
        messages.emplace(
            place, FieldMessage{toQString(finding.message), toQString(finding.hint), finding.severity == "error"});
    }
    form_->setMessages(messages);
}

void FormPage::take(const QString& pointer, const Value& value, const QString& title) {
    if (!context_.document()) return;
    const auto what = content_.owner.isEmpty() ? title : tr("%1 of %2").arg(title, content_.owner);
    edit(edits::set(context_.document()->root(), content_.part, content_.below + pointer.toStdString(), value, what));
}

bool FormPage::focusPlace(const std::string& pointer) {
    const auto base = content_.part + content_.below;
    if (!isWithin(pointer, base)) return false;
    invalidate();
    if (!form_->focusPlace(pointer.substr(base.size()))) return false;
    if (auto* field = form_->focusedField()) scroll_->ensureWidgetVisible(field);
    return true;
}

}  // namespace signalbox::ui
