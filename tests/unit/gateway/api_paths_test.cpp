// Nobody learns from an error where on the server's disk something is.
#include <fmt/format.h>

#include "gateway/route.h"
#include "service/dispatcher.h"
#include "unit/gateway/api_fixture.h"

namespace signalbox::gateway::test {
namespace {

namespace fs = std::filesystem;

std::string concrete(std::string_view pattern, std::string_view id) {
    std::string target;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (pattern[i] == '{') {
            target += id;
            i = pattern.find('}', i);
        } else {
            target += pattern[i];
        }
    }
    return target;
}

class ApiPathsTest : public ::testing::Test {
protected:
    void expectNoPath(const Answer& answer, const std::string& what) {
        EXPECT_EQ(answer.body.find(world_.folder.path().string()), std::string::npos) << what << ": " << answer.body;
        for (const auto& [name, value] : answer.headers) {
            EXPECT_EQ(value.find(world_.folder.path().string()), std::string::npos) << what << ": " << name;
        }
    }
    /// Every route with bodies and names of all sorts: whatever goes wrong, it is told without the path. What is meant
    /// to tell it is left out.
    void walk(const std::string& when, bool writes) {
        const std::string good = service::test::doublingDocument("new");
        for (const Route& route : allRoutes()) {
            const bool isStream = route.handler == Handler::Socket || route.handler == Handler::Events;
            if (isStream || route.call == "gateway.info" || route.call.starts_with("engine.")) continue;
            if (route.method != Method::Get && !writes) continue;
            for (const char* id : {"00000000-0000-7000-8000-000000000000", "none", "broken", "doubling"}) {
                for (const std::string& body : {std::string(), std::string("{}"), good}) {
                    if (route.method == Method::Get && !body.empty()) continue;
                    const std::string method(methodName(route.method));
                    const Answer answer =
                        world_.send({method, concrete(route.pattern, id), token_, body, {{"if-match", "\"1\""}}});
                    if (answer.status >= 400)
                        expectNoPath(answer, when + ": " + method + " " + std::string(route.pattern));
                }
            }
        }
    }
    ApiWorld world_;
    std::string token_ = world_.token("designer");
};

TEST_F(ApiPathsTest, AWorkflowThatIsNotThereIsNamedByItsId) {
    const Answer answer = world_.send({"GET", "/api/v1/workflows/doublin", token_});
    EXPECT_EQ(answer.code(), "workflow.not-found");
    EXPECT_EQ(answer.text("/where"), "doublin");
    expectNoPath(answer, "not found");
}

TEST_F(ApiPathsTest, NoRouteTellsThePath) {
    world_.folder.write("broken.workflow.json", "{");
    walk("as it is", true);
}

/// As a disk that is not mounted: what is asked of files fails with their paths.
TEST_F(ApiPathsTest, NorWhenFilesFail) {
    const fs::path away = world_.folder.path().string() + "-away";
    fs::rename(world_.folder.path(), away);
    const Answer answer = world_.send({"GET", "/api/v1/workflows", token_});
    EXPECT_GE(answer.status, 400U) << answer.body;
    walk("without its folder", true);
    fs::remove_all(world_.folder.path());
    fs::rename(away, world_.folder.path());
}

TEST_F(ApiPathsTest, NorARunThatReadsAFile) {
    world_.write("reading", R"({"format":1,"id":"reading","name":"Reading",
        "nodes":[{"id":"read","type":"TextReaderNode","params":{"path":"data/none.txt"}}],"edges":[]})");
    const Answer failed = world_.send({"POST", "/api/v1/workflows/reading/execute?wait=30", token_});
    EXPECT_EQ(failed.status, 422U) << failed.body;
    EXPECT_NE(failed.body.find("data/none.txt"), std::string::npos) << failed.body;
    expectNoPath(failed, "execute");
    const std::string run = failed.text("/runId");
    for (const char* part : {"", "/nodes/read", "/journal", "/timeline", "/logs", "/wait"}) {
        expectNoPath(world_.send({"GET", "/api/v1/runs/" + run + part, token_}), part);
    }
}

TEST_F(ApiPathsTest, ErrorsOfUsersAndTriggersGoTheSameWay) {
    const std::string file = (world_.folder.path() / ".signalbox/identity.db").string();
    const Error shown = world_.host->dispatcher().withoutPaths({"store.busy", "It is locked", file, "", true});
    EXPECT_EQ(shown.where, ".signalbox/identity.db");
    EXPECT_EQ(shown.code, "store.busy");
    EXPECT_TRUE(shown.retryable);
}

TEST_F(ApiPathsTest, WhoMayReadTheGatewayIsToldWhereItMeansTo) {
    EXPECT_EQ(world_.send({"GET", "/api/v1/gateway", token_}).text("/workspace"), world_.folder.path().string());
    EXPECT_EQ(world_.send({"GET", "/api/v1/gateway", world_.token("narrow")}).code(), "auth.forbidden");
}

}  // namespace
}  // namespace signalbox::gateway::test
