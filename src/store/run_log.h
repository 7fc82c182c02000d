// The log lines of runs, kept within bounds.
#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "base/log.h"
#include "base/result.h"
#include "engine/record.h"
#include "store/reader_pool.h"
#include "store/writer.h"

namespace signalbox::store {

struct RunLogLine {
    RunId run;
    std::uint64_t line = 0;  ///< given when it is stored
    Micros wall = 0;
    LogLevel level = LogLevel::Info;
    std::uint32_t node = engine::kNoNode;
    std::uint32_t item = engine::kNoItem;
    std::uint32_t attempt = 0;
    std::string text;
    Value data = Value::undefined();
};

struct LogQuery {
    std::uint64_t fromLine = 0;  ///< the first line, or backwards the last; 0: from the end one comes from
    std::size_t limit = 1000;
    bool backwards = false;
    LogLevel least = LogLevel::Debug;
    std::optional<std::uint32_t> node;
    std::string text;
};
struct LogSlice {
    std::vector<RunLogLine> lines;  ///< ascending
    bool more = false;
    std::uint64_t kept = 0;
    std::uint64_t dropped = 0;
};

/// How much of a run's log is kept: its beginning and its end.
struct LogLimits {
    std::uint64_t firstLines = 2'000;
    std::uint64_t lines = 10'000;
    std::uint64_t bytes = 2U << 20U;
    std::size_t lineBytes = 8U << 10U;  ///< longer ones are cut, and say so
    std::size_t queuedLines = 100'000;  ///< on their way to the disk; what comes on top is dropped and counted
};

/// Lines are collected for a moment and written together, apart from the commits of journals; a crash may lose the last
/// moment. Thread-safe. Owns one thread, which waits while there is nothing to write.
class RunLog {
public:
    RunLog(Writer& writer, ReaderPool& readers, LogLimits limits);
    RunLog(const RunLog&) = delete;
    RunLog& operator=(const RunLog&) = delete;
    ~RunLog();

    /// Returns at once.
    void add(std::vector<RunLogLine> lines);
    /// Writes what has been added, and waits for it. Not from a callback of the store.
    [[nodiscard]] Status flush();
    /// Error "run.not-found".
    [[nodiscard]] Result<LogSlice> read(RunId run, const LogQuery& query);
    /// Ends the thread and writes what is left. Before the writer goes.
    void stop();

    [[nodiscard]] std::uint64_t written() const { return written_; }
    [[nodiscard]] std::uint64_t dropped() const { return dropped_; }

private:
    void loop();
    [[nodiscard]] Writer::Task writeTask(std::vector<RunLogLine> lines);

    Writer& writer_;
    ReaderPool& readers_;
    const LogLimits limits_;
    std::atomic<std::uint64_t> written_{0};
    std::atomic<std::uint64_t> dropped_{0};
    std::mutex mutex_;
    std::condition_variable wake_;
    std::vector<RunLogLine> pending_;
    bool stopping_ = false;
    bool writing_ = false;  ///< the thread is at it
    std::thread thread_;
};

}  // namespace signalbox::store
