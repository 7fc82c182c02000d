#include <algorithm>

#include "unit/identity/identity_fixture.h"

namespace signalbox::identity::test {
namespace {

using UsersTest = IdentityTest;
using Words = std::vector<std::string>;

TEST_F(UsersTest, LoginsAreUniqueWithoutCase) {
    makeUser("Anna");
    EXPECT_EQ(codeOf(identity().createUser("default", {"aNNA", "", kPassword, {}})), "identity.login-taken");
    EXPECT_TRUE(identity().createUser("acme", {"anna", "", kPassword, {}})) << "another tenant's logins are its own";
}

TEST_F(UsersTest, WhatIsWrongWithANewOneIsTold) {
    const auto make = [&](const std::string& login, const std::string& password, Words roles) {
        return codeOf(identity().createUser("default", {login, "A name", password, std::move(roles)}));
    };
    EXPECT_EQ(make("an na", kPassword, {"viewer"}), "identity.login-invalid");
    EXPECT_EQ(make("anna", "short", {"viewer"}), "identity.password-weak");
    EXPECT_EQ(make("anna", kPassword, {"boss"}), "identity.role-unknown");
    EXPECT_EQ(codeOf(identity().createUser("default", {"anna", "a\nb", kPassword, {}})), "identity.name-invalid");
    EXPECT_TRUE(identity().users("default", {})->users.empty()) << "nothing is half done";
}

TEST_F(UsersTest, AreListedByLoginInPages) {
    for (const char* login : {"dora", "Anna", "carl", "bert", "emil"}) makeUser(login);
    protocol::ListUsers ask;
    ask.limit = 2;
    Words seen;
    for (int page = 0; page < 4; ++page) {
        const auto list = identity().users("default", ask).value();
        for (const auto& user : list.users) seen.push_back(user.login);
        ask.cursor = list.nextCursor;
        if (ask.cursor.empty()) break;
    }
    EXPECT_EQ(seen, (Words{"Anna", "bert", "carl", "dora", "emil"}));
    ask = {};
    ask.text = "AR";
    EXPECT_EQ(identity().users("default", ask)->users.at(0).login, "carl");
    ask.text = "RT's n";
    EXPECT_EQ(identity().users("default", ask)->users.at(0).login, "bert") << "names are looked through too";
    ask.text = "zzz";
    EXPECT_TRUE(identity().users("default", ask)->users.empty());
}

TEST_F(UsersTest, AreChangedOnlyAsTheyWereSeen) {
    const auto user = makeUser("anna");
    const auto changed =
        identity().updateUser("default", {user.id, "Anna B.", {"operator", "operator"}, false, user.etag});
    ASSERT_TRUE(changed);
    EXPECT_EQ(changed->roles, Words{"operator"});
    EXPECT_NE(changed->etag, user.etag);
    EXPECT_EQ(codeOf(identity().updateUser("default", {user.id, "Lost", {}, false, user.etag})), "identity.conflict");
    EXPECT_EQ(codeOf(identity().updateUser("default", {user.id, "Lost", {}, false, ""})), "identity.conflict");
    EXPECT_EQ(codeOf(identity().deleteUser("default", {user.id, user.etag})), "identity.conflict");
    EXPECT_EQ(identity().user("default", user.id)->name, "Anna B.");
    signIn("anna");
    EXPECT_EQ(identity().user("default", user.id)->etag, changed->etag) << "signing in is no change";
}

TEST_F(UsersTest, ChangedRolesCountAtOnce) {
    const auto user = makeUser("anna", {"viewer"});
    const auto opened = signIn("anna");
    const Caller before = callerOf(opened.token);
    ASSERT_TRUE(identity().updateUser("default", {user.id, "", {"administrator"}, false, user.etag}));
    EXPECT_EQ(callerOf(opened.token).permissions, Words{"*"});
    EXPECT_EQ(identity().refresh(before)->permissions, Words{"*"});
}

TEST_F(UsersTest, DisabledOnesAreOutAtOnce) {
    const auto user = makeUser("anna");
    const auto opened = signIn("anna");
    const auto key = makeKey("anna", {"run:read"});
    ended();
    const auto off = identity().updateUser("default", {user.id, "", {}, true, user.etag});
    ASSERT_TRUE(off);
    EXPECT_EQ(off->sessions, 0U);
    EXPECT_EQ(identity().authenticate(opened.token, kOrigin).error().where, "disabled");
    const auto told = ended();
    EXPECT_NE(std::find(told.begin(), told.end(), std::pair<std::string, std::string>(opened.session.id, "disabled")),
              told.end());
    EXPECT_NE(std::find(told.begin(), told.end(), std::pair<std::string, std::string>(key.key.id, "disabled")),
              told.end());
    EXPECT_EQ(codeOf(identity().login("anna", kPassword, kOrigin)), "identity.credentials");
}

TEST_F(UsersTest, DeletedOnesAreGone) {
    const auto user = makeUser("anna");
    const auto opened = signIn("anna");
    ASSERT_TRUE(identity().deleteUser("default", {user.id, user.etag}));
    EXPECT_EQ(identity().authenticate(opened.token, kOrigin).error().where, "disabled");
    EXPECT_EQ(codeOf(identity().user("default", user.id)), "identity.not-found");
    EXPECT_EQ(ended(), (std::vector<std::pair<std::string, std::string>>{{opened.session.id, "disabled"}}));
    const auto next = makeUser("anna");
    EXPECT_NE(next.id, user.id);
    EXPECT_FALSE(identity().authenticate(opened.token, kOrigin)) << "not even when there is another of that login";
}

TEST_F(UsersTest, TheLastAdministratorStays) {
    const auto anna = makeUser("anna", {"administrator"});
    const auto bert = makeUser("bert", {"administrator"});
    makeUser("carl", {"administrator"}, "acme");
    const auto off = identity().updateUser("default", {bert.id, "", {"administrator"}, true, bert.etag});
    ASSERT_TRUE(off);
    EXPECT_EQ(codeOf(identity().updateUser("default", {anna.id, "", {"administrator"}, true, anna.etag})),
              "identity.last-administrator");
    EXPECT_EQ(codeOf(identity().updateUser("default", {anna.id, "", {"viewer"}, false, anna.etag})),
              "identity.last-administrator");
    EXPECT_EQ(codeOf(identity().deleteUser("default", {anna.id, anna.etag})), "identity.last-administrator");
    EXPECT_TRUE(identity().updateUser("default", {anna.id, "Anna", {"administrator", "viewer"}, false, anna.etag}));
    EXPECT_TRUE(identity().deleteUser("default", {bert.id, off->etag})) << "a disabled one may go";
}

TEST_F(UsersTest, ASetPasswordEndsAllSessionsAndTheWait) {
    const auto user = makeUser("anna");
    const auto opened = signIn("anna");
    for (int i = 0; i < 6; ++i) static_cast<void>(identity().login("anna", "guess", {}));
    EXPECT_EQ(codeOf(identity().setPassword("default", {user.id, "short"})), "identity.password-weak");
    ASSERT_TRUE(identity().setPassword("default", {user.id, kOtherPassword}));
    EXPECT_EQ(identity().authenticate(opened.token, kOrigin).error().where, "password-changed");
    EXPECT_TRUE(identity().login("anna", kOtherPassword, {}));
    EXPECT_EQ(codeOf(identity().setPassword("default", {"nobody", kOtherPassword})), "identity.not-found");
}

}  // namespace
}  // namespace signalbox::identity::test
