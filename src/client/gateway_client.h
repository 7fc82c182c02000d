// Typed calls to one gateway, wherever it is. What every panel and the command line talk to.
#pragma once

#include <QFuture>
#include <QObject>
#include <QString>
#include <QStringList>
#include <memory>
#include <optional>

#include "base/result.h"
#include "client/transport.h"
#include "protocol/requests.h"

namespace signalbox::client {

class GatewayClient;

/// Live events of one subscription, in the thread it was made in, coalesced to at most ten batches a second.
class EventStream : public QObject {
    Q_OBJECT
public:
    ~EventStream() override;

Q_SIGNALS:
    void received(const std::vector<signalbox::protocol::EventDto>& events);

private:
    friend class GatewayClient;
    struct Private;
    explicit EventStream(std::unique_ptr<Private> d, QObject* parent);
    std::unique_ptr<Private> d_;
};

/// What happens to workflows' files, and nothing else: needs "workflow:read" only.
[[nodiscard]] protocol::EventFilter onlyWorkflows();

class WorkflowsApi {
public:
    explicit WorkflowsApi(GatewayClient& client) : client_(client) {}
    QFuture<Result<protocol::WorkflowList>> list(const QString& text = {}, const QStringList& tags = {});
    QFuture<Result<protocol::WorkflowDetail>> get(const QString& id);
    QFuture<Result<protocol::ValidationReport>> validate(const std::string& text);
    QFuture<Result<protocol::FormattedWorkflow>> format(const std::string& text);
    QFuture<Result<protocol::WorkflowDetail>> save(const std::string& text, const QString& expectedEtag);
    QFuture<Result<protocol::WorkflowDetail>> create(const QString& id, const QString& name, const std::string& text);
    QFuture<Result<protocol::WorkflowDetail>> duplicate(const QString& id, const QString& newId = {},
                                                        const QString& newName = {});
    QFuture<Result<protocol::WorkflowDetail>> rename(protocol::RenameWorkflow request);
    /// The entry's trashId undoes it: restore().
    QFuture<Result<protocol::TrashEntry>> remove(const QString& id, const QString& expectedEtag);
    QFuture<Result<protocol::WorkflowDetail>> restore(const QString& trashId);
    QFuture<Result<protocol::TrashList>> trash();
    QFuture<Result<protocol::WorkflowVersionList>> versions(const QString& id);
    /// Version 0 is the newest.
    QFuture<Result<protocol::WorkflowVersionDetail>> version(const QString& id, int version);

private:
    GatewayClient& client_;
};

class RunsApi {
public:
    explicit RunsApi(GatewayClient& client) : client_(client) {}
    QFuture<Result<protocol::RunRef>> start(protocol::StartRun request);
    QFuture<Result<protocol::RunList>> list(protocol::ListRuns request);
    QFuture<Result<protocol::RunDetail>> get(const QString& runId);
    QFuture<Result<protocol::NodeData>> node(const QString& runId, const QString& nodeId);
    QFuture<Result<protocol::RunItemPage>> items(protocol::GetRunItems request);
    QFuture<Result<protocol::RunGrid>> grid(protocol::GetRunGrid request);
    QFuture<Result<protocol::RunTimeline>> timeline(protocol::GetRunTimeline request);
    QFuture<Result<protocol::JournalPage>> journal(const QString& runId, quint64 fromSeq = 0, quint32 limit = 1000);
    QFuture<Result<protocol::JournalPage>> journal(protocol::GetRunJournal request);
    QFuture<Result<protocol::RunLogPage>> logs(protocol::GetRunLogs request);
    /// Approvals and signals that runs wait for.
    QFuture<Result<protocol::PendingList>> pending(const QString& workflowId = {});
    QFuture<Result<protocol::Empty>> cancel(const QString& runId, const QString& reason);
    QFuture<Result<protocol::Empty>> pause(const QString& runId);
    QFuture<Result<protocol::Empty>> resume(const QString& runId);
    QFuture<Result<protocol::Empty>> signal(const QString& runId, const QString& name, Value value);
    QFuture<Result<protocol::Empty>> decide(const QString& runId, const QString& nodeId, bool approved,
                                            const QString& comment);
    QFuture<Result<protocol::RunRef>> rerun(protocol::RerunRun request);

private:
    GatewayClient& client_;
};

class EngineApi {
public:
    explicit EngineApi(GatewayClient& client) : client_(client) {}
    QFuture<Result<protocol::EngineStatsDto>> stats();
    /// Samples of the last 15 minutes that are later than a time; 0: all.
    QFuture<Result<protocol::EngineHistory>> history(qint64 after = 0);
    QFuture<Result<protocol::RetentionDto>> setRetention(const protocol::RetentionDto& retention);

private:
    GatewayClient& client_;
};

class NodesApi {
public:
    explicit NodesApi(GatewayClient& client) : client_(client) {}
    QFuture<Result<protocol::NodeTypeList>> list();

private:
    GatewayClient& client_;
};

/// Owns its transport. Lives in one thread (that of the window); every future is finished there, so that
/// `client.runs().get(id).then(this, ...)` continues in it.
class GatewayClient : public QObject {
    Q_OBJECT
public:
    explicit GatewayClient(std::unique_ptr<Transport> transport, QObject* parent = nullptr);
    ~GatewayClient() override;

    [[nodiscard]] WorkflowsApi& workflows() { return workflows_; }
    [[nodiscard]] RunsApi& runs() { return runs_; }
    [[nodiscard]] NodesApi& nodes() { return nodes_; }
    [[nodiscard]] EngineApi& engine() { return engine_; }
    QFuture<Result<protocol::GatewayInfo>> info();
    /// Whether it can take work in, and if not, why.
    QFuture<Result<protocol::GatewayHealth>> health();
    QFuture<Result<protocol::EngineStatsDto>> engineStats();

    /// The stream ends when the returned object is deleted.
    [[nodiscard]] EventStream* events(protocol::EventFilter filter, QObject* parent);

    /// The way under every typed call; Request names its Reply.
    template <class Request>
    QFuture<Result<typename Request::Reply>> call(Request request);
    /// Of a list: all of it, page behind page, as one reply. What is made or deleted meanwhile may be in it or not; the
    /// rest is in it once. The request's cursor and limit are not looked at.
    template <class Request>
    QFuture<Result<typename Request::Reply>> callAll(Request request);

private:
    struct Private;
    template <class Request>
    struct Gathering;
    template <class Request>
    void callNext(std::shared_ptr<Gathering<Request>> gathering);

    std::unique_ptr<Private> d_;
    WorkflowsApi workflows_;
    RunsApi runs_;
    NodesApi nodes_;
    EngineApi engine_;
};

}  // namespace signalbox::client
