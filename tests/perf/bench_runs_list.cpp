// The list of runs over a million of them: pages, jumps, filters, searches; and looking closely at large runs.
//   bench_runs_list [runs]     a store of that many summaries (1,000,000) in a temporary folder
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <sqlite3.h>

#include "base/clock.h"
#include "store/sqlite_store.h"

namespace {

using namespace signalbox;
using SteadyClock = std::chrono::steady_clock;

constexpr int kRounds = 15;

double millisecondsOf(const std::function<void()>& work) {
    const auto start = SteadyClock::now();
    work();
    return std::chrono::duration<double, std::milli>(SteadyClock::now() - start).count();
}

void executeSql(const std::filesystem::path& path, const std::string& sql) {
    sqlite3* database = nullptr;
    char* message = nullptr;
    if (sqlite3_open(path.c_str(), &database) != SQLITE_OK ||
        sqlite3_exec(database, sql.c_str(), nullptr, nullptr, &message) != SQLITE_OK) {
        fmt::print(stderr, "{}\n", message != nullptr ? message : "cannot open");
        std::exit(1);
    }
    sqlite3_close(database);
}

/// Summaries as the writer makes them: a fifth failed with messages that differ, 20 workflows, a few still running.
void fillRuns(const std::filesystem::path& path, int runs) {
    executeSql(
        path,
        fmt::format("PRAGMA synchronous=OFF; BEGIN; WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
                    " WHERE i < {})"
                    " INSERT INTO runs (id, token, status, created_wall, started_wall, finished_wall, nodes_total,"
                    " nodes_done, nodes_failed, nodes_skipped, version, priority, owner, workflow_id, workflow_name,"
                    " idempotency_key, started_by, error_code, error_message, error_node)"
                    " SELECT randomblob(16), 1, CASE WHEN i % 5 = 0 THEN 5 WHEN i % 97 = 0 THEN 6"
                    " WHEN i % 10007 = 0 THEN 1 ELSE 4 END, 1700000000000000 + i * 1000, 1, 1,"
                    " 10, 10, 0, 0, 1, 0, 'bench', 'workflow-' || (i % 20), 'Workflow', '', 'bench',"
                    " CASE WHEN i % 5 = 0 THEN 'http.timeout' ELSE '' END,"
                    " CASE WHEN i % 5 = 0 THEN 'No answer within 30 s from https://host-' || i ||"
                    " '.example.org/api/v2/orders while the request was sent for the third time' ELSE '' END,"
                    " CASE WHEN i % 5 = 0 THEN 'fetch' ELSE '' END FROM n;"
                    "INSERT INTO run_counts SELECT workflow_id, status, count(*) FROM runs GROUP BY 1, 2"
                    " ON CONFLICT DO UPDATE SET runs = excluded.runs; COMMIT; PRAGMA optimize",
                    runs));
}

struct Case {
    const char* what;
    engine::RunFilter filter;
};

std::vector<Case> cases(int runs) {
    using engine::RunStatus;
    std::vector<Case> all(9);
    all[0].what = "all";
    all[1] = {"failed", {}};
    all[1].filter.statuses = {RunStatus::Failed};
    all[2] = {"failed or cancelled", {}};
    all[2].filter.statuses = {RunStatus::Failed, RunStatus::Cancelled};
    all[3] = {"five statuses", {}};
    all[3].filter.statuses = {RunStatus::Queued, RunStatus::Running, RunStatus::Succeeded, RunStatus::Failed,
                              RunStatus::Cancelled};
    all[4] = {"one workflow", {}};
    all[4].filter.workflowId = "workflow-10";
    all[5] = {"one workflow, failed or running", {}};
    all[5].filter.workflowId = "workflow-10";
    all[5].filter.statuses = {RunStatus::Failed, RunStatus::Running};
    all[6] = {"a time range (half)", {}};
    all[6].filter.createdAfter = 1'700'000'000'000'000 + static_cast<Micros>(runs) * 250;
    all[6].filter.createdBefore = 1'700'000'000'000'000 + static_cast<Micros>(runs) * 750;
    all[7] = {"text, frequent", {}};
    all[7].filter.errorText = "third TIME";
    all[8] = {"text, rare", {}};
    all[8].filter.errorText = fmt::format("host-{}.", runs / 500 * 100);
    return all;
}

struct Times {
    std::vector<double> values;
    void add(double value) { values.push_back(value); }
    [[nodiscard]] double median() {
        std::sort(values.begin(), values.end());
        return values.empty() ? 0 : values[values.size() / 2];
    }
    [[nodiscard]] double worst() const { return values.empty() ? 0 : *std::max_element(values.begin(), values.end()); }
};

engine::RunPage listed(store::SqliteStore& store, const engine::RunFilter& filter) {
    auto page = store.list(filter);
    if (!page) {
        fmt::print(stderr, "{}\n", page.error().message);
        std::exit(1);
    }
    return std::move(*page);
}

/// First page, following pages by cursor, walking the list once, then jumps to any rank.
void measure(store::SqliteStore& store, const Case& each) {
    engine::RunFilter filter = each.filter;
    filter.limit = 200;
    Times first;
    Times next;
    Times jump;
    engine::RunPage page;
    for (int i = 0; i < kRounds; ++i) first.add(millisecondsOf([&] { page = listed(store, filter); }));
    const std::string asOf = page.asOf;
    int slices = 0;
    filter.cursor = page.nextCursor;
    for (int i = 0; i < 60 && !filter.cursor.empty(); ++i) {
        next.add(millisecondsOf([&] { page = listed(store, filter); }));
        slices += page.partial ? 1 : 0;
        filter.cursor = page.nextCursor;
    }
    filter.cursor.clear();
    filter.asOf = asOf;
    const double walk = millisecondsOf([&] {
        if (!store.warmList(filter)) std::exit(1);
    });
    const auto total = listed(store, filter).total;
    for (int i = 1; i <= kRounds && total > 0; ++i) {
        filter.offset = total * static_cast<std::uint64_t>(i) / (kRounds + 1) / 200 * 200;
        if (filter.offset == 0) filter.offset = total - 1;
        jump.add(millisecondsOf([&] { page = listed(store, filter); }));
    }
    fmt::print("  {:<32} {:9} {:6.2f} {:6.2f}   {:6.2f} {:6.2f}   {:6.2f} {:6.2f}   {:8.1f}{}\n", each.what, total,
               first.median(), first.worst(), next.median(), next.worst(), jump.median(), jump.worst(), walk,
               slices > 0 ? fmt::format("   ({} slices)", slices) : std::string());
}

}  // namespace

int main(int argc, char** argv) {
    const int runs = argc > 1 ? std::atoi(argv[1]) : 1'000'000;
    std::string folder = (std::filesystem::temp_directory_path() / "signalbox-list-XXXXXX").string();
    if (::mkdtemp(folder.data()) == nullptr) return 1;
    const SystemClock clock;
    store::StoreOptions options;
    options.path = std::filesystem::path(folder) / "state.db";
    options.clock = &clock;
    options.watermarkBytes = 0;
    options.maintenanceThread = false;
    options.retention = {.maxAge = 0, .maxRuns = 0, .maxBytes = 0};
    {
        const auto made = store::SqliteStore::open(options);
        if (!made) return 1;
    }
    fillRuns(options.path, runs);
    auto store = store::SqliteStore::open(options);
    if (!store) return 1;
    fmt::print("{} runs, database {} MiB; pages of 200, times in ms (median, worst)\n", runs,
               std::filesystem::file_size(options.path) >> 20U);
    fmt::print("  {:<32} {:>9} {:>13}   {:>13}   {:>13}   {:>8}\n", "filter", "matches", "first page", "next pages",
               "jumps", "one walk");
    for (const Case& each : cases(runs)) measure(**store, each);
    store->reset();
    std::filesystem::remove_all(folder);
    return 0;
}
