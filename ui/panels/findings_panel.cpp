#include "ui/panels/findings_panel.h"

#include "ui/panels/panel_context.h"
#include "ui/widgets/empty_state.h"

namespace signalbox::ui {

FindingsPanel::FindingsPanel(PanelContext& context, QWidget* parent)
    : ListPanel(QStringLiteral("findingsList"), QStringLiteral("check"), parent), context_(context) {
    setObjectName(QStringLiteral("findingsPanel"));
    view().setModel(&model_);
    view().setAccessibleName(tr("Findings"));
    emptyState().setTexts(tr("No findings"), tr("Validation has nothing to say about this workflow."));
    connect(this, &ListPanel::chosen, this, [this](const QString& node) {
        if (!node.isEmpty()) context_.selectNode(node);
    });
    connect(&context_, &PanelContext::workflowChanged, this, &FindingsPanel::refresh);
    refresh();
}

void FindingsPanel::refresh() {
    model_.setFindings(context_.workflow() ? context_.workflow()->findings : std::vector<protocol::FindingDto>());
    showRows(model_.rowCount() > 0);
    Q_EMIT countChanged(model_.rowCount());
}

}  // namespace signalbox::ui
