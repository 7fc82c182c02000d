// Signing in at a gateway and out again, by its REST interface.
#pragma once

#include <QFuture>
#include <QNetworkAccessManager>
#include <QObject>
#include <QString>
#include <QUrl>
#include <optional>

#include "base/result.h"
#include "base/value.h"
#include "client/connection.h"

namespace signalbox::client {

/// Sends a password or a token only to the gateway that is trusted, and never after a redirect. Lives in one thread;
/// futures are finished there. Errors of the gateway ("auth.*", "identity.*"), "gateway.unreachable",
/// "gateway.plain-refused", "gateway.certificate-*"; with the latter certificate() has what was shown.
class HttpAuth : public QObject {
    Q_OBJECT
public:
    struct Target {
        QUrl url;
        QString pinned;
        bool allowPlain = false;
        QString agent;
    };
    explicit HttpAuth(Target target, QObject* parent = nullptr);

    /// Gives the session's token.
    QFuture<Result<QString>> login(const QString& login, const QString& password);
    /// Makes the first administrator, with the token that the gateway has put into a file; gives the session's token,
    /// or an empty one when the gateway opens no session by that.
    QFuture<Result<QString>> setup(const QString& setupToken, const QString& login, const QString& name,
                                   const QString& password);
    QFuture<Status> logout(const QString& token);
    /// False: that token has no session (it is empty, or an API key). Over before is over as well.
    QFuture<Result<bool>> endSession(const QString& token);

    void setPinned(const QString& sha256) { target_.pinned = sha256; }
    [[nodiscard]] const std::optional<CertificateFacts>& certificate() const { return certificate_; }

private:
    QFuture<Result<Value>> post(const QString& path, const Value& body, const QString& token = {});
    void guard(QNetworkReply* reply);
    [[nodiscard]] Result<Value> outcome(QNetworkReply* reply) const;

    Target target_;
    QNetworkAccessManager network_;
    std::optional<CertificateFacts> certificate_;
};

}  // namespace signalbox::client
