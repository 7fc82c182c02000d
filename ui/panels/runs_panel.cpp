#include "ui/panels/runs_panel.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QPushButton>
#include <QScrollBar>
#include <QStackedWidget>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/charts/run_grid_view.h"
#include "ui/panels/hold_back.h"
#include "ui/panels/panel_context.h"
#include "ui/panels/run_grid_page.h"
#include "ui/panels/runs_menu.h"
#include "ui/text/format.h"
#include "ui/text/roles.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/filter_edit.h"
#include "ui/widgets/icon_set.h"
#include "ui/widgets/item_delegate.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/notice_bar.h"
#include "ui/widgets/panel_states.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/time_range_edit.h"

namespace signalbox::ui {

namespace {

constexpr int kPollMilliseconds = 1000;

QStringList runStatuses() {
    return {QStringLiteral("queued"),    QStringLiteral("running"),    QStringLiteral("waiting"),
            QStringLiteral("paused"),    QStringLiteral("succeeded"),  QStringLiteral("failed"),
            QStringLiteral("cancelled"), QStringLiteral("quarantined")};
}

}  // namespace

RunsPanel::RunsPanel(PanelContext& context, QWidget* parent)
    : Panel(parent),
      context_(context),
      model_(context.client(), [&context] { return context.run().now(); }),
      notice_(new NoticeBar),
      filter_(new FilterEdit),
      range_(new TimeRangeEdit),
      count_(new ThemedLabel(ColourRole::Muted)),
      news_(new QToolButton),
      views_(new QStackedWidget) {
    setObjectName(QStringLiteral("runsPanel"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(notice_);
    column->addWidget(buildHeader());
    column->addWidget(views_, 1);
    views_->addWidget(buildList());
    grid_ = new RunGridPage(context_);
    views_->addWidget(grid_);
    connect(grid_, &RunGridPage::runChosen, this, [this](const QString& run, const QString& node) {
        Q_EMIT runChosen(run);
        if (!node.isEmpty()) context_.selectNode(node);
    });
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    connectModel();
    poll_.setInterval(kPollMilliseconds);
    connect(&poll_, &QTimer::timeout, this, &RunsPanel::poll);
    states_->showLoading();
}

QWidget& RunsPanel::firstStop() { return *filter_; }

QAbstractButton* RunsPanel::addView(QButtonGroup& group, const QString& name, const QString& icon,
                                    const QString& title) {
    auto* button = new QToolButton;
    button->setObjectName(name);
    button->setIcon(themedIcon(icon, ColourRole::Muted));
    button->setText(title);
    button->setToolTip(title);
    button->setAccessibleName(title);
    button->setCheckable(true);
    button->setAutoRaise(true);
    group.addButton(button);
    return button;
}

QWidget* RunsPanel::buildHeader() {
    filter_->setObjectName(QStringLiteral("runsFilter"));
    filter_->setAccessibleName(tr("Filter runs"));
    filter_->setPlaceholderText(tr("status:failed  workflow:name  text in errors"));
    filter_->setKeys({{QStringLiteral("status"), tr("State of the run"), runStatuses()},
                      {QStringLiteral("workflow"), tr("Name or id of the workflow"), {}}});
    range_->setObjectName(QStringLiteral("runsRange"));
    range_->setClock([this] { return context_.run().now(); });
    news_->setObjectName(QStringLiteral("runsNews"));
    news_->setAutoRaise(true);
    news_->hide();
    auto* group = new QButtonGroup(this);
    listButton_ = addView(*group, QStringLiteral("runsAsList"), QStringLiteral("table"), tr("As a list"));
    gridButton_ =
        addView(*group, QStringLiteral("runsAsGrid"), QStringLiteral("grid"), tr("Runs and nodes side by side"));
    listButton_->setChecked(true);
    connect(gridButton_, &QAbstractButton::toggled, this, [this](bool grid) {
        views_->setCurrentIndex(grid ? 1 : 0);
        for (QWidget* widget :
             {static_cast<QWidget*>(filter_), static_cast<QWidget*>(range_), static_cast<QWidget*>(count_)}) {
            widget->setVisible(!grid);
        }
        news_->setVisible(!grid && !news_->text().isEmpty());
    });
    auto* header = new QWidget;
    auto* row = new QHBoxLayout(header);
    const int unit = Theme::current().unit();
    row->setContentsMargins(unit, unit, unit, unit);
    row->setSpacing(unit);
    row->addWidget(filter_, 1);
    row->addWidget(range_);
    row->addWidget(news_);
    row->addWidget(count_);
    row->addStretch(0);
    row->addWidget(listButton_);
    row->addWidget(gridButton_);
    return header;
}

QWidget* RunsPanel::buildList() {
    table_ = new QTableView;
    table_->setObjectName(QStringLiteral("runsTable"));
    table_->setAccessibleName(tr("Runs"));
    table_->setModel(&model_);
    table_->setItemDelegate(new ItemDelegate(table_));
    table_->setSelectionBehavior(QAbstractItemView::SelectRows);
    table_->setSelectionMode(QAbstractItemView::SingleSelection);
    table_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table_->setTabKeyNavigation(false);
    table_->setShowGrid(false);
    table_->setWordWrap(false);
    table_->setFrameShape(QFrame::NoFrame);
    table_->setContextMenuPolicy(Qt::CustomContextMenu);
    table_->verticalHeader()->hide();
    table_->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    table_->horizontalHeader()->setHighlightSections(false);
    table_->horizontalHeader()->setSectionResizeMode(RunsModel::Problem, QHeaderView::Stretch);
    const auto size = [this] {
        const int unit = Theme::current().unit();
        table_->verticalHeader()->setDefaultSectionSize(Theme::current().rowHeight());
        const int widths[] = {14, 24, 14, 12, 12, 20, 12, 12};
        for (int column = 0; column < RunsModel::ColumnCount; ++column) {
            if (column != RunsModel::Problem) table_->setColumnWidth(column, widths[column] * unit);
        }
    };
    size();
    connect(&Theme::current(), &Theme::changed, table_, size);
    const auto choose = [this](const QModelIndex& index) {
        const auto id = index.data(IdRole).toString();
        if (!id.isEmpty()) Q_EMIT runChosen(id);
    };
    connect(table_, &QTableView::activated, this, choose);
    connect(table_, &QWidget::customContextMenuRequested, this, &RunsPanel::showMenu);
    states_ = new PanelStates(*table_);
    states_->setSkeleton(Skeleton::Kind::Table);
    states_->setClock([this] { return context_.run().now(); });
    holdBackWhileAway(context_.connection(), states_->emptyState().actionButton());
    return states_;
}

void RunsPanel::connectModel() {
    connect(&model_, &RunsModel::loaded, this, [this] {
        notice_->clear();
        takeNews(0);
        showCount();
        if (model_.rowCount() > 0) return states_->showLive();
        const bool all = filter_->query().isEmpty() && range_->range().kind == TimeRange::Kind::All;
        states_->setEmptyTexts(QStringLiteral("runs"), all ? tr("No runs yet") : tr("No run matches"),
                               all ? tr("Runs of all workflows are listed here, newest first.")
                                   : tr("No run matches the filter and the time range."),
                               all ? tr("&Run the workflow") : tr("Show &all runs"));
        states_->showEmpty();
    });
    connect(&model_, &RunsModel::newerAvailable, this, &RunsPanel::takeNews);
    connect(&model_, &RunsModel::failed, this, [this](const Error& error) {
        if (model_.rowCount() == 0) return states_->showError(error);
        showProblem(*notice_, error, true);
    });
    connect(notice_, &NoticeBar::retryRequested, &model_, &RunsModel::showNewest);
    connect(states_, &PanelStates::retryRequested, &model_, &RunsModel::showNewest);
    for (auto* part : std::initializer_list<QWidget*>{notice_, states_}) holdBackRetries(context_.connection(), *part);
    connect(states_, &PanelStates::firstActionRequested, this, [this] {
        if (filter_->query().isEmpty() && range_->range().kind == TimeRange::Kind::All) {
            Q_EMIT runRequested();
            return;
        }
        range_->setRange(TimeRange::all());
        filter_->setQuery({});
        applyFilter();
    });
    connect(news_, &QToolButton::clicked, this, [this] {
        table_->scrollToTop();
        model_.showNewest();
    });
    // What failed while the gateway was away is asked for again.
    connect(&context_.connection(), &ConnectionMonitor::returned, this, [this] {
        if (!asked_ || !isVisible()) return;
        states_->state() == PanelStates::State::Error ? applyFilter() : model_.showNewest();
    });
    connect(filter_, &FilterEdit::queryChanged, this, &RunsPanel::applyFilter);
    connect(range_, &TimeRangeEdit::rangeChanged, this, &RunsPanel::applyFilter);
}

// People type a workflow's name, the gateway wants its id.
void RunsPanel::loadWorkflowNames() {
    context_.client().workflows().list().then(this, [this](const Result<protocol::WorkflowList>& reply) {
        if (!reply) return;
        workflows_ = reply->workflows;
        QStringList ids;
        for (const auto& workflow : workflows_) ids << toQString(workflow.id);
        filter_->setKeys({{QStringLiteral("status"), tr("State of the run"), runStatuses()},
                          {QStringLiteral("workflow"), tr("Name or id of the workflow"), ids}});
    });
}

QString RunsPanel::workflowId(const QString& nameOrId) const {
    for (const auto& workflow : workflows_) {
        if (toQString(workflow.id) == nameOrId ||
            toQString(workflow.name).compare(nameOrId, Qt::CaseInsensitive) == 0) {
            return toQString(workflow.id);
        }
    }
    return nameOrId;
}

protocol::ListRuns RunsPanel::request() const {
    protocol::ListRuns request;
    const auto& query = filter_->query();
    const auto excluded = query.values(QStringLiteral("status"), true);
    auto statuses = query.values(QStringLiteral("status"));
    if (statuses.isEmpty() && !excluded.isEmpty()) statuses = runStatuses();
    for (const auto& status : std::as_const(statuses)) {
        if (!excluded.contains(status)) request.statuses.push_back(status.toStdString());
    }
    const auto workflows = query.values(QStringLiteral("workflow"));
    if (!workflows.isEmpty()) request.workflowId = workflowId(workflows.front()).toStdString();
    request.errorText = query.text.toStdString();
    const auto now = context_.run().now();
    request.createdAfter = range_->range().begin(now);
    if (range_->range().kind == TimeRange::Kind::Absolute) request.createdBefore = range_->range().end(now);
    return request;
}

void RunsPanel::applyFilter() {
    asked_ = true;
    states_->showLoading();
    model_.setFilter(request());
}

void RunsPanel::showCount() {
    const auto count = formatCount(model_.total());
    const bool open = model_.totalIsLeast() || model_.canFetchMore({});
    count_->setText(open ? tr("at least %1 runs").arg(count)
                         : tr("%n run(s)", nullptr, static_cast<int>(model_.total()))
                               .replace(QString::number(model_.total()), count));
}

void RunsPanel::showEvent(QShowEvent* event) {
    Panel::showEvent(event);
    poll_.start();
    loadWorkflowNames();
    // Coming back to the tab finds the place where one was reading.
    if (asked_) {
        model_.refresh();
    } else {
        applyFilter();
    }
}

void RunsPanel::hideEvent(QHideEvent* event) {
    poll_.stop();
    Panel::hideEvent(event);
}

void RunsPanel::poll() {
    if (views_->currentIndex() == 0) model_.refresh();
}

void RunsPanel::takeNews(int count) {
    if (count > 0 && table_->verticalScrollBar()->value() == 0 && !table_->hasFocus()) {
        model_.showNewest();
        return;
    }
    news_->setText(count > 0 ? tr("%n new", nullptr, count) : QString());
    news_->setAccessibleName(count > 0 ? tr("Show %n new run(s)", nullptr, count) : QString());
    news_->setVisible(count > 0 && views_->currentIndex() == 0);
}

void RunsPanel::showMenu(const QPoint& position) {
    const auto index = table_->indexAt(position);
    const auto* run = index.isValid() ? model_.run(index.row()) : nullptr;
    if (!run) return;
    auto* menu = new RunsMenu(context_, *run, this);
    connect(menu, &RunsMenu::openRequested, this, &RunsPanel::runChosen);
    connect(menu, &RunsMenu::done, &model_, &RunsModel::refresh);
    connect(menu, &RunsMenu::failed, this, [this](const Error& error) { showProblem(*notice_, error, false); });
    menu->popup(table_->viewport()->mapToGlobal(position));
}

QJsonObject RunsPanel::saveState() const {
    return {{QStringLiteral("filter"), filter_->text()},
            {QStringLiteral("range"), writeTimeRange(range_->range())},
            {QStringLiteral("grid"), gridButton_->isChecked()}};
}

void RunsPanel::restoreState(const QJsonObject& state) {
    filter_->setText(state.value(QLatin1String("filter")).toString());
    if (const auto range = readTimeRange(state.value(QLatin1String("range")).toString())) range_->setRange(*range);
    gridButton_->setChecked(state.value(QLatin1String("grid")).toBool());
    asked_ = false;
    if (isVisible()) applyFilter();
}

}  // namespace signalbox::ui
