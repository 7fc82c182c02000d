#include "ui/panels/run_gantt_page.h"

#include <QVBoxLayout>

#include "ui/charts/gantt_view.h"
#include "ui/panels/hold_back.h"
#include "ui/panels/panel_context.h"
#include "ui/text/format.h"
#include "ui/widgets/panel_states.h"

namespace signalbox::ui {

RunGanttPage::RunGanttPage(PanelContext& context, QWidget* parent)
    : QWidget(parent),
      context_(context),
      feed_(context.client(), context.run()),
      chart_(new GanttView),
      states_(new PanelStates(*chart_)) {
    setObjectName(QStringLiteral("runGanttPage"));
    chart_->setObjectName(QStringLiteral("runGantt"));
    chart_->setAccessibleName(tr("Run over time"));
    chart_->setFrameShape(QFrame::NoFrame);
    chart_->setClock([this] { return context_.run().now() - origin_; });
    states_->setSkeleton(Skeleton::Kind::Table);
    states_->setEmptyTexts(QStringLiteral("gantt"), tr("Nothing has run yet"),
                           tr("A bar appears here for every attempt at a node, wait and backoff."));
    states_->setClock([this] { return context_.run().now(); });
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(states_);
    connect(states_, &PanelStates::retryRequested, &feed_, &RunTimelineFeed::restart);
    holdBackRetries(context_.connection(), *states_);
    connect(&feed_, &RunTimelineFeed::restarted, this, &RunGanttPage::clear);
    connect(&feed_, &RunTimelineFeed::arrived, this, &RunGanttPage::take);
    connect(&feed_, &RunTimelineFeed::failed, states_, [this](const Error& error) { states_->showError(error); });
    connect(chart_, &GanttView::rowSelected, &context_, &PanelContext::selectNode);
    connect(chart_, &GanttView::rowActivated, &context_, &PanelContext::selectNode);
    connect(&context_, &PanelContext::selectionChanged, chart_, &GanttView::selectRow);
}

void RunGanttPage::clear() {
    chart_->setRows({}, {});
    states_->showLoading();
}

void RunGanttPage::take(const protocol::RunTimeline& page, bool first) {
    if (first) {
        origin_ = page.origin;
        QStringList ids;
        QStringList titles;
        for (const auto& id : page.nodes) {
            ids << toQString(id);
            titles << context_.run().titleOf(ids.back());
        }
        chart_->setRows(ids, titles);
    }
    std::vector<std::pair<std::uint32_t, GanttBar>> bars;
    bars.reserve(page.bar.size());
    for (std::size_t i = 0; i < page.bar.size(); ++i) {
        bars.emplace_back(page.bar[i], GanttBar{static_cast<std::int32_t>(page.node[i]), page.item[i], page.attempt[i],
                                                page.generation[i], page.ready[i], page.started[i], page.ended[i],
                                                page.phases[i], page.outcomes[i]});
    }
    if (!bars.empty()) chart_->setBars(bars);
    if (first) chart_->selectRow(context_.selectedNode());
    if (chart_->data().barCount() > 0) {
        states_->showLive();
    } else {
        states_->showEmpty();
    }
}

void RunGanttPage::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    feed_.setActive(true);
}

void RunGanttPage::hideEvent(QHideEvent* event) {
    QWidget::hideEvent(event);
    feed_.setActive(false);
}

}  // namespace signalbox::ui
