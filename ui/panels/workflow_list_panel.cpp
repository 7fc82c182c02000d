#include "ui/panels/workflow_list_panel.h"

#include <QHBoxLayout>
#include <QKeyEvent>

#include "ui/panels/panel_context.h"
#include "ui/text/format.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/icon_set.h"
#include "ui/widgets/notice_bar.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

WorkflowListPanel::WorkflowListPanel(PanelContext& context, QWidget* parent)
    : ListPanel(QStringLiteral("workflowList"), QStringLiteral("workflow"), parent),
      context_(context),
      search_(new QLineEdit) {
    setObjectName(QStringLiteral("workflowListPanel"));
    filtered_.setSourceModel(&model_);
    filtered_.setFilterCaseSensitivity(Qt::CaseInsensitive);
    view().setModel(&filtered_);
    view().setAccessibleName(tr("Workflows"));
    buildSearch();
    connect(&context_, &PanelContext::workflowChanged, this, &WorkflowListPanel::showCurrent);
    connect(&emptyState(), &EmptyState::actionRequested, this, [this] {
        if (search_->text().isEmpty()) {
            reload();
        } else {
            search_->clear();
        }
    });
    connect(&notice(), &NoticeBar::retryRequested, this, &WorkflowListPanel::reload);
    reload();
}

void WorkflowListPanel::buildSearch() {
    search_->setObjectName(QStringLiteral("workflowSearch"));
    search_->setAccessibleName(tr("Search workflows"));
    search_->setPlaceholderText(tr("Search workflows"));
    search_->setClearButtonEnabled(true);
    search_->addAction(themedIcon(QStringLiteral("search"), ColourRole::Muted), QLineEdit::LeadingPosition);
    auto* header = new QWidget;
    auto* row = new QHBoxLayout(header);
    const int unit = Theme::current().unit();
    row->setContentsMargins(unit, unit, unit, unit);
    row->addWidget(search_);
    setHeader(header);
    connect(search_, &QLineEdit::textChanged, this, [this](const QString& text) {
        filtered_.setFilterFixedString(text);
        refreshState();
        showCurrent();
    });
    // Enter opens the first match.
    connect(search_, &QLineEdit::returnPressed, this, [this] {
        if (filtered_.rowCount() > 0) Q_EMIT chosen(filtered_.index(0, 0).data(IdRole).toString());
    });
}

void WorkflowListPanel::reload() {
    showLoading(tr("Loading workflows…"));
    context_.client().workflows().list().then(this, [this](const Result<protocol::WorkflowList>& reply) {
        if (!reply) {
            showProblem(notice(), reply.error(), true);
            refreshState();
            return;
        }
        notice().clear();
        model_.setWorkflows(reply->workflows);
        refreshState();
        showCurrent();
        Q_EMIT loaded(reply->workflows.empty() ? QString() : toQString(reply->workflows.front().id));
    });
}

void WorkflowListPanel::refreshState() {
    if (model_.rowCount() > 0) {
        emptyState().setTexts(tr("Nothing matches"), tr("No workflow has “%1” in its name.").arg(search_->text()));
        emptyState().setAction(tr("Clear the search"));
    } else {
        emptyState().setTexts(tr("No workflows"), tr("Put a *.workflow.json file into the workspace folder."));
        emptyState().setAction(tr("Look again"));
    }
    showRows(filtered_.rowCount() > 0);
}

void WorkflowListPanel::showCurrent() {
    const int row = model_.rowOf(context_.workflowId());
    view().setCurrentIndex(row < 0 ? QModelIndex() : filtered_.mapFromSource(model_.index(row)));
}

}  // namespace signalbox::ui
