// Looking closely at large runs: the grid of 30 runs of 5,000 nodes, and the timeline of a run of 100,000 tasks.
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <future>
#include <memory>
#include <string>
#include <thread>

#include <fmt/format.h>

#include "base/json.h"
#include "protocol/codec.h"
#include "service/host.h"

namespace {

using namespace signalbox;
using SteadyClock = std::chrono::steady_clock;

constexpr int kRuns = 30;
constexpr int kNodes = 5000;
constexpr int kItems = 100'000;

template <class Call>
typename Call::Reply call(service::Dispatcher& dispatcher, Call request) {
    std::promise<Result<protocol::Reply>> promise;
    dispatcher.dispatch(service::localAdministrator(), std::move(request),
                        [&promise](Result<protocol::Reply> outcome) { promise.set_value(std::move(outcome)); });
    auto outcome = promise.get_future().get();
    if (!outcome) {
        fmt::print(stderr, "{}: {}\n", outcome.error().code, outcome.error().message);
        std::exit(1);
    }
    return std::move(*outcome).template as<typename Call::Reply>();
}

std::unique_ptr<service::Host> openHost(const std::filesystem::path& folder) {
    service::HostOptions options;
    options.workspace = folder;
    auto host = service::Host::open(std::move(options));
    if (!host) std::exit(1);
    return std::move(*host);
}

/// Nodes side by side, each with its own value.
std::string wideDocument() {
    std::string nodes;
    std::string edges;
    for (int i = 0; i < kNodes; ++i) {
        nodes += fmt::format(R"({}{{"id": "n{}", "type": "TransformNode", "params": {{"expression": "$ + {}"}}}})",
                             i == 0 ? "" : ",\n", i, i);
        edges += fmt::format(R"({}{{"from": "$inputs.n", "to": "n{}.input"}})", i == 0 ? "" : ",\n", i);
    }
    return R"({"format": 1, "id": "wide", "inputs": [{"name": "n", "type": "integer", "default": 1}], "nodes": [)" +
           nodes + R"(], "edges": [)" + edges + "]}";
}

std::string mapDocument() {
    return R"({"format": 1, "id": "items", "inputs": [{"name": "items", "type": "array"}], "nodes": [
{"id": "each", "type": "MapNode", "params": {"concurrency": 64,
 "node": {"type": "TransformNode", "params": {"expression": "$ * 2"}}}}],
"edges": [{"from": "$inputs.items", "to": "each.items"}]})";
}

std::string runToTheEnd(service::Dispatcher& dispatcher, const std::string& text, Value inputs) {
    protocol::StartRun start;
    start.text = text;
    start.inputs = std::move(inputs);
    const std::string run = call(dispatcher, start).runId;
    protocol::ListRuns list;
    list.statuses = {"queued", "running", "waiting"};
    while (!call(dispatcher, list).runs.empty()) std::this_thread::yield();
    return run;
}

template <class Work>
double milliseconds(Work&& work) {
    const auto start = SteadyClock::now();
    work();
    return std::chrono::duration<double, std::milli>(SteadyClock::now() - start).count();
}

void benchGrid(const std::filesystem::path& folder) {
    auto host = openHost(folder);
    const std::string text = wideDocument();
    for (int i = 0; i < kRuns; ++i) runToTheEnd(host->dispatcher(), text, Value::object());
    host.reset();
    host = openHost(folder);  // nothing is kept in memory
    protocol::GetRunGrid request;
    request.workflowId = "wide";
    request.limit = kRuns;
    protocol::RunGrid grid;
    for (const char* which : {"first", "again"}) {
        fmt::print("grid, {} runs of {} nodes, {}: {:.1f} ms\n", kRuns, kNodes, which,
                   milliseconds([&] { grid = call(host->dispatcher(), request); }));
    }
    std::string json;
    const double coded = milliseconds([&] { json = writeJson(protocol::toValue(grid)); });
    fmt::print("grid as JSON: {} KiB in {:.1f} ms ({} rows)\n", json.size() >> 10U, coded, grid.rows.size());
}

void benchTimeline(const std::filesystem::path& folder) {
    auto host = openHost(folder);
    ArrayBuilder items;
    for (int i = 0; i < kItems; ++i) items.push(Value(i));
    protocol::GetRunTimeline request;
    request.runId =
        runToTheEnd(host->dispatcher(), mapDocument(), Value::object({{"items", std::move(items).build()}}));
    request.limit = 100'000;
    protocol::RunTimeline timeline;
    for (const char* which : {"first", "again"}) {
        const double took = milliseconds([&] { timeline = call(host->dispatcher(), request); });
        fmt::print("timeline, {}: {:.1f} ms ({} of {} bars)\n", which, took, timeline.bar.size(), timeline.total);
    }
    request.afterSeq = timeline.seq;
    fmt::print("timeline, what is new: {:.2f} ms\n",
               milliseconds([&] { timeline = call(host->dispatcher(), request); }));
    protocol::GetRunItems page;
    page.runId = request.runId;
    page.nodeId = "each";
    page.offset = kItems / 2;
    fmt::print("items, a page of 100 in the middle: {:.2f} ms\n",
               milliseconds([&] { static_cast<void>(call(host->dispatcher(), page)); }));
    fmt::print("node: {:.2f} ms\n", milliseconds([&] {
                   static_cast<void>(call(host->dispatcher(), protocol::GetRunNode{request.runId, "each"}));
               }));
}

}  // namespace

int main() {
    std::string folder = (std::filesystem::temp_directory_path() / "signalbox-views-XXXXXX").string();
    if (::mkdtemp(folder.data()) == nullptr) return 1;
    benchGrid(folder);
    benchTimeline(folder);
    std::filesystem::remove_all(folder);
    return 0;
}
