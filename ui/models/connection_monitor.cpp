#include "ui/models/connection_monitor.h"

#include <utility>

#include "client/environment.h"
#include "ui/models/connection_look.h"
#include "ui/text/format.h"

namespace signalbox::ui {

using client::ConnectionNeed;
using client::ConnectionState;

ConnectionMonitor::ConnectionMonitor(std::function<std::int64_t()> now, QObject* parent)
    : QObject(parent), now_(std::move(now)) {}

void ConnectionMonitor::follow(client::Connection* connection) {
    connection_ = connection;
    remote_ = connection != nullptr;
    if (!connection) return;
    live_ = wasLive_ = isLive();
    connect(connection, &client::Connection::changed, this, &ConnectionMonitor::notice);
    connect(connection, &QObject::destroyed, this, &ConnectionMonitor::notice);
    notice();
}

void ConnectionMonitor::setGateway(const QString& name, const QString& environment) {
    name_ = name;
    environment_ = environment;
    Q_EMIT identityChanged();
}

void ConnectionMonitor::setToldEnvironment(const QString& environment) {
    if (told_ == environment) return;
    told_ = environment;
    Q_EMIT identityChanged();
}

client::ConnectionStatus ConnectionMonitor::status() const {
    if (connection_) return connection_->status();
    client::ConnectionStatus status;
    if (remote_) status.state = ConnectionState::Lost;
    return status;
}

bool ConnectionMonitor::isLive() const { return !remote_ || status().state == ConnectionState::Live; }

std::int64_t ConnectionMonitor::asOf() const {
    const auto heard = status().lastHeard;
    return heard > 0 ? heard * 1000 : now_();
}

QString ConnectionMonitor::reason() const {
    if (isLive()) return {};
    const auto current = status();
    switch (current.need) {
        case ConnectionNeed::Credentials:
            return tr("Sign in to %1 to go on").arg(name_);
        case ConnectionNeed::Trust:
            return tr("The certificate of %1 has to be looked at").arg(name_);
        case ConnectionNeed::None:
            break;
    }
    switch (current.state) {
        case ConnectionState::Stale:
            return tr("Nothing was heard from %1").arg(name_);
        case ConnectionState::Lost:
            return tr("The connection to %1 is lost").arg(name_);
        case ConnectionState::Incompatible:
            return tr("%1 speaks another version").arg(name_);
        default:
            return tr("Connecting to %1").arg(name_);
    }
}

QString ConnectionMonitor::writeReason() const { return reason(); }

QString ConnectionMonitor::environment() const { return client::carefulEnvironment(environment_, told_); }

bool ConnectionMonitor::isProduction() const { return client::isProduction(environment()); }

void ConnectionMonitor::notice() {
    const auto current = status();
    if (current.gateway) setToldEnvironment(toQString(current.gateway->environment));
    const bool live = isLive();
    const bool back = live && !std::exchange(live_, live);
    live_ = live;
    wasLive_ = wasLive_ || live;
    Q_EMIT changed();
    if (back) Q_EMIT returned();
}

}  // namespace signalbox::ui
