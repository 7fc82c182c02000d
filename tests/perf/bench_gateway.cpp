// What requests cost and how long they take, beside nginx with a file of the same size: CPU under wrk, latencies under
// requests at random moments; then what real routes cost.
//   bench_gateway [SECONDS [PART...]]     of load for each (5); parts: server get execute steps; needs wrk and nginx
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include <fmt/format.h>

#include "gateway/server.h"
#include "perf/bench_gateway_routes.h"
#include "perf/bench_nginx.h"
#include "perf/bench_wrk.h"

namespace {

using namespace signalbox;
using namespace signalbox::gateway;

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

std::string smallBody() {
    std::string body = R"({"id":"0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b","name":"nightly","state":"succeeded","nodes":[)";
    while (body.size() < 300) body += R"({"id":"fetch","state":"succeeded"},)";
    body.back() = ']';
    return body + "}";
}

/// False: it could not be started.
bool benchServer(const std::string& body, const bench::Nginx& nginx, int seconds) {
    SmallAnswer application(body);
    const SystemClock clock;
    ServerOptions options;
    options.threads = 1;
    Server server(options, application, clock);
    const auto port = server.start();
    if (!port) {
        fmt::print(stderr, "{}\n", port.error().message);
        return false;
    }
    const double own = measure("gateway server, small GET", fmt::format("http://127.0.0.1:{}/small.json", *port),
                               seconds, bench::ownCpuSeconds);
    const double other = measure("nginx, static file", fmt::format("http://127.0.0.1:{}/small.json", nginx.port()),
                                 seconds, [&] { return nginx.cpuSeconds(); });
    fmt::print("gateway / nginx: {:.2f}\n", own / other);
    return true;
}

}  // namespace

int main(int argc, char** argv) {
    const int seconds = argc > 1 ? std::atoi(argv[1]) : 5;
    const std::vector<std::string_view> parts(argv + std::min(argc, 2), argv + argc);
    const auto isWanted = [&](std::string_view part) {
        return parts.empty() || std::find(parts.begin(), parts.end(), part) != parts.end();
    };
    for (const char* program : {"wrk", "nginx"}) {
        if (bench::isInstalled(program)) continue;
        fmt::print("{} is not installed: nothing to compare with\n", program);
        return 0;
    }
    const std::string body = smallBody();
    fmt::print("{} bytes, {} connections, one server thread, {} s each\n", body.size(), kConnections, seconds);
    const bench::Nginx nginx(body);
    if (isWanted("server") && !benchServer(body, nginx, seconds)) return 1;
    const bench::RouteBench routes(seconds);
    if (isWanted("get")) routes.get(nginx.port());
    if (isWanted("execute")) routes.execute();
    if (isWanted("steps")) routes.steps();
    return 0;
}
