#include "unit/identity/identity_fixture.h"

#include <unistd.h>

namespace signalbox::identity::test {

namespace fs = std::filesystem;

IdentityTest::IdentityTest() {
    std::string name = (fs::temp_directory_path() / "signalbox-identity-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
    open();
}

IdentityTest::~IdentityTest() {
    close();
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
}

IdentityOptions IdentityTest::options() {
    IdentityOptions wanted;
    wanted.file = file();
    wanted.clock = &clock_;
    wanted.random = &random_;
    wanted.cost = cost_;
    wanted.sessionsPerUser = sessionsPerUser_;
    wanted.keepsUp = false;
    wanted.log = Logger(
        clock_,
        [this](const LogLine& line) {
            const std::lock_guard lock(mutex_);
            logged_ += formatLogLine(line) + "\n";
        },
        LogLevel::Debug);
    return wanted;
}

void IdentityTest::open() {
    close();
    identity_ = openAnother();
    identity_->onEnded([this](const std::string& credential, const std::string& reason) {
        const std::lock_guard lock(mutex_);
        ended_.emplace_back(credential, reason);
    });
}

std::unique_ptr<LocalIdentity> IdentityTest::openAnother() {
    auto opened = LocalIdentity::open(options());
    if (!opened) throw std::runtime_error(opened.error().message);
    return std::move(*opened);
}

protocol::UserDto IdentityTest::makeUser(const std::string& login, std::vector<std::string> roles,
                                         const std::string& tenant) {
    auto made = identity().createUser(tenant, {login, login + "'s name", kPassword, std::move(roles)});
    EXPECT_TRUE(made) << (made ? "" : made.error().message);
    return made.value_or(protocol::UserDto{});
}

OpenedSession IdentityTest::signIn(const std::string& login, const std::string& password) {
    auto opened = identity().login(login, password, kOrigin);
    EXPECT_TRUE(opened) << (opened ? "" : opened.error().message);
    return opened.value_or(OpenedSession{});
}

Caller IdentityTest::callerOf(const std::string& token) {
    auto caller = identity().authenticate(token, kOrigin);
    EXPECT_TRUE(caller) << (caller ? "" : caller.error().message);
    return caller.value_or(Caller{});
}

protocol::CreatedApiKey IdentityTest::makeKey(const std::string& login, std::vector<std::string> scopes,
                                              Micros expires) {
    const Caller caller = callerOf(signIn(login).token);
    auto made = identity().createOwnKey(caller, {"a key", std::move(scopes), expires});
    EXPECT_TRUE(made) << (made ? "" : made.error().message);
    return made.value_or(protocol::CreatedApiKey{});
}

std::vector<std::pair<std::string, std::string>> IdentityTest::ended() {
    const std::lock_guard lock(mutex_);
    return std::exchange(ended_, {});
}

std::string IdentityTest::logged() {
    const std::lock_guard lock(mutex_);
    return logged_;
}

}  // namespace signalbox::identity::test
