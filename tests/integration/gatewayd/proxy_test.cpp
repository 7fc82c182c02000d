// A gateway behind a proxy: clients are told apart by what the proxy says, and nobody else's word counts.
#include <csignal>
#include <filesystem>

#include <arpa/inet.h>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "integration/gatewayd/workspace.h"
#include "support/raw_client.h"

namespace signalbox::gatewayd::test {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;

/// So many wrong passwords cost an address nothing.
constexpr int kFree = 20;

/// Wrong passwords, each for another account, until they must wait (429).
int failuresOf(HttpClient& http, const std::vector<std::string>& headers, int most) {
    for (int count = 1; count <= most; ++count) {
        const HttpAnswer answer =
            http.post("/api/v1/auth/login",
                      Value::object({{"login", fmt::format("nobody{}", count)}, {"password", "wrong"}}), headers);
        if (answer.status == 429) return count;
        EXPECT_EQ(answer.status, 401) << answer.body << answer.error;
    }
    return most + 1;
}

std::string sessionAddress(HttpClient& http) {
    const HttpAnswer answer = http.get("/api/v1/account/sessions");
    const Value listed = answer.json();
    for (const Value& session : listed["sessions"].items()) {
        if (session["current"].asBoolean()) return std::string(session["address"].asString());
    }
    return answer.body;
}

TEST(BehindAProxy, ClientsAreThrottledApart) {
    const WorkspaceFolder workspace;
    GatewayProcess gateway(workspace.arguments({"--server-trusted-proxies", "127.0.0.1"}));
    HttpClient proxy(gateway.waitForAddress());
    const std::string token = setUpAdministrator(gateway, proxy);
    const std::vector<std::string> attacker{"X-Forwarded-For: 203.0.113.66, 198.51.100.1"};
    EXPECT_LE(failuresOf(proxy, attacker, kFree + 5), kFree + 5);
    EXPECT_LE(failuresOf(proxy, {"X-Forwarded-For: 192.0.2.9, 198.51.100.1"}, 1), 1) << "whatever it sends itself";
    const auto other = proxy.post("/api/v1/auth/login", Value::object({{"login", "admin"}, {"password", kPassword}}),
                                  {"X-Forwarded-For: 198.51.100.2"});
    EXPECT_EQ(other.status, 200) << other.body;
    EXPECT_EQ(other.json()["session"]["address"].asString(), "198.51.100.2");
    EXPECT_THAT(gateway.log(), HasSubstr("signed in"));
    EXPECT_THAT(gateway.log(), HasSubstr("address=198.51.100.2"));
    EXPECT_THAT(gateway.log(), HasSubstr("address=198.51.100.1 proxy=127.0.0.1"));
    EXPECT_THAT(gateway.log(), Not(HasSubstr("203.0.113.66")));
}

TEST(BehindAProxy, WhoIsNoneIsNotBelieved) {
    const WorkspaceFolder workspace;
    workspace.write("gateway.toml", "workspace = \".\"\nport = 0\n[server]\ntrusted_proxies = [\"10.0.0.0/8\"]\n");
    GatewayProcess gateway({"--config", (workspace.path() / "gateway.toml").string()});
    HttpClient http(gateway.waitForAddress());
    const std::string token = setUpAdministrator(gateway, http);
    int attempts = 0;
    for (long status = 0; status != 429 && attempts <= kFree + 5; ++attempts) {
        status = http.post("/api/v1/auth/login",
                           Value::object({{"login", fmt::format("nobody{}", attempts)}, {"password", "wrong"}}),
                           {fmt::format("X-Forwarded-For: 198.51.100.{}", attempts),
                            fmt::format("Forwarded: for=198.51.100.{}", attempts)})
                     .status;
    }
    EXPECT_LE(attempts, kFree + 5) << "another address each time, it says";
    EXPECT_THAT(gateway.log(), Not(HasSubstr("198.51.100.")));
    http.setToken(token);
    EXPECT_EQ(sessionAddress(http), "127.0.0.1");

    workspace.write("gateway.toml", "workspace = \".\"\nport = 0\n[server]\ntrusted_proxies = [\"127.0.0.1/32\"]\n");
    gateway.signal(SIGHUP);
    ASSERT_TRUE(gateway.waitForLog("The settings were read again"));
    EXPECT_EQ(http.get("/health", {"X-Forwarded-For: 198.51.100.7"}).status, 200);
    EXPECT_TRUE(gateway.waitForLog("address=198.51.100.7")) << "a reload takes it over";
}

/// The real one, in front of a gateway. It comes from 127.0.0.1; clients may come from all of 127.0.0.0/8.
class Nginx {
public:
    explicit Nginx(const std::string& gateway) : port_(freePort()) {
        folder_.write("nginx.conf", fmt::format(R"(pid nginx.pid;
error_log stderr notice;
events {{}}
http {{
    access_log off;
    client_body_temp_path body;
    proxy_temp_path proxy;
    fastcgi_temp_path fastcgi;
    uwsgi_temp_path uwsgi;
    scgi_temp_path scgi;
    map $http_upgrade $connection_upgrade {{ default upgrade; "" ""; }}
    upstream gateway {{ server {}; keepalive 4; }}
    server {{
        listen 127.0.0.1:{};
        location / {{
            proxy_pass http://gateway;
            proxy_http_version 1.1;
            proxy_bind 127.0.0.1;
            proxy_buffering off;
            proxy_set_header Upgrade $http_upgrade;
            proxy_set_header Connection $connection_upgrade;
            proxy_set_header Host $http_host;
            proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
        }}
    }}
}}
)",
                                                gateway.substr(gateway.find("//") + 2), port_));
        program_ = std::make_unique<signalbox::test::Program>(
            signalbox::test::ProgramStart{{binary(), "-p", folder_.path().string(), "-c", "nginx.conf", "-e", "stderr",
                                           "-g", "daemon off; master_process off;"}});
    }
    /// It listens before it says its last word.
    [[nodiscard]] bool waitUntilItServes() { return program_->waitForError("getrlimit(RLIMIT_NOFILE)"); }
    [[nodiscard]] std::string address() const { return fmt::format("http://127.0.0.1:{}", port_); }
    [[nodiscard]] std::uint16_t port() const { return static_cast<std::uint16_t>(port_); }
    [[nodiscard]] std::string log() { return program_->err(); }
    /// Empty: it is not installed.
    [[nodiscard]] static std::string binary() {
        for (const char* path : {"/usr/sbin/nginx", "/usr/bin/nginx", "/usr/local/sbin/nginx"}) {
            if (::access(path, X_OK) == 0) return path;
        }
        return {};
    }

private:
    /// Free a moment ago, at least.
    static int freePort() {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        const int probe = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        ::bind(probe, reinterpret_cast<const sockaddr*>(&address), size);
        ::getsockname(probe, reinterpret_cast<sockaddr*>(&address), &size);
        ::close(probe);
        return ntohs(address.sin_port);
    }

    TemporaryFolder folder_;
    int port_;
    std::unique_ptr<signalbox::test::Program> program_;
};

TEST(BehindNginx, ItsClientsAreThrottledApartAndSpoofNothing) {
    if (Nginx::binary().empty()) GTEST_SKIP() << "nginx is not installed";
    const WorkspaceFolder workspace;
    GatewayProcess gateway(workspace.arguments({"--server-trusted-proxies", "127.0.0.1"}));
    const std::string address = gateway.waitForAddress();
    {
        HttpClient direct(address);
        static_cast<void>(setUpAdministrator(gateway, direct));
    }
    Nginx nginx(address);
    ASSERT_TRUE(nginx.waitUntilItServes()) << nginx.log();
    HttpClient attacker(nginx.address());
    attacker.comeFrom("127.0.0.66");
    HttpClient user(nginx.address());
    user.comeFrom("127.0.0.77");
    EXPECT_LE(failuresOf(attacker, {"X-Forwarded-For: 198.51.100.1", "Forwarded: for=198.51.100.1"}, kFree + 5),
              kFree + 5);
    EXPECT_LE(failuresOf(attacker, {"X-Forwarded-For: 198.51.100.2", "Forwarded: for=198.51.100.2"}, 1), 1);
    user.setToken(login(user));
    EXPECT_EQ(sessionAddress(user), "127.0.0.77") << "and nobody waits for what the other did";
    EXPECT_THAT(gateway.log(), HasSubstr("address=127.0.0.66 proxy=127.0.0.1"));
    signalbox::test::RawClient socket(nginx.port());
    const auto opened = socket.upgrade("/api/v1/ws");
    ASSERT_TRUE(opened);
    EXPECT_EQ(opened->status, 101U) << opened->body;
    ASSERT_TRUE(socket.send(signalbox::test::clientFrame(1, R"({"type":"authenticate","token":"none"})")));
    const auto frame = socket.readFrame();
    ASSERT_TRUE(frame);
    EXPECT_THAT(frame->payload, HasSubstr("\"refused\""));
    EXPECT_THAT(gateway.log(), Not(HasSubstr("198.51.100.")));
}

}  // namespace
}  // namespace signalbox::gatewayd::test
