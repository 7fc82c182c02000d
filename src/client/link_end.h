// Private to the client: why a connection has ended, or never came to be.
#pragma once

#include <QAbstractSocket>
#include <QString>
#include <QUrl>
#include <chrono>
#include <optional>

#include "base/result.h"
#include "client/connection.h"

namespace signalbox::client {

struct LinkEnd {
    Error error;
    ConnectionNeed need = ConnectionNeed::None;  ///< what has to be done before it is tried again
    bool incompatible = false;                   ///< not to be tried again
    bool badToken = false;                       ///< the token that was used is of no use any more
    std::optional<CertificateFacts> certificate;
};

/// "host:port", for people.
[[nodiscard]] std::string placeOf(const QUrl& url);

/// Before the WebSocket was open. `known`: a gateway was there before, so that the address is no riddle.
[[nodiscard]] LinkEnd socketEnd(QAbstractSocket::SocketError error, const QString& text, const QUrl& url,
                                bool known = false);
/// The server's close code; 1006 when the connection just broke.
[[nodiscard]] LinkEnd closeEnd(int code, const QString& reason, const QUrl& url);
[[nodiscard]] LinkEnd timeoutEnd(std::chrono::milliseconds waited, const QUrl& url);
[[nodiscard]] LinkEnd silenceEnd(std::chrono::milliseconds waited, const QUrl& url);
[[nodiscard]] LinkEnd trustEnd(const CertificateFacts& facts, const QUrl& url);
/// It speaks protocol `major`; 0: none that is known.
[[nodiscard]] LinkEnd incompatibleEnd(std::int64_t major, const QUrl& url);
[[nodiscard]] LinkEnd garbageEnd(const Error& error, const QUrl& url);
[[nodiscard]] LinkEnd credentialsEnd(const QUrl& url);
/// The gateway said no to the token.
[[nodiscard]] LinkEnd refusedEnd(const Error& error, const QUrl& url);
[[nodiscard]] LinkEnd sessionEnd(const std::string& reason, const QUrl& url);

}  // namespace signalbox::client
