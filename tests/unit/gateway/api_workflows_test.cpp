// Workflows over HTTP: conditional requests, strict parameters, problems.
#include <fmt/format.h>

#include "base/json.h"
#include "gateway/problem.h"
#include "unit/gateway/api_fixture.h"

namespace signalbox::gateway::test {

namespace {

std::string withText(const std::string& document) { return writeJson(Value::object({{"text", document}})); }

class ApiWorkflowsTest : public ApiTest {};

TEST_F(ApiWorkflowsTest, ListsAndGives) {
    const auto list = get("/api/v1/workflows?text=doub");
    ASSERT_EQ(list.status, 200U) << list.body;
    ASSERT_EQ(list.json()["workflows"].size(), 1U);
    const auto one = get("/api/v1/workflows/doubling");
    ASSERT_EQ(one.status, 200U);
    EXPECT_EQ(one.text("/summary/name"), "Doubling");
    EXPECT_EQ(one.header("etag"), fmt::format("\"{}\"", one.text("/etag")));
    EXPECT_EQ(one.header("content-type"), "application/json");
    EXPECT_FALSE(one.header("x-request-id").empty());
    EXPECT_EQ(one.header("traceparent").size(), 55U);
}

TEST_F(ApiWorkflowsTest, AnswersNotModifiedToWhoHasIt) {
    const auto etag = get("/api/v1/workflows/doubling").header("etag");
    const auto again = get("/api/v1/workflows/doubling", {{"if-none-match", "\"other\", W/" + etag}});
    EXPECT_EQ(again.status, 304U);
    EXPECT_EQ(again.header("etag"), etag);
    EXPECT_TRUE(again.body.empty());
    EXPECT_EQ(get("/api/v1/workflows/doubling", {{"if-none-match", "\"other\""}}).status, 200U);
}

TEST_F(ApiWorkflowsTest, WritesOnlyWhatWasRead) {
    const std::string target = "/api/v1/workflows/edited";
    const std::string body = withText(service::test::doublingDocument("edited"));
    EXPECT_EQ(put(target, body).status, 428U);
    EXPECT_EQ(put(target, body).code(), "precondition.required");
    const auto made = put(target, body, {{"if-none-match", "*"}});
    ASSERT_EQ(made.status, 201U) << made.body;
    EXPECT_EQ(made.header("location"), target);
    EXPECT_EQ(put(target, body, {{"if-none-match", "*"}}).status, 412U);
    EXPECT_EQ(put(target, body, {{"if-match", "*"}}).status, 400U);
    EXPECT_EQ(put(target, body, {{"if-match", "\"a\", \"b\""}}).code(), "precondition.unsupported");
    EXPECT_EQ(put(target, body, {{"if-match", "W/" + made.header("etag")}}).status, 412U);
    auto changed = service::test::doublingDocument("edited");
    changed.replace(changed.find("\"Doubling\""), 10, "\"Größe \\u2713\"");
    const auto saved = put(target, withText(changed), {{"if-match", made.header("etag")}});
    ASSERT_EQ(saved.status, 200U) << saved.body;
    EXPECT_EQ(saved.text("/summary/name"), "Größe ✓");
    const auto late = put(target, body, {{"if-match", made.header("etag")}});
    EXPECT_EQ(late.status, 412U);
    EXPECT_EQ(late.code(), "workflow.conflict");
    EXPECT_EQ(get(target).text("/summary/name"), "Größe ✓");
    EXPECT_EQ(remove(target).status, 428U);
    EXPECT_EQ(remove(target, {{"if-match", made.header("etag")}}).status, 412U);
    const auto gone = remove(target, {{"if-match", saved.header("etag")}});
    ASSERT_EQ(gone.status, 200U);
    EXPECT_EQ(get(target).status, 404U);
    const auto back = post("/api/v1/trash/" + gone.text("/trashId") + "/restore");
    EXPECT_EQ(back.status, 200U) << back.body;
    EXPECT_EQ(get(target).status, 200U);
}

TEST_F(ApiWorkflowsTest, AddressAndDocumentMustAgree) {
    const auto answer =
        put("/api/v1/workflows/here", withText(service::test::doublingDocument("there")), {{"if-none-match", "*"}});
    EXPECT_EQ(answer.status, 422U);
    EXPECT_EQ(answer.code(), "request.id-mismatch");
    EXPECT_EQ(answer.text("/errors/0/pointer"), "/text");
    EXPECT_EQ(get("/api/v1/workflows/there").status, 404U);
}

TEST_F(ApiWorkflowsTest, MakesCopiesAndRenames) {
    const auto made = post("/api/v1/workflows", R"({"id": "fresh", "name": "Fresh"})");
    ASSERT_EQ(made.status, 201U) << made.body;
    EXPECT_EQ(made.header("location"), "/api/v1/workflows/fresh");
    EXPECT_EQ(post("/api/v1/workflows", R"({"id": "fresh"})").status, 409U);
    const auto copy = post("/api/v1/workflows/fresh/duplicate", R"({"newId": "second"})");
    EXPECT_EQ(copy.status, 201U) << copy.body;
    EXPECT_EQ(copy.header("location"), "/api/v1/workflows/second");
    EXPECT_EQ(post("/api/v1/workflows/second/rename", R"({"newName": "Third"})").status, 428U);
    const auto renamed =
        post("/api/v1/workflows/second/rename", R"({"newName": "Third"})", {{"if-match", copy.header("etag")}});
    EXPECT_EQ(renamed.status, 200U) << renamed.body;
    EXPECT_EQ(renamed.text("/summary/name"), "Third");
}

TEST_F(ApiWorkflowsTest, ValidatesAndFormats) {
    const auto bad = post("/api/v1/validation", withText("{"));
    ASSERT_EQ(bad.status, 200U) << bad.body;
    EXPECT_FALSE(bad.json()["valid"].asBoolean());
    EXPECT_EQ(post("/api/v1/format", withText("{")).status, 422U);
    EXPECT_EQ(post("/api/v1/format", withText(service::test::doublingDocument())).status, 200U);
}

TEST_F(ApiWorkflowsTest, HeadAndOptions) {
    const auto& token = world().token("administrator");
    EXPECT_EQ(world().send({"HEAD", "/api/v1/workflows", token}).status, 200U);
    const auto options = world().send({"OPTIONS", "/api/v1/workflows"});
    EXPECT_EQ(options.status, 204U);
    EXPECT_EQ(options.header("allow"), "GET, HEAD, POST, OPTIONS");
    const auto wrong = world().send({"PATCH", "/api/v1/workflows/doubling", token});
    EXPECT_EQ(wrong.status, 405U);
    EXPECT_EQ(wrong.header("allow"), "GET, HEAD, PUT, DELETE, OPTIONS");
    EXPECT_EQ(wrong.code(), "http.method");
    EXPECT_EQ(get("/api/v1/nothing").status, 404U);
    EXPECT_EQ(get("/api/v1/workflows/").status, 404U);
}

struct BadInput {
    const char* method;
    const char* target;
    const char* body;
    unsigned status;
    const char* code;
    const char* where;  ///< null: whatever it says
    const char* hint;
};

class ApiBadInputTest : public ApiTest, public ::testing::WithParamInterface<BadInput> {};

TEST_P(ApiBadInputTest, IsRefusedWithItsPlace) {
    const BadInput& bad = GetParam();
    Headers headers;
    if (std::string_view(bad.method) == "PUT") headers.emplace_back("if-match", "\"x\"");
    if (std::string_view(bad.code) == "http.media-type") headers.emplace_back("content-type", "text/plain");
    const auto answer =
        world().send({bad.method, bad.target, world().token("administrator"), bad.body, std::move(headers)});
    EXPECT_EQ(answer.status, bad.status) << answer.body;
    EXPECT_EQ(answer.header("content-type"), "application/problem+json");
    const Value problem = answer.json();
    EXPECT_EQ(problem["code"].asString(), bad.code);
    const std::string_view where = bad.where != nullptr ? std::string_view(bad.where) : problem["where"].asString();
    EXPECT_EQ(problem["where"].asString(), where) << answer.body;
    EXPECT_NE(problem["hint"].asString().find(bad.hint), std::string_view::npos) << answer.body;
    EXPECT_EQ(problem["status"].asInteger(), bad.status);
    EXPECT_EQ(problem["type"].asString(), fmt::format("/reference#error-{}", documentedCode(bad.code)));
    EXPECT_FALSE(problem["title"].asString().empty());
    EXPECT_FALSE(problem["detail"].asString().empty());
    EXPECT_TRUE(problem["retryable"].isBoolean());
    EXPECT_EQ(problem["requestId"].asString(), answer.header("x-request-id"));
    const std::string target(bad.target);
    EXPECT_EQ(problem["instance"].asString(), target.substr(0, target.find('?')));
}

TEST_F(ApiTest, ABodyOfTooManyValuesIsRefused) {
    std::string body = "[0";
    for (int i = 0; i < 1'000'000; ++i) body += ",0";
    const auto answer =
        world().send({"POST", "/api/v1/validation", world().token("administrator"), body + "]", Headers{}});
    EXPECT_EQ(answer.status, 413U);
    EXPECT_EQ(answer.json()["code"].asString(), "json.values");
}

INSTANTIATE_TEST_SUITE_P(
    All, ApiBadInputTest,
    ::testing::Values(
        BadInput{"GET", "/api/v1/runs?limt=3", "", 400, "request.unknown-parameter", "?limt", "Did you mean \"limit\""},
        BadInput{"GET", "/api/v1/runs?limit=many", "", 400, "request.parameter", "?limit", ""},
        BadInput{"GET", "/api/v1/runs?limit=3&limit=4", "", 400, "request.parameter", "?limit", ""},
        BadInput{"GET", "/api/v1/runs?cursor=%ff", "", 400, "request.parameter", "?", ""},
        BadInput{"GET", "/api/v1/runs?limit=0", "", 422, "request.invalid", "/limit", ""},
        BadInput{"GET", "/api/v1/runs?limit=99999999999", "", 422, "protocol.range", "/limit", ""},
        BadInput{"GET", "/api/v1/runs?statuses=done", "", 422, "request.invalid", "/statuses", "succeeded"},
        BadInput{"GET", "/api/v1/workflows?x=1", "", 400, "request.unknown-parameter", "?x", "text, tags"},
        BadInput{"GET", "/api/v1/runs/no-run", "", 422, "request.invalid", "/runId", ""},
        BadInput{"GET", "/api/v1/workflows/doubling/versions/x", "", 400, "request.parameter", "/version", ""},
        BadInput{"POST", "/api/v1/runs", "{", 400, "json.syntax", "line 1, column 2", ""},
        BadInput{"POST", "/api/v1/runs", "[]", 422, "request.body", "/", ""},
        BadInput{"POST", "/api/v1/runs", R"({"workflow":"a"})", 422, "request.unknown-member", "/workflow",
                 "Did you mean \"workflowId\""},
        BadInput{"POST", "/api/v1/runs", R"({"idempotencyKey":"a"})", 422, "request.unknown-member", "/idempotencyKey",
                 ""},
        BadInput{"POST", "/api/v1/runs", R"({"workflowId":7})", 422, "protocol.type", "/workflowId", ""},
        BadInput{"POST", "/api/v1/runs", R"({"workflowId":"a","workflowId":"b"})", 400, "json.duplicate-key",
                 "line 1, column 19", ""},
        BadInput{"POST", "/api/v1/runs", "{}", 422, "request.invalid", "/workflowId", ""},
        BadInput{"POST", "/api/v1/runs", "{}", 415, "http.media-type", "Content-Type", ""},
        BadInput{"POST", "/api/v1/runs?wait=soon", R"({"workflowId":"doubling"})", 400, "prefer.wait", "?wait", ""},
        BadInput{"POST", "/api/v1/runs?wait=601", R"({"workflowId":"doubling"})", 400, "prefer.wait", "?wait", ""},
        BadInput{"POST", "/api/v1/runs", R"({"workflowId":"none"})", 404, "workflow.not-found", nullptr, ""},
        BadInput{"PUT", "/api/v1/schedules/s1", R"({"id":"s2"})", 422, "request.id-mismatch", "/id", ""},
        BadInput{"POST", "/api/v1/schedules", R"({"counts":{"startd":1}})", 422, "request.unknown-member",
                 "/counts/startd", "started"},
        BadInput{"POST", "/api/v1/schedules", R"({"catchUp":"long"})", 422, "protocol.type", "/catchUp", ""},
        BadInput{"POST", "/api/v1/webhooks", R"({"id":"mine"})", 422, "request.id-mismatch", "/id", ""},
        BadInput{"POST", "/api/v1/schedules", R"({"cron":"@hourly"})", 422, "request.missing-member", "/workflowId",
                 ""},
        BadInput{"PUT", "/api/v1/schedules/s1", R"({"cron":"@hourly","workflowId":"doubling"})", 422,
                 "request.missing-member", "/paused", ""},
        BadInput{"POST", "/api/v1/schedules/s1/backfill", "", 422, "request.missing-member", "/from", ""},
        BadInput{"PUT", "/api/v1/users/u1", R"({"name":"Una"})", 422, "request.missing-member", "/roles", ""},
        BadInput{"PUT", "/api/v1/engine/retention", "{}", 422, "request.missing-member", "/maxAge", ""},
        BadInput{"POST", "/api/v1/runs/r/nodes/n/decision", "", 422, "request.missing-member", "/approved", ""},
        BadInput{"POST", "/api/v1/trash/x/restore", R"({"a":1})", 422, "request.body", "/", ""}));

}  // namespace

}  // namespace signalbox::gateway::test
