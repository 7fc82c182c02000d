// The questions of the command line, asked at a terminal.
#include <csignal>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "integration/ctl/ctl_gateway.h"
#include "support/certificate.h"

namespace signalbox::ctl::test {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr const char* kCtrlC = "\x03";
constexpr const char* kCtrlD = "\x04";
constexpr const char* kCtrlZ = "\x1a";

/// A shell at a terminal of its own that runs the command line as its job, says how that ended, and how the terminal
/// looks then. On Ctrl-Z it says how the terminal looks and lets the job go on.
class TerminalSession : public signalbox::test::Program {
public:
    TerminalSession(const Workspace& home, const std::vector<std::string>& arguments)
        : Program({.command = commandOf(arguments), .folder = home.path(), .atTerminal = true}) {}

private:
    static std::vector<std::string> commandOf(const std::vector<std::string>& arguments) {
        const char* script =
            "set -m; trap : INT; before=$(stty -g); "
            "look() { [ \"$(stty -g)\" = \"$before\" ] && echo terminal-same || echo terminal-changed; }; "
            "\"$@\"; code=$?; look; "
            "while [ $code -eq $STOPPED ]; do fg; code=$?; look; done; exit $code";
        std::vector<std::string> command = {
            "/usr/bin/env", "STOPPED=" + std::to_string(128 + SIGTSTP), "/bin/sh", "-c", script,
            "sh",           SIGNALBOX_BINARY_DIR "/bin/signalboxctl"};
        command.insert(command.end(), arguments.begin(), arguments.end());
        return command;
    }
};

class CtlTerminal : public CtlGateway {
protected:
    [[nodiscard]] TerminalSession atTerminal(std::vector<std::string> arguments) const {
        arguments.insert(arguments.end(), {"--gateway", address_});
        return {home_, arguments};
    }
};

TEST_F(CtlTerminal, SetsUpAndSignsInWithoutShowingSecrets) {
    const std::string token = gatewayd::test::setupTokenOf(*gateway_);
    TerminalSession setup = atTerminal({"setup", "admin"});
    ASSERT_TRUE(setup.waitForOutput("one-time token")) << setup.out();
    ASSERT_TRUE(setup.waitForOutput(": "));
    setup.type(token + "\n");
    ASSERT_TRUE(setup.waitForOutput("Password of the new administrator: ")) << setup.out();
    setup.type(std::string(kSecret) + "\n");
    ASSERT_TRUE(setup.waitForOutput("The same password again: ")) << setup.out();
    setup.type(std::string(kSecret) + "\n");
    EXPECT_EQ(setup.wait(), 0) << setup.out();
    EXPECT_THAT(setup.out(), HasSubstr("as admin."));
    EXPECT_THAT(setup.out(), HasSubstr("terminal-same"));
    EXPECT_THAT(setup.out(), Not(HasSubstr(token)));
    EXPECT_THAT(setup.out(), Not(HasSubstr(kSecret)));

    TerminalSession login = atTerminal({"login"});
    ASSERT_TRUE(login.waitForOutput("Password: ")) << "its login is known: " << login.out();
    login.type(std::string(kSecret) + "\n");
    EXPECT_EQ(login.wait(), 0) << login.out();
    EXPECT_THAT(login.out(), Not(HasSubstr(kSecret)));
}

TEST_F(CtlTerminal, TwoDifferentPasswordsMakeNobody) {
    setUpAdministrator();
    TerminalSession adding = atTerminal({"users", "add", "bob"});
    ASSERT_TRUE(adding.waitForOutput("Password of the new user: ")) << adding.out();
    adding.type("lantern under nine stones\n");
    ASSERT_TRUE(adding.waitForOutput("again: ")) << adding.out();
    adding.type("lantern under ten stones\n");
    EXPECT_EQ(adding.wait(), 2) << adding.out();
    EXPECT_EQ(there({"users", "--json"}).json()["users"].items().size(), 1U);
}

TEST_F(CtlTerminal, AnInterruptedPromptLeavesTheTerminalAsItWas) {
    TerminalSession login = atTerminal({"login", "admin"});
    ASSERT_TRUE(login.waitForOutput("Password: ")) << login.out();
    login.type(std::string("half a passw") + kCtrlC);
    EXPECT_EQ(login.wait(), 128 + SIGINT) << login.out();
    EXPECT_THAT(login.out(), HasSubstr("terminal-same"));
    EXPECT_THAT(login.out(), Not(HasSubstr("passw")));

    TerminalSession nothing = atTerminal({"login", "admin"});
    ASSERT_TRUE(nothing.waitForOutput("Password: ")) << nothing.out();
    nothing.type(kCtrlD);
    EXPECT_EQ(nothing.wait(), 2) << nothing.out();
    EXPECT_THAT(nothing.out(), HasSubstr("There was no answer"));
    EXPECT_THAT(nothing.out(), HasSubstr("terminal-same"));
}

TEST_F(CtlTerminal, AStoppedPromptAsksAgainWhenItGoesOn) {
    setUpAdministrator();
    TerminalSession login = atTerminal({"login", "admin"});
    ASSERT_TRUE(login.waitForOutput("Password: ")) << login.out();
    login.type(std::string("half a passw") + kCtrlZ);
    ASSERT_TRUE(login.waitForOutput("terminal-same")) << login.out();
    ASSERT_TRUE(login.waitForOutput("Password: ")) << login.out();
    login.type(std::string(kSecret) + "\n");
    EXPECT_EQ(login.wait(), 0) << login.out();
    EXPECT_THAT(login.out(), Not(HasSubstr(kSecret)));
}

TEST_F(CtlTerminal, ACertificateIsTrustedOnlyForAYes) {
    const std::string certificate = (there_.path() / "cert.pem").string();
    const std::string key = (there_.path() / "key.pem").string();
    ASSERT_TRUE(signalbox::test::writeCertificate("plant", certificate, key));
    serve("0", {"--tls-certificate", certificate, "--tls-key", key});
    for (const char* answer : {"no\n", "y\n", "\n", kCtrlC}) {
        TerminalSession asked = atTerminal({"runs"});
        ASSERT_TRUE(asked.waitForOutput("Type yes: ")) << asked.out();
        asked.type(answer);
        EXPECT_NE(asked.wait(), 0) << asked.out();
        EXPECT_THAT(asked.out(), HasSubstr("terminal-same"));
    }
    const Finished nobody = there({"runs"});
    EXPECT_EQ(nobody.code, 5);
    EXPECT_THAT(nobody.err, HasSubstr("--pin ")) << "where nobody can be asked";

    const std::string token = gatewayd::test::setupTokenOf(*gateway_);
    home_.write("token", token);
    TerminalSession setup = atTerminal({"setup", "admin", "--setup-token", "token", "--password-file", "password"});
    ASSERT_TRUE(setup.waitForOutput("Type yes: ")) << setup.out();
    setup.type("yes\n");
    EXPECT_EQ(setup.wait(), 0) << setup.out();
    EXPECT_EQ(there({"runs"}).code, 0) << "it is kept";
}

TEST_F(CtlTerminal, InProductionTheNameOfTheGatewayIsTyped) {
    serve("0", {"--environment", "production"});
    setUpAdministrator();
    EXPECT_THAT(there({"whoami"}).out, HasSubstr("production"));
    const std::string run(there({"run", "waiting", "--detach", "--json"}).json()["run"].asString());
    const auto status = [&] {
        return std::string(there({"show", run, "--json"}).json()["summary"]["status"].asString());
    };
    for (const char* answer : {"yes\n", "127.0.0\n", "\n", kCtrlC, kCtrlD}) {
        TerminalSession asked = atTerminal({"cancel", run});
        ASSERT_TRUE(asked.waitForOutput("Type the name of the gateway to go on (127.0.0.1): ")) << asked.out();
        EXPECT_THAT(asked.out(), HasSubstr("127.0.0.1 is in production: this cancels run "));
        asked.type(answer);
        EXPECT_EQ(asked.wait(), answer == std::string(kCtrlC) ? 128 + SIGINT : 2) << asked.out();
        EXPECT_THAT(asked.out(), HasSubstr("terminal-same"));
        EXPECT_EQ(status(), "waiting");
    }
    TerminalSession sure = atTerminal({"cancel", run});
    ASSERT_TRUE(sure.waitForOutput("to go on (127.0.0.1): ")) << sure.out();
    sure.type("127.0.0.1\n");
    EXPECT_EQ(sure.wait(), 0) << sure.out();
    EXPECT_EQ(status(), "cancelled");
    TerminalSession harmless = atTerminal({"run", "doubling"});
    EXPECT_EQ(harmless.wait(), 0) << "what is no danger is not asked about: " << harmless.out();
}

TEST_F(CtlTerminal, InProductionWithoutATerminalItTakesAYes) {
    serve("0", {"--environment", "production"});
    setUpAdministrator();
    const std::string run(there({"run", "waiting", "--detach", "--json"}).json()["run"].asString());
    const auto added = there({"schedules", "add", "nightly", "doubling", "0 3 * * *"});
    const std::string schedule = added.out.substr(0, added.out.find('\n'));
    const auto key = there({"keys", "create", "ci", "--scope", "run:read", "--json"}).json();
    const std::vector<std::vector<std::string>> dangers = {
        {"cancel", run},
        {"schedules", "backfill", schedule, "2026-03-01T00:00:00Z", "2026-03-04T00:00:00Z"},
        {"schedules", "remove", schedule},
        {"keys", "revoke", std::string(key["key"]["id"].asString())}};
    for (auto command : dangers) {
        const Finished refused = there(command);
        EXPECT_EQ(refused.code, 2) << command[0] << refused.err;
        EXPECT_THAT(refused.err, HasSubstr("is in production"));
        EXPECT_THAT(refused.err, HasSubstr("--yes"));
    }
    EXPECT_EQ(there({"show", run, "--json"}).json()["summary"]["status"].asString(), "waiting");
    EXPECT_EQ(there({"schedules", "--json"}).json()["schedules"].items().size(), 1U);
    EXPECT_EQ(there({"keys", "--json"}).json()["keys"].items().size(), 1U);
    EXPECT_EQ(there({"cancel", run}, "127.0.0.1\n").code, 2) << "what is piped in is no person";
    for (auto command : dangers) {
        command.emplace_back("--yes");
        const Finished done = there(command);
        EXPECT_EQ(done.code, 0) << command[0] << done.err;
    }
    EXPECT_TRUE(there({"schedules", "--json"}).json()["schedules"].empty());
    EXPECT_EQ(there({"show", run, "--json"}).json()["summary"]["status"].asString(), "cancelled");
}

TEST_F(CtlTerminal, TheListOfGatewaysMayCallForMoreCare) {
    setUpAdministrator();
    const std::string run(there({"run", "waiting", "--detach", "--json"}).json()["run"].asString());
    EXPECT_EQ(there({"login", "admin", "--environment", "prod", "--password-file", "password"}).code, 2);
    const Finished login =
        there({"login", "admin", "--environment", "production", "--name", "Plant", "--password-file", "password"});
    EXPECT_EQ(login.code, 0) << login.err;
    const Finished refused = there({"cancel", run});
    EXPECT_EQ(refused.code, 2);
    EXPECT_THAT(refused.err, HasSubstr("Plant is in production"));
    EXPECT_EQ(there({"login", "admin", "--environment", "staging", "--password-file", "password"}).code, 0);
    EXPECT_EQ(there({"cancel", run}).code, 0) << "nobody is asked elsewhere";
}

TEST_F(CtlTerminal, WithoutATerminalItSaysWhichFilesItTakes) {
    const Finished login = there({"login", "admin"});
    EXPECT_EQ(login.code, 2);
    EXPECT_THAT(login.err, HasSubstr("--password-file FILE"));
    const Finished setup = there({"setup", "admin"});
    EXPECT_EQ(setup.code, 2);
    EXPECT_THAT(setup.err, HasSubstr("--setup-token FILE"));
    const Finished adding = there({"users", "add", "bob"});
    EXPECT_EQ(adding.code, 2);
    EXPECT_THAT(adding.err, HasSubstr("--password-file FILE"));
}

}  // namespace
}  // namespace signalbox::ctl::test
