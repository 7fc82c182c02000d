#include "base/file.h"

#include <csignal>
#include <fstream>
#include <thread>

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

namespace signalbox {
namespace {

namespace fs = std::filesystem;

class FileTest : public testing::Test {
protected:
    void SetUp() override {
        std::string name = (fs::temp_directory_path() / "signalbox-file-XXXXXX").string();
        ASSERT_NE(::mkdtemp(name.data()), nullptr);
        folder_ = name;
    }
    void TearDown() override { fs::remove_all(folder_); }

    [[nodiscard]] std::size_t entries() const {
        return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder_), fs::directory_iterator()));
    }

    fs::path folder_;
};

TEST_F(FileTest, WritesReadsAndReplaces) {
    const auto path = folder_ / "a.txt";
    const std::string content("some\0bytes", 10);
    ASSERT_TRUE(writeFileAtomically(path, content));
    EXPECT_EQ(readFile(path), content);
    ASSERT_TRUE(writeFileAtomically(path, ""));
    EXPECT_EQ(readFile(path), "");
    EXPECT_EQ(entries(), 1U) << "no temporary file is left";
}

TEST_F(FileTest, KeepsTheModeOfAReplacedFile) {
    const auto path = folder_ / "secret";
    ASSERT_TRUE(writeFileAtomically(path, "old"));
    ASSERT_EQ(::chmod(path.c_str(), 0600), 0);
    ASSERT_TRUE(writeFileAtomically(path, "new"));
    struct stat status {};
    ASSERT_EQ(::stat(path.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0600U);
}

TEST_F(FileTest, WritesBesideTheProgramWhenThereIsNoFolder) {
    const auto before = fs::current_path();
    fs::current_path(folder_);
    EXPECT_TRUE(writeFileAtomically("plain.txt", "x"));
    fs::current_path(before);
    EXPECT_EQ(readFile(folder_ / "plain.txt"), "x");
}

TEST_F(FileTest, AFailedWriteLeavesEverythingAsItWas) {
    const auto missing = folder_ / "none" / "a.txt";
    const auto status = writeFileAtomically(missing, "x");
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().code, "file.write");
    EXPECT_EQ(status.error().where, missing.string());
    EXPECT_FALSE(status.error().hint.empty());

    const auto occupied = folder_ / "occupied";
    fs::create_directory(occupied);
    std::ofstream(occupied / "inside") << "old";
    const auto refused = writeFileAtomically(occupied, "x");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "file.write");
    EXPECT_EQ(readFile(occupied / "inside"), "old");
    EXPECT_EQ(entries(), 1U) << "no temporary file is left";
}

TEST_F(FileTest, AFullDiskIsToldAsSuchAndLeavesTheOldFile) {
    const auto path = folder_ / "limited";
    ASSERT_TRUE(writeFileAtomically(path, "old"));
    // A limit on file sizes fails the write in the middle, as a full disk does.
    rlimit before{};
    ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
    rlimit small = before;
    small.rlim_cur = 4096;
    const auto handler = std::signal(SIGXFSZ, SIG_IGN);
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
    const auto status = writeFileAtomically(path, std::string(100'000, 'x'));
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &before), 0);
    std::signal(SIGXFSZ, handler);
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().code, "file.no-space");
    EXPECT_TRUE(status.error().retryable);
    EXPECT_EQ(readFile(path), "old");
    EXPECT_EQ(entries(), 1U) << "no temporary file is left";
}

TEST_F(FileTest, ANameThatIsTooLongIsRefused) {
    const auto status = writeFileAtomically(folder_ / std::string(300, 'x'), "x");
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().code, "file.write");
}

TEST_F(FileTest, ReadersSeeTheOldOrTheNewContentNeverAMix) {
    const auto path = folder_ / "shared";
    const std::string a(200'000, 'a');
    const std::string b(150'000, 'b');
    ASSERT_TRUE(writeFileAtomically(path, a));
    std::jthread writer([&] {
        for (int i = 0; i < 20; ++i) ASSERT_TRUE(writeFileAtomically(path, i % 2 == 0 ? b : a));
    });
    for (int i = 0; i < 50; ++i) {
        const auto content = readFile(path);
        ASSERT_TRUE(content);
        ASSERT_TRUE(*content == a || *content == b);
    }
}

TEST_F(FileTest, ReadingTellsWhyItFails) {
    EXPECT_EQ(readFile(folder_ / "none").error().code, "file.not-found");
    EXPECT_EQ(readFile(folder_).error().code, "file.read");
    const auto path = folder_ / "five";
    ASSERT_TRUE(writeFileAtomically(path, "12345"));
    EXPECT_EQ(readFile(path, 5), "12345");
    EXPECT_EQ(readFile(path, 4).error().code, "file.too-large");
    EXPECT_EQ(readFile("/dev/zero", 1000).error().code, "file.too-large");
    if (::geteuid() != 0) {
        ASSERT_EQ(::chmod(path.c_str(), 0), 0);
        EXPECT_EQ(readFile(path).error().code, "file.permission");
    }
}

TEST_F(FileTest, ReadsFilesThatDoNotTellTheirSize) {
    const auto status = readFile("/proc/self/status");
    ASSERT_TRUE(status);
    EXPECT_NE(status->find("Pid:"), std::string::npos);
}

}  // namespace
}  // namespace signalbox
