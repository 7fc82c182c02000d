#include <utility>

#include "identity/identity.h"
#include "identity/permissions.h"
#include "service/calls.h"
#include "service/pages.h"

namespace signalbox::service {

namespace {

using identity::Caller;
using identity::Identity;

Error noUsers() {
    return {"gateway.no-users", "This gateway keeps no users", {}, "Start it with authentication on", false};
}

/// Whose users are meant: a principal without a tenant is of the gateway it is part of.
std::string tenantOf(const CallContext& context, const DispatcherParts& parts) {
    if (!context.principal.tenant.empty()) return context.principal.tenant;
    return parts.tenant.empty() ? identity::IdentityOptions{}.tenant : parts.tenant;
}

/// Calls the function with the identity store and answers with what it gives.
template <class Fn>
void withUsers(const DispatcherParts& parts, const ReplyOnce& reply, Fn&& act) {
    if (parts.identity == nullptr) return reply(fail(noUsers()));
    reply.with(act(*parts.identity));
}

/// The same for what is a user's own. Sessions and keys have one; whoever sits at the computer has none.
template <class Fn>
void withAccount(const CallContext& context, const DispatcherParts& parts, const ReplyOnce& reply, Fn&& act) {
    if (parts.identity == nullptr) return reply(fail(noUsers()));
    if (context.principal.userId.empty()) {
        return reply(fail("identity.no-account", "Who works on this computer itself has no account here", {},
                          "Sign in as a user of the gateway"));
    }
    Caller asking;
    asking.kind = context.principal.isKey ? Caller::Kind::Key : Caller::Kind::Session;
    asking.userId = context.principal.userId;
    asking.tenant = context.principal.tenant;
    asking.credential = context.principal.credential;
    // The principal may be older than a change of its user.
    auto now = parts.identity->refresh(asking);
    if (!now) return reply(fail(std::move(now).error()));
    reply.with(act(*parts.identity, *now));
}

/// Nobody hands on more than they have: a key that may write users would otherwise be worth an administrator.
Status mayGrant(const Principal& principal, const std::vector<std::string>& permissions) {
    for (const std::string& permission : permissions) {
        if (!identity::covers(principal.permissions, permission)) {
            return fail("identity.grant-too-wide", "This would give more than the caller may do itself", {},
                        "It needs the permission \"" + permission + "\"");
        }
    }
    return {};
}

/// Whoever takes over a user may do what that user may.
Status mayActAs(Identity& users, const CallContext& context, const std::string& tenant, const std::string& id) {
    SIGNALBOX_TRY(const protocol::UserDto user, users.user(tenant, id));
    return mayGrant(context.principal, identity::permissionsOf(user.roles));
}

/// When a session was last seen changes with each of its calls: only its begin keeps its place.
template <class Request>
Result<protocol::SessionList> sessionPage(const Request& request, protocol::SessionList list) {
    return pageOf(request, std::move(list), &protocol::SessionList::sessions, [](const auto& session) {
        return PageKey{-session.created, {}, session.id};
    });
}

template <class Request>
Result<protocol::ApiKeyList> keyPage(const Request& request, protocol::ApiKeyList list) {
    return pageOf(request, std::move(list), &protocol::ApiKeyList::keys, [](const auto& key) {
        return PageKey{-key.created, {}, key.id};
    });
}

/// The identity store goes on behind a login.
Result<protocol::UserList> userPage(Identity& users, const std::string& tenant, protocol::ListUsers request) {
    constexpr std::string_view kList = protocol::ListUsers::kName;
    if (!request.cursor.empty()) {
        SIGNALBOX_TRY(PageKey behind, readPageCursor(kList, request.cursor));
        request.cursor = std::move(behind.text);
    }
    SIGNALBOX_TRY(auto list, users.users(tenant, request));
    if (!list.nextCursor.empty()) list.nextCursor = pageCursor(kList, {0, list.nextCursor, {}});
    return list;
}

}  // namespace

void IdentityCalls::call(const CallContext& context, const protocol::GetAccount&, const ReplyOnce& reply) const {
    const Principal& principal = context.principal;
    if (principal.userId.empty() || parts_.identity == nullptr) {
        return reply(protocol::AccountDto{
            "local", {}, principal.id, principal.name, tenantOf(context, parts_), {}, principal.permissions});
    }
    withAccount(context, parts_, reply, [](Identity&, const Caller& caller) -> Result<protocol::AccountDto> {
        const char* const kind = caller.kind == Caller::Kind::Key ? "key" : "user";
        return protocol::AccountDto{kind,          caller.userId, caller.login,      caller.name,
                                    caller.tenant, caller.roles,  caller.permissions};
    });
}

void IdentityCalls::call(const CallContext& context, const protocol::ChangeOwnPassword& request,
                         const ReplyOnce& reply) const {
    withAccount(context, parts_, reply,
                [&](Identity& users, const Caller& caller) { return users.changeOwnPassword(caller, request); });
}

void IdentityCalls::call(const CallContext& context, const protocol::ListOwnSessions& request,
                         const ReplyOnce& reply) const {
    withAccount(context, parts_, reply,
                [&](Identity& users, const Caller& caller) { return sessionPage(request, users.ownSessions(caller)); });
}

void IdentityCalls::call(const CallContext& context, const protocol::RevokeOwnSession& request,
                         const ReplyOnce& reply) const {
    withAccount(context, parts_, reply,
                [&](Identity& users, const Caller& caller) { return users.revokeOwnSession(caller, request.id); });
}

void IdentityCalls::call(const CallContext& context, const protocol::ListOwnApiKeys& request,
                         const ReplyOnce& reply) const {
    withAccount(context, parts_, reply,
                [&](Identity& users, const Caller& caller) { return keyPage(request, users.ownKeys(caller)); });
}

void IdentityCalls::call(const CallContext& context, const protocol::CreateOwnApiKey& request,
                         const ReplyOnce& reply) const {
    withAccount(context, parts_, reply,
                [&](Identity& users, const Caller& caller) { return users.createOwnKey(caller, request); });
}

void IdentityCalls::call(const CallContext& context, const protocol::RevokeOwnApiKey& request,
                         const ReplyOnce& reply) const {
    withAccount(context, parts_, reply,
                [&](Identity& users, const Caller& caller) { return users.revokeOwnKey(caller, request.id); });
}

void IdentityCalls::call(const CallContext& context, const protocol::ListUsers& request, const ReplyOnce& reply) const {
    withUsers(parts_, reply, [&](Identity& users) { return userPage(users, tenantOf(context, parts_), request); });
}

void IdentityCalls::call(const CallContext& context, const protocol::GetUser& request, const ReplyOnce& reply) const {
    withUsers(parts_, reply, [&](Identity& users) { return users.user(tenantOf(context, parts_), request.id); });
}

void IdentityCalls::call(const CallContext& context, const protocol::CreateUser& request,
                         const ReplyOnce& reply) const {
    withUsers(parts_, reply, [&](Identity& users) -> Result<protocol::UserDto> {
        SIGNALBOX_CHECK(mayGrant(context.principal, identity::permissionsOf(request.roles)));
        return users.createUser(tenantOf(context, parts_), request);
    });
}

void IdentityCalls::call(const CallContext& context, const protocol::UpdateUser& request,
                         const ReplyOnce& reply) const {
    withUsers(parts_, reply, [&](Identity& users) -> Result<protocol::UserDto> {
        const std::string tenant = tenantOf(context, parts_);
        SIGNALBOX_CHECK(mayActAs(users, context, tenant, request.id));
        SIGNALBOX_CHECK(mayGrant(context.principal, identity::permissionsOf(request.roles)));
        return users.updateUser(tenant, request);
    });
}

void IdentityCalls::call(const CallContext& context, const protocol::SetUserPassword& request,
                         const ReplyOnce& reply) const {
    withUsers(parts_, reply, [&](Identity& users) -> Status {
        const std::string tenant = tenantOf(context, parts_);
        SIGNALBOX_CHECK(mayActAs(users, context, tenant, request.id));
        return users.setPassword(tenant, request);
    });
}

void IdentityCalls::call(const CallContext& context, const protocol::DeleteUser& request,
                         const ReplyOnce& reply) const {
    withUsers(parts_, reply, [&](Identity& users) -> Status {
        const std::string tenant = tenantOf(context, parts_);
        SIGNALBOX_CHECK(mayActAs(users, context, tenant, request.id));
        return users.deleteUser(tenant, request);
    });
}

void IdentityCalls::call(const CallContext&, const protocol::ListRoles&, const ReplyOnce& reply) const {
    withUsers(parts_, reply, [](Identity&) -> Result<protocol::RoleList> { return identity::roles(); });
}

void IdentityCalls::call(const CallContext& context, const protocol::ListSessions& request,
                         const ReplyOnce& reply) const {
    withUsers(parts_, reply, [&](Identity& users) -> Result<protocol::SessionList> {
        auto list = users.sessions(tenantOf(context, parts_), request.userId);
        for (auto& session : list.sessions) session.current = session.id == context.principal.credential;
        return sessionPage(request, std::move(list));
    });
}

void IdentityCalls::call(const CallContext& context, const protocol::RevokeSession& request,
                         const ReplyOnce& reply) const {
    withUsers(parts_, reply,
              [&](Identity& users) { return users.revokeSession(tenantOf(context, parts_), request.id); });
}

void IdentityCalls::call(const CallContext& context, const protocol::ListApiKeys& request,
                         const ReplyOnce& reply) const {
    withUsers(parts_, reply,
              [&](Identity& users) { return keyPage(request, users.keys(tenantOf(context, parts_), request.userId)); });
}

void IdentityCalls::call(const CallContext& context, const protocol::CreateApiKey& request,
                         const ReplyOnce& reply) const {
    withUsers(parts_, reply, [&](Identity& users) -> Result<protocol::CreatedApiKey> {
        SIGNALBOX_CHECK(mayGrant(context.principal, request.scopes));
        return users.createKey(tenantOf(context, parts_), request);
    });
}

void IdentityCalls::call(const CallContext& context, const protocol::RevokeApiKey& request,
                         const ReplyOnce& reply) const {
    withUsers(parts_, reply, [&](Identity& users) { return users.revokeKey(tenantOf(context, parts_), request.id); });
}

}  // namespace signalbox::service
