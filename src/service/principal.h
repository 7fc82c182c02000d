// Who makes a call, and what that one may do.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace signalbox::service {

/// Someone whose identity has been established. A default one is nobody and is refused everything.
struct Principal {
    std::string id;                        ///< stable; empty: not authenticated
    std::string name;                      ///< for people; written into journals as the one who did it
    std::vector<std::string> permissions;  ///< "run:start", "run:*" or "*"

    [[nodiscard]] bool isAuthenticated() const { return !id.empty(); }
    [[nodiscard]] bool allows(std::string_view permission) const;
};

/// The user of this computer whose process this is: whoever can open the workspace's files anyway. May do everything.
[[nodiscard]] Principal localAdministrator();

}  // namespace signalbox::service
