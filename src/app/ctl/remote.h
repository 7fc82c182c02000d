// Gateways elsewhere: which one is meant, and how one gets to it.
#pragma once

#include <QEventLoop>
#include <QString>
#include <memory>
#include <optional>
#include <string>

#include "app/ctl/arguments.h"
#include "app/ctl/report.h"
#include "client/connect_gateway.h"
#include "client/gateway_profiles.h"
#include "client/http_auth.h"

namespace signalbox::ctl {

/// The --gateway option, or SIGNALBOX_GATEWAY where no workspace is named; none: the work is done here. Error
/// "usage.option" when a workspace is named as well.
[[nodiscard]] Result<std::optional<std::string>> gatewayNamed(const Arguments& arguments);

/// A gateway that is meant, with what the options say about it. Lives in the main thread.
class RemoteTarget {
public:
    /// By the name or address of one in the list, or an address that is not in it. Errors "gateway.address",
    /// "profiles.*", "gateway.fingerprint".
    [[nodiscard]] static Result<std::unique_ptr<RemoteTarget>> of(const Arguments& arguments, const std::string& named);

    [[nodiscard]] const client::GatewayProfile& profile() const { return profile_; }
    [[nodiscard]] client::GatewayProfiles& profiles() { return profiles_; }
    [[nodiscard]] const std::shared_ptr<client::CredentialStore>& credentials() const { return credentials_; }
    [[nodiscard]] client::HttpAuth::Target authTarget() const;
    /// Puts it into the list, so that it has a key for its credentials; nothing to do when it is there.
    [[nodiscard]] Status keep();
    /// Takes effect with keep().
    void rename(const std::string& name) { profile_.name = QString::fromStdString(name); }
    /// Takes effect with keep(). Error "profiles.environment".
    [[nodiscard]] Status setEnvironment(const std::string& environment);
    /// Vouches for a certificate from now on; kept when the gateway is in the list.
    void pin(const QString& sha256);

    /// Connects, and waits until that has worked. Errors of the connection.
    [[nodiscard]] Result<client::RemoteGateway> connect(const Arguments& arguments, Output& output);

private:
    RemoteTarget() = default;
    std::string named_;  ///< as it was typed
    client::GatewayProfile profile_;
    client::GatewayProfiles profiles_;
    std::shared_ptr<client::CredentialStore> credentials_ = client::defaultCredentialStore();
};

/// Shows a certificate that nobody vouches for and asks whether to trust it. Error: the one given, when the answer is
/// no or there is nobody to ask.
[[nodiscard]] Status askForTrust(const client::CertificateFacts& facts, const Error& why, Output& output);

/// The token that the options or the environment name; empty: none. Errors of readSecret().
[[nodiscard]] Result<QString> tokenGiven(const Arguments& arguments);

}  // namespace signalbox::ctl
