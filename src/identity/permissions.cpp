#include "identity/permissions.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/text.h"
#include "identity/identity.h"

namespace signalbox::identity {

namespace {

using namespace std::string_view_literals;

constexpr std::array kKnown{"account:read"sv,   "account:write"sv,   "gateway:read"sv,     "gateway:write"sv,
                            "key:read"sv,       "key:write"sv,       "metrics:read"sv,     "run:approve"sv,
                            "run:control"sv,    "run:read"sv,        "run:start"sv,        "schedule:read"sv,
                            "schedule:write"sv, "schedule:delete"sv, "schedule:trigger"sv, "session:read"sv,
                            "session:write"sv,  "user:read"sv,       "user:write"sv,       "user:delete"sv,
                            "watch:read"sv,     "watch:write"sv,     "webhook:read"sv,     "webhook:write"sv,
                            "workflow:read"sv,  "workflow:write"sv,  "workflow:delete"sv};

protocol::RoleList makeRoles() {
    const std::vector<std::string> viewer{"account:*",     "gateway:read", "metrics:read", "run:read",
                                          "schedule:read", "watch:read",   "workflow:read"};
    const std::vector<std::string> forOperators{"account:*",     "gateway:read",     "metrics:read", "run:*",
                                                "schedule:read", "schedule:trigger", "watch:read",   "workflow:read"};
    const std::vector<std::string> designer{"account:*",  "gateway:read", "metrics:read", "run:*",
                                            "schedule:*", "watch:*",      "webhook:*",    "workflow:*"};
    return {{{"viewer", "Looks at workflows, runs, schedules and metrics; changes nothing", viewer},
             {"operator", "Also starts, controls and approves runs, and triggers schedules", forOperators},
             {"designer", "Also changes workflows, schedules, webhooks and watched folders", designer},
             {kAdministrator, "May do everything, also administer users, sessions and keys", {"*"}}}};
}

const protocol::RoleList& roleTable() {
    static const protocol::RoleList kRoles = makeRoles();
    return kRoles;
}

const protocol::RoleDto* findRole(std::string_view id) {
    const auto& all = roleTable().roles;
    const auto found = std::find_if(all.begin(), all.end(), [&](const auto& role) { return role.id == id; });
    return found == all.end() ? nullptr : &*found;
}

bool contains(std::string_view wide, std::string_view narrow) {
    if (wide == "*" || wide == narrow) return true;
    return wide.ends_with(":*") && narrow.starts_with(wide.substr(0, wide.size() - 1));
}

/// Whether a scope names at least one thing that there is.
bool isKnown(std::string_view scope) {
    return std::any_of(kKnown.begin(), kKnown.end(), [&](std::string_view known) { return contains(scope, known); });
}

/// Sorted; what another one contains is left out.
std::vector<std::string> reduced(std::vector<std::string> all) {
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    std::vector<std::string> kept;
    for (const std::string& one : all) {
        const bool isContained = std::any_of(all.begin(), all.end(),
                                             [&](const auto& other) { return other != one && contains(other, one); });
        if (!isContained) kept.push_back(one);
    }
    return kept;
}

}  // namespace

protocol::RoleList roles() { return roleTable(); }

std::span<const std::string_view> knownPermissions() { return kKnown; }

bool covers(std::span<const std::string> granted, std::string_view wanted) {
    return std::any_of(granted.begin(), granted.end(), [&](const std::string& one) { return contains(one, wanted); });
}

std::vector<std::string> intersect(std::span<const std::string> scopes, std::span<const std::string> granted) {
    std::vector<std::string> both;
    for (const std::string& scope : scopes) {
        if (covers(granted, scope)) {
            both.push_back(scope);
            continue;
        }
        for (const std::string& grant : granted) {
            if (contains(scope, grant)) both.push_back(grant);
        }
    }
    return reduced(std::move(both));
}

std::vector<std::string> permissionsOf(std::span<const std::string> roles) {
    std::vector<std::string> all;
    for (const std::string& id : roles) {
        const protocol::RoleDto* role = findRole(id);
        if (role != nullptr) all.insert(all.end(), role->permissions.begin(), role->permissions.end());
    }
    return reduced(std::move(all));
}

Status checkRoles(std::span<const std::string> roles) {
    std::vector<std::string> names;
    for (const auto& role : roleTable().roles) names.push_back(role.id);
    for (const std::string& id : roles) {
        if (findRole(id) != nullptr) continue;
        const auto meant = didYouMean(id, names);
        return fail(
            "identity.role-unknown", fmt::format("There is no role \"{}\"", id), "/roles",
            meant ? fmt::format("Did you mean \"{}\"?", *meant) : "viewer, operator, designer or administrator");
    }
    return {};
}

Status checkScopes(std::span<const std::string> scopes, std::span<const std::string> granted) {
    if (scopes.empty()) {
        return fail("identity.scope-unknown", "A key without scopes could do nothing", "/scopes",
                    "Give it at least one permission, such as \"run:read\"");
    }
    const std::vector<std::string> known(kKnown.begin(), kKnown.end());
    for (const std::string& scope : scopes) {
        if (!isKnown(scope)) {
            const auto meant = didYouMean(scope, known);
            return fail("identity.scope-unknown", fmt::format("There is no permission \"{}\"", scope), "/scopes",
                        meant ? fmt::format("Did you mean \"{}\"?", *meant) : "Scopes look like \"run:read\"");
        }
        if (!covers(granted, scope)) {
            return fail("identity.scope-too-wide", fmt::format("\"{}\" is more than its user may do", scope), "/scopes",
                        "Leave it out, or give the user a role that permits it");
        }
    }
    return {};
}

}  // namespace signalbox::identity
