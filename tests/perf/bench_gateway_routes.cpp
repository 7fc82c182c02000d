#include "perf/bench_gateway_routes.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <thread>
#include <tuple>
#include <vector>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "gateway/api.h"
#include "gateway/server.h"
#include "identity/identity.h"
#include "perf/bench_wrk.h"
#include "perf/open_loop.h"
#include "service/host.h"
#include "support/raw_client.h"
#include "telemetry/metrics.h"

namespace signalbox::bench {

namespace {

namespace fs = std::filesystem;
using Steady = std::chrono::steady_clock;

constexpr int kSteps = 10;

double secondsSince(Steady::time_point begin) { return std::chrono::duration<double>(Steady::now() - begin).count(); }

/// So many nodes behind each other.
std::string chain(const std::string& id, int nodes) {
    std::string list;
    std::string edges;
    for (int i = 0; i < nodes; ++i) {
        list += fmt::format(R"({}{{"id":"s{}","type":"TransformNode","params":{{"expression":"$ + 1"}}}})",
                            i == 0 ? "" : ",", i);
        edges += i == 0 ? std::string(R"({"from":"$inputs.n","to":"s0.input"})")
                        : fmt::format(R"(,{{"from":"s{}.output","to":"s{}.input"}})", i - 1, i);
    }
    return fmt::format(R"({{"format":1,"id":"{}","name":"{}","inputs":[{{"name":"n","type":"integer","default":1}}],)"
                       R"("nodes":[{}],"edges":[{}],"outputs":[{{"name":"n","from":"s{}.output"}}]}})",
                       id, id, list, edges, nodes - 1);
}

/// How long a small append takes to reach the disk: what every durable answer waits for, at least.
void printDisk(const fs::path& folder) {
    const int file = ::open((folder / "fsync").c_str(), O_CREAT | O_WRONLY, 0600);
    constexpr std::size_t kTimes = 1000;
    const std::string block(4096, 'x');
    std::vector<double> took;
    while (took.size() < kTimes) {
        const auto begin = Steady::now();
        if (::write(file, block.data(), block.size()) < 0 || ::fdatasync(file) != 0) break;
        took.push_back(secondsSince(begin) * 1e6);
    }
    ::close(file);
    std::sort(took.begin(), took.end());
    if (took.empty()) return;
    fmt::print("{:<28} p50 {:.0f} us, p99 {:.0f} us for 4 KiB\n", "fdatasync on this disk", took[took.size() / 2],
               took[took.size() * 99 / 100]);
}

void benchSteps(std::uint16_t port, const std::string& authorization, int clients, int runs) {
    const std::string request = fmt::format(
        "POST /api/v1/workflows/ten/execute?wait=30 HTTP/1.1\r\nHost: localhost\r\n{}\r\nContent-Length: 0\r\n\r\n",
        authorization);
    std::atomic<int> left{runs};
    std::atomic<int> failed{0};
    const auto begin = Steady::now();
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < clients; ++i) {
            threads.emplace_back([&] {
                test::RawClient client(port);
                while (left.fetch_sub(1) > 0) {
                    client.send(request);
                    const auto answer = client.readResponse();
                    if (!answer || answer->status != 200) ++failed;
                }
            });
        }
    }
    fmt::print("{:<28} {:>8.0f} durable steps/s, {} runs of {} steps, {} failed\n", fmt::format("{} clients", clients),
               runs * kSteps / secondsSince(begin), runs, kSteps, failed.load());
    std::fflush(stdout);
}

void printLatencies(const char* name, const Latencies& load) {
    fmt::print("{:<28} {:>8.0f} requests/s, p50 {:.2f} ms, p99 {:.2f} ms, p99.9 {:.2f} ms, {} failed\n", name,
               load.perSecond, load.p50, load.p99, load.p999, load.failed);
    std::fflush(stdout);
}

}  // namespace

/// A workspace behind a server with one I/O thread; removed with all that is in it.
class RouteBench::Gateway {
public:
    Gateway() : folder_(fs::temp_directory_path() / fmt::format("bench-gateway-{}", getpid())) {
        fs::create_directories(folder_);
        std::ofstream(folder_ / "three.workflow.json") << chain("three", 3);
        std::ofstream(folder_ / "ten.workflow.json") << chain("ten", kSteps);
        service::HostOptions wanted;
        wanted.workspace = folder_;
        wanted.tenant = "default";
        wanted.clock = &clock_;
        wanted.identity = identity::IdentityOptions{};
        auto host = service::Host::open(std::move(wanted));
        if (!host) fail(host.error());
        host_ = std::move(*host);
        signIn();
        gateway::ApiOptions options;
        options.dispatcher = &host_->dispatcher();
        options.identity = host_->identity();
        options.metrics = &metrics_;
        options.clock = &clock_;
        api_ = std::make_unique<gateway::Api>(std::move(options));
        gateway::ServerOptions served;
        served.threads = 1;
        server_ = std::make_unique<gateway::Server>(served, *api_, clock_);
        const auto port = server_->start();
        if (!port) fail(port.error());
        port_ = *port;
    }
    ~Gateway() {
        server_->stop();
        server_.reset();
        api_.reset();
        host_.reset();
        fs::remove_all(folder_);
    }
    Gateway(const Gateway&) = delete;
    Gateway& operator=(const Gateway&) = delete;

    [[nodiscard]] const fs::path& folder() const { return folder_; }
    [[nodiscard]] std::uint16_t port() const { return port_; }
    [[nodiscard]] std::string authorization() const { return "Authorization: Bearer " + token_; }
    [[nodiscard]] std::string url(const std::string& path) const {
        return fmt::format("http://127.0.0.1:{}{}", port_, path);
    }

private:
    [[noreturn]] static void fail(const Error& error) {
        fmt::print(stderr, "{}\n", error.message);
        std::exit(1);
    }
    void signIn() {
        const auto file = host_->identity()->makeSetupToken();
        if (!file) fail(file.error());
        std::string once;
        std::ifstream(*file) >> once;
        const auto session = host_->identity()->setUp(once, "bench", "Bench", "violet kettle under seven bridges", {});
        if (!session) fail(session.error());
        token_ = session->token;
    }

    fs::path folder_;
    SystemClock clock_;
    telemetry::Metrics metrics_;
    std::unique_ptr<service::Host> host_;
    std::unique_ptr<gateway::Api> api_;
    std::unique_ptr<gateway::Server> server_;
    std::string token_;
    std::uint16_t port_ = 0;
};

RouteBench::RouteBench(int seconds) : gateway_(std::make_unique<Gateway>()), seconds_(seconds) {}
RouteBench::~RouteBench() = default;

void RouteBench::get(std::uint16_t nginxPort) const {
    const auto header = fmt::format("-H '{}'", gateway_->authorization());
    const auto url = gateway_->url("/api/v1/gateway");
    std::ignore = runWrk(url, 1, 64, header);
    const double before = ownCpuSeconds();
    const Load load = runWrk(url, seconds_, 64, header);
    fmt::print("{:<28} {:>7.2f} us CPU a request, {:>8.0f} requests/s, p99 {}\n", "authenticated GET",
               (ownCpuSeconds() - before) * 1e6 / load.requests, load.perSecond, load.p99);
    OpenLoop paced;
    paced.perSecond = 5000;
    paced.seconds = seconds_;
    paced.port = gateway_->port();
    paced.request =
        fmt::format("GET /api/v1/gateway HTTP/1.1\r\nHost: localhost\r\n{}\r\n\r\n", gateway_->authorization());
    printLatencies("authenticated GET, paced", runOpenLoop(paced));
    paced.port = nginxPort;
    paced.request = "GET /small.json HTTP/1.1\r\nHost: localhost\r\n\r\n";
    printLatencies("nginx, static file, paced", runOpenLoop(paced));
}

void RouteBench::execute() const {
    const auto script = gateway_->folder() / "execute.lua";
    std::ofstream(script) << "wrk.method = 'POST'\nwrk.body = '{\"n\": 4}'\n"
                          << "wrk.headers['Content-Type'] = 'application/json'\n";
    const auto more = fmt::format("-H '{}' -s {}", gateway_->authorization(), script.string());
    const std::string path = "/api/v1/workflows/three/execute?wait=30";
    printDisk(gateway_->folder());
    std::ignore = runWrk(gateway_->url(path), 1, 16, more);
    const double before = ownCpuSeconds();
    const Load most = runWrk(gateway_->url(path), seconds_, 16, more);
    fmt::print("{:<28} {:>7.1f} us CPU a request, {:>8.0f} requests/s, p99 {} (16 clients, as fast as it goes)\n",
               "execute of three nodes", (ownCpuSeconds() - before) * 1e6 / most.requests, most.perSecond, most.p99);
    OpenLoop paced;
    paced.perSecond = 1000;
    paced.seconds = seconds_;
    paced.port = gateway_->port();
    paced.request = fmt::format(
        "POST {} HTTP/1.1\r\nHost: localhost\r\n{}\r\nContent-Type: application/json\r\n"
        "Content-Length: 8\r\n\r\n{{\"n\": 4}}",
        path, gateway_->authorization());
    printLatencies("execute, paced", runOpenLoop(paced));
}

void RouteBench::steps() const {
    printDisk(gateway_->folder());
    const auto run = [this](int clients, int runs) {
        benchSteps(gateway_->port(), gateway_->authorization(), clients, runs);
    };
    run(1, 1000);
    run(32, 1000);
    run(32, 10'000);
}

}  // namespace signalbox::bench
