// Events over sockets: who may see them, resuming, gaps, slow readers, many readers.
#include <numeric>
#include <thread>

#include <fmt/format.h>

#include "gateway/subscription.h"
#include "unit/gateway/stream_fixture.h"

namespace signalbox::gateway {
namespace {

using namespace test;

StreamOptions byHand(std::size_t eventBytes = 512U << 10U) {
    StreamOptions options;
    options.ownThread = false;
    options.eventBytes = eventBytes;
    return options;
}

class StreamEvents : public StreamTest {
protected:
    StreamEvents() : StreamTest(byHand(), 100) {}
    static std::string subscription(int id, std::uint64_t after = 0) {
        return fmt::format(R"({{"type":"subscribe","id":{},"filter":{{"metrics":true,"afterSeq":{}}}}})", id, after);
    }
    /// Subscribed as 1, with what was said until then read.
    Socket subscribed(const std::string& token = "viewer", std::uint64_t after = 0) {
        auto socket = connect(token);
        socket.say(subscription(1, after));
        EXPECT_EQ(socket.peer->read("subscribed").size(), 1U) << token;
        return socket;
    }
};

std::vector<std::uint64_t> range(std::uint64_t first, std::uint64_t last) {
    std::vector<std::uint64_t> numbers(last - first + 1);
    std::iota(numbers.begin(), numbers.end(), first);
    return numbers;
}

TEST_F(StreamEvents, BringsWhatHappensAfterSubscribing) {
    publishRuns(1);
    const auto socket = connect();
    socket.say(subscription(5));
    const auto told = socket.peer->read();
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(told[0]["type"].asString(), "subscribed");
    EXPECT_EQ(told[0]["seq"].asInteger(), static_cast<std::int64_t>(bus.lastSeq()));
    runPending();
    EXPECT_TRUE(socket.peer->read().empty());
    publishRuns(2);
    runPending();
    const auto messages = socket.peer->read("events");
    ASSERT_EQ(messages.size(), 1U) << "what is there together is sent together";
    EXPECT_EQ(messages[0]["id"].asInteger(), 5);
    EXPECT_EQ(messages[0]["events"].size(), 2U);
    EXPECT_EQ(messages[0]["seq"].asInteger(), static_cast<std::int64_t>(bus.lastSeq()));
    socket.say(R"({"type":"unsubscribe","id":5})");
    EXPECT_EQ(socket.peer->read("unsubscribed").size(), 1U);
    publishRuns(1);
    runPending();
    EXPECT_TRUE(socket.peer->read().empty());
}

TEST_F(StreamEvents, ReachNobodyWhoMayNotSeeThem) {
    const auto socket = connect("nobody");
    socket.say(subscription(1));
    EXPECT_EQ(socket.peer->read("reply").at(0)["error"]["code"].asString(), "auth.forbidden");
    publishRuns(3);
    publishNotice("workflow");
    publishNotice("metrics");
    runPending();
    EXPECT_TRUE(socket.peer->read().empty());
}

TEST_F(StreamEvents, AreFilteredByPermission) {
    const auto all = subscribed("viewer");
    const auto runsOnly = connect("runs-only");
    runsOnly.say(subscription(1));
    const auto refused = runsOnly.peer->read("reply");
    ASSERT_EQ(refused.size(), 1U);
    EXPECT_EQ(refused[0]["error"]["code"].asString(), "auth.forbidden");
    EXPECT_NE(refused[0]["error"]["message"].asString().find("metrics (needs \"gateway:read\")"), std::string::npos);
    runsOnly.say(R"({"type":"subscribe","id":1,"filter":{"workflows":false}})");
    EXPECT_EQ(runsOnly.peer->read("subscribed").size(), 1U) << "the id is free again";
    publishRuns(1);
    publishNotice("workflow");
    publishNotice("metrics");
    publishNotice("something-new");
    runPending();
    EXPECT_EQ(kinds(*all.peer), (std::vector<std::string>{"run", "workflow", "metrics"}));
    EXPECT_EQ(kinds(*runsOnly.peer), (std::vector<std::string>{"run"}));
}

TEST_F(StreamEvents, BringWhatTriggersDoToThoseWhoAskAndMayReadIt) {
    identity.setPermissions("viewer", {"*"});
    const auto silent = subscribed();
    const auto asking = connect();
    asking.say(R"({"type":"subscribe","id":1,"filter":{"triggers":true,"workflows":false}})");
    EXPECT_EQ(asking.peer->read("subscribed").size(), 1U);
    identity.setPermissions("viewer", {"run:read", "schedule:read"});
    asking.say(R"({"type":"subscribe","id":2,"filter":{"triggers":true,"workflows":false}})");
    const auto refused = asking.peer->read("reply").at(0)["error"];
    EXPECT_EQ(refused["hint"].asString(), "Ask with false for webhooks, watches");
    asking.say(R"({"type":"subscribe","id":2,"filter":{"schedules":true,"workflows":false}})");
    EXPECT_EQ(asking.peer->read("subscribed").size(), 1U) << "each may be asked for by itself";
    asking.say(R"({"type":"unsubscribe","id":2})");
    for (const char* kind : {"schedule", "webhook", "watch"}) publishNotice(kind);
    runPending();
    EXPECT_TRUE(kinds(*silent.peer).empty());
    EXPECT_EQ(kinds(*asking.peer), std::vector<std::string>{"schedule"});
    identity.setPermissions("viewer", {"run:read", "webhook:read", "watch:read"});
    for (const char* kind : {"schedule", "webhook", "watch"}) publishNotice(kind);
    runPending();
    EXPECT_EQ(kinds(*asking.peer), (std::vector<std::string>{"webhook", "watch"})) << "by the rights of that moment";
}

TEST_F(StreamEvents, StopWhenThePermissionIsWithdrawn) {
    const auto socket = subscribed();
    publishRuns(1);
    runPending();
    EXPECT_EQ(kinds(*socket.peer).size(), 1U);
    publishRuns(1);
    publishNotice("workflow");
    identity.setPermissions("viewer", {"account:read"});
    runPending();
    const auto messages = socket.peer->read();
    ASSERT_EQ(messages.size(), 1U) << "not even what happened before, but was not sent yet";
    EXPECT_EQ(messages[0]["type"].asString(), "unsubscribed");
    EXPECT_EQ(messages[0]["error"]["code"].asString(), "auth.forbidden");
    identity.setPermissions("viewer", {"*"});
    publishRuns(1);
    runPending();
    EXPECT_TRUE(socket.peer->read().empty());
}

TEST_F(StreamEvents, StopKindByKindAsPermissionsGo) {
    const auto socket = subscribed();
    publishNotice("workflow");
    publishNotice("metrics");
    publishRuns(1);
    identity.setPermissions("viewer", {"run:read", "gateway:read"});
    runPending();
    EXPECT_EQ(kinds(*socket.peer), (std::vector<std::string>{"metrics", "run"}));
    identity.setPermissions("viewer", {"run:read", "workflow:read", "gateway:read"});
    publishNotice("workflow");
    runPending();
    EXPECT_EQ(kinds(*socket.peer), (std::vector<std::string>{"workflow"})) << "and come back";
    identity.setPermissions("viewer", {"workflow:read", "gateway:read"});
    publishRuns(1);
    publishNotice("metrics");
    runPending();
    EXPECT_EQ(kinds(*socket.peer), (std::vector<std::string>{"metrics"})) << "runs are a kind like the others";
}

TEST_F(StreamEvents, ResumeWithoutLossOrDuplicates) {
    auto socket = subscribed();
    const std::uint64_t start = bus.lastSeq();
    publishRuns(10);
    runPending();
    auto received = seqs(*socket.peer);
    socket.handler->closed();
    publishRuns(10);
    const auto again = subscribed("viewer", received.back());
    publishRuns(10);
    runPending();
    const auto rest = seqs(*again.peer);
    received.insert(received.end(), rest.begin(), rest.end());
    EXPECT_EQ(received, range(start + 1, start + 30));
}

TEST_F(StreamEvents, TellOfAGapWhenTheRingWasPassed) {
    const std::uint64_t start = bus.lastSeq();
    publishRuns(250);
    const auto socket = subscribed("viewer", start + 20);
    runPending();
    const auto messages = socket.peer->read("events");
    ASSERT_FALSE(messages.empty());
    const Value& first = messages[0]["events"].at(0);
    EXPECT_EQ(first["kind"].asString(), "lost");
    EXPECT_EQ(first["seq"].asInteger(), static_cast<std::int64_t>(start + 21));
    EXPECT_EQ(first["lostUntil"].asInteger(), static_cast<std::int64_t>(start + 150));
    EXPECT_EQ(messages.back()["seq"].asInteger(), static_cast<std::int64_t>(start + 250));
    EXPECT_EQ(metrics.eventsLost().value(), 130);
}

TEST_F(StreamEvents, GoBackWhenThePeerDoesNotTakeThem) {
    const auto socket = subscribed();
    const std::uint64_t start = bus.lastSeq();
    publishRuns(3);
    socket.peer->setCapacity(10);
    runPending();
    EXPECT_TRUE(socket.peer->read().empty());
    publishRuns(2);
    socket.peer->setCapacity(1U << 20U);
    socket.handler->writable();
    runPending();
    EXPECT_EQ(seqs(*socket.peer), range(start + 1, start + 5));
}

TEST_F(StreamEvents, OfAllSubscriptionsTakeTurns) {
    const auto socket = connect();
    for (int id = 1; id <= 3; ++id) socket.say(subscription(id));
    static_cast<void>(socket.peer->read());
    publishRuns(1);
    runPending();
    std::vector<std::int64_t> ids;
    for (const Value& message : socket.peer->read("events")) ids.push_back(message["id"].asInteger());
    std::sort(ids.begin(), ids.end());
    EXPECT_EQ(ids, (std::vector<std::int64_t>{1, 2, 3}));
}

class SlowReader : public StreamTest {
protected:
    SlowReader() : StreamTest(byHand(20'000), 2000) {}
};

TEST_F(SlowReader, CostsBoundedMemoryAndIsToldWhatItLost) {
    const auto socket = connect();
    socket.say(R"({"type":"subscribe","id":1})");
    static_cast<void>(socket.peer->read());
    const std::uint64_t start = bus.lastSeq();
    for (int round = 0; round < 50; ++round) {
        publishRuns(200);
        runPending();
    }
    const std::size_t bound = socket.peer->mostBuffered();
    EXPECT_LT(bound, 20'000U + Subscription::kBatch * 400U) << "the limit and one batch";
    std::uint64_t last = start;
    bool lost = false;
    for (int round = 0; round < 50; ++round) {
        for (const Value& message : socket.peer->read("events")) {
            for (const Value& event : message["events"].items()) {
                const auto seq = static_cast<std::uint64_t>(event["seq"].asInteger());
                EXPECT_EQ(seq, last + 1) << "nothing is missing without a word";
                lost = lost || event["kind"].asString() == "lost";
                last = event["kind"].asString() == "lost" ? static_cast<std::uint64_t>(event["lostUntil"].asInteger())
                                                          : seq;
            }
        }
        runPending();
    }
    EXPECT_TRUE(lost);
    EXPECT_EQ(last, bus.lastSeq());
}

class ManyReaders : public StreamTest {
protected:
    ManyReaders() : StreamTest({}, 65'536) {}
};

TEST_F(ManyReaders, AllHearEverythingInOrder) {
    constexpr std::size_t kReaders = 50;
    constexpr std::size_t kEvents = 2000;
    std::vector<Socket> sockets;
    for (std::size_t i = 0; i < kReaders; ++i) {
        sockets.push_back(connect());
        sockets.back().say(R"({"type":"subscribe","id":1})");
    }
    const std::uint64_t start = bus.lastSeq();
    std::jthread publisher([&] { publishRuns(kEvents); });
    std::vector<std::vector<std::uint64_t>> heard(kReaders);
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    for (std::size_t complete = 0; complete < kReaders && std::chrono::steady_clock::now() < deadline;) {
        complete = 0;
        for (std::size_t i = 0; i < kReaders; ++i) {
            const auto more = seqs(*sockets[i].peer);
            heard[i].insert(heard[i].end(), more.begin(), more.end());
            if (heard[i].size() >= kEvents) ++complete;
        }
        std::this_thread::yield();
    }
    const auto wanted = range(start + 1, start + kEvents);
    for (const auto& numbers : heard) EXPECT_EQ(numbers, wanted);
}

}  // namespace
}  // namespace signalbox::gateway
