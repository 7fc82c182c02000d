// Rows of the identity database.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/clock.h"
#include "identity/secrets.h"

namespace signalbox::identity {

struct UserRecord {
    std::string id;
    std::string tenant;
    std::string login;
    std::string name;
    std::vector<std::string> roles;
    std::string password;  ///< its Argon2id hash
    bool disabled = false;
    Micros created = 0;
    Micros lastLogin = 0;
    std::int64_t version = 1;  ///< grows with each change that an administrator makes
};

struct SessionRecord {
    std::string id;
    std::string userId;
    Digest digest{};  ///< of the token
    Micros created = 0;
    Micros lastSeen = 0;
    std::string address;
    std::string agent;
    std::string ended;   ///< why; empty: it is open
    Micros endedAt = 0;  ///< 0: it is open
};

struct KeyRecord {
    std::string id;
    std::string userId;
    Digest digest{};  ///< of the whole secret
    std::string prefix;
    std::string name;
    std::vector<std::string> scopes;
    Micros created = 0;
    Micros expires = 0;
    Micros lastUsed = 0;
};

struct SetupRecord {
    Digest digest{};
    Micros expires = 0;
};

}  // namespace signalbox::identity
