// What durability costs: the store's append path beside a bare SQLite journal and the disk's own sync, on one disk.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <filesystem>
#include <functional>
#include <future>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <unistd.h>

#include "support/store_fixture.h"

namespace signalbox::bench {
namespace {

constexpr int kSteps = 10;
using SteadyClock = std::chrono::steady_clock;

double since(SteadyClock::time_point start) {
    return std::chrono::duration<double>(SteadyClock::now() - start).count();
}

/// The median time of writing one page over and making it durable, in microseconds.
double syncMicros(const std::filesystem::path& folder) {
    const auto path = folder / "sync";
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    const std::string page(4096, 'x');
    std::vector<double> times;
    for (int i = 0; i < 101; ++i) {
        const auto start = SteadyClock::now();
        if (::pwrite(file, page.data(), page.size(), 0) < 0 || ::fdatasync(file) != 0) std::abort();
        times.push_back(since(start) * 1e6);
    }
    ::close(file);
    std::nth_element(times.begin(), times.begin() + 50, times.end());
    return times[50];
}

/// A journal as one would write it by hand: one table, one prepared insert, a commit for every `group` rows.
class BareJournal {
public:
    explicit BareJournal(const std::filesystem::path& path) {
        sqlite3_open_v2(path.c_str(), &database_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX,
                        nullptr);
        execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL");
        execute(
            "CREATE TABLE journal (run INTEGER, seq INTEGER, kind INTEGER, payload TEXT,"
            " PRIMARY KEY (run, seq)) WITHOUT ROWID");
        sqlite3_prepare_v2(database_, "INSERT INTO journal VALUES (?, ?, ?, ?)", -1, &insert_, nullptr);
    }
    BareJournal(const BareJournal&) = delete;
    BareJournal& operator=(const BareJournal&) = delete;
    ~BareJournal() {
        sqlite3_finalize(insert_);
        sqlite3_close(database_);
    }

    /// Rows a second.
    double write(int rows, int group) {
        const auto start = SteadyClock::now();
        for (int row = 0; row < rows; row += group) {
            execute("BEGIN");
            for (int i = 0; i < group; ++i) insert(row + i);
            execute("COMMIT");
        }
        return rows / since(start);
    }

private:
    void execute(const char* sql) {
        if (sqlite3_exec(database_, sql, nullptr, nullptr, nullptr) != SQLITE_OK) std::abort();
    }
    void insert(int row) {
        const std::string payload = fmt::format("{{\"out\":{}}}", row);
        sqlite3_bind_int64(insert_, 1, next_ / kSteps);
        sqlite3_bind_int64(insert_, 2, next_ % kSteps);
        sqlite3_bind_int64(insert_, 3, 4);
        sqlite3_bind_text(insert_, 4, payload.data(), static_cast<int>(payload.size()), SQLITE_STATIC);
        if (sqlite3_step(insert_) != SQLITE_DONE) std::abort();
        sqlite3_reset(insert_);
        ++next_;
    }
    sqlite3* database_ = nullptr;
    sqlite3_stmt* insert_ = nullptr;
    std::int64_t next_ = 0;
};

/// Goes on with runs on threads of its own when the store calls back, as the engine does.
class Hands {
public:
    Hands() {
        for (int i = 0; i < 2; ++i) threads_.emplace_back([this] { loop(); });
    }
    Hands(const Hands&) = delete;
    Hands& operator=(const Hands&) = delete;
    ~Hands() {
        for (std::size_t i = 0; i < threads_.size(); ++i) post(nullptr);
        for (std::thread& thread : threads_) thread.join();
    }
    void post(std::function<void()> task) {
        {
            const std::scoped_lock lock(mutex_);
            tasks_.push_back(std::move(task));
        }
        wake_.notify_one();
    }

private:
    void loop() {
        while (true) {
            std::function<void()> task;
            {
                std::unique_lock lock(mutex_);
                wake_.wait(lock, [this] { return !tasks_.empty(); });
                task = std::move(tasks_.front());
                tasks_.pop_front();
            }
            if (!task) return;
            task();
        }
    }
    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<std::function<void()>> tasks_;
    std::vector<std::thread> threads_;
};

engine::Record step(RunId run, std::uint64_t seq, engine::RecordKind kind) {
    engine::Record record;
    record.run = run;
    record.seq = seq;
    record.kind = kind;
    record.node = static_cast<std::uint32_t>(seq);
    record.attempt = 1;
    record.token = 1;
    record.wall = 1'700'000'000'000'000;
    record.monotonic = 1;
    record.payload = Value::object({{"out", Value(static_cast<std::int64_t>(seq))}});
    return record;
}

/// `total` runs of ten pure steps, `inFlight` of them at a time: a commit for the start, which is acknowledged, and one
/// for the steps and the end, which is acknowledged too.
class RunBench {
public:
    RunBench(engine::RunStore& store, int total, int inFlight) : store_(store), total_(total), inFlight_(inFlight) {}

    /// Steps a second.
    double measure() {
        const auto start = SteadyClock::now();
        for (int i = 0; i < inFlight_; ++i) hands_.post([this] { begin(); });
        finished_.get_future().get();
        return static_cast<double>(total_) * kSteps / since(start);
    }

private:
    void begin() {
        if (started_.fetch_add(1) >= total_) return;
        const RunId run = test::newRun();
        engine::Append append;
        append.run = run;
        append.token = 1;
        append.create = true;
        append.owner = "bench";
        append.summary = test::summaryOf(run);
        append.records.push_back(step(run, 1, engine::RecordKind::RunStarted));
        auto summary = *append.summary;
        store_.append(std::move(append), [this, summary](const Status& status) {
            if (!status) std::abort();
            hands_.post([this, summary] { complete(summary); });
        });
    }
    void complete(engine::RunSummary summary) {
        engine::Append append;
        append.run = summary.run;
        append.token = 1;
        for (std::uint64_t i = 0; i < kSteps; ++i) {
            append.records.push_back(step(summary.run, 2 + i, engine::RecordKind::NodeSucceeded));
        }
        append.records.push_back(step(summary.run, 2 + kSteps, engine::RecordKind::RunFinished));
        summary.status = engine::RunStatus::Succeeded;
        summary.finishedWall = summary.createdWall + 1;
        append.summary = std::move(summary);
        store_.append(std::move(append), [this](const Status& status) {
            if (!status) std::abort();
            if (done_.fetch_add(1) + 1 == total_) {
                finished_.set_value();
            } else {
                hands_.post([this] { begin(); });
            }
        });
    }

    engine::RunStore& store_;
    const int total_;
    const int inFlight_;
    std::atomic<int> started_ = 0;
    std::atomic<int> done_ = 0;
    std::promise<void> finished_;
    Hands hands_;
};

/// Many batches of 100 records, queued as fast as the store takes them: records a second.
double pureThroughput(store::SqliteStore& store, int batches) {
    const RunId run = test::newRun();
    const auto start = SteadyClock::now();
    auto append = test::creation(run);
    store.append(std::move(append), nullptr);
    for (int i = 0; i < batches; ++i) {
        engine::Append next;
        next.run = run;
        next.token = 1;
        for (int k = 0; k < 100; ++k) {
            next.records.push_back(
                step(run, 2 + static_cast<std::uint64_t>(i * 100 + k), engine::RecordKind::NodeSucceeded));
        }
        store.append(std::move(next), nullptr);
    }
    if (!store.renewLeases("bench", 1)) std::abort();
    return batches * 100 / since(start);
}

void fillRuns(const std::filesystem::path& path, int runs) {
    test::executeOutside(
        path,
        fmt::format(
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {0})"
            " INSERT INTO runs (id, token, status, created_wall, started_wall, finished_wall, nodes_total,"
            " nodes_done, nodes_failed, nodes_skipped, version, priority, owner, workflow_id, workflow_name,"
            " idempotency_key, started_by, error_code, error_message, error_node)"
            " SELECT randomblob(16), 1, CASE WHEN i % 50 = 0 THEN 5 ELSE 4 END, 1700000000000000 + i * 1000, 1, 1,"
            " 10, 10, 0, 0, 1, 0, 'bench', 'workflow-' || (i % 20), 'Workflow', '', 'bench',"
            " CASE WHEN i % 50 = 0 THEN 'http.timeout' ELSE '' END,"
            " CASE WHEN i % 50 = 0 THEN 'No answer from host ' || i ELSE '' END, '' FROM n;"
            "INSERT INTO run_counts SELECT workflow_id, status, count(*) FROM runs GROUP BY 1, 2"
            " ON CONFLICT DO UPDATE SET runs = excluded.runs",
            runs));
}

void timeList(store::SqliteStore& store, const char* what, const engine::RunFilter& filter) {
    static_cast<void>(store.list(filter));
    const auto start = SteadyClock::now();
    const auto page = store.list(filter);
    const double ms = since(start) * 1e3;
    if (!page) std::abort();
    fmt::print("  {:<28} {:8.2f} ms   ({} of {}{})\n", what, ms, page->runs.size(), page->totalIsLeast ? ">= " : "",
               page->total);
}

void benchList(store::SqliteStore& store, const std::filesystem::path& path, int runs) {
    fillRuns(path, runs);
    fmt::print("list() over {} runs\n", runs);
    engine::RunFilter filter;
    timeList(store, "newest", filter);
    filter.statuses = {engine::RunStatus::Failed};
    timeList(store, "failed", filter);
    filter.workflowId = "workflow-10";
    timeList(store, "failed of one workflow", filter);
    filter = {};
    filter.createdAfter = 1'700'000'000'000'000 + static_cast<Micros>(runs) * 500;
    timeList(store, "of the newer half", filter);
    filter = {};
    filter.errorText = "timeout";
    timeList(store, "by text of the error", filter);
}

store::StoreOptions optionsFor(const std::filesystem::path& path, const Clock& clock) {
    store::StoreOptions options;
    options.path = path;
    options.clock = &clock;
    options.watermarkBytes = 0;
    options.retention = {.maxAge = 0, .maxRuns = 0, .maxBytes = 0};
    return options;
}

/// One figure of each round.
struct Figures {
    double sync = 0;
    double bareOne = 0;
    double bareTen = 0;
    double bareMany = 0;
    double one = 0;
    double many = 0;
    double pure = 0;
};

double median(const std::vector<Figures>& rounds, const std::function<double(const Figures&)>& figure) {
    std::vector<double> values;
    for (const Figures& round : rounds) values.push_back(figure(round));
    std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2), values.end());
    return values[values.size() / 2];
}

/// Short rounds that measure everything side by side, because other users of the disk come and go.
std::vector<Figures> measureRounds(store::SqliteStore& store, const std::filesystem::path& folder, int count) {
    BareJournal bare(folder / "bare.db");
    static_cast<void>(bare.write(1000, kSteps));
    static_cast<void>(RunBench(store, 2000, 32).measure());  // once through the log, so that it grows no more
    std::vector<Figures> rounds;
    for (int i = 0; i < count; ++i) {
        Figures figures;
        figures.sync = syncMicros(folder);
        figures.bareOne = bare.write(400, 1);
        figures.bareTen = bare.write(4000, kSteps);
        figures.one = RunBench(store, 200, 1).measure();
        figures.bareMany = bare.write(40'000, 32 * kSteps);
        figures.many = RunBench(store, 4000, 32).measure();
        figures.pure = pureThroughput(store, 600);
        rounds.push_back(figures);
    }
    return rounds;
}

void benchAppends(store::SqliteStore& store, const std::filesystem::path& folder) {
    const auto rounds = measureRounds(store, folder, 9);
    const auto show = [&](const char* what, double Figures::*figure, double Figures::*base, const char* note) {
        fmt::print("  {:<44} {:9.0f}", what, median(rounds, [&](const Figures& f) { return f.*figure; }));
        if (base != nullptr) {
            fmt::print("   {:5.2f} x bare", median(rounds, [&](const Figures& f) { return f.*figure / f.*base; }));
        }
        fmt::print("   {}\n", note);
    };
    fmt::print("disk: {}; medians of {} rounds, each measuring all of these\n", folder.string(), rounds.size());
    show("sync of one page, us", &Figures::sync, nullptr, "");
    fmt::print("bare SQLite journal, steps/s\n");
    show("a commit for each", &Figures::bareOne, nullptr, "");
    show("a commit for ten", &Figures::bareTen, nullptr, "");
    show("a commit for 320", &Figures::bareMany, nullptr, "");
    fmt::print("store, runs of ten steps in two commits each, steps/s\n");
    show("1 in flight", &Figures::one, &Figures::bareTen, "with a commit for ten; goal >= 10000");
    show("32 in flight", &Figures::many, &Figures::bareMany, "with a commit for 320; goal >= 50000");
    fmt::print("store, one run, records/s\n");
    show("batches of 100, queued as fast as they go", &Figures::pure, &Figures::bareMany, "with a commit for 320");
}

int run(int argc, char** argv) {
    const int listed = argc > 1 ? std::atoi(argv[1]) : 1'000'000;
    const test::TempFolder folder;
    const SystemClock clock;
    {
        auto store = store::SqliteStore::open(optionsFor(folder.path() / "store.db", clock));
        if (!store) return 1;
        benchAppends(**store, folder.path());
    }
    if (listed > 0) {
        const auto path = folder.path() / "list.db";
        auto store = store::SqliteStore::open(optionsFor(path, clock));
        if (!store) return 1;
        benchList(**store, path, listed);
    }
    return 0;
}

}  // namespace
}  // namespace signalbox::bench

int main(int argc, char** argv) { return signalbox::bench::run(argc, argv); }
