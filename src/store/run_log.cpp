#include "store/run_log.h"

#include <algorithm>
#include <chrono>
#include <memory>
#include <utility>

#include <fmt/format.h>

#include "base/json.h"
#include "base/text.h"
#include "store/run_rows.h"
#include "store/run_scan.h"

namespace signalbox::store {
namespace {

constexpr std::chrono::milliseconds kCollecting{250};

struct LogSize {
    std::int64_t last = 0;
    std::int64_t kept = 0;
    std::int64_t bytes = 0;
};

Result<std::optional<std::int64_t>> rowOf(Database& database, RunId run) {
    SIGNALBOX_QUERY(query, database, "SELECT row FROM runs WHERE id = ?");
    SIGNALBOX_TRY(const bool found, query.blob(idBytes(run)).step());
    if (!found) return std::nullopt;
    return query.columnInteger(0);
}

Result<LogSize> sizeOf(Database& database, std::int64_t row) {
    SIGNALBOX_QUERY(query, database, "SELECT last, kept, bytes FROM run_log_sizes WHERE run = ?");
    SIGNALBOX_TRY(const bool found, query.integer(row).step());
    if (!found) return LogSize{};
    return LogSize{query.columnInteger(0), query.columnInteger(1), query.columnInteger(2)};
}

std::string cut(std::string text, std::size_t most) {
    if (text.size() <= most) return text;
    const std::size_t whole = text.size();
    text.resize(validUtf8Prefix(std::string_view(text).substr(0, most)));
    return fmt::format("{}... ({} of {} bytes)", text, text.size(), whole);
}

void bindOptional(Query& query, std::uint32_t value, std::uint32_t none) {
    if (value == none) {
        query.null();
    } else {
        query.integer(value);
    }
}

Status insertLine(Database& database, std::int64_t row, const RunLogLine& line, const LogLimits& limits,
                  LogSize& size) {
    const std::string text = cut(line.text, limits.lineBytes);
    std::string data = line.data.isDefined() && !line.data.isNull() ? writeJson(line.data) : std::string();
    if (data.size() > limits.lineBytes) {
        data = writeJson(Value::object({{"omitted", fmt::format("{} bytes of fields", data.size())}}));
    }
    SIGNALBOX_QUERY(query, database,
                    "INSERT INTO run_logs (run, line, wall, level, node, item, attempt, text, data)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
    query.integer(row).integer(++size.last).integer(line.wall).integer(static_cast<std::int64_t>(line.level));
    bindOptional(query, line.node, engine::kNoNode);
    bindOptional(query, line.item, engine::kNoItem);
    query.integer(line.attempt).text(text);
    if (data.empty()) {
        query.null();
    } else {
        query.text(data);
    }
    ++size.kept;
    size.bytes += static_cast<std::int64_t>(text.size() + data.size());
    return query.run();
}

/// Takes lines out between the beginning and the end, until the rest is within the limits.
Status holdDown(Database& database, std::int64_t row, const LogLimits& limits, LogSize& size) {
    const auto tooMuch = [&] {
        return size.kept > static_cast<std::int64_t>(limits.lines) ||
               size.bytes > static_cast<std::int64_t>(limits.bytes);
    };
    while (tooMuch() && size.kept > 1) {
        // When the beginning alone is too large, it has to go as well.
        const bool middle = size.kept > static_cast<std::int64_t>(limits.firstLines);
        const std::int64_t behind = middle ? static_cast<std::int64_t>(limits.firstLines) : 0;
        const std::int64_t surplus = size.kept - static_cast<std::int64_t>(limits.lines);
        // Some more than must go, so that not every line of a long log costs a search.
        const std::int64_t most = std::max(surplus, std::int64_t{0}) + size.kept / 16 + 1;
        SIGNALBOX_QUERY(query, database,
                        "SELECT max(line), count(*),"
                        " sum(length(CAST(text AS BLOB)) + coalesce(length(CAST(data AS BLOB)), 0)) FROM"
                        " (SELECT line, text, data FROM run_logs WHERE run = ? AND line > ? AND line < ?"
                        " ORDER BY line LIMIT ?)");
        SIGNALBOX_TRY(const bool found, query.integer(row).integer(behind).integer(size.last).integer(most).step());
        if (!found || query.columnInteger(1) == 0) return {};
        const std::int64_t last = query.columnInteger(0);
        size.kept -= query.columnInteger(1);
        size.bytes -= query.columnInteger(2);
        SIGNALBOX_QUERY(remove, database, "DELETE FROM run_logs WHERE run = ? AND line > ? AND line <= ?");
        SIGNALBOX_CHECK(remove.integer(row).integer(behind).integer(last).run());
    }
    return {};
}

Status writeSize(Database& database, std::int64_t row, const LogSize& size) {
    SIGNALBOX_QUERY(query, database,
                    "INSERT INTO run_log_sizes (run, last, kept, bytes) VALUES (?, ?, ?, ?) ON CONFLICT (run)"
                    " DO UPDATE SET last = excluded.last, kept = excluded.kept, bytes = excluded.bytes");
    return query.integer(row).integer(size.last).integer(size.kept).integer(size.bytes).run();
}

/// The lines of one run. One that was never made, or is gone, has no log.
Status writeRun(Database& database, std::span<const RunLogLine> lines, const LogLimits& limits) {
    SIGNALBOX_TRY(const auto row, rowOf(database, lines.front().run));
    if (!row) return {};
    SIGNALBOX_TRY(LogSize size, sizeOf(database, *row));
    for (const RunLogLine& line : lines) SIGNALBOX_CHECK(insertLine(database, *row, line, limits, size));
    SIGNALBOX_CHECK(holdDown(database, *row, limits, size));
    return writeSize(database, *row, size);
}

std::string readSql(const LogQuery& wanted) {
    std::string sql = "SELECT line, wall, level, node, item, attempt, text, data FROM run_logs WHERE run = ?";
    if (wanted.fromLine > 0) sql += wanted.backwards ? " AND line <= ?" : " AND line >= ?";
    sql += " AND level >= ?";
    if (wanted.node) sql += " AND node = ?";
    return sql + (wanted.backwards ? " ORDER BY line DESC" : " ORDER BY line");
}

Result<RunLogLine> readLine(const Query& query, RunId run) {
    RunLogLine line;
    line.run = run;
    line.line = static_cast<std::uint64_t>(query.columnInteger(0));
    line.wall = query.columnInteger(1);
    line.level = static_cast<LogLevel>(query.columnInteger(2));
    if (!query.columnIsNull(3)) line.node = static_cast<std::uint32_t>(query.columnInteger(3));
    if (!query.columnIsNull(4)) line.item = static_cast<std::uint32_t>(query.columnInteger(4));
    line.attempt = static_cast<std::uint32_t>(query.columnInteger(5));
    line.text = query.columnText(6);
    if (!query.columnIsNull(7)) {
        SIGNALBOX_TRY(line.data, parseJson(query.columnText(7), true));
    }
    return line;
}

}  // namespace

RunLog::RunLog(Writer& writer, ReaderPool& readers, LogLimits limits)
    : writer_(writer), readers_(readers), limits_(limits), thread_([this] { loop(); }) {}

RunLog::~RunLog() { stop(); }

void RunLog::stop() {
    {
        const std::scoped_lock lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_all();
    if (thread_.joinable()) thread_.join();
}

void RunLog::add(std::vector<RunLogLine> lines) {
    {
        const std::scoped_lock lock(mutex_);
        if (stopping_) return;
        for (RunLogLine& line : lines) {
            if (pending_.size() >= limits_.queuedLines) {
                dropped_.fetch_add(1, std::memory_order_relaxed);
            } else {
                pending_.push_back(std::move(line));
            }
        }
    }
    wake_.notify_all();
}

void RunLog::loop() {
    while (true) {
        std::vector<RunLogLine> lines;
        bool last = false;
        {
            std::unique_lock lock(mutex_);
            wake_.wait(lock, [this] { return stopping_ || !pending_.empty(); });
            if (!stopping_) wake_.wait_for(lock, kCollecting, [this] { return stopping_; });
            last = stopping_;
            lines.swap(pending_);
            writing_ = true;
        }
        if (!lines.empty()) static_cast<void>(writer_.run(writeTask(std::move(lines))));
        {
            const std::scoped_lock lock(mutex_);
            writing_ = false;
        }
        wake_.notify_all();
        if (last) return;
    }
}

Status RunLog::flush() {
    std::vector<RunLogLine> lines;
    {
        std::unique_lock lock(mutex_);
        wake_.wait(lock, [this] { return !writing_; });
        lines.swap(pending_);
    }
    if (lines.empty()) return {};
    return writer_.run(writeTask(std::move(lines)));
}

Writer::Task RunLog::writeTask(std::vector<RunLogLine> lines) {
    std::stable_sort(lines.begin(), lines.end(),
                     [](const RunLogLine& a, const RunLogLine& b) { return a.run < b.run; });
    auto shared = std::make_shared<const std::vector<RunLogLine>>(std::move(lines));
    return [this, shared](WriteSession& session) -> Status {
        std::span<const RunLogLine> rest = *shared;
        while (!rest.empty()) {
            const auto end = std::find_if(rest.begin(), rest.end(),
                                          [&](const RunLogLine& line) { return line.run != rest.front().run; });
            const auto ofOne = static_cast<std::size_t>(end - rest.begin());
            SIGNALBOX_CHECK(writeRun(session.database(), rest.first(ofOne), limits_));
            rest = rest.subspan(ofOne);
        }
        written_.fetch_add(shared->size(), std::memory_order_relaxed);
        return {};
    };
}

Result<LogSlice> RunLog::read(RunId run, const LogQuery& wanted) {
    SIGNALBOX_TRY(const auto reader, readers_.borrow());
    SIGNALBOX_TRY(Transaction snapshot, Transaction::begin(*reader, Transaction::Mode::Read));
    SIGNALBOX_TRY(const auto row, rowOf(*reader, run));
    if (!row) return fail("run.not-found", "There is no such run", run.toString());
    SIGNALBOX_TRY(const LogSize size, sizeOf(*reader, *row));
    LogSlice slice;
    slice.kept = static_cast<std::uint64_t>(size.kept);
    slice.dropped = static_cast<std::uint64_t>(size.last - size.kept);
    SIGNALBOX_TRY(const auto statement, (*reader).prepare(readSql(wanted)));
    Query query(*statement);
    query.integer(*row);
    if (wanted.fromLine > 0) query.integer(static_cast<std::int64_t>(wanted.fromLine));
    query.integer(static_cast<std::int64_t>(wanted.least));
    if (wanted.node) query.integer(*wanted.node);
    while (true) {
        SIGNALBOX_TRY(const bool found, query.step());
        if (!found) break;
        if (!wanted.text.empty() && !containsText(query.columnText(6), wanted.text)) continue;
        if (slice.lines.size() == wanted.limit) {
            slice.more = true;
            break;
        }
        SIGNALBOX_TRY(RunLogLine line, readLine(query, run));
        slice.lines.push_back(std::move(line));
    }
    if (wanted.backwards) std::reverse(slice.lines.begin(), slice.lines.end());
    return slice;
}

}  // namespace signalbox::store
