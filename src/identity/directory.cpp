#include "identity/directory.h"

#include <algorithm>
#include <tuple>

#include "identity/permissions.h"
#include "identity/rules.h"

namespace signalbox::identity {

namespace {

constexpr std::size_t kEndsKept = 10'000;

template <class Map>
auto* pointerIn(const Map& map, const typename Map::key_type& key) {
    const auto found = map.find(key);
    return found == map.end() ? nullptr : &*found->second;
}

template <class Map>
std::optional<std::string> textIn(const Map& map, const typename Map::key_type& key) {
    const auto found = map.find(key);
    if (found == map.end()) return std::nullopt;
    return found->second;
}

void raise(std::atomic<Micros>& time, Micros least) {
    if (time.load() < least) time.store(least);
}

}  // namespace

Directory::Directory(AllRecords all) {
    for (UserRecord& user : all.users) put(std::move(user));
    for (SessionRecord& session : all.sessions) {
        if (session.endedAt != 0)
            remember(session.digest, session.id, session.ended);
        else
            add(std::move(session));
    }
    for (KeyRecord& key : all.keys) add(std::move(key));
}

const User* Directory::user(const std::string& id) const { return pointerIn(users_, id); }

const User* Directory::userByLogin(const std::string& tenant, std::string_view login) const {
    const auto found = byLogin_.find({tenant, foldLogin(login)});
    return found == byLogin_.end() ? nullptr : found->second;
}

const Session* Directory::session(const Digest& digest) const { return pointerIn(sessions_, digest); }

const Session* Directory::session(const std::string& id) const { return pointerIn(sessionsById_, id); }

const Key* Directory::key(const Digest& digest) const { return pointerIn(keys_, digest); }

const Key* Directory::key(const std::string& id) const { return pointerIn(keysById_, id); }

std::optional<std::string> Directory::endOf(const Digest& digest) const { return textIn(ends_, digest); }

std::optional<std::string> Directory::endOf(const std::string& id) const { return textIn(endsById_, id); }

std::vector<const Session*> Directory::sessions() const {
    std::vector<const Session*> all;
    for (const auto& [digest, session] : sessions_) all.push_back(session.get());
    return all;
}

std::vector<const Session*> Directory::sessionsOf(const std::string& userId) const {
    std::vector<const Session*> all;
    for (const auto& [digest, session] : sessions_) {
        if (session->record.userId == userId) all.push_back(session.get());
    }
    // Ids grow with time: they tell which of two of the same moment is older.
    std::sort(all.begin(), all.end(), [](const Session* a, const Session* b) {
        return std::tie(a->record.created, a->record.id) < std::tie(b->record.created, b->record.id);
    });
    return all;
}

std::vector<const Key*> Directory::keys() const {
    std::vector<const Key*> all;
    for (const auto& [digest, key] : keys_) all.push_back(key.get());
    return all;
}

std::vector<const Key*> Directory::keysOf(const std::string& userId) const {
    std::vector<const Key*> all = keys();
    std::erase_if(all, [&](const Key* key) { return key->record.userId != userId; });
    return all;
}

void Directory::put(UserRecord user) {
    auto& place = users_[user.id];
    if (!place) place = std::make_unique<User>();
    byLogin_[{user.tenant, foldLogin(user.login)}] = place.get();
    place->permissions = permissionsOf(user.roles);
    place->record = std::move(user);
}

void Directory::removeUser(const std::string& id) {
    const User* gone = user(id);
    if (gone == nullptr) return;
    for (const Session* session : sessionsOf(id)) end(session->record.id, "disabled");
    for (const Key* key : keysOf(id)) removeKey(key->record.id);
    byLogin_.erase({gone->record.tenant, foldLogin(gone->record.login)});
    users_.erase(id);
}

void Directory::add(SessionRecord session) {
    const Digest digest = session.digest;
    auto made = std::make_unique<Session>(std::move(session));
    sessionsById_[made->record.id] = made.get();
    sessions_[digest] = std::move(made);
}

void Directory::end(const std::string& session, const std::string& reason) {
    const auto found = sessionsById_.find(session);
    if (found == sessionsById_.end()) return;
    const Digest digest = found->second->record.digest;
    remember(digest, session, reason);
    sessionsById_.erase(found);
    sessions_.erase(digest);
}

void Directory::remember(const Digest& digest, const std::string& id, const std::string& reason) {
    ends_[digest] = reason;
    endsById_[id] = reason;
    endOrder_.emplace(++lastEnd_, std::pair(digest, id));
    if (endOrder_.size() <= kEndsKept) return;
    const auto oldest = endOrder_.begin();
    ends_.erase(oldest->second.first);
    endsById_.erase(oldest->second.second);
    endOrder_.erase(oldest);
}

void Directory::add(KeyRecord key) {
    const Digest digest = key.digest;
    auto made = std::make_unique<Key>(std::move(key));
    keysById_[made->record.id] = made.get();
    keys_[digest] = std::move(made);
}

void Directory::removeKey(const std::string& id) {
    const auto found = keysById_.find(id);
    if (found == keysById_.end()) return;
    const Digest digest = found->second->record.digest;
    keysById_.erase(found);
    keys_.erase(digest);
}

void Directory::markOver(const std::string& key) {
    if (const auto found = keysById_.find(key); found != keysById_.end()) found->second->isOver = true;
}

std::vector<Ending> Directory::succeed(const Directory& older) {
    std::vector<Ending> ended;
    for (const auto& [digest, old] : older.sessions_) {
        const Session* still = session(digest);
        if (still != nullptr) {
            raise(still->lastSeen, old->lastSeen);
            continue;
        }
        const char* const otherwise = user(old->record.userId) == nullptr ? "disabled" : "revoked";
        ended.push_back({old->record.id, endOf(digest).value_or(otherwise)});
    }
    for (const auto& [id, old] : older.keysById_) {
        const auto found = keysById_.find(id);
        const User* const before = older.user(old->record.userId);
        const User* const now = user(old->record.userId);
        if (found == keysById_.end()) {
            ended.push_back({id, now == nullptr ? "disabled" : "revoked"});
            continue;
        }
        raise(found->second->lastUsed, old->lastUsed);
        found->second->isOver = old->isOver;
        const bool wasEnabled = before != nullptr && !before->record.disabled;
        if (wasEnabled && now != nullptr && now->record.disabled) ended.push_back({id, "disabled"});
    }
    return ended;
}

}  // namespace signalbox::identity
