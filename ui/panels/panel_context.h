// Where panels meet: the gateway, the workflow that is shown, the run that is followed, the selection.
#pragma once

#include <QObject>
#include <memory>

#include "client/gateway_client.h"
#include "protocol/dto.h"
#include "ui/models/run_controller.h"
#include "ui/models/run_session.h"

namespace signalbox::ui {

class NoticeBar;

/// Given to every panel by the window, which owns it. Panels know nothing of each other.
class PanelContext : public QObject {
    Q_OBJECT
public:
    explicit PanelContext(client::GatewayClient& client, QObject* parent = nullptr);

    [[nodiscard]] client::GatewayClient& client() { return client_; }
    [[nodiscard]] RunSession& run() { return run_; }
    [[nodiscard]] RunController& controller() { return controller_; }

    /// Null when none is open.
    [[nodiscard]] const protocol::WorkflowDetail* workflow() const { return workflow_.get(); }
    [[nodiscard]] QString workflowId() const;
    [[nodiscard]] bool canRun() const;  ///< one is open and has no errors
    void setWorkflow(std::shared_ptr<const protocol::WorkflowDetail> workflow);

    /// The graph that is shown: of the version the run is pinned to, otherwise the workflow's.
    [[nodiscard]] const protocol::Graph& graph() const;
    [[nodiscard]] const protocol::GraphNode* node(const QString& id) const;

    [[nodiscard]] QString selectedNode() const { return selectedNode_; }
    void selectNode(const QString& id);

Q_SIGNALS:
    void workflowChanged();
    void graphChanged();
    void selectionChanged(const QString& nodeId);

private:
    client::GatewayClient& client_;
    RunSession run_;
    RunController controller_;
    std::shared_ptr<const protocol::WorkflowDetail> workflow_;
    QString selectedNode_;
};

/// Shows an error of a call where it belongs.
void showProblem(NoticeBar& notice, const Error& error, bool retry);

}  // namespace signalbox::ui
