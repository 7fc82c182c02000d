// The gateways that this program knows: the workspaces that are open in it, and the remote ones by their profiles.
#pragma once

#include <QFuture>
#include <QObject>
#include <QPointer>
#include <QString>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "base/result.h"
#include "client/connect_gateway.h"
#include "client/gateway_profile.h"

namespace signalbox::client {
class GatewayProfiles;
}

namespace signalbox::ui {

/// One that can be looked at in a window.
struct GatewayPlace {
    QString id;       ///< of the profile, or "workspace:" and the folder
    QString name;     ///< for people
    QString address;  ///< of the gateway, or the folder
    QString environment;
    bool local = false;  ///< in this program
};

/// One a process; windows share it. Owns the connections of attached gateways: windows on them go before it does.
/// Lives in the window's thread.
class GatewayBook : public QObject {
    Q_OBJECT
public:
    struct Ways {
        /// With an empty id in the profile: to try it out, nothing is kept.
        std::function<client::RemoteGateway(const client::GatewayProfile&)> connect;
        /// Forgets the credentials of a profile that is removed and to which nothing is attached, and ends their
        /// session at the gateway; as Connection::signOut.
        std::function<QFuture<Result<bool>>(const client::GatewayProfile&)> endSession = {};
    };
    GatewayBook(client::GatewayProfiles& profiles, Ways ways, QObject* parent = nullptr);
    ~GatewayBook() override;

    [[nodiscard]] std::vector<GatewayPlace> places() const;  ///< workspaces first
    [[nodiscard]] std::optional<GatewayPlace> place(const QString& id) const;
    [[nodiscard]] std::optional<client::GatewayProfile> profile(const QString& id) const;
    void addWorkspace(const QString& folder);
    [[nodiscard]] static QString workspaceId(const QString& folder);

    /// Null while it is not attached; of a workspace always.
    [[nodiscard]] client::Connection* connection(const QString& id) const;
    [[nodiscard]] client::GatewayClient* client(const QString& id) const;
    [[nodiscard]] bool isAttached(const QString& id) const { return attached_.contains(id); }
    /// Connects, now and at each start. False: there is no such profile.
    bool attach(const QString& id);
    /// Windows on it are told first: aboutToDetach().
    void detach(const QString& id);

    /// Errors: those of GatewayProfiles.
    Result<client::GatewayProfile> add(const client::GatewayProfile& profile);
    /// With another address an attached gateway is connected anew.
    Status change(const client::GatewayProfile& profile);
    /// The session at the gateway is ended as well: sessionEnded() follows.
    Status remove(const QString& id);
    [[nodiscard]] client::RemoteGateway tryOut(client::GatewayProfile profile) const;
    /// Reads the file again; what another program wrote is taken. Errors: those of GatewayProfiles.
    Status reload();

    /// Asks for its window.
    void open(const QString& id) { Q_EMIT openRequested(id); }

Q_SIGNALS:
    void changed();  ///< another list, or another name in it
    void statusChanged(const QString& id);
    void openRequested(const QString& id);
    void aboutToDetach(const QString& id);
    /// Of a gateway that was removed: as Connection::signOut says.
    void sessionEnded(const QString& name, const signalbox::Result<bool>& outcome);

private:
    client::RemoteGateway takeAttached(const QString& id);
    void endSession(const client::GatewayProfile& profile, client::RemoteGateway gateway);
    void keepAttached(const QString& id, bool attached);

    client::GatewayProfiles& profiles_;
    Ways ways_;
    std::vector<GatewayPlace> workspaces_;
    std::map<QString, client::RemoteGateway> attached_;
};

}  // namespace signalbox::ui
