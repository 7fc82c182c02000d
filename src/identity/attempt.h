// An attempt to sign in, as it is counted. For LocalIdentity's own sources only.
#pragma once

#include <string>

#include "identity/local_identity.h"

namespace signalbox::identity {

/// Counted as failed from the start, until it turns out to be good, or none at all.
class LocalIdentity::Attempt {
public:
    /// `account` is a name that only this account has. An empty address is not counted: it is this process.
    Attempt(LocalIdentity& identity, std::string account, const Origin& origin);

    /// Error "identity.throttled".
    [[nodiscard]] Status begin();
    void succeeded();
    void isNone();

private:
    LocalIdentity& identity_;
    const std::string account_;
    const std::string address_;
};

}  // namespace signalbox::identity
