// Server-sent events: their text, their query, resuming, rights.
#include <fmt/format.h>

#include "unit/gateway/stream_fixture.h"

namespace signalbox::gateway {
namespace {

using namespace test;

class StreamSse : public StreamTest {
protected:
    StreamSse()
        : StreamTest(
              [] {
                  StreamOptions options;
                  options.ownThread = false;
                  return options;
              }(),
              100) {}
    static std::string textOf(FakePeer& peer) {
        std::string text;
        for (const std::string& part : peer.readTexts()) text += part;
        return text;
    }
};

TEST_F(StreamSse, WritesEventsAsTheStandardSays) {
    const auto stream = openEvents("viewer");
    EXPECT_EQ(textOf(*stream.peer), "retry: 2000\n\n");
    publishRuns(1);
    runPending();
    const std::string text = textOf(*stream.peer);
    const std::string start = fmt::format("id: {}\nevent: run\ndata: {{", bus.lastSeq());
    EXPECT_EQ(text.substr(0, start.size()), start);
    EXPECT_TRUE(text.ends_with("}\n\n"));
    EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 4);
}

TEST_F(StreamSse, KeepsAliveAConnectionWithoutEvents) {
    const auto stream = openEvents("viewer");
    static_cast<void>(textOf(*stream.peer));
    clock.advance(14'999'999);
    runPending();
    EXPECT_EQ(textOf(*stream.peer), "");
    clock.advance(1);
    runPending();
    EXPECT_EQ(textOf(*stream.peer), ":\n\n");
}

TEST_F(StreamSse, ResumesBehindTheLastId) {
    const std::uint64_t start = bus.lastSeq();
    publishRuns(4);
    protocol::EventFilter filter;
    filter.afterSeq = start + 3;
    const auto stream = openEvents("viewer", filter);
    runPending();
    EXPECT_NE(textOf(*stream.peer).find(fmt::format("id: {}\nevent: run", start + 4)), std::string::npos);
    publishRuns(300);
    filter.afterSeq = start;
    const auto late = openEvents("viewer", filter);
    runPending();
    EXPECT_NE(textOf(*late.peer).find(fmt::format("id: {}\nevent: lost", start + 204)), std::string::npos);
}

TEST_F(StreamSse, IsRefusedToWhoMayNotSeeEvents) {
    const auto forbidden = streams->openEvents(Receiver(identity, identity.caller("nobody")), {});
    ASSERT_FALSE(forbidden);
    EXPECT_EQ(forbidden.error().code, "auth.forbidden");
    const auto foreign = streams->openEvents(Receiver(identity, identity.caller("foreigner")), {});
    ASSERT_FALSE(foreign);
    EXPECT_EQ(foreign.error().code, "auth.tenant");
    EXPECT_EQ(streams->size(), 0U);
}

TEST_F(StreamSse, EndsWithThePermissionOrTheSession) {
    const auto withdrawn = openEvents("viewer");
    protocol::EventFilter ofRuns;
    ofRuns.workflows = false;
    const auto revoked = openEvents("runs-only", ofRuns);
    static_cast<void>(textOf(*withdrawn.peer));
    static_cast<void>(textOf(*revoked.peer));
    publishRuns(1);
    identity.setPermissions("viewer", {"account:read"});
    identity.endSession("runs-only", "revoked");
    runPending();
    EXPECT_EQ(textOf(*withdrawn.peer), "event: end\ndata: {\"reason\":\"forbidden\"}\n\n");
    EXPECT_EQ(textOf(*revoked.peer), "event: end\ndata: {\"reason\":\"revoked\"}\n\n");
    EXPECT_NE(withdrawn.peer->closeCode(), 0);
    EXPECT_NE(revoked.peer->closeCode(), 0);
}

TEST_F(StreamSse, RefusesKindsThatOnePermissionMissesFor) {
    protocol::EventFilter filter;
    filter.metrics = true;
    const auto refused = streams->openEvents(Receiver(identity, identity.caller("runs-only")), filter);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "auth.forbidden");
    EXPECT_NE(refused.error().message.find("metrics (needs \"gateway:read\")"), std::string::npos);
    EXPECT_NE(refused.error().message.find("workflows (needs \"workflow:read\")"), std::string::npos);
    EXPECT_EQ(refused.error().message.find("run:read"), std::string::npos) << "which it has";
    EXPECT_EQ(refused.error().hint, "Ask with false for workflows, metrics");
}

TEST_F(StreamSse, BringsTheEnginesNumbersToWhoMayReadOnlyThem) {
    identity.add("monitoring", {"gateway:read"});
    protocol::EventFilter filter;
    filter.runs = filter.nodes = filter.logs = filter.workflows = false;
    filter.metrics = true;
    const auto stream = openEvents("monitoring", filter);
    static_cast<void>(textOf(*stream.peer));
    publishRuns(1);
    publishNotice("workflow");
    publishNotice("metrics");
    runPending();
    const std::string text = textOf(*stream.peer);
    EXPECT_NE(text.find("event: metrics"), std::string::npos);
    EXPECT_EQ(text.find("event: run"), std::string::npos);
    EXPECT_EQ(text.find("event: workflow"), std::string::npos);
    identity.setPermissions("monitoring", {"run:read", "workflow:read"});
    publishNotice("metrics");
    runPending();
    EXPECT_EQ(textOf(*stream.peer), "event: end\ndata: {\"reason\":\"forbidden\"}\n\n")
        << "nothing that it asked for is left";
}

TEST_F(StreamSse, TellsNowAndThenHowFarItHasGot) {
    protocol::EventFilter filter;
    filter.runId = "00000000-0000-0000-0000-000000000001";
    const auto stream = openEvents("viewer", filter);
    static_cast<void>(textOf(*stream.peer));
    for (int i = 0; i < 100; ++i) {
        publishRuns(90);
        runPending();
    }
    const std::string text = textOf(*stream.peer);
    EXPECT_TRUE(text.starts_with("id: ")) << text;
    EXPECT_EQ(text.find("data:"), std::string::npos) << text;
}

TEST(EventFilterOf, ReadsTheQuery) {
    HttpRequest request;
    request.query = "runId=abc&nodes=false&logs=0&workflows=1&metrics=true&triggers=1&afterSeq=12";
    auto filter = eventFilterOf(request);
    ASSERT_TRUE(filter);
    EXPECT_EQ(*filter, (protocol::EventFilter{"abc", false, false, 12, true, true, true}));
    request.headers.emplace_back("last-event-id", "99");
    EXPECT_EQ(eventFilterOf(request)->afterSeq, 99U);
    for (const char* const query :
         {"nodes=perhaps", "afterSeq=-1", "afterSeq=1x", "colour=red", "nodes", "runs=1&runs=1"}) {
        HttpRequest wrong;
        wrong.query = query;
        const auto refused = eventFilterOf(wrong);
        ASSERT_FALSE(refused) << query;
        const bool isUnknown = std::string_view(query) == "colour=red";
        EXPECT_EQ(refused.error().code, isUnknown ? "request.unknown-parameter" : "request.parameter") << query;
        EXPECT_TRUE(refused.error().where.starts_with("?")) << refused.error().where;
    }
    HttpRequest more;
    more.query = "runs=false&workflowId=nightly&level=warning&statuses=failed&statuses=cancelled&schedules=true";
    filter = eventFilterOf(more);
    ASSERT_TRUE(filter);
    EXPECT_FALSE(filter->runs);
    EXPECT_TRUE(filter->schedules);
    EXPECT_EQ(filter->workflowId, "nightly");
    EXPECT_EQ(filter->level, "warning");
    EXPECT_EQ(filter->statuses, (std::vector<std::string>{"failed", "cancelled"}));
    HttpRequest resumed;
    resumed.headers.emplace_back("last-event-id", "yesterday");
    EXPECT_EQ(eventFilterOf(resumed).error().where, "Last-Event-ID");
    EXPECT_EQ(*eventFilterOf(HttpRequest{}), protocol::EventFilter{});
}

}  // namespace
}  // namespace signalbox::gateway
