#include "client/gateway_client.h"

#include <QPromise>
#include <QThread>
#include <iterator>
#include <mutex>
#include <unordered_map>
#include <utility>

#include "client/event_stream_private.h"
#include "client/words.h"

namespace signalbox::client {

namespace {

/// Brings replies from the transport's threads to the client's: one queued call for as many as have come by then.
class Inbox {
public:
    using Deliver = std::function<void()>;
    void open(QObject* owner, Deliver deliver) {
        owner_ = owner;
        deliver_ = std::move(deliver);
    }
    void close() {
        const std::lock_guard lock(mutex_);
        owner_ = nullptr;
    }
    void put(quint64 call, Result<protocol::Reply> outcome) {
        const std::lock_guard lock(mutex_);
        if (owner_ == nullptr) return;
        outcomes_.emplace_back(call, std::move(outcome));
        if (outcomes_.size() == 1) QMetaObject::invokeMethod(owner_, deliver_, Qt::QueuedConnection);
    }
    [[nodiscard]] std::vector<std::pair<quint64, Result<protocol::Reply>>> take() {
        const std::lock_guard lock(mutex_);
        return std::exchange(outcomes_, {});
    }

private:
    std::mutex mutex_;
    QObject* owner_ = nullptr;
    Deliver deliver_;
    std::vector<std::pair<quint64, Result<protocol::Reply>>> outcomes_;
};

constexpr std::uint32_t kLargestPage = 1000;

auto& rowsOf(protocol::WorkflowList& list) { return list.workflows; }
auto& rowsOf(protocol::WorkflowVersionList& list) { return list.versions; }
auto& rowsOf(protocol::TrashList& list) { return list.entries; }
auto& rowsOf(protocol::PendingList& list) { return list.items; }
auto& rowsOf(protocol::ScheduleList& list) { return list.schedules; }
auto& rowsOf(protocol::WebhookList& list) { return list.webhooks; }
auto& rowsOf(protocol::FileWatchList& list) { return list.watches; }
auto& rowsOf(protocol::UserList& list) { return list.users; }
auto& rowsOf(protocol::SessionList& list) { return list.sessions; }
auto& rowsOf(protocol::ApiKeyList& list) { return list.keys; }

}  // namespace

struct GatewayClient::Private {
    using Finish = std::function<void(Result<protocol::Reply>)>;

    std::unique_ptr<Transport> transport;
    std::shared_ptr<Inbox> inbox = std::make_shared<Inbox>();
    std::unordered_map<quint64, Finish> pending;  ///< only touched in the client's thread
    quint64 lastCall = 0;

    void deliver() {
        for (auto& [call, outcome] : inbox->take()) {
            auto finish = pending.extract(call);
            if (!finish.empty()) finish.mapped()(std::move(outcome));
        }
    }
};

GatewayClient::GatewayClient(std::unique_ptr<Transport> transport, QObject* parent)
    : QObject(parent), d_(std::make_unique<Private>()), workflows_(*this), runs_(*this), nodes_(*this), engine_(*this) {
    d_->transport = std::move(transport);
    d_->inbox->open(this, [this] { d_->deliver(); });
}

GatewayClient::~GatewayClient() {
    d_->inbox->close();
    d_->transport.reset();
    for (auto& [call, finish] : std::exchange(d_->pending, {})) {
        finish(fail(worded("client.closed", Words::tr("The connection to the gateway was closed"), {}, {}, true)));
    }
}

template <class Request>
QFuture<Result<typename Request::Reply>> GatewayClient::call(Request request) {
    using Reply = typename Request::Reply;
    Q_ASSERT(thread() == QThread::currentThread());
    auto promise = std::make_shared<QPromise<Result<Reply>>>();
    promise->start();
    auto future = promise->future();
    const quint64 id = ++d_->lastCall;
    d_->pending.emplace(id, [promise](Result<protocol::Reply> outcome) {
        if (!outcome) {
            promise->addResult(Result<Reply>(fail(std::move(outcome).error())));
        } else if (auto* reply = outcome->get<Reply>()) {
            promise->addResult(Result<Reply>(std::move(*reply)));
        } else {
            promise->addResult(Result<Reply>(fail(worded(
                "protocol.malformed", Words::tr("The gateway sent the reply to another call"), Request::kName))));
        }
        promise->finish();
    });
    d_->transport->send(
        protocol::Request(std::move(request)),
        [inbox = d_->inbox, id](Result<protocol::Reply> outcome) { inbox->put(id, std::move(outcome)); });
    return future;
}

template <class Request>
struct GatewayClient::Gathering {
    Request request;
    typename Request::Reply all;
    QPromise<Result<typename Request::Reply>> promise;

    void end(Result<typename Request::Reply> outcome) {
        promise.addResult(std::move(outcome));
        promise.finish();
    }
};

template <class Request>
QFuture<Result<typename Request::Reply>> GatewayClient::callAll(Request request) {
    auto gathering = std::make_shared<Gathering<Request>>();
    gathering->request = std::move(request);
    gathering->request.limit = kLargestPage;
    gathering->request.cursor.clear();
    gathering->promise.start();
    callNext(gathering);
    return gathering->promise.future();
}

template <class Request>
void GatewayClient::callNext(std::shared_ptr<Gathering<Request>> gathering) {
    // Continues where the call is finished: in this client's thread, also while it is destroyed, but then with an
    // error.
    call(gathering->request).then([this, gathering](Result<typename Request::Reply> page) {
        if (!page) return gathering->end(std::move(page));
        auto& rows = rowsOf(*page);
        auto& all = rowsOf(gathering->all);
        all.insert(all.end(), std::make_move_iterator(rows.begin()), std::make_move_iterator(rows.end()));
        std::string next = std::exchange(page->nextCursor, {});
        if constexpr (requires { page->truncated; }) gathering->all.truncated |= page->truncated;
        if (next.empty()) return gathering->end(std::move(gathering->all));
        if (next == gathering->request.cursor) {
            return gathering->end(fail(worded(
                "protocol.malformed", Words::tr("The gateway sent the same page of a list again"), Request::kName)));
        }
        gathering->request.cursor = std::move(next);
        callNext(gathering);
    });
}

EventStream* GatewayClient::events(protocol::EventFilter filter, QObject* parent) {
    Q_ASSERT(thread() == QThread::currentThread());
    auto parts = std::make_unique<EventStream::Private>();
    auto& handle = parts->handle;
    auto buffer = parts->buffer;
    auto* stream = new EventStream(std::move(parts), parent);
    handle = d_->transport->subscribe(
        std::move(filter), [buffer](std::vector<protocol::EventDto> events) { buffer->put(std::move(events)); });
    return stream;
}

QFuture<Result<protocol::GatewayInfo>> GatewayClient::info() { return call(protocol::GetGatewayInfo{}); }

QFuture<Result<protocol::GatewayHealth>> GatewayClient::health() { return call(protocol::GetGatewayHealth{}); }

QFuture<Result<protocol::EngineStatsDto>> GatewayClient::engineStats() { return call(protocol::GetEngineStats{}); }

// Every request of the protocol: the template is compiled here and nowhere else.
#define SIGNALBOX_INSTANTIATE_CALL(Request) \
    template QFuture<Result<protocol::Request::Reply>> GatewayClient::call(protocol::Request);
SIGNALBOX_INSTANTIATE_CALL(GetGatewayInfo)
SIGNALBOX_INSTANTIATE_CALL(GetGatewayHealth)
SIGNALBOX_INSTANTIATE_CALL(GetEngineStats)
SIGNALBOX_INSTANTIATE_CALL(GetEngineHistory)
SIGNALBOX_INSTANTIATE_CALL(SetRetention)
SIGNALBOX_INSTANTIATE_CALL(ListWorkflows)
SIGNALBOX_INSTANTIATE_CALL(GetWorkflow)
SIGNALBOX_INSTANTIATE_CALL(ValidateWorkflow)
SIGNALBOX_INSTANTIATE_CALL(FormatWorkflow)
SIGNALBOX_INSTANTIATE_CALL(SaveWorkflow)
SIGNALBOX_INSTANTIATE_CALL(CreateWorkflow)
SIGNALBOX_INSTANTIATE_CALL(DuplicateWorkflow)
SIGNALBOX_INSTANTIATE_CALL(RenameWorkflow)
SIGNALBOX_INSTANTIATE_CALL(DeleteWorkflow)
SIGNALBOX_INSTANTIATE_CALL(RestoreWorkflow)
SIGNALBOX_INSTANTIATE_CALL(ListTrash)
SIGNALBOX_INSTANTIATE_CALL(ListWorkflowVersions)
SIGNALBOX_INSTANTIATE_CALL(GetWorkflowVersion)
SIGNALBOX_INSTANTIATE_CALL(StartRun)
SIGNALBOX_INSTANTIATE_CALL(ListRuns)
SIGNALBOX_INSTANTIATE_CALL(GetRunGrid)
SIGNALBOX_INSTANTIATE_CALL(GetRun)
SIGNALBOX_INSTANTIATE_CALL(GetRunNode)
SIGNALBOX_INSTANTIATE_CALL(GetRunItems)
SIGNALBOX_INSTANTIATE_CALL(GetRunTimeline)
SIGNALBOX_INSTANTIATE_CALL(GetRunJournal)
SIGNALBOX_INSTANTIATE_CALL(GetRunLogs)
SIGNALBOX_INSTANTIATE_CALL(ListPending)
SIGNALBOX_INSTANTIATE_CALL(CancelRun)
SIGNALBOX_INSTANTIATE_CALL(PauseRun)
SIGNALBOX_INSTANTIATE_CALL(ResumeRun)
SIGNALBOX_INSTANTIATE_CALL(SignalRun)
SIGNALBOX_INSTANTIATE_CALL(DecideApproval)
SIGNALBOX_INSTANTIATE_CALL(RerunRun)
SIGNALBOX_INSTANTIATE_CALL(WaitForRun)
SIGNALBOX_INSTANTIATE_CALL(ListNodeTypes)
SIGNALBOX_INSTANTIATE_CALL(GetAccount)
SIGNALBOX_INSTANTIATE_CALL(ChangeOwnPassword)
SIGNALBOX_INSTANTIATE_CALL(ListOwnSessions)
SIGNALBOX_INSTANTIATE_CALL(RevokeOwnSession)
SIGNALBOX_INSTANTIATE_CALL(ListOwnApiKeys)
SIGNALBOX_INSTANTIATE_CALL(CreateOwnApiKey)
SIGNALBOX_INSTANTIATE_CALL(RevokeOwnApiKey)
SIGNALBOX_INSTANTIATE_CALL(ListUsers)
SIGNALBOX_INSTANTIATE_CALL(GetUser)
SIGNALBOX_INSTANTIATE_CALL(CreateUser)
SIGNALBOX_INSTANTIATE_CALL(UpdateUser)
SIGNALBOX_INSTANTIATE_CALL(SetUserPassword)
SIGNALBOX_INSTANTIATE_CALL(DeleteUser)
SIGNALBOX_INSTANTIATE_CALL(ListRoles)
SIGNALBOX_INSTANTIATE_CALL(ListSessions)
SIGNALBOX_INSTANTIATE_CALL(RevokeSession)
SIGNALBOX_INSTANTIATE_CALL(ListApiKeys)
SIGNALBOX_INSTANTIATE_CALL(CreateApiKey)
SIGNALBOX_INSTANTIATE_CALL(RevokeApiKey)
SIGNALBOX_INSTANTIATE_CALL(ListSchedules)
SIGNALBOX_INSTANTIATE_CALL(GetSchedule)
SIGNALBOX_INSTANTIATE_CALL(SaveSchedule)
SIGNALBOX_INSTANTIATE_CALL(DeleteSchedule)
SIGNALBOX_INSTANTIATE_CALL(PauseSchedule)
SIGNALBOX_INSTANTIATE_CALL(TriggerSchedule)
SIGNALBOX_INSTANTIATE_CALL(BackfillSchedule)
SIGNALBOX_INSTANTIATE_CALL(PreviewSchedule)
SIGNALBOX_INSTANTIATE_CALL(ListWebhooks)
SIGNALBOX_INSTANTIATE_CALL(GetWebhook)
SIGNALBOX_INSTANTIATE_CALL(SaveWebhook)
SIGNALBOX_INSTANTIATE_CALL(DeleteWebhook)
SIGNALBOX_INSTANTIATE_CALL(ListFileWatches)
SIGNALBOX_INSTANTIATE_CALL(GetFileWatch)
SIGNALBOX_INSTANTIATE_CALL(SaveFileWatch)
SIGNALBOX_INSTANTIATE_CALL(DeleteFileWatch)

#define SIGNALBOX_INSTANTIATE_CALL_ALL(Request) \
    template QFuture<Result<protocol::Request::Reply>> GatewayClient::callAll(protocol::Request);
SIGNALBOX_INSTANTIATE_CALL_ALL(ListWorkflows)
SIGNALBOX_INSTANTIATE_CALL_ALL(ListWorkflowVersions)
SIGNALBOX_INSTANTIATE_CALL_ALL(ListTrash)
SIGNALBOX_INSTANTIATE_CALL_ALL(ListPending)
SIGNALBOX_INSTANTIATE_CALL_ALL(ListSchedules)
SIGNALBOX_INSTANTIATE_CALL_ALL(ListWebhooks)
SIGNALBOX_INSTANTIATE_CALL_ALL(ListFileWatches)
SIGNALBOX_INSTANTIATE_CALL_ALL(ListUsers)
SIGNALBOX_INSTANTIATE_CALL_ALL(ListSessions)
SIGNALBOX_INSTANTIATE_CALL_ALL(ListApiKeys)
SIGNALBOX_INSTANTIATE_CALL_ALL(ListOwnSessions)
SIGNALBOX_INSTANTIATE_CALL_ALL(ListOwnApiKeys)

}  // namespace signalbox::client
