#include "client/gateway_address.h"

#include <QHostAddress>

#include "client/words.h"

namespace signalbox::client {

namespace {

tl::unexpected<Error> refuse(const QString& message, const QString& typed) {
    return fail(worded("gateway.address", message, typed.toStdString(),
                       Words::tr("For example %1").arg(QStringLiteral("https://signalbox.example.org:8443"))));
}

bool isLoopbackHost(const QString& host) {
    if (host.compare("localhost", Qt::CaseInsensitive) == 0) return true;
    const QHostAddress address(host);
    return !address.isNull() && address.isLoopback();
}

QUrl partOf(const QUrl& gateway, const QString& path) {
    QUrl url = gateway;
    url.setPath(gateway.path() + "/" + path);
    return url;
}

}  // namespace

bool isLoopback(const QUrl& gateway) { return isLoopbackHost(gateway.host()); }

Result<QUrl> parseGatewayUrl(const QString& typed) {
    QString text = typed.trimmed();
    if (text.isEmpty()) return refuse(Words::tr("An address is missing"), typed);
    const bool hasScheme = text.contains("://");
    if (!hasScheme) text.prepend("https://");
    QUrl url(text, QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty()) return refuse(Words::tr("This is no address of a gateway"), typed);
    if (!hasScheme && isLoopbackHost(url.host())) url.setScheme("http");
    if (url.scheme() == "wss") url.setScheme("https");
    if (url.scheme() == "ws") url.setScheme("http");
    if (url.scheme() != "https" && url.scheme() != "http")
        return refuse(Words::tr("A gateway's address is https or http"), typed);
    if (!url.userInfo().isEmpty())
        return refuse(Words::tr("An address holds no name and no password: sign in instead"), typed);
    if (url.hasQuery() || url.hasFragment())
        return refuse(Words::tr("A gateway's address has no query and no fragment"), typed);
    url.setHost(url.host().toLower());
    QString path = url.path();
    while (path.endsWith('/')) path.chop(1);
    url.setPath(path);
    return url;
}

Status checkPlain(const QUrl& gateway, bool allowed) {
    if (gateway.scheme() == "https" || allowed || isLoopback(gateway)) return {};
    return fail(worded(
        "gateway.plain-refused",
        Words::tr("Without encryption everything sent to this gateway could be read on the way, the password too"),
        gateway.toString().toStdString(),
        Words::tr("Use https, or allow unencrypted connections to this gateway if the network is yours alone")));
}

QUrl webSocketUrl(const QUrl& gateway) {
    QUrl url = partOf(gateway, "api/v1/ws");
    url.setScheme(gateway.scheme() == "https" ? "wss" : "ws");
    return url;
}

QUrl restUrl(const QUrl& gateway, const QString& path) { return partOf(gateway, path); }

}  // namespace signalbox::client
