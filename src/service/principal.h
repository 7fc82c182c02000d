// Who makes a call, and what that one may do.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace signalbox::identity {
struct Caller;
}

namespace signalbox::service {

/// Someone whose identity has been established. A default one is nobody and is refused everything.
struct Principal {
    std::string id;                        ///< stable; empty: not authenticated
    std::string name;                      ///< for people; written into journals as the one who did it
    std::vector<std::string> permissions;  ///< "run:start", "run:*" or "*"
    std::string tenant{};      ///< whose data the caller may reach; empty: that of the gateway it is part of
    std::string userId{};      ///< empty: none of the gateway's users
    std::string credential{};  ///< id of the session or key that was used; empty: neither
    bool isKey = false;        ///< the credential is a key, not a session

    [[nodiscard]] bool isAuthenticated() const { return !id.empty(); }
    [[nodiscard]] bool allows(std::string_view permission) const;
};

/// The user of this computer whose process this is: whoever can open the workspace's files anyway. May do everything.
[[nodiscard]] Principal localAdministrator();

/// Whoever has shown a session's token or a key.
[[nodiscard]] Principal principalOf(const identity::Caller& caller);

}  // namespace signalbox::service
