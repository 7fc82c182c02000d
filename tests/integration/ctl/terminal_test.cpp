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
