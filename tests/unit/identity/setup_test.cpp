#include <fstream>
#include <iterator>

#include <sys/stat.h>

#include "unit/identity/identity_fixture.h"

namespace signalbox::identity::test {
namespace {

class SetupTest : public IdentityTest {
protected:
    std::string makeToken() {
        const auto path = identity().makeSetupToken();
        EXPECT_TRUE(path);
        std::ifstream in(*path);
        std::string token;
        std::getline(in, token);
        return token;
    }
    Result<OpenedSession> setUp(const std::string& token, const std::string& password = kPassword) {
        return identity().setUp(token, "root", "The first", password, kOrigin);
    }
};

TEST_F(SetupTest, TheTokenIsInAFileOfItsOwnersAlone) {
    EXPECT_TRUE(identity().needsSetup());
    const auto path = identity().makeSetupToken();
    ASSERT_TRUE(path);
    EXPECT_EQ(*path, folder() / "setup-token");
    struct stat state {};
    ASSERT_EQ(::stat(path->c_str(), &state), 0);
    EXPECT_EQ(state.st_mode & 0777U, 0600U);
}

TEST_F(SetupTest, MakesTheFirstAdministratorOnce) {
    const std::string token = makeToken();
    EXPECT_EQ(token.size(), 43U);
    const auto opened = setUp(token);
    ASSERT_TRUE(opened) << opened.error().message;
    EXPECT_EQ(callerOf(opened->token).roles, std::vector<std::string>{"administrator"});
    EXPECT_FALSE(identity().needsSetup());
    EXPECT_FALSE(std::filesystem::exists(folder() / "setup-token"));
    EXPECT_EQ(codeOf(setUp(token)), "identity.set-up");
    EXPECT_EQ(codeOf(identity().makeSetupToken()), "identity.set-up");
    EXPECT_TRUE(identity().login("ROOT", kPassword, kOrigin));
}

TEST_F(SetupTest, AWrongTokenIsThrottled) {
    const std::string token = makeToken();
    for (int i = 0; i < 6; ++i) EXPECT_EQ(codeOf(setUp("guess")), "identity.setup-token");
    const auto refused = setUp(token);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "identity.throttled");
    EXPECT_TRUE(refused.error().retryable);
    EXPECT_EQ(refused.error().hint, "Try again in 1 s");
    clock_.advance(kSecond);
    EXPECT_TRUE(setUp(token));
}

TEST_F(SetupTest, AWeakPasswordDoesNotUseTheTokenUp) {
    const std::string token = makeToken();
    for (int i = 0; i < 10; ++i) EXPECT_EQ(codeOf(setUp(token, "short")), "identity.password-weak");
    EXPECT_TRUE(setUp(token));
}

TEST_F(SetupTest, TheTokenIsValidForADayAndOnlyTheNewestOne) {
    const std::string first = makeToken();
    const std::string second = makeToken();
    EXPECT_NE(first, second);
    EXPECT_EQ(codeOf(setUp(first)), "identity.setup-token");
    clock_.advance(24 * kHour);
    EXPECT_EQ(codeOf(setUp(second)), "identity.setup-token");
}

TEST_F(SetupTest, WithoutATokenNobodyIsSetUp) {
    EXPECT_EQ(codeOf(setUp("")), "identity.setup-token");
    EXPECT_EQ(codeOf(setUp(std::string(64, '0'))), "identity.setup-token");
}

TEST_F(SetupTest, TheTokenOutlivesARestart) {
    const std::string token = makeToken();
    open();
    EXPECT_TRUE(setUp(token));
}

}  // namespace
}  // namespace signalbox::identity::test
