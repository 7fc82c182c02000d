// Signing out of a gateway that nobody is connected to.
#pragma once

#include <QFuture>
#include <memory>

#include "base/result.h"
#include "client/credential_store.h"
#include "client/gateway_profile.h"

namespace signalbox::client {

/// Ends the session whose token is kept for the profile, and forgets the token whether or not the gateway could be
/// told. True when the session is over, false when there was none; errors of the store and those of HttpAuth. Finished
/// in the caller's thread, which needs an event loop.
[[nodiscard]] QFuture<Result<bool>> endSession(const GatewayProfile& profile,
                                               std::shared_ptr<CredentialStore> credentials);

}  // namespace signalbox::client
