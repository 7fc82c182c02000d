// Private to the client: a connection to a gateway that comes back by itself, with what is under way over it.
#pragma once

#include <QObject>
#include <QTimer>
#include <QUrl>
#include <atomic>
#include <memory>
#include <string>

#include "base/clock.h"
#include "base/random.h"
#include "client/backoff.h"
#include "client/connection.h"
#include "client/link_end.h"
#include "client/link_timing.h"
#include "client/open_calls.h"
#include "client/open_streams.h"
#include "client/wire.h"

namespace signalbox::client {

class LinkSocket;

struct LinkConfig {
    QUrl url;
    QString pinned;
    bool allowPlain = false;
    QString agent;
    LinkTiming timing;
    std::shared_ptr<const Clock> clock;
    std::shared_ptr<Random> random;
};

/// Lives in one thread, with everything it calls. Idle until start().
class GatewayLink : public QObject {
    Q_OBJECT
public:
    /// `lastHeard`: wall clock in milliseconds, for whoever shows it, at any time.
    GatewayLink(LinkConfig config, std::shared_ptr<std::atomic<qint64>> lastHeard);
    ~GatewayLink() override;

    /// Empty: whoever connects has no token yet.
    void useToken(const QString& token);
    void trust(const QString& sha256);
    /// At once; also after an end that is not tried again by itself.
    void reconnect();
    void disconnectNow();
    void forgetToken();
    /// Fails everything that is open.
    void shutDown();

    void call(OpenCall call);
    void subscribe(std::uint64_t id, protocol::EventFilter filter, std::shared_ptr<Receiver> receiver);
    void unsubscribe(std::uint64_t id);

Q_SIGNALS:
    void statusChanged(const signalbox::client::ConnectionStatus& status);
    /// The gateway does not take the token any more.
    void tokenRefused();

private:
    void open();
    void opened();
    void received(const std::string& text);
    void heard();
    void take(const wire::Other&) {}
    void take(const wire::Hello& hello);
    void take(const wire::Reply& reply);
    void take(const wire::Subscribed& subscribed);
    void take(wire::Events& events);
    void take(const wire::Withdrawn& withdrawn);
    void take(const wire::Pong& pong);
    void take(const wire::Refused& refused);
    void take(const wire::SessionEnded& ended);
    void take(const wire::Closing& closing);
    void live(const wire::Hello& hello);
    void ended(const LinkEnd& end);
    void scheduleRetry();
    void pulse();
    void sendCalls();
    void sweep();
    void dropSocket();
    [[nodiscard]] bool isLive() const;
    [[nodiscard]] Error unreachable() const;
    void publish(ConnectionState state);

    LinkConfig config_;
    std::shared_ptr<std::atomic<qint64>> lastHeard_;
    QString token_;
    std::unique_ptr<LinkSocket> socket_;
    ConnectionStatus status_;
    std::optional<LinkEnd> told_;  ///< why it is about to end, in the gateway's own words
    Backoff backoff_;
    QTimer retry_;
    QTimer pulse_;
    QTimer sweep_;
    OpenCalls calls_;
    OpenStreams streams_;
    std::string instance_;  ///< the gateway's life that was seen last
    std::chrono::milliseconds heartbeat_;
    Micros heardAt_ = 0;  ///< monotonic, as the two below
    Micros pingedAt_ = 0;
    std::uint64_t pings_ = 0;
};

}  // namespace signalbox::client
