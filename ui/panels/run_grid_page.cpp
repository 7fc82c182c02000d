#include "ui/panels/run_grid_page.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/charts/run_grid_view.h"
#include "ui/panels/hold_back.h"
#include "ui/panels/panel_context.h"
#include "ui/text/format.h"
#include "ui/text/states.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/panel_states.h"
#include "ui/widgets/search_line.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

namespace {

constexpr int kPollMilliseconds = 2000;
constexpr std::uint32_t kRuns = 30;

}  // namespace

RunGridPage::RunGridPage(PanelContext& context, QWidget* parent)
    : QWidget(parent),
      context_(context),
      grid_(new RunGridView),
      states_(new PanelStates(*grid_)),
      search_(new QLineEdit),
      failed_(new QCheckBox(tr("Only nodes that &failed"))),
      what_(new ThemedLabel(ColourRole::Muted)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(buildHeader());
    column->addWidget(states_, 1);
    states_->setSkeleton(Skeleton::Kind::Table);
    states_->setClock([this] { return context_.run().now(); });
    connect(states_, &PanelStates::retryRequested, this, &RunGridPage::load);
    holdBackRetries(context_.connection(), *states_);
    connect(grid_, &RunGridView::activated, this, &RunGridPage::runChosen);
    connect(&context_, &PanelContext::workflowChanged, this, &RunGridPage::load);
    connect(&context_.run(), &RunSession::opened, this, &RunGridPage::load);
    connect(&context_.run(), &RunSession::finished, this, &RunGridPage::load);
    poll_.setInterval(kPollMilliseconds);
    connect(&poll_, &QTimer::timeout, this, [this] {
        if (active_) load();
    });
}

QWidget* RunGridPage::buildHeader() {
    search_->setObjectName(QStringLiteral("gridSearch"));
    search_->setAccessibleName(tr("Search nodes"));
    search_->setPlaceholderText(tr("Search nodes"));
    makeSearchLine(*search_);
    failed_->setObjectName(QStringLiteral("gridFailedOnly"));
    connect(search_, &QLineEdit::textChanged, grid_, &RunGridView::setFilter);
    connect(failed_, &QCheckBox::toggled, grid_, &RunGridView::setFailedOnly);
    auto* header = new QWidget;
    auto* row = new QHBoxLayout(header);
    const int unit = Theme::current().unit();
    row->setContentsMargins(unit, 0, unit, unit);
    row->setSpacing(2 * unit);
    row->addWidget(search_, 1);
    row->addWidget(failed_);
    row->addWidget(what_, 1);
    what_->setElided(true);
    return header;
}

void RunGridPage::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    poll_.start();
    load();
}

void RunGridPage::hideEvent(QHideEvent* event) {
    poll_.stop();
    QWidget::hideEvent(event);
}

void RunGridPage::load() {
    if (!isVisible()) return;
    const auto workflow = context_.workflowId();
    const auto turn = ++turn_;
    if (workflow.isEmpty()) {
        shown_.clear();
        what_->setText({});
        states_->setEmptyTexts(QStringLiteral("grid"), tr("No workflow open"),
                               tr("Open a workflow to see its runs side by side, node by node."));
        states_->showEmpty();
        return;
    }
    if (workflow != shown_) states_->showLoading();
    protocol::GetRunGrid request;
    request.workflowId = workflow.toStdString();
    request.limit = kRuns;
    context_.client().runs().grid(request).then(this, [this, turn, workflow](const Result<protocol::RunGrid>& reply) {
        if (turn != turn_) return;
        if (!reply) {
            states_->showError(reply.error());
            return;
        }
        shown_ = workflow;
        show(*reply);
    });
}

void RunGridPage::show(const protocol::RunGrid& grid) {
    active_ = false;
    if (grid.rows.empty()) {
        states_->setEmptyTexts(QStringLiteral("grid"), tr("No runs yet"),
                               tr("The last runs of this workflow are shown here side by side, node by node."));
        states_->showEmpty();
        return;
    }
    QStringList nodes;
    for (const auto& id : grid.nodes) nodes << toQString(id);
    std::vector<RunGridColumn> columns;
    for (auto row = grid.rows.rbegin(); row != grid.rows.rend(); ++row) {
        const auto& run = row->run;
        const auto end = run.finished > 0 ? run.finished : run.started;
        columns.push_back(
            {toQString(run.runId), toQString(run.status), run.created, end - run.started, row->statuses, row->took});
        active_ = active_ || !isFinalRunStatus(columns.back().status);
    }
    what_->setText(tr("%n run(s), the newest at the right", nullptr, static_cast<int>(columns.size())));
    grid_->setGrid(nodes, std::move(columns));
    states_->showLive();
}

}  // namespace signalbox::ui
