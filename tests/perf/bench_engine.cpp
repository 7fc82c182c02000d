// What a node, a step and a run cost. Prints figures with a baseline measured beside them.
#include <atomic>
#include <condition_variable>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <vector>

#include <fmt/format.h>
#include <malloc.h>
#include <sqlite3.h>
#include <unistd.h>

#include "base/file.h"
#include "engine/engine.h"
#include "engine/work_pool.h"
#include "nodes/builtin.h"
#include "store/sqlite_store.h"
#include "support/memory/memory_store.h"

namespace signalbox::bench {

using namespace signalbox::engine;

namespace {

double cpuSeconds() {
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

double wallSeconds() {
    timespec time{};
    clock_gettime(CLOCK_MONOTONIC, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

/// A figure of /proc/self/status in MB: "VmRSS:" now, "VmHWM:" at most since resetPeak().
double memoryMegabytes(const std::string& wanted) {
    std::ifstream file("/proc/self/status");
    for (std::string name; file >> name;) {
        double kilobytes = 0;
        if (name == wanted && file >> kilobytes) return kilobytes * 1024 / 1e6;
        file.ignore(4096, '\n');
    }
    return 0;
}

void resetPeak() { std::ofstream("/proc/self/clear_refs") << "5"; }

class NoopNode final : public SyncNode {
public:
    NodeResult run(const NodeCall& call) const override {
        return onOutput(call.input("input").isDefined() ? call.input("input") : Value(1));
    }
};

class NoopType final : public NodeType {
public:
    NoopType() {
        manifest_.type = "NoopNode";
        manifest_.title = "No-op";
        manifest_.summary = "Passes its input on.";
        manifest_.inputs = {{.name = "input", .type = PortType{}, .help = {}}};
        manifest_.outputs = {{.name = "output", .type = PortType{}, .help = {}}};
        manifest_.paramsSchema = Value::object({{"type", Value("object")}});
    }
    const NodeManifest& manifest() const override { return manifest_; }
    Result<std::shared_ptr<const NodeBehaviour>> prepare(const Value&) const override {
        return std::make_shared<NoopNode>();
    }

private:
    NodeManifest manifest_;
};

Document chain(int length, const std::string& id) {
    Document document;
    document.id = id;
    document.name = id;
    for (int i = 0; i < length; ++i) {
        NodeDecl node;
        node.id = "n" + std::to_string(i);
        node.type = "NoopNode";
        document.nodes.push_back(node);
        if (i > 0) document.edges.push_back({{"n" + std::to_string(i - 1), "output"}, {node.id, "input"}, {}, {}});
    }
    return document;
}

Document fan(int width, const std::string& id, const std::string& type, Value params) {
    Document document;
    document.id = id;
    document.name = id;
    NodeDecl root;
    root.id = "root";
    root.type = "NoopNode";
    document.nodes.push_back(root);
    for (int i = 0; i < width; ++i) {
        NodeDecl node;
        node.id = "n" + std::to_string(i);
        node.type = type;
        node.params = params;
        document.nodes.push_back(node);
        document.edges.push_back({{"root", "output"}, {node.id, "input"}, {}, {}});
    }
    return document;
}

struct Bench {
    SystemClock clock;
    SystemRandom random;
    Registry registry;
    std::shared_ptr<void> nodes;
    std::atomic<std::uint64_t> events{0};

    Bench() {
        std::ignore = registry.add(std::make_unique<NoopType>());
        nodes::NodeEnvironment environment;
        environment.clock = &clock;
        if (auto handle = nodes::registerBuiltinNodes(registry, environment)) nodes = *handle;
    }

    EnginePorts ports(RunStore& runs, WorkflowStore& workflows) {
        EnginePorts ports;
        ports.clock = &clock;
        ports.random = &random;
        ports.runs = &runs;
        ports.workflows = &workflows;
        ports.registry = &registry;
        ports.events = [this](std::span<const EngineEvent> batch) { events += batch.size(); };
        return ports;
    }

    std::shared_ptr<const Plan> plan(const Document& document) {
        auto plan = compilePlan(document, registry);
        if (!plan) {
            fmt::print(stderr, "{}: {}\n", plan.error().code, plan.error().message);
            std::exit(1);
        }
        return *plan;
    }
};

/// Runs `total` runs with at most `inFlight` at once; returns when the last is on disk.
void runMany(Engine& engine, const std::shared_ptr<const Plan>& plan, int total, int inFlight) {
    std::mutex mutex;
    std::condition_variable changed;
    int running = 0;
    int failed = 0;
    for (int i = 0; i < total; ++i) {
        std::unique_lock lock(mutex);
        changed.wait(lock, [&] { return running < inFlight; });
        ++running;
        lock.unlock();
        engine.start(
            {.plan = plan, .inputs = Value::object(), .idempotencyKey = {}, .priority = 0, .startedBy = "bench"},
            [&](Result<RunId> run) {
                const auto finished = [&](bool good) {
                    const std::lock_guard guard(mutex);
                    --running;
                    failed += good ? 0 : 1;
                    changed.notify_all();
                };
                if (!run) return finished(false);
                engine.whenFinished(
                    *run, [finished](Result<RunSummary> end) { finished(end && end->status == RunStatus::Succeeded); });
            });
    }
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return running == 0; });
    if (failed > 0) fmt::print("  {} runs failed\n", failed);
}

double bareTasks(int count) {
    WorkPool pool(2);
    std::atomic<int> left{count};
    std::mutex mutex;
    std::condition_variable done;
    const double before = cpuSeconds();
    pool.submit([&] {
        for (int i = 0; i < count; ++i) {
            pool.submit([&] {
                if (left.fetch_sub(1) != 1) return;
                const std::lock_guard lock(mutex);
                done.notify_all();
            });
        }
    });
    std::unique_lock lock(mutex);
    done.wait(lock, [&] { return left.load() == 0; });
    return (cpuSeconds() - before) / count * 1e6;
}

void nodeCost(Bench& bench) {
    const double bare = bareTasks(200'000);
    fmt::print("a bare task in the pool                     {:8.3f} us\n", bare);
    test::MemoryStore store(bench.clock);
    Engine engine(bench.ports(store, store), {});
    const auto measure = [&](const char* name, const std::shared_ptr<const Plan>& plan, int nodes, int repeats) {
        runMany(engine, plan, 2, 1);
        const std::uint64_t events = bench.events;
        const double before = cpuSeconds();
        runMany(engine, plan, repeats, 1);
        const double each = (cpuSeconds() - before) / (static_cast<double>(nodes) * repeats) * 1e6;
        fmt::print("{:<43} {:8.3f} us of CPU a node, {:5.1f} x a bare task, {:.1f} events a node  (goal <= 1 us)\n",
                   name, each, each / bare,
                   static_cast<double>(bench.events - events) / (static_cast<double>(nodes) * repeats));
    };
    measure("no-op, linear 10,000, memory journal", bench.plan(chain(10'000, "linear")), 10'000, 20);
    measure("no-op, fan-out 10,000, memory journal", bench.plan(fan(10'000, "fan", "NoopNode", Value::object())),
            10'001, 20);
    const auto delays = bench.plan(fan(10, "delays", "DelayNode", Value::object({{"duration", Value("100ms")}})));
    const double before = wallSeconds();
    runMany(engine, delays, 1, 1);
    fmt::print("10 x 100 ms fan-out                         {:8.3f} s, {:.2f} x one delay  (goal <= 0.12 s)\n",
               wallSeconds() - before, (wallSeconds() - before) / 0.1);
}

double fsyncMillis(const std::filesystem::path& folder) {
    const auto path = folder / "fsync-probe";
    FILE* file = std::fopen(path.c_str(), "w");
    const double before = wallSeconds();
    constexpr int kTimes = 200;
    for (int i = 0; i < kTimes; ++i) {
        std::fputs("0123456789abcdef", file);
        std::fflush(file);
        fdatasync(fileno(file));
    }
    std::fclose(file);
    return (wallSeconds() - before) / kTimes * 1e3;
}

/// A bare journal: one prepared insert a step, `stepsACommit` steps a commit, same settings as ours. Steps a second.
double bareJournal(const std::filesystem::path& folder, int steps, int stepsACommit) {
    const auto path = folder / fmt::format("bare-{}.db", stepsACommit);
    sqlite3* db = nullptr;
    sqlite3_open(path.c_str(), &db);
    sqlite3_exec(db,
                 "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=0;"
                 "CREATE TABLE journal (run INTEGER, seq INTEGER, payload TEXT, PRIMARY KEY (run, seq)) WITHOUT ROWID",
                 nullptr, nullptr, nullptr);
    sqlite3_stmt* insert = nullptr;
    sqlite3_prepare_v2(db, "INSERT INTO journal VALUES (?, ?, ?)", -1, &insert, nullptr);
    const double before = wallSeconds();
    for (int step = 0; step < steps; ++step) {
        if (step % stepsACommit == 0) sqlite3_exec(db, "BEGIN", nullptr, nullptr, nullptr);
        sqlite3_bind_int(insert, 1, step / 10);
        sqlite3_bind_int(insert, 2, step % 10);
        sqlite3_bind_text(insert, 3, "{\"output\":1}", -1, SQLITE_STATIC);
        sqlite3_step(insert);
        sqlite3_reset(insert);
        if (step % stepsACommit == stepsACommit - 1) sqlite3_exec(db, "COMMIT", nullptr, nullptr, nullptr);
    }
    const double rate = steps / (wallSeconds() - before);
    sqlite3_finalize(insert);
    sqlite3_close(db);
    return rate;
}

void durableSteps(Bench& bench, const std::filesystem::path& folder) {
    fmt::print("fdatasync on this disk                      {:8.3f} ms\n", fsyncMillis(folder));
    store::StoreOptions options;
    options.path = (folder / "bench.db").string();
    options.clock = &bench.clock;
    auto opened = store::SqliteStore::open(options);
    if (!opened) {
        fmt::print(stderr, "{}\n", opened.error().message);
        std::exit(1);
    }
    store::SqliteStore& store = **opened;
    Document steps = chain(10, "steps");
    std::ignore = store.putVersion(steps);
    Engine engine(bench.ports(store, store), {});
    const auto plan = bench.plan(steps);
    runMany(engine, plan, 50, 8);
    for (const int inFlight : {1, 32}) {
        const double before = wallSeconds();
        runMany(engine, plan, 1'000, inFlight);
        const double rate = 10'000 / (wallSeconds() - before);
        // Beside it: as many steps a commit as one run has, or as 32 runs have together.
        const double bare = bareJournal(folder, 10'000 - 10'000 % (10 * inFlight), 10 * inFlight);
        fmt::print(
            "durable, 1,000 runs x 10 steps, {:>2} in flight  {:8.0f} steps/s, {:.2f} x a bare journal of {} steps a "
            "commit  (goal >= {})\n",
            inFlight, rate, rate / bare, 10 * inFlight, inFlight == 1 ? 10'000 : 50'000);
    }
    const auto large = bench.plan(chain(100'000, "large"));
    malloc_trim(0);
    resetPeak();
    const double resident = memoryMegabytes("VmRSS:");
    const double before = wallSeconds();
    const double cpu = cpuSeconds();
    runMany(engine, large, 1, 1);
    fmt::print(
        "100,000-node run, on disk                   {:8.3f} s, {:.3f} us of CPU a node, {:.0f} MB resident ({:.0f} MB "
        "before)\n",
        wallSeconds() - before, (cpuSeconds() - cpu) / 100'000 * 1e6, memoryMegabytes("VmHWM:"), resident);
}

}  // namespace

int run() {
    Bench bench;
    nodeCost(bench);
    std::string folder = (std::filesystem::current_path() / "signalbox-bench-XXXXXX").string();
    if (mkdtemp(folder.data()) == nullptr) return 1;
    durableSteps(bench, folder);
    std::filesystem::remove_all(folder);
    return 0;
}

}  // namespace signalbox::bench

int main() { return signalbox::bench::run(); }
