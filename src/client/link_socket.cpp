#include "client/link_socket.h"

#include <QSslConfiguration>
#include <QWebSocketHandshakeOptions>
#include <utility>

#include "client/certificate.h"
#include "client/gateway_address.h"
#include "client/wire.h"

namespace signalbox::client {

namespace {

/// A whole list may come in one message; more than this is no list any more.
constexpr quint64 kMostIncoming = quint64{64} << 20U;

}  // namespace

LinkSocket::LinkSocket(Target target)
    : target_(std::move(target)), socket_(QString(), QWebSocketProtocol::VersionLatest) {
    socket_.setMaxAllowedIncomingFrameSize(kMostIncoming);
    socket_.setMaxAllowedIncomingMessageSize(kMostIncoming);
    timeout_.setSingleShot(true);
    connect(&timeout_, &QTimer::timeout, this, [this] { end(timeoutEnd(target_.timeout, target_.url)); });
    connect(&socket_, &QWebSocket::sslErrors, this, &LinkSocket::checkErrors);
    connect(&socket_, &QWebSocket::connected, this, &LinkSocket::connected);
    connect(&socket_, &QWebSocket::disconnected, this, &LinkSocket::disconnected);
    connect(&socket_, qOverload<QAbstractSocket::SocketError>(&QWebSocket::error), this,
            [this](QAbstractSocket::SocketError error) {
                // Once it is open, the close code says more, and comes with disconnected().
                if (!isOpen_) end(socketEnd(error, socket_.errorString(), target_.url, target_.known));
            });
    connect(&socket_, &QWebSocket::textMessageReceived, this, [this](const QString& text) {
        if (!hasEnded_) Q_EMIT received(text.toStdString());
    });
}

LinkSocket::~LinkSocket() {
    hasEnded_ = true;
    socket_.disconnect(this);
    socket_.abort();
}

void LinkSocket::open() {
    timeout_.start(target_.timeout);
    QNetworkRequest request(webSocketUrl(target_.url));
    request.setRawHeader("User-Agent", target_.agent.toUtf8());
    QWebSocketHandshakeOptions options;
    options.setSubprotocols({QString::fromLatin1(wire::kSubprotocol)});
    socket_.open(request, options);
}

void LinkSocket::checkErrors(const QList<QSslError>& errors) {
    const QSslCertificate certificate = socket_.sslConfiguration().peerCertificate();
    if (!target_.pinned.isEmpty() && fingerprintOf(certificate) == target_.pinned) {
        socket_.ignoreSslErrors(errors);
        return;
    }
    end(trustEnd(factsOf(certificate, errors, target_.pinned, target_.url.host()), target_.url));
}

void LinkSocket::connected() {
    if (hasEnded_) return;
    if (!target_.pinned.isEmpty()) {
        // Also one that an authority vouches for is refused when it is not the one that was pinned.
        const QSslCertificate certificate = socket_.sslConfiguration().peerCertificate();
        if (fingerprintOf(certificate) != target_.pinned) {
            return end(trustEnd(factsOf(certificate, {}, target_.pinned, target_.url.host()), target_.url));
        }
    }
    if (socket_.subprotocol() != QLatin1String(wire::kSubprotocol)) return end(incompatibleEnd(0, target_.url));
    timeout_.stop();
    isOpen_ = true;
    Q_EMIT opened();
}

void LinkSocket::send(const std::string& text) {
    if (!hasEnded_) socket_.sendTextMessage(QString::fromStdString(text));
}

void LinkSocket::close() {
    hasEnded_ = true;
    timeout_.stop();
    socket_.close(QWebSocketProtocol::CloseCodeGoingAway);
    socket_.flush();
}

void LinkSocket::disconnected() {
    const LinkEnd closed = closeEnd(socket_.closeCode(), socket_.closeReason(), target_.url);
    if (isOpen_) return end(closed);
    // Before it is open, the error that comes behind says more.
    QTimer::singleShot(0, this, [this, closed] { end(closed); });
}

void LinkSocket::end(const LinkEnd& end) {
    if (std::exchange(hasEnded_, true)) return;
    timeout_.stop();
    Q_EMIT ended(end);
}

}  // namespace signalbox::client
