// SIGKILL under load, then a start at once, again and again: nothing that was acknowledged is lost, and what was under
// way goes on without waiting for a lease to run out.
#include <atomic>
#include <csignal>
#include <cstdlib>
#include <map>
#include <mutex>
#include <set>
#include <thread>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "integration/gatewayd/workspace.h"

namespace signalbox::gatewayd::test {
namespace {

constexpr int kClients = 4;
constexpr std::size_t kRunsARound = 40;

int rounds() {
    const char* wanted = std::getenv("SIGNALBOX_CRASH_ROUNDS");
    return wanted != nullptr ? std::atoi(wanted) : 100;
}

/// What clients were told: runs by idempotency key.
class Acknowledged {
public:
    void add(const std::string& key, const std::string& run) {
        const std::lock_guard lock(mutex_);
        runs_.emplace(key, run);
        ++count_;
        count_.notify_all();
    }
    /// A client has ended; nobody waits any longer for what it would have added.
    void ended() {
        count_ += kRunsARound;
        count_.notify_all();
    }
    void waitFor(std::size_t more) {
        const std::size_t wanted = count_ + more;
        for (std::size_t seen = count_; seen < wanted; seen = count_) count_.wait(seen);
    }
    std::map<std::string, std::string> runs() {
        const std::lock_guard lock(mutex_);
        return runs_;
    }

private:
    std::mutex mutex_;
    std::map<std::string, std::string> runs_;
    std::atomic<std::size_t> count_{0};
};

/// A start that is answered with the end of the run; as startRun() otherwise.
std::string executeRun(HttpClient& http, const std::string& workflow, const Value& inputs, const std::string& key) {
    const HttpAnswer answer =
        http.post("/api/v1/runs?wait=30", Value::object({{"workflowId", workflow}, {"inputs", inputs}}),
                  {"Idempotency-Key: " + key});
    const Value result = answer.json();
    return result["ended"].asBoolean() ? std::string(result["summary"]["runId"].asString())
                                       : fmt::format("{} {}{}", answer.status, answer.body, answer.error);
}

/// Starts runs until the gateway is gone; waits for the ends of some.
void load(const std::string& address, const std::string& token, const std::string& name, Acknowledged& acknowledged) {
    HttpClient http(address);
    http.setToken(token);
    for (int i = 0;; ++i) {
        const std::string key = fmt::format("{}-{}", name, i);
        const auto begin = i % 3 == 1 ? executeRun : startRun;
        const std::string run = begin(http, i % 5 == 0 ? "doubling" : "steps", Value::object({{"n", i}}), key);
        if (run.find(' ') != std::string::npos) break;
        acknowledged.add(key, run);
    }
    acknowledged.ended();
}

std::string portOf(const std::string& address) { return address.substr(address.rfind(':') + 1); }

/// One life of the gateway: started on the port of the one before, killed while it works.
void liveAndDie(const WorkspaceFolder& workspace, const std::string& port, const std::string& token, int round,
                Acknowledged& acknowledged) {
    GatewayProcess gateway({"--workspace", workspace.path().string(), "--port", port, "--log-level", "warning"});
    const std::string address = "http://127.0.0.1:" + port;
    // The port answers as soon as the gateway does; until then a client is refused.
    HttpClient probe(address);
    while (probe.get("/health").status != 200) ASSERT_EQ(gateway.log().find("ERROR"), std::string::npos);
    std::vector<std::jthread> clients;
    for (int client = 0; client < kClients; ++client) {
        clients.emplace_back(
            [&, name = fmt::format("{}-{}", round, client)] { load(address, token, name, acknowledged); });
    }
    acknowledged.waitFor(kRunsARound);
    gateway.signal(SIGKILL);
    EXPECT_EQ(gateway.wait(), -SIGKILL) << gateway.log();
}

TEST(Crash, TheNextOneHasTheRunsAtOnce) {
    const WorkspaceFolder workspace;
    std::string token;
    std::string run;
    {
        GatewayProcess gateway(workspace.arguments());
        HttpClient http(gateway.waitForAddress());
        token = setUpAdministrator(gateway, http);
        http.setToken(token);
        run = startRun(http, "waiting", Value::object());
        gateway.signal(SIGKILL);
        gateway.wait();
    }
    for (int life = 0; life < 3; ++life) {
        GatewayProcess gateway(workspace.arguments());
        HttpClient http(gateway.waitForAddress());
        http.setToken(token);
        if (life == 2) {
            // A run that still belonged to the dead one would be refused as owned elsewhere.
            const HttpAnswer answer = http.post("/api/v1/runs/" + run + "/signals/go", Value::object({{"value", 7}}));
            EXPECT_LT(answer.status, 300) << answer.body;
            EXPECT_EQ(waitForRun(http, run)["outputs"]["got"].asInteger(), 7);
        }
        EXPECT_EQ(gateway.log().find("ERROR"), std::string::npos) << gateway.log();
        gateway.signal(SIGKILL);
        gateway.wait();
    }
}

TEST(Crash, NoAcknowledgedRunIsLost) {
    const WorkspaceFolder workspace;
    std::string token;
    std::string port;
    {
        GatewayProcess gateway(workspace.arguments());
        const std::string address = gateway.waitForAddress();
        port = portOf(address);
        HttpClient http(address);
        token = setUpAdministrator(gateway, http);
        gateway.signal(SIGKILL);
        gateway.wait();
    }
    Acknowledged acknowledged;
    for (int round = 0; round < rounds() && !HasFatalFailure(); ++round) {
        liveAndDie(workspace, port, token, round, acknowledged);
    }
    GatewayProcess gateway(workspace.arguments());
    HttpClient http(gateway.waitForAddress());
    http.setToken(token);
    const std::map<std::string, std::string> runs = acknowledged.runs();
    std::set<std::string> different;
    for (const auto& [key, run] : runs) {
        const Value end = waitForRun(http, run);
        ASSERT_TRUE(end["ended"].asBoolean()) << key << " " << run;
        EXPECT_EQ(end["summary"]["status"].asString(), "succeeded") << key << " " << run;
        different.insert(run);
    }
    EXPECT_EQ(different.size(), runs.size()) << "every key is a run of its own";
    EXPECT_GE(different.size(), kRunsARound / 2 * static_cast<std::size_t>(rounds()));
    // Whoever was not answered asks again with the same key, and gets the run that was made then.
    const auto& [key, run] = *runs.begin();
    const int number = std::atoi(key.substr(key.rfind('-') + 1).c_str());
    EXPECT_EQ(startRun(http, number % 5 == 0 ? "doubling" : "steps", Value::object({{"n", number}}), key), run);
    RecordProperty("runs", static_cast<int>(different.size()));
    fmt::print("{} rounds, {} runs acknowledged, all ended\n", rounds(), different.size());
}

}  // namespace
}  // namespace signalbox::gatewayd::test
