// Private to the dispatcher: what each request does. Run on the workers.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "protocol/requests.h"
#include "service/dispatcher.h"
#include "service/reply_once.h"

namespace signalbox::service {

/// Who asks, and how far the question may go.
struct CallContext {
    Principal principal;
    Dispatcher::Reach reach = Dispatcher::Reach::Everywhere;
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

private:
    using Action = std::function<void(engine::Engine&, RunId, engine::Engine::Done)>;
    /// Acts on a run, wherever it is: here, in another program, or left behind by one that is gone.
    void control(const CallContext& context, const std::string& runId, protocol::Request request, Action action,
                 const ReplyOnce& reply) const;

    const DispatcherParts& parts_;
};

}  // namespace signalbox::service
