#include "ui/panels/findings_panel.h"

#include <algorithm>

#include "ui/panels/panel_context.h"
#include "ui/text/roles.h"
#include "ui/widgets/empty_state.h"

namespace signalbox::ui {

FindingsPanel::FindingsPanel(PanelContext& context, QWidget* parent)
    : ListPanel(QStringLiteral("findingsList"), QStringLiteral("check"), parent), context_(context) {
    setObjectName(QStringLiteral("findingsPanel"));
    view().setModel(&model_);
    view().setAccessibleName(tr("Findings"));
    emptyState().setTexts(tr("No findings"), tr("Validation has nothing to say about this workflow."));
    connect(&view(), &QListView::clicked, this, &FindingsPanel::goTo);
    connect(&view(), &QListView::activated, this, &FindingsPanel::goTo);
    connect(&context_, &PanelContext::workflowChanged, this, &FindingsPanel::refresh);
    connect(&context_, &PanelContext::findingsChanged, this, &FindingsPanel::refresh);
    showRows(false);
    refresh();
}

// A finding is about the workflow, not about the version that a run may show.
void FindingsPanel::goTo(const QModelIndex& index) {
    const auto* finding = model_.finding(index.row());
    if (!finding) return;
    const auto copy = *finding;  // the list may be another one once something is selected
    context_.editWorkflow();
    context_.goTo(copy);
}

void FindingsPanel::refresh() {
    const auto* document = context_.document();
    const auto findings = document ? document->findings() : std::vector<protocol::FindingDto>();
    if (findings == shown_) return;
    const auto row = view().currentIndex().row();
    shown_ = findings;
    model_.setFindings(findings);
    // Whoever works down the list keeps the place.
    if (row >= 0) view().setCurrentIndex(model_.index(std::min(row, model_.rowCount() - 1)));
    showRows(model_.rowCount() > 0);
    Q_EMIT countChanged(model_.rowCount());
}

}  // namespace signalbox::ui
