// Signals while requests are under way, and what the service manager is told.
#include <chrono>
#include <csignal>
#include <future>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "integration/gatewayd/workspace.h"
#include "support/notify_socket.h"
#include "support/raw_client.h"

namespace signalbox::gatewayd::test {
namespace {

using signalbox::test::NotifySocket;
using signalbox::test::RawClient;
using testing::HasSubstr;
using testing::StartsWith;

/// A gateway with a request under way that waits for the end of a run, at most so many seconds.
class BusyGateway {
public:
    BusyGateway(std::vector<std::string> settings, int seconds)
        : gateway_(workspace_.arguments(std::move(settings))),
          address_(gateway_.waitForAddress()),
          waiting_(address_),
          other_(address_) {
        const std::string token = setUpAdministrator(gateway_, other_);
        other_.setToken(token);
        waiting_.setToken(token);
        run_ = startRun(other_, "waiting");
        answer_ = std::async(std::launch::async, [this, seconds] {
            return waiting_.get("/api/v1/runs/" + run_ + "/wait?timeout=" + std::to_string(seconds) + "000000");
        });
        // Itself and the one that waits.
        while (other_.get("/metrics").body.find("signalbox_http_in_flight 2") == std::string::npos &&
               answer_.wait_for(std::chrono::seconds(0)) != std::future_status::ready) {
        }
    }
    GatewayProcess& process() { return gateway_; }
    HttpAnswer answer() { return answer_.get(); }

private:
    WorkspaceFolder workspace_;
    GatewayProcess gateway_;
    std::string address_;
    HttpClient waiting_;
    HttpClient other_;
    std::string run_;
    std::future<HttpAnswer> answer_;
};

TEST(Signals, TermFinishesWhatIsUnderWay) {
    BusyGateway busy({}, 2);
    busy.process().signal(SIGTERM);
    const HttpAnswer answer = busy.answer();
    EXPECT_EQ(answer.status, 200) << answer.error << answer.body;
    EXPECT_FALSE(answer.json()["ended"].asBoolean());
    EXPECT_EQ(busy.process().wait(), 0) << busy.process().log();
}

TEST(Signals, ASecondOneEndsAtOnce) {
    BusyGateway busy({"--drain-timeout", "10m"}, 600);
    busy.process().signal(SIGTERM);
    ASSERT_TRUE(busy.process().waitForLog("Stopping"));
    busy.process().signal(SIGINT);
    EXPECT_EQ(busy.process().wait(), 5);
    EXPECT_NE(busy.answer().status, 200);
}

TEST(Signals, DrainingIsBounded) {
    const WorkspaceFolder workspace;
    GatewayProcess gateway(workspace.arguments({"--drain-timeout", "100ms"}));
    const std::string address = gateway.waitForAddress();
    RawClient client(portNumberOf(address));
    client.send(
        "POST /api/v1/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        "Content-Length: 100\r\nExpect: 100-continue\r\n\r\n");
    ASSERT_FALSE(client.readUntil("100 Continue").empty()) << "a request whose body never comes";
    gateway.signal(SIGTERM);
    EXPECT_EQ(gateway.wait(), 5);
    EXPECT_THAT(gateway.log(), HasSubstr("the time was over"));
}

TEST(Signals, WhoStillWaitsForARunThenLearnsWhichItIs) {
    const WorkspaceFolder workspace;
    std::string location;
    std::string token;
    {
        GatewayProcess gateway(workspace.arguments({"--drain-timeout", "2s"}));
        const std::string address = gateway.waitForAddress();
        HttpClient http(address);
        token = setUpAdministrator(gateway, http);
        http.setToken(token);
        HttpClient waiting(address);
        waiting.setToken(token);
        auto answer = std::async(std::launch::async, [&] {
            return waiting.post("/api/v1/workflows/waiting/execute?wait=600", Value::object());
        });
        while (http.get("/metrics").body.find("signalbox_http_in_flight 2") == std::string::npos &&
               answer.wait_for(std::chrono::seconds(0)) != std::future_status::ready) {
        }
        gateway.signal(SIGTERM);
        const HttpAnswer told = answer.get();
        ASSERT_EQ(told.status, 202) << told.error << told.body;
        location = told.headers.at("location");
        EXPECT_EQ(gateway.wait(), 0) << gateway.log();
    }
    GatewayProcess next(workspace.arguments());
    HttpClient http(next.waitForAddress());
    http.setToken(token);
    EXPECT_EQ(http.get(location).status, 200) << location;
}

TEST(Signals, HangUpReadsTheSettingsAgain) {
    const WorkspaceFolder workspace;
    const auto write = [&](const std::string& more) {
        workspace.write("gateway.toml", "workspace = \".\"\nport = 0\n" + more);
    };
    write("");
    GatewayProcess gateway({"--config", (workspace.path() / "gateway.toml").string()});
    HttpClient http(gateway.waitForAddress());
    const std::vector<std::string> origin = {"Origin: https://console.example"};
    EXPECT_FALSE(http.get("/health", origin).headers.contains("access-control-allow-origin"));

    write("cors.origins = [\"https://console.example\"]\nlog.format = \"json\"\ntenant = \"other\"\n");
    gateway.signal(SIGHUP);
    ASSERT_TRUE(gateway.waitForLog("\"The settings were read again\""));
    ASSERT_TRUE(gateway.waitForLog("\\\"tenant\\\" has changed; that takes a restart"));
    EXPECT_EQ(http.get("/health", origin).headers["access-control-allow-origin"], "https://console.example");

    write("cors.origins = []\nprot = 3\n");
    gateway.signal(SIGHUP);
    ASSERT_TRUE(gateway.waitForLog("There is no setting \\\"prot\\\""));
    ASSERT_TRUE(gateway.waitForLog("nothing has changed"));
    EXPECT_EQ(http.get("/health", origin).headers["access-control-allow-origin"], "https://console.example");
    EXPECT_FALSE(http.get("/health").newConnection) << "a reload drops no connection";
}

TEST(Signals, HangUpChangesTheRateLimit) {
    const WorkspaceFolder workspace;
    workspace.write("gateway.toml", "workspace = \".\"\nport = 0\nrate.per_address = 0\n");
    GatewayProcess gateway({"--config", (workspace.path() / "gateway.toml").string()});
    HttpClient http(gateway.waitForAddress());
    for (int i = 0; i < 20; ++i) EXPECT_NE(http.get("/api/v1/runs").status, 429);
    workspace.write("gateway.toml", "workspace = \".\"\nport = 0\nrate.per_address = 1\n");
    gateway.signal(SIGHUP);
    ASSERT_TRUE(gateway.waitForLog("The settings were read again"));
    long status = 0;
    for (int i = 0; i < 5 && status != 429; ++i) status = http.get("/api/v1/runs").status;
    EXPECT_EQ(status, 429);
}

TEST(ServiceManager, IsToldOfStartReloadAndStop) {
    const WorkspaceFolder workspace;
    const std::string address = "@signalbox-gatewayd-" + std::to_string(::getpid());
    const NotifySocket manager(address);
    GatewayProcess gateway(workspace.arguments(), {{"NOTIFY_SOCKET", address}});
    EXPECT_EQ(manager.next(), "STATUS=Opening the workspace");
    const std::string ready = manager.nextWith("READY=1");
    EXPECT_THAT(ready, StartsWith("READY=1\nSTATUS=Serving on http://127.0.0.1:"));
    gateway.signal(SIGHUP);
    EXPECT_THAT(manager.next(), StartsWith("RELOADING=1\nMONOTONIC_USEC="));
    EXPECT_EQ(manager.next(), ready);
    gateway.signal(SIGTERM);
    EXPECT_THAT(manager.next(), StartsWith("STOPPING=1"));
    EXPECT_THAT(manager.next(), StartsWith("EXTEND_TIMEOUT_USEC="));
    EXPECT_EQ(gateway.wait(), 0);
}

TEST(ServiceManager, HearsTheWatchdogWhileThePartsAnswer) {
    const WorkspaceFolder workspace;
    const std::string address = (workspace.path() / "notify").string();
    const NotifySocket manager(address);
    GatewayProcess gateway(workspace.arguments(), {{"NOTIFY_SOCKET", address}, {"WATCHDOG_USEC", "200000"}});
    for (int i = 0; i < 3; ++i) EXPECT_EQ(manager.nextWith("WATCHDOG=1"), "WATCHDOG=1");
}

TEST(ServiceManager, WhyItCouldNotStartIsItsStatus) {
    const WorkspaceFolder workspace;
    workspace.write(".signalbox/state.db", "this is no database, and long enough to be seen as something else");
    const std::string address = "@signalbox-gatewayd-failed-" + std::to_string(::getpid());
    const NotifySocket manager(address);
    GatewayProcess gateway(workspace.arguments(), {{"NOTIFY_SOCKET", address}});
    EXPECT_EQ(manager.next(), "STATUS=Opening the workspace");
    EXPECT_THAT(manager.next(), StartsWith("STATUS="));
    EXPECT_EQ(gateway.wait(), 3);
}

}  // namespace
}  // namespace signalbox::gatewayd::test
