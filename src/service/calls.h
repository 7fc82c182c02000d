// Private to the dispatcher: what each request does. Run on the workers.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "protocol/requests.h"
#include "service/dispatcher.h"
#include "service/reply_once.h"

namespace signalbox::service {

class RunWaiters;

/// Who asks, and how far the question may go.
struct CallContext {
    Principal principal;
    Dispatcher::Reach reach = Dispatcher::Reach::Everywhere;
    Micros wait = 0;  ///< of a start: for the end; the reply is a RunResult
};

/// The gateway itself, its workflows and node types. Blocking; any thread.
class DocumentCalls {
public:
    explicit DocumentCalls(const DispatcherParts& parts) : parts_(parts) {}
    void call(const CallContext& context, const protocol::GetGatewayInfo& request, const ReplyOnce& reply) const;
    void call(const CallContext& context, const protocol::ListWorkflows& request, const ReplyOnce& reply) const;
    void call(const CallContext& context, const protocol::GetWorkflow& request, const ReplyOnce& reply) const;
    void call(const CallContext& context, const protocol::ValidateWorkflow& request, const ReplyOnce& reply) const;
    void call(const CallContext& context, const protocol::FormatWorkflow& request, const ReplyOnce& reply) const;
    void call(const CallContext& context, const protocol::SaveWorkflow& request, const ReplyOnce& reply) const;
    void call(const CallContext& context, const protocol::CreateWorkflow& request, const ReplyOnce& reply) const;
    void call(const CallContext& context, const protocol::DuplicateWorkflow& request, const ReplyOnce& reply) const;
    void call(const CallContext& context, const protocol::RenameWorkflow& request, const ReplyOnce& reply) const;
    void call(const CallContext& context, const protocol::DeleteWorkflow& request, const ReplyOnce& reply) const;
    void call(const CallContext& context, const protocol::RestoreWorkflow& request, const ReplyOnce& reply) const;
    void call(const CallContext& context, const protocol::ListTrash& request, const ReplyOnce& reply) const;
    void call(const CallContext& context, const protocol::ListWorkflowVersions& request, const ReplyOnce& reply) const;
    void call(const CallContext& context, const protocol::GetWorkflowVersion& request, const ReplyOnce& reply) const;
    void call(const CallContext& context, const protocol::ListNodeTypes& request, const ReplyOnce& reply) const;

private:
    const DispatcherParts& parts_;
};

/// How the engine is doing, and what is set for it. Blocking on the store; any thread.
class EngineCalls {
public:
    explicit EngineCalls(const DispatcherParts& parts) : parts_(parts) {}
    void call(const CallContext& context, const protocol::GetGatewayHealth& request, const ReplyOnce& reply) const;
    void call(const CallContext& context, const protocol::GetEngineStats& request, const ReplyOnce& reply) const;
    void call(const CallContext& context, const protocol::GetEngineHistory& request, const ReplyOnce& reply) const;
    void call(const CallContext& context, const protocol::SetRetention& request, const ReplyOnce& reply) const;

private:
    const DispatcherParts& parts_;
};

/// Runs: started, looked at, controlled. Blocking on the store; any thread.
class RunCalls {
public:
    explicit RunCalls(const DispatcherParts& parts) : parts_(parts) {}
    void call(const CallContext& context, const protocol::StartRun& request, const ReplyOnce& reply) const;
    void call(const CallContext& context, const protocol::RerunRun& request, const ReplyOnce& reply) const;
    void call(const CallContext& context, const protocol::ListRuns& request, const ReplyOnce& reply) const;
    void call(const CallContext& context, const protocol::GetRunGrid& request, const ReplyOnce& reply) const;
    void call(const CallContext& context, const protocol::GetRun& request, const ReplyOnce& reply) const;
    void call(const CallContext& context, const protocol::GetRunNode& request, const ReplyOnce& reply) const;
    void call(const CallContext& context, const protocol::GetRunItems& request, const ReplyOnce& reply) const;
    void call(const CallContext& context, const protocol::GetRunTimeline& request, const ReplyOnce& reply) const;
    void call(const CallContext& context, const protocol::GetRunJournal& request, const ReplyOnce& reply) const;
    void call(const CallContext& context, const protocol::GetRunLogs& request, const ReplyOnce& reply) const;
    void call(const CallContext& context, const protocol::ListPending& request, const ReplyOnce& reply) const;
    void call(const CallContext& context, const protocol::CancelRun& request, const ReplyOnce& reply) const;
    void call(const CallContext& context, const protocol::PauseRun& request, const ReplyOnce& reply) const;
    void call(const CallContext& context, const protocol::ResumeRun& request, const ReplyOnce& reply) const;
    void call(const CallContext& context, const protocol::SignalRun& request, const ReplyOnce& reply) const;
    void call(const CallContext& context, const protocol::DecideApproval& request, const ReplyOnce& reply) const;
    void call(const CallContext& context, const protocol::WaitForRun& request, const ReplyOnce& reply) const;
    /// See Dispatcher::endWaits.
    void endWaits() const;

private:
    using Action = std::function<void(engine::Engine&, RunId, engine::Engine::Done)>;
    /// Acts on a run, wherever it is: here, in another program, or left behind by one that is gone.
    void control(const CallContext& context, const std::string& runId, protocol::Request request, Action action,
                 const ReplyOnce& reply) const;
    /// Answers with the run's id when it is started, or when the caller waits: with how it has ended by then. `names`
    /// are those of its events, where they are known.
    [[nodiscard]] std::function<void(Result<RunId>)> answerOfStart(const CallContext& context, EventBus::RunNames names,
                                                                   const ReplyOnce& reply) const;
    /// Made when the first one waits; with an engine only.
    [[nodiscard]] const std::shared_ptr<RunWaiters>& waiters() const;
    /// A walk along all runs, however many there are: not for each of those who list them.
    [[nodiscard]] bool mayWarmList() const;
    [[nodiscard]] const Clock& clock() const;
    static constexpr Micros kWarmListEvery = 10'000'000;

    const DispatcherParts& parts_;
    mutable std::atomic<Micros> listWarmed_{-kWarmListEvery};
    mutable std::once_flag waitersMade_;
    mutable std::shared_ptr<RunWaiters> waiters_;
};

/// Users, sessions and keys. Blocking; any thread.
class IdentityCalls {
public:
    explicit IdentityCalls(const DispatcherParts& parts) : parts_(parts) {}
    void call(const CallContext& context, const protocol::GetAccount& request, const ReplyOnce& reply) const;
    void call(const CallContext& context, const protocol::ChangeOwnPassword& request, const ReplyOnce& reply) const;
    void call(const CallContext& context, const protocol::ListOwnSessions& request, const ReplyOnce& reply) const;
    void call(const CallContext& context, const protocol::RevokeOwnSession& request, const ReplyOnce& reply) const;
    void call(const CallContext& context, const protocol::ListOwnApiKeys& request, const ReplyOnce& reply) const;
    void call(const CallContext& context, const protocol::CreateOwnApiKey& request, const ReplyOnce& reply) const;
    void call(const CallContext& context, const protocol::RevokeOwnApiKey& request, const ReplyOnce& reply) const;
    void call(const CallContext& context, const protocol::ListUsers& request, const ReplyOnce& reply) const;
    void call(const CallContext& context, const protocol::GetUser& request, const ReplyOnce& reply) const;
    void call(const CallContext& context, const protocol::CreateUser& request, const ReplyOnce& reply) const;
    void call(const CallContext& context, const protocol::UpdateUser& request, const ReplyOnce& reply) const;
    void call(const CallContext& context, const protocol::SetUserPassword& request, const ReplyOnce& reply) const;
    void call(const CallContext& context, const protocol::DeleteUser& request, const ReplyOnce& reply) const;
    void call(const CallContext& context, const protocol::ListRoles& request, const ReplyOnce& reply) const;
    void call(const CallContext& context, const protocol::ListSessions& request, const ReplyOnce& reply) const;
    void call(const CallContext& context, const protocol::RevokeSession& request, const ReplyOnce& reply) const;
    void call(const CallContext& context, const protocol::ListApiKeys& request, const ReplyOnce& reply) const;
    void call(const CallContext& context, const protocol::CreateApiKey& request, const ReplyOnce& reply) const;
    void call(const CallContext& context, const protocol::RevokeApiKey& request, const ReplyOnce& reply) const;

private:
    const DispatcherParts& parts_;
};

/// Schedules, webhooks and watched folders. Blocking; any thread.
class TriggerCalls {
public:
    explicit TriggerCalls(const DispatcherParts& parts) : parts_(parts) {}
    void call(const CallContext& context, const protocol::ListSchedules& request, const ReplyOnce& reply) const;
    void call(const CallContext& context, const protocol::GetSchedule& request, const ReplyOnce& reply) const;
    void call(const CallContext& context, const protocol::SaveSchedule& request, const ReplyOnce& reply) const;
    void call(const CallContext& context, const protocol::DeleteSchedule& request, const ReplyOnce& reply) const;
    void call(const CallContext& context, const protocol::PauseSchedule& request, const ReplyOnce& reply) const;
    void call(const CallContext& context, const protocol::TriggerSchedule& request, const ReplyOnce& reply) const;
    void call(const CallContext& context, const protocol::BackfillSchedule& request, const ReplyOnce& reply) const;
    void call(const CallContext& context, const protocol::PreviewSchedule& request, const ReplyOnce& reply) const;
    void call(const CallContext& context, const protocol::ListWebhooks& request, const ReplyOnce& reply) const;
    void call(const CallContext& context, const protocol::GetWebhook& request, const ReplyOnce& reply) const;
    void call(const CallContext& context, const protocol::SaveWebhook& request, const ReplyOnce& reply) const;
    void call(const CallContext& context, const protocol::DeleteWebhook& request, const ReplyOnce& reply) const;
    void call(const CallContext& context, const protocol::ListFileWatches& request, const ReplyOnce& reply) const;
    void call(const CallContext& context, const protocol::GetFileWatch& request, const ReplyOnce& reply) const;
    void call(const CallContext& context, const protocol::SaveFileWatch& request, const ReplyOnce& reply) const;
    void call(const CallContext& context, const protocol::DeleteFileWatch& request, const ReplyOnce& reply) const;

private:
    const DispatcherParts& parts_;
};

}  // namespace signalbox::service
