// Links that name a gateway: signalbox://attach?url=https://host:8443&name=Plant&environment=production
#pragma once

#include <QString>

#include "base/result.h"
#include "client/gateway_profile.h"

namespace signalbox::client {

/// A profile without an id, to be shown to the person before anything is done with it. A link can neither allow
/// unencrypted connections nor vouch for a certificate. Errors "gateway.link", "gateway.address".
[[nodiscard]] Result<GatewayProfile> parseAttachLink(const QString& link);
[[nodiscard]] QString attachLink(const GatewayProfile& profile);

}  // namespace signalbox::client
