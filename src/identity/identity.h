// Users, passwords, sessions and API keys of one workspace, kept in a SQLite file of their own.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/log.h"
#include "base/random.h"
#include "base/result.h"
#include "protocol/identity_requests.h"

namespace signalbox::identity {

/// Someone whose credential has been checked.
struct Caller {
    enum class Kind : std::uint8_t { Session, Key };
    Kind kind = Kind::Session;
    std::string userId;
    std::string login;
    std::string name;
    std::string tenant;
    std::vector<std::string> roles;
    std::vector<std::string> permissions;  ///< of a key: its scopes, as far as its user has them at this moment
    std::string credential;                ///< id of the session or key
};

/// Where a call comes from, for throttling and for listing sessions.
struct Origin {
    std::string address;
    std::string agent;
};

/// A new session, with the secrets that are told once.
struct OpenedSession {
    std::string token;  ///< 256 bits, base64url
    std::string csrf;   ///< to be sent back by browsers, which send the token by themselves
    protocol::SessionDto session;
    std::string endedSession;  ///< id of the oldest one, which had to give way; empty: none
};

/// Cost of a password's hash (Argon2id). Tests take little.
struct PasswordCost {
    std::uint32_t memoryKiB = 65'536;
    std::uint32_t passes = 3;
    std::uint32_t lanes = 1;
};

struct IdentityOptions {
    std::filesystem::path file;    ///< of the database; made with mode 0600
    const Clock* clock = nullptr;  ///< must outlive it
    Random* random = nullptr;      ///< for ids; secrets come from the system
    Logger log;
    std::string tenant = "default";  ///< of users who are made without one
    PasswordCost cost;
    Micros idle = Micros{120} * 60 * 1'000'000;      ///< a session ends when it was not used for so long
    Micros longest = Micros{24} * 3600 * 1'000'000;  ///< and at the latest after so long
    std::uint32_t sessionsPerUser = 5;
    bool keepsUp = true;  ///< calls keepUp() once a second, on a thread of its own
};

/// Thread-safe. Must outlive the callbacks it was given. What hashes a password blocks for its cost; authenticate() is
/// answered from memory.
class Identity {
public:
    /// Errors "identity.tenant-invalid", "store.*".
    [[nodiscard]] static Result<std::unique_ptr<Identity>> open(IdentityOptions options);
    virtual ~Identity() = default;
    Identity(const Identity&) = delete;
    Identity& operator=(const Identity&) = delete;

    /// There is no user yet.
    [[nodiscard]] virtual bool needsSetup() = 0;
    /// Makes a new one-time token, writes it to "setup-token" beside the database (mode 0600) and gives the file's
    /// path. Never logged. Valid for a day. Error "identity.set-up" when there are users.
    [[nodiscard]] virtual Result<std::filesystem::path> makeSetupToken() = 0;
    /// The first administrator. Errors "identity.setup-token", "identity.set-up", "identity.password-weak",
    /// "identity.login-invalid", "identity.throttled" (retryable; hint says how long).
    [[nodiscard]] virtual Result<OpenedSession> setUp(const std::string& token, const std::string& login,
                                                      const std::string& name, const std::string& password,
                                                      const Origin& origin) = 0;
    /// `login` is of the tenant in the options, or "TENANT/LOGIN". Errors "identity.credentials" (the same words and
    /// the same time for a user that is unknown, disabled or has another password), "identity.throttled",
    /// "identity.hash" (no memory for it; retryable), "store.*".
    [[nodiscard]] virtual Result<OpenedSession> login(const std::string& login, const std::string& password,
                                                      const Origin& origin) = 0;
    /// By a session's token or a key's secret. Errors "identity.credentials", "identity.session-ended" (its `where` is
    /// the reason, see onEnded()). Moves the session's end.
    [[nodiscard]] virtual Result<Caller> authenticate(std::string_view token, const Origin& origin) = 0;
    /// Whether a session's CSRF token is this one; in constant time.
    [[nodiscard]] virtual bool csrfMatches(std::string_view token, std::string_view csrf) const = 0;
    /// Whether the caller may still do what it could, asked for streams that stay open: the caller as it is now. Does
    /// not move the session's end: watching is no use. Errors as of authenticate().
    [[nodiscard]] virtual Result<Caller> refresh(const Caller& caller) = 0;
    /// The caller has asked for something by a stream that stays open: moves the session's end.
    virtual void touch(const Caller& caller) = 0;
    /// Picks up what other programs changed in the file, ends what has expired, and writes down last uses.
    virtual void keepUp() = 0;

    /// Called when a session or key has ended, with its id and the reason ("signed-out", "revoked", "replaced",
    /// "password-changed", "disabled", "expired"). From any thread; must not block. An empty function removes it.
    virtual void onEnded(std::function<void(const std::string& credential, const std::string& reason)> told) = 0;

    // The calls of protocol/identity_requests.h. `caller` is who asks, for what is their own; `tenant` is whose users
    // are meant: those of others are not there.
    [[nodiscard]] virtual Status logout(const std::string& session) = 0;
    [[nodiscard]] virtual Status changeOwnPassword(const Caller& caller,
                                                   const protocol::ChangeOwnPassword& request) = 0;
    [[nodiscard]] virtual protocol::SessionList ownSessions(const Caller& caller) = 0;
    [[nodiscard]] virtual Status revokeOwnSession(const Caller& caller, const std::string& id) = 0;
    [[nodiscard]] virtual protocol::ApiKeyList ownKeys(const Caller& caller) = 0;
    [[nodiscard]] virtual Result<protocol::CreatedApiKey> createOwnKey(const Caller& caller,
                                                                       const protocol::CreateOwnApiKey& request) = 0;
    [[nodiscard]] virtual Status revokeOwnKey(const Caller& caller, const std::string& id) = 0;
    [[nodiscard]] virtual Result<protocol::UserList> users(const std::string& tenant,
                                                           const protocol::ListUsers& request) = 0;
    [[nodiscard]] virtual Result<protocol::UserDto> user(const std::string& tenant, const std::string& id) = 0;
    [[nodiscard]] virtual Result<protocol::UserDto> createUser(const std::string& tenant,
                                                               const protocol::CreateUser& request) = 0;
    [[nodiscard]] virtual Result<protocol::UserDto> updateUser(const std::string& tenant,
                                                               const protocol::UpdateUser& request) = 0;
    [[nodiscard]] virtual Status setPassword(const std::string& tenant, const protocol::SetUserPassword& request) = 0;
    [[nodiscard]] virtual Status deleteUser(const std::string& tenant, const protocol::DeleteUser& request) = 0;
    [[nodiscard]] virtual protocol::SessionList sessions(const std::string& tenant, const std::string& userId) = 0;
    [[nodiscard]] virtual Status revokeSession(const std::string& tenant, const std::string& id) = 0;
    [[nodiscard]] virtual protocol::ApiKeyList keys(const std::string& tenant, const std::string& userId) = 0;
    [[nodiscard]] virtual Result<protocol::CreatedApiKey> createKey(const std::string& tenant,
                                                                    const protocol::CreateApiKey& request) = 0;
    [[nodiscard]] virtual Status revokeKey(const std::string& tenant, const std::string& id) = 0;

protected:
    Identity() = default;
};

/// The roles there are, with what each permits. "viewer", "operator", "designer", "administrator".
[[nodiscard]] protocol::RoleList roles();

}  // namespace signalbox::identity
