#include "base/log.h"

#include <vector>

#include <gtest/gtest.h>

#include "base/json.h"
#include "base/log_gate.h"

namespace signalbox {
namespace {

constexpr Micros kWall = 1'772'368'496'789'000;

TEST(Log, LinesReadWell) {
    const LogLine line{kWall, LogLevel::Warning, "engine", "The run is late",
                       Value::object({{"run", "r1"}, {"by", 1.5}, {"why", "no worker"}, {"none", Value::undefined()}})};
    EXPECT_EQ(formatLogLine(line),
              "2026-03-01T12:34:56.789Z WARN  engine  The run is late run=r1 by=1.5 why=\"no worker\"");
    EXPECT_EQ(formatLogLine({kWall, LogLevel::Error, "", "x", {}}), "2026-03-01T12:34:56.789Z ERROR x");
}

TEST(Log, JsonLinesParse) {
    const LogLine line{kWall, LogLevel::Info, "store", "two\nlines", Value::object({{"n", 3}})};
    const auto text = formatLogLine(line, true);
    EXPECT_EQ(text.find('\n'), std::string::npos);
    EXPECT_EQ(parseJson(text), Value::object({{"time", "2026-03-01T12:34:56.789Z"},
                                              {"level", "info"},
                                              {"component", "store"},
                                              {"message", "two\nlines"},
                                              {"fields", Value::object({{"n", 3}})}}));
}

TEST(Log, NothingForgesASecondLine) {
    const LogLine line{kWall, LogLevel::Info, "api\nx", "a\n2026-01-01T00:00:00.000Z ERROR forged \x1b[2J",
                       Value::object({{"user", "x\ny"}, {"a=\nb", 1}, {"c", "k=v"}})};
    const auto text = formatLogLine(line);
    EXPECT_EQ(text.find('\n'), std::string::npos) << text;
    EXPECT_EQ(text.find('\x1b'), std::string::npos) << text;
    EXPECT_NE(text.find("c=\"k=v\""), std::string::npos) << text;
}

TEST(Log, PassesLinesOfTheLevelAndAboveWithTimeAndComponent) {
    const ManualClock clock(kWall);
    std::vector<LogLine> lines;
    const Logger root(
        clock, [&lines](const LogLine& line) { lines.push_back(line); }, LogLevel::Warning);
    const auto logger = root.component("engine");
    logger.debug("no");
    logger.info("no");
    logger.warning("yes", Value::object({{"k", 1}}));
    logger.error("also");
    root.error("from the root");
    ASSERT_EQ(lines.size(), 3U);
    EXPECT_EQ(lines[0].component, "engine");
    EXPECT_EQ(lines[0].wall, kWall);
    EXPECT_EQ(lines[0].level, LogLevel::Warning);
    EXPECT_EQ(lines[0].fields["k"], Value(1));
    EXPECT_EQ(lines[2].component, "");
    EXPECT_FALSE(logger.isEnabled(LogLevel::Info));
    EXPECT_TRUE(logger.isEnabled(LogLevel::Error));
}

TEST(Log, ADefaultLoggerDropsEverything) {
    const Logger logger;
    logger.component("x").error("nobody hears it");
    EXPECT_FALSE(logger.isEnabled(LogLevel::Error));
}

TEST(Log, TheLevelOfAGateChangesWhileLoggersUseIt) {
    const ManualClock clock;
    std::vector<std::string> lines;
    const LogGate gate([&](const LogLine& line) { lines.push_back(line.message); }, LogLevel::Warning);
    const Logger log(clock, gate, LogLevel::Debug);
    const Logger strict(clock, gate, LogLevel::Error);
    log.info("dropped");
    EXPECT_FALSE(log.isEnabled(LogLevel::Info));
    gate.setLeast(LogLevel::Debug);
    EXPECT_TRUE(log.component("store").isEnabled(LogLevel::Debug));
    EXPECT_FALSE(strict.isEnabled(LogLevel::Warning)) << "a logger's own level still counts";
    log.debug("passed");
    EXPECT_EQ(lines, std::vector<std::string>{"passed"});
}

TEST(Log, StderrSinkWritesOneLine) {
    testing::internal::CaptureStderr();
    stderrSink()({kWall, LogLevel::Info, "a", "b", {}});
    stderrSink(true)({kWall, LogLevel::Debug, "a", "b", {}});
    const auto text = testing::internal::GetCapturedStderr();
    EXPECT_EQ(text,
              "2026-03-01T12:34:56.789Z INFO  a  b\n"
              "{\"time\":\"2026-03-01T12:34:56.789Z\",\"level\":\"debug\",\"component\":\"a\",\"message\":\"b\"}\n");
}

TEST(Log, LevelNames) {
    EXPECT_EQ(logLevelName(LogLevel::Debug), "debug");
    EXPECT_EQ(logLevelName(LogLevel::Error), "error");
}

}  // namespace
}  // namespace signalbox
