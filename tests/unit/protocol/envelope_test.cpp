#include "protocol/envelope.h"

#include <set>

#include <gtest/gtest.h>

#include "base/json.h"
#include "protocol/codec.h"
#include "protocol/errors.h"

namespace signalbox::protocol {
namespace {

TEST(Envelope, CarriesARequestByName) {
    const Value wire = encodeRequest(GetRunNode{"r1", "fetch"});
    EXPECT_EQ(writeJson(wire), R"({"call":"runs.node","params":{"runId":"r1","nodeId":"fetch"}})");
    auto request = decodeRequest(wire);
    ASSERT_TRUE(request);
    ASSERT_TRUE(request->is<GetRunNode>());
    EXPECT_EQ(request->as<GetRunNode>().nodeId, "fetch");
    EXPECT_EQ(callName(*request), "runs.node");
    EXPECT_EQ(permissionOf(*request), "run:read");
}

TEST(Envelope, ParamsMayBeLeftOut) {
    auto request = decodeRequest(Value::object({{"call", "workflows.list"}}));
    ASSERT_TRUE(request);
    EXPECT_TRUE(request->is<ListWorkflows>());
}

TEST(Envelope, ExplainsWhatIsWrongWithARequest) {
    EXPECT_EQ(decodeRequest(Value::array()).error().code, "protocol.malformed");
    EXPECT_EQ(decodeRequest(Value::object()).error().where, "/call");
    auto typo = decodeRequest(Value::object({{"call", "runs.gte"}}));
    EXPECT_EQ(typo.error().code, "protocol.call-unknown");
    EXPECT_EQ(typo.error().hint, "Did you mean \"runs.get\"?");
    auto type = decodeRequest(Value::object({{"call", "runs.get"}, {"params", Value::object({{"runId", 7}})}}));
    EXPECT_EQ(type.error().code, "protocol.type");
    EXPECT_EQ(type.error().where, "/params/runId");
}

TEST(Envelope, CarriesRepliesAndErrors) {
    auto reply = decodeOutcome("runs.start", encodeOutcome(Reply(RunRef{"r7"})));
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->as<RunRef>().runId, "r7");

    const Error error{"run.not-found", "There is no such run", "r7", "List the runs", true};
    auto failed = decodeOutcome("runs.start", encodeOutcome(fail(error)));
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error(), error);

    auto wrong = decodeOutcome("runs.get", Value::object({{"result", Value::object({{"summary", 1}})}}));
    ASSERT_FALSE(wrong);
    EXPECT_EQ(wrong.error().where, "/result/summary");
    EXPECT_EQ(decodeOutcome("runs.get", Value::object()).error().code, "protocol.malformed");
}

TEST(Envelope, EveryCallHasItsOwnNameAndAPermission) {
    std::set<std::string> names;
    for (const CallInfo& call : calls()) {
        EXPECT_TRUE(names.insert(call.name).second) << call.name;
        EXPECT_NE(call.permission.find(':'), std::string::npos) << call.name;
        EXPECT_EQ(call.paramsSchema["type"].asString(), "object") << call.name;
        EXPECT_EQ(call.resultSchema["type"].asString(), "object") << call.name;
    }
    EXPECT_EQ(names.size(), Request::kSize);
}

/// A default here would do what nobody has asked for.
TEST(Envelope, ARequestFromOutsideMustSayWhatHasNoSafeDefault) {
    const auto missing = [](const char* call, Value params) {
        const auto request = decodeRequest(Value::object({{"call", call}, {"params", std::move(params)}}));
        return request ? std::string() : request.error().code + request.error().where;
    };
    const std::string code = "request.missing-member/params";
    const auto some = [](std::vector<Member> members) { return Value::object(std::move(members)); };
    EXPECT_EQ(missing("runs.decide", some({{"runId", "r"}, {"aproved", true}})), code + "/approved");
    EXPECT_EQ(missing("runs.decide", some({{"runId", "r"}, {"approved", true}})), "");
    EXPECT_EQ(missing("users.update", some({{"id", "u"}, {"name", "Una"}})), code + "/roles");
    EXPECT_EQ(missing("engine.set-retention", some({})), code + "/retention");
    EXPECT_EQ(missing("engine.set-retention", some({{"retention", some({{"maxAge", 1}})}})),
              code + "/retention/maxRuns");
    EXPECT_EQ(missing("schedules.backfill", some({{"id", "s"}})), code + "/from");
    const auto fresh = some({{"workflowId", "w"}, {"cron", "@hourly"}});
    EXPECT_EQ(missing("schedules.save", some({{"schedule", fresh}})), "");
    EXPECT_EQ(missing("schedules.save", some({{"schedule", fresh.with("id", Value("s"))}})), code + "/schedule/paused");
    EXPECT_EQ(missing("webhooks.save", some({{"webhook", some({{"id", "h"}, {"workflowId", "w"}})}})),
              code + "/webhook/enabled");
    EXPECT_TRUE(fromValue<RetentionDto>(some({}))) << "what is stored may lack it";
}

}  // namespace
}  // namespace signalbox::protocol
