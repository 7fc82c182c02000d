#include "service/principal.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <pwd.h>
#include <unistd.h>

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
    return {fmt::format("local:{}", user), name, {"*"}};
}

}  // namespace signalbox::service
