#include "ui/panels/document_bar.h"

#include <QHBoxLayout>
#include <QInputDialog>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/panels/hold_back.h"
#include "ui/panels/panel_context.h"
#include "ui/text/format.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

namespace {

void paintStrip(QWidget& widget, ColourRole role) {
    QPainter painter(&widget);
    const auto& theme = Theme::current();
    painter.fillRect(widget.rect(), mixed(theme.colour(ColourRole::Surface), theme.colour(role), 0.1));
    painter.fillRect(QRect(0, 0, std::max(2, theme.unit() / 3), widget.height()), theme.colour(role));
    painter.fillRect(QRect(0, widget.height() - 1, widget.width(), 1), theme.colour(ColourRole::Line));
}

}  // namespace

ReadOnlyBar::ReadOnlyBar(PanelContext& context, QWidget* parent)
    : QWidget(parent),
      context_(context),
      text_(new ThemedLabel(ColourRole::Text)),
      edit_(new QPushButton(tr("&Edit the workflow"))) {
    setObjectName(QStringLiteral("readOnlyBar"));
    edit_->setObjectName(QStringLiteral("editWorkflowButton"));
    edit_->setAccessibleName(tr("Edit the workflow"));
    text_->setObjectName(QStringLiteral("readOnlyReason"));
    const int unit = Theme::current().unit();
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(unit * 3 / 2, unit, unit, unit);
    row->setSpacing(unit);
    row->addWidget(text_, 1);
    row->addWidget(edit_);
    connect(edit_, &QPushButton::clicked, &context_, &PanelContext::editWorkflow);
    connect(&context_, &PanelContext::editabilityChanged, this, &ReadOnlyBar::refresh);
    connect(&context_, &PanelContext::documentChanged, this, &ReadOnlyBar::refresh);
    refresh();
}

void ReadOnlyBar::refresh() {
    const auto reason = context_.readOnlyReason();
    text_->setText(reason);
    setVisible(!reason.isEmpty() && context_.document());
}

void ReadOnlyBar::paintEvent(QPaintEvent*) { paintStrip(*this, ColourRole::Info); }

ConflictBar::ConflictBar(PanelContext& context, QWidget* parent)
    : QWidget(parent),
      context_(context),
      text_(new ThemedLabel(ColourRole::Text, ThemedLabel::Kind::Strong)),
      hint_(new ThemedLabel(ColourRole::Muted)),
      buttons_(new QWidget) {
    setObjectName(QStringLiteral("conflictBar"));
    const int unit = Theme::current().unit();
    text_->setText(tr("The file has changed, and there are unsaved edits here"));
    hint_->setText(
        tr("Reload takes the file's content; your edits can be had back by undo. "
           "Overwrite replaces the file by what is here."));
    auto* row = new QHBoxLayout(buttons_);
    row->setContentsMargins(0, unit / 2, 0, 0);
    row->setSpacing(unit);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(unit * 3 / 2, unit, unit, unit);
    column->setSpacing(unit / 4);
    column->addWidget(text_);
    column->addWidget(hint_);
    column->addWidget(buttons_);
    connect(addButton("conflictReload", tr("Re&load")), &QPushButton::clicked, this, [this] {
        if (context_.session()) context_.session()->reload();
    });
    connect(addButton("conflictCopy", tr("&Keep mine as a copy…")), &QPushButton::clicked, this,
            &ConflictBar::askForCopy);
    connect(addButton("conflictOverwrite", tr("&Overwrite the file")), &QPushButton::clicked, this, [this] {
        if (context_.session()) context_.session()->overwrite();
    });
    row->addStretch(1);
    connect(&context_, &PanelContext::documentChanged, this, &ConflictBar::follow);
    follow();
}

QPushButton* ConflictBar::addButton(const char* name, const QString& text) {
    auto* button = new QPushButton(text);
    auto plain = text;
    button->setObjectName(QLatin1String(name));
    button->setAccessibleName(plain.remove(QLatin1Char('&')));
    buttons_->layout()->addWidget(button);
    holdBackWhileAway(context_.connection(), *button);
    return button;
}

void ConflictBar::follow() {
    delete std::exchange(followed_, nullptr);
    if (auto* session = context_.session()) {
        followed_ = new QObject(this);
        connect(session, &DocumentSession::conflict, followed_, [this] { refresh(); });
        connect(session, &DocumentSession::conflictEnded, followed_, [this] { refresh(); });
    }
    refresh();
}

void ConflictBar::refresh() { setVisible(context_.session() && context_.session()->outside()); }

void ConflictBar::askForCopy() {
    auto* session = context_.session();
    if (!session) return;
    auto* dialog = new QInputDialog(this);
    dialog->setObjectName(QStringLiteral("copyIdDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Keep mine as a copy"));
    dialog->setLabelText(tr("Id of the copy"));
    dialog->setTextValue(session->document().id() + QStringLiteral("-copy"));
    dialog->setOkButtonText(tr("&Save copy"));
    connect(dialog, &QInputDialog::textValueSelected, session, &DocumentSession::saveCopy);
    dialog->open();
}

void ConflictBar::paintEvent(QPaintEvent*) { paintStrip(*this, ColourRole::Warn); }

}  // namespace signalbox::ui
