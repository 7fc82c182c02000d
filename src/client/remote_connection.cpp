#include "client/remote_connection.h"

#include <QPointer>
#include <tuple>
#include <utility>

#include "client/gateway_profiles.h"
#include "client/link_host.h"

namespace signalbox::client {

namespace {

/// Changes the kept profile of that id, when there is one.
void changeProfile(const QPointer<GatewayProfiles>& profiles, const QString& id,
                   const std::function<void(GatewayProfile&)>& change) {
    if (!profiles || id.isEmpty()) return;
    auto profile = profiles->byId(id);
    if (!profile) return;
    change(*profile);
    // What cannot be written now is asked for again the next time.
    std::ignore = profiles->update(*profile);
}

}  // namespace

RemoteConnection::RemoteConnection(const GatewayProfile& profile, ConnectOptions options,
                                   std::shared_ptr<LinkHost> host)
    : profile_(profile),
      options_(std::move(options)),
      host_(std::move(host)),
      auth_({profile.url, profile.pinned, profile.allowPlain, options_.agent}) {
    status_.state = ConnectionState::Connecting;
    connect(host_->link(), &GatewayLink::statusChanged, this, &RemoteConnection::follow, Qt::QueuedConnection);
    connect(host_->link(), &GatewayLink::tokenRefused, this, &RemoteConnection::tokenRefused, Qt::QueuedConnection);
    connect(host_->link(), &QObject::destroyed, this, [this] {
        status_.state = ConnectionState::Lost;
        status_.retryAt = 0;
        Q_EMIT changed();
    });
    const QPointer<GatewayProfiles> profiles(options_.profiles);
    connect(this, &Connection::trusted, this, [this, profiles](const QString& sha256) {
        changeProfile(profiles, profile_.id, [&](GatewayProfile& kept) { kept.pinned = sha256; });
    });
    connect(this, &Connection::signedIn, this, [this, profiles](const QString& login) {
        changeProfile(profiles, profile_.id, [&](GatewayProfile& kept) { kept.login = login; });
    });
    start();
}

RemoteConnection::~RemoteConnection() = default;

void RemoteConnection::start() {
    isGiven_ = !options_.token.isEmpty();
    if (isGiven_ || !isKept()) return connectWith(std::exchange(options_.token, {}));
    options_.credentials->read(profile_.id).then(this, [this](const Result<std::optional<QString>>& kept) {
        // Without what is kept one can still sign in; why it could not be read is said there.
        if (!kept) signInError_ = kept.error();
        if (token_.isEmpty()) connectWith(kept ? kept->value_or(QString()) : QString());
    });
}

void RemoteConnection::connectWith(const QString& token) {
    token_ = token;
    host_->post([token](GatewayLink& link) { link.useToken(token); });
}

void RemoteConnection::follow(const ConnectionStatus& status) {
    status_ = status;
    if (status_.state == ConnectionState::Live) signInError_.reset();
    Q_EMIT changed();
}

ConnectionStatus RemoteConnection::status() const {
    ConnectionStatus status = status_;
    status.lastHeard = host_->lastHeard();
    if (status.need == ConnectionNeed::Credentials && signInError_) status.error = signInError_;
    return status;
}

void RemoteConnection::reconnect() {
    host_->post([](GatewayLink& link) { link.reconnect(); });
}

void RemoteConnection::disconnectNow() {
    host_->post([](GatewayLink& link) { link.disconnectNow(); });
}

void RemoteConnection::signIn(const QString& login, const QString& password, bool keep) {
    signInError_.reset();
    auth_.login(login, password).then(this, [this, login, keep](Result<QString> token) {
        signedInWith(login, keep, std::move(token));
    });
}

void RemoteConnection::signedInWith(const QString& login, bool keep, Result<QString> token) {
    if (!token) {
        signInError_ = token.error();
        Q_EMIT changed();
        return;
    }
    Q_EMIT signedIn(login);
    take(*token, keep);
}

void RemoteConnection::useToken(const QString& token) { take(token, true); }

void RemoteConnection::take(const QString& token, bool wanted) {
    signInError_.reset();
    isGiven_ = false;
    if (wanted) {
        keep(token);
    } else if (isKept()) {
        options_.credentials->remove(profile_.id);  // one from before
    }
    connectWith(token);
}

void RemoteConnection::keep(const QString& token) {
    if (!isKept()) return;
    options_.credentials->write(profile_.id, token).then(this, [this](const Status& kept) {
        if (kept) return;
        signInError_ = kept.error();
        Q_EMIT changed();
    });
}

void RemoteConnection::tokenRefused() {
    token_.clear();
    if (isKept() && !isGiven_) options_.credentials->remove(profile_.id);
}

void RemoteConnection::trust(const QString& sha256) {
    profile_.pinned = sha256;
    auth_.setPinned(sha256);
    host_->post([sha256](GatewayLink& link) { link.trust(sha256); });
    Q_EMIT trusted(sha256);
}

QFuture<Result<bool>> RemoteConnection::signOut() {
    auto ended = auth_.endSession(std::exchange(token_, {}));
    if (isKept()) options_.credentials->remove(profile_.id);
    host_->post([](GatewayLink& link) { link.forgetToken(); });
    return ended;
}

}  // namespace signalbox::client
