// What is told of schedules, webhooks and watched folders, and what is counted.
#include <fstream>

#include <fmt/format.h>

#include "triggers/signature.h"
#include "unit/triggers/trigger_fixture.h"

namespace signalbox::triggers {
namespace {

using namespace test;
using Lines = std::vector<std::string>;

class NewsTest : public TriggerTest {
protected:
    protocol::WebhookSecret hook() {
        protocol::SaveWebhook save;
        save.webhook.name = "orders";
        save.webhook.workflowId = "order";
        return *set().save(save);
    }
    Delivery delivery(const protocol::WebhookSecret& hook, const std::string& body) {
        const std::string time = fmt::format("{}", clock_.wallNow() / kSecond);
        return {hook.webhook.id, time, "v1=" + signatureOf(hook.secret, time, body), body};
    }
    Result<protocol::ScheduleDto> pause(TriggerSet& set, const std::string& id, bool paused = true) {
        protocol::PauseSchedule request;
        request.id = id;
        request.paused = paused;
        return set.pause(request);
    }
};

TEST_F(NewsTest, AScheduleTellsWhatIsDoneToItAndWhatItDoes) {
    auto schedule = daily("0 * * * *");
    schedule.catchUp = kMinute;
    schedule = save(schedule);
    EXPECT_EQ(news(), Lines{"schedule created nightly"});
    pass(kHour);
    EXPECT_EQ(told_.at(0).workflowId, "backup");
    EXPECT_EQ(told_.at(0).triggerId, schedule.id);
    EXPECT_EQ(told_.at(0).wall, kMonday + kHour);
    EXPECT_EQ(told_.at(0).data["due"].asInteger(), kMonday + kHour) << "by the rule, not by the clock";
    EXPECT_EQ(news(), Lines{"schedule started nightly run-1"});
    pass(kHour);
    EXPECT_EQ(news(), Lines{"schedule skipped nightly overlap"}) << "the run has not ended";
    end("run-1");
    EXPECT_EQ(news(), Lines{});
    runs_.failNext(1, {"workflow.invalid", "It has errors", {}, {}, false});
    pass(kHour);
    EXPECT_EQ(news(), Lines{"schedule failed nightly workflow.invalid"});
    ASSERT_TRUE(pause(set(), schedule.id));
    EXPECT_EQ(news(), Lines{"schedule changed nightly"});
    protocol::DeleteSchedule remove;
    remove.id = schedule.id;
    ASSERT_TRUE(set().remove(remove));
    EXPECT_EQ(news(), Lines{"schedule deleted nightly"});
}

TEST_F(NewsTest, WhatIsMissedIsToldOnceWithItsReason) {
    const auto schedule = save(daily("0 * * * *"));
    close();
    clock_.advance(5 * kHour + 30 * kMinute);
    open();
    static_cast<void>(news());
    set().tick();
    EXPECT_EQ(news(), Lines{"schedule missed nightly down x5"});
    clock_.jumpWall(2 * kHour);
    set().tick();
    EXPECT_EQ(news(), Lines{"schedule missed nightly clock x2"});
    pass(2 * kHour);
    EXPECT_EQ(news(), Lines{"schedule missed nightly down x2"}) << "it has slept";
    ASSERT_TRUE(pause(set(), schedule.id));
    static_cast<void>(news());
    pass(kHour);
    EXPECT_EQ(news(), Lines{"schedule missed nightly paused"});
    const auto stats = set().stats();
    EXPECT_EQ(stats.counts.missedDown, 7U);
    EXPECT_EQ(stats.counts.missedClock, 2U);
    EXPECT_EQ(stats.counts.missedPaused, 1U);
    EXPECT_EQ(stats.schedules, 1U);
    EXPECT_EQ(stats.schedulesPaused, 1U);
    protocol::DeleteSchedule remove;
    remove.id = schedule.id;
    ASSERT_TRUE(set().remove(remove));
    EXPECT_EQ(set().stats().counts.missedDown, 7U) << "a counter does not shrink";
    EXPECT_EQ(set().stats().schedules, 0U);
}

TEST_F(NewsTest, WhatWaitsIsToldWhenItBeginsTo) {
    auto schedule = daily("0 * * * *");
    schedule.overlap = "buffer-one";
    save(schedule);
    pass(kHour);
    static_cast<void>(news());
    pass(kHour);
    EXPECT_EQ(news(), Lines{"schedule waiting nightly"});
    EXPECT_EQ(set().stats().waiting, 1U);
    pass(kHour);
    EXPECT_EQ(news(), Lines{"schedule skipped nightly buffer"});
    end("run-1");
    EXPECT_EQ(news(), Lines{"schedule started nightly run-2"});
    EXPECT_EQ(set().stats().counts.started, 2U);
    EXPECT_EQ(set().stats().waiting, 0U);
}

TEST_F(NewsTest, AStartThatIsTriedAgainIsToldWhenItIsThere) {
    auto schedule = daily("0 * * * *");
    schedule.catchUp = 10 * kMinute;
    save(schedule);
    static_cast<void>(news());
    runs_.failNext(1, {"store.no-space", "The disk is full", {}, {}, true});
    pass(kHour);
    EXPECT_EQ(news(), Lines{});
    pass(kSecond);
    EXPECT_EQ(news(), Lines{"schedule started nightly run-1"});
    EXPECT_EQ(set().stats().counts.failedToStart, 0U);
}

TEST_F(NewsTest, AWebhookTellsOfEachRunAndOfRefusalsTogether) {
    const auto made = hook();
    EXPECT_EQ(news(), Lines{"webhook created orders"});
    const auto good = delivery(made, "1");
    ASSERT_TRUE(set().deliver(good));
    EXPECT_EQ(news(), Lines{"webhook started orders run-1"});
    ASSERT_TRUE(set().deliver(good));
    EXPECT_EQ(news(), Lines{}) << "the same delivery again";
    auto wrong = good;
    wrong.signature = "v1=00";
    for (int i = 0; i < 1000; ++i) EXPECT_FALSE(set().deliver(wrong));
    EXPECT_EQ(news(), Lines{}) << "whoever sends nonsense floods nobody";
    set().tick();
    EXPECT_EQ(news(), Lines{"webhook refused orders x1000"});
    EXPECT_EQ(set().stats().deliveriesAccepted, 1U);
    EXPECT_EQ(set().stats().deliveriesRefused, 1000U);
    protocol::SaveWebhook change;
    change.webhook = *set().webhook(made.webhook.id);
    change.webhook.enabled = false;
    ASSERT_TRUE(set().save(change));
    protocol::DeleteWebhook remove;
    remove.id = made.webhook.id;
    ASSERT_TRUE(set().remove(remove));
    EXPECT_EQ(news(), (Lines{"webhook changed orders", "webhook deleted orders"}));
}

TEST_F(NewsTest, AWatchTellsOfEachFile) {
    std::filesystem::create_directory(folder_ / "in");
    protocol::SaveFileWatch save;
    save.watch.name = "inbox";
    save.watch.workflowId = "import";
    save.watch.folder = "in";
    const auto made = set().save(save);
    ASSERT_TRUE(made);
    set().lookAtFiles();
    EXPECT_EQ(news(), Lines{"watch created inbox"});
    runs_.failNext(1, {"workflow.invalid", "It has errors", {}, {}, false});
    for (const char* name : {"in/a", "in/b"}) std::ofstream(folder_ / name) << "x";
    set().lookAtFiles();
    clock_.advance(2 * kSecond);
    set().lookAtFiles();
    ASSERT_EQ(told_.size(), 2U);
    EXPECT_EQ(told_[0].data["path"].asString(), "in/a");
    EXPECT_EQ(news(), (Lines{"watch failed inbox workflow.invalid", "watch started inbox run-1"}));
    EXPECT_EQ(set().stats().filesStarted, 1U);
    EXPECT_EQ(set().stats().filesFailed, 1U);
    protocol::DeleteFileWatch remove;
    remove.id = made->id;
    ASSERT_TRUE(set().remove(remove));
    EXPECT_EQ(news(), Lines{"watch deleted inbox"});
}

TEST_F(NewsTest, WhatAnotherProgramDoesIsToldHereToo) {
    std::filesystem::create_directory(folder_ / "in");
    set().tick();
    set().lookAtFiles();
    const auto other = openAnother();
    protocol::SaveSchedule schedule;
    schedule.schedule = daily("0 * * * *");
    const std::string id = other->save(schedule)->id;
    protocol::SaveWebhook webhook;
    webhook.webhook.name = "orders";
    webhook.webhook.workflowId = "order";
    const std::string hookId = other->save(webhook)->webhook.id;
    protocol::SaveFileWatch watch;
    watch.watch.name = "inbox";
    watch.watch.workflowId = "import";
    watch.watch.folder = "in";
    ASSERT_TRUE(other->save(watch));
    EXPECT_EQ(news(), (Lines{"schedule created nightly", "webhook created orders", "watch created inbox"}));
    set().tick();
    set().lookAtFiles();
    EXPECT_EQ(news(), (Lines{"webhook created orders", "schedule created nightly", "watch created inbox"}));
    ASSERT_TRUE(pause(set(), id, false));
    EXPECT_EQ(news(), Lines{"schedule changed nightly"});
    pass(kHour);
    EXPECT_EQ(news(), Lines{"schedule started nightly run-1"});
    other->tick();
    EXPECT_EQ(news(), (Lines{"schedule changed nightly", "schedule started nightly run-1"}))
        << "there, by the one that does not start them";
    EXPECT_EQ(other->stats().counts.started, 0U) << "it counts only what it does itself";
    protocol::DeleteWebhook remove;
    remove.id = hookId;
    ASSERT_TRUE(set().remove(remove));
    other->tick();
    EXPECT_EQ(news(), (Lines{"webhook deleted orders", "webhook deleted orders"}));
    set().tick();
    set().lookAtFiles();
    EXPECT_EQ(news(), Lines{}) << "nothing is told twice";
}

TEST(KnownTriggers, AnEditDuringAReadingIsToldOnce) {
    const ManualClock clock;
    Lines lines;
    TriggerNews news(clock, [&](const std::vector<protocol::EventDto>& events) {
        for (const auto& event : events) lines.push_back(event.triggerId + " " + event.status);
    });
    KnownTriggers known(news);
    const auto subject = [](const char* id) { return TriggerNews::Subject{"webhook", id, id, "order"}; };
    known.compare({{subject("a"), 1}, {subject("b"), 1}}, known.edits());
    const std::uint64_t before = known.edits();
    known.edited(subject("b"), 1, "deleted");
    known.edited(subject("c"), 1, "created");
    known.compare({{subject("a"), 2}, {subject("b"), 1}}, before);
    known.compare({{subject("a"), 2}, {subject("c"), 1}}, known.edits());
    news.publish();
    EXPECT_EQ(lines, (Lines{"b deleted", "c created", "a changed"}));
}

}  // namespace
}  // namespace signalbox::triggers
