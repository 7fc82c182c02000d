#include "client/link_end.h"

#include <QRegularExpression>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "base/clock.h"
#include "client/certificate.h"
#include "protocol/dto.h"

namespace signalbox::client {

namespace {

constexpr int kBadCredentials = 4401;
constexpr int kWrongTenant = 4403;
constexpr int kNoCredentialsInTime = 4408;
constexpr int kSessionEnded = 4409;

std::string spanOf(std::chrono::milliseconds span) { return humanDuration(span.count() * 1000); }

LinkEnd unreachable(std::string message, const QUrl& url, std::string hint) {
    LinkEnd end;
    end.error = {"gateway.unreachable", std::move(message), placeOf(url), std::move(hint), true};
    return end;
}

/// QWebSocket tells the status of a refused upgrade in words only.
int statusIn(const QString& text) {
    static const QRegularExpression kStatus(QStringLiteral("status code: (\\d{3})"));
    return kStatus.match(text).captured(1).toInt();
}

LinkEnd statusEnd(int status, const QUrl& url) {
    if (status == 429 || status == 503) {
        return unreachable(fmt::format("The gateway takes no connections at the moment (HTTP {})", status), url,
                           "It is tried again by itself");
    }
    return unreachable(fmt::format("What answers there is no gateway (HTTP {})", status), url,
                       "Check host and port, and whether a proxy before it passes WebSockets on");
}

bool isEncrypted(const QUrl& url) { return url.scheme() == "https"; }

/// The handshake of TLS ended. OpenSSL's words tell one thing that people can act upon: that there is none.
LinkEnd handshakeEnd(const QString& text, const QUrl& url) {
    for (const char* foreign : {"wrong version number", "unknown protocol", "http request", "packet length too long"}) {
        if (!text.contains(QLatin1String(foreign))) continue;
        return unreachable("What answers there does not speak TLS", url,
                           "A gateway without TLS is reached by http://. Otherwise check the port: it may be another "
                           "program's");
    }
    return unreachable("No encrypted connection came about: " + text.toStdString(), url,
                       "Check which versions of TLS both sides allow, and what stands between");
}

/// Nothing of the protocol was heard before the other side closed.
LinkEnd hangUpEnd(const QUrl& url, bool known) {
    if (known) {
        return unreachable("The gateway hung up before it was connected", url,
                           "It is tried again by itself: it may be starting, or a proxy before it does not reach it");
    }
    if (isEncrypted(url)) {
        return unreachable("What answers there hung up before the connection was encrypted", url,
                           "Check the port: it may be another program's. A gateway without TLS is reached by http://");
    }
    return unreachable("What answers there hung up without an answer", url,
                       "A gateway that speaks TLS is reached by https://. Otherwise check the port: it may be another "
                       "program's");
}

}  // namespace

std::string placeOf(const QUrl& url) {
    const QString host = url.host().contains(':') ? "[" + url.host() + "]" : url.host();
    return (host + ":" + QString::number(url.port(url.scheme() == "https" ? 443 : 80))).toStdString();
}

LinkEnd socketEnd(QAbstractSocket::SocketError error, const QString& text, const QUrl& url, bool known) {
    if (const int status = statusIn(text); status != 0) return statusEnd(status, url);
    if (text.contains(QLatin1String("processHandshake"))) {
        return unreachable("What answers there is no gateway: it takes no WebSocket", url,
                           isEncrypted(url)
                               ? "Check host and port, and whether a proxy before it passes WebSockets on"
                               : "A gateway that speaks TLS is reached by https://. Otherwise check host and port");
    }
    switch (error) {
        case QAbstractSocket::ConnectionRefusedError:
            return unreachable("Nothing listens at the gateway's address", url, "Check that signalboxd runs there");
        case QAbstractSocket::HostNotFoundError:
            return unreachable("The gateway's host name is not known", url, "Check the address and the network");
        case QAbstractSocket::NetworkError:
            return unreachable("The network does not reach the gateway", url, "Check the network");
        case QAbstractSocket::SslHandshakeFailedError:
        case QAbstractSocket::SslInternalError:
        case QAbstractSocket::SslInvalidUserDataError:
            return handshakeEnd(text, url);
        case QAbstractSocket::RemoteHostClosedError:
            return hangUpEnd(url, known);
        default:
            return unreachable("The gateway cannot be reached: " + text.toStdString(), url, "Check the address");
    }
}

LinkEnd closeEnd(int code, const QString& reason, const QUrl& url) {
    const std::string why = reason.isEmpty() ? std::string() : ": " + reason.toStdString();
    switch (code) {
        case kBadCredentials:
            return refusedEnd({"auth.invalid", "The gateway does not take these credentials" + why, {}, {}, false},
                              url);
        case kWrongTenant:
            return refusedEnd({"auth.tenant", "This gateway serves another tenant" + why, {}, {}, false}, url);
        case kSessionEnded:
            return sessionEnd(reason.toStdString(), url);
        case kNoCredentialsInTime:
            return unreachable("The credentials did not reach the gateway in time", url, "Check the network");
        case 1001:
            return unreachable("The gateway is going away" + why, url, "It is tried again by itself");
        case 1009:
            return unreachable("The gateway found a message too large" + why, url, "It is tried again by itself");
        case 1013:
            return unreachable("The gateway has too much to do" + why, url, "It is tried again by itself");
        default:
            return unreachable("The connection to the gateway broke" + why, url, "It is tried again by itself");
    }
}

LinkEnd timeoutEnd(std::chrono::milliseconds waited, const QUrl& url) {
    return unreachable(
        fmt::format("The gateway has not answered within {}", spanOf(waited)), url,
        isEncrypted(url) ? "Check the address, the network and firewalls between. One without TLS waits for what never "
                           "comes: it is reached by http://"
                         : "Check the address, the network and firewalls between");
}

LinkEnd silenceEnd(std::chrono::milliseconds waited, const QUrl& url) {
    return unreachable(fmt::format("Nothing was heard of the gateway for {}", spanOf(waited)), url,
                       "It is tried again by itself");
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
    end.error = {
        "gateway.incompatible",
        major == 0 ? "The gateway speaks no version of the protocol that this program knows"
                   : fmt::format("The gateway speaks version {} of the protocol, this program version {}", major,
                                 protocol::kProtocolMajor),
        placeOf(url),
        major > protocol::kProtocolMajor ? "Update this program" : "Update the gateway, or use an older program",
        false};
    return end;
}

LinkEnd garbageEnd(const Error& error, const QUrl& url) {
    LinkEnd end;
    end.error = {"gateway.protocol",
                 fmt::format("The gateway sent what is no message of the protocol: {} [{}]", error.message, error.code),
                 placeOf(url), "Check what stands between; it is tried again by itself", true};
    return end;
}

LinkEnd credentialsEnd(const QUrl& url) {
    LinkEnd end;
    end.need = ConnectionNeed::Credentials;
    end.error = {"gateway.credentials-needed", "The gateway wants to know who you are", placeOf(url),
                 "Sign in, or give a token", false};
    return end;
}

LinkEnd refusedEnd(const Error& error, const QUrl& url) {
    LinkEnd end;
    end.error = error;
    if (end.error.where.empty()) end.error.where = placeOf(url);
    if (error.retryable) return end;
    end.need = ConnectionNeed::Credentials;
    end.badToken = error.code != "auth.tenant";
    if (end.error.hint.empty()) end.error.hint = "Sign in again, or give another token";
    return end;
}

LinkEnd sessionEnd(const std::string& reason, const QUrl& url) {
    LinkEnd end;
    end.need = ConnectionNeed::Credentials;
    end.badToken = true;
    std::string message = "The session at the gateway has ended";
    if (reason == "replaced")
        message += ": this user has signed in at too many places since";
    else if (reason == "revoked")
        message += ": it was revoked";
    else if (reason == "expired")
        message += ": it was not used for too long";
    else if (!reason.empty())
        message += " (" + reason + ")";
    end.error = {"gateway.session-ended", std::move(message), placeOf(url), "Sign in again", false};
    return end;
}

}  // namespace signalbox::client
