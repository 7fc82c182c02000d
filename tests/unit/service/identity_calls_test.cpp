#include <gtest/gtest.h>

#include "identity/identity.h"
#include "unit/service/service_fixture.h"

namespace signalbox::service::test {
namespace {

using Words = std::vector<std::string>;

const std::string kPassword = "granite otter balloon";
const std::string kOtherPassword = "velvet harbour thimble";
const identity::Origin kOrigin{"192.0.2.7", "test/1"};

class IdentityCallsTest : public ::testing::Test {
protected:
    IdentityCallsTest() {
        HostOptions options;
        options.workspace = folder_.path();
        options.threads = 1;
        options.tenant = "default";
        options.environment = "staging";
        options.identity.emplace();
        options.identity->cost = {64, 1, 1};
        host_ = Host::open(std::move(options)).value();
    }
    Dispatcher& dispatcher() { return host_->dispatcher(); }
    protocol::UserDto makeUser(const std::string& login, Words roles) {
        return call(dispatcher(), protocol::CreateUser{login, "", kPassword, std::move(roles)}).value();
    }
    Principal signIn(const std::string& login) {
        const auto opened = host_->identity()->login(login, kPassword, kOrigin);
        return principalOf(host_->identity()->authenticate(opened.value().token, kOrigin).value());
    }
    Principal withKey(const std::string& login, Words scopes) {
        const auto made =
            call(dispatcher(), protocol::CreateOwnApiKey{"k", std::move(scopes), 0}, signIn(login)).value();
        return principalOf(host_->identity()->authenticate(made.secret, kOrigin).value());
    }
    template <class Call>
    std::string codeOf(Call request, const Principal& principal = localAdministrator()) {
        const auto reply = call(dispatcher(), std::move(request), principal);
        return reply ? "" : reply.error().code;
    }

    Folder folder_;
    std::unique_ptr<Host> host_;
};

TEST_F(IdentityCallsTest, TheLocalAdministratorHasNoAccountButAdministers) {
    const auto account = call(dispatcher(), protocol::GetAccount{}).value();
    EXPECT_EQ(account.kind, "local");
    EXPECT_EQ(account.tenant, "default");
    EXPECT_EQ(account.permissions, Words{"*"});
    EXPECT_EQ(codeOf(protocol::ListOwnSessions{}), "identity.no-account");
    EXPECT_EQ(codeOf(protocol::ChangeOwnPassword{kPassword, kOtherPassword}), "identity.no-account");
    EXPECT_EQ(codeOf(protocol::CreateOwnApiKey{"k", {"run:read"}, 0}), "identity.no-account");
    EXPECT_EQ(codeOf(protocol::RevokeOwnSession{"others"}), "identity.no-account");
    const auto user = makeUser("anna", {"viewer"});
    EXPECT_EQ(call(dispatcher(), protocol::ListUsers{})->users.at(0).id, user.id);
    EXPECT_EQ(codeOf(protocol::SetUserPassword{user.id, kOtherPassword}), "");
    EXPECT_EQ(codeOf(protocol::DeleteUser{user.id, user.etag}), "");
}

TEST_F(IdentityCallsTest, UsersHaveWhatIsTheirs) {
    makeUser("anna", {"viewer"});
    const Principal anna = signIn("anna");
    const auto account = call(dispatcher(), protocol::GetAccount{}, anna).value();
    EXPECT_EQ(account.kind, "user");
    EXPECT_EQ(account.login, "anna");
    EXPECT_EQ(account.roles, Words{"viewer"});
    const auto sessions = call(dispatcher(), protocol::ListOwnSessions{}, anna).value().sessions;
    ASSERT_EQ(sessions.size(), 1U);
    EXPECT_TRUE(sessions[0].current);
    EXPECT_EQ(codeOf(protocol::ListUsers{}, anna), "auth.forbidden");
    EXPECT_EQ(codeOf(protocol::ListSessions{}, anna), "auth.forbidden");
    EXPECT_EQ(codeOf(protocol::ListApiKeys{}, anna), "auth.forbidden");
    EXPECT_EQ(codeOf(protocol::ChangeOwnPassword{kPassword, kOtherPassword}, anna), "");
}

TEST_F(IdentityCallsTest, KeysAreLessThanTheirUser) {
    makeUser("anna", {"operator"});
    const Principal key = withKey("anna", {"run:read", "account:*"});
    EXPECT_EQ(call(dispatcher(), protocol::GetAccount{}, key)->kind, "key");
    EXPECT_EQ(codeOf(protocol::CreateOwnApiKey{"k", {"run:read"}, 0}, key), "identity.needs-session");
    EXPECT_EQ(codeOf(protocol::ChangeOwnPassword{kPassword, kOtherPassword}, key), "identity.needs-session");
    EXPECT_EQ(codeOf(protocol::ListRuns{}, key), "");
    EXPECT_EQ(codeOf(protocol::ListWorkflows{}, key), "auth.forbidden");
}

TEST_F(IdentityCallsTest, AnEndedSessionAsksInVain) {
    makeUser("anna", {"administrator"});
    const Principal anna = signIn("anna");
    ASSERT_EQ(codeOf(protocol::RevokeSession{anna.credential}), "");
    EXPECT_EQ(codeOf(protocol::GetAccount{}, anna), "identity.session-ended");
    EXPECT_EQ(codeOf(protocol::CreateOwnApiKey{"k", {"*"}, 0}, anna), "identity.session-ended");
}

TEST_F(IdentityCallsTest, NobodyHandsOnMoreThanTheyHave) {
    const auto root = makeUser("root", {"administrator"});
    const auto anna = makeUser("anna", {"viewer"});
    const Principal key = withKey("root", {"user:*", "key:*", "account:*", "gateway:read", "metrics:read", "run:read",
                                           "schedule:read", "watch:read", "workflow:read"});
    EXPECT_EQ(codeOf(protocol::CreateUser{"mallory", "", kPassword, {"administrator"}}, key),
              "identity.grant-too-wide");
    EXPECT_EQ(codeOf(protocol::UpdateUser{anna.id, "", {"administrator"}, false, anna.etag}, key),
              "identity.grant-too-wide");
    EXPECT_EQ(codeOf(protocol::UpdateUser{root.id, "", {"viewer"}, false, root.etag}, key), "identity.grant-too-wide");
    EXPECT_EQ(codeOf(protocol::SetUserPassword{root.id, kOtherPassword}, key), "identity.grant-too-wide");
    EXPECT_EQ(codeOf(protocol::CreateApiKey{root.id, "k", {"*"}, 0}, key), "identity.grant-too-wide");
    EXPECT_EQ(codeOf(protocol::DeleteUser{root.id, root.etag}, key), "identity.grant-too-wide");
    EXPECT_EQ(codeOf(protocol::CreateUser{"bert", "", kPassword, {"viewer"}}, key), "");
    EXPECT_EQ(codeOf(protocol::CreateApiKey{root.id, "k", {"run:read"}, 0}, key), "");
    EXPECT_EQ(codeOf(protocol::SetUserPassword{anna.id, kOtherPassword}, key), "");
}

TEST_F(IdentityCallsTest, AnotherTenantsPrincipalHasItsAccountOnly) {
    ASSERT_TRUE(host_->identity()->createUser("acme", {"anna", "", kPassword, {"administrator"}}));
    const Principal anna = signIn("acme/anna");
    EXPECT_EQ(call(dispatcher(), protocol::GetAccount{}, anna)->tenant, "acme");
    EXPECT_EQ(codeOf(protocol::ListOwnSessions{}, anna), "");
    EXPECT_EQ(codeOf(protocol::ListUsers{}, anna), "auth.tenant");
    EXPECT_EQ(codeOf(protocol::ListRuns{}, anna), "auth.tenant");
}

TEST_F(IdentityCallsTest, LimitsAreHeldBeforeAnythingIsDone) {
    EXPECT_EQ(codeOf(protocol::ListUsers{{}, 0, {}}), "request.invalid");
    EXPECT_EQ(codeOf(protocol::ListUsers{{}, 1001, {}}), "request.invalid");
    EXPECT_EQ(codeOf(protocol::GetUser{""}), "request.invalid");
    EXPECT_EQ(codeOf(protocol::GetUser{std::string(257, 'x')}), "request.invalid");
    EXPECT_EQ(codeOf(protocol::CreateUser{"anna", "", std::string(1025, 'x'), {}}), "request.invalid");
    EXPECT_EQ(codeOf(protocol::CreateApiKey{"u", "", {"*"}, 0}), "request.invalid");
    EXPECT_EQ(codeOf(protocol::CreateApiKey{"u", "k", {"*"}, -1}), "request.invalid");
    EXPECT_EQ(codeOf(protocol::CreateApiKey{"u", "k", Words(101, "*"), 0}), "request.invalid");
}

TEST_F(IdentityCallsTest, TheGatewaySaysWhoseItIs) {
    const auto info = call(dispatcher(), protocol::GetGatewayInfo{}).value();
    EXPECT_EQ(info.tenant, "default");
    EXPECT_EQ(info.environment, "staging");
    EXPECT_EQ(info.instance.size(), 36U);
    EXPECT_TRUE(std::filesystem::exists(identityFileOf(folder_.path())));
    EXPECT_EQ(call(dispatcher(), protocol::ListRoles{})->roles.size(), 4U);
}

TEST(IdentityCalls, WithoutUsersTheyAreRefusedButTheAccountIsTold) {
    const Folder folder;
    const auto host = openHost(folder, HostMode::Full);
    EXPECT_EQ(host->identity(), nullptr);
    EXPECT_EQ(call(host->dispatcher(), protocol::GetAccount{})->kind, "local");
    EXPECT_EQ(call(host->dispatcher(), protocol::ListUsers{}).error().code, "gateway.no-users");
    EXPECT_EQ(call(host->dispatcher(), protocol::ListOwnApiKeys{}).error().code, "gateway.no-users");
    EXPECT_FALSE(std::filesystem::exists(identityFileOf(folder.path())));
}

TEST(IdentityCalls, ADamagedFileStopsAGatewayButNotAConsole) {
    const Folder folder;
    folder.write(".signalbox/identity.db", std::string(8192, 'x'));
    HostOptions options;
    options.workspace = folder.path();
    options.identity.emplace();
    const auto refused = Host::open(options);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "store.corrupt");
    options.mayLackUsers = true;
    const auto host = Host::open(options);
    ASSERT_TRUE(host) << host.error().message;
    EXPECT_NE((*host)->warning().find("Users cannot be administered"), std::string::npos);
}

}  // namespace
}  // namespace signalbox::service::test
