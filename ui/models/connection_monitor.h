// How the gateway of one window can be reached, and what that means for what the window shows and lets one do.
#pragma once

#include <QObject>
#include <QPointer>
#include <QString>
#include <functional>

#include "client/connection.h"

namespace signalbox::ui {

/// Belongs to the panels' context. Without a connection the gateway is in this program and always live.
class ConnectionMonitor : public QObject {
    Q_OBJECT
public:
    explicit ConnectionMonitor(std::function<std::int64_t()> now, QObject* parent = nullptr);
    /// The connection may go before this does: the gateway counts as lost from then on.
    void follow(client::Connection* connection);
    /// What the gateway is called here and what its profile says of its environment.
    void setGateway(const QString& name, const QString& environment);
    /// What the gateway says of its environment itself.
    void setToldEnvironment(const QString& environment);

    [[nodiscard]] bool isRemote() const { return remote_; }
    [[nodiscard]] client::Connection* connection() const { return connection_; }
    [[nodiscard]] client::ConnectionStatus status() const;
    [[nodiscard]] bool isLive() const;
    /// It was live once: what is shown came from it.
    [[nodiscard]] bool wasLive() const { return wasLive_; }
    /// Micros since the epoch of the last word from the gateway.
    [[nodiscard]] std::int64_t asOf() const;
    [[nodiscard]] std::int64_t now() const { return now_(); }
    /// Why what is shown is old; empty while it is not.
    [[nodiscard]] QString reason() const;
    /// Why nothing can be changed at the gateway; empty when it can.
    [[nodiscard]] QString writeReason() const;

    [[nodiscard]] QString gatewayName() const { return name_; }
    [[nodiscard]] QString environment() const;
    [[nodiscard]] bool isProduction() const;

Q_SIGNALS:
    void changed();
    /// Live, for the first time or again: what could have been missed is to be asked for.
    void returned();
    void identityChanged();  ///< name or environment

private:
    void notice();

    std::function<std::int64_t()> now_;
    QPointer<client::Connection> connection_;
    QString name_;
    QString environment_;
    QString told_;
    bool remote_ = false;
    bool wasLive_ = false;
    bool live_ = true;
};

}  // namespace signalbox::ui
