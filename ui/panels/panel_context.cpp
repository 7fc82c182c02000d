#include "ui/panels/panel_context.h"

#include "ui/text/format.h"
#include "ui/widgets/notice_bar.h"

namespace signalbox::ui {

namespace {

const protocol::Graph& emptyGraph() {
    static const protocol::Graph graph;
    return graph;
}

}  // namespace

PanelContext::PanelContext(client::GatewayClient& client, QObject* parent)
    : QObject(parent), client_(client), run_(client), controller_(client, run_) {
    connect(&run_, &RunSession::opened, this, &PanelContext::graphChanged);
}

QString PanelContext::workflowId() const { return workflow_ ? toQString(workflow_->summary.id) : QString(); }

bool PanelContext::canRun() const { return workflow_ && workflow_->summary.errors == 0; }

void PanelContext::setWorkflow(std::shared_ptr<const protocol::WorkflowDetail> workflow) {
    const bool another = !workflow || toQString(workflow->summary.id) != workflowId();
    workflow_ = std::move(workflow);
    if (another) {
        selectNode({});
        run_.close();
    }
    Q_EMIT workflowChanged();
    Q_EMIT graphChanged();
}

const protocol::Graph& PanelContext::graph() const {
    if (run_.isOpen() && !run_.detail().graph.nodes.empty()) return run_.detail().graph;
    return workflow_ ? workflow_->graph : emptyGraph();
}

const protocol::GraphNode* PanelContext::node(const QString& id) const {
    if (id.isEmpty()) return nullptr;
    for (const auto& node : graph().nodes) {
        if (toQString(node.id) == id) return &node;
    }
    return nullptr;
}

void PanelContext::selectNode(const QString& id) {
    if (id == selectedNode_) return;
    selectedNode_ = id;
    Q_EMIT selectionChanged(id);
}

void showProblem(NoticeBar& notice, const Error& error, bool retry) {
    notice.showError(toQString(error.message), toQString(error.hint), toQString(error.code), toQString(error.where),
                     retry);
}

}  // namespace signalbox::ui
