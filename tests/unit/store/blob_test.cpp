// Large payloads: outside the journal, once for equal content, gone with the last run that refers to them.
#include <gtest/gtest.h>

#include "support/store_fixture.h"

namespace signalbox::test {
namespace {

using engine::RunStatus;

class BlobTest : public testing::Test {
protected:
    BlobTest() {
        bench_.options.inlineLimit = 100;
        bench_.options.retention = {};
        bench_.open();
    }
    store::SqliteStore& store() { return bench_.store(); }
    std::int64_t ask(const std::string& sql) { return askOutside(bench_.path(), sql); }
    /// A finished run whose first record carries that text.
    RunId finished(const std::string& text) {
        auto append = creation(newRun());
        append.records[0].payload = Value(text);
        append.summary->status = RunStatus::Succeeded;
        append.summary->finishedWall = append.summary->createdWall;
        const RunId run = append.run;
        EXPECT_TRUE(appendNow(store(), std::move(append)));
        return run;
    }
    StoreBench bench_;
};

TEST_F(BlobTest, ALargePayloadComesBackFromOutsideTheJournal) {
    const std::string text(100'000, 'x');
    const RunId run = finished(text);
    EXPECT_EQ(store().readJournal(run)->front().payload, Value(text));
    EXPECT_EQ(ask("SELECT count(*) FROM journal WHERE payload IS NOT NULL"), 0);
    EXPECT_EQ(ask("SELECT size FROM blobs"), 100'002);
    EXPECT_LT(ask("SELECT max(length(blob)) FROM journal"), 100);
}

TEST_F(BlobTest, EqualContentIsStoredOnceAndCounted) {
    const std::string text(500, 'x');
    finished(text);
    finished(text);
    finished(std::string(500, 'y'));
    EXPECT_EQ(ask("SELECT count(*) FROM blobs"), 2);
    EXPECT_EQ(ask("SELECT count(*) FROM blob_data"), 2);
    EXPECT_EQ(ask("SELECT max(refs) FROM blobs"), 2);
}

TEST_F(BlobTest, ABlobGoesWithItsLastReference) {
    const std::string text(500, 'x');
    finished(text);
    const RunId second = finished(text);
    bench_.options.retention.maxRuns = 1;
    bench_.open();
    ASSERT_TRUE(store().runMaintenance());
    EXPECT_EQ(ask("SELECT count(*) FROM runs"), 1);
    EXPECT_EQ(ask("SELECT refs FROM blobs"), 1);
    EXPECT_EQ(store().readJournal(second)->front().payload, Value(text));
    finished(std::string(500, 'z'));
    ASSERT_TRUE(store().runMaintenance());
    EXPECT_EQ(ask("SELECT count(*) FROM blobs"), 1);
    EXPECT_EQ(ask("SELECT count(*) FROM blob_data"), 1);
    EXPECT_EQ(store().readJournal(second).error().code, "run.not-found");
}

TEST_F(BlobTest, BytesSurviveTheWayThroughABlob) {
    std::string bytes;
    for (int i = 0; i < 1000; ++i) bytes += static_cast<char>(i % 256);
    auto append = creation(newRun());
    append.records[0].payload = Value::object({{"file", Value::bytes(bytes)}});
    const RunId run = append.run;
    const auto expected = append.records;
    ASSERT_TRUE(appendNow(store(), std::move(append)));
    EXPECT_EQ(store().readJournal(run).value(), expected);
}

}  // namespace
}  // namespace signalbox::test
