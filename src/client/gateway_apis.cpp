#include <utility>

#include "client/gateway_client.h"

namespace signalbox::client {

QFuture<Result<protocol::WorkflowList>> WorkflowsApi::list(const QString& text) {
    return client_.call(protocol::ListWorkflows{text.toStdString()});
}

QFuture<Result<protocol::WorkflowDetail>> WorkflowsApi::get(const QString& id) {
    return client_.call(protocol::GetWorkflow{id.toStdString()});
}

QFuture<Result<protocol::ValidationReport>> WorkflowsApi::validate(const std::string& text) {
    return client_.call(protocol::ValidateWorkflow{text});
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
    return client_.call(protocol::GetRunJournal{runId.toStdString(), fromSeq, limit});
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

QFuture<Result<protocol::NodeTypeList>> NodesApi::list() { return client_.call(protocol::ListNodeTypes{}); }

}  // namespace signalbox::client
