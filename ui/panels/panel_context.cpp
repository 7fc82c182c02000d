#include "ui/panels/panel_context.h"

#include <algorithm>
#include <utility>

#include "base/json.h"
#include "ui/document/document_journal.h"
#include "ui/text/format.h"
#include "ui/widgets/notice_bar.h"

namespace signalbox::ui {

namespace {

const protocol::Graph& emptyGraph() {
    static const protocol::Graph graph;
    return graph;
}

/// Whether two graphs would run the same; where they are drawn does not matter.
bool sameLogic(const protocol::Graph& a, const protocol::Graph& b) {
    const auto sameNode = [](protocol::GraphNode left, const protocol::GraphNode& right) {
        left.placed = right.placed;
        left.x = right.x;
        left.y = right.y;
        return left == right;
    };
    return a.edges == b.edges && std::equal(a.nodes.begin(), a.nodes.end(), b.nodes.begin(), b.nodes.end(), sameNode);
}

}  // namespace

PanelContext::PanelContext(client::GatewayClient& client, QObject* parent)
    : QObject(parent),
      client_(client),
      run_(client),
      controller_(client, run_),
      connection_(new ConnectionMonitor([this] { return run_.now(); }, this)),
      nodeTypes_(client),
      journalFolder_(defaultJournalFolder().string()) {
    connect(&run_, &RunSession::opened, this, &PanelContext::noticeRun);
    nodeTypes_.load();
    askInfo();
    connect(connection_, &ConnectionMonitor::returned, this, &PanelContext::catchUp);
    changes_ = client_.events(client::onlyWorkflows(), this);
    connect(changes_, &client::EventStream::received, this, &PanelContext::noticeEvents);
}

// Documents that go tell so; by then nobody listens.
PanelContext::~PanelContext() { session_ = nullptr; }

void PanelContext::askInfo() {
    client_.info().then(this, [this](const Result<protocol::GatewayInfo>& reply) {
        if (!reply) return;
        connection_->setToldEnvironment(toQString(reply->environment));
        if (connection_->gatewayName().isEmpty()) connection_->setGateway(toQString(reply->name), {});
        gatewayKey_ = reply->name + ' ' + reply->workspace;
        if (session_ && session_->journal().gateway().empty()) session_->journal().setGateway(gatewayKey_);
        Q_EMIT gatewayKnown();
    });
}

// The gateway is there again: what could not be asked for, or was told to nobody.
void PanelContext::catchUp() {
    if (gatewayKey_.empty()) askInfo();
    if (!nodeTypes_.isLoaded()) nodeTypes_.load();
    for (const auto& [id, session] : sessions_) session->checkOutside();
    run_.refresh();
}

void PanelContext::setServices(ActionRegistry& actions, Settings& settings) {
    actions_ = &actions;
    settings_ = &settings;
}

QString PanelContext::workflowId() const { return workflow_ ? toQString(workflow_->summary.id) : QString(); }

bool PanelContext::canRun() const {
    if (!workflow_) return false;
    return document() && document()->isDirty() ? !document()->hasErrors() : workflow_->summary.errors == 0;
}

void PanelContext::setWorkflow(std::shared_ptr<const protocol::WorkflowDetail> workflow) {
    const auto id = workflow ? toQString(workflow->summary.id) : QString();
    if (workflow && session_ && id == workflowId()) {
        const bool keeps =
            session_->document().isDirty() && workflow->etag != session_->document().etag().toStdString();
        session_->noticeOutside(*workflow);
        if (!keeps) workflow_ = std::move(workflow);
    } else {
        const auto shown = std::exchange(workflow_, std::move(workflow));
        selectNode({});
        run_.close();
        const auto open = sessions_.find(id);
        if (open != sessions_.end()) {
            switchTo(open->second.get());
            session_->noticeOutside(*workflow_);
        } else if (workflow_) {
            auto& session = makeSession(id);
            session.open(*workflow_);
            switchTo(&session);
        } else {
            switchTo(nullptr);
        }
    }
    Q_EMIT workflowChanged();
    Q_EMIT graphChanged();
}

DocumentSession& PanelContext::makeSession(const QString& id) {
    auto owned = std::make_unique<DocumentSession>(client_, journalFolder_, gatewayKey_);
    auto* session = owned.get();
    auto* document = &session->document();
    sessions_[id] = std::move(owned);
    const auto isShown = [this, session] { return session_ == session; };
    connect(document, &WorkflowDocument::changed, this, [=, this] { isShown() ? noticeEdit() : void(); });
    connect(document, &WorkflowDocument::opened, this, [=, this] { isShown() ? Q_EMIT documentEdited() : void(); });
    connect(document, &WorkflowDocument::graphChanged, this, [=, this] { isShown() ? Q_EMIT graphChanged() : void(); });
    connect(document, &WorkflowDocument::findingsChanged, this,
            [=, this] { isShown() ? Q_EMIT findingsChanged() : void(); });
    connect(document, &WorkflowDocument::dirtyChanged, this, [=, this] { isShown() ? Q_EMIT dirtyChanged() : void(); });
    connect(&document->undoStack(), &QUndoStack::indexChanged, this,
            [=, this] { isShown() ? Q_EMIT historyChanged() : void(); });
    connect(session, &DocumentSession::saved, this, &PanelContext::takeDetail);
    connect(session, &DocumentSession::tookOver, this, &PanelContext::takeDetail);
    connect(session, &DocumentSession::failed, this, &PanelContext::problem);
    return *session;
}

// The one that is left is kept while it has edits to be saved.
void PanelContext::switchTo(DocumentSession* session) {
    auto* left = std::exchange(session_, session);
    editing_ = false;
    Q_EMIT documentChanged();
    Q_EMIT editabilityChanged();
    Q_EMIT findingsChanged();
    Q_EMIT dirtyChanged();
    if (left && left != session && !left->document().isDirty() && !left->isSaving()) {
        std::erase_if(sessions_, [left](const auto& entry) { return entry.second.get() == left; });
    }
}

void PanelContext::takeDetail(const protocol::WorkflowDetail& detail) {
    if (toQString(detail.summary.id) != workflowId()) return;
    workflow_ = std::make_shared<const protocol::WorkflowDetail>(detail);
    Q_EMIT workflowChanged();
}

void PanelContext::noticeEdit() {
    if (run_.isOpen() && !editing_) editWorkflow();
    Q_EMIT documentEdited();
}

void PanelContext::noticeRun() {
    editing_ = false;
    sameAsRun_ = session_ && run_.isOpen() && sameLogic(run_.detail().graph, session_->document().graph());
    Q_EMIT graphChanged();
    Q_EMIT editabilityChanged();
}

void PanelContext::noticeEvents(const std::vector<protocol::EventDto>& events) {
    for (const auto& event : events) {
        const bool lost = event.kind == "lost";
        if (!lost && event.kind != "workflow") continue;
        for (const auto& [id, session] : sessions_) {
            if (lost || toQString(event.workflowId) == id) session->checkOutside();
        }
    }
}

QStringList PanelContext::unsavedWorkflows() const {
    QStringList ids;
    for (const auto& [id, session] : sessions_) {
        if (session->document().isDirty()) ids << id;
    }
    return ids;
}

void PanelContext::restoreEdits(const RecoveredEdits& edits) {
    const auto id = toQString(edits.header.workflow);
    client_.workflows().get(id).then(this, [this, id, edits](const Result<protocol::WorkflowDetail>& reply) {
        if (!reply) {
            Q_EMIT problem(reply.error(), [this, edits] { restoreEdits(edits); });
            return;
        }
        setWorkflow(std::make_shared<const protocol::WorkflowDetail>(*reply));
        session_->restore(edits, *reply);
    });
}

void PanelContext::saveThen(std::function<void()> done) {
    if (session_) {
        session_->saveThen(std::move(done));
    } else {
        done();
    }
}

void PanelContext::rerunFrom(const QString& nodeId) {
    if (!editing_) return controller_.rerunFrom(nodeId);
    saveThen([this, nodeId] { controller_.rerunFrom(nodeId, RunController::Version::Newest); });
}

QString PanelContext::readOnlyReason() const {
    if (!session_) return tr("No workflow is open.");
    if (!run_.isOpen() || editing_ || sameAsRun_ || run_.detail().graph.nodes.empty()) return {};
    return tr("This is version %1, as the run has it.").arg(run_.detail().summary.version);
}

void PanelContext::editWorkflow() {
    if (!run_.isOpen() || std::exchange(editing_, true)) return;
    Q_EMIT editabilityChanged();
    Q_EMIT graphChanged();
}

const protocol::Graph& PanelContext::graph() const {
    if (run_.isOpen() && !editing_ && !run_.detail().graph.nodes.empty()) return run_.detail().graph;
    if (session_) return session_->document().graph();
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
    const bool wire = !std::exchange(selectedWire_, {}).from.isEmpty();
    if (id == selectedNode_ && !wire) return;
    selectedNode_ = id;
    Q_EMIT selectionChanged(id);
}

void PanelContext::selectWire(const WireRef& wire) {
    if (wire == selectedWire_) return;
    if (wire.from.isEmpty()) {
        selectedWire_ = {};
        Q_EMIT wireSelected();
        return;
    }
    if (!std::exchange(selectedNode_, {}).isEmpty()) Q_EMIT selectionChanged({});
    selectedWire_ = wire;
    Q_EMIT wireSelected();
}

void PanelContext::goTo(const protocol::FindingDto& finding) {
    const auto& root = document() ? document()->root() : Value::undefined();
    if (finding.pointer.starts_with("/edges/")) {
        const auto at = finding.pointer.find('/', std::string_view("/edges/").size());
        const auto wire = resolvePointer(root, finding.pointer.substr(0, at));
        if (wire["from"].isString()) selectWire({toQString(wire["from"].asString()), toQString(wire["to"].asString())});
    } else {
        selectNode(toQString(finding.node));
    }
    Q_EMIT placeRequested(toQString(finding.pointer));
}

void showProblem(NoticeBar& notice, const Error& error, bool retry) {
    notice.showError(toQString(error.message), toQString(error.hint), toQString(error.code), toQString(error.where),
                     retry);
}

}  // namespace signalbox::ui
