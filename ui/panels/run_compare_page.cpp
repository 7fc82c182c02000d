#include "ui/panels/run_compare_page.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QSignalBlocker>
#include <QVBoxLayout>
#include <utility>

#include "ui/panels/hold_back.h"
#include "ui/panels/panel_context.h"
#include "ui/text/format.h"
#include "ui/text/states.h"
#include "ui/widgets/diff_view.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/panel_states.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

namespace {

constexpr std::uint32_t kLastRuns = 50;

Value shown(const Value& value) { return value.isUndefined() ? Value() : value; }

}  // namespace

RunComparePage::RunComparePage(PanelContext& context, QWidget* parent)
    : QWidget(parent),
      context_(context),
      other_(new QComboBox),
      what_(new QComboBox),
      summary_(new ThemedLabel(ColourRole::Muted)),
      diff_(new DiffView),
      states_(new PanelStates(*diff_)) {
    setObjectName(QStringLiteral("runComparePage"));
    diff_->setObjectName(QStringLiteral("compareDiff"));
    states_->setSkeleton(Skeleton::Kind::Rows);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(buildHeader());
    column->addWidget(states_, 1);
    connect(other_, &QComboBox::currentIndexChanged, this, &RunComparePage::compare);
    connect(what_, &QComboBox::currentIndexChanged, this, &RunComparePage::compare);
    connect(states_, &PanelStates::retryRequested, this, &RunComparePage::listRuns);
    holdBackRetries(context_.connection(), *states_);
    const auto again = [this] {
        if (isVisible()) listRuns();
    };
    connect(&context_.run(), &RunSession::opened, this, again);
    connect(&context_.run(), &RunSession::finished, this, again);
    connect(&context_, &PanelContext::timesChanged, this, again);
    connect(&context_, &PanelContext::selectionChanged, this, [this] {
        if (isVisible() && what_->currentIndex() > 0) compare();
    });
}

QWidget* RunComparePage::buildHeader() {
    other_->setObjectName(QStringLiteral("compareRun"));
    other_->setAccessibleName(tr("Run to compare with"));
    other_->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    other_->hide();
    what_->setObjectName(QStringLiteral("compareWhat"));
    what_->setAccessibleName(tr("What is compared"));
    what_->addItem(tr("Outputs of the runs"));
    what_->addItem(tr("Inputs of the selected node"));
    what_->addItem(tr("Outputs of the selected node"));
    summary_->setObjectName(QStringLiteral("compareSummary"));
    summary_->setElided(true);
    auto* header = new QWidget;
    auto* row = new QHBoxLayout(header);
    const int unit = Theme::current().unit();
    row->setContentsMargins(unit, unit / 2, unit, unit / 2);
    row->setSpacing(2 * unit);
    row->addWidget(other_);
    row->addWidget(what_);
    row->addWidget(summary_, 1);
    return header;
}

void RunComparePage::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    if (listedFor_ != context_.run().runId() || other_->count() == 0) listRuns();
}

void RunComparePage::listRuns() {
    const auto& run = context_.run();
    if (!run.isOpen() || run.isStarting()) return;
    listedFor_ = run.runId();
    protocol::ListRuns request;
    request.workflowId = run.detail().summary.workflowId;
    request.limit = kLastRuns;
    states_->showLoading();
    context_.client().runs().list(request).then(this, [this, turn = ++turn_](const Result<protocol::RunList>& reply) {
        if (turn != turn_) return;
        if (reply) {
            takeRuns(*reply);
        } else {
            states_->showError(reply.error());
        }
    });
}

// The run that was chosen stays chosen; otherwise the newest of the others is.
void RunComparePage::takeRuns(const protocol::RunList& list) {
    const auto chosen = other_->currentData().toString();
    {
        const QSignalBlocker quiet(other_);
        other_->clear();
        for (const auto& run : list.runs) {
            const auto id = toQString(run.runId);
            if (id == context_.run().runId()) continue;
            other_->addItem(
                tr("%1, %2, %3").arg(formatDateTime(run.created), stateLook(toQString(run.status)).word, id.right(8)),
                id);
        }
        other_->setCurrentIndex(std::max(0, other_->findData(chosen)));
    }
    other_->setVisible(other_->count() > 0);
    compare();
}

void RunComparePage::compare() {
    ++turn_;
    sides_ = {};
    const auto other = other_->currentData().toString();
    const auto what = static_cast<What>(what_->currentIndex());
    const auto node = context_.selectedNode();
    if (other.isEmpty()) {
        return showNothing(tr("No other run"), tr("Another run of this workflow is needed to compare with."));
    }
    if (what != What::Outputs && node.isEmpty()) {
        return showNothing(tr("No node selected"), tr("Select the node whose data is to be compared."));
    }
    states_->showLoading();
    if (what == What::Outputs) {
        takeSide(1, context_.run().detail().outputs);
        fetchRun(other);
    } else {
        fetchNodes(other, node, what);
    }
}

void RunComparePage::fetchRun(const QString& other) {
    context_.client().runs().get(other).then(this, [this, turn = turn_](const Result<protocol::RunDetail>& reply) {
        if (turn != turn_) return;
        takeSide(0, reply.map([](const protocol::RunDetail& run) { return run.outputs; }));
    });
}

void RunComparePage::fetchNodes(const QString& other, const QString& node, What what) {
    const std::array<QString, 2> runs{other, context_.run().runId()};
    for (std::size_t side = 0; side < runs.size(); ++side) {
        context_.client()
            .runs()
            .node(runs[side], node)
            .then(this, [this, side, what, turn = turn_](const Result<protocol::NodeData>& reply) {
                if (turn != turn_) return;
                takeSide(side, reply.map([what](const protocol::NodeData& of) {
                    return what == What::NodeInputs ? of.inputs : of.outputs;
                }));
            });
    }
}

void RunComparePage::takeSide(std::size_t side, Result<Value> value) {
    if (!value) {
        ++turn_;
        states_->showError(value.error());
        return;
    }
    sides_[side] = shown(*value);
    if (sides_[0] && sides_[1]) showDifference(*sides_[0], *sides_[1]);
}

void RunComparePage::showDifference(const Value& before, const Value& after) {
    diff_->setNames(tr("Run %1").arg(other_->currentData().toString().right(8)),
                    tr("Run %1").arg(context_.run().runId().right(8)));
    diff_->setValues(before, after);
    summary_->setText(diff_->added() + diff_->removed() == 0 ? tr("No difference") : QString());
    states_->showLive();
}

void RunComparePage::showNothing(const QString& title, const QString& text) {
    summary_->setText({});
    states_->setEmptyTexts(QStringLiteral("diff"), title, text);
    states_->showEmpty();
}

}  // namespace signalbox::ui
