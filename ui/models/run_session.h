// One run as it is seen from here: its states, its log and its result, kept up to date by events.
#pragma once

#include <QHash>
#include <QObject>
#include <QPointer>
#include <functional>
#include <vector>

#include "base/result.h"
#include "client/gateway_client.h"
#include "protocol/dto.h"

namespace signalbox::ui {

/// Follows one run at a time. Lives in the thread of the client.
///
/// A run that is started here is listened to from before its start, so that not a line of its log is missed; one that
/// is opened later is fetched first and then followed from the event number that came with it. When events were lost,
/// or the run has ended, it is fetched again.
class RunSession : public QObject {
    Q_OBJECT
public:
    using Clock = std::function<std::int64_t()>;  ///< microseconds since the epoch
    explicit RunSession(client::GatewayClient& client, QObject* parent = nullptr);

    void setClock(Clock clock) { clock_ = std::move(clock); }
    [[nodiscard]] std::int64_t now() const { return clock_(); }

    /// Starts a run and follows it. failed() tells if it could not be started.
    void start(protocol::StartRun request);
    /// Follows a run that exists.
    void open(const QString& runId);
    /// Follows the run that a call of the client makes ("runs.start", "runs.rerun"); listens before it is made.
    using MakeRun = std::function<QFuture<Result<protocol::RunRef>>()>;
    void openWhenMade(const MakeRun& make);
    void close();
    /// Fetches the states again, and follows what is not followed, as after a loss of the connection.
    void refresh();

    [[nodiscard]] bool isOpen() const { return open_; }  ///< a run is shown
    [[nodiscard]] bool isStarting() const { return starting_; }
    [[nodiscard]] bool isFinished() const;
    [[nodiscard]] QString runId() const { return runId_; }
    [[nodiscard]] QString status() const;  ///< "" without a run, "starting" before its first state
    [[nodiscard]] const protocol::RunDetail& detail() const { return detail_; }
    [[nodiscard]] const std::vector<protocol::NodeStateDto>& nodes() const { return detail_.nodes; }
    [[nodiscard]] const protocol::NodeStateDto* node(const QString& id) const;
    [[nodiscard]] QString titleOf(const QString& nodeId) const;
    [[nodiscard]] int finishedNodes() const;
    /// Nodes that wait for an approval, in the order of the graph.
    [[nodiscard]] QStringList waitingApprovals() const;

Q_SIGNALS:
    void opened();     ///< another run, or none; everything has changed
    void refreshed();  ///< all states were fetched again
    void nodeChanged(int index);
    void statusChanged();
    void eventsLost();  ///< lines of the log, perhaps; the states are being fetched again
    void logged(const std::vector<signalbox::protocol::EventDto>& lines);
    void finished(bool succeeded);  ///< a run that was followed live has ended; its result is there
    void failed(const signalbox::Error& error);

private:
    void listen(protocol::EventFilter filter);
    void narrow();
    void endStream();
    void fetch();
    void adopt(const protocol::RunDetail& detail);
    void receive(const std::vector<protocol::EventDto>& events);
    void apply(const protocol::EventDto& event);
    void applyNode(const protocol::EventDto& event);
    void applyItem(protocol::NodeStateDto& state, const protocol::EventDto& event);
    void recount();
    void count(const std::string& status, std::uint32_t amount);
    void reset();

    client::GatewayClient& client_;
    Clock clock_;
    QPointer<client::EventStream> stream_;
    std::vector<protocol::EventDto> early_;  ///< came before the run's id or state was known
    protocol::RunDetail detail_;
    QHash<QString, int> indexOfNode_;
    QHash<QString, QString> titles_;
    QStringList approvals_;  ///< ids of the nodes that ask somebody, in the order of the graph
    QString runId_;
    std::uint64_t lastSeq_ = 0;
    quint64 turn_ = 0;  ///< replies of an earlier run are dropped
    bool open_ = false;
    bool starting_ = false;
    bool loaded_ = false;
    bool fetching_ = false;
    bool wide_ = false;  ///< the stream carries all runs
    bool live_ = false;  ///< the end has not been told yet
};

}  // namespace signalbox::ui
