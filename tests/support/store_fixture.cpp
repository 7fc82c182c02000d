#include "support/store_fixture.h"

#include <stdexcept>

#include <fmt/format.h>
#include <sqlite3.h>
#include <stdlib.h>

#include "base/random.h"

namespace signalbox::test {

TempFolder::TempFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "signalbox-store-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("mkdtemp failed");
    path_ = pattern;
}

TempFolder::~TempFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

RunId newRun() {
    static SystemRandom random;
    static const SystemClock clock;
    return RunId::make(clock, random);
}

engine::Record record(RunId run, std::uint64_t seq, engine::RecordKind kind) {
    engine::Record made;
    made.run = run;
    made.seq = seq;
    made.kind = kind;
    made.node = static_cast<std::uint32_t>(seq % 7);
    made.item = seq % 3 == 0 ? engine::kNoItem : static_cast<std::uint32_t>(seq);
    made.generation = static_cast<std::uint32_t>(seq % 2);
    made.attempt = 1;
    made.token = 1;
    made.wall = 1'700'000'000'000'000 + static_cast<Micros>(seq);
    made.monotonic = static_cast<Micros>(1000 * seq);
    made.took = static_cast<Micros>(seq);
    made.payload = Value::object({{"out", Value(static_cast<std::int64_t>(seq))}, {"text", Value("größer \"als\" 1")}});
    return made;
}

engine::RunSummary summaryOf(RunId run, const std::string& workflow) {
    engine::RunSummary summary;
    summary.run = run;
    summary.workflowId = workflow;
    summary.workflowName = "Orders";
    summary.version = 3;
    summary.status = engine::RunStatus::Running;
    summary.priority = 5;
    summary.startedBy = "mara";
    summary.createdWall = 1'700'000'000'000'000;
    summary.startedWall = 1'700'000'000'000'100;
    summary.nodesTotal = 12;
    return summary;
}

engine::Append batch(RunId run, std::uint64_t first, std::uint64_t count, std::uint64_t token) {
    engine::Append append;
    append.run = run;
    append.token = token;
    for (std::uint64_t seq = first; seq < first + count; ++seq) append.records.push_back(record(run, seq));
    return append;
}

engine::Append creation(RunId run, const std::string& owner, std::uint64_t records) {
    engine::Append append = batch(run, 1, records);
    append.create = true;
    append.owner = owner;
    append.summary = summaryOf(run);
    return append;
}

engine::Append ending(const engine::RunSummary& before, std::uint64_t seq, engine::RunStatus status,
                      std::uint64_t token) {
    engine::Append append = batch(before.run, seq, 1, token);
    append.records.front().kind = engine::RecordKind::RunFinished;
    append.summary = before;
    append.summary->status = status;
    append.summary->finishedWall = before.createdWall + 1'000'000;
    return append;
}

Status appendNow(engine::RunStore& store, engine::Append append) {
    std::promise<Status> done;
    store.append(std::move(append), [&done](Status status) { done.set_value(std::move(status)); });
    return done.get_future().get();
}

StoreBench::StoreBench() {
    options.path = folder.path() / "data" / "signalbox.db";
    options.clock = &clock;
    options.maintenanceThread = false;
    options.watermarkBytes = 0;
    options.boot = "boot-1";
    options.busyTimeout = std::chrono::milliseconds(2000);
}

store::SqliteStore& StoreBench::open() {
    store_.reset();
    auto opened = store::SqliteStore::open(options);
    if (!opened) throw std::runtime_error(fmt::format("{}: {}", opened.error().code, opened.error().message));
    store_ = std::move(*opened);
    return *store_;
}

std::string StoreBench::openError() {
    const auto opened = store::SqliteStore::open(options);
    return opened ? std::string() : opened.error().code;
}

namespace {

class Outside {
public:
    explicit Outside(const std::filesystem::path& path) {
        check(sqlite3_open(path.c_str(), &database_));
        sqlite3_busy_timeout(database_, 5000);
    }
    Outside(const Outside&) = delete;
    Outside& operator=(const Outside&) = delete;
    ~Outside() { sqlite3_close(database_); }
    void run(const std::string& sql, int (*row)(void*, int, char**, char**), void* argument) {
        check(sqlite3_exec(database_, sql.c_str(), row, argument, nullptr));
    }

private:
    void check(int code) const {
        if (code != SQLITE_OK) throw std::runtime_error(sqlite3_errmsg(database_));
    }
    sqlite3* database_ = nullptr;
};

}  // namespace

class StoreLock::Connection {
public:
    explicit Connection(const std::filesystem::path& path) : outside(path) {}
    Outside outside;
};

StoreLock::StoreLock(const std::filesystem::path& path) : connection_(std::make_unique<Connection>(path)) {
    connection_->outside.run("BEGIN IMMEDIATE", nullptr, nullptr);
}

StoreLock::~StoreLock() { connection_->outside.run("ROLLBACK", nullptr, nullptr); }

void executeOutside(const std::filesystem::path& path, const std::string& sql) {
    Outside(path).run(sql, nullptr, nullptr);
}

std::int64_t askOutside(const std::filesystem::path& path, const std::string& sql) {
    std::int64_t answer = 0;
    const auto read = [](void* into, int, char** values, char**) {
        *static_cast<std::int64_t*>(into) = values[0] == nullptr ? 0 : std::stoll(values[0]);
        return 0;
    };
    Outside(path).run(sql, read, &answer);
    return answer;
}

}  // namespace signalbox::test
