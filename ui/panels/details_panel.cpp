#include "ui/panels/details_panel.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QStackedWidget>
#include <QTabBar>
#include <QTabWidget>
#include <QVBoxLayout>

#include "ui/document/workflow_edits.h"
#include "ui/panels/document_bar.h"
#include "ui/panels/error_view.h"
#include "ui/panels/hold_back.h"
#include "ui/panels/inspector_node.h"
#include "ui/panels/inspector_wire.h"
#include "ui/panels/value_view.h"
#include "ui/panels/workflow_overview.h"
#include "ui/text/format.h"
#include "ui/text/states.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/icon_set.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/notice_bar.h"
#include "ui/widgets/state_badge.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

DetailsPanel::DetailsPanel(PanelContext& context, QWidget* parent)
    : Panel(parent),
      context_(context),
      stack_(new QStackedWidget),
      empty_(new EmptyState(QStringLiteral("details"))),
      icon_(new QLabel),
      title_(new ThemedLabel(ColourRole::Text, ThemedLabel::Kind::Strong)),
      subtitle_(new ThemedLabel(ColourRole::Muted, ThemedLabel::Kind::Caption)),
      note_(new ThemedLabel(ColourRole::Muted)),
      badge_(new StateBadge),
      times_(new NumberLabel(ColourRole::Muted)),
      error_(new ErrorView),
      notice_(new NoticeBar),
      tabs_(new QTabWidget),
      node_(new InspectorNode(context, this)),
      wire_(new InspectorWire(context)),
      overview_(new WorkflowOverview(context)),
      inputs_(new ValueView(QStringLiteral("nodeInputs"), tr("Inputs of the node"))),
      outputs_(new ValueView(QStringLiteral("nodeOutputs"), tr("Outputs of the node"))) {
    setObjectName(QStringLiteral("detailsPanel"));
    build();
    connect(&context_, &PanelContext::selectionChanged, this, &DetailsPanel::showSelection);
    connect(&context_, &PanelContext::wireSelected, this, &DetailsPanel::showSelection);
    connect(&context_, &PanelContext::graphChanged, this, &DetailsPanel::showSelection);
    connect(&context_, &PanelContext::placeRequested, this, &DetailsPanel::showPlace);
    connect(&context_.run(), &RunSession::refreshed, this, &DetailsPanel::showState);
    connect(&context_.run(), &RunSession::nodeChanged, this, [this](int index) {
        const auto& state = context_.run().nodes()[static_cast<std::size_t>(index)];
        if (toQString(state.nodeId) == context_.selectedNode()) showState();
    });
    connect(notice_, &NoticeBar::retryRequested, this, [this] {
        fetchedFor_.clear();
        fetchData();
    });
    holdBackRetries(context_.connection(), *notice_);
    connect(&Theme::current(), &Theme::changed, this, &DetailsPanel::showSelection);
    showSelection();
}

void DetailsPanel::build() {
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    empty_->setTexts(tr("No details"), tr("Open a workflow to see what it is made of."));
    tabs_->setObjectName(QStringLiteral("detailsTabs"));
    tabs_->setDocumentMode(true);
    tabs_->tabBar()->setObjectName(QStringLiteral("detailsTabBar"));
    tabs_->tabBar()->setAccessibleName(tr("Parts of the node"));
    tabs_->setAccessibleName(tabs_->tabBar()->accessibleName());
    tabs_->tabBar()->setDrawBase(true);
    tabs_->addTab(node_->params(), tr("Parameters"));
    tabs_->addTab(inputs_, tr("Inputs"));
    tabs_->addTab(outputs_, tr("Outputs"));
    tabs_->addTab(node_->settings(), tr("Settings"));
    tabs_->addTab(node_->json(), tr("JSON"));
    tabs_->setUsesScrollButtons(true);
    connect(tabs_, &QTabWidget::currentChanged, this, &DetailsPanel::fetchData);
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(buildHeader());
    column->addWidget(error_);
    column->addWidget(notice_);
    column->addWidget(tabs_, 1);
    stack_->addWidget(empty_);
    stack_->addWidget(page);
    stack_->addWidget(overview_);
    stack_->addWidget(wire_);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(new ReadOnlyBar(context_));
    layout->addWidget(stack_);
}

QWidget& DetailsPanel::firstStop() {
    if (stack_->currentWidget() == wire_) return wire_->firstStop();
    if (stack_->currentWidget() == overview_) return overview_->firstStop();
    return *tabs_->tabBar();
}

QWidget* DetailsPanel::buildHeader() {
    const int unit = Theme::current().unit();
    title_->setElided(true);
    title_->setObjectName(QStringLiteral("nodeTitle"));
    subtitle_->setElided(true);
    auto* header = new QWidget;
    auto* grid = new QGridLayout(header);
    grid->setContentsMargins(unit * 3 / 2, unit * 3 / 2, unit * 3 / 2, unit);
    grid->setHorizontalSpacing(unit);
    grid->setVerticalSpacing(unit / 4);
    grid->addWidget(icon_, 0, 0, 2, 1, Qt::AlignTop);
    grid->addWidget(title_, 0, 1);
    grid->addWidget(subtitle_, 1, 1);
    grid->addWidget(note_, 2, 1);
    auto* state = new QHBoxLayout;
    state->setContentsMargins(0, unit / 2, 0, 0);
    state->addWidget(badge_);
    state->addStretch(1);
    state->addWidget(times_);
    grid->addLayout(state, 3, 1);
    grid->setColumnStretch(1, 1);
    badge_->setObjectName(QStringLiteral("nodeState"));
    return header;
}

void DetailsPanel::showHeader(const protocol::GraphNode& node) {
    const auto& theme = Theme::current();
    const int side = theme.unit() * 5 / 2;
    icon_->setPixmap(
        theme.icons().pixmap(toQString(node.icon), side, devicePixelRatioF(),
                             theme.colour(colourRoleFromName(toQString(node.colourRole), ColourRole::Muted))));
    title_->setText(node.title.empty() ? toQString(node.id) : toQString(node.title));
    QStringList parts{toQString(node.type), toQString(node.id)};
    if (!node.effect.empty()) parts << toQString(node.effect);
    subtitle_->setText(parts.join(QStringLiteral(" · ")));
    note_->setText(toQString(node.note));
    note_->setVisible(!node.note.empty());
}

void DetailsPanel::showSelection() {
    const auto* node = context_.node(context_.selectedNode());
    const bool wire = !context_.selectedWire().from.isEmpty() && context_.document();
    if (wire) {
        stack_->setCurrentWidget(wire_);
        wire_->showWire();
        return;
    }
    stack_->setCurrentIndex(node ? 1 : context_.workflow() ? 2 : 0);
    if (!node) return;
    showHeader(*node);
    node_->showNode();
    fetchedFor_.clear();
    showState();
}

// What was selected for it is shown by now: the context selects first.
void DetailsPanel::showPlace(const QString& pointer) {
    const auto place = pointer.toStdString();
    if (stack_->currentWidget() == wire_) {
        wire_->focusPlace(place);
    } else if (stack_->currentWidget() == overview_) {
        overview_->focusPlace(place);
    } else if (auto* page = node_->pageOf(place)) {
        tabs_->setCurrentWidget(page);
        if (!page->focusPlace(place)) tabs_->tabBar()->setFocus(Qt::OtherFocusReason);
    }
}

void DetailsPanel::showState() {
    const auto& run = context_.run();
    const auto* state = run.node(context_.selectedNode());
    const bool shown = run.isOpen() && state;
    badge_->setVisible(shown);
    times_->setVisible(shown);
    notice_->clear();
    if (!shown) {
        error_->clear();
        showNoData();
        return;
    }
    badge_->setStatus(toQString(state->status));
    QStringList parts;
    if (state->attempt > 1) parts << tr("attempt %1").arg(state->attempt);
    if (state->itemsTotal > 0) parts << tr("%1 of %2 items").arg(state->itemsDone).arg(state->itemsTotal);
    if (state->started > 0 && state->finished > 0 && state->status != "skipped") {
        parts << formatDuration(state->finished - state->started);
    }
    times_->setText(parts.join(QStringLiteral(" · ")));
    if (state->error) {
        error_->setError(*state->error);
    } else {
        error_->clear();
    }
    fetchData();
}

void DetailsPanel::showNoData() {
    inputs_->setNothing(tr("No data yet"), tr("Run the workflow to see what goes into this node."));
    outputs_->setNothing(tr("No data yet"), tr("Run the workflow to see what this node gives."));
}

void DetailsPanel::fetchData() {
    auto& run = context_.run();
    const auto id = context_.selectedNode();
    const auto* state = run.node(id);
    if (!run.isOpen() || !state || state->status == "pending" || state->status == "ready") {
        showNoData();
        return;
    }
    // Large data is fetched only when somebody looks at it, and the hint of an error always.
    const bool looked = tabs_->currentWidget() == inputs_ || tabs_->currentWidget() == outputs_;
    if (!looked && !state->error) return;
    const auto wanted = QStringLiteral("%1/%2/%3/%4/%5")
                            .arg(run.runId(), id, toQString(state->status))
                            .arg(state->attempt)
                            .arg(state->generation);
    if (wanted == fetchedFor_) return;
    fetchedFor_ = wanted;
    const auto turn = ++turn_;
    context_.client().runs().node(run.runId(), id).then(this, [this, turn](const Result<protocol::NodeData>& reply) {
        if (turn != turn_) return;
        if (reply) {
            showData(*reply);
        } else {
            showProblem(*notice_, reply.error(), true);
        }
    });
}

void DetailsPanel::showData(const protocol::NodeData& fetched) {
    const auto showIn = [](ValueView& view, const Value& value, const QString& none) {
        if (value.isUndefined() || value.isNull() || (value.isObject() && value.empty())) {
            view.setNothing(none, {});
        } else {
            view.setValue(value);
        }
    };
    showIn(*inputs_, fetched.inputs, tr("No inputs"));
    showIn(*outputs_, fetched.outputs, tr("No outputs"));
    if (fetched.state.error) error_->setError(*fetched.state.error);
}

}  // namespace signalbox::ui
