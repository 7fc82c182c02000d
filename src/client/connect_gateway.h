// Attaching to a remote gateway.
#pragma once

#include <QString>
#include <memory>

#include "client/connection.h"
#include "client/credential_store.h"
#include "client/gateway_client.h"
#include "client/gateway_profile.h"
#include "client/link_timing.h"

namespace signalbox::client {

class GatewayProfiles;

struct ConnectOptions {
    std::shared_ptr<CredentialStore> credentials;  ///< null: tokens are kept in memory only
    GatewayProfiles* profiles = nullptr;  ///< keeps pins and logins, when it outlives the connection and has the id
    QString token;                        ///< used instead of a stored one, and not stored; empty: none
    QString agent = QStringLiteral("signalbox");  ///< what the program calls itself at the gateway
    LinkTiming timing;
};

/// Both belong to the caller and may be deleted in either order; with the client its transport goes, and the connection
/// is Lost from then on.
struct RemoteGateway {
    std::unique_ptr<GatewayClient> client;
    std::unique_ptr<Connection> connection;
};

/// Never blocks: begins to connect, and goes on trying until told otherwise. What stands in the way, also a profile
/// whose address must not be used, is in connection->status(). To try an address out before it is kept, connect with a
/// profile without an id.
[[nodiscard]] RemoteGateway connectGateway(const GatewayProfile& profile, ConnectOptions options);

}  // namespace signalbox::client
