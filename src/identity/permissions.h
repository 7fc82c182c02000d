// What roles permit, and how permissions are compared. "run:*" covers "run:read"; "*" covers everything.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace signalbox::identity {

inline constexpr const char* kAdministrator = "administrator";

/// Every permission that a call may ask for.
[[nodiscard]] std::span<const std::string_view> knownPermissions();
/// Whether one of the granted permissions contains the wanted one.
[[nodiscard]] bool covers(std::span<const std::string> granted, std::string_view wanted);
/// What is in both, as widely as possible.
[[nodiscard]] std::vector<std::string> intersect(std::span<const std::string> scopes,
                                                 std::span<const std::string> granted);
/// All that the roles permit together, sorted, without what another one covers. Unknown roles permit nothing.
[[nodiscard]] std::vector<std::string> permissionsOf(std::span<const std::string> roles);
/// Error "identity.role-unknown".
[[nodiscard]] Status checkRoles(std::span<const std::string> roles);
/// Errors "identity.scope-unknown", "identity.scope-too-wide" (beyond `granted`).
[[nodiscard]] Status checkScopes(std::span<const std::string> scopes, std::span<const std::string> granted);

}  // namespace signalbox::identity
