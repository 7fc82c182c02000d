#include <fmt/format.h>

#include "unit/identity/identity_fixture.h"

namespace signalbox::identity::test {
namespace {

using SignInTest = IdentityTest;

TEST_F(SignInTest, GivesASessionWhoseTokenIsTheCallers) {
    const auto user = makeUser("Anna", {"operator"});
    const auto opened = identity().login("anna", kPassword, kOrigin);
    ASSERT_TRUE(opened);
    EXPECT_EQ(opened->token.size(), 43U);
    EXPECT_EQ(opened->session.login, "Anna");
    EXPECT_EQ(opened->session.address, kOrigin.address);
    EXPECT_TRUE(opened->session.current);
    const Caller caller = callerOf(opened->token);
    EXPECT_EQ(caller.userId, user.id);
    EXPECT_EQ(caller.tenant, "default");
    EXPECT_EQ(caller.credential, opened->session.id);
    EXPECT_EQ(caller.kind, Caller::Kind::Session);
    EXPECT_FALSE(caller.permissions.empty());
    EXPECT_EQ(identity().user("default", user.id)->lastLogin, clock_.wallNow());
}

TEST_F(SignInTest, EveryFailureLooksTheSameAndCostsOneHash) {
    makeUser("anna");
    const auto bert = makeUser("bert");
    ASSERT_TRUE(identity().updateUser("default", {bert.id, "Bert", {"viewer"}, true, bert.etag}));
    const auto attempt = [&](const std::string& login, const std::string& password) {
        const auto before = identity().hasher().hashes();
        const auto opened = identity().login(login, password, kOrigin);
        EXPECT_EQ(identity().hasher().hashes() - before, 1U) << login;
        return opened ? Error{} : opened.error();
    };
    const Error wrong = attempt("anna", kOtherPassword);
    EXPECT_EQ(wrong.code, "identity.credentials");
    EXPECT_EQ(attempt("nobody", kPassword), wrong);
    EXPECT_EQ(attempt("bert", kPassword), wrong);
    EXPECT_EQ(attempt("bert", kOtherPassword), wrong);
    EXPECT_EQ(attempt("no login at all\n", kPassword), wrong);
    EXPECT_EQ(attempt("", ""), wrong);
    EXPECT_EQ(attempt("other/anna", kPassword), wrong);
    EXPECT_EQ(attempt("anna", std::string(1 << 20, 'x')), wrong);
    EXPECT_EQ(attempt("anna", kPassword), Error{});
}

TEST_F(SignInTest, GuessersOfAnAccountAreSlowedDownAndToldHowLong) {
    makeUser("anna");
    for (int i = 0; i < 6; ++i) EXPECT_EQ(codeOf(identity().login("anna", "guess", {})), "identity.credentials");
    const auto hashes = identity().hasher().hashes();
    const auto refused = identity().login("ANNA", kPassword, {});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "identity.throttled");
    EXPECT_TRUE(refused.error().retryable);
    EXPECT_EQ(refused.error().hint, "Try again in 1 s");
    EXPECT_EQ(identity().hasher().hashes(), hashes) << "a refused attempt must cost nothing";
    clock_.advance(kSecond);
    EXPECT_TRUE(identity().login("anna", kPassword, {}));
    EXPECT_EQ(codeOf(identity().login("anna", "guess", {})), "identity.credentials") << "a success forgets";
    EXPECT_TRUE(identity().login("anna", kPassword, {}));
}

TEST_F(SignInTest, NobodyIsLockedOutForMoreThanAMinute) {
    makeUser("anna");
    for (int i = 0; i < 500; ++i) {
        static_cast<void>(identity().login("anna", "guess", {}));
        clock_.advance(kSecond);
    }
    clock_.advance(kMinute);
    EXPECT_TRUE(identity().login("anna", kPassword, {}));
}

TEST_F(SignInTest, GuessersElsewhereKeepNobodyOutWhoHasSignedInBefore) {
    makeUser("anna");
    const Origin home{"2001:db8::1", {}};
    ASSERT_TRUE(identity().login("anna", kPassword, home));
    const auto guess = [&](int count) {
        for (int i = 0; i < count; ++i) {
            static_cast<void>(identity().login("anna", "guess", {"203.0.113." + std::to_string(i), {}}));
        }
    };
    guess(20);
    EXPECT_EQ(codeOf(identity().login("anna", kPassword, {"198.51.100.1", {}})), "identity.throttled");
    EXPECT_TRUE(identity().login("anna", kPassword, {"2001:db8::77", {}})) << "in the same network";
    EXPECT_EQ(codeOf(identity().login("anna", kPassword, {"198.51.100.1", {}})), "identity.throttled")
        << "which starts no guesser anew";
    open();
    guess(20);
    EXPECT_TRUE(identity().login("anna", kPassword, home)) << "who is signed in is known after a restart";
    for (int i = 0; i < 6; ++i) EXPECT_EQ(codeOf(identity().login("anna", "guess", home)), "identity.credentials");
    EXPECT_EQ(codeOf(identity().login("anna", kPassword, home)), "identity.throttled") << "guesses there count too";
}

TEST_F(SignInTest, AGuesserWithManyNetworksIsSlowedDownToo) {
    makeUser("anna");
    const Origin neighbour{"2001:db8:1:ffff::1", {}};
    ASSERT_TRUE(identity().login("anna", kPassword, neighbour));
    for (int i = 0; i < 201; ++i) {
        const auto outcome =
            identity().login(fmt::format("user{}", i), "guess", {fmt::format("2001:db8:1:{:x}::1", i), {}});
        EXPECT_EQ(codeOf(outcome), "identity.credentials") << i;
    }
    EXPECT_EQ(codeOf(identity().login("more", "guess", {"2001:db8:1:eeee::1", {}})), "identity.throttled");
    EXPECT_EQ(codeOf(identity().login("more", "guess", {"2001:db8:2::1", {}})), "identity.credentials");
    EXPECT_TRUE(identity().login("anna", kPassword, neighbour)) << "who is known there need not wait";
}

TEST_F(SignInTest, APasswordSetByOthersEndsEveryWait) {
    const auto anna = makeUser("anna");
    ASSERT_TRUE(identity().login("anna", kPassword, kOrigin));
    for (int i = 0; i < 6; ++i) static_cast<void>(identity().login("anna", "guess", kOrigin));
    EXPECT_EQ(codeOf(identity().login("anna", kPassword, kOrigin)), "identity.throttled");
    ASSERT_TRUE(identity().setPassword("default", {anna.id, kOtherPassword}));
    EXPECT_TRUE(identity().login("anna", kOtherPassword, kOrigin));
    EXPECT_TRUE(identity().login("anna", kOtherPassword, kOrigin));
}

TEST_F(SignInTest, GuessersDoNotKeepAPasswordFromBeingChanged) {
    makeUser("anna");
    const auto opened = signIn("anna");
    for (int i = 0; i < 6; ++i) static_cast<void>(identity().login("anna", "guess", {"203.0.113.1", {}}));
    EXPECT_TRUE(identity().changeOwnPassword(callerOf(opened.token), {kPassword, kOtherPassword}));
}

TEST_F(SignInTest, AFailureIsLoggedWithItsAddress) {
    const auto anna = makeUser("anna");
    static_cast<void>(identity().login("nobody", "guess", {"203.0.113.9", {}}));
    EXPECT_NE(logged().find("203.0.113.9"), std::string::npos) << logged();
    static_cast<void>(identity().login("anna", "guess", {"203.0.113.10", {}}));
    EXPECT_NE(logged().find("203.0.113.10"), std::string::npos) << logged();
}

TEST_F(SignInTest, GuessersAtOneAddressAreSlowedDownWhateverTheAccount) {
    makeUser("anna");
    for (int i = 0; i < 21; ++i) {
        EXPECT_EQ(codeOf(identity().login("user" + std::to_string(i), "guess", kOrigin)), "identity.credentials");
    }
    EXPECT_EQ(codeOf(identity().login("anna", kPassword, kOrigin)), "identity.throttled");
    EXPECT_TRUE(identity().login("anna", kPassword, {"198.51.100.1", {}}));
}

TEST_F(SignInTest, ThoseWhoSucceedAreNotSlowedDown) {
    makeUser("anna");
    for (int i = 0; i < 100; ++i) ASSERT_TRUE(identity().login("anna", kPassword, kOrigin)) << i;
}

TEST_F(SignInTest, ThePasswordIsHashedAnewWhenTheCostHasChanged) {
    makeUser("anna");
    cost_ = {128, 2, 1};
    open();
    auto before = identity().hasher().hashes();
    ASSERT_TRUE(identity().login("anna", kPassword, kOrigin));
    EXPECT_EQ(identity().hasher().hashes() - before, 2U);
    before = identity().hasher().hashes();
    ASSERT_TRUE(identity().login("anna", kPassword, kOrigin));
    EXPECT_EQ(identity().hasher().hashes() - before, 1U);
    open();
    EXPECT_TRUE(identity().login("anna", kPassword, kOrigin));
}

TEST_F(SignInTest, ChangingThePasswordEndsTheOtherSessions) {
    makeUser("anna");
    const auto here = signIn("anna");
    const auto there = signIn("anna");
    const Caller caller = callerOf(here.token);
    EXPECT_EQ(codeOf(identity().changeOwnPassword(caller, {kOtherPassword, kOtherPassword})),
              "identity.password-wrong");
    EXPECT_EQ(codeOf(identity().changeOwnPassword(caller, {kPassword, "short"})), "identity.password-weak");
    ASSERT_TRUE(identity().changeOwnPassword(caller, {kPassword, kOtherPassword}));
    EXPECT_TRUE(identity().authenticate(here.token, kOrigin));
    const auto ended = identity().authenticate(there.token, kOrigin);
    ASSERT_FALSE(ended);
    EXPECT_EQ(ended.error().code, "identity.session-ended");
    EXPECT_EQ(ended.error().where, "password-changed");
    EXPECT_EQ(this->ended(),
              (std::vector<std::pair<std::string, std::string>>{{there.session.id, "password-changed"}}));
    EXPECT_EQ(codeOf(identity().login("anna", kPassword, kOrigin)), "identity.credentials");
    EXPECT_TRUE(identity().login("anna", kOtherPassword, kOrigin));
}

TEST_F(SignInTest, GuessingTheOwnPasswordIsThrottledToo) {
    makeUser("anna");
    const Caller caller = callerOf(signIn("anna").token);
    for (int i = 0; i < 6; ++i) {
        EXPECT_EQ(codeOf(identity().changeOwnPassword(caller, {"guess", kOtherPassword})), "identity.password-wrong");
    }
    EXPECT_EQ(codeOf(identity().changeOwnPassword(caller, {kPassword, kOtherPassword})), "identity.throttled");
}

}  // namespace
}  // namespace signalbox::identity::test
