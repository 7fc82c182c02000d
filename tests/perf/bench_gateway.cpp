// CPU per request of the gateway's server beside nginx with a file of the same size, both driven by wrk in turn; then
// what real routes cost.
//   bench_gateway [seconds]     of load for each (5); needs wrk, and nginx for the comparison
#include <array>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <thread>
#include <tuple>

#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "gateway/server.h"
#include "perf/bench_gateway_routes.h"
#include "perf/bench_wrk.h"
#include "support/raw_client.h"

namespace {

using namespace signalbox;
using namespace signalbox::gateway;
namespace fs = std::filesystem;

constexpr int kConnections = 64;

/// One small JSON document, as a GET of the API gives it.
class SmallAnswer final : public Application {
public:
    explicit SmallAnswer(std::string body) : body_(std::move(body)) {}
    void handle(HttpRequestPtr, bool, std::function<void(Outcome)> respond) override {
        respond(HttpResponse{200, {{"Content-Type", "application/json"}}, body_, false});
    }
    void finished(const HttpRequest&, unsigned, std::uint64_t) override {}
    HttpResponse refusal(unsigned status, std::string_view, std::string_view detail) override {
        return {status, {}, std::string(detail), true};
    }

private:
    std::string body_;
};

double cpuSecondsOf(pid_t process) {
    std::ifstream stat(fmt::format("/proc/{}/stat", process));
    const std::string text{std::istreambuf_iterator<char>(stat), {}};
    double user = 0;
    double system = 0;
    const auto name = text.rfind(')');
    if (name == std::string::npos ||
        std::sscanf(text.c_str() + name + 2, "%*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %lf %lf", &user, &system) !=
            2) {
        return 0;
    }
    return (user + system) / static_cast<double>(sysconf(_SC_CLK_TCK));
}

bool isInstalled(const std::string& program) {
    return std::system(("PATH=$PATH:/usr/sbin command -v " + program + " > /dev/null 2>&1").c_str()) == 0;
}

/// Microseconds of CPU a request, of whatever `cpuSeconds` reads.
double measure(const std::string& name, const std::string& url, int seconds,
               const std::function<double()>& cpuSeconds) {
    std::ignore = bench::runWrk(url, 1, kConnections);
    const double before = cpuSeconds();
    const auto load = bench::runWrk(url, seconds, kConnections);
    const double micros = (cpuSeconds() - before) * 1e6 / load.requests;
    fmt::print("{:<28} {:>7.2f} us CPU a request, {:>8.0f} requests/s, p99 {}\n", name, micros, load.perSecond,
               load.p99);
    std::fflush(stdout);
    return micros;
}

/// nginx with one process, from its own folder; ended with this object.
class Nginx {
public:
    Nginx(const std::string& body, std::uint16_t port)
        : folder_(fs::temp_directory_path() / fmt::format("bench-nginx-{}", getpid())) {
        fs::create_directories(folder_);
        std::ofstream(folder_ / "small.json") << body;
        std::ofstream(folder_ / "nginx.conf") << fmt::format(
            "daemon off; master_process off; pid {0}/pid; error_log {0}/error.log;\n"
            "events {{ worker_connections 1024; }}\n"
            "http {{ access_log off; sendfile on; keepalive_requests 1000000000; types {{ application/json json; }}\n"
            "  open_file_cache max=10; client_body_temp_path {0}/a; proxy_temp_path {0}/b; fastcgi_temp_path {0}/c;\n"
            "  uwsgi_temp_path {0}/d; scgi_temp_path {0}/e;\n"
            "  server {{ listen 127.0.0.1:{1}; root {0}; }} }}\n",
            folder_.string(), port);
        const auto config = (folder_ / "nginx.conf").string();
        const auto errors = (folder_ / "error.log").string();
        std::array<const char*, 6> arguments = {"nginx", "-c", config.c_str(), "-e", errors.c_str(), nullptr};
        if (posix_spawn(&process, "/usr/sbin/nginx", nullptr, nullptr, const_cast<char**>(arguments.data()), environ) !=
            0) {
            process = -1;
        }
        const auto giveUp = std::chrono::steady_clock::now() + std::chrono::seconds(5);
        while (!test::RawClient(port).isConnected() && std::chrono::steady_clock::now() < giveUp)
            std::this_thread::yield();
    }
    ~Nginx() {
        if (process > 0) {
            ::kill(process, SIGTERM);
            ::waitpid(process, nullptr, 0);
        }
        fs::remove_all(folder_);
    }
    Nginx(const Nginx&) = delete;
    Nginx& operator=(const Nginx&) = delete;
    pid_t process = -1;

private:
    fs::path folder_;
};

std::uint16_t freePort() {
    SmallAnswer none("");
    const SystemClock clock;
    Server probe({}, none, clock);
    return probe.start().value_or(0);
}

}  // namespace

int main(int argc, char** argv) {
    const int seconds = argc > 1 ? std::atoi(argv[1]) : 5;
    if (!isInstalled("wrk")) {
        fmt::print("wrk is not installed: nothing to measure with\n");
        return 0;
    }
    std::string body = R"({"id":"0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b","name":"nightly","state":"succeeded","nodes":[)";
    while (body.size() < 300) body += R"({"id":"fetch","state":"succeeded"},)";
    body.back() = ']';
    body += "}";
    fmt::print("{} bytes, {} connections, one server thread, {} s each\n", body.size(), kConnections, seconds);
    SmallAnswer application(body);
    const SystemClock clock;
    ServerOptions options;
    options.threads = 1;
    Server server(options, application, clock);
    const auto port = server.start();
    if (!port) {
        fmt::print(stderr, "{}\n", port.error().message);
        return 1;
    }
    const double own = measure("gateway server, small GET", fmt::format("http://127.0.0.1:{}/small.json", *port),
                               seconds, bench::ownCpuSeconds);
    if (!isInstalled("nginx")) {
        fmt::print("nginx is not installed: no ratio\n");
        bench::benchRoutes(seconds);
        return 0;
    }
    const auto nginxPort = freePort();
    const Nginx nginx(body, nginxPort);
    const double other = measure("nginx, static file", fmt::format("http://127.0.0.1:{}/small.json", nginxPort),
                                 seconds, [&] { return cpuSecondsOf(nginx.process); });
    fmt::print("gateway / nginx: {:.2f}\n", own / other);
    bench::benchRoutes(seconds);
    return 0;
}
