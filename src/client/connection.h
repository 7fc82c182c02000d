// How a client's connection to its gateway stands, for whoever shows it.
#pragma once

#include <QFuture>
#include <QObject>
#include <QString>
#include <cstdint>
#include <optional>

#include "base/result.h"
#include "protocol/identity_dto.h"

namespace signalbox::client {

/// Embedded gateways are always Live.
enum class ConnectionState : std::uint8_t {
    Connecting,      ///< first attempt, or again after an end that was asked for
    Authenticating,  ///< connected; credentials are being checked, or are needed (ConnectionStatus::needs)
    Live,
    Stale,         ///< nothing was heard for longer than the heartbeat allows; the connection may be dead
    Lost,          ///< gone; it is tried again at `retryAt`
    Incompatible,  ///< the gateway speaks another major version; it is not tried again
};

/// What a person has to do before it can go on.
enum class ConnectionNeed : std::uint8_t { None, Credentials, Trust };

/// A certificate that nobody has vouched for yet.
struct CertificateFacts {
    QString subject;
    QString issuer;
    QString sha256;         ///< of the certificate, "AB:CD:..."
    qint64 validFrom = 0;   ///< milliseconds since the epoch
    qint64 validUntil = 0;  ///< milliseconds since the epoch
    QString problem;        ///< why it was not taken by itself, in sentences
    QString advice;         ///< what to do about that, in sentences
    QString pinned;         ///< fingerprint that was trusted before; empty: none
};

struct ConnectionStatus {
    ConnectionState state = ConnectionState::Live;
    ConnectionNeed need = ConnectionNeed::None;
    std::optional<Error> error;  ///< why it is not live
    std::optional<CertificateFacts> certificate;
    qint64 lastHeard = 0;  ///< milliseconds since the epoch; 0: never
    qint64 retryAt = 0;    ///< milliseconds since the epoch; 0: not planned
    int attempt = 0;       ///< since it was last live
    int latencyMs = -1;    ///< round trip, the last one measured; -1: unknown
    /// What the gateway said of itself when it was last live; none: it has not been yet.
    std::optional<protocol::GatewayInfo> gateway;
    std::optional<protocol::AccountDto> account;  ///< as whom, since the last sign-in
};

/// Lives in the window's thread, as its signals do. A transport that may be absent has one.
class Connection : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    [[nodiscard]] virtual ConnectionStatus status() const = 0;
    /// At once, without waiting for retryAt.
    virtual void reconnect() = 0;
    virtual void disconnectNow() = 0;
    /// What the gateway gives for it is kept for the next start if `keep`; the password never is.
    virtual void signIn(const QString& login, const QString& password, bool keep) = 0;
    /// The token is kept.
    virtual void useToken(const QString& token) = 0;
    /// Pins the certificate that was shown.
    virtual void trust(const QString& sha256) = 0;
    /// Forgets the token at once, and ends its session at the gateway. True when that is over, false when there was no
    /// session (an API key has none); an error when the gateway was not told: there the session goes on.
    virtual QFuture<Result<bool>> signOut() = 0;

Q_SIGNALS:
    void changed();
    /// Something worth keeping: the certificate that was vouched for, the login that was good.
    void trusted(const QString& sha256);
    void signedIn(const QString& login);
};

}  // namespace signalbox::client
