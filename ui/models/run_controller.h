// What can be done with a run, and whether it can be done right now.
#pragma once

#include <QObject>
#include <functional>

#include "base/result.h"
#include "client/gateway_client.h"
#include "ui/models/run_session.h"

namespace signalbox::ui {

/// Sends commands about the session's run. A call that fails is told with a way to repeat it.
class RunController : public QObject {
    Q_OBJECT
public:
    RunController(client::GatewayClient& client, RunSession& session, QObject* parent = nullptr);

    void start(const QString& workflowId, const Value& inputs);
    void pause();
    void resume();
    void cancel();
    void rerunFailed();
    /// Newest: with the workflow as it is now; what is unchanged in it keeps its results.
    enum class Version : quint8 { OfTheRun, Newest };
    void rerunFrom(const QString& nodeId, Version version = Version::OfTheRun);
    /// The whole run again, as it was but for its inputs.
    void rerunWith(const Value& inputs);
    void decide(const QString& nodeId, bool approved, const QString& comment);

    [[nodiscard]] bool canPause() const;
    [[nodiscard]] bool canResume() const;
    [[nodiscard]] bool canCancel() const;
    [[nodiscard]] bool canRerun() const;
    [[nodiscard]] bool canRerunFailed() const;

Q_SIGNALS:
    void problem(const signalbox::Error& error, std::function<void()> retry);
    void decided(const QString& nodeId);

private:
    void rerun(const std::string& mode, const QString& nodeId, Version version);
    void report(QFuture<Result<protocol::Empty>> reply, std::function<void()> retry);

    client::GatewayClient& client_;
    RunSession& session_;
    std::function<void()> startAgain_;
};

}  // namespace signalbox::ui
