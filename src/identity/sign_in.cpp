#include "identity/attempt.h"
#include "identity/change.h"
#include "identity/rules.h"

namespace signalbox::identity {

namespace {

constexpr std::size_t kTokenBytes = 32;
constexpr std::size_t kLongestAddress = 64;
constexpr std::size_t kLongestAgent = 200;
constexpr std::size_t kLongestTyped = 200;
constexpr const char* kOwnPassword = "own password of ";  ///< no account is called so: its name has a "/"

Error wrong() {
    return {"identity.credentials",
            "The login or the password is wrong",
            {},
            "Check both; an administrator can set another password",
            false};
}

/// "TENANT/LOGIN", or a login of the tenant that is usual here.
std::pair<std::string, std::string> tenantAndLogin(const std::string& typed, const std::string& usual) {
    const std::size_t slash = typed.find('/');
    if (slash == std::string::npos) return {usual, typed};
    return {typed.substr(0, slash), typed.substr(slash + 1)};
}

}  // namespace

/// Costs one hash, whoever it is and whatever is wrong.
Result<UserRecord> LocalIdentity::checkedUser(const std::string& login, const std::string& password,
                                              const Origin& origin) {
    const auto [tenant, name] = tenantAndLogin(login, options_.tenant);
    const auto known = look([&, t = tenant, n = name](const Directory& all) -> std::optional<UserRecord> {
        const User* user = all.userByLogin(t, n);
        if (user == nullptr) return std::nullopt;
        return user->record;
    });
    const std::string address = tame(origin.address, kLongestAddress);
    if (!known) {
        SIGNALBOX_CHECK(hasher_.waste(password));
        options_.log.warning("a sign-in failed", Value::object({{"address", address}}));
        return fail(wrong());
    }
    SIGNALBOX_TRY(const bool isRight, hasher_.verify(known->password, password));
    if (isRight && !known->disabled) return *known;
    options_.log.warning("a sign-in failed", Value::object({{"user", known->id}, {"address", address}}));
    return fail(wrong());
}

Result<OpenedSession> LocalIdentity::login(const std::string& login, const std::string& password,
                                           const Origin& origin) {
    const auto [tenant, name] = tenantAndLogin(login.substr(0, kLongestTyped), options_.tenant);
    Attempt attempt(*this, accountOf(tenant, name), origin);
    SIGNALBOX_CHECK(attempt.begin());
    poll();
    auto user = checkedUser(login, password, origin);
    if (!user) {
        if (user.error().code != "identity.credentials") attempt.isNone();
        return fail(std::move(user).error());
    }
    attempt.succeeded();
    std::optional<std::string> rehashed;
    if (hasher_.isOutdated(user->password)) {
        SIGNALBOX_TRY(rehashed, hasher_.hash(password));
    }
    return change([&](Edit& edit) -> Result<OpenedSession> {
        const User* now = edit.directory.user(user->id);
        // Meanwhile it may have been disabled, or been given another password.
        if (now == nullptr || now->record.disabled || now->record.password != user->password) return fail(wrong());
        UserRecord record = now->record;
        if (rehashed) record.password = *rehashed;
        record.lastLogin = edit.now;
        return openSession(edit, record, origin);
    });
}

/// Writes the user too.
Result<OpenedSession> LocalIdentity::openSession(Edit& edit, const UserRecord& user, const Origin& origin) {
    OpenedSession opened;
    opened.token = randomText(kTokenBytes);
    opened.csrf = csrfOf(opened.token);
    SIGNALBOX_CHECK(edit.tables.update(user));
    auto open = edit.directory.sessionsOf(user.id);
    std::erase_if(open, [&](const Session* session) { return !isLive(*session, edit.now); });
    for (std::size_t i = 0; i + options_.sessionsPerUser < open.size() + 1; ++i) {
        opened.endedSession = open[i]->record.id;
        SIGNALBOX_CHECK(edit.endSession(opened.endedSession, "replaced"));
    }
    SessionRecord session;
    session.id = newId();
    session.userId = user.id;
    session.digest = digestOf(opened.token);
    session.created = edit.now;
    session.lastSeen = edit.now;
    session.address = tame(origin.address, kLongestAddress);
    session.agent = tame(origin.agent, kLongestAgent);
    SIGNALBOX_CHECK(edit.tables.insert(session));
    opened.session = dtoOf(Session(session), user);
    opened.session.current = true;
    edit.then([user, session](Directory& all) {
        all.put(user);
        all.add(session);
    });
    options_.log.info("signed in", Value::object({{"user", user.id}, {"address", session.address}}));
    return opened;
}

Status LocalIdentity::logout(const std::string& session) {
    return change([&](Edit& edit) -> Status {
        // Who signs out twice is signed out.
        if (edit.directory.session(session) == nullptr) return {};
        return edit.endSession(session, "signed-out");
    });
}

Status LocalIdentity::changeOwnPassword(const Caller& caller, const protocol::ChangeOwnPassword& request) {
    if (caller.kind == Caller::Kind::Key) {
        return fail("identity.needs-session", "A key cannot change a password", {}, "Sign in with the password");
    }
    const auto known = look([&](const Directory& all) -> std::optional<UserRecord> {
        const User* user = all.user(caller.userId);
        if (user == nullptr) return std::nullopt;
        return user->record;
    });
    if (!known) return fail("identity.not-found", "There is no such user any more");
    SIGNALBOX_CHECK(checkPassword(request.password, known->login));
    // Not with those who try to sign in: then above all should the password be one that can be changed.
    Attempt attempt(*this, std::string(kOwnPassword) + known->id, {});
    SIGNALBOX_CHECK(attempt.begin());
    auto isRight = hasher_.verify(known->password, request.current);
    if (!isRight) attempt.isNone();
    SIGNALBOX_TRY(const bool matches, std::move(isRight));
    if (!matches) return fail("identity.password-wrong", "The current password is another one", "/current");
    attempt.succeeded();
    SIGNALBOX_TRY(const std::string hashed, hasher_.hash(request.password));
    return change([&](Edit& edit) -> Status {
        const User* now = edit.directory.user(known->id);
        if (now == nullptr) return fail("identity.not-found", "There is no such user any more");
        if (now->record.password != known->password) {
            return fail("identity.password-wrong", "The current password is another one", "/current");
        }
        UserRecord record = now->record;
        record.password = hashed;
        SIGNALBOX_CHECK(edit.tables.update(record));
        edit.then([record](Directory& all) { all.put(record); });
        return edit.endSessionsOf(record.id, "password-changed", caller.credential);
    });
}

}  // namespace signalbox::identity
