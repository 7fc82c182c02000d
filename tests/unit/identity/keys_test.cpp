#include "unit/identity/identity_fixture.h"

namespace signalbox::identity::test {
namespace {

using KeysTest = IdentityTest;
using Words = std::vector<std::string>;

TEST_F(KeysTest, AreToldOnceAndRecognised) {
    makeUser("anna", {"operator"});
    const auto made = makeKey("anna", {"run:read", "run:start"});
    EXPECT_TRUE(made.secret.starts_with("sbk_"));
    EXPECT_TRUE(made.secret.starts_with(made.key.prefix));
    EXPECT_LT(made.key.prefix.size(), 16U);
    const Caller caller = callerOf(made.secret);
    EXPECT_EQ(caller.kind, Caller::Kind::Key);
    EXPECT_EQ(caller.login, "anna");
    EXPECT_EQ(caller.credential, made.key.id);
    EXPECT_EQ(caller.permissions, (Words{"run:read", "run:start"}));
    const auto listed = identity().ownKeys(caller).keys;
    ASSERT_EQ(listed.size(), 1U);
    EXPECT_EQ(listed[0].name, "a key");
    EXPECT_EQ(listed[0].lastUsed, clock_.wallNow());
    EXPECT_EQ(codeOf(identity().authenticate(made.key.prefix, kOrigin)), "identity.credentials");
}

TEST_F(KeysTest, NeverDoMoreThanTheirUserMayNow) {
    const auto user = makeUser("anna", {"designer"});
    const auto made = makeKey("anna", {"workflow:*", "run:*"});
    auto changed = identity().updateUser("default", {user.id, "Anna", {"viewer"}, false, user.etag});
    ASSERT_TRUE(changed);
    EXPECT_EQ(callerOf(made.secret).permissions, (Words{"run:read", "workflow:read"}));
    changed = identity().updateUser("default", {user.id, "Anna", {"administrator"}, false, changed->etag});
    ASSERT_TRUE(changed);
    EXPECT_EQ(callerOf(made.secret).permissions, (Words{"run:*", "workflow:*"}));
}

TEST_F(KeysTest, ScopesMustBeKnownAndTheUsersOwn) {
    makeUser("anna", {"viewer"});
    const Caller caller = callerOf(signIn("anna").token);
    const auto make = [&](Words scopes) {
        return codeOf(identity().createOwnKey(caller, {"k", std::move(scopes), 0}));
    };
    EXPECT_EQ(make({"run:start"}), "identity.scope-too-wide");
    EXPECT_EQ(make({"*"}), "identity.scope-too-wide");
    EXPECT_EQ(make({"run:reed"}), "identity.scope-unknown");
    EXPECT_EQ(make({}), "identity.scope-unknown");
    EXPECT_EQ(make({"run:read"}), "");
}

TEST_F(KeysTest, ExpireAndTellSoOnce) {
    makeUser("anna");
    const auto made = makeKey("anna", {"run:read"}, clock_.wallNow() + kHour);
    const Caller caller = callerOf(made.secret);
    EXPECT_TRUE(identity().refresh(caller));
    clock_.advance(kHour);
    const auto refused = identity().authenticate(made.secret, kOrigin);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "identity.credentials");
    EXPECT_EQ(refused.error().message, "The key has expired");
    EXPECT_FALSE(identity().refresh(caller));
    identity().keepUp();
    identity().keepUp();
    EXPECT_EQ(ended(), (std::vector<std::pair<std::string, std::string>>{{made.key.id, "expired"}}));
    EXPECT_EQ(codeOf(identity().createOwnKey(caller, {"k", {"run:read"}, 0})), "identity.needs-session");
    const Caller anna = callerOf(signIn("anna").token);
    EXPECT_EQ(codeOf(identity().createOwnKey(anna, {"k", {"run:read"}, clock_.wallNow()})), "identity.expiry-past");
}

TEST_F(KeysTest, CannotMakeKeysOrChangePasswords) {
    makeUser("anna", {"administrator"});
    const Caller key = callerOf(makeKey("anna", {"*"}).secret);
    EXPECT_EQ(codeOf(identity().createOwnKey(key, {"k", {"run:read"}, 0})), "identity.needs-session");
    EXPECT_EQ(codeOf(identity().revokeOwnSession(key, "others")), "identity.needs-session");
    EXPECT_EQ(codeOf(identity().changeOwnPassword(key, {kPassword, kOtherPassword})), "identity.needs-session");
}

TEST_F(KeysTest, StopWhenTheyAreRevoked) {
    makeUser("anna");
    makeUser("bert");
    const auto made = makeKey("anna", {"run:read"});
    const Caller caller = callerOf(made.secret);
    EXPECT_EQ(codeOf(identity().revokeOwnKey(callerOf(signIn("bert").token), made.key.id)), "identity.not-found");
    ASSERT_TRUE(identity().revokeOwnKey(caller, made.key.id));
    EXPECT_EQ(codeOf(identity().authenticate(made.secret, kOrigin)), "identity.credentials");
    EXPECT_EQ(codeOf(identity().refresh(caller)), "identity.session-ended");
    EXPECT_EQ(ended(), (std::vector<std::pair<std::string, std::string>>{{made.key.id, "revoked"}}));
    EXPECT_TRUE(identity().ownKeys(caller).keys.empty());
}

TEST_F(KeysTest, StopWithTheirUserAndGoOnWithIt) {
    const auto user = makeUser("anna");
    const auto made = makeKey("anna", {"run:read"});
    const Caller caller = callerOf(made.secret);
    const auto off = identity().updateUser("default", {user.id, "Anna", {"viewer"}, true, user.etag});
    ASSERT_TRUE(off);
    EXPECT_EQ(codeOf(identity().authenticate(made.secret, kOrigin)), "identity.credentials");
    EXPECT_EQ(identity().refresh(caller).error().where, "disabled");
    const auto on = identity().updateUser("default", {user.id, "Anna", {"viewer"}, false, off->etag});
    ASSERT_TRUE(on);
    EXPECT_TRUE(identity().authenticate(made.secret, kOrigin));
    ASSERT_TRUE(identity().deleteUser("default", {user.id, on->etag}));
    EXPECT_EQ(codeOf(identity().authenticate(made.secret, kOrigin)), "identity.credentials");
}

TEST_F(KeysTest, LastUseOutlivesARestartToTheMinute) {
    makeUser("anna");
    const auto made = makeKey("anna", {"run:read"});
    clock_.advance(kHour);
    EXPECT_TRUE(identity().authenticate(made.secret, kOrigin));
    const Micros used = clock_.wallNow();
    clock_.advance(kMinute);
    identity().keepUp();
    const auto another = openAnother();
    EXPECT_EQ(another->keys("default", "").keys.at(0).lastUsed, used);
}

TEST_F(KeysTest, AUserHasOnlySoMany) {
    makeUser("anna");
    const Caller caller = callerOf(signIn("anna").token);
    for (int i = 0; i < 100; ++i) ASSERT_TRUE(identity().createOwnKey(caller, {"k", {"run:read"}, 0}));
    EXPECT_EQ(codeOf(identity().createOwnKey(caller, {"k", {"run:read"}, 0})), "identity.too-many-keys");
}

TEST_F(KeysTest, AreMadeForOthersWithinWhatThoseMay) {
    const auto anna = makeUser("anna", {"viewer"});
    const auto made = identity().createKey("default", {anna.id, "for CI", {"run:read"}, 0});
    ASSERT_TRUE(made);
    EXPECT_EQ(callerOf(made->secret).login, "anna");
    EXPECT_EQ(codeOf(identity().createKey("default", {anna.id, "k", {"run:start"}, 0})), "identity.scope-too-wide");
    EXPECT_EQ(codeOf(identity().createKey("default", {"nobody", "k", {"run:read"}, 0})), "identity.not-found");
    ASSERT_TRUE(identity().revokeKey("default", made->key.id));
    EXPECT_FALSE(identity().authenticate(made->secret, kOrigin));
}

}  // namespace
}  // namespace signalbox::identity::test
