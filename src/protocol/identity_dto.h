// Who may use a gateway: users with roles, their sessions, and keys for programs. No secret is ever part of a listing.
#pragma once

#include <string>
#include <vector>

#include "protocol/dto.h"

namespace signalbox::protocol {

struct UserDto {
    std::string id;
    std::string login;   ///< unique in its tenant, compared without case
    std::string name;    ///< for people
    std::string tenant;  ///< whose data the user may reach
    std::vector<std::string> roles;
    bool disabled = false;
    WallTime created = 0;
    WallTime lastLogin = 0;      ///< 0: never
    std::uint32_t sessions = 0;  ///< open now
    std::string etag;
    bool operator==(const UserDto&) const = default;
};
BOOST_DESCRIBE_STRUCT(UserDto, (), (id, login, name, tenant, roles, disabled, created, lastLogin, sessions, etag))

struct UserList {
    std::vector<UserDto> users;  ///< by login
    std::string nextCursor;      ///< empty: there are no more
    bool operator==(const UserList&) const = default;
};
BOOST_DESCRIBE_STRUCT(UserList, (), (users, nextCursor))

struct RoleDto {
    std::string id;
    std::string description;
    std::vector<std::string> permissions;
    bool operator==(const RoleDto&) const = default;
};
BOOST_DESCRIBE_STRUCT(RoleDto, (), (id, description, permissions))

struct RoleList {
    std::vector<RoleDto> roles;
    bool operator==(const RoleList&) const = default;
};
BOOST_DESCRIBE_STRUCT(RoleList, (), (roles))

struct SessionDto {
    std::string id;
    std::string userId;
    std::string login;
    WallTime created = 0;
    WallTime lastSeen = 0;
    WallTime expires = 0;  ///< unless it is used before
    std::string address;   ///< it was opened from
    std::string agent;     ///< what the program called itself
    bool current = false;  ///< the one that asks
    bool operator==(const SessionDto&) const = default;
};
BOOST_DESCRIBE_STRUCT(SessionDto, (), (id, userId, login, created, lastSeen, expires, address, agent, current))

struct SessionList {
    std::vector<SessionDto> sessions;  ///< last signed in first
    std::string nextCursor{};          ///< empty: there are no more
    bool operator==(const SessionList&) const = default;
};
BOOST_DESCRIBE_STRUCT(SessionList, (), (sessions, nextCursor))

struct ApiKeyDto {
    std::string id;
    std::string prefix;  ///< the first characters of the secret, to tell keys apart
    std::string name;
    std::string userId;
    std::string login;
    std::vector<std::string> scopes;  ///< permissions; never more than its user has at the moment of a call
    WallTime created = 0;
    WallTime expires = 0;   ///< 0: never
    WallTime lastUsed = 0;  ///< 0: never; exact to a minute
    bool operator==(const ApiKeyDto&) const = default;
};
BOOST_DESCRIBE_STRUCT(ApiKeyDto, (), (id, prefix, name, userId, login, scopes, created, expires, lastUsed))

struct ApiKeyList {
    std::vector<ApiKeyDto> keys;  ///< newest first
    std::string nextCursor{};     ///< empty: there are no more
    bool operator==(const ApiKeyList&) const = default;
};
BOOST_DESCRIBE_STRUCT(ApiKeyList, (), (keys, nextCursor))

/// The only time that a key's secret is told.
struct CreatedApiKey {
    ApiKeyDto key;
    std::string secret;
    bool operator==(const CreatedApiKey&) const = default;
};
BOOST_DESCRIBE_STRUCT(CreatedApiKey, (), (key, secret))

/// The caller, as the gateway sees it.
struct AccountDto {
    std::string kind;    ///< "user", "key", "local"
    std::string userId;  ///< empty for "local"
    std::string login;
    std::string name;
    std::string tenant;
    std::vector<std::string> roles;
    std::vector<std::string> permissions;
    bool operator==(const AccountDto&) const = default;
};
BOOST_DESCRIBE_STRUCT(AccountDto, (), (kind, userId, login, name, tenant, roles, permissions))

}  // namespace signalbox::protocol
