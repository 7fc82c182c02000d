// Where panels meet: the gateway, the workflow that is shown, the run that is followed, the selection.
#pragma once

#include <QObject>
#include <QStringList>
#include <functional>
#include <map>
#include <memory>
#include <vector>

#include "client/gateway_client.h"
#include "protocol/dto.h"
#include "ui/document/document_session.h"
#include "ui/document/node_types.h"
#include "ui/models/connection_monitor.h"
#include "ui/models/run_controller.h"
#include "ui/models/run_session.h"

class QWidget;

namespace signalbox::ui {

class ActionRegistry;
class NoticeBar;
class Settings;
struct RecoveredEdits;

/// A wire by its ports: "a.output", "b.input".
struct WireRef {
    QString from;
    QString to;
    bool operator==(const WireRef&) const = default;
};

/// Given to every panel by the window, which owns it. Panels know nothing of each other.
class PanelContext : public QObject {
    Q_OBJECT
public:
    explicit PanelContext(client::GatewayClient& client, QObject* parent = nullptr);
    ~PanelContext() override;

    [[nodiscard]] client::GatewayClient& client() { return client_; }
    [[nodiscard]] RunSession& run() { return run_; }
    [[nodiscard]] RunController& controller() { return controller_; }
    /// How the gateway can be reached; what is shown is old, and nothing can be changed, while it cannot.
    [[nodiscard]] ConnectionMonitor& connection() { return *connection_; }
    /// Of the window; both outlive every panel in it. A window sets them before it makes its first panel.
    [[nodiscard]] ActionRegistry& actions() { return *actions_; }
    [[nodiscard]] Settings& settings() { return *settings_; }
    void setServices(ActionRegistry& actions, Settings& settings);

    /// Null when none is open.
    [[nodiscard]] const protocol::WorkflowDetail* workflow() const { return workflow_.get(); }
    [[nodiscard]] QString workflowId() const;
    [[nodiscard]] bool canRun() const;  ///< one is open and has no errors
    /// The same workflow again is compared with the one that is open: unsaved edits stay.
    void setWorkflow(std::shared_ptr<const protocol::WorkflowDetail> workflow);

    // The workflow as it is edited (ui/document); null when none is open. Unsaved ones stay open behind another.
    [[nodiscard]] DocumentSession* session() const { return session_; }
    [[nodiscard]] WorkflowDocument* document() const { return session_ ? &session_->document() : nullptr; }
    [[nodiscard]] QStringList unsavedWorkflows() const;
    [[nodiscard]] NodeTypes& nodeTypes() { return nodeTypes_; }
    /// Edits of an earlier process; the workflow is opened with them. problem() tells if it cannot be.
    void restoreEdits(const RecoveredEdits& edits);
    [[nodiscard]] const std::string& gatewayKey() const { return gatewayKey_; }  ///< empty until the gateway told
    void setJournalFolder(std::string folder) { journalFolder_ = std::move(folder); }
    [[nodiscard]] const std::string& journalFolder() const { return journalFolder_; }

    /// Saves unsaved edits first, then calls; problem() or a conflict tells when they cannot be saved.
    void saveThen(std::function<void()> done);
    /// From a node of the run again: with the workflow as it is edited, if that is shown, otherwise as the run had it.
    void rerunFrom(const QString& nodeId);

    /// Why the workflow cannot be edited as things are shown; empty when it can.
    [[nodiscard]] QString readOnlyReason() const;
    /// From the version that a run is pinned to, to the workflow as it is now. States of the run stay shown.
    void editWorkflow();

    /// The graph that is shown: of the version the run is pinned to, otherwise the workflow's as edited.
    [[nodiscard]] const protocol::Graph& graph() const;
    [[nodiscard]] const protocol::GraphNode* node(const QString& id) const;

    [[nodiscard]] QString selectedNode() const { return selectedNode_; }
    void selectNode(const QString& id);
    [[nodiscard]] const WireRef& selectedWire() const { return selectedWire_; }
    void selectWire(const WireRef& wire);  ///< an empty one deselects
    /// Selects what a finding speaks of and asks for the field: placeRequested().
    void goTo(const protocol::FindingDto& finding);

Q_SIGNALS:
    void workflowChanged();
    void documentChanged();  ///< another workflow is edited, or none
    void documentEdited();   ///< after every edit, undo and redo
    void historyChanged();   ///< other steps can be undone or redone
    void findingsChanged();
    void dirtyChanged();
    void editabilityChanged();  ///< readOnlyReason() may be another
    void wireSelected();
    void gatewayKnown();
    void placeRequested(const QString& pointer);  ///< into the document: "/nodes/3/params/url"
    void problem(const signalbox::Error& error, std::function<void()> retry);
    void graphChanged();
    void selectionChanged(const QString& nodeId);
    /// Times are written another way now (local or UTC): texts that hold one are made again.
    void timesChanged();

private:
    DocumentSession& makeSession(const QString& id);
    void switchTo(DocumentSession* session);
    void takeDetail(const protocol::WorkflowDetail& detail);
    void askInfo();
    void catchUp();
    void noticeEdit();
    void noticeRun();
    void noticeEvents(const std::vector<protocol::EventDto>& events);

    client::GatewayClient& client_;
    ActionRegistry* actions_ = nullptr;
    Settings* settings_ = nullptr;
    RunSession run_;
    RunController controller_;
    ConnectionMonitor* connection_;  ///< a child
    std::shared_ptr<const protocol::WorkflowDetail> workflow_;
    QString selectedNode_;
    WireRef selectedWire_;
    NodeTypes nodeTypes_;
    std::string gatewayKey_;
    std::string journalFolder_;
    std::map<QString, std::unique_ptr<DocumentSession>> sessions_;  ///< the open one and the unsaved ones
    DocumentSession* session_ = nullptr;
    client::EventStream* changes_ = nullptr;  ///< files that others change; a child
    bool editing_ = false;                    ///< the workflow is shown although a run is open
    bool sameAsRun_ = false;                  ///< the run is of the workflow as it is
};

/// Shows an error of a call where it belongs.
void showProblem(NoticeBar& notice, const Error& error, bool retry);

}  // namespace signalbox::ui
