// Typed calls to one gateway, wherever it is. What every panel and the command line talk to.
#pragma once

#include <QFuture>
#include <QObject>
#include <QString>
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

class WorkflowsApi {
public:
    explicit WorkflowsApi(GatewayClient& client) : client_(client) {}
    QFuture<Result<protocol::WorkflowList>> list(const QString& text = {});
    QFuture<Result<protocol::WorkflowDetail>> get(const QString& id);
    QFuture<Result<protocol::ValidationReport>> validate(const std::string& text);
    QFuture<Result<protocol::WorkflowDetail>> save(const std::string& text, const QString& expectedEtag);

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
    QFuture<Result<protocol::JournalPage>> journal(const QString& runId, quint64 fromSeq = 0, quint32 limit = 1000);
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
    QFuture<Result<protocol::GatewayInfo>> info();
    QFuture<Result<protocol::EngineStatsDto>> engineStats();

    /// The stream ends when the returned object is deleted.
    [[nodiscard]] EventStream* events(protocol::EventFilter filter, QObject* parent);

    /// The way under every typed call; Request names its Reply.
    template <class Request>
    QFuture<Result<typename Request::Reply>> call(Request request);

private:
    struct Private;
    std::unique_ptr<Private> d_;
    WorkflowsApi workflows_;
    RunsApi runs_;
    NodesApi nodes_;
};

}  // namespace signalbox::client
