// The bars of the followed run, fetched whole and then as they change.
#pragma once

#include <QObject>
#include <QTimer>

#include "base/result.h"
#include "client/gateway_client.h"

namespace signalbox::ui {

class RunSession;

/// Asks nothing until it is active; while the run goes on, at most ten times a second and only after an event.
class RunTimelineFeed : public QObject {
    Q_OBJECT
public:
    RunTimelineFeed(client::GatewayClient& client, RunSession& session, QObject* parent = nullptr);

    void setActive(bool active);
    /// From the beginning again, after an error too.
    void restart();

Q_SIGNALS:
    void restarted();  ///< another run, or none: bars that came before are not of it
    /// A page of bars; the first one after restarted() names the nodes and the origin for good.
    void arrived(const signalbox::protocol::RunTimeline& page, bool first);
    void failed(const signalbox::Error& error);

private:
    void noticeRun();
    void noticeChange();
    void fetch(std::uint32_t offset);
    void take(const protocol::RunTimeline& page, std::uint32_t offset);

    client::GatewayClient& client_;
    RunSession& session_;
    QTimer pause_;
    QString run_;
    quint64 turn_ = 0;            ///< replies of an earlier run are dropped
    std::uint64_t afterSeq_ = 0;  ///< of the calls that are made
    std::uint64_t nextSeq_ = 0;   ///< of the calls after the last page
    bool active_ = false;
    bool stale_ = true;  ///< something has happened since the last call
    bool asking_ = false;
    bool first_ = true;
};

}  // namespace signalbox::ui
