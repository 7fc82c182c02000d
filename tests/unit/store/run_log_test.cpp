// Log lines of runs: stored off the commit path, paged, filtered, kept within bounds, gone with their run.
#include "store/run_log.h"

#include <gtest/gtest.h>

#include "support/store_fixture.h"

namespace signalbox::store {
namespace {

class RunLogTest : public testing::Test {
protected:
    RunId newRunStored() {
        const RunId run = test::newRun();
        EXPECT_TRUE(test::appendNow(bench_.store(), test::creation(run)));
        return run;
    }
    static RunLogLine line(RunId run, std::string text, LogLevel level = LogLevel::Info, std::uint32_t node = 0) {
        RunLogLine line;
        line.run = run;
        line.wall = 5;
        line.level = level;
        line.node = node;
        line.attempt = 1;
        line.text = std::move(text);
        return line;
    }
    std::vector<RunLogLine> numbered(RunId run, int count) {
        std::vector<RunLogLine> lines;
        for (int i = 1; i <= count; ++i) lines.push_back(line(run, "line " + std::to_string(i)));
        return lines;
    }
    LogSlice read(RunId run, const LogQuery& query = {}) {
        EXPECT_TRUE(bench_.store().logs().flush());
        auto slice = bench_.store().logs().read(run, query);
        EXPECT_TRUE(slice) << (slice ? "" : slice.error().message);
        return slice ? std::move(*slice) : LogSlice{};
    }
    test::StoreBench bench_;
};

TEST_F(RunLogTest, KeepsWhatWasSaidWithItsPlaceAndFields) {
    bench_.open();
    const RunId run = newRunStored();
    RunLogLine said = line(run, "hello", LogLevel::Warning, 3);
    said.item = 7;
    said.data = Value::object({{"n", 1}});
    bench_.store().logs().add({said, line(newRunStored(), "another run's")});
    const LogSlice slice = read(run);
    ASSERT_EQ(slice.lines.size(), 1U);
    EXPECT_EQ(slice.lines[0].line, 1U);
    EXPECT_EQ(slice.lines[0].text, "hello");
    EXPECT_EQ(slice.lines[0].level, LogLevel::Warning);
    EXPECT_EQ(slice.lines[0].node, 3U);
    EXPECT_EQ(slice.lines[0].item, 7U);
    EXPECT_EQ(slice.lines[0].data, Value::object({{"n", 1}}));
    EXPECT_EQ(slice.kept, 1U);
    EXPECT_EQ(slice.dropped, 0U);
}

TEST_F(RunLogTest, SurvivesItsProgram) {
    bench_.open();
    const RunId run = newRunStored();
    bench_.store().logs().add({line(run, "last words")});
    bench_.open();
    EXPECT_EQ(read(run).lines.at(0).text, "last words");
}

TEST_F(RunLogTest, PagesBothWays) {
    bench_.open();
    const RunId run = newRunStored();
    bench_.store().logs().add(numbered(run, 10));
    LogQuery query;
    query.limit = 4;
    LogSlice slice = read(run, query);
    EXPECT_EQ(slice.lines.front().line, 1U);
    EXPECT_EQ(slice.lines.back().line, 4U);
    EXPECT_TRUE(slice.more);
    query.fromLine = 7;
    slice = read(run, query);
    EXPECT_EQ(slice.lines.front().line, 7U);
    EXPECT_FALSE(slice.more);
    query.backwards = true;
    query.fromLine = 0;
    slice = read(run, query);
    EXPECT_EQ(slice.lines.front().line, 7U) << "ascending, whichever way was asked";
    EXPECT_EQ(slice.lines.back().line, 10U);
    query.fromLine = 3;
    slice = read(run, query);
    EXPECT_EQ(slice.lines.size(), 3U);
    EXPECT_FALSE(slice.more);
}

TEST_F(RunLogTest, FiltersByLevelNodeAndText) {
    bench_.open();
    const RunId run = newRunStored();
    bench_.store().logs().add({line(run, "Connected to A", LogLevel::Debug, 1),
                               line(run, "connection lost", LogLevel::Error, 2),
                               line(run, "tried again", LogLevel::Warning, 2)});
    LogQuery query;
    query.least = LogLevel::Warning;
    EXPECT_EQ(read(run, query).lines.size(), 2U);
    query.text = "CONNECT";
    EXPECT_EQ(read(run, query).lines.size(), 1U);
    query.least = LogLevel::Debug;
    EXPECT_EQ(read(run, query).lines.size(), 2U);
    query.node = 2;
    EXPECT_EQ(read(run, query).lines.at(0).text, "connection lost");
}

TEST_F(RunLogTest, KeepsTheBeginningAndTheEndOfALongLogAndSaysWhatIsMissing) {
    bench_.options.logLimits.firstLines = 10;
    bench_.options.logLimits.lines = 400;
    bench_.open();
    const RunId run = newRunStored();
    for (int i = 0; i < 4; ++i) bench_.store().logs().add(numbered(run, 500));
    LogQuery all;
    all.limit = 5000;
    const LogSlice slice = read(run, all);
    EXPECT_LE(slice.lines.size(), 400U);
    EXPECT_EQ(slice.kept, slice.lines.size());
    EXPECT_EQ(slice.dropped, 2000U - slice.kept);
    EXPECT_EQ(slice.lines[9].line, 10U);
    EXPECT_EQ(slice.lines.back().line, 2000U);
    EXPECT_GT(slice.lines[10].line, 1000U) << "what is missing was in the middle";
}

TEST_F(RunLogTest, BoundsBytesAndSingleLines) {
    bench_.options.logLimits.bytes = 20'000;
    bench_.options.logLimits.lineBytes = 1000;
    bench_.open();
    const RunId run = newRunStored();
    std::vector<RunLogLine> lines;
    for (int i = 0; i < 100; ++i) lines.push_back(line(run, std::string(3000, 'x')));
    bench_.store().logs().add(lines);
    const LogSlice slice = read(run);
    EXPECT_LE(slice.kept, 20U);
    EXPECT_GE(slice.kept, 1U);
    EXPECT_EQ(slice.lines.back().line, 100U);
    EXPECT_NE(slice.lines.back().text.find("1000 of 3000 bytes"), std::string::npos);
}

TEST_F(RunLogTest, DropsAndCountsWhatComesTooFast) {
    bench_.options.logLimits.queuedLines = 5;
    bench_.open();
    const RunId run = newRunStored();
    bench_.store().logs().add(numbered(run, 50));
    EXPECT_EQ(read(run).kept, 5U);
    EXPECT_EQ(bench_.store().logs().dropped(), 45U);
}

TEST_F(RunLogTest, GoesWithItsRun) {
    bench_.options.retention.maxRuns = 1;
    bench_.open();
    std::vector<RunId> runs;
    for (int i = 0; i < 2; ++i) {
        runs.push_back(newRunStored());
        const auto summary = bench_.store().summary(runs.back()).value().value();
        ASSERT_TRUE(test::appendNow(bench_.store(), test::ending(summary, 2, engine::RunStatus::Succeeded)));
        bench_.store().logs().add({line(runs.back(), "said")});
    }
    ASSERT_TRUE(bench_.store().logs().flush());
    ASSERT_TRUE(bench_.store().runMaintenance());
    EXPECT_EQ(bench_.store().logs().read(runs[0], {}).error().code, "run.not-found");
    EXPECT_EQ(read(runs[1]).lines.size(), 1U);
    ConnectionOptions options;
    options.path = bench_.path();
    EXPECT_EQ(Database::open(options).value()->integer("SELECT count(*) FROM run_logs").value(), 1);
}

TEST_F(RunLogTest, LinesOfARunThatNeverCameToBeAreNoError) {
    bench_.open();
    bench_.store().logs().add({line(test::newRun(), "nowhere")});
    EXPECT_TRUE(bench_.store().logs().flush());
}

}  // namespace
}  // namespace signalbox::store
