#include "service/event_bus.h"

#include <atomic>
#include <thread>

#include <gtest/gtest.h>

#include "base/json.h"
#include "protocol/codec.h"

namespace signalbox::service {
namespace {

using engine::EngineEvent;

RunId runNumber(std::uint8_t number) {
    RunId run;
    run.value.bytes[15] = number;
    return run;
}

EngineEvent event(EngineEvent::Kind kind, std::uint8_t run = 1, std::uint32_t node = engine::kNoNode) {
    EngineEvent event;
    event.kind = kind;
    event.run = runNumber(run);
    event.node = node;
    event.nodeStatus = engine::NodeStatus::Running;
    return event;
}

class EventBusTest : public ::testing::Test {
protected:
    EventBusTest() : bus(clock, {.events = 100, .bytes = 1U << 20U}), publish(bus.sink()) {
        auto plan = std::make_shared<engine::Plan>();
        plan->nodes.resize(2);
        plan->nodes[0].id = "fetch";
        plan->nodes[1].id = "store";
        bus.setResolver([this, plan](RunId) -> std::optional<EventBus::RunNames> {
            ++resolved;
            return EventBus::RunNames{"orders", plan};
        });
    }
    void publishOne(const EngineEvent& one) { publish({&one, 1}); }
    std::shared_ptr<EventSubscription> subscribe(protocol::EventFilter filter = {}) {
        return bus.subscribe(std::move(filter), [this] { ++notified; });
    }

    ManualClock clock;
    EventBus bus;
    engine::EventSink publish;
    std::atomic<int> resolved{0};
    std::atomic<int> notified{0};
};

TEST_F(EventBusTest, NumbersAndNamesEvents) {
    const auto reader = subscribe();
    const std::vector<EngineEvent> both = {event(EngineEvent::Kind::NodeStatus, 1, 0),
                                           event(EngineEvent::Kind::NodeStatus, 1, 1)};
    publish(both);
    const auto events = reader->take(10);
    ASSERT_EQ(events.size(), 2U);
    EXPECT_EQ(events[1].seq, events[0].seq + 1);
    EXPECT_EQ(events[1].seq, bus.lastSeq());
    EXPECT_EQ(events[0].kind, "node");
    EXPECT_EQ(events[0].status, "running");
    EXPECT_EQ(events[0].nodeId, "fetch");
    EXPECT_EQ(events[1].nodeId, "store");
    EXPECT_EQ(events[0].workflowId, "orders");
    EXPECT_EQ(events[0].runId, runNumber(1).toString());
    EXPECT_EQ(resolved, 1) << "a run is asked for once";
}

TEST_F(EventBusTest, TellsOnlyOfWhatComesAfterSubscribing) {
    publishOne(event(EngineEvent::Kind::RunStatus));
    const auto reader = subscribe();
    EXPECT_TRUE(reader->take(10).empty());
    publishOne(event(EngineEvent::Kind::RunStatus));
    EXPECT_EQ(reader->take(10).size(), 1U);
}

TEST_F(EventBusTest, NotifiesOnceUntilTheReaderHasCaughtUp) {
    const auto reader = subscribe();
    EXPECT_TRUE(reader->take(10).empty());
    publishOne(event(EngineEvent::Kind::RunStatus));
    publishOne(event(EngineEvent::Kind::RunStatus));
    EXPECT_EQ(notified, 1);
    EXPECT_EQ(reader->take(10).size(), 2U);
    EXPECT_TRUE(reader->take(10).empty());
    publishOne(event(EngineEvent::Kind::RunStatus));
    EXPECT_EQ(notified, 2);
}

TEST_F(EventBusTest, FiltersByRunAndKind) {
    protocol::EventFilter filter;
    filter.runId = runNumber(2).toString();
    filter.logs = false;
    const auto reader = subscribe(filter);
    publishOne(event(EngineEvent::Kind::NodeStatus, 1));
    publishOne(event(EngineEvent::Kind::NodeLog, 2));
    publishOne(event(EngineEvent::Kind::NodeStatus, 2));
    protocol::EventFilter runsOnly;
    runsOnly.nodes = false;
    runsOnly.logs = false;
    const auto events = reader->take(10);
    ASSERT_EQ(events.size(), 1U);
    EXPECT_EQ(events[0].kind, "node");
    EXPECT_EQ(events[0].seq, bus.lastSeq());
    const auto coarse = subscribe(runsOnly);
    publishOne(event(EngineEvent::Kind::NodeProgress, 2));
    publishOne(event(EngineEvent::Kind::RunStatus, 1));
    ASSERT_EQ(coarse->take(10).size(), 1U);
}

TEST_F(EventBusTest, FiltersByWorkflow) {
    bus.setResolver([](RunId run) -> std::optional<EventBus::RunNames> {
        if (run == runNumber(3)) return std::nullopt;
        return EventBus::RunNames{run == runNumber(1) ? "orders" : "bills", nullptr};
    });
    protocol::EventFilter filter;
    filter.workflowId = "orders";
    filter.metrics = true;
    filter.schedules = true;
    const auto reader = subscribe(filter);
    for (const std::uint8_t run : {2, 1, 3}) publishOne(event(EngineEvent::Kind::RunStatus, run));
    publishOne(event(EngineEvent::Kind::NodeStatus, 1));
    std::vector<protocol::EventDto> notices(5);
    const char* const kinds[] = {"workflow", "workflow", "schedule", "schedule", "metrics"};
    const char* const workflows[] = {"orders", "bills", "bills", "orders", ""};
    for (std::size_t i = 0; i < notices.size(); ++i) {
        notices[i].kind = kinds[i];
        notices[i].workflowId = workflows[i];
    }
    bus.publishNotices(notices);
    std::string heard;
    while (true) {
        const auto events = reader->take(10);
        if (events.empty()) break;
        for (const auto& one : events) heard += one.kind + " " + one.workflowId + "\n";
    }
    EXPECT_EQ(heard, "run orders\nnode orders\nworkflow orders\nschedule orders\nmetrics \n")
        << "the engine's numbers are of no workflow";
}

TEST_F(EventBusTest, FiltersByStatusAndLevel) {
    protocol::EventFilter filter;
    filter.nodes = false;
    filter.statuses = {"failed", "cancelled"};
    filter.level = "warning";
    const auto reader = subscribe(filter);
    for (const auto status : {engine::RunStatus::Running, engine::RunStatus::Failed, engine::RunStatus::Succeeded}) {
        auto one = event(EngineEvent::Kind::RunStatus);
        one.runStatus = status;
        publishOne(one);
    }
    for (const auto level : {LogLevel::Debug, LogLevel::Info, LogLevel::Warning, LogLevel::Error}) {
        auto one = event(EngineEvent::Kind::NodeLog);
        one.logLevel = level;
        publishOne(one);
    }
    std::string heard;
    for (auto events = reader->take(10); !events.empty(); events = reader->take(10)) {
        for (const auto& one : events) heard += one.status + one.level + " ";
    }
    EXPECT_EQ(heard, "failed warning error ");
    filter.runs = false;
    const auto logs = subscribe(filter);
    auto failed = event(EngineEvent::Kind::RunStatus);
    failed.runStatus = engine::RunStatus::Failed;
    publishOne(failed);
    EXPECT_TRUE(logs->take(10).empty());
}

TEST_F(EventBusTest, ResumesBehindANumber) {
    const std::uint64_t start = bus.lastSeq();
    for (int i = 0; i < 5; ++i) publishOne(event(EngineEvent::Kind::RunStatus));
    protocol::EventFilter filter;
    filter.afterSeq = start + 2;
    const auto events = subscribe(filter)->take(10);
    ASSERT_EQ(events.size(), 3U);
    EXPECT_EQ(events[0].seq, start + 3);
}

TEST_F(EventBusTest, TellsASlowReaderWhatItLostAndGoesOn) {
    const auto reader = subscribe();
    const std::uint64_t start = bus.lastSeq();
    for (int i = 0; i < 250; ++i) publishOne(event(EngineEvent::Kind::RunStatus));
    const auto lost = reader->take(1000);
    ASSERT_EQ(lost.size(), 1U);
    EXPECT_EQ(lost[0].kind, "lost");
    EXPECT_EQ(lost[0].seq, start + 1);
    EXPECT_EQ(lost[0].lostUntil, start + 150);
    const auto rest = reader->take(1000);
    ASSERT_EQ(rest.size(), 100U);
    EXPECT_EQ(rest.front().seq, start + 151);
    EXPECT_EQ(rest.back().seq, bus.lastSeq());
}

TEST_F(EventBusTest, LongLinesPushOutMoreThanTheirNumber) {
    const auto reader = subscribe();
    EngineEvent line = event(EngineEvent::Kind::NodeLog);
    line.text.assign(100'000, 'x');
    for (int i = 0; i < 50; ++i) publishOne(line);
    const auto lost = reader->take(1000);
    ASSERT_EQ(lost.size(), 1U);
    EXPECT_EQ(lost[0].kind, "lost");
    EXPECT_EQ(reader->take(1000).size(), 5U) << "a line is there twice: as it came and as text";
    line.text.assign(10'000'000, 'x');
    publishOne(line);
    EXPECT_EQ(reader->take(1000).size(), 1U) << "the last one is kept, however large";
}

protocol::EventDto notice(const char* kind) {
    protocol::EventDto made;
    made.kind = kind;
    return made;
}

TEST_F(EventBusTest, BringsMetricsOnlyToThoseWhoAsk) {
    const auto reader = subscribe();
    EXPECT_FALSE(bus.wantsMetrics());
    protocol::EventFilter filter;
    filter.metrics = true;
    auto asking = subscribe(filter);
    EXPECT_TRUE(bus.wantsMetrics());
    filter.runId = runNumber(1).toString();
    const auto ofOneRun = subscribe(filter);
    bus.publishNotices({notice("metrics")});
    EXPECT_TRUE(reader->take(10).empty());
    EXPECT_TRUE(ofOneRun->take(10).empty());
    EXPECT_EQ(asking->take(10).size(), 1U);
}

TEST_F(EventBusTest, GivesOnlyWhatMayBeSeen) {
    protocol::EventFilter filter;
    filter.metrics = true;
    filter.triggers = true;
    const auto kindsBy = [&](EventRights rights) {
        const auto reader = bus.subscribe(
            filter, [] {}, rights);
        publishOne(event(EngineEvent::Kind::RunStatus));
        publishOne(event(EngineEvent::Kind::NodeLog));
        bus.publishNotices({notice("workflow"), notice("metrics"), notice("secret")});
        bus.publishNotices({notice("schedule"), notice("webhook"), notice("watch")});
        std::string kinds;
        for (const auto& taken : reader->take(10)) kinds += taken.kind + " ";
        return kinds;
    };
    EXPECT_EQ(kindsBy(EventRights::all()), "run log workflow metrics schedule webhook watch ");
    EXPECT_EQ(kindsBy({.runs = true}), "run log ");
    EXPECT_EQ(kindsBy({.workflows = true}), "workflow ");
    EXPECT_EQ(kindsBy({.metrics = true}), "metrics ");
    EXPECT_EQ(kindsBy({.schedules = true}), "schedule ");
    EXPECT_EQ(kindsBy({.webhooks = true}), "webhook ");
    EXPECT_EQ(kindsBy({.watches = true}), "watch ");
    EXPECT_EQ(kindsBy({}), "");
}

TEST_F(EventBusTest, BringsWhatTriggersDoOnlyToThoseWhoAsk) {
    const auto reader = subscribe();
    protocol::EventFilter filter;
    filter.triggers = true;
    const auto asking = subscribe(filter);
    filter.runId = runNumber(1).toString();
    const auto ofOneRun = subscribe(filter);
    auto started = notice("schedule");
    started.runId = filter.runId;
    started.triggerId = "nightly";
    bus.publishNotices({started});
    EXPECT_TRUE(reader->take(10).empty());
    EXPECT_TRUE(ofOneRun->take(10).empty()) << "the run tells of itself";
    const auto taken = asking->take(10);
    ASSERT_EQ(taken.size(), 1U);
    EXPECT_EQ(taken[0].triggerId, "nightly");
}

TEST_F(EventBusTest, ChangesWhatMayBeSeenAtAnyTimeAndGoesBack) {
    const auto reader = subscribe();
    publishOne(event(EngineEvent::Kind::RunStatus));
    const auto before = reader->position();
    EXPECT_EQ(reader->take(10).size(), 1U);
    EXPECT_EQ(reader->position(), bus.lastSeq());
    reader->rewind(before);
    reader->allow({});
    EXPECT_TRUE(reader->take(10).empty()) << "by the rights of now, not of then";
    publishOne(event(EngineEvent::Kind::RunStatus));
    reader->allow(EventRights::all());
    EXPECT_EQ(reader->take(10).size(), 1U);
}

TEST_F(EventBusTest, GivesTextsThatReadBackAsTheSameEvents) {
    protocol::EventFilter filter;
    filter.metrics = true;
    filter.triggers = true;
    const auto structs = subscribe(filter);
    const auto first = subscribe(filter);
    const auto second = subscribe(filter);
    EngineEvent log = event(EngineEvent::Kind::NodeLog, 1, 0);
    log.text = "line \"one\"\n";
    log.data = Value::object({{"count", 3}});
    log.item = 0;
    EngineEvent progress = event(EngineEvent::Kind::NodeProgress, 2, 1);
    progress.progress = 0.25;
    progress.took = 17;
    publish(std::vector<EngineEvent>{log, progress, event(EngineEvent::Kind::RunStatus)});
    auto schedule = notice("schedule");
    schedule.triggerId = "a \"name\"";
    bus.publishNotices({notice("workflow"), notice("metrics"), schedule});
    const auto expected = structs->take(10);
    ASSERT_EQ(expected.size(), 6U);
    for (const auto& reader : {first, second}) {
        const auto texts = reader->takeTexts(10);
        ASSERT_EQ(texts.items.size(), expected.size());
        for (std::size_t i = 0; i < expected.size(); ++i) {
            const auto value = parseJson(texts.items[i].json);
            ASSERT_TRUE(value) << texts.items[i].json;
            EXPECT_EQ(*protocol::fromValue<protocol::EventDto>(*value), expected[i]) << texts.items[i].json;
            EXPECT_EQ(texts.items[i].seq, expected[i].seq);
            EXPECT_EQ(texts.items[i].kind, expected[i].kind);
        }
    }
}

TEST_F(EventBusTest, MakesATextOnceForAllButNotBeforeItsRunIsKnown) {
    bus.setResolver({});
    const auto early = subscribe();
    const auto late = subscribe();
    publishOne(event(EngineEvent::Kind::RunStatus));
    EXPECT_EQ(early->takeTexts(10).items.at(0).json.find("workflowId"), std::string_view::npos);
    bus.remember(runNumber(1), {"orders", nullptr});
    EXPECT_NE(late->takeTexts(10).items.at(0).json.find("\"orders\""), std::string_view::npos);
    const auto one = subscribe();
    const auto other = subscribe();
    publishOne(event(EngineEvent::Kind::RunStatus));
    EXPECT_EQ(one->takeTexts(10).items.at(0).json.data(), other->takeTexts(10).items.at(0).json.data());
    for (int i = 0; i < 250; ++i) publishOne(event(EngineEvent::Kind::RunStatus));
    const auto lost = one->takeTexts(10);
    ASSERT_EQ(lost.items.size(), 1U);
    EXPECT_EQ(lost.items[0].kind, "lost");
    EXPECT_GT(lost.items[0].lostUntil, lost.items[0].seq);
}

TEST_F(EventBusTest, ANumberFromAnotherLifeIsTakenAsLost) {
    publishOne(event(EngineEvent::Kind::RunStatus));
    protocol::EventFilter filter;
    filter.afterSeq = 17;
    const auto old = subscribe(filter);
    EXPECT_EQ(old->take(10).at(0).kind, "lost");
    EXPECT_EQ(old->take(10).size(), 1U);
    filter.afterSeq = bus.lastSeq() + 1000;
    const auto ahead = subscribe(filter);
    const auto lost = ahead->take(10);
    ASSERT_EQ(lost.size(), 1U);
    EXPECT_EQ(lost[0].lostUntil, bus.lastSeq());
    EXPECT_TRUE(ahead->take(10).empty());
}

TEST_F(EventBusTest, ReadersGetEverythingInOrderWhileManyPublish) {
    EventBus large(clock, {1'000'000, SIZE_MAX});
    const auto sink = large.sink();
    std::mutex mutex;
    std::condition_variable rung;
    bool pending = true;
    const auto reader = large.subscribe({}, [&] {
        const std::lock_guard lock(mutex);
        pending = true;
        rung.notify_one();
    });
    constexpr std::uint32_t kEach = 5000;
    std::vector<std::jthread> publishers;
    for (std::uint8_t run = 1; run <= 4; ++run) {
        publishers.emplace_back([&sink, run] {
            for (std::uint32_t attempt = 1; attempt <= kEach; ++attempt) {
                EngineEvent one = event(EngineEvent::Kind::NodeStatus, run);
                one.attempt = attempt;
                sink({&one, 1});
            }
        });
    }
    std::map<std::string, std::uint32_t> last;
    std::uint64_t seq = 0;
    std::size_t total = 0;
    while (total < 4U * kEach) {
        const auto events = reader->take(64);
        for (const auto& got : events) {
            ASSERT_TRUE(seq == 0 || got.seq == seq + 1);
            seq = got.seq;
            ASSERT_EQ(got.attempt, ++last[got.runId]);
        }
        total += events.size();
        if (!events.empty()) continue;
        std::unique_lock lock(mutex);
        ASSERT_TRUE(rung.wait_for(lock, std::chrono::seconds(30), [&] { return std::exchange(pending, false); }));
    }
    EXPECT_EQ(total, 4U * kEach);
}

}  // namespace
}  // namespace signalbox::service
