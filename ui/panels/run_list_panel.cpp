#include "ui/panels/run_list_panel.h"

#include <QPushButton>
#include <utility>

#include "ui/panels/hold_back.h"
#include "ui/panels/panel_context.h"
#include "ui/text/format.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/notice_bar.h"

namespace signalbox::ui {

namespace {

constexpr std::uint32_t kMostRuns = 100;

}  // namespace

RunListPanel::RunListPanel(PanelContext& context, QWidget* parent)
    : ListPanel(QStringLiteral("runList"), QStringLiteral("history"), parent),
      context_(context),
      model_([&context] { return context.run().now(); }) {
    setObjectName(QStringLiteral("runListPanel"));
    view().setModel(&model_);
    view().setAccessibleName(tr("Recent runs"));
    connect(this, &ListPanel::chosen, this, [this](const QString& id) { context_.run().open(id); });
    connect(&context_, &PanelContext::workflowChanged, this, &RunListPanel::reload);
    connect(&context_.run(), &RunSession::opened, this, &RunListPanel::follow);
    connect(&context_.run(), &RunSession::statusChanged, this, &RunListPanel::follow);
    connect(&context_.run(), &RunSession::nodeChanged, this,
            [this] { model_.update(context_.run().detail().summary); });
    connect(&context_.run(), &RunSession::refreshed, this, &RunListPanel::follow);
    connect(&emptyState(), &EmptyState::actionRequested, this, &RunListPanel::runRequested);
    connect(&notice(), &NoticeBar::retryRequested, this, &RunListPanel::reload);
    holdBackRetries(context_.connection(), notice());
    holdBackWhileAway(context_.connection(), emptyState().actionButton());
    refreshState();
}

void RunListPanel::reload() {
    const auto workflow = context_.workflowId();
    const auto turn = ++turn_;
    // Runs of another workflow are gone at once; those of the same stay until the new list is there.
    if (std::exchange(listed_, workflow) != workflow) model_.setRuns({});
    if (workflow.isEmpty()) {
        refreshState();
        return;
    }
    showLoading(tr("Loading runs…"));
    protocol::ListRuns request;
    request.workflowId = workflow.toStdString();
    request.limit = kMostRuns;
    context_.client().runs().list(std::move(request)).then(this, [this, turn](const Result<protocol::RunList>& reply) {
        if (turn != turn_) return;
        if (reply) {
            notice().clear();
            model_.setRuns(reply->runs);
            follow();
        } else {
            showProblem(notice(), reply.error(), true);
        }
        refreshState();
    });
}

void RunListPanel::follow() {
    auto& run = context_.run();
    if (run.isOpen() && !run.detail().summary.runId.empty() &&
        toQString(run.detail().summary.workflowId) == context_.workflowId()) {
        model_.update(run.detail().summary);
    }
    const int row = run.isOpen() ? model_.rowOf(run.runId()) : -1;
    view().setCurrentIndex(row < 0 ? QModelIndex() : model_.index(row));
    refreshState();
}

void RunListPanel::refreshState() {
    const bool open = context_.workflow() != nullptr;
    emptyState().setTexts(tr("No runs yet"), open ? tr("Runs of this workflow are listed here, newest first.")
                                                  : tr("Open a workflow to see its runs."));
    emptyState().setAction(context_.canRun() ? tr("Run now") : QString());
    showRows(model_.rowCount() > 0);
}

}  // namespace signalbox::ui
