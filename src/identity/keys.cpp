#include <algorithm>
#include <tuple>

#include <fmt/format.h>

#include "identity/change.h"
#include "identity/permissions.h"
#include "identity/rules.h"

namespace signalbox::identity {

namespace {

constexpr std::size_t kSecretBytes = 32;
constexpr std::size_t kPrefixBytes = 6;  ///< 8 characters
constexpr std::size_t kMostKeys = 100;

Error noKey(const std::string& id) {
    return {"identity.not-found", fmt::format("There is no key \"{}\"", tame(id, 100)), "/id", "List the keys", false};
}

Error noUser(const std::string& id) {
    return {"identity.not-found", fmt::format("There is no user \"{}\"", tame(id, 100)), "/userId", "List the users",
            false};
}

protocol::ApiKeyDto dtoOfKey(const KeyRecord& key, Micros lastUsed, const std::string& login) {
    return {key.id, key.prefix, key.name, key.userId, login, key.scopes, key.created, key.expires, lastUsed};
}

Status endKey(Edit& edit, const std::string& id) {
    SIGNALBOX_CHECK(edit.tables.removeKey(id));
    edit.then([id](Directory& all) { all.removeKey(id); });
    edit.tell({id, "revoked"});
    return {};
}

}  // namespace

protocol::ApiKeyList LocalIdentity::ownKeys(const Caller& caller) { return keys(caller.tenant, caller.userId); }

protocol::ApiKeyList LocalIdentity::keys(const std::string& tenant, const std::string& userId) {
    poll();
    protocol::ApiKeyList list;
    look([&](const Directory& all) {
        for (const Key* key : all.keys()) {
            const User* user = userOf(all, tenant, key->record.userId);
            if (user == nullptr || (!userId.empty() && key->record.userId != userId)) continue;
            list.keys.push_back(dtoOfKey(key->record, key->lastUsed, user->record.login));
        }
    });
    std::sort(list.keys.begin(), list.keys.end(),
              [](const auto& a, const auto& b) { return std::tie(a.created, a.id) > std::tie(b.created, b.id); });
    return list;
}

Result<protocol::CreatedApiKey> LocalIdentity::addKey(Edit& edit, const User& user, std::string name,
                                                      std::vector<std::string> scopes, Micros expires) {
    SIGNALBOX_CHECK(checkName(name));
    SIGNALBOX_CHECK(checkScopes(scopes, user.permissions));
    if (expires != 0 && expires <= edit.now) {
        return fail("identity.expiry-past", "The key would have expired already", "/expires", "0: it never does");
    }
    if (edit.directory.keysOf(user.record.id).size() >= kMostKeys) {
        return fail("identity.too-many-keys", fmt::format("A user has at most {} keys", kMostKeys), {},
                    "Revoke those that are not used any more");
    }
    KeyRecord key;
    key.id = newId();
    key.userId = user.record.id;
    key.prefix = "sbk_" + randomText(kPrefixBytes);
    key.name = std::move(name);
    key.scopes = std::move(scopes);
    key.created = edit.now;
    key.expires = expires;
    const std::string secret = key.prefix + "." + randomText(kSecretBytes);
    key.digest = digestOf(secret);
    SIGNALBOX_CHECK(edit.tables.insert(key));
    edit.then([key](Directory& all) { all.add(key); });
    return protocol::CreatedApiKey{dtoOfKey(key, 0, user.record.login), secret};
}

Result<protocol::CreatedApiKey> LocalIdentity::createOwnKey(const Caller& caller,
                                                            const protocol::CreateOwnApiKey& request) {
    if (caller.kind == Caller::Kind::Key) {
        return fail("identity.needs-session", "A key cannot make keys", {}, "Sign in with the password");
    }
    return change([&](Edit& edit) -> Result<protocol::CreatedApiKey> {
        const User* user = edit.directory.user(caller.userId);
        if (user == nullptr) return fail(noUser(caller.userId));
        return addKey(edit, *user, request.name, request.scopes, request.expires);
    });
}

Result<protocol::CreatedApiKey> LocalIdentity::createKey(const std::string& tenant,
                                                         const protocol::CreateApiKey& request) {
    return change([&](Edit& edit) -> Result<protocol::CreatedApiKey> {
        const User* user = userOf(edit.directory, tenant, request.userId);
        if (user == nullptr) return fail(noUser(request.userId));
        return addKey(edit, *user, request.name, request.scopes, request.expires);
    });
}

Status LocalIdentity::revokeOwnKey(const Caller& caller, const std::string& id) {
    return change([&](Edit& edit) -> Status {
        const Key* key = edit.directory.key(id);
        if (key == nullptr || key->record.userId != caller.userId) return fail(noKey(id));
        return endKey(edit, id);
    });
}

Status LocalIdentity::revokeKey(const std::string& tenant, const std::string& id) {
    return change([&](Edit& edit) -> Status {
        const Key* key = edit.directory.key(id);
        if (key == nullptr || userOf(edit.directory, tenant, key->record.userId) == nullptr) return fail(noKey(id));
        return endKey(edit, id);
    });
}

}  // namespace signalbox::identity
