#include "unit/identity/identity_fixture.h"

namespace signalbox::identity::test {
namespace {

/// Two tenants with the same logins; everything is tried on one's things in the other's name.
class TenantsTest : public IdentityTest {
protected:
    TenantsTest() {
        ours_ = makeUser("anna", {"administrator"});
        theirs_ = makeUser("anna", {"administrator"}, "acme");
        session_ = signIn("acme/anna");
        key_ = identity().createOwnKey(callerOf(session_.token), {"theirs", {"*"}, 0}).value();
    }
    protocol::UserDto ours_;
    protocol::UserDto theirs_;
    OpenedSession session_;
    protocol::CreatedApiKey key_;
};

TEST_F(TenantsTest, CallersAreOfTheirTenant) {
    EXPECT_EQ(callerOf(session_.token).tenant, "acme");
    EXPECT_EQ(callerOf(key_.secret).tenant, "acme");
    EXPECT_EQ(callerOf(signIn("anna").token).tenant, "default");
}

TEST_F(TenantsTest, NothingOfAnotherTenantIsSeen) {
    ASSERT_EQ(identity().users("default", {})->users.size(), 1U);
    EXPECT_EQ(identity().users("default", {})->users[0].id, ours_.id);
    EXPECT_EQ(codeOf(identity().user("default", theirs_.id)), "identity.not-found");
    EXPECT_TRUE(identity().sessions("default", "").sessions.empty());
    EXPECT_TRUE(identity().sessions("default", theirs_.id).sessions.empty());
    EXPECT_TRUE(identity().keys("default", "").keys.empty());
    EXPECT_TRUE(identity().keys("default", theirs_.id).keys.empty());
    EXPECT_EQ(identity().sessions("acme", "").sessions.size(), 1U);
    EXPECT_EQ(identity().keys("acme", "").keys.size(), 1U);
    protocol::ListUsers ask;
    ask.cursor = "a";
    EXPECT_EQ(identity().users("acme", ask)->users.size(), 1U);
    ask.cursor = "zzz";
    EXPECT_TRUE(identity().users("acme", ask)->users.empty()) << "the next tenant's users do not follow";
}

TEST_F(TenantsTest, NothingOfAnotherTenantIsTouched) {
    EXPECT_EQ(codeOf(identity().updateUser("default", {theirs_.id, "x", {}, true, theirs_.etag})),
              "identity.not-found");
    EXPECT_EQ(codeOf(identity().setPassword("default", {theirs_.id, kOtherPassword})), "identity.not-found");
    EXPECT_EQ(codeOf(identity().deleteUser("default", {theirs_.id, theirs_.etag})), "identity.not-found");
    EXPECT_EQ(codeOf(identity().revokeSession("default", session_.session.id)), "identity.not-found");
    EXPECT_EQ(codeOf(identity().revokeKey("default", key_.key.id)), "identity.not-found");
    EXPECT_EQ(codeOf(identity().createKey("default", {theirs_.id, "k", {"run:read"}, 0})), "identity.not-found");
    EXPECT_TRUE(ended().empty());
    EXPECT_TRUE(identity().authenticate(session_.token, kOrigin));
    EXPECT_TRUE(identity().authenticate(key_.secret, kOrigin));
    EXPECT_TRUE(identity().login("acme/anna", kPassword, kOrigin));
    EXPECT_EQ(identity().user("acme", theirs_.id)->etag, theirs_.etag);
}

TEST_F(TenantsTest, TheSameThingsWorkInTheOwnName) {
    EXPECT_TRUE(identity().revokeKey("acme", key_.key.id));
    EXPECT_TRUE(identity().revokeSession("acme", session_.session.id));
    EXPECT_TRUE(identity().setPassword("acme", {theirs_.id, kOtherPassword}));
    EXPECT_TRUE(identity().login("anna", kPassword, kOrigin)) << "that of the same login elsewhere is as it was";
}

}  // namespace
}  // namespace signalbox::identity::test
