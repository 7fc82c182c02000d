#include <atomic>
#include <thread>

#include "unit/identity/identity_fixture.h"

namespace signalbox::identity::test {
namespace {

using ConcurrencyTest = IdentityTest;

/// Once a revocation has been answered, nobody gets in with that token again, however many are trying.
TEST_F(ConcurrencyTest, NoTokenOutlivesItsRevocation) {
    constexpr int kRounds = 20;
    makeUser("anna");
    for (int round = 0; round < kRounds; ++round) {
        const auto opened = signIn("anna");
        std::atomic<bool> isRevoked{false};
        std::atomic<int> tries{0};
        std::atomic<int> late{0};
        std::vector<std::jthread> threads;
        for (int i = 0; i < 3; ++i) {
            threads.emplace_back([&](const std::stop_token& stop) {
                while (!stop.stop_requested()) {
                    const bool wasRevoked = isRevoked;
                    const bool isIn = identity().authenticate(opened.token, kOrigin).has_value();
                    if (wasRevoked && isIn) ++late;
                    ++tries;
                }
            });
        }
        while (tries < 30) std::this_thread::yield();
        ASSERT_TRUE(identity().revokeSession("default", opened.session.id));
        isRevoked = true;
        const int before = tries;
        while (tries < before + 30) std::this_thread::yield();
        threads.clear();
        EXPECT_EQ(late, 0);
    }
}

TEST_F(ConcurrencyTest, EverythingAtOnce) {
    const auto user = makeUser("anna", {"administrator"});
    const auto opened = signIn("anna");
    const auto key = identity().createOwnKey(callerOf(opened.token), {"k", {"*"}, 0}).value();
    const auto another = openAnother();
    std::vector<std::jthread> threads;
    const auto repeat = [&](int times, auto act) {
        threads.emplace_back([times, act] {
            for (int i = 0; i < times; ++i) act(i);
        });
    };
    repeat(300, [&](int) { static_cast<void>(identity().authenticate(opened.token, kOrigin)); });
    repeat(300, [&](int) { static_cast<void>(identity().authenticate(key.secret, kOrigin)); });
    repeat(30, [&](int) { static_cast<void>(identity().login("anna", kPassword, kOrigin)); });
    repeat(30, [&](int i) {
        static_cast<void>(another->createUser("default", {"u" + std::to_string(i), "", kPassword, {}}));
    });
    repeat(50, [&](int) { identity().keepUp(); });
    repeat(50, [&](int) {
        clock_.advance(kSecond);
        static_cast<void>(identity().users("default", {}));
        static_cast<void>(identity().sessions("default", user.id));
        static_cast<void>(identity().keys("default", {}));
    });
    repeat(50, [&](int i) {
        if (i % 2 == 0) identity().onEnded([](const std::string&, const std::string&) {});
        if (i % 2 == 1) identity().onEnded({});
    });
    threads.clear();
    identity().keepUp();
    EXPECT_EQ(identity().users("default", {})->users.size(), 31U);
    EXPECT_LE(identity().sessions("default", user.id).sessions.size(), 5U);
}

TEST_F(ConcurrencyTest, OfManyWhoTakeALoginOneGetsIt) {
    std::atomic<int> made{0};
    std::vector<std::jthread> threads;
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([&] {
            if (identity().createUser("default", {"anna", "", kPassword, {}})) ++made;
        });
    }
    threads.clear();
    EXPECT_EQ(made, 1);
}

TEST_F(ConcurrencyTest, KeepsUpByItself) {
    IdentityOptions wanted = options();
    wanted.keepsUp = true;
    auto keeping = LocalIdentity::open(wanted);
    ASSERT_TRUE(keeping);
    std::atomic<bool> isTold{false};
    (*keeping)->onEnded([&](const std::string&, const std::string& reason) {
        EXPECT_EQ(reason, "revoked");
        isTold = true;
        isTold.notify_all();
    });
    makeUser("anna");
    const auto opened = signIn("anna");
    ASSERT_TRUE((*keeping)->authenticate(opened.token, kOrigin));
    ASSERT_TRUE(identity().revokeSession("default", opened.session.id));
    isTold.wait(false);
    (*keeping)->onEnded({});
}

}  // namespace
}  // namespace signalbox::identity::test
