// What is kept of a gateway that one attaches to. Never a secret: those are in a CredentialStore, under the id.
#pragma once

#include <QString>
#include <QUrl>

namespace signalbox::client {

struct GatewayProfile {
    QString id;           ///< given by GatewayProfiles, stable; the key of the credentials
    QString name;         ///< for people; unique without regard to case
    QUrl url;             ///< as parseGatewayUrl gives it
    QString environment;  ///< "production", "staging", "development"; empty: not told
    QString pinned;  ///< SHA-256 of the one certificate that is taken, "AB:CD:..."; empty: what authorities vouch for
    bool allowPlain = false;  ///< unencrypted, though it leaves this computer
    QString login;            ///< the last one that was good
    bool attach = false;      ///< at the start of the console
    bool operator==(const GatewayProfile&) const = default;
};

}  // namespace signalbox::client
