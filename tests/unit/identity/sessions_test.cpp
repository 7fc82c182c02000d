#include "identity/secrets.h"
#include "unit/identity/identity_fixture.h"

namespace signalbox::identity::test {
namespace {

using SessionsTest = IdentityTest;
using Endings = std::vector<std::pair<std::string, std::string>>;

std::string reasonOf(const Result<Caller>& result) {
    if (result) return "open";
    EXPECT_EQ(result.error().code, "identity.session-ended") << result.error().message;
    return result.error().where;
}

TEST_F(SessionsTest, EndWhenNotUsedForTwoHours) {
    makeUser("anna");
    const auto opened = signIn("anna");
    EXPECT_EQ(opened.session.expires, clock_.wallNow() + 120 * kMinute);
    clock_.advance(119 * kMinute);
    EXPECT_TRUE(identity().authenticate(opened.token, kOrigin));
    clock_.advance(119 * kMinute);
    EXPECT_TRUE(identity().authenticate(opened.token, kOrigin));
    clock_.advance(120 * kMinute);
    EXPECT_EQ(reasonOf(identity().authenticate(opened.token, kOrigin)), "expired");
    EXPECT_TRUE(ended().empty());
    identity().keepUp();
    EXPECT_EQ(ended(), (Endings{{opened.session.id, "expired"}}));
    EXPECT_EQ(reasonOf(identity().authenticate(opened.token, kOrigin)), "expired");
}

TEST_F(SessionsTest, EndAfterADayHoweverMuchTheyAreUsed) {
    makeUser("anna");
    const auto opened = signIn("anna");
    for (int hour = 1; hour < 24; ++hour) {
        clock_.advance(kHour);
        ASSERT_TRUE(identity().authenticate(opened.token, kOrigin)) << hour;
    }
    clock_.advance(kHour);
    EXPECT_EQ(reasonOf(identity().authenticate(opened.token, kOrigin)), "expired");
}

TEST_F(SessionsTest, WatchingIsNoUseAskingIs) {
    makeUser("anna");
    const auto opened = signIn("anna");
    const Caller caller = callerOf(opened.token);
    clock_.advance(119 * kMinute);
    EXPECT_TRUE(identity().refresh(caller));
    clock_.advance(kMinute);
    EXPECT_FALSE(identity().refresh(caller));
    const auto second = signIn("anna");
    const Caller again = callerOf(second.token);
    clock_.advance(119 * kMinute);
    identity().touch(again);
    clock_.advance(119 * kMinute);
    EXPECT_TRUE(identity().refresh(again));
}

TEST_F(SessionsTest, TheOldestGivesWayToASixth) {
    makeUser("anna");
    makeUser("bert");
    const auto other = signIn("bert");
    std::vector<OpenedSession> opened;
    for (int i = 0; i < 5; ++i) {
        opened.push_back(signIn("anna"));
        EXPECT_TRUE(opened.back().endedSession.empty());
        clock_.advance(kSecond);
    }
    EXPECT_TRUE(identity().authenticate(opened[0].token, kOrigin));
    const auto sixth = signIn("anna");
    EXPECT_EQ(sixth.endedSession, opened[0].session.id);
    EXPECT_EQ(ended(), (Endings{{opened[0].session.id, "replaced"}}));
    EXPECT_EQ(reasonOf(identity().authenticate(opened[0].token, kOrigin)), "replaced");
    EXPECT_TRUE(identity().authenticate(opened[1].token, kOrigin));
    EXPECT_TRUE(identity().authenticate(other.token, kOrigin));
    EXPECT_EQ(identity().ownSessions(callerOf(sixth.token)).sessions.size(), 5U);
}

TEST_F(SessionsTest, AreListedLastSignedInFirstWithTheOwnMarked) {
    makeUser("anna");
    const auto first = signIn("anna");
    clock_.advance(kMinute);
    const auto second = signIn("anna");
    clock_.advance(kMinute);
    const Caller caller = callerOf(first.token);
    const auto list = identity().ownSessions(caller).sessions;
    ASSERT_EQ(list.size(), 2U);
    EXPECT_EQ(list[0].id, second.session.id) << "though the first was seen later: an order that calls do not change";
    EXPECT_FALSE(list[0].current);
    EXPECT_EQ(list[1].id, first.session.id);
    EXPECT_TRUE(list[1].current);
    EXPECT_EQ(list[1].lastSeen, clock_.wallNow());
    EXPECT_EQ(list[1].agent, "test/1");
    EXPECT_EQ(identity().user("default", caller.userId)->sessions, 2U);
}

TEST_F(SessionsTest, CanBeRevokedOneOrAllOthers) {
    makeUser("anna");
    const auto first = signIn("anna");
    const auto second = signIn("anna");
    const auto third = signIn("anna");
    const Caller caller = callerOf(first.token);
    ASSERT_TRUE(identity().revokeOwnSession(caller, second.session.id));
    EXPECT_EQ(reasonOf(identity().authenticate(second.token, kOrigin)), "revoked");
    EXPECT_EQ(codeOf(identity().revokeOwnSession(caller, second.session.id)), "identity.not-found");
    ASSERT_TRUE(identity().revokeOwnSession(caller, "others"));
    EXPECT_EQ(reasonOf(identity().authenticate(third.token, kOrigin)), "revoked");
    EXPECT_EQ(reasonOf(identity().authenticate(first.token, kOrigin)), "open");
    EXPECT_EQ(ended(), (Endings{{second.session.id, "revoked"}, {third.session.id, "revoked"}}));
    EXPECT_EQ(reasonOf(identity().refresh(Caller{Caller::Kind::Session, {}, {}, {}, {}, {}, {}, third.session.id})),
              "revoked");
}

TEST_F(SessionsTest, OfOthersCannotBeRevokedAsOnesOwn) {
    makeUser("anna");
    makeUser("bert");
    const auto berts = signIn("bert");
    EXPECT_EQ(codeOf(identity().revokeOwnSession(callerOf(signIn("anna").token), berts.session.id)),
              "identity.not-found");
    EXPECT_TRUE(identity().authenticate(berts.token, kOrigin));
}

TEST_F(SessionsTest, SigningOutEndsOneOnceAndForAll) {
    makeUser("anna");
    const auto opened = signIn("anna");
    EXPECT_TRUE(identity().logout(opened.session.id));
    EXPECT_TRUE(identity().logout(opened.session.id));
    EXPECT_EQ(ended(), (Endings{{opened.session.id, "signed-out"}}));
    EXPECT_EQ(reasonOf(identity().authenticate(opened.token, kOrigin)), "signed-out");
}

TEST_F(SessionsTest, WrongTokensAreRefused) {
    makeUser("anna");
    const auto opened = signIn("anna");
    std::string nearly = opened.token;
    nearly.back() = nearly.back() == 'A' ? 'B' : 'A';
    for (const std::string& wrong : {std::string(), std::string("x"), nearly, opened.token + "x", opened.session.id,
                                     opened.csrf, hexOf(digestOf(opened.token)), std::string(1 << 20, 'x')}) {
        EXPECT_EQ(codeOf(identity().authenticate(wrong, kOrigin)), "identity.credentials");
    }
}

TEST_F(SessionsTest, TheCsrfTokenIsThatOfItsSession) {
    makeUser("anna");
    const auto first = signIn("anna");
    const auto second = signIn("anna");
    EXPECT_NE(first.csrf, first.token);
    EXPECT_TRUE(identity().csrfMatches(first.token, first.csrf));
    EXPECT_FALSE(identity().csrfMatches(first.token, second.csrf));
    EXPECT_FALSE(identity().csrfMatches(first.token, ""));
    EXPECT_FALSE(identity().csrfMatches(first.token, first.token));
    EXPECT_FALSE(identity().csrfMatches("", ""));
    EXPECT_FALSE(identity().csrfMatches("made up", csrfOf("made up"))) << "of no session at all";
    ASSERT_TRUE(identity().logout(first.session.id));
    EXPECT_FALSE(identity().csrfMatches(first.token, first.csrf));
}

TEST_F(SessionsTest, WhatTheProgramCallsItselfCannotForgeLines) {
    makeUser("anna");
    const auto opened =
        identity().login("anna", kPassword, {"192.0.2.1", std::string("a\r\nb\xff") + std::string(500, 'c')});
    ASSERT_TRUE(opened);
    EXPECT_EQ(opened->session.agent, "a  b");
}

TEST_F(SessionsTest, NobodyIsToldAfterTheListenerIsGone) {
    makeUser("anna");
    const auto opened = signIn("anna");
    identity().onEnded({});
    ASSERT_TRUE(identity().logout(opened.session.id));
    EXPECT_TRUE(ended().empty());
}

TEST_F(SessionsTest, AListenerMayAskTheStore) {
    makeUser("anna");
    const auto opened = signIn("anna");
    const Caller caller = callerOf(opened.token);
    bool isStillOpen = true;
    identity().onEnded(
        [&](const std::string&, const std::string&) { isStillOpen = identity().refresh(caller).has_value(); });
    ASSERT_TRUE(identity().logout(opened.session.id));
    EXPECT_FALSE(isStillOpen);
}

}  // namespace
}  // namespace signalbox::identity::test
