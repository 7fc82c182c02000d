// Private to the client: one attempt at a WebSocket to a gateway, up to its end.
#pragma once

#include <QObject>
#include <QTimer>
#include <QUrl>
#include <QWebSocket>
#include <string>

#include "client/link_end.h"

namespace signalbox::client {

/// Nothing is sent before the other side is known to be the one that is trusted. One use; tells ended() once, and
/// nothing after it.
class LinkSocket : public QObject {
    Q_OBJECT
public:
    struct Target {
        QUrl url;        ///< of the gateway
        QString pinned;  ///< fingerprint of the one certificate that is taken; empty: what authorities vouch for
        QString agent;
        std::chrono::milliseconds timeout{15'000};  ///< until opened()
        bool known = false;                         ///< a gateway was there before
    };
    explicit LinkSocket(Target target);
    ~LinkSocket() override;

    void open();
    void send(const std::string& text);
    /// Politely, without waiting for the other side.
    void close();

Q_SIGNALS:
    void opened();
    void received(const std::string& text);
    void ended(const signalbox::client::LinkEnd& end);

private:
    void checkErrors(const QList<QSslError>& errors);
    void connected();
    void disconnected();
    void end(const LinkEnd& end);

    const Target target_;
    QWebSocket socket_;
    QTimer timeout_;
    bool isOpen_ = false;
    bool hasEnded_ = false;
};

}  // namespace signalbox::client
