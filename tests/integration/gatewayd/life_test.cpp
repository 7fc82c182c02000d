// From the first start to the last signal.
#include <csignal>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "integration/gatewayd/workspace.h"

namespace signalbox::gatewayd::test {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(Life, FromTheFirstStartToARun) {
    const WorkspaceFolder workspace;
    GatewayProcess gateway(workspace.arguments({"--title", "Test gateway"}));
    HttpClient http(gateway.waitForAddress());
    EXPECT_EQ(http.get("/health").status, 200);
    EXPECT_EQ(http.get("/api/v1/runs").status, 401) << "nobody comes in before there is an administrator";
    const std::string token = setupTokenOf(gateway);
    ASSERT_GE(token.size(), 32U);
    EXPECT_THAT(gateway.log(), Not(HasSubstr(token))) << "the log names the file, never the token";

    http.setToken(setUpAdministrator(gateway, http));
    const std::string run = startRun(http, "doubling", Value::object({{"n", 4}}));
    const Value ended = waitForRun(http, run);
    EXPECT_TRUE(ended["ended"].asBoolean()) << run;
    EXPECT_EQ(ended["outputs"]["result"].asInteger(), 8);

    gateway.signal(SIGTERM);
    EXPECT_EQ(gateway.wait(), 0) << gateway.log();
    EXPECT_THAT(gateway.log(), HasSubstr("Stopped\n"));
}

TEST(Life, TheNextStartKnowsUsersSessionsAndRuns) {
    const WorkspaceFolder workspace;
    std::string token;
    std::string run;
    {
        GatewayProcess gateway(workspace.arguments());
        HttpClient http(gateway.waitForAddress());
        token = setUpAdministrator(gateway, http);
        http.setToken(token);
        run = startRun(http, "waiting");
        gateway.signal(SIGINT);
        EXPECT_EQ(gateway.wait(), 0) << "a run that waits holds up nothing";
    }
    GatewayProcess gateway(workspace.arguments());
    HttpClient http(gateway.waitForAddress());
    EXPECT_NE(login(http), "");
    http.setToken(token);
    const HttpAnswer sent = http.post("/api/v1/runs/" + run + "/signals/go", Value::object({{"value", 7}}));
    EXPECT_LT(sent.status, 300) << sent.body;
    EXPECT_EQ(waitForRun(http, run)["outputs"]["got"].asInteger(), 7);
    EXPECT_THAT(gateway.log(), Not(HasSubstr("no administrator")));
}

TEST(Life, WhatIsTurnedOffIsSaidAtEachStart) {
    const WorkspaceFolder workspace;
    GatewayProcess gateway(workspace.arguments({"--auth", "off-anyone-can-do-anything", "--monitoring",
                                                "off-nobody-sees-what-happens", "--log-format", "json"}));
    EXPECT_TRUE(gateway.waitForLog("Dangerous setting: auth = "));
    EXPECT_TRUE(gateway.waitForLog("Dangerous setting: monitoring = "));
    ASSERT_TRUE(gateway.waitForLog("\"address\":\""));
}

/// A socket that listens on a port of this machine, as another program does.
class OccupiedPort {
public:
    OccupiedPort() : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof(address);
        EXPECT_EQ(::bind(socket_, reinterpret_cast<const sockaddr*>(&address), size), 0);
        EXPECT_EQ(::listen(socket_, 1), 0);
        EXPECT_EQ(::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size), 0);
        port_ = ntohs(address.sin_port);
    }
    OccupiedPort(const OccupiedPort&) = delete;
    OccupiedPort& operator=(const OccupiedPort&) = delete;
    ~OccupiedPort() { release(); }
    void release() {
        if (socket_ >= 0) ::close(socket_);
        socket_ = -1;
    }
    [[nodiscard]] std::string port() const { return std::to_string(port_); }

private:
    int socket_;
    int port_ = 0;
};

TEST(Life, APortInUseIsTriedUntilItIsFree) {
    const WorkspaceFolder workspace;
    OccupiedPort occupied;
    GatewayProcess gateway({"--workspace", workspace.path().string(), "--port", occupied.port()});
    ASSERT_TRUE(gateway.waitForLog("The address is in use; trying again"));
    occupied.release();
    EXPECT_EQ(gateway.waitForAddress(), "http://127.0.0.1:" + occupied.port());
}

TEST(Life, ASignalEndsTheWaitForAPort) {
    const WorkspaceFolder workspace;
    const OccupiedPort occupied;
    GatewayProcess gateway({"--workspace", workspace.path().string(), "--port", occupied.port()});
    ASSERT_TRUE(gateway.waitForLog("The address is in use; trying again"));
    gateway.signal(SIGTERM);
    EXPECT_EQ(gateway.wait(), 0);
}

TEST(Life, AnAddressOfAnotherMachineIsRefused) {
    const WorkspaceFolder workspace;
    GatewayProcess gateway(workspace.arguments({"--bind", "192.0.2.1", "--dangerous-insecure-bind"}));
    EXPECT_EQ(gateway.wait(), 4) << gateway.log();
}

TEST(Life, AWorkspaceThatCannotBeOpenedIsToldOf) {
    const WorkspaceFolder workspace;
    workspace.write(".signalbox/state.db", "this is no database, and long enough to be seen as something else");
    GatewayProcess gateway(workspace.arguments());
    EXPECT_EQ(gateway.wait(), 3) << gateway.log();
    EXPECT_THAT(gateway.log(), HasSubstr("code=store."));
}

}  // namespace
}  // namespace signalbox::gatewayd::test
