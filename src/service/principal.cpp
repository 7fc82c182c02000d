#include "service/principal.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <pwd.h>
#include <unistd.h>

#include "identity/identity.h"

namespace signalbox::service {

bool Principal::allows(std::string_view permission) const {
    if (!isAuthenticated()) return false;
    return std::any_of(permissions.begin(), permissions.end(), [&](const std::string& granted) {
        if (granted == "*" || granted == permission) return true;
        return granted.ends_with(":*") &&
               permission.starts_with(std::string_view(granted).substr(0, granted.size() - 1));
    });
}

Principal localAdministrator() {
    const uid_t user = geteuid();
    std::array<char, 4096> buffer{};
    passwd entry{};
    passwd* found = nullptr;
    getpwuid_r(user, &entry, buffer.data(), buffer.size(), &found);
    const std::string name = found != nullptr ? found->pw_name : fmt::format("user {}", user);
    Principal principal;
    principal.id = fmt::format("local:{}", user);
    principal.name = name;
    principal.permissions = {"*"};
    return principal;
}

Principal principalOf(const identity::Caller& caller) {
    Principal principal;
    principal.id = caller.userId;
    principal.name = caller.name.empty() ? caller.login : caller.name;
    principal.permissions = caller.permissions;
    principal.tenant = caller.tenant;
    principal.userId = caller.userId;
    principal.credential = caller.credential;
    principal.isKey = caller.kind == identity::Caller::Kind::Key;
    return principal;
}

}  // namespace signalbox::service
