#include <algorithm>
#include <atomic>
#include <chrono>
#include <optional>
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

/// Another program that keeps the file locked, as a backup or a stopped process would.
class StuckWriter {
public:
    explicit StuckWriter(const std::filesystem::path& file) {
        auto opened = Tables::open(file);
        EXPECT_TRUE(opened);
        tables_ = *std::move(opened);
        auto scope = tables_->begin();
        EXPECT_TRUE(scope);
        if (scope) scope_.emplace(*std::move(scope));
    }

private:
    std::unique_ptr<Tables> tables_;
    std::optional<sqlite::Transaction> scope_;
};

TEST_F(ConcurrencyTest, LettingInWaitsForNobodyWhoWrites) {
    makeUser("anna", {"administrator"});
    const auto opened = signIn("anna");
    const auto another = openAnother();
    const auto caller = another->authenticate(opened.token, kOrigin);
    ASSERT_TRUE(caller);
    std::optional<StuckWriter> stuck;
    // Made elsewhere, and not heard of here until somebody comes with it.
    const auto key = another->createOwnKey(*caller, {"new", {"*"}, 0});
    ASSERT_TRUE(key);
    stuck.emplace(file());
    std::atomic<bool> isWritten{false};
    std::jthread writer([&] {
        static_cast<void>(identity().createUser("default", {"bob", "", kPassword, {}}));
        isWritten = true;
    });
    // Long enough for the writer to wait, and for nobody else to have been held up as long as it.
    constexpr std::chrono::milliseconds kLong{400};
    constexpr std::chrono::milliseconds kShort{200};
    const auto start = std::chrono::steady_clock::now();
    auto slowest = std::chrono::steady_clock::duration::zero();
    for (auto now = start; now - start < kLong;) {
        EXPECT_EQ(codeOf(identity().authenticate("no such token", kOrigin)), "identity.credentials");
        EXPECT_TRUE(identity().authenticate(opened.token, kOrigin));
        const auto later = std::chrono::steady_clock::now();
        slowest = std::max(slowest, later - now);
        now = later;
    }
    EXPECT_TRUE(identity().authenticate(key->secret, kOrigin)) << "new ones are found all the same";
    EXPECT_EQ(identity().sessions("default", {}).sessions.size(), 1U) << "and looked at";
    EXPECT_FALSE(isWritten) << "it was never locked";
    EXPECT_LT(slowest, kShort);
    stuck.reset();
    writer.join();
    EXPECT_TRUE(isWritten);
    EXPECT_EQ(identity().users("default", {})->users.size(), 2U) << "and nothing is lost by it";
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
