// Damage is found when a journal is read, names run and record, and leaves other runs alone.
#include <fstream>

#include <gtest/gtest.h>

#include "support/store_fixture.h"

namespace signalbox::test {
namespace {

class CorruptionTest : public testing::Test {
protected:
    CorruptionTest() {
        bench_.options.inlineLimit = 200;
        bench_.open();
        for (const RunId run : {healthy_, damaged_}) {
            auto append = creation(run, "owner-a", 10);
            append.records[4].payload = Value(std::string(1000, 'x'));
            append.records[6].payload = Value("needle-" + run.toString());
            EXPECT_TRUE(appendNow(bench_.store(), std::move(append)));
        }
        ofDamaged_ = "run = (SELECT row FROM runs WHERE hex(id) = '" + hex(damaged_) + "')";
    }
    static std::string hex(RunId run) {
        std::string text = run.toString();
        std::erase(text, '-');
        for (char& c : text) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
        return text;
    }
    void expectDamaged(int record) {
        const auto journal = bench_.store().readJournal(damaged_);
        ASSERT_FALSE(journal);
        EXPECT_EQ(journal.error().code, "store.corrupt");
        EXPECT_FALSE(journal.error().retryable);
        EXPECT_NE(journal.error().message.find(damaged_.toString()), std::string::npos);
        EXPECT_NE(journal.error().message.find("Record " + std::to_string(record) + " "), std::string::npos)
            << journal.error().message;
        EXPECT_EQ(bench_.store().readJournal(healthy_)->size(), 10U);
    }

    StoreBench bench_;
    RunId healthy_ = newRun();
    RunId damaged_ = newRun();
    std::string ofDamaged_;
};

TEST_F(CorruptionTest, AChangedNumber) {
    executeOutside(bench_.path(), "UPDATE journal SET attempt = 9 WHERE seq = 3 AND " + ofDamaged_);
    expectDamaged(3);
}

TEST_F(CorruptionTest, AChangedPayload) {
    executeOutside(bench_.path(),
                   "UPDATE journal SET payload = replace(payload, '8', '9') WHERE seq = 8 AND " + ofDamaged_);
    expectDamaged(8);
}

TEST_F(CorruptionTest, AMissingPayload) {
    executeOutside(bench_.path(), "UPDATE journal SET payload = NULL WHERE seq = 2 AND " + ofDamaged_);
    expectDamaged(2);
}

TEST_F(CorruptionTest, ALostRecord) {
    executeOutside(bench_.path(), "DELETE FROM journal WHERE seq = 6 AND " + ofDamaged_);
    expectDamaged(6);
}

TEST_F(CorruptionTest, ALostFirstRecord) {
    executeOutside(bench_.path(), "DELETE FROM journal WHERE seq = 1 AND " + ofDamaged_);
    expectDamaged(1);
}

TEST_F(CorruptionTest, ALostBlob) {
    executeOutside(bench_.path(), "UPDATE journal SET blob = zeroblob(32) WHERE seq = 5 AND " + ofDamaged_);
    expectDamaged(5);
}

TEST_F(CorruptionTest, AChangedBlobHitsEveryRunThatSharesIt) {
    executeOutside(bench_.path(), "UPDATE blob_data SET data = CAST('\"tampered\"' AS BLOB)");
    for (const RunId run : {healthy_, damaged_}) {
        const auto journal = bench_.store().readJournal(run);
        ASSERT_FALSE(journal);
        EXPECT_EQ(journal.error().code, "store.corrupt");
        EXPECT_NE(journal.error().message.find("Record 5 "), std::string::npos);
    }
}

TEST_F(CorruptionTest, AByteFlippedInTheFile) {
    bench_.close();
    std::fstream file(bench_.path(), std::ios::in | std::ios::out | std::ios::binary);
    const std::string content((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    const auto at = content.find("needle-" + damaged_.toString());
    ASSERT_NE(at, std::string::npos);
    file.clear();
    file.seekp(static_cast<std::streamoff>(at) + 2);
    file.put(static_cast<char>(content[at + 2] ^ 0x04));
    file.close();
    bench_.open();
    expectDamaged(7);
    ASSERT_TRUE(bench_.store().quarantine(damaged_, "Record 7 is damaged"));
    EXPECT_TRUE(appendNow(bench_.store(), batch(healthy_, 11, 1)));
}

TEST_F(CorruptionTest, ADamagedTreeIsAnErrorThatNamesTheRun) {
    const auto page = askOutside(bench_.path(), "SELECT rootpage FROM sqlite_schema WHERE name = 'journal'");
    const auto size = askOutside(bench_.path(), "PRAGMA page_size");
    bench_.close();
    {
        std::fstream file(bench_.path(), std::ios::in | std::ios::out | std::ios::binary);
        file.seekp((page - 1) * size);
        file.write("\xff\xff\xff\xff\xff\xff\xff\xff", 8);
    }
    bench_.open();
    const auto journal = bench_.store().readJournal(damaged_);
    ASSERT_FALSE(journal);
    EXPECT_EQ(journal.error().code, "store.corrupt");
    EXPECT_NE(journal.error().message.find(damaged_.toString()), std::string::npos);
    EXPECT_EQ(appendNow(bench_.store(), batch(healthy_, 11, 1)).error().code, "store.corrupt");
    EXPECT_TRUE(bench_.store().summary(healthy_).value().has_value());
}

}  // namespace
}  // namespace signalbox::test
