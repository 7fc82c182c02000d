// Private to the client: the connection to a remote gateway as the window sees it.
#pragma once

#include <memory>

#include "client/connect_gateway.h"
#include "client/http_auth.h"

namespace signalbox::client {

class LinkHost;

/// Gets tokens (from the store, by signing in) and brings them to the link; keeps what is worth keeping.
class RemoteConnection final : public Connection {
    Q_OBJECT
public:
    RemoteConnection(const GatewayProfile& profile, ConnectOptions options, std::shared_ptr<LinkHost> host);
    ~RemoteConnection() override;

    [[nodiscard]] ConnectionStatus status() const override;
    void reconnect() override;
    void disconnectNow() override;
    void signIn(const QString& login, const QString& password, bool keep) override;
    void useToken(const QString& token) override;
    void trust(const QString& sha256) override;
    QFuture<Result<bool>> signOut() override;

private:
    void start();
    void connectWith(const QString& token);
    void follow(const ConnectionStatus& status);
    void tokenRefused();
    void signedInWith(const QString& login, bool keep, Result<QString> token);
    void take(const QString& token, bool keep);
    void keep(const QString& token);
    [[nodiscard]] bool isKept() const { return options_.credentials && !profile_.id.isEmpty(); }

    GatewayProfile profile_;
    ConnectOptions options_;
    std::shared_ptr<LinkHost> host_;
    HttpAuth auth_;
    ConnectionStatus status_;
    std::optional<Error> signInError_;  ///< why the last attempt to sign in was in vain
    QString token_;                     ///< in use
    bool isGiven_ = false;              ///< by the options: it is in no store, and stays out of it
};

}  // namespace signalbox::client
