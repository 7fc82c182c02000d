// Identity over a SQLite file, answered from memory.
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "identity/directory.h"
#include "identity/identity.h"
#include "identity/known_places.h"
#include "identity/password_hasher.h"
#include "identity/tables.h"
#include "identity/throttle.h"

namespace signalbox::identity {

/// What a change does: rows are written while it is made, memory follows once they are on disk.
class Edit {
public:
    Edit(Tables& file, const Directory& memory, Micros wall) : tables(file), directory(memory), now(wall) {}
    Tables& tables;
    const Directory& directory;  ///< as it was before
    const Micros now;

    void then(std::function<void(Directory&)> action) { actions_.push_back(std::move(action)); }
    [[nodiscard]] Status endSession(const std::string& id, const std::string& reason);
    [[nodiscard]] Status endSessionsOf(const std::string& userId, const std::string& reason,
                                       const std::string& but = {});
    /// For a credential that this ends otherwise.
    void tell(Ending ending) { endings_.push_back(std::move(ending)); }

private:
    friend class LocalIdentity;
    std::vector<std::function<void(Directory&)>> actions_;
    std::vector<Ending> endings_;
};

/// Four locks, taken in this order: `writes_` for writing the file, which may have to wait for other programs;
/// `changes_` for whoever changes memory, as long as a commit takes; `reads_` for looking at the file, which waits for
/// nobody; `memory_` for looking at memory. Passwords are hashed, and endings told, without any. Only memory, and for
/// tokens it does not know the file, is looked at to let somebody in.
class LocalIdentity final : public Identity {
public:
    LocalIdentity(IdentityOptions options, std::unique_ptr<Tables> tables, std::unique_ptr<Tables> reader);
    ~LocalIdentity() override;
    [[nodiscard]] static Result<std::unique_ptr<LocalIdentity>> open(IdentityOptions options);

    [[nodiscard]] bool needsSetup() override;
    [[nodiscard]] Result<std::filesystem::path> makeSetupToken() override;
    [[nodiscard]] Result<OpenedSession> setUp(const std::string& token, const std::string& login,
                                              const std::string& name, const std::string& password,
                                              const Origin& origin) override;
    [[nodiscard]] Result<OpenedSession> login(const std::string& login, const std::string& password,
                                              const Origin& origin) override;
    [[nodiscard]] Result<Caller> authenticate(std::string_view token, const Origin& origin) override;
    [[nodiscard]] bool csrfMatches(std::string_view token, std::string_view csrf) const override;
    [[nodiscard]] Result<Caller> refresh(const Caller& caller) override;
    void touch(const Caller& caller) override;
    void keepUp() override;
    void onEnded(std::function<void(const std::string&, const std::string&)> told) override;
    [[nodiscard]] Status logout(const std::string& session) override;
    [[nodiscard]] Status changeOwnPassword(const Caller& caller, const protocol::ChangeOwnPassword& request) override;
    [[nodiscard]] protocol::SessionList ownSessions(const Caller& caller) override;
    [[nodiscard]] Status revokeOwnSession(const Caller& caller, const std::string& id) override;
    [[nodiscard]] protocol::ApiKeyList ownKeys(const Caller& caller) override;
    [[nodiscard]] Result<protocol::CreatedApiKey> createOwnKey(const Caller& caller,
                                                               const protocol::CreateOwnApiKey& request) override;
    [[nodiscard]] Status revokeOwnKey(const Caller& caller, const std::string& id) override;
    [[nodiscard]] Result<protocol::UserList> users(const std::string& tenant,
                                                   const protocol::ListUsers& request) override;
    [[nodiscard]] Result<protocol::UserDto> user(const std::string& tenant, const std::string& id) override;
    [[nodiscard]] Result<protocol::UserDto> createUser(const std::string& tenant,
                                                       const protocol::CreateUser& request) override;
    [[nodiscard]] Result<protocol::UserDto> updateUser(const std::string& tenant,
                                                       const protocol::UpdateUser& request) override;
    [[nodiscard]] Status setPassword(const std::string& tenant, const protocol::SetUserPassword& request) override;
    [[nodiscard]] Status deleteUser(const std::string& tenant, const protocol::DeleteUser& request) override;
    [[nodiscard]] protocol::SessionList sessions(const std::string& tenant, const std::string& userId) override;
    [[nodiscard]] Status revokeSession(const std::string& tenant, const std::string& id) override;
    [[nodiscard]] protocol::ApiKeyList keys(const std::string& tenant, const std::string& userId) override;
    [[nodiscard]] Result<protocol::CreatedApiKey> createKey(const std::string& tenant,
                                                            const protocol::CreateApiKey& request) override;
    [[nodiscard]] Status revokeKey(const std::string& tenant, const std::string& id) override;

    [[nodiscard]] const PasswordHasher& hasher() const { return hasher_; }

private:
    /// Tells of endings when everything else is done: made before the locks, so that it goes after them.
    class Telling;
    class Attempt;

    // local_identity.cpp: changes and what keeps them together
    template <class Fn>
    auto change(Fn&& act) -> std::invoke_result_t<Fn&, Edit&>;
    template <class Fn>
    auto look(Fn&& at) const;
    void learnPlaces();
    void replace(AllRecords all, std::vector<Ending>& ended);
    [[nodiscard]] Status sync(std::vector<Ending>& ended);
    [[nodiscard]] bool isInFile(const Digest& digest);
    void poll();
    void tell(const std::vector<Ending>& endings);
    void endExpired();
    void saveUses();
    [[nodiscard]] std::string newId();

    // sign_in.cpp
    [[nodiscard]] Result<UserRecord> checkedUser(const std::string& login, const std::string& password,
                                                 const Origin& origin);
    [[nodiscard]] Result<OpenedSession> openSession(Edit& edit, const UserRecord& user, const Origin& origin);

    // authentication.cpp
    [[nodiscard]] Result<Caller> find(const Digest& digest) const;
    [[nodiscard]] bool isLive(const Session& session, Micros now) const;
    [[nodiscard]] Micros endOf(const Session& session) const;
    [[nodiscard]] std::optional<Caller> callerOf(const Session& session) const;
    [[nodiscard]] std::optional<Caller> callerOf(const Key& key) const;

    // users.cpp, sessions.cpp, keys.cpp
    [[nodiscard]] static const User* userOf(const Directory& directory, const std::string& tenant,
                                            const std::string& id);
    [[nodiscard]] static protocol::UserDto dtoOf(const UserRecord& user);
    [[nodiscard]] protocol::SessionDto dtoOf(const Session& session, const UserRecord& user) const;
    [[nodiscard]] Result<protocol::CreatedApiKey> addKey(Edit& edit, const User& user, std::string name,
                                                         std::vector<std::string> scopes, Micros expires);

    const IdentityOptions options_;
    const std::unique_ptr<Tables> tables_;  ///< under `writes_`
    const std::unique_ptr<Tables> reader_;  ///< under `reads_`
    PasswordHasher hasher_;
    Throttle accounts_;
    Throttle accountsWhereKnown_;  ///< by account and place
    KnownPlaces places_;
    Throttle addresses_;
    Throttle sites_;
    std::mutex writes_;
    std::int64_t writtenVersion_ = 0;  ///< of the file as `tables_` saw it last
    std::mutex changes_;               ///< guards the ids too
    std::mutex reads_;
    std::int64_t readVersion_ = 0;  ///< of the file as `reader_` saw it last; under `changes_`
    Micros savedUses_ = 0;
    mutable std::shared_mutex memory_;
    Directory directory_;  ///< changed under both locks
    std::mutex telling_;
    std::function<void(const std::string&, const std::string&)> told_;
    std::mutex sleeping_;
    std::condition_variable_any wake_;
    std::jthread keeper_;  ///< last: it uses the members above
};

}  // namespace signalbox::identity
