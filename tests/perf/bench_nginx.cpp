#include "perf/bench_nginx.h"

#include <array>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <thread>

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/raw_client.h"

namespace signalbox::bench {
namespace {

namespace fs = std::filesystem;

std::uint16_t freePort() {
    const int descriptor = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const raw = reinterpret_cast<sockaddr*>(&address);
    const bool isBound = ::bind(descriptor, raw, size) == 0 && ::getsockname(descriptor, raw, &size) == 0;
    ::close(descriptor);
    return isBound ? ntohs(address.sin_port) : 0;
}

void writeConfiguration(const fs::path& folder, std::uint16_t port) {
    std::ofstream(folder / "nginx.conf") << fmt::format(
        "daemon off; master_process off; pid {0}/pid; error_log {0}/error.log;\n"
        "events {{ worker_connections 1024; }}\n"
        "http {{ access_log off; sendfile on; keepalive_requests 1000000000; types {{ application/json json; }}\n"
        "  open_file_cache max=10; client_body_temp_path {0}/a; proxy_temp_path {0}/b; fastcgi_temp_path {0}/c;\n"
        "  uwsgi_temp_path {0}/d; scgi_temp_path {0}/e;\n"
        "  server {{ listen 127.0.0.1:{1}; root {0}; }} }}\n",
        folder.string(), port);
}

}  // namespace

bool isInstalled(const std::string& program) {
    return std::system(("PATH=$PATH:/usr/sbin command -v " + program + " > /dev/null 2>&1").c_str()) == 0;
}

Nginx::Nginx(const std::string& body)
    : folder_(fs::temp_directory_path() / fmt::format("bench-nginx-{}", getpid())), port_(freePort()) {
    fs::create_directories(folder_);
    std::ofstream(folder_ / "small.json") << body;
    writeConfiguration(folder_, port_);
    const auto config = (folder_ / "nginx.conf").string();
    const auto errors = (folder_ / "error.log").string();
    std::array<const char*, 6> arguments = {"nginx", "-c", config.c_str(), "-e", errors.c_str(), nullptr};
    if (posix_spawn(&process_, "/usr/sbin/nginx", nullptr, nullptr, const_cast<char**>(arguments.data()), environ) !=
        0) {
        process_ = -1;
    }
    const auto giveUp = std::chrono::steady_clock::now() + std::chrono::seconds(5);
    while (!test::RawClient(port_).isConnected() && std::chrono::steady_clock::now() < giveUp)
        std::this_thread::yield();
}

Nginx::~Nginx() {
    if (process_ > 0) {
        ::kill(process_, SIGTERM);
        ::waitpid(process_, nullptr, 0);
    }
    fs::remove_all(folder_);
}

double Nginx::cpuSeconds() const {
    std::ifstream stat(fmt::format("/proc/{}/stat", process_));
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

}  // namespace signalbox::bench
