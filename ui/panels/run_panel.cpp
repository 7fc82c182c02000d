#include "ui/panels/run_panel.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QProgressBar>
#include <QPushButton>
#include <QStackedWidget>
#include <QTabBar>
#include <QTabWidget>
#include <QTableView>
#include <QVBoxLayout>

#include "ui/panels/error_view.h"
#include "ui/panels/hold_back.h"
#include "ui/panels/inputs_dialog.h"
#include "ui/panels/run_compare_page.h"
#include "ui/panels/run_gantt_page.h"
#include "ui/panels/run_journal_page.h"
#include "ui/panels/run_lazy_page.h"
#include "ui/panels/run_log_page.h"
#include "ui/panels/run_signal_bar.h"
#include "ui/panels/run_table.h"
#include "ui/panels/value_view.h"
#include "ui/text/format.h"
#include "ui/text/states.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/notice_bar.h"
#include "ui/widgets/state_badge.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

RunPanel::RunPanel(PanelContext& context, QWidget* parent)
    : Panel(parent),
      context_(context),
      timeline_(context.run()),
      stack_(new QStackedWidget),
      empty_(new EmptyState(QStringLiteral("timeline"))),
      badge_(new StateBadge),
      progress_(new QProgressBar),
      count_(new NumberLabel(ColourRole::Muted)),
      elapsed_(new NumberLabel(ColourRole::Text)),
      started_(new ThemedLabel(ColourRole::Muted)),
      rerun_(new QPushButton(tr("Rerun &failed"))),
      rerunInputs_(new QPushButton(tr("Run again with other &inputs…"))),
      tabs_(new QTabWidget),
      signal_(new RunSignalBar(context)),
      notice_(new NoticeBar),
      log_(new RunLogPage(context)),
      error_(new ErrorView),
      outputs_(new ValueView(QStringLiteral("runOutputs"), tr("Result of the run"))) {
    setObjectName(QStringLiteral("runPanel"));
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    buildTabs();
    ticker_.setInterval(100);
    connect(&ticker_, &QTimer::timeout, this, &RunPanel::refreshNumbers);
    connectRun();
    connect(empty_, &EmptyState::actionRequested, this, &RunPanel::runRequested);
    connect(rerun_, &QPushButton::clicked, this, [this] { context_.controller().rerunFailed(); });
    connect(rerunInputs_, &QPushButton::clicked, this, &RunPanel::askForInputs);
    connect(notice_, &NoticeBar::retryRequested, this, &RunPanel::askForInputs);
    holdBackRetries(context_.connection(), *notice_);
    for (auto* button : {&empty_->actionButton(), rerun_, rerunInputs_}) {
        holdBackWhileAway(context_.connection(), *button);
    }
    refresh();
}

void RunPanel::connectRun() {
    auto& run = context_.run();
    connect(&run, &RunSession::opened, this, [this] {
        notice_->clear();
        refresh();
    });
    connect(&run, &RunSession::refreshed, this, &RunPanel::refresh);
    connect(&run, &RunSession::statusChanged, this, &RunPanel::refresh);
    connect(&context_, &PanelContext::workflowChanged, this, &RunPanel::refresh);
    connect(&context_, &PanelContext::timesChanged, this, &RunPanel::refresh);
}

void RunPanel::buildTabs() {
    tabs_->setObjectName(QStringLiteral("runTabs"));
    tabs_->setDocumentMode(true);
    tabs_->tabBar()->setObjectName(QStringLiteral("runTabBar"));
    tabs_->tabBar()->setAccessibleName(tr("Parts of the run"));
    tabs_->setAccessibleName(tabs_->tabBar()->accessibleName());
    tabs_->addTab(buildTimeline(), tr("Timeline"));
    tabs_->addTab(log_, tr("Log"));
    tabs_->addTab(buildResult(), tr("Result"));
    tabs_->addTab(new RunLazyPage([this] { return new RunGanttPage(context_); }), tr("Gantt"));
    tabs_->addTab(new RunLazyPage([this] { return new RunJournalPage(context_); }), tr("Journal"));
    tabs_->addTab(new RunLazyPage([this] { return new RunComparePage(context_); }), tr("Compare"));
    buildPage();
}

void RunPanel::buildPage() {
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(buildSummary());
    column->addWidget(notice_);
    column->addWidget(signal_);
    column->addWidget(tabs_, 1);
    stack_->addWidget(empty_);
    stack_->addWidget(page);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(stack_);
}

QWidget& RunPanel::firstStop() { return *tabs_->tabBar(); }

QWidget* RunPanel::buildSummary() {
    const int unit = Theme::current().unit();
    badge_->setObjectName(QStringLiteral("runState"));
    progress_->setObjectName(QStringLiteral("runProgress"));
    progress_->setAccessibleName(tr("Progress of the run"));
    progress_->setTextVisible(false);
    progress_->setFixedWidth(unit * 24);
    progress_->setFixedHeight(unit * 3 / 2);
    count_->setObjectName(QStringLiteral("runCount"));
    elapsed_->setObjectName(QStringLiteral("runElapsed"));
    started_->setObjectName(QStringLiteral("runStarted"));
    started_->setElided(true);
    rerun_->setObjectName(QStringLiteral("rerunFailed"));
    rerun_->setAccessibleName(tr("Rerun failed"));
    rerunInputs_->setObjectName(QStringLiteral("rerunInputs"));
    rerunInputs_->setAccessibleName(tr("Run again with other inputs"));
    auto* bar = new QWidget;
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(unit * 3 / 2, unit / 2, unit * 3 / 2, unit / 2);
    row->setSpacing(unit * 2);
    row->addWidget(badge_);
    row->addWidget(elapsed_);
    row->addWidget(progress_);
    row->addWidget(count_);
    row->addWidget(started_, 1);
    row->addWidget(rerunInputs_);
    row->addWidget(rerun_);
    // As high with the button as without, so that nothing moves when a run fails.
    bar->setMinimumHeight(rerun_->sizeHint().height() + unit);
    return bar;
}

QTableView* RunPanel::buildTimeline() {
    const int unit = Theme::current().unit();
    auto* table = makeRunTable(QStringLiteral("timelineTable"), tr("Timeline"));
    sorted_.setSourceModel(&timeline_);
    sorted_.setSortRole(ValueRole);
    table->setModel(&sorted_);
    table->setSortingEnabled(true);
    table->sortByColumn(TimelineModel::Started, Qt::AscendingOrder);
    auto* header = table->horizontalHeader();
    header->setSectionResizeMode(QHeaderView::Fixed);
    header->setSectionResizeMode(TimelineModel::Node, QHeaderView::Stretch);
    header->resizeSection(TimelineModel::State, unit * 17);
    header->resizeSection(TimelineModel::Started, unit * 13);
    header->resizeSection(TimelineModel::Duration, unit * 13);
    header->resizeSection(TimelineModel::Attempts, unit * 11);
    const auto select = [this](const QModelIndex& index) { context_.selectNode(index.data(IdRole).toString()); };
    connect(table, &QTableView::clicked, this, select);
    connect(table, &QTableView::activated, this, select);
    return table;
}

QWidget* RunPanel::buildResult() {
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(error_);
    column->addWidget(outputs_, 1);
    return page;
}

void RunPanel::refresh() {
    const auto& run = context_.run();
    const bool workflow = context_.workflow() != nullptr;
    empty_->setTexts(tr("No run"), context_.canRun() ? tr("Run the workflow, or open one of its recent runs.")
                                   : workflow ? tr("This draft has errors: see the findings. It can run without them.")
                                              : tr("Open a workflow to run it."));
    empty_->setAction(context_.canRun() ? tr("Run now") : QString());
    stack_->setCurrentIndex(run.isOpen() ? 1 : 0);
    badge_->setStatus(run.status());
    const auto& summary = run.detail().summary;
    rerun_->setVisible(context_.controller().canRerunFailed());
    rerunInputs_->setVisible(context_.controller().canRerun() && hasInputs());
    QStringList parts;
    if (summary.created > 0) parts << tr("started %1").arg(formatDateTime(summary.created));
    if (!summary.startedBy.empty()) parts << tr("by %1").arg(toQString(summary.startedBy));
    if (!summary.rerunOf.empty()) parts << tr("rerun of %1").arg(toQString(summary.rerunOf).right(8));
    started_->setText(parts.join(QStringLiteral(" · ")));
    refreshNumbers();
    refreshResult();
    updateTicking();
}

void RunPanel::refreshNumbers() {
    const auto& run = context_.run();
    const auto& summary = run.detail().summary;
    const int total = static_cast<int>(run.nodes().size());
    const int done = run.finishedNodes();
    progress_->setRange(0, std::max(1, total));
    progress_->setValue(done);
    progress_->setProperty("colourRole", colourRoleName(stateLook(run.status()).role));
    progress_->setAccessibleDescription(tr("%1 of %2 nodes").arg(done).arg(total));
    count_->setText(total > 0
                        ? tr("%1 of %2 nodes")
                              .arg(formatCount(static_cast<quint64>(done)), formatCount(static_cast<quint64>(total)))
                        : QString());
    if (summary.started > 0) {
        elapsed_->setText(formatDuration((summary.finished > 0 ? summary.finished : run.now()) - summary.started));
    } else {
        elapsed_->setText({});
    }
}

void RunPanel::refreshResult() {
    const auto& run = context_.run();
    if (run.detail().error) {
        error_->setError(*run.detail().error);
    } else {
        error_->clear();
    }
    if (!run.isFinished()) {
        outputs_->setNothing(tr("No result yet"),
                             tr("The outputs of the workflow appear here when the run has ended."));
        return;
    }
    const auto& outputs = run.detail().outputs;
    if (outputs.isUndefined() || outputs.isNull() || ((outputs.isObject() || outputs.isArray()) && outputs.empty())) {
        outputs_->setNothing(tr("No outputs"), run.detail().error ? tr("The run did not get to its outputs.")
                                                                  : tr("This workflow declares no outputs."));
    } else {
        outputs_->setValue(outputs);
    }
}

bool RunPanel::hasInputs() const {
    const auto& detail = context_.run().detail();
    if (detail.inputs.isObject() && !detail.inputs.empty()) return true;
    const auto* workflow = context_.workflow();
    return workflow && workflow->summary.id == detail.summary.workflowId && !workflow->inputs.empty();
}

void RunPanel::askForInputs() {
    notice_->clear();
    const auto run = context_.run().runId();
    context_.client()
        .workflows()
        .get(toQString(context_.run().detail().summary.workflowId))
        .then(this, [this, run](const Result<protocol::WorkflowDetail>& reply) {
            if (run != context_.run().runId()) return;
            if (reply) {
                openInputs(*reply);
            } else {
                showProblem(*notice_, reply.error(), true);
            }
        });
}

// The run's inputs take the place of the workflow's defaults.
void RunPanel::openInputs(const protocol::WorkflowDetail& workflow) {
    if (workflow.inputs.empty()) return notice_->showInfo(tr("The workflow declares no inputs any more."));
    const auto& run = context_.run();
    auto inputs = workflow.inputs;
    for (auto& input : inputs) {
        if (const auto* value = run.detail().inputs.find(input.name)) input.defaultValue = *value;
    }
    auto* dialog = new InputsDialog(toQString(workflow.summary.name), inputs, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    holdBackWhileAway(context_.connection(), dialog->runButton());
    connect(dialog, &QDialog::accepted, this, [this, dialog, id = run.runId()] {
        if (context_.run().runId() == id) context_.controller().rerunWith(dialog->values());
    });
    dialog->open();
}

void RunPanel::updateTicking() {
    const auto& run = context_.run();
    const bool wanted = isVisible() && run.isOpen() && !run.isFinished();
    timeline_.setTicking(wanted);
    signal_->setActive(wanted);
    if (wanted == ticker_.isActive()) return;
    if (wanted) {
        ticker_.start();
    } else {
        ticker_.stop();
    }
}

void RunPanel::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    updateTicking();
}

void RunPanel::hideEvent(QHideEvent* event) {
    QWidget::hideEvent(event);
    updateTicking();
}

}  // namespace signalbox::ui
