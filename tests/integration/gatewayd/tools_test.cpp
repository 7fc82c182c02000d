// What other programs say of the gateway: the linker, Prometheus, curl, systemd. Those that are not there are skipped.
#include <array>
#include <csignal>
#include <cstdio>
#include <memory>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include "integration/gatewayd/workspace.h"

namespace signalbox::gatewayd::test {
namespace {

using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;

struct Output {
    int code = 0;
    std::string text;  ///< of both streams
};

Output run(const std::string& command) {
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> pipe(::popen((command + " 2>&1").c_str(), "r"),
                                                               [](std::FILE*) { return 0; });
    Output output;
    std::array<char, 4096> buffer{};
    std::size_t got = 0;
    while ((got = std::fread(buffer.data(), 1, buffer.size(), pipe.get())) > 0) output.text.append(buffer.data(), got);
    const int status = ::pclose(pipe.get());
    output.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return output;
}

bool hasProgram(const char* name) { return run(fmt::format("command -v {}", name)).code == 0; }

TEST(Tools, NoQtIsLinked) {
    const Output linked = run("ldd " SIGNALBOX_BINARY_DIR "/bin/signalboxd");
    ASSERT_EQ(linked.code, 0) << linked.text;
    EXPECT_THAT(linked.text, HasSubstr("libsqlite3"));
    EXPECT_THAT(linked.text, Not(ContainsRegex("[qQ]t[56]?[A-Z]|libQt|toml")));
}

TEST(Tools, PrometheusAcceptsTheMetrics) {
    if (!hasProgram("promtool")) GTEST_SKIP() << "promtool is not installed (package prometheus)";
    const WorkspaceFolder workspace;
    GatewayProcess gateway(workspace.arguments());
    const std::string address = gateway.waitForAddress();
    HttpClient http(address);
    EXPECT_EQ(http.get("/metrics").status, 401) << "metrics are not for everyone unless that is set";
    const std::string token = setUpAdministrator(gateway, http);
    http.setToken(token);
    EXPECT_EQ(waitForRun(http, startRun(http, "steps"))["outputs"]["sum"].asInteger(), 10);
    workspace.write("metrics", http.get("/metrics").body);
    const Output checked = run(fmt::format("promtool check metrics < {}/metrics", workspace.path().string()));
    EXPECT_EQ(checked.code, 0);
    EXPECT_EQ(checked.text, "") << "not a single complaint";
}

TEST(Tools, OpenMetricsAreServedToAllWhenThatIsSet) {
    const WorkspaceFolder workspace;
    GatewayProcess gateway(workspace.arguments({"--metrics-open"}));
    HttpClient http(gateway.waitForAddress());
    const HttpAnswer answer = http.get("/metrics");
    EXPECT_EQ(answer.status, 200);
    EXPECT_THAT(answer.body, HasSubstr("\nprocess_resident_memory_bytes "));
}

TEST(Tools, WithoutMonitoringThereAreNoMetrics) {
    const WorkspaceFolder workspace;
    GatewayProcess gateway(workspace.arguments({"--monitoring=off-nobody-sees-what-happens"}));
    HttpClient http(gateway.waitForAddress());
    http.setToken(setUpAdministrator(gateway, http));
    EXPECT_EQ(http.get("/metrics").status, 404);
}

TEST(Tools, CurlUnderstandsTheCompression) {
    if (!hasProgram("curl")) GTEST_SKIP() << "curl is not installed";
    const WorkspaceFolder workspace;
    GatewayProcess gateway(workspace.arguments());
    const std::string address = gateway.waitForAddress();
    const Output plain = run(fmt::format("curl -s {}/openapi.json", address));
    const Output compressed = run(fmt::format("curl -s --compressed {}/openapi.json", address));
    EXPECT_EQ(plain.code, 0);
    EXPECT_GT(plain.text.size(), 10'000U);
    EXPECT_EQ(compressed.text, plain.text);
    const Output sizes =
        run(fmt::format("curl -s --compressed -o /dev/null -w '%{{size_download}}' {}/openapi.json", address));
    EXPECT_LT(std::stoul(sizes.text), plain.text.size() / 2);
}

TEST(Tools, TheFirstStepOfTheLogWorksAsItIs) {
    if (!hasProgram("curl")) GTEST_SKIP() << "curl is not installed";
    const WorkspaceFolder workspace;
    GatewayProcess gateway(workspace.arguments());
    HttpClient http(gateway.waitForAddress());
    ASSERT_TRUE(gateway.waitForLog("/api/v1/auth/setup\n"));
    const std::string log = gateway.log();
    const std::size_t start = log.find("\nNext: ") + 7;
    std::string command = log.substr(start, log.find('\n', start) - start);
    command.replace(command.find("CHOOSE-ONE"), 10, kPassword);
    EXPECT_THAT(run(command).text, HasSubstr("\"token\""));
    EXPECT_NE(login(http), "");
}

TEST(Tools, SystemdFindsTheServiceConfined) {
    if (!hasProgram("systemd-analyze")) GTEST_SKIP() << "systemd-analyze is not installed (package systemd)";
    const std::string unit = SIGNALBOX_SOURCE_DIR "/packaging/systemd/signalboxd.service";
    const Output exposure =
        run(fmt::format("systemd-analyze security --no-pager --offline=true --threshold=20 {}", unit));
    EXPECT_EQ(exposure.code, 0) << exposure.text;
    EXPECT_THAT(exposure.text, Not(HasSubstr("ignoring"))) << "a line of the unit was not understood";
}

}  // namespace
}  // namespace signalbox::gatewayd::test
