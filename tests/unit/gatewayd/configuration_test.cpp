// Settings from defaults, file, environment and flags: precedence, places of mistakes, secrets.
#include "app/gateway/configuration.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

namespace signalbox::gatewayd {
namespace {

namespace fs = std::filesystem;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

class ConfigurationTest : public testing::Test {
protected:
    ConfigurationTest() {
        std::string name = (fs::temp_directory_path() / "signalbox-config-XXXXXX").string();
        folder_ = fs::canonical(::mkdtemp(name.data()));
        sources_.file = (folder_ / "signalboxd.toml").string();
        fs::create_directory(folder_ / "work");
    }
    ~ConfigurationTest() override { fs::remove_all(folder_); }

    void write(const std::string& name, const std::string& text) const {
        std::ofstream(folder_ / name, std::ios::binary) << text;
    }
    /// The problems with a file of this content, as they are printed; the path of the file left out.
    std::vector<std::string> problemsOf(const std::string& text) {
        write("signalboxd.toml", text);
        std::vector<std::string> printed;
        for (const ConfigProblem& problem : loadConfiguration(sources_).problems) {
            std::string line = formatProblem(problem);
            if (const auto at = line.find(sources_.file); at != std::string::npos) line.erase(at, sources_.file.size());
            printed.push_back(line);
        }
        return printed;
    }

    fs::path folder_;
    ConfigSources sources_;
};

const std::string kWorkspace = "workspace = \"work\"\n";

TEST_F(ConfigurationTest, AFolderIsEnough) {
    write("signalboxd.toml", kWorkspace);
    const Configuration loaded = loadConfiguration(sources_);
    EXPECT_TRUE(loaded.isValid());
    EXPECT_EQ(loaded.settings.workspace, (folder_ / "work").string()) << "relative to the file, not to where one is";
    EXPECT_EQ(loaded.settings.title, "");
    EXPECT_EQ(loaded.settings.bind, "127.0.0.1");
    EXPECT_TRUE(loaded.settings.authenticates());
    EXPECT_TRUE(loaded.settings.isMonitored());
    EXPECT_FALSE(loaded.settings.encrypts());
}

TEST_F(ConfigurationTest, FlagsGoBeforeTheEnvironmentAndThatBeforeTheFile) {
    write("signalboxd.toml", kWorkspace + "port = 1001\ntitle = \"file\"\ntenant = \"file\"\nio_threads = 3\n");
    sources_.environment = {{"SIGNALBOX_PORT", "1002"}, {"SIGNALBOX_TITLE", "environment"}};
    sources_.flags = {{"port", "1003"}};
    const Configuration loaded = loadConfiguration(sources_);
    EXPECT_EQ(loaded.settings.port, 1003);
    EXPECT_EQ(loaded.settings.title, "environment");
    EXPECT_EQ(loaded.settings.tenant, "file");
    EXPECT_EQ(loaded.of("port").where, "--port");
    EXPECT_EQ(loaded.of("title").where, "environment SIGNALBOX_TITLE");
    EXPECT_EQ(loaded.of("io_threads").where, sources_.file + ":5:1");
    EXPECT_EQ(loaded.of("bind").source, SettingSource::Default);
}

TEST_F(ConfigurationTest, EveryMistakeIsToldAtOnceWithItsPlace) {
    EXPECT_THAT(problemsOf(kWorkspace + "prot = 80\nport = 99999\nauth = \"of\"\n\n[limits]\nbody = \"16mb\"\n"
                                        "[tls]\n  certificat = \"x\"\n"),
                ElementsAre(":2:1: error: There is no setting \"prot\"\n    Did you mean \"port\"?\n",
                            ":3:1: error: \"port\" takes a whole number from 0 to 65535, not 99999\n",
                            ":4:1: error: \"auth\" takes \"on\" or \"off-anyone-can-do-anything\", not \"of\"\n"
                            "    Did you mean \"on\"?\n",
                            ":7:1: error: \"limits.body\" takes a size in quotes, such as \"64KiB\" or \"16MiB\", not "
                            "\"16mb\"\n",
                            ":9:3: error: There is no setting \"tls.certificat\"\n"
                            "    Did you mean \"tls.certificate\"?\n"));
}

TEST_F(ConfigurationTest, AFileThatIsNoTomlNamesThePlaceAndNothingElse) {
    const auto problems = problemsOf("workspace = \"work\"\nport = = 3\n");
    ASSERT_EQ(problems.size(), 1U) << "what is missing because nothing was read is not complained about";
    EXPECT_THAT(problems[0], testing::StartsWith(":2:8: error: "));
    sources_.file = (folder_ / "none.toml").string();
    const Configuration loaded = loadConfiguration(sources_);
    ASSERT_EQ(loaded.problems.size(), 1U);
    EXPECT_EQ(loaded.problems[0].where, sources_.file);
}

TEST_F(ConfigurationTest, ASettingOfAnotherKindIsRefused) {
    EXPECT_THAT(problemsOf(kWorkspace + "port = \"many\"\ntitle = 3\ndrain_timeout = 30\ncors.origins = [1]\n"
                                        "metrics_open = 1979-05-27\n"),
                ElementsAre(HasSubstr("\"port\" takes a whole number, not \"many\""),
                            HasSubstr("\"title\" takes text in quotes, not a number"),
                            HasSubstr("\"drain_timeout\" takes a duration in quotes"),
                            HasSubstr("\"cors.origins\" takes a list of texts"),
                            HasSubstr("\"metrics_open\" takes true or false, not a date")));
}

TEST_F(ConfigurationTest, ASecretIsNeverWrittenIntoTheFile) {
    write("cert.pem", "x");
    write("key.pem", "x");
    const std::string tls = kWorkspace + "[tls]\ncertificate = \"cert.pem\"\nkey = \"key.pem\"\n";
    const auto problems = problemsOf(tls + "key_passphrase = \"hunter2\"\n");
    ASSERT_EQ(problems.size(), 1U);
    EXPECT_THAT(problems[0], HasSubstr("is a secret"));
    EXPECT_THAT(problems[0], Not(HasSubstr("hunter2")));

    sources_.environment = {{"KEY_PASSPHRASE", "hunter2"}};
    write("signalboxd.toml", tls + "key_passphrase = \"env:KEY_PASSPHRASE\"\n");
    Configuration loaded = loadConfiguration(sources_);
    EXPECT_TRUE(loaded.isValid());
    EXPECT_EQ(loaded.settings.tls.passphrase, "hunter2");
    EXPECT_THAT(printConfiguration(loaded), HasSubstr("tls.key_passphrase = (set)"));
    EXPECT_THAT(printConfiguration(loaded), Not(HasSubstr("hunter2")));

    write("passphrase", "correct horse\n");
    write("signalboxd.toml", tls + "key_passphrase_file = \"passphrase\"\n");
    loaded = loadConfiguration(sources_);
    EXPECT_TRUE(loaded.isValid());
    EXPECT_EQ(loaded.settings.tls.passphrase, "correct horse");
    EXPECT_THAT(problemsOf(tls + "key_passphrase = \"env:NOT_SET\"\n"),
                ElementsAre(HasSubstr("The variable NOT_SET is not set")));
}

TEST_F(ConfigurationTest, FoldersOfNodesAreThereAndAbsolute) {
    fs::create_directory(folder_ / "in");
    const std::string in = "\"" + (folder_ / "in").string() + "\"";
    EXPECT_THAT(problemsOf(kWorkspace + "[nodes]\nread_folders = [" + in + "]\nwrite_folders = [" + in + "]\n"),
                ElementsAre());
    EXPECT_EQ(loadConfiguration(sources_).settings.nodes.readFolders, std::vector{(folder_ / "in").string()});
    EXPECT_THAT(
        problemsOf(kWorkspace + "[nodes]\nread_folders = [" + in + ", \"/nowhere/x\"]\nwrite_folders = [\"in\"]\n"),
        ElementsAre(HasSubstr(":3:1: error: \"/nowhere/x\" is no folder"),
                    HasSubstr(":4:1: error: \"in\" is no absolute path")));
}

TEST_F(ConfigurationTest, FilesWithSecretsAreKnown) {
    for (const char* name : {"cert.pem", "key.pem", "passphrase"}) write(name, "x");
    write("signalboxd.toml", kWorkspace +
                                 "[tls]\ncertificate = \"cert.pem\"\nkey = \"key.pem\"\n"
                                 "key_passphrase_file = \"passphrase\"\n");
    sources_.environment = {{"CREDENTIALS_DIRECTORY", "/run/credentials/x"}, {"RUNTIME_DIRECTORY", "/run/a:/run/b"}};
    const auto shut = loadConfiguration(sources_).settings.nodes.shut;
    for (const std::string& path : {(folder_ / "key.pem").string(), (folder_ / "passphrase").string(),
                                    std::string("/run/credentials/x"), std::string("/run/a"), std::string("/run/b")}) {
        EXPECT_THAT(shut, Contains(path));
    }
    EXPECT_THAT(shut, Not(Contains((folder_ / "cert.pem").string())));
}

TEST_F(ConfigurationTest, BeyondLoopbackTlsAndAuthenticationAreNeeded) {
    EXPECT_THAT(problemsOf(kWorkspace + "bind = \"0.0.0.0\"\n"), ElementsAre(HasSubstr("without TLS they could")));
    EXPECT_THAT(problemsOf(kWorkspace + "bind = \"::\"\nauth = \"off-anyone-can-do-anything\"\n"),
                ElementsAre(HasSubstr("without TLS and authentication")));
    EXPECT_THAT(problemsOf(kWorkspace + "bind = \"::\"\ndangerous_insecure_bind = true\n"), ElementsAre());
    EXPECT_THAT(problemsOf(kWorkspace + "bind = \"127.8.9.1\"\nauth = \"off-anyone-can-do-anything\"\n"),
                ElementsAre());
    write("cert.pem", "x");
    write("key.pem", "x");
    const std::string tls = "[tls]\ncertificate = \"cert.pem\"\nkey = \"key.pem\"\n";
    EXPECT_THAT(problemsOf(kWorkspace + "bind = \"0.0.0.0\"\n" + tls), ElementsAre());
    EXPECT_THAT(problemsOf(kWorkspace + "bind = \"::\"\nauth = \"off-anyone-can-do-anything\"\n" + tls),
                ElementsAre(HasSubstr("without authentication")));
}

TEST_F(ConfigurationTest, WhatMustBeThereIsLookedFor) {
    EXPECT_THAT(problemsOf(""), ElementsAre(HasSubstr("No workspace is given")));
    EXPECT_THAT(problemsOf("workspace = \"nowhere\"\n"), ElementsAre(HasSubstr("is no folder")));
    EXPECT_THAT(problemsOf(kWorkspace + "tls.key = \"none.pem\"\n"),
                ElementsAre(HasSubstr("\"tls.key\" needs \"tls.certificate\""), HasSubstr("none.pem cannot be read")));
    EXPECT_THAT(problemsOf(kWorkspace + "bind = \"example.org\"\n"),
                Contains(HasSubstr("takes an IP address, not \"example.org\"")));
    EXPECT_THAT(problemsOf(kWorkspace + "cors.origins = [\"https://ok.example:8443\", \"https://no.example/\"]\n"),
                ElementsAre(HasSubstr("\"https://no.example/\" is no origin")));
}

TEST_F(ConfigurationTest, ThePublicUrlIsAnOriginBehindTls) {
    EXPECT_THAT(problemsOf(kWorkspace + "[server]\npublic_url = \"https://signalbox.example.org:8443\"\n"),
                ElementsAre());
    for (const char* bad : {"http://signalbox.example.org", "signalbox.example.org", "https://", "https://a.example/",
                            "https://a.example/path", "https://user@a.example", "https://a.example, b.example"}) {
        EXPECT_THAT(problemsOf(kWorkspace + "server.public_url = \"" + bad + "\"\n"),
                    ElementsAre(HasSubstr("is no address of a gateway behind TLS")))
            << bad;
    }
    EXPECT_THAT(problemsOf(kWorkspace + "bind = \"0.0.0.0\"\nserver.public_url = \"https://a.example\"\n"),
                ElementsAre(HasSubstr("without TLS they could")))
        << "a proxy elsewhere is reached in the clear";
    write("signalboxd.toml", kWorkspace);
    sources_.environment = {{"SIGNALBOX_SERVER_PUBLIC_URL", "https://a.example"}};
    EXPECT_EQ(loadConfiguration(sources_).settings.server.publicUrl, "https://a.example");
}

TEST_F(ConfigurationTest, TrustedProxiesAreAddressesAndNetworks) {
    EXPECT_THAT(problemsOf(kWorkspace + "[server]\ntrusted_proxies = [\"127.0.0.1\", \"10.0.0.0/8\", \"::1\"]\n"),
                ElementsAre());
    EXPECT_THAT(problemsOf(kWorkspace + "[server]\ntrusted_proxies = [\"proxy.example\", \"10.1.2.3/8\"]\n"),
                ElementsAre(HasSubstr("\"proxy.example\" is no address and no network"),
                            AllOf(HasSubstr(":3:1: error:"), HasSubstr("Did you mean the network 10.0.0.0/8"))));
    EXPECT_THAT(problemsOf(kWorkspace + "[server]\ntrusted_proxy = [\"::1\"]\n"),
                ElementsAre(HasSubstr("Did you mean \"server.trusted_proxies\"?")));
    EXPECT_THAT(problemsOf(kWorkspace + "server.trusted_proxies = [\"0.0.0.0/0\"]\n"),
                ElementsAre(AllOf(HasSubstr("warning:"), HasSubstr("everyone who can connect may say to be anyone"))));
    write("signalboxd.toml", kWorkspace + "server.trusted_proxies = [\"10.0.0.0/8\"]\n");
    sources_.environment = {{"SIGNALBOX_SERVER_TRUSTED_PROXIES", "127.0.0.1, ::1"}};
    EXPECT_THAT(loadConfiguration(sources_).settings.server.trustedProxies, ElementsAre("127.0.0.1", "::1"));
    sources_.flags = {{"server.trusted_proxies", "192.0.2.0/24"}};
    EXPECT_THAT(loadConfiguration(sources_).settings.server.trustedProxies, ElementsAre("192.0.2.0/24"));
}

TEST_F(ConfigurationTest, AVariableThatLooksLikeASlipIsAWarning) {
    write("signalboxd.toml", kWorkspace);
    sources_.environment = {{"SIGNALBOX_PROT", "80"}, {"SIGNALBOX_SOMETHING_OF_ANOTHERS", "1"}, {"PATH", "/bin"}};
    const Configuration loaded = loadConfiguration(sources_);
    EXPECT_TRUE(loaded.isValid());
    ASSERT_EQ(loaded.problems.size(), 1U);
    EXPECT_EQ(formatProblem(loaded.problems[0]),
              "environment SIGNALBOX_PROT: warning: There is no such setting\n    Did you mean SIGNALBOX_PORT?\n");
}

TEST_F(ConfigurationTest, AReloadNamesWhatNeedsARestart) {
    write("signalboxd.toml", kWorkspace + "port = 1\nlog.level = \"info\"\n");
    const Configuration running = loadConfiguration(sources_);
    write("signalboxd.toml", kWorkspace + "port = 2\nlog.level = \"debug\"\ntenant = \"other\"\n");
    EXPECT_THAT(needingRestart(running, loadConfiguration(sources_)), ElementsAre("tenant", "port"));
}

TEST_F(ConfigurationTest, NoSettingIsGivenTwiceByOneSource) {
    sources_.file.clear();
    sources_.flags = {{"workspace", (folder_ / "work").string()}, {"port", "1"}, {"port", "2"}};
    const Configuration loaded = loadConfiguration(sources_);
    ASSERT_EQ(loaded.problems.size(), 1U);
    EXPECT_EQ(loaded.problems[0].message, "\"port\" is given twice");
    EXPECT_EQ(loaded.problems[0].where, "--port");
}

TEST(LoopbackTest, OnlyThisMachine) {
    for (const char* address : {"127.0.0.1", "127.255.0.3", "::1", "localhost", "::ffff:127.0.0.1"}) {
        EXPECT_TRUE(isLoopback(address)) << address;
    }
    for (const char* address : {"0.0.0.0", "::", "10.0.0.1", "128.0.0.1", "fe80::1", "example.org", "", "127.1"}) {
        EXPECT_FALSE(isLoopback(address)) << address;
    }
}

TEST_F(ConfigurationTest, TracingIsOffUnlessItHasAnEndpoint) {
    write("signalboxd.toml", kWorkspace);
    EXPECT_FALSE(loadConfiguration(sources_).settings.tracing.isOn());
    write("signalboxd.toml", kWorkspace + "[tracing]\nendpoint = \"http://127.0.0.1:4318\"\nsample_ratio = 0.25\n");
    const TracingSettings tracing = loadConfiguration(sources_).settings.tracing;
    EXPECT_TRUE(tracing.isOn());
    EXPECT_DOUBLE_EQ(tracing.share(), 0.25);
    EXPECT_EQ(tracing.serviceName, "signalboxd");
}

TEST_F(ConfigurationTest, ASampleRatioIsAFraction) {
    const auto of = [&](const std::string& written) {
        write("signalboxd.toml", kWorkspace + "[tracing]\nsample_ratio = " + written + "\n");
        const Configuration loaded = loadConfiguration(sources_);
        return loaded.isValid() ? loaded.settings.tracing.sampleRatio : -1;
    };
    EXPECT_EQ(of("0"), 0);
    EXPECT_EQ(of("1"), 1'000'000);
    EXPECT_EQ(of("0.000001"), 1);
    EXPECT_EQ(of("1e-9"), 1) << "a little is not nothing";
    EXPECT_EQ(of("\"0.5\""), 500'000);
    for (const char* wrong :
         {"1.01", "-0.1", "2", "inf", "nan", "\"half\"", "\"0.5x\"", "true", "9223372036854775807"}) {
        EXPECT_EQ(of(wrong), -1) << wrong;
    }
    EXPECT_THAT(problemsOf(kWorkspace + "[tracing]\nsample_ratio = 1.5\n"),
                ElementsAre(":3:1: error: \"tracing.sample_ratio\" takes a number from 0 to 1, not 1.5\n"));
    EXPECT_THAT(problemsOf(kWorkspace + "port = 80.5\n"),
                ElementsAre(":2:1: error: \"port\" takes a whole number, not a number with a fraction\n"));
}

TEST_F(ConfigurationTest, WhatTracingCannotUseIsToldWithItsPlace) {
    sources_.environment = {{"COLLECTOR", "Authorization: Bearer hush"}, {"BROKEN", "hush"}};
    const std::string section = kWorkspace + "[tracing]\nendpoint = ";
    EXPECT_THAT(problemsOf(section + "\"collector:4318\"\n"), ElementsAre(HasSubstr(":3:1: error: ")));
    EXPECT_THAT(problemsOf(section + "\"https://user:hush@collector\"\n"),
                ElementsAre(testing::AllOf(HasSubstr(":3:1: error: "), Not(HasSubstr("hush")))));
    const std::string here = section + "\"http://[::1]:4318\"\n";
    EXPECT_THAT(problemsOf(here + "headers = \"env:COLLECTOR\"\n"), testing::IsEmpty());
    EXPECT_THAT(
        problemsOf(here + "headers = \"env:BROKEN\"\n"),
        ElementsAre(testing::AllOf(HasSubstr(":4:1: error: Line 1 of the headers"), Not(HasSubstr("\"hush\"")))));
    EXPECT_THAT(problemsOf(here + "headers = \"A: b\"\n"),
                ElementsAre(HasSubstr(":4:1: error: \"tracing.headers\" is a secret")));
    EXPECT_THAT(problemsOf(here + "ca = \"nowhere.pem\"\n"), ElementsAre(HasSubstr("nowhere.pem cannot be read")));
    const std::string there = section + "\"http://collector.example:4318\"\n";
    EXPECT_THAT(problemsOf(there), testing::IsEmpty()) << "spans may go there, secrets may not";
    EXPECT_THAT(problemsOf(there + "headers = \"env:COLLECTOR\"\n"),
                ElementsAre(HasSubstr(":3:1: error: \"tracing.headers\" would go to collector.example readable")));
    EXPECT_THAT(problemsOf(section + "\"https://collector.example\"\nheaders = \"env:COLLECTOR\"\n"),
                testing::IsEmpty());
    EXPECT_THAT(printConfiguration(loadConfiguration(sources_)), Not(HasSubstr("hush")));
}

}  // namespace
}  // namespace signalbox::gatewayd
