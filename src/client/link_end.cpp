#include "client/link_end.h"

#include <QRegularExpression>
#include <string_view>
#include <utility>

#include "base/clock.h"
#include "client/certificate.h"
#include "client/words.h"
#include "protocol/dto.h"

namespace signalbox::client {

namespace {

constexpr int kBadCredentials = 4401;
constexpr int kWrongTenant = 4403;
constexpr int kNoCredentialsInTime = 4408;
constexpr int kSessionEnded = 4409;

QString spanOf(std::chrono::milliseconds span) { return QString::fromStdString(humanDuration(span.count() * 1000)); }

LinkEnd unreachable(const QString& message, const QUrl& url, const QString& hint) {
    LinkEnd end;
    end.error = worded("gateway.unreachable", message, placeOf(url), hint, true);
    return end;
}

/// QWebSocket tells the status of a refused upgrade in words only.
int statusIn(const QString& text) {
    static const QRegularExpression kStatus(QStringLiteral("status code: (\\d{3})"));
    return kStatus.match(text).captured(1).toInt();
}

LinkEnd statusEnd(int status, const QUrl& url) {
    if (status == 429 || status == 503) {
        return unreachable(Words::tr("The gateway takes no connections at the moment (HTTP %1)").arg(status), url,
                           Words::tr("It is tried again by itself"));
    }
    return unreachable(Words::tr("What answers there is no gateway (HTTP %1)").arg(status), url,
                       Words::tr("Check host and port, and whether a proxy before it passes WebSockets on"));
}

bool isEncrypted(const QUrl& url) { return url.scheme() == "https"; }

/// The handshake of TLS ended. OpenSSL's words tell one thing that people can act upon: that there is none.
LinkEnd handshakeEnd(const QString& text, const QUrl& url) {
    for (const char* foreign : {"wrong version number", "unknown protocol", "http request", "packet length too long"}) {
        if (!text.contains(QLatin1String(foreign))) continue;
        return unreachable(Words::tr("What answers there does not speak TLS"), url,
                           Words::tr("A gateway without TLS is reached by http://. Otherwise check the port: it may be "
                                     "another program's"));
    }
    return unreachable(Words::tr("No encrypted connection came about: %1").arg(text), url,
                       Words::tr("Check which versions of TLS both sides allow, and what stands between"));
}

/// Nothing of the protocol was heard before the other side closed.
LinkEnd hangUpEnd(const QUrl& url, bool known) {
    if (known) {
        return unreachable(
            Words::tr("The gateway hung up before it was connected"), url,
            Words::tr("It is tried again by itself: it may be starting, or a proxy before it does not reach it"));
    }
    if (isEncrypted(url)) {
        return unreachable(
            Words::tr("What answers there hung up before the connection was encrypted"), url,
            Words::tr("Check the port: it may be another program's. A gateway without TLS is reached by http://"));
    }
    return unreachable(Words::tr("What answers there hung up without an answer"), url,
                       Words::tr("A gateway that speaks TLS is reached by https://. Otherwise check the port: it may "
                                 "be another program's"));
}

QString endOf(const std::string& reason) {
    if (reason == "replaced") {
        return Words::tr("The session at the gateway has ended: this user has signed in at too many places since");
    }
    if (reason == "revoked") return Words::tr("The session at the gateway has ended: it was revoked");
    if (reason == "expired") return Words::tr("The session at the gateway has ended: it was not used for too long");
    const QString ended = Words::tr("The session at the gateway has ended");
    return reason.empty() ? ended : QString("%1 (%2)").arg(ended, QString::fromStdString(reason));
}

}  // namespace

std::string placeOf(const QUrl& url) {
    const QString host = url.host().contains(':') ? "[" + url.host() + "]" : url.host();
    return (host + ":" + QString::number(url.port(url.scheme() == "https" ? 443 : 80))).toStdString();
}

LinkEnd socketEnd(QAbstractSocket::SocketError error, const QString& text, const QUrl& url, bool known) {
    if (const int status = statusIn(text); status != 0) return statusEnd(status, url);
    if (text.contains(QLatin1String("processHandshake"))) {
        return unreachable(Words::tr("What answers there is no gateway: it takes no WebSocket"), url,
                           isEncrypted(url)
                               ? Words::tr("Check host and port, and whether a proxy before it passes WebSockets on")
                               : Words::tr("A gateway that speaks TLS is reached by https://. Otherwise check host and "
                                           "port"));
    }
    switch (error) {
        case QAbstractSocket::ConnectionRefusedError:
            return unreachable(Words::tr("Nothing listens at the gateway's address"), url,
                               Words::tr("Check that signalboxd runs there"));
        case QAbstractSocket::HostNotFoundError:
            return unreachable(Words::tr("The gateway's host name is not known"), url,
                               Words::tr("Check the address and the network"));
        case QAbstractSocket::NetworkError:
            return unreachable(Words::tr("The network does not reach the gateway"), url,
                               Words::tr("Check the network"));
        case QAbstractSocket::SslHandshakeFailedError:
        case QAbstractSocket::SslInternalError:
        case QAbstractSocket::SslInvalidUserDataError:
            return handshakeEnd(text, url);
        case QAbstractSocket::RemoteHostClosedError:
            return hangUpEnd(url, known);
        default:
            return unreachable(Words::tr("The gateway cannot be reached: %1").arg(text), url,
                               Words::tr("Check the address"));
    }
}

LinkEnd closeEnd(int code, const QString& reason, const QUrl& url) {
    // What the gateway says of it stays in its own words.
    const auto because = [&](const QString& what) { return reason.isEmpty() ? what : what + ": " + reason; };
    switch (code) {
        case kBadCredentials:
            return refusedEnd(worded("auth.invalid", because(Words::tr("The gateway does not take these credentials"))),
                              url);
        case kWrongTenant:
            return refusedEnd(worded("auth.tenant", because(Words::tr("This gateway serves another tenant"))), url);
        case kSessionEnded:
            return sessionEnd(reason.toStdString(), url);
        case kNoCredentialsInTime:
            return unreachable(Words::tr("The credentials did not reach the gateway in time"), url,
                               Words::tr("Check the network"));
        case 1001:
            return unreachable(because(Words::tr("The gateway is going away")), url,
                               Words::tr("It is tried again by itself"));
        case 1009:
            return unreachable(because(Words::tr("The gateway found a message too large")), url,
                               Words::tr("It is tried again by itself"));
        case 1013:
            return unreachable(because(Words::tr("The gateway has too much to do")), url,
                               Words::tr("It is tried again by itself"));
        default:
            return unreachable(because(Words::tr("The connection to the gateway broke")), url,
                               Words::tr("It is tried again by itself"));
    }
}

LinkEnd timeoutEnd(std::chrono::milliseconds waited, const QUrl& url) {
    return unreachable(
        Words::tr("The gateway has not answered within %1").arg(spanOf(waited)), url,
        isEncrypted(url) ? Words::tr("Check the address, the network and firewalls between. One without TLS waits for "
                                     "what never comes: it is reached by http://")
                         : Words::tr("Check the address, the network and firewalls between"));
}

LinkEnd silenceEnd(std::chrono::milliseconds waited, const QUrl& url) {
    return unreachable(Words::tr("Nothing was heard of the gateway for %1").arg(spanOf(waited)), url,
                       Words::tr("It is tried again by itself"));
}

LinkEnd trustEnd(const CertificateFacts& facts, const QUrl& url) {
    LinkEnd end;
    end.error = trustError(facts, QString::fromStdString(placeOf(url)));
    end.need = ConnectionNeed::Trust;
    end.certificate = facts;
    return end;
}

LinkEnd incompatibleEnd(std::int64_t major, const QUrl& url) {
    LinkEnd end;
    end.incompatible = true;
    end.error = worded("gateway.incompatible",
                       major == 0 ? Words::tr("The gateway speaks no version of the protocol that this program knows")
                                  : Words::tr("The gateway speaks version %1 of the protocol, this program version %2")
                                        .arg(major)
                                        .arg(protocol::kProtocolMajor),
                       placeOf(url),
                       major > protocol::kProtocolMajor ? Words::tr("Update this program")
                                                        : Words::tr("Update the gateway, or use an older program"));
    return end;
}

LinkEnd garbageEnd(const Error& error, const QUrl& url) {
    LinkEnd end;
    end.error = worded("gateway.protocol",
                       Words::tr("The gateway sent what is no message of the protocol: %1 [%2]")
                           .arg(QString::fromStdString(error.message), QString::fromStdString(error.code)),
                       placeOf(url), Words::tr("Check what stands between; it is tried again by itself"), true);
    return end;
}

LinkEnd credentialsEnd(const QUrl& url) {
    LinkEnd end;
    end.need = ConnectionNeed::Credentials;
    end.error = worded("gateway.credentials-needed", Words::tr("The gateway wants to know who you are"), placeOf(url),
                       Words::tr("Sign in, or give a token"));
    return end;
}

LinkEnd refusedEnd(const Error& error, const QUrl& url) {
    LinkEnd end;
    end.error = error;
    if (end.error.where.empty()) end.error.where = placeOf(url);
    if (error.retryable) return end;
    end.need = ConnectionNeed::Credentials;
    end.badToken = error.code != "auth.tenant";
    if (end.error.hint.empty()) end.error.hint = Words::tr("Sign in again, or give another token").toStdString();
    return end;
}

LinkEnd sessionEnd(const std::string& reason, const QUrl& url) {
    LinkEnd end;
    end.need = ConnectionNeed::Credentials;
    end.badToken = true;
    end.error = worded("gateway.session-ended", endOf(reason), placeOf(url), Words::tr("Sign in again"));
    return end;
}

}  // namespace signalbox::client
