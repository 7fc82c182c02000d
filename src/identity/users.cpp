#include <algorithm>
#include <unordered_map>

#include <fmt/format.h>

#include "identity/change.h"
#include "identity/permissions.h"
#include "identity/rules.h"

namespace signalbox::identity {

namespace {

Error noUser(const std::string& id) {
    return {"identity.not-found", fmt::format("There is no user \"{}\"", tame(id, 100)), "/id", "List the users",
            false};
}

Error taken(const std::string& login) {
    return {"identity.login-taken", fmt::format("There is a user \"{}\" already", login), "/login",
            "Choose another login", false};
}

bool isAdministrator(const UserRecord& user) {
    return !user.disabled && std::find(user.roles.begin(), user.roles.end(), kAdministrator) != user.roles.end();
}

/// Somebody must be able to undo whatever is done.
Status keepOne(const Directory& all, const UserRecord& before, bool staysOne) {
    if (staysOne || !isAdministrator(before)) return {};
    for (const auto& [key, user] : all.usersByLogin()) {
        if (key.first == before.tenant && user->record.id != before.id && isAdministrator(user->record)) return {};
    }
    return fail("identity.last-administrator", fmt::format("\"{}\" is the last administrator", before.login), {},
                "Make another user an administrator first");
}

std::string etagOf(const UserRecord& user) { return fmt::format("{}", user.version); }

Status checkEtag(const UserRecord& user, const std::string& expected) {
    if (etagOf(user) == expected) return {};
    return fail("identity.conflict", fmt::format("\"{}\" was changed meanwhile", user.login), "/expectedEtag",
                "Look at the user again, and repeat the change if it still fits");
}

bool matches(const UserRecord& user, const std::string& folded) {
    return folded.empty() || foldLogin(user.login).find(folded) != std::string::npos ||
           foldLogin(user.name).find(folded) != std::string::npos;
}

std::vector<std::string> withoutRepeats(std::vector<std::string> words) {
    std::sort(words.begin(), words.end());
    words.erase(std::unique(words.begin(), words.end()), words.end());
    return words;
}

}  // namespace

const User* LocalIdentity::userOf(const Directory& directory, const std::string& tenant, const std::string& id) {
    const User* user = directory.user(id);
    return user != nullptr && user->record.tenant == tenant ? user : nullptr;
}

/// Without its number of sessions.
protocol::UserDto LocalIdentity::dtoOf(const UserRecord& user) {
    return {user.id,       user.login,   user.name,      user.tenant, user.roles,
            user.disabled, user.created, user.lastLogin, 0,           etagOf(user)};
}

Result<protocol::UserList> LocalIdentity::users(const std::string& tenant, const protocol::ListUsers& request) {
    poll();
    const std::string text = foldLogin(request.text);
    return look([&](const Directory& all) -> Result<protocol::UserList> {
        const Micros now = options_.clock->wallNow();
        std::unordered_map<std::string, std::uint32_t> open;
        for (const Session* session : all.sessions()) open[session->record.userId] += isLive(*session, now) ? 1U : 0U;
        protocol::UserList list;
        const auto& users = all.usersByLogin();
        for (auto at = users.upper_bound({tenant, request.cursor}); at != users.end(); ++at) {
            if (at->first.first != tenant) break;
            const UserRecord& user = at->second->record;
            if (!matches(user, text)) continue;
            if (list.users.size() >= request.limit) {
                list.nextCursor = foldLogin(list.users.back().login);
                break;
            }
            list.users.push_back(dtoOf(user));
            list.users.back().sessions = open[user.id];
        }
        return list;
    });
}

Result<protocol::UserDto> LocalIdentity::user(const std::string& tenant, const std::string& id) {
    poll();
    return look([&](const Directory& all) -> Result<protocol::UserDto> {
        const User* user = userOf(all, tenant, id);
        if (user == nullptr) return fail(noUser(id));
        protocol::UserDto dto = dtoOf(user->record);
        for (const Session* session : all.sessionsOf(id)) {
            dto.sessions += isLive(*session, options_.clock->wallNow()) ? 1U : 0U;
        }
        return dto;
    });
}

Result<protocol::UserDto> LocalIdentity::createUser(const std::string& tenant, const protocol::CreateUser& request) {
    SIGNALBOX_CHECK(checkLogin(request.login));
    SIGNALBOX_CHECK(checkName(request.name));
    SIGNALBOX_CHECK(checkRoles(request.roles));
    SIGNALBOX_CHECK(checkPassword(request.password, request.login));
    const auto isTaken = [&](const Directory& all) { return all.userByLogin(tenant, request.login) != nullptr; };
    if (look(isTaken)) return fail(taken(request.login));
    UserRecord user{
        {}, tenant, request.login, request.name.empty() ? request.login : request.name, withoutRepeats(request.roles),
        {}};
    SIGNALBOX_TRY(user.password, hasher_.hash(request.password));
    return change([&](Edit& edit) -> Result<protocol::UserDto> {
        if (isTaken(edit.directory)) return fail(taken(request.login));
        user.id = newId();
        user.created = edit.now;
        SIGNALBOX_CHECK(edit.tables.insert(user));
        edit.then([user](Directory& all) { all.put(user); });
        return dtoOf(user);
    });
}

Result<protocol::UserDto> LocalIdentity::updateUser(const std::string& tenant, const protocol::UpdateUser& request) {
    SIGNALBOX_CHECK(checkName(request.name));
    SIGNALBOX_CHECK(checkRoles(request.roles));
    return change([&](Edit& edit) -> Result<protocol::UserDto> {
        const User* user = userOf(edit.directory, tenant, request.id);
        if (user == nullptr) return fail(noUser(request.id));
        SIGNALBOX_CHECK(checkEtag(user->record, request.expectedEtag));
        UserRecord record = user->record;
        record.name = request.name.empty() ? record.login : request.name;
        record.roles = withoutRepeats(request.roles);
        record.disabled = request.disabled;
        ++record.version;
        SIGNALBOX_CHECK(keepOne(edit.directory, user->record, isAdministrator(record)));
        SIGNALBOX_CHECK(edit.tables.update(record));
        if (record.disabled && !user->record.disabled) {
            SIGNALBOX_CHECK(edit.endSessionsOf(record.id, "disabled"));
            for (const Key* key : edit.directory.keysOf(record.id)) edit.tell({key->record.id, "disabled"});
        }
        edit.then([record](Directory& all) { all.put(record); });
        protocol::UserDto dto = dtoOf(record);
        if (!record.disabled) dto.sessions = static_cast<std::uint32_t>(edit.directory.sessionsOf(record.id).size());
        return dto;
    });
}

Status LocalIdentity::setPassword(const std::string& tenant, const protocol::SetUserPassword& request) {
    const auto login = look([&](const Directory& all) -> std::optional<std::string> {
        const User* user = userOf(all, tenant, request.id);
        if (user == nullptr) return std::nullopt;
        return user->record.login;
    });
    if (!login) return fail(noUser(request.id));
    SIGNALBOX_CHECK(checkPassword(request.password, *login));
    SIGNALBOX_TRY(const std::string hashed, hasher_.hash(request.password));
    const Status changed = change([&](Edit& edit) -> Status {
        const User* user = userOf(edit.directory, tenant, request.id);
        if (user == nullptr) return fail(noUser(request.id));
        UserRecord record = user->record;
        record.password = hashed;
        SIGNALBOX_CHECK(edit.tables.update(record));
        edit.then([record](Directory& all) { all.put(record); });
        return edit.endSessionsOf(record.id, "password-changed");
    });
    if (changed) {
        const std::string account = accountOf(tenant, *login);
        accounts_.forget(account);
        places_.forget(account);
    }
    return changed;
}

Status LocalIdentity::deleteUser(const std::string& tenant, const protocol::DeleteUser& request) {
    return change([&](Edit& edit) -> Status {
        const User* user = userOf(edit.directory, tenant, request.id);
        if (user == nullptr) return fail(noUser(request.id));
        SIGNALBOX_CHECK(checkEtag(user->record, request.expectedEtag));
        SIGNALBOX_CHECK(keepOne(edit.directory, user->record, false));
        SIGNALBOX_CHECK(edit.tables.removeUser(request.id));
        for (const Session* session : edit.directory.sessionsOf(request.id)) {
            edit.tell({session->record.id, "disabled"});
        }
        for (const Key* key : edit.directory.keysOf(request.id)) edit.tell({key->record.id, "disabled"});
        edit.then([id = request.id](Directory& all) { all.removeUser(id); });
        return {};
    });
}

}  // namespace signalbox::identity
