#include "ui/panels/outline_panel.h"

#include <QHBoxLayout>
#include <QScopedValueRollback>

#include "ui/panels/panel_context.h"
#include "ui/text/roles.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/search_line.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

namespace {

constexpr int kSettleMilliseconds = 100;

/// Title, type and id are all searched.
class NodeFilter : public QSortFilterProxyModel {
public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override {
        const auto index = sourceModel()->index(row, 0, parent);
        const auto pattern = filterRegularExpression();
        return index.data().toString().contains(pattern) || index.data(DetailRole).toString().contains(pattern) ||
               index.data(IdRole).toString().contains(pattern);
    }
};

}  // namespace

OutlinePanel::OutlinePanel(PanelContext& context, QWidget* parent)
    : ListPanel(QStringLiteral("outline"), QStringLiteral("graph"), parent),
      context_(context),
      filtered_(new NodeFilter(this)),
      search_(new QLineEdit) {
    setObjectName(QStringLiteral("outlinePanel"));
    filtered_->setSourceModel(&model_);
    filtered_->setFilterCaseSensitivity(Qt::CaseInsensitive);
    view().setModel(filtered_);
    view().setUniformItemSizes(true);
    view().setAccessibleName(tr("Nodes of the workflow"));
    buildSearch();
    settle_.setSingleShot(true);
    settle_.setInterval(kSettleMilliseconds);
    connect(&settle_, &QTimer::timeout, this, &OutlinePanel::showStates);
    const auto soon = [this] {
        if (!settle_.isActive()) settle_.start();
    };
    connect(&context_, &PanelContext::graphChanged, this, &OutlinePanel::showGraph);
    connect(&context_, &PanelContext::selectionChanged, this, &OutlinePanel::showSelection);
    connect(&context_.run(), &RunSession::opened, this, [this] { model_.clearStates(); });
    connect(&context_.run(), &RunSession::refreshed, this, soon);
    connect(&context_.run(), &RunSession::nodeChanged, this, soon);
    connect(view().selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex& current) {
        if (!following_ && current.isValid()) context_.selectNode(current.data(IdRole).toString());
    });
    connect(&emptyState(), &EmptyState::actionRequested, search_, &QLineEdit::clear);
    showGraph();
}

void OutlinePanel::buildSearch() {
    search_->setObjectName(QStringLiteral("outlineSearch"));
    search_->setAccessibleName(tr("Search nodes"));
    search_->setPlaceholderText(tr("Search nodes"));
    makeSearchLine(*search_);
    auto* header = new QWidget;
    auto* row = new QHBoxLayout(header);
    const int unit = Theme::current().unit();
    row->setContentsMargins(unit, unit, unit, unit);
    row->addWidget(search_);
    setHeader(header);
    connect(search_, &QLineEdit::textChanged, this, [this](const QString& text) {
        const QScopedValueRollback guard(following_, true);
        filtered_->setFilterFixedString(text);
        refreshState();
        showSelection();
    });
    // Enter selects the first match.
    connect(search_, &QLineEdit::returnPressed, this, [this] {
        if (filtered_->rowCount() > 0) context_.selectNode(filtered_->index(0, 0).data(IdRole).toString());
    });
}

void OutlinePanel::showGraph() {
    const QScopedValueRollback guard(following_, true);
    model_.setGraph(context_.graph());
    showStates();
    refreshState();
    showSelection();
}

// Only a run has states: a node in a long list is not told to be "pending" while nothing runs.
void OutlinePanel::showStates() {
    if (!context_.run().isOpen()) {
        model_.clearStates();
        return;
    }
    bool active = false;
    const auto now = context_.run().now();
    for (const auto& state : context_.run().nodes()) {
        model_.setState(state, now);
        active = active || state.status == "running";
    }
    // Durations of what runs go on by themselves, while somebody looks.
    if (active && isVisible()) settle_.start();
}

void OutlinePanel::showSelection() {
    const QScopedValueRollback guard(following_, true);
    const int row = model_.rowOf(context_.selectedNode());
    const auto index = row < 0 ? QModelIndex() : filtered_->mapFromSource(model_.index(row));
    view().setCurrentIndex(index);
    if (index.isValid()) view().scrollTo(index);
}

void OutlinePanel::refreshState() {
    if (model_.rowCount() > 0) {
        emptyState().setTexts(tr("Nothing matches"),
                              tr("No node has “%1” in its name, type or id.").arg(search_->text()));
        emptyState().setAction(tr("Clear the search"));
    } else {
        emptyState().setTexts(tr("No nodes"), tr("The nodes of the workflow are listed here in the order they run."));
        emptyState().setAction({});
    }
    showRows(filtered_->rowCount() > 0);
}

void OutlinePanel::showEvent(QShowEvent* event) {
    ListPanel::showEvent(event);
    showStates();
}

}  // namespace signalbox::ui
