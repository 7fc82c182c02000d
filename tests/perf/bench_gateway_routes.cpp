#include "perf/bench_gateway_routes.h"

#include <atomic>
#include <chrono>
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

/// A workspace behind a server with one I/O thread; removed with all that is in it.
class Gateway {
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

void benchGet(const Gateway& gateway, int seconds) {
    const auto header = fmt::format("-H '{}'", gateway.authorization());
    std::ignore = runWrk(gateway.url("/api/v1/gateway"), 1, 64, header);
    const double before = ownCpuSeconds();
    const Load load = runWrk(gateway.url("/api/v1/gateway"), seconds, 64, header);
    fmt::print("{:<28} {:>7.2f} us CPU a request, {:>8.0f} requests/s, p99 {}\n", "authenticated GET",
               (ownCpuSeconds() - before) * 1e6 / load.requests, load.perSecond, load.p99);
    const auto paced = gateway.folder() / "paced.lua";
    std::ofstream(paced) << "function delay() return 12 end\n";
    const Load steady =
        runWrk(gateway.url("/api/v1/gateway"), seconds, 64, fmt::format("{} -s {}", header, paced.string()));
    fmt::print("{:<28} {:>8.0f} requests/s asked for, p99 {}\n", "authenticated GET, paced", steady.perSecond,
               steady.p99);
    std::fflush(stdout);
}

void benchExecute(const Gateway& gateway, int seconds) {
    const auto script = gateway.folder() / "execute.lua";
    const auto write = [&](int delay) {
        std::ofstream(script) << "wrk.method = 'POST'\nwrk.body = '{\"n\": 4}'\n"
                              << "wrk.headers['Content-Type'] = 'application/json'\n"
                              << (delay > 0 ? fmt::format("function delay() return {} end\n", delay) : std::string());
    };
    const auto more = fmt::format("-H '{}' -s {}", gateway.authorization(), script.string());
    const auto url = gateway.url("/api/v1/workflows/three/execute?wait=30");
    write(0);
    std::ignore = runWrk(url, 1, 16, more);
    const double before = ownCpuSeconds();
    const Load most = runWrk(url, seconds, 16, more);
    fmt::print("{:<28} {:>7.1f} us CPU a request, {:>8.0f} requests/s, p99 {} (16 clients, as fast as it goes)\n",
               "execute of three nodes", (ownCpuSeconds() - before) * 1e6 / most.requests, most.perSecond, most.p99);
    write(14);
    const Load paced = runWrk(url, seconds, 16, more);
    fmt::print("{:<28} {:>8.0f} requests/s asked for, p99 {}\n", "execute, paced", paced.perSecond, paced.p99);
    std::fflush(stdout);
}

double fsyncMicros(const fs::path& folder) {
    const int file = ::open((folder / "fsync").c_str(), O_CREAT | O_WRONLY, 0600);
    constexpr int kTimes = 200;
    const std::string block(4096, 'x');
    const auto begin = Steady::now();
    for (int i = 0; i < kTimes; ++i) {
        if (::write(file, block.data(), block.size()) < 0 || ::fdatasync(file) != 0) break;
    }
    const double micros = secondsSince(begin) * 1e6 / kTimes;
    ::close(file);
    return micros;
}

void benchSteps(const Gateway& gateway, int clients, int runs) {
    const std::string request = fmt::format(
        "POST /api/v1/workflows/ten/execute?wait=30 HTTP/1.1\r\nHost: localhost\r\n{}\r\nContent-Length: 0\r\n\r\n",
        gateway.authorization());
    std::atomic<int> left{runs};
    std::atomic<int> failed{0};
    const auto begin = Steady::now();
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < clients; ++i) {
            threads.emplace_back([&] {
                test::RawClient client(gateway.port());
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

}  // namespace

void benchRoutes(int seconds) {
    const Gateway gateway;
    benchGet(gateway, seconds);
    benchExecute(gateway, seconds);
    fmt::print("{:<28} {:>7.0f} us for 4 KiB\n", "fdatasync on this disk", fsyncMicros(gateway.folder()));
    benchSteps(gateway, 1, 1000);
    benchSteps(gateway, 32, 1000);
    benchSteps(gateway, 32, 10'000);
}

}  // namespace signalbox::bench
