// What the program says about its settings, and what it refuses to do with them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "integration/gatewayd/gateway_process.h"

namespace signalbox::gatewayd::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

struct Said {
    int code = 0;
    std::string out;
    std::string log;
};

Said run(std::vector<std::string> arguments, const Environment& environment = {}) {
    GatewayProcess process(std::move(arguments), environment);
    const int code = process.wait();
    return {code, process.out(), process.log()};
}

TEST(ConfigProcess, CheckConfigTellsEverythingAtOnce) {
    const TemporaryFolder folder;
    folder.write("work/readme", "");
    folder.write("gateway.toml", "workspace = \"work\"\nprot = 1\n[session]\nidle = \"soon\"\n");
    const std::string file = (folder.path() / "gateway.toml").string();
    const Said wrong = run({"--check-config", "--config", file});
    EXPECT_EQ(wrong.code, 1);
    EXPECT_EQ(wrong.out, "");
    EXPECT_THAT(wrong.log, AllOf(HasSubstr(file + ":2:1: error: "), HasSubstr(file + ":4:1: error: "),
                                 HasSubstr("Did you mean \"port\"?"), HasSubstr("2 errors")));
    folder.write("gateway.toml", "workspace = \"work\"\n");
    const Said right = run({"--check-config"}, {{"SIGNALBOX_CONFIG", file}});
    EXPECT_EQ(right.code, 0) << right.log;
    EXPECT_EQ(right.out, "The settings are valid.\n");
}

TEST(ConfigProcess, ASettingThatIsWrongStartsNothing) {
    const TemporaryFolder folder;
    const std::string workspace = folder.path().string();
    const Said badPort = run({"--workspace", workspace, "--port", "70000"});
    EXPECT_EQ(badPort.code, 1);
    EXPECT_THAT(badPort.log, HasSubstr("--port: error: \"port\" takes a whole number from 0 to 65535"));
    const Said badOption = run({"--workspace", workspace, "--prot", "70"});
    EXPECT_EQ(badOption.code, 2);
    EXPECT_THAT(badOption.log, HasSubstr("Did you mean \"--port\"?"));
    const Said open = run({"--workspace", workspace, "--bind", "0.0.0.0"});
    EXPECT_EQ(open.code, 1);
    EXPECT_THAT(open.log, HasSubstr("without TLS they could read and do everything"));
    EXPECT_FALSE(std::filesystem::exists(folder.path() / ".signalbox")) << "nothing was opened";
}

TEST(ConfigProcess, PrintConfigShowsSourcesAndNoSecrets) {
    const TemporaryFolder folder;
    for (const char* name : {"cert.pem", "key.pem"}) folder.write(name, "x");
    folder.write("gateway.toml",
                 "workspace = \".\"\n[tls]\ncertificate = \"cert.pem\"\nkey = \"key.pem\"\n"
                 "key_passphrase = \"env:HIDDEN\"\n");
    const Said said = run({"--print-config", "--config", (folder.path() / "gateway.toml").string(), "--title=flag"},
                          {{"HIDDEN", "hunter2"}, {"SIGNALBOX_PORT", "81"}});
    EXPECT_EQ(said.code, 0) << said.log;
    EXPECT_THAT(said.out, AllOf(HasSubstr("port = 81"), HasSubstr("# environment SIGNALBOX_PORT"),
                                HasSubstr("title = \"flag\""), HasSubstr("tls.key_passphrase = (set)"),
                                HasSubstr("gateway.toml:5:1"), Not(HasSubstr("hunter2"))));
}

TEST(ConfigProcess, HelpVersionAndExampleNeedNothing) {
    EXPECT_THAT(run({"--help"}).out, HasSubstr("Usage: signalboxd"));
    EXPECT_THAT(run({"--version"}).out, testing::MatchesRegex("signalboxd [0-9.]+\n"));
    const TemporaryFolder folder;
    folder.write("example.toml", run({"--print-example"}).out);
    // What it names may not be there; that it is read without any other complaint is what counts.
    const Said said = run({"--check-config", "--config", (folder.path() / "example.toml").string(), "--workspace",
                           folder.path().string()});
    EXPECT_EQ(said.code, 0) << said.log;
}

}  // namespace
}  // namespace signalbox::gatewayd::test
