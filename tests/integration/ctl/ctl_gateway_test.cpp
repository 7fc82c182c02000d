// The command line and a gateway elsewhere.
#include "integration/ctl/ctl_gateway.h"

#include <csignal>
#include <cstdlib>
#include <fstream>

#include <gtest/gtest.h>

#include "integration/ctl/ctl_documents.h"

namespace signalbox::ctl::test {
namespace {

TEST_F(CtlGateway, DoesEverythingThere) {
    setUpAdministrator();
    EXPECT_EQ(there({"whoami", "--json"}).json()["login"].asString(), "admin");
    EXPECT_EQ(there({"workflows", "--json"}).json()["workflows"].items().size(), 2U);
    EXPECT_NE(there({"nodes", "TransformNode"}).out.find("expression"), std::string::npos);
    const auto byId = there({"run", "doubling", "--input", R"({"n": 4})"});
    EXPECT_EQ(byId.code, 0) << byId.err;
    EXPECT_EQ(byId.json(), Value::object({{"result", 8}})) << byId.out;
    home_.write("mine.workflow.json", doublingDocument());
    const auto watched = there({"run", "mine.workflow.json", "--watch"});
    EXPECT_NE(watched.err.find("✓ succeeded"), std::string::npos) << watched.err;
    EXPECT_EQ(there({"run", "nothing"}).code, 4);
    EXPECT_EQ(there({"validate", "mine.workflow.json"}).code, 0);
    home_.write("bad.workflow.json", R"({"format": 1, "id": "bad", "nodes": [{"id": "a", "type": "NoNode"}]})");
    EXPECT_EQ(there({"run", "bad.workflow.json"}).code, 3);
    EXPECT_EQ(there({"runs", "--json"}).json()["total"], Value(2));
    EXPECT_EQ(there({"rerun", "last"}).code, 0);
    EXPECT_FALSE(std::filesystem::exists(home_.path() / ".signalbox")) << "nothing happens here";
}

TEST_F(CtlGateway, ActsOnRunsThere) {
    setUpAdministrator();
    const auto run = there({"run", "waiting", "--detach", "--json"}).json();
    const std::string id(run["run"].asString());
    EXPECT_EQ(run["status"].asString(), "waiting");
    const auto shown = there({"show", id});
    EXPECT_NE(shown.out.find("--gateway 127.0.0.1"), std::string::npos) << shown.out;
    EXPECT_EQ(there({"pause", id}).code, 0);
    EXPECT_EQ(there({"show", id, "--json"}).json()["summary"]["status"].asString(), "paused");
    EXPECT_EQ(there({"resume", id}).code, 0);
    const auto signalled = there({"signal", id, "go", "--value", "5", "--watch"});
    EXPECT_EQ(signalled.code, 0) << signalled.err;
    EXPECT_EQ(signalled.json()["got"], Value(5)) << signalled.out;
    const std::string second(there({"run", "waiting", "--detach", "--json"}).json()["run"].asString());
    EXPECT_EQ(there({"cancel", second, "--reason", "enough"}).code, 0);
    EXPECT_EQ(there({"cancel", second}).code, 5);
}

TEST_F(CtlGateway, SignsInAndOut) {
    const auto nobody = there({"runs"});
    EXPECT_EQ(nobody.code, 5);
    EXPECT_NE(nobody.err.find("[gateway.credentials-needed]"), std::string::npos) << nobody.err;
    EXPECT_NE(nobody.err.find("signalboxctl login --gateway " + address_), std::string::npos) << nobody.err;
    setUpAdministrator();
    EXPECT_EQ(there({"runs"}).code, 0);
    EXPECT_EQ(there({"logout"}).code, 0);
    EXPECT_EQ(there({"runs"}).code, 5);
    home_.write("wrong", "not this one");
    EXPECT_EQ(there({"login", "admin", "--password-file", "wrong"}).code, 5);
    const auto signedIn =
        there({"login", "admin", "--password-file", "-", "--name", "Plant"}, std::string(kSecret) + "\n");
    EXPECT_EQ(signedIn.code, 0) << signedIn.err;
    EXPECT_EQ(ctl(home_, {"runs", "--gateway", "plant"}).code, 0) << "by its name";
    // Neither password nor token is readable anywhere.
    std::size_t files = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(home_.path())) {
        if (!entry.is_regular_file() || entry.path().filename() == "password") continue;
        std::ifstream file(entry.path(), std::ios::binary);
        const std::string text{std::istreambuf_iterator<char>(file), {}};
        EXPECT_EQ(text.find(kSecret), std::string::npos) << entry.path();
        ++files;
    }
    EXPECT_GE(files, 4U);
}

TEST_F(CtlGateway, TakesATokenFromOutside) {
    setUpAdministrator();
    const auto key = there({"keys", "create", "ci", "--scope", "run:start", "--scope", "run:read", "--scope",
                            "workflow:read", "--scope", "gateway:read", "--expires", "30d"});
    ASSERT_EQ(key.code, 0) << key.err;
    EXPECT_EQ(key.out.substr(0, 4), "sbk_");
    home_.write("key", key.out);
    EXPECT_EQ(there({"logout"}).code, 0);
    EXPECT_EQ(there({"run", "doubling", "--token-file", "key"}).json()["result"], Value(42));
    EXPECT_EQ(there({"users", "--token-file", "key"}).code, 5) << "its scopes do not reach so far";
    ::setenv("SIGNALBOX_TOKEN", key.out.substr(0, key.out.find('\n')).c_str(), 1);
    ::setenv("SIGNALBOX_GATEWAY", address_.c_str(), 1);
    EXPECT_EQ(ctl(home_, {"runs", "--json"}).json()["total"], Value(1));
    EXPECT_EQ(ctl(home_, {"runs", "--json", "--workspace", "."}).json()["total"], Value(0))
        << "a named place counts more";
    EXPECT_EQ(ctl(home_, {"runs", "--workspace", ".", "--gateway", address_}).code, 2);
    EXPECT_EQ(ctl(home_, {"eval", "1", "--gateway", address_}).code, 2);
}

TEST_F(CtlGateway, AdministersUsersAndSchedules) {
    setUpAdministrator();
    EXPECT_EQ(there({"users", "add", "bob", "--role", "operator", "--password-file", "password"}).code, 0);
    EXPECT_EQ(there({"users", "--json"}).json()["users"].items().size(), 2U);
    const auto added = there({"schedules", "add", "nightly", "doubling", "0 3 * * *", "--time-zone", "Europe/Berlin"});
    ASSERT_EQ(added.code, 0) << added.err;
    const std::string id = added.out.substr(0, added.out.find('\n'));
    EXPECT_EQ(there({"schedules", "pause", id, "--note", "holiday"}).code, 0);
    EXPECT_EQ(there({"schedules", "--json"}).json()["schedules"].at(0)["paused"], Value(true));
    EXPECT_EQ(there({"schedules", "resume", id}).code, 0);
    EXPECT_EQ(there({"schedules", "trigger", id}).code, 0);
    const auto times = there({"schedules", "preview", "0 3 * * *", "--time-zone", "Europe/Berlin", "--count", "3"});
    EXPECT_NE(times.out.find("T03:00:00+0"), std::string::npos) << times.out;
    EXPECT_EQ(there({"schedules", "backfill", id, "2026-03-01T00:00:00Z", "2026-03-04T00:00:00Z"}).code, 0);
    EXPECT_NE(there({"schedules", "add", "x", "doubling", "nonsense"}).code, 0);
    EXPECT_EQ(there({"schedules", "remove", id}).code, 0);
    EXPECT_TRUE(there({"schedules", "--json"}).json()["schedules"].empty());
}

TEST_F(CtlGateway, SaysWhatIsInTheWay) {
    gateway_->signal(SIGKILL);
    gateway_->wait();
    const auto nothing = there({"runs"});
    EXPECT_EQ(nothing.code, 5);
    EXPECT_NE(nothing.err.find("[gateway.unreachable]"), std::string::npos) << nothing.err;
    EXPECT_NE(nothing.err.find("Nothing listens"), std::string::npos) << nothing.err;
    const auto plain = ctl(home_, {"runs", "--gateway", "http://gateway.example.org"});
    EXPECT_NE(plain.err.find("[gateway.plain-refused]"), std::string::npos) << plain.err;
    EXPECT_EQ(ctl(home_, {"runs", "--gateway", "ftp://x"}).code, 2);
    EXPECT_EQ(ctl(home_, {"users"}).code, 2);
    EXPECT_EQ(there({"login"}).code, 2) << "nobody to ask";
}

TEST_F(CtlGateway, FollowsARunOverARestart) {
    setUpAdministrator();
    CtlProcess run(home_, {"run", "waiting", "--watch", "--gateway", address_});
    ASSERT_TRUE(run.waitForError("waits for the signal")) << run.err();
    gateway_->signal(SIGKILL);
    gateway_->wait();
    serve(address_.substr(address_.rfind(':') + 1));
    const std::string id(there({"runs", "--json"}).json()["runs"].at(0)["runId"].asString());
    EXPECT_EQ(there({"signal", id, "go", "--value", "5"}).code, 0);
    EXPECT_EQ(run.wait(), 0) << run.err();
    EXPECT_EQ(run.json()["got"], Value(5)) << run.out();
}

}  // namespace
}  // namespace signalbox::ctl::test
