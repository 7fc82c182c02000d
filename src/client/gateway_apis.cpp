#include <utility>

#include "client/gateway_client.h"

namespace signalbox::client {

protocol::EventFilter onlyWorkflows() {
    protocol::EventFilter filter;
    filter.runs = filter.nodes = filter.logs = false;
    return filter;
}

QFuture<Result<protocol::WorkflowList>> WorkflowsApi::list(const QString& text, const QStringList& tags) {
    protocol::ListWorkflows request{text.toStdString(), {}};
    for (const QString& tag : tags) request.tags.push_back(tag.toStdString());
    return client_.callAll(std::move(request));
}

QFuture<Result<protocol::WorkflowDetail>> WorkflowsApi::get(const QString& id) {
    return client_.call(protocol::GetWorkflow{id.toStdString()});
}

QFuture<Result<protocol::ValidationReport>> WorkflowsApi::validate(const std::string& text) {
    return client_.call(protocol::ValidateWorkflow{text});
}

QFuture<Result<protocol::FormattedWorkflow>> WorkflowsApi::format(const std::string& text) {
    return client_.call(protocol::FormatWorkflow{text});
}

QFuture<Result<protocol::WorkflowDetail>> WorkflowsApi::create(const QString& id, const QString& name,
                                                               const std::string& text) {
    return client_.call(protocol::CreateWorkflow{id.toStdString(), name.toStdString(), text});
}

QFuture<Result<protocol::WorkflowDetail>> WorkflowsApi::duplicate(const QString& id, const QString& newId,
                                                                  const QString& newName) {
    return client_.call(protocol::DuplicateWorkflow{id.toStdString(), newId.toStdString(), newName.toStdString()});
}

QFuture<Result<protocol::WorkflowDetail>> WorkflowsApi::rename(protocol::RenameWorkflow request) {
    return client_.call(std::move(request));
}

QFuture<Result<protocol::TrashEntry>> WorkflowsApi::remove(const QString& id, const QString& expectedEtag) {
    return client_.call(protocol::DeleteWorkflow{id.toStdString(), expectedEtag.toStdString()});
}

QFuture<Result<protocol::WorkflowDetail>> WorkflowsApi::restore(const QString& trashId) {
    return client_.call(protocol::RestoreWorkflow{trashId.toStdString()});
}

QFuture<Result<protocol::TrashList>> WorkflowsApi::trash() { return client_.callAll(protocol::ListTrash{}); }

QFuture<Result<protocol::WorkflowVersionList>> WorkflowsApi::versions(const QString& id) {
    return client_.callAll(protocol::ListWorkflowVersions{id.toStdString()});
}

QFuture<Result<protocol::WorkflowVersionDetail>> WorkflowsApi::version(const QString& id, int version) {
    return client_.call(protocol::GetWorkflowVersion{id.toStdString(), version});
}

QFuture<Result<protocol::WorkflowDetail>> WorkflowsApi::save(const std::string& text, const QString& expectedEtag) {
    return client_.call(protocol::SaveWorkflow{text, expectedEtag.toStdString()});
}

QFuture<Result<protocol::RunRef>> RunsApi::start(protocol::StartRun request) {
    return client_.call(std::move(request));
}

QFuture<Result<protocol::RunList>> RunsApi::list(protocol::ListRuns request) {
    return client_.call(std::move(request));
}

QFuture<Result<protocol::RunDetail>> RunsApi::get(const QString& runId) {
    return client_.call(protocol::GetRun{runId.toStdString()});
}

QFuture<Result<protocol::NodeData>> RunsApi::node(const QString& runId, const QString& nodeId) {
    return client_.call(protocol::GetRunNode{runId.toStdString(), nodeId.toStdString()});
}

QFuture<Result<protocol::JournalPage>> RunsApi::journal(const QString& runId, quint64 fromSeq, quint32 limit) {
    return client_.call(protocol::GetRunJournal{runId.toStdString(), fromSeq, limit, {}, {}, false});
}

QFuture<Result<protocol::JournalPage>> RunsApi::journal(protocol::GetRunJournal request) {
    return client_.call(std::move(request));
}

QFuture<Result<protocol::RunItemPage>> RunsApi::items(protocol::GetRunItems request) {
    return client_.call(std::move(request));
}

QFuture<Result<protocol::RunGrid>> RunsApi::grid(protocol::GetRunGrid request) {
    return client_.call(std::move(request));
}

QFuture<Result<protocol::RunTimeline>> RunsApi::timeline(protocol::GetRunTimeline request) {
    return client_.call(std::move(request));
}

QFuture<Result<protocol::RunLogPage>> RunsApi::logs(protocol::GetRunLogs request) {
    return client_.call(std::move(request));
}

QFuture<Result<protocol::PendingList>> RunsApi::pending(const QString& workflowId) {
    return client_.callAll(protocol::ListPending{workflowId.toStdString()});
}

QFuture<Result<protocol::Empty>> RunsApi::cancel(const QString& runId, const QString& reason) {
    return client_.call(protocol::CancelRun{runId.toStdString(), reason.toStdString()});
}

QFuture<Result<protocol::Empty>> RunsApi::pause(const QString& runId) {
    return client_.call(protocol::PauseRun{runId.toStdString()});
}

QFuture<Result<protocol::Empty>> RunsApi::resume(const QString& runId) {
    return client_.call(protocol::ResumeRun{runId.toStdString()});
}

QFuture<Result<protocol::Empty>> RunsApi::signal(const QString& runId, const QString& name, Value value) {
    return client_.call(protocol::SignalRun{runId.toStdString(), name.toStdString(), std::move(value)});
}

QFuture<Result<protocol::Empty>> RunsApi::decide(const QString& runId, const QString& nodeId, bool approved,
                                                 const QString& comment) {
    return client_.call(
        protocol::DecideApproval{runId.toStdString(), nodeId.toStdString(), approved, comment.toStdString()});
}

QFuture<Result<protocol::RunRef>> RunsApi::rerun(protocol::RerunRun request) {
    return client_.call(std::move(request));
}

QFuture<Result<protocol::EngineStatsDto>> EngineApi::stats() { return client_.call(protocol::GetEngineStats{}); }

QFuture<Result<protocol::EngineHistory>> EngineApi::history(qint64 after) {
    return client_.call(protocol::GetEngineHistory{after});
}

QFuture<Result<protocol::RetentionDto>> EngineApi::setRetention(const protocol::RetentionDto& retention) {
    return client_.call(protocol::SetRetention{retention});
}

QFuture<Result<protocol::NodeTypeList>> NodesApi::list() { return client_.call(protocol::ListNodeTypes{}); }

}  // namespace signalbox::client
