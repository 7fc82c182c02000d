// All users, open sessions and keys, in memory.
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "identity/records.h"
#include "identity/tables.h"

namespace signalbox::identity {

struct User {
    UserRecord record;
    std::vector<std::string> permissions;  ///< of its roles
};

struct Session {
    explicit Session(SessionRecord given)
        : record(std::move(given)), lastSeen(record.lastSeen), saved(record.lastSeen) {}
    const SessionRecord record;
    mutable std::atomic<Micros> lastSeen;
    mutable std::atomic<Micros> saved;  ///< what the file says
};

struct Key {
    explicit Key(KeyRecord given) : record(std::move(given)), lastUsed(record.lastUsed), saved(record.lastUsed) {}
    const KeyRecord record;
    mutable std::atomic<Micros> lastUsed;
    mutable std::atomic<Micros> saved;
    bool isOver = false;  ///< its end has been told
};

/// A credential that is no more, and why.
struct Ending {
    std::string credential;
    std::string reason;
};

/// Its owner lets nobody look while it changes; times of last use change any time.
class Directory {
public:
    Directory() = default;
    explicit Directory(AllRecords all);

    using UsersByLogin = std::map<std::pair<std::string, std::string>, const User*>;  ///< tenant, folded login

    [[nodiscard]] bool isEmpty() const { return users_.empty(); }
    [[nodiscard]] const User* user(const std::string& id) const;
    [[nodiscard]] const User* userByLogin(const std::string& tenant, std::string_view login) const;
    [[nodiscard]] const UsersByLogin& usersByLogin() const { return byLogin_; }
    [[nodiscard]] const Session* session(const Digest& digest) const;
    [[nodiscard]] const Session* session(const std::string& id) const;
    [[nodiscard]] const Key* key(const Digest& digest) const;
    [[nodiscard]] const Key* key(const std::string& id) const;
    /// Why a session ended, of those that did lately.
    [[nodiscard]] std::optional<std::string> endOf(const Digest& digest) const;
    [[nodiscard]] std::optional<std::string> endOf(const std::string& id) const;
    [[nodiscard]] std::vector<const Session*> sessions() const;                             ///< in no order
    [[nodiscard]] std::vector<const Session*> sessionsOf(const std::string& userId) const;  ///< oldest first
    [[nodiscard]] std::vector<const Key*> keys() const;                                     ///< in no order
    [[nodiscard]] std::vector<const Key*> keysOf(const std::string& userId) const;          ///< in no order

    void put(UserRecord user);  ///< a new one, or another state of one
    void removeUser(const std::string& id);
    void add(SessionRecord session);
    void end(const std::string& session, const std::string& reason);
    void add(KeyRecord key);
    void removeKey(const std::string& id);
    void markOver(const std::string& key);

    /// Takes the times of last use from an older state of the same, and gives what has ended since.
    [[nodiscard]] std::vector<Ending> succeed(const Directory& older);

private:
    void remember(const Digest& digest, const std::string& id, const std::string& reason);

    std::unordered_map<std::string, std::unique_ptr<User>> users_;
    UsersByLogin byLogin_;
    std::unordered_map<Digest, std::unique_ptr<Session>, DigestHash, DigestEqual> sessions_;
    std::unordered_map<std::string, const Session*> sessionsById_;
    std::unordered_map<Digest, std::unique_ptr<Key>, DigestHash, DigestEqual> keys_;
    std::unordered_map<std::string, Key*> keysById_;
    std::map<std::uint64_t, std::pair<Digest, std::string>> endOrder_;  ///< number -> token, id; smallest is oldest
    std::unordered_map<Digest, std::string, DigestHash, DigestEqual> ends_;
    std::unordered_map<std::string, std::string> endsById_;
    std::uint64_t lastEnd_ = 0;
};

}  // namespace signalbox::identity
