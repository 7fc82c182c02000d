#include "ui/models/run_controller.h"

#include "ui/text/states.h"

namespace signalbox::ui {

RunController::RunController(client::GatewayClient& client, RunSession& session, QObject* parent)
    : QObject(parent), client_(client), session_(session) {
    connect(&session, &RunSession::failed, this, [this](const Error& error) { Q_EMIT problem(error, startAgain_); });
}

void RunController::start(const QString& workflowId, const Value& inputs) {
    startAgain_ = [this, workflowId, inputs] { start(workflowId, inputs); };
    protocol::StartRun request;
    request.workflowId = workflowId.toStdString();
    request.inputs = inputs;
    session_.start(std::move(request));
}

void RunController::report(QFuture<Result<protocol::Empty>> reply, std::function<void()> retry) {
    reply.then(this, [this, retry = std::move(retry)](const Result<protocol::Empty>& done) {
        if (!done) Q_EMIT problem(done.error(), retry);
    });
}

void RunController::pause() {
    report(client_.runs().pause(session_.runId()), [this] { pause(); });
}

void RunController::resume() {
    report(client_.runs().resume(session_.runId()), [this] { resume(); });
}

void RunController::cancel() {
    report(client_.runs().cancel(session_.runId(), tr("cancelled in the console")), [this] { cancel(); });
}

void RunController::rerun(const std::string& mode, const QString& nodeId, Version version) {
    startAgain_ = [this, mode, nodeId, version] { rerun(mode, nodeId, version); };
    protocol::RerunRun request;
    request.runId = session_.runId().toStdString();
    request.mode = mode;
    request.fromNode = nodeId.toStdString();
    request.newest = version == Version::Newest;
    session_.openWhenMade([this, request = std::move(request)] { return client_.runs().rerun(request); });
}

void RunController::rerunFailed() { rerun("failed", {}, Version::OfTheRun); }
void RunController::rerunFrom(const QString& nodeId, Version version) { rerun("from", nodeId, version); }

void RunController::rerunWith(const Value& inputs) {
    startAgain_ = [this, inputs] { rerunWith(inputs); };
    protocol::RerunRun request;
    request.runId = session_.runId().toStdString();
    request.inputs = inputs;
    session_.openWhenMade([this, request = std::move(request)] { return client_.runs().rerun(request); });
}

void RunController::decide(const QString& nodeId, bool approved, const QString& comment) {
    const auto again = [this, nodeId, approved, comment] { decide(nodeId, approved, comment); };
    client_.runs()
        .decide(session_.runId(), nodeId, approved, comment)
        .then(this, [this, nodeId, again](const Result<protocol::Empty>& done) {
            if (done) {
                Q_EMIT decided(nodeId);
            } else {
                Q_EMIT problem(done.error(), again);
            }
        });
}

bool RunController::canPause() const {
    const auto status = session_.status();
    return status == QLatin1String("running") || status == QLatin1String("waiting") ||
           status == QLatin1String("queued");
}

bool RunController::canResume() const { return session_.status() == QLatin1String("paused"); }

bool RunController::canCancel() const {
    return session_.isOpen() && !session_.runId().isEmpty() && !isFinalRunStatus(session_.status());
}

bool RunController::canRerun() const { return session_.isFinished(); }

bool RunController::canRerunFailed() const {
    return session_.isFinished() && session_.status() == QLatin1String("failed");
}

}  // namespace signalbox::ui
