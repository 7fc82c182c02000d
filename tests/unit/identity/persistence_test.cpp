#include <fstream>
#include <iterator>

#include <sys/stat.h>
#include <unistd.h>

#include "unit/identity/identity_fixture.h"

namespace signalbox::identity::test {
namespace {

using PersistenceTest = IdentityTest;
namespace fs = std::filesystem;

std::string bytesOf(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

TEST_F(PersistenceTest, EverythingIsThereAfterARestart) {
    const auto user = makeUser("anna", {"operator"});
    const auto open1 = signIn("anna");
    const auto gone = signIn("anna");
    const auto key = makeKey("anna", {"run:read"});
    ASSERT_TRUE(identity().logout(gone.session.id));
    clock_.advance(kMinute);
    open();
    EXPECT_EQ(identity().user("default", user.id)->roles, user.roles);
    EXPECT_EQ(callerOf(open1.token).login, "anna");
    EXPECT_EQ(callerOf(key.secret).login, "anna");
    EXPECT_TRUE(identity().csrfMatches(open1.token, open1.csrf));
    EXPECT_EQ(identity().authenticate(gone.token, kOrigin).error().where, "signed-out");
}

/// What has been answered is on disk: a copy of the files, taken while the store is open, has it.
TEST_F(PersistenceTest, NothingAnsweredIsLostInACrash) {
    makeUser("anna");
    const auto opened = signIn("anna");
    const auto revoked = signIn("anna");
    ASSERT_TRUE(identity().revokeSession("default", revoked.session.id));
    const fs::path copy = folder() / "copy";
    fs::create_directory(copy);
    for (const char* name : {"identity.db", "identity.db-wal"}) fs::copy_file(folder() / name, copy / name);
    IdentityOptions wanted = options();
    wanted.file = copy / "identity.db";
    const auto recovered = LocalIdentity::open(wanted);
    ASSERT_TRUE(recovered) << recovered.error().message;
    EXPECT_TRUE((*recovered)->authenticate(opened.token, kOrigin));
    EXPECT_EQ((*recovered)->authenticate(revoked.token, kOrigin).error().where, "revoked");
}

TEST_F(PersistenceTest, UseIsWrittenDownOnceAMinute) {
    makeUser("anna");
    const auto opened = signIn("anna");
    clock_.advance(90 * kMinute);
    EXPECT_TRUE(identity().authenticate(opened.token, kOrigin));
    identity().keepUp();
    clock_.advance(60 * kMinute);
    const auto another = openAnother();
    EXPECT_TRUE(another->authenticate(opened.token, kOrigin)) << "150 minutes after it was opened, 60 after its use";
}

TEST_F(PersistenceTest, AuthenticationWritesNothing) {
    makeUser("anna");
    const auto opened = signIn("anna");
    const auto before = fs::file_size(folder() / "identity.db-wal");
    for (int i = 0; i < 1000; ++i) {
        clock_.advance(2 * kSecond);
        ASSERT_TRUE(identity().authenticate(opened.token, kOrigin));
    }
    EXPECT_EQ(fs::file_size(folder() / "identity.db-wal"), before);
}

TEST_F(PersistenceTest, FilesAreTheirOwnersAlone) {
    makeUser("anna");
    std::size_t files = 0;
    for (const auto& entry : fs::directory_iterator(folder())) {
        struct stat state {};
        ASSERT_EQ(::stat(entry.path().c_str(), &state), 0);
        EXPECT_EQ(state.st_mode & 0777U, 0600U) << entry.path();
        ++files;
    }
    EXPECT_GE(files, 2U);
}

TEST_F(PersistenceTest, NoSecretIsInAnyFileOrLine) {
    const auto tokenFile = identity().makeSetupToken();
    ASSERT_TRUE(tokenFile);
    std::string setupToken = bytesOf(*tokenFile);
    setupToken.pop_back();
    std::vector<std::string> secrets{setupToken, kPassword, kOtherPassword};
    const auto admin = identity().setUp(setupToken, "root", "Root", kPassword, kOrigin);
    ASSERT_TRUE(admin);
    makeUser("anna", {"administrator"});
    const auto opened = signIn("anna");
    const auto key = makeKey("anna", {"*"});
    static_cast<void>(identity().login("anna", "a wrong password", kOrigin));
    static_cast<void>(identity().login("a password typed as login", "x", kOrigin));
    ASSERT_TRUE(identity().changeOwnPassword(callerOf(opened.token), {kPassword, kOtherPassword}));
    for (const std::string& more : {admin->token, admin->csrf, opened.token, opened.csrf, key.secret,
                                    key.secret.substr(key.key.prefix.size() + 1), std::string("a wrong password"),
                                    std::string("typed as login")}) {
        secrets.push_back(more);
    }
    identity().keepUp();
    std::string everything = logged();
    EXPECT_NE(everything.find("signed in"), std::string::npos);
    for (const auto& entry : fs::directory_iterator(folder())) everything += bytesOf(entry.path());
    close();
    for (const auto& entry : fs::directory_iterator(folder())) everything += bytesOf(entry.path());
    for (const std::string& secret : secrets) EXPECT_EQ(everything.find(secret), std::string::npos) << secret;
    EXPECT_NE(everything.find(key.key.prefix), std::string::npos) << "what is looked for would be found";
}

TEST_F(PersistenceTest, AnotherProgramsChangesAreSeen) {
    const auto another = openAnother();
    const auto made = another->createUser("default", {"anna", "", kPassword, {"viewer"}});
    ASSERT_TRUE(made);
    EXPECT_FALSE(identity().needsSetup());
    const auto opened = another->login("anna", kPassword, kOrigin);
    ASSERT_TRUE(opened);
    EXPECT_TRUE(identity().authenticate(opened->token, kOrigin)) << "a token that is not known yet is looked for";
    ASSERT_TRUE(another->revokeSession("default", opened->session.id));
    identity().keepUp();
    EXPECT_EQ(identity().authenticate(opened->token, kOrigin).error().where, "revoked");
    EXPECT_EQ(ended(), (std::vector<std::pair<std::string, std::string>>{{opened->session.id, "revoked"}}));
}

TEST_F(PersistenceTest, TwoProgramsKeepOneAdministratorBetweenThem) {
    const auto anna = makeUser("anna", {"administrator"});
    const auto bert = makeUser("bert", {"administrator"});
    const auto another = openAnother();
    ASSERT_TRUE(identity().deleteUser("default", {anna.id, anna.etag}));
    EXPECT_EQ(codeOf(another->deleteUser("default", {bert.id, bert.etag})), "identity.last-administrator");
    EXPECT_EQ(codeOf(another->createUser("default", {"BERT", "", kPassword, {}})), "identity.login-taken");
}

TEST_F(PersistenceTest, DisablingElsewhereEndsSessionsAndKeysHere) {
    const auto anna = makeUser("anna");
    const auto opened = signIn("anna");
    const auto key = identity().createOwnKey(callerOf(opened.token), {"k", {"run:read"}, 0}).value();
    const auto another = openAnother();
    ASSERT_TRUE(another->updateUser("default", {anna.id, "", {}, true, anna.etag}));
    identity().keepUp();
    EXPECT_EQ(ended(), (std::vector<std::pair<std::string, std::string>>{{opened.session.id, "disabled"},
                                                                         {key.key.id, "disabled"}}));
}

TEST_F(PersistenceTest, ADamagedOrForeignFileIsRefusedUnharmed) {
    close();
    for (const char* suffix : {"", "-wal", "-shm"}) fs::remove(file().string() + suffix);
    std::ofstream(file()) << std::string(8192, 'x');
    const auto opened = LocalIdentity::open(options());
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, "store.corrupt");
    EXPECT_EQ(bytesOf(file()), std::string(8192, 'x'));
}

TEST_F(PersistenceTest, EndedSessionsAreForgottenAfterADay) {
    makeUser("anna");
    const auto opened = signIn("anna");
    ASSERT_TRUE(identity().logout(opened.session.id));
    clock_.advance(25 * kHour);
    identity().keepUp();
    open();
    EXPECT_EQ(codeOf(identity().authenticate(opened.token, kOrigin)), "identity.credentials");
}

}  // namespace
}  // namespace signalbox::identity::test
