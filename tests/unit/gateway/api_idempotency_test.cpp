// Requests under a key, and a gateway that is started again between them.
#include <array>
#include <fstream>
#include <iterator>

#include <fmt/format.h>

#include "gateway/idempotency.h"
#include "gateway/idempotency_file.h"
#include "sqlite/sqlite_file.h"
#include "unit/gateway/api_fixture.h"

namespace signalbox::gateway::test {
namespace {

const Headers kKey{{"idempotency-key", "order-17"}};

class ApiIdempotencyTest : public ::testing::Test {
protected:
    [[nodiscard]] std::filesystem::path path() const { return world_->folder.path() / ".signalbox/idempotency.db"; }
    [[nodiscard]] ApiOptions options() const {
        auto file = IdempotencyFile::open(path());
        EXPECT_TRUE(file);
        ApiOptions made;
        if (file) made.keys = *std::move(file);
        return made;
    }
    ApiIdempotencyTest() : world_(std::make_unique<ApiWorld>()) { restart(); }
    /// Twice, because a file of keys is of one gateway at a time.
    void restart() {
        world_->restart({});
        world_->restart(options());
    }
    Answer post(const std::string& target, const std::string& body, Headers headers = kKey) {
        return world_->send({"POST", target, world_->token("administrator"), body, std::move(headers)});
    }
    Answer get(const std::string& target) { return world_->send({"GET", target, world_->token("administrator")}); }
    [[nodiscard]] std::vector<KeyRow> rows() const {
        auto file = IdempotencyFile::open(path());
        return file ? (*file)->load().value() : std::vector<KeyRow>();
    }
    [[nodiscard]] std::size_t runs() { return get("/api/v1/runs").json()["runs"].size(); }

    std::unique_ptr<ApiWorld> world_;
};

TEST_F(ApiIdempotencyTest, AStartIsOneRunOverARestart) {
    const auto first = post("/api/v1/runs", R"({"workflowId":"waiting"})");
    ASSERT_EQ(first.status, 202U) << first.body;
    restart();
    const auto again = post("/api/v1/runs", R"({"workflowId":"waiting"})");
    EXPECT_EQ(again.status, 202U) << again.body;
    EXPECT_EQ(again.body, first.body);
    EXPECT_EQ(again.header("location"), first.header("location"));
    EXPECT_EQ(again.header("idempotent-replayed"), "true");
    const auto other = post("/api/v1/runs", R"({"workflowId":"doubling"})");
    EXPECT_EQ(other.status, 422U);
    EXPECT_EQ(other.code(), "idempotency.mismatch");
    EXPECT_EQ(runs(), 1U);
}

/// The engine has the run, and the answer was lost with the process.
TEST_F(ApiIdempotencyTest, AStartThatWasInterruptedIsTheSameRun) {
    const auto first = post("/api/v1/runs", R"({"workflowId":"waiting"})");
    ASSERT_EQ(first.status, 202U) << first.body;
    const auto rerunKey = Headers{{"idempotency-key", "again"}};
    const auto done = post("/api/v1/runs?wait=30", R"({"workflowId":"doubling"})", {{"idempotency-key", "done"}});
    const std::string target = fmt::format("/api/v1/runs/{}/rerun", done.text("/summary/runId"));
    const auto rerun = post(target, {}, rerunKey);
    ASSERT_EQ(rerun.status, 202U) << rerun.body;
    world_->restart({}, [&] {
        auto file = IdempotencyFile::open(path());
        ASSERT_TRUE(file);
        std::vector<KeyChange> changes;
        const std::vector<KeyRow> all = (*file)->load().value();
        for (const KeyRow& row : all) {
            changes.push_back({KeyChange::Kind::Forget, row});
            changes.push_back({KeyChange::Kind::Begin, row});
        }
        ASSERT_EQ(changes.size(), 6U);
        ASSERT_TRUE((*file)->write(changes));
    });
    restart();
    EXPECT_EQ(post("/api/v1/runs", R"({"workflowId":"doubling"})").code(), "idempotency.mismatch");
    const auto again = post("/api/v1/runs", R"({"workflowId":"waiting"})");
    EXPECT_EQ(again.text("/runId"), first.text("/runId")) << again.body;
    EXPECT_EQ(again.header("idempotent-replayed"), "") << "done again, and still one run";
    EXPECT_EQ(post(target, {}, rerunKey).text("/runId"), rerun.text("/runId"));
    EXPECT_EQ(post(target, R"({"newest":true})", rerunKey).code(), "idempotency.mismatch");
    EXPECT_EQ(runs(), 3U);
}

TEST_F(ApiIdempotencyTest, ARerunIsOneRunOverARestart) {
    const auto done = post("/api/v1/runs?wait=30", R"({"workflowId":"doubling"})", {});
    ASSERT_EQ(done.status, 200U) << done.body;
    const std::string target = fmt::format("/api/v1/runs/{}/rerun?wait=30", done.text("/summary/runId"));
    const auto first = post(target, {});
    ASSERT_EQ(first.status, 200U) << first.body;
    EXPECT_NE(first.text("/summary/runId"), done.text("/summary/runId"));
    restart();
    EXPECT_EQ(post(target, {}).body, first.body);
    EXPECT_EQ(post(target, R"({"mode":"failed"})").code(), "idempotency.mismatch");
    EXPECT_EQ(post(target, {}, {}).status, 200U) << "without a key it is another run";
    EXPECT_EQ(runs(), 3U);
}

/// The same key for a start and for a rerun of what it started is a mistake, and never the other one's run.
TEST_F(ApiIdempotencyTest, TheEnginesKeysOfStartsAndRerunsDiffer) {
    const auto done = post("/api/v1/runs?wait=30", R"({"workflowId":"doubling"})");
    const std::string run = done.text("/summary/runId");
    ASSERT_FALSE(run.empty()) << done.body;
    world_->restart({}, [&] { std::filesystem::remove(path()); });
    restart();
    const auto rerun = post(fmt::format("/api/v1/runs/{}/rerun?wait=30", run), {});
    ASSERT_EQ(rerun.status, 200U) << rerun.body;
    EXPECT_NE(rerun.text("/summary/runId"), run);
}

TEST_F(ApiIdempotencyTest, WhatNobodyKnowsIsRefusedWithWhatToDo) {
    const std::string schedule = R"({"name":"Nightly","workflowId":"doubling","cron":"0 3 * * *"})";
    const auto made = post("/api/v1/schedules", schedule);
    ASSERT_EQ(made.status, 201U) << made.body;
    world_->restart({}, [&] {
        auto file = IdempotencyFile::open(path());
        const auto all = (*file)->load().value();
        ASSERT_EQ(all.size(), 1U);
        ASSERT_TRUE((*file)->write({{KeyChange::Kind::Forget, all[0]}, {KeyChange::Kind::Begin, all[0]}}));
    });
    restart();
    const auto again = post("/api/v1/schedules", schedule);
    EXPECT_EQ(again.status, 409U) << again.body;
    EXPECT_EQ(again.code(), "idempotency.unfinished");
    EXPECT_FALSE(again.json()["retryable"].asBoolean());
    EXPECT_NE(again.text("/hint").find("another key"), std::string::npos);
    EXPECT_EQ(get("/api/v1/schedules").json()["schedules"].size(), 1U);
}

TEST_F(ApiIdempotencyTest, NothingOfAPasswordIsOnTheDisk) {
    const std::string body =
        fmt::format(R"({{"login":"grace","name":"Grace","password":"{}","roles":["viewer"]}})", kPassword);
    const auto made = post("/api/v1/users", body);
    ASSERT_EQ(made.status, 201U) << made.body;
    EXPECT_EQ(post("/api/v1/users", body).body, made.body) << "as long as the process lives";
    restart();
    const auto again = post("/api/v1/users", body);
    EXPECT_EQ(again.status, 409U) << again.body;
    EXPECT_EQ(again.code(), "idempotency.not-kept");
    const auto all = rows();
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all[0].fingerprint, "") << "a hash of the request would help to guess the password";
    EXPECT_EQ(all[0].response.body, "");
}

TEST_F(ApiIdempotencyTest, SecretsThatAreShownOnceTakeNoKey) {
    for (const auto& [target, body] : {std::pair{"/api/v1/account/keys", R"({"name":"ci","scopes":["run:read"]})"},
                                       std::pair{"/api/v1/keys", "{}"}, std::pair{"/api/v1/webhooks", "{}"}}) {
        EXPECT_EQ(post(target, body).code(), "idempotency.unsupported") << target;
    }
    EXPECT_TRUE(rows().empty());
}

TEST_F(ApiIdempotencyTest, WithoutAKeyNothingIsWritten) {
    ASSERT_EQ(post("/api/v1/runs?wait=30", R"({"workflowId":"doubling"})", {}).status, 200U);
    ASSERT_EQ(get("/api/v1/runs").status, 200U);
    // A GET with a key is a GET.
    ASSERT_EQ(world_->send({"GET", "/api/v1/runs", world_->token("administrator"), {}, kKey}).status, 200U);
    EXPECT_TRUE(rows().empty());
}

/// Neither the file nor its thread has anything to do with what can be seen to be wrong.
TEST_F(ApiIdempotencyTest, WhatIsWrongUsesNoKey) {
    sqlite::SqliteOptions meddling;
    meddling.path = path();
    meddling.applicationId = 0x53626b79;
    constexpr std::array<const char*, 2> kNone{"", ""};
    meddling.migrations = kNone;
    auto meddler = sqlite::SqliteFile::open(meddling);
    ASSERT_TRUE(meddler);
    ASSERT_TRUE((*meddler)->execute("CREATE TRIGGER broken BEFORE INSERT ON keys BEGIN SELECT RAISE(ABORT, 'x'); END"));
    EXPECT_EQ(post("/api/v1/runs", R"({"workflowId":7})").status, 422U);
    EXPECT_EQ(post("/api/v1/runs", R"({"workflowId":)").status, 400U);
    EXPECT_EQ(post("/api/v1/runs", R"({"workflowId":""})").code(), "request.invalid");
    EXPECT_EQ(post("/api/v1/runs?wait=soon", R"({"workflowId":"waiting"})").code(), "prefer.wait");
    EXPECT_EQ(post("/api/v1/runs", R"({"workflowId":"waiting"})").code(), "store.constraint");
    EXPECT_EQ(runs(), 0U);
    ASSERT_TRUE((*meddler)->execute("DROP TRIGGER broken"));
    EXPECT_EQ(post("/api/v1/runs", R"({"workflowId":"waiting"})").status, 202U);
}

TEST_F(ApiIdempotencyTest, ARefusalFreesTheKeyOverARestart) {
    EXPECT_EQ(post("/api/v1/runs", R"({"workflowId":"none"})").status, 404U);
    restart();
    EXPECT_EQ(post("/api/v1/runs", R"({"workflowId":"waiting"})").status, 202U);
}

}  // namespace
}  // namespace signalbox::gateway::test
