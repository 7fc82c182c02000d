#include <unistd.h>

#include "identity/attempt.h"
#include "identity/change.h"
#include "identity/permissions.h"
#include "identity/private_file.h"
#include "identity/rules.h"

namespace signalbox::identity {

namespace {

constexpr std::size_t kTokenBytes = 32;
constexpr Micros kSetupLasts = Micros{24} * 3600 * 1'000'000;
constexpr const char* kFileName = "setup-token";
/// Attempts are counted together: there is one token. No login has a "/".
constexpr const char* kAccount = "/setup";

Error alreadySetUp() {
    return {"identity.set-up", "There are users already", {}, "Sign in, or ask an administrator for an account", false};
}

Error wrongToken() {
    return {"identity.setup-token",
            "The setup token is another one, or too old",
            {},
            "The gateway's log says where it was written; it is valid for a day and once",
            false};
}

}  // namespace

bool LocalIdentity::needsSetup() {
    const auto isEmpty = [](const Directory& all) { return all.isEmpty(); };
    if (!look(isEmpty)) return false;
    poll();
    return look(isEmpty);
}

Result<std::filesystem::path> LocalIdentity::makeSetupToken() {
    const std::filesystem::path file = options_.file.parent_path() / kFileName;
    const std::string token = randomText(kTokenBytes);
    const Status made = change([&](Edit& edit) -> Status {
        if (!edit.directory.isEmpty()) return fail(alreadySetUp());
        SIGNALBOX_CHECK(writePrivateFile(file, token + "\n"));
        return edit.tables.setSetup(SetupRecord{digestOf(token), edit.now + kSetupLasts});
    });
    if (!made) return fail(made.error());
    return file;
}

Result<OpenedSession> LocalIdentity::setUp(const std::string& token, const std::string& login, const std::string& name,
                                           const std::string& password, const Origin& origin) {
    if (!needsSetup()) return fail(alreadySetUp());
    Attempt attempt(*this, kAccount, origin);
    SIGNALBOX_CHECK(attempt.begin());
    const Digest given = digestOf(token);
    const auto isRight = [&given](Edit& edit) -> Status {
        if (!edit.directory.isEmpty()) return fail(alreadySetUp());
        SIGNALBOX_TRY(const auto setup, edit.tables.setup());
        const bool isValid = setup && edit.now < setup->expires && sameDigest(setup->digest, given);
        return isValid ? Status() : fail(wrongToken());
    };
    if (auto right = change(isRight); !right) {
        if (right.error().code != "identity.setup-token") attempt.isNone();
        return fail(std::move(right).error());
    }
    attempt.succeeded();
    SIGNALBOX_CHECK(checkLogin(login));
    SIGNALBOX_CHECK(checkName(name));
    SIGNALBOX_CHECK(checkPassword(password, login));
    UserRecord user{{}, options_.tenant, login, name.empty() ? login : name, {kAdministrator}, {}};
    SIGNALBOX_TRY(user.password, hasher_.hash(password));
    auto opened = change([&](Edit& edit) -> Result<OpenedSession> {
        SIGNALBOX_CHECK(isRight(edit));
        user.id = newId();
        user.created = edit.now;
        user.lastLogin = edit.now;
        SIGNALBOX_CHECK(edit.tables.insert(user));
        SIGNALBOX_CHECK(edit.tables.setSetup(std::nullopt));
        return openSession(edit, user, origin);
    });
    if (opened) ::unlink((options_.file.parent_path() / kFileName).c_str());
    return opened;
}

}  // namespace signalbox::identity
