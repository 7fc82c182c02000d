#include "ui/panels/approval_bar.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>

#include "ui/panels/hold_back.h"
#include "ui/panels/panel_context.h"
#include "ui/text/format.h"
#include "ui/widgets/icon_set.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

namespace {

// What the person is asked, as the node's author wrote it.
QString questionOf(const protocol::GraphNode& node) {
    for (const auto* key : {"message", "title", "prompt", "question"}) {
        const auto* text = node.params.find(key);
        if (text && text->isString() && !text->empty()) return toQString(text->asString());
    }
    return toQString(node.note);
}

}  // namespace

ApprovalBar::ApprovalBar(PanelContext& context, QWidget* parent)
    : QWidget(parent),
      context_(context),
      icon_(new QLabel),
      text_(new ThemedLabel(ColourRole::Text)),
      comment_(new QLineEdit),
      approve_(new QPushButton(tr("&Approve"))),
      reject_(new QPushButton(tr("Re&ject"))) {
    setObjectName(QStringLiteral("approvalBar"));
    build();
    connect(approve_, &QPushButton::clicked, this, [this] { decide(true); });
    connect(reject_, &QPushButton::clicked, this, [this] { decide(false); });
    connect(&context_.run(), &RunSession::opened, this, [this] {
        decided_.clear();
        refresh();
    });
    connect(&context_.run(), &RunSession::refreshed, this, &ApprovalBar::refresh);
    connect(&context_.run(), &RunSession::nodeChanged, this, &ApprovalBar::refresh);
    connect(&context_, &PanelContext::selectionChanged, this, &ApprovalBar::refresh);
    connect(&context_.controller(), &RunController::problem, this, [this] {
        decided_.clear();
        refresh();
    });
    connect(&Theme::current(), &Theme::changed, this, &ApprovalBar::refresh);
    refresh();
}

void ApprovalBar::build() {
    const int unit = Theme::current().unit();
    text_->setObjectName(QStringLiteral("approvalText"));
    comment_->setObjectName(QStringLiteral("approvalComment"));
    comment_->setAccessibleName(tr("Comment on the decision"));
    comment_->setPlaceholderText(tr("Comment"));
    comment_->setMinimumWidth(unit * 20);
    comment_->setMaximumWidth(unit * 40);
    approve_->setObjectName(QStringLiteral("approveButton"));
    approve_->setAccessibleName(tr("Approve"));
    approve_->setProperty("primary", true);
    reject_->setObjectName(QStringLiteral("rejectButton"));
    reject_->setAccessibleName(tr("Reject"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(unit * 3 / 2, unit, unit * 3 / 2, unit);
    row->setSpacing(unit);
    row->addWidget(icon_);
    row->addWidget(text_, 1);
    row->addWidget(comment_, 1);
    row->addWidget(reject_);
    row->addWidget(approve_);
    for (auto* button : {approve_, reject_}) holdBackWhileAway(context_.connection(), *button);
}

void ApprovalBar::refresh() {
    auto waiting = context_.run().waitingApprovals();
    waiting.removeAll(decided_);
    if (waiting.isEmpty()) {
        hide();
        node_.clear();
        return;
    }
    const auto wanted = waiting.contains(context_.selectedNode()) ? context_.selectedNode()
                        : waiting.contains(node_)                 ? node_
                                                                  : waiting.front();
    const auto& theme = Theme::current();
    icon_->setPixmap(theme.icons().pixmap(QStringLiteral("approval"), theme.iconSize(), devicePixelRatioF(),
                                          theme.colour(ColourRole::Warn)));
    if (wanted == node_ && isVisible()) return;
    node_ = wanted;
    comment_->clear();
    const auto* node = context_.node(node_);
    const auto question = node ? questionOf(*node) : QString();
    const auto title = context_.run().titleOf(node_);
    text_->setText(question.isEmpty() ? tr("%1 waits for approval").arg(title) : tr("%1: %2").arg(title, question));
    setAccessibleName(text_->text());
    show();
}

void ApprovalBar::decide(bool approved) {
    if (node_.isEmpty()) return;
    decided_ = node_;
    context_.controller().decide(node_, approved, comment_->text().trimmed());
    refresh();
}

void ApprovalBar::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const auto& theme = Theme::current();
    painter.fillRect(rect(), mixed(theme.colour(ColourRole::Surface), theme.colour(ColourRole::Warn), 0.1));
    painter.fillRect(QRect(0, 0, std::max(2, theme.unit() / 3), height()), theme.colour(ColourRole::Warn));
    painter.fillRect(QRect(0, height() - 1, width(), 1), theme.colour(ColourRole::Line));
}

}  // namespace signalbox::ui
