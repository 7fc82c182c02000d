// Calls about users, roles, sessions and keys. Every user has the "account" calls for what is their own.
#pragma once

#include <string>
#include <vector>

#include "protocol/identity_dto.h"
#include "protocol/request_macro.h"

namespace signalbox::protocol {

struct GetAccount {
    SIGNALBOX_REQUEST("account.get", AccountDto, "account:read");
};
BOOST_DESCRIBE_STRUCT(GetAccount, (), ())

/// Ends the user's other sessions. Errors "identity.password-wrong", "identity.password-weak".
struct ChangeOwnPassword {
    SIGNALBOX_REQUEST("account.change-password", Empty, "account:write");
    std::string current;
    std::string password;
};
BOOST_DESCRIBE_STRUCT(ChangeOwnPassword, (), (current, password))

struct ListOwnSessions {
    SIGNALBOX_REQUEST("account.sessions", SessionList, "account:read");
    std::uint32_t limit = 100;  ///< 1 to 1000
    std::string cursor{};
};
BOOST_DESCRIBE_STRUCT(ListOwnSessions, (), (limit, cursor))

struct RevokeOwnSession {
    SIGNALBOX_REQUEST("account.revoke-session", Empty, "account:write");
    std::string id;  ///< "others": all but the one that asks
};
BOOST_DESCRIBE_STRUCT(RevokeOwnSession, (), (id))

struct ListOwnApiKeys {
    SIGNALBOX_REQUEST("account.keys", ApiKeyList, "account:read");
    std::uint32_t limit = 100;  ///< 1 to 1000
    std::string cursor{};
};
BOOST_DESCRIBE_STRUCT(ListOwnApiKeys, (), (limit, cursor))

/// Scopes beyond what the user may do are refused: "identity.scope-too-wide". A key cannot make keys.
struct CreateOwnApiKey {
    SIGNALBOX_REQUEST("account.create-key", CreatedApiKey, "account:write");
    std::string name;
    std::vector<std::string> scopes;
    WallTime expires = 0;  ///< 0: never
};
BOOST_DESCRIBE_STRUCT(CreateOwnApiKey, (), (name, scopes, expires))

struct RevokeOwnApiKey {
    SIGNALBOX_REQUEST("account.revoke-key", Empty, "account:write");
    std::string id;
};
BOOST_DESCRIBE_STRUCT(RevokeOwnApiKey, (), (id))

struct ListUsers {
    SIGNALBOX_REQUEST("users.list", UserList, "user:read");
    std::string text;           ///< substring of login or name; empty: all
    std::uint32_t limit = 100;  ///< 1 to 1000
    std::string cursor;
};
BOOST_DESCRIBE_STRUCT(ListUsers, (), (text, limit, cursor))

struct GetUser {
    SIGNALBOX_REQUEST("users.get", UserDto, "user:read");
    std::string id;
};
BOOST_DESCRIBE_STRUCT(GetUser, (), (id))

/// Errors "identity.login-taken", "identity.login-invalid", "identity.password-weak", "identity.role-unknown".
struct CreateUser {
    SIGNALBOX_REQUEST("users.create", UserDto, "user:write");
    std::string login;
    std::string name;
    std::string password;
    std::vector<std::string> roles;
};
BOOST_DESCRIBE_STRUCT(CreateUser, (), (login, name, password, roles))

/// Disabling ends the user's sessions and stops their keys. The last enabled administrator stays one:
/// "identity.last-administrator". Error "identity.conflict" when the etag is another.
struct UpdateUser {
    SIGNALBOX_REQUEST("users.update", UserDto, "user:write");
    std::string id;
    std::string name;
    std::vector<std::string> roles;
    bool disabled = false;
    std::string expectedEtag;
};
BOOST_DESCRIBE_STRUCT(UpdateUser, (), (id, name, roles, disabled, expectedEtag))

/// By an administrator; ends all sessions of the user.
struct SetUserPassword {
    SIGNALBOX_REQUEST("users.set-password", Empty, "user:write");
    std::string id;
    std::string password;
};
BOOST_DESCRIBE_STRUCT(SetUserPassword, (), (id, password))

/// With sessions and keys.
struct DeleteUser {
    SIGNALBOX_REQUEST("users.delete", Empty, "user:delete");
    std::string id;
    std::string expectedEtag;
};
BOOST_DESCRIBE_STRUCT(DeleteUser, (), (id, expectedEtag))

struct ListRoles {
    SIGNALBOX_REQUEST("roles.list", RoleList, "user:read");
};
BOOST_DESCRIBE_STRUCT(ListRoles, (), ())

struct ListSessions {
    SIGNALBOX_REQUEST("sessions.list", SessionList, "session:read");
    std::string userId;         ///< empty: of all users
    std::uint32_t limit = 100;  ///< 1 to 1000
    std::string cursor{};
};
BOOST_DESCRIBE_STRUCT(ListSessions, (), (userId, limit, cursor))

struct RevokeSession {
    SIGNALBOX_REQUEST("sessions.revoke", Empty, "session:write");
    std::string id;
};
BOOST_DESCRIBE_STRUCT(RevokeSession, (), (id))

struct ListApiKeys {
    SIGNALBOX_REQUEST("keys.list", ApiKeyList, "key:read");
    std::string userId;         ///< empty: of all users
    std::uint32_t limit = 100;  ///< 1 to 1000
    std::string cursor{};
};
BOOST_DESCRIBE_STRUCT(ListApiKeys, (), (userId, limit, cursor))

/// For any user; scopes as in CreateOwnApiKey, against what that user may do.
struct CreateApiKey {
    SIGNALBOX_REQUEST("keys.create", CreatedApiKey, "key:write");
    std::string userId;
    std::string name;
    std::vector<std::string> scopes;
    WallTime expires = 0;  ///< 0: never
};
BOOST_DESCRIBE_STRUCT(CreateApiKey, (), (userId, name, scopes, expires))

struct RevokeApiKey {
    SIGNALBOX_REQUEST("keys.revoke", Empty, "key:write");
    std::string id;
};
BOOST_DESCRIBE_STRUCT(RevokeApiKey, (), (id))

}  // namespace signalbox::protocol
