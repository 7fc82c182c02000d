// An attempt to sign in, as it is counted. For LocalIdentity's own sources only.
#pragma once

#include <string>
#include <vector>

#include "identity/local_identity.h"

namespace signalbox::identity {

/// Counted as failed from the start, until it turns out to be good, or none at all. Where its account has been signed
/// in to before, it is counted apart from what others try elsewhere: they could otherwise keep its owner out for as
/// long as they like.
class LocalIdentity::Attempt {
public:
    /// `account` is a name that only this account has. An empty address is not counted: it is this process.
    Attempt(LocalIdentity& identity, std::string account, const Origin& origin);

    /// Error "identity.throttled".
    [[nodiscard]] Status begin();
    void succeeded();
    void isNone();

private:
    struct Count {
        Throttle* throttle = nullptr;
        std::string name;
        bool isForgiven = false;  ///< by a success, with all that failed before
    };
    LocalIdentity& identity_;
    const std::string account_;
    const std::string address_;
    const bool isKnown_;         ///< that the account is signed in to from there
    std::vector<Count> counts_;  ///< in the order in which they are asked
};

}  // namespace signalbox::identity
