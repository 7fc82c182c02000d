#include <algorithm>

#include <fmt/format.h>
#include <sys/stat.h>

#include "unit/triggers/trigger_fixture.h"

namespace signalbox::triggers {
namespace {

using namespace test;

class SchedulerTest : public TriggerTest {};

TEST_F(SchedulerTest, StartsWhatIsDueAndTellsWhatComesNext) {
    auto schedule = daily();
    schedule.inputs = Value::object({{"n", Value(7)}, {"at", Value("$scheduledTime")}});
    schedule = save(schedule);
    EXPECT_EQ(schedule.next, kMonday + 2 * kHour);
    EXPECT_FALSE(schedule.id.empty());
    EXPECT_EQ(schedule.created, kMonday);
    pass(2 * kHour - kSecond);
    EXPECT_EQ(runs_.size(), 0U);
    pass(kSecond);
    ASSERT_EQ(runs_.size(), 1U);
    const auto start = runs_.starts().front();
    EXPECT_EQ(start.workflowId, "backup");
    EXPECT_EQ(start.startedBy, "schedule nightly");
    EXPECT_EQ(start.inputs["n"].asInteger(), 7);
    EXPECT_EQ(start.inputs["at"].asString(), "2026-03-02T02:00:00+00:00");
    EXPECT_EQ(start.idempotencyKey, fmt::format("schedule/{}/{}", schedule.id, (kMonday + 2 * kHour) / kSecond));
    const auto after = get(schedule.id);
    EXPECT_EQ(after.next, kMonday + kDay + 2 * kHour);
    EXPECT_EQ(after.lastRunId, "run-1");
    EXPECT_EQ(after.lastStarted, kMonday + 2 * kHour);
    EXPECT_EQ(after.counts.started, 1U);
    EXPECT_EQ(after.etag, schedule.etag) << "what happens by itself is no edit";
}

TEST_F(SchedulerTest, GivesTheTimeOfTheRuleAlsoWhenItStartsLater) {
    auto schedule = daily("30 2 * * *");
    schedule.timeZone = "America/New_York";
    schedule.jitter = 10 * kMinute;
    schedule.catchUp = kHour;
    schedule.inputs = Value::object({{"at", Value("$scheduledTime")},
                                     {"text", Value("at $scheduledTime")},
                                     {"deep", Value::object({{"at", Value("$scheduledTime")}})}});
    save(schedule);
    pass(8 * kHour);
    ASSERT_EQ(runs_.size(), 1U) << "02:30 there is 07:30 here";
    const Value inputs = runs_.starts().front().inputs;
    EXPECT_EQ(inputs["at"].asString(), "2026-03-02T02:30:00-05:00");
    EXPECT_EQ(inputs["text"].asString(), "at $scheduledTime") << "only a value that is exactly this";
    EXPECT_EQ(inputs["deep"]["at"].asString(), "$scheduledTime") << "and is an input itself";
}

/// In Berlin the clocks go forward on 2026-03-29 at 01:00Z, and back on 2026-10-25 at 01:00Z.
TEST_F(SchedulerTest, OnTheDayTheClocksChangeItDoesAsItIsTold) {
    auto schedule = daily("30 2 * * *");
    schedule.timeZone = "Europe/Berlin";
    schedule.overlap = "allow-all";
    schedule.inputs = Value::object({{"at", Value("$scheduledTime")}});
    schedule.name = "after";
    schedule.dstRepeat = "both";
    save(schedule);
    schedule.name = "skip";
    schedule.dstGap = "skip";
    schedule.dstRepeat = "second";
    save(schedule);
    const auto startsOn = [this](Micros midnight) {
        clock_.advance(midnight - clock_.wallNow());
        set().tick();
        const std::size_t before = runs_.size();
        passEach(6 * kHour, 30 * kMinute);
        std::vector<std::string> starts;
        const auto all = runs_.starts();
        for (std::size_t i = before; i < all.size(); ++i) {
            starts.push_back(fmt::format("{} {}", all[i].startedBy, all[i].inputs["at"].asString()));
        }
        std::sort(starts.begin(), starts.end());
        return starts;
    };
    using Starts = std::vector<std::string>;
    EXPECT_EQ(startsOn(1'774'742'400 * kSecond), Starts{"schedule after 2026-03-29T03:00:00+02:00"});
    EXPECT_EQ(startsOn(1'792'886'400 * kSecond),
              (Starts{"schedule after 2026-10-25T02:30:00+01:00", "schedule after 2026-10-25T02:30:00+02:00",
                      "schedule skip 2026-10-25T02:30:00+01:00"}));
}

TEST_F(SchedulerTest, SaysWhenToLookAgain) {
    EXPECT_LE(set().tick(), kMonday + 2 * kSecond) << "what other programs do is looked for";
    save(daily("30 0 0 * * *"));
    clock_.advance(29 * kSecond);
    EXPECT_EQ(set().tick(), kMonday + 30 * kSecond);
}

TEST_F(SchedulerTest, KeepsEverythingOverARestart) {
    auto schedule = save(daily());
    pass(2 * kHour);
    open();
    EXPECT_EQ(get(schedule.id).counts.started, 1U);
    EXPECT_EQ(get(schedule.id).next, kMonday + kDay + 2 * kHour);
    pass(kSecond);
    EXPECT_EQ(runs_.asked(), 1U) << "what was started is not started again";
}

TEST_F(SchedulerTest, ItsFileIsForItsOwnerOnly) {
    struct stat state {};
    ASSERT_EQ(::stat((folder_ / ".signalbox" / "triggers.db").c_str(), &state), 0);
    EXPECT_EQ(state.st_mode & 0777U, 0600U);
}

TEST_F(SchedulerTest, AfterAStopCatchesUpWithinTheWindowAndCountsTheRestAsMissed) {
    auto schedule = daily("*/10 * * * *");
    schedule.catchUp = 25 * kMinute;
    schedule.overlap = "allow-all";
    schedule = save(schedule);
    close();
    clock_.advance(65 * kMinute);
    open();
    set().tick();
    // Due were 00:10 to 01:00; it is 01:05.
    EXPECT_EQ(runs_.size(), 3U) << "00:40, 00:50 and 01:00";
    EXPECT_EQ(get(schedule.id).counts.missedDown, 3U);
    EXPECT_EQ(get(schedule.id).counts.started, 3U);
}

TEST_F(SchedulerTest, SleepIsNotMistakenForAClockThatWasSet) {
    const auto schedule = save(daily("0 * * * *"));
    set().tick();
    pass(5 * kHour + 30 * kMinute);
    EXPECT_EQ(get(schedule.id).counts.missedDown, 5U);
    EXPECT_EQ(get(schedule.id).counts.missedClock, 0U);
}

TEST_F(SchedulerTest, CountsWhatAClockSetForwardJumpsOver) {
    const auto schedule = save(daily("0 * * * *"));
    pass(30 * kMinute);
    clock_.jumpWall(3 * kHour);
    set().tick();
    EXPECT_EQ(get(schedule.id).counts.missedClock, 3U);
    EXPECT_EQ(get(schedule.id).counts.missedDown, 0U);
    // Slept from 03:30 to 05:40, and the clock was put right by an hour when it woke: 04:00 and 05:00 it slept over.
    clock_.advance(2 * kHour + 10 * kMinute);
    clock_.jumpWall(kHour);
    set().tick();
    EXPECT_EQ(get(schedule.id).counts.missedClock, 4U);
    EXPECT_EQ(get(schedule.id).counts.missedDown, 2U);
    EXPECT_EQ(runs_.size(), 0U);
}

TEST_F(SchedulerTest, AClockSetBackNeitherDoublesNorStopsASchedule) {
    auto schedule = daily("0 * * * *");
    schedule.overlap = "allow-all";
    schedule = save(schedule);
    passEach(2 * kHour, 30 * kMinute);
    ASSERT_EQ(runs_.size(), 2U);
    clock_.jumpWall(-90 * kMinute);
    passEach(150 * kMinute, 30 * kMinute);
    EXPECT_EQ(runs_.size(), 3U) << "01:00 and 02:00 came again, then 03:00 for the first time";
    EXPECT_EQ(runs_.asked(), 3U) << "none is asked for twice";
    EXPECT_EQ(get(schedule.id).counts.started, 3U);
}

TEST_F(SchedulerTest, AYearInTheFutureByMistakeIsForgotten) {
    const auto schedule = save(daily("0 * * * *"));
    clock_.jumpWall(365 * kDay);
    set().tick();
    clock_.jumpWall(-365 * kDay);
    set().tick();
    EXPECT_EQ(get(schedule.id).next, kMonday + kHour);
    pass(kHour);
    EXPECT_EQ(runs_.size(), 1U);
}

TEST_F(SchedulerTest, PausedItMissesAndSaysWhy) {
    auto schedule = save(daily("0 * * * *"));
    protocol::PauseSchedule pause;
    pause.id = schedule.id;
    pause.note = "stocktaking";
    const auto paused = set().pause(pause);
    ASSERT_TRUE(paused);
    EXPECT_TRUE(paused->paused);
    EXPECT_EQ(paused->note, "stocktaking");
    EXPECT_EQ(paused->next, 0);
    EXPECT_NE(paused->etag, schedule.etag);
    passEach(3 * kHour, 30 * kMinute);
    EXPECT_EQ(runs_.size(), 0U);
    clock_.advance(kHour);
    // What was due until the moment it went on was due while it was paused.
    pause.paused = false;
    ASSERT_TRUE(set().pause(pause));
    EXPECT_EQ(get(schedule.id).counts.missedPaused, 4U);
    pass(kHour);
    EXPECT_EQ(runs_.size(), 1U);
}

TEST_F(SchedulerTest, JitterIsTheSameForTheSameTime) {
    auto schedule = daily("0 * * * *");
    schedule.jitter = 10 * kMinute;
    schedule.overlap = "allow-all";
    schedule = save(schedule);
    EXPECT_EQ(jitterOf(schedule.id, kMonday, schedule.jitter), jitterOf(schedule.id, kMonday, schedule.jitter));
    std::set<Micros> offsets;
    for (int hour = 1; hour <= 50; ++hour) {
        const Micros offset = jitterOf(schedule.id, kMonday + hour * kHour, schedule.jitter);
        EXPECT_GE(offset, 0);
        EXPECT_LE(offset, schedule.jitter);
        offsets.insert(offset / kMinute);
    }
    EXPECT_GE(offsets.size(), 8U) << "spread over the ten minutes";
    const Micros first = kHour + jitterOf(schedule.id, kMonday + kHour, schedule.jitter);
    EXPECT_EQ(schedule.next, kMonday + first);
    pass(kHour);
    open();
    EXPECT_EQ(get(schedule.id).next, kMonday + first) << "a start that waits for its time survives a restart";
    pass(first - kHour - kSecond);
    EXPECT_EQ(runs_.size(), 0U);
    pass(kSecond);
    EXPECT_EQ(runs_.size(), 1U);
}

TEST_F(SchedulerTest, TriesAgainWhatMayPassAndCountsWhatDoesNot) {
    auto schedule = daily("0 * * * *");
    schedule.catchUp = 10 * kMinute;
    schedule = save(schedule);
    runs_.failNext(2, {"store.no-space", "The disk is full", {}, {}, true});
    pass(kHour);
    EXPECT_EQ(runs_.size(), 0U);
    pass(kSecond);
    pass(2 * kSecond);
    EXPECT_EQ(runs_.size(), 1U);
    EXPECT_EQ(get(schedule.id).counts.failedToStart, 0U);
    runs_.failNext(1, {"workflow.invalid", "It has errors", {}, {}, false});
    end("run-1");
    pass(kHour);
    pass(kMinute);
    EXPECT_EQ(runs_.size(), 1U);
    EXPECT_EQ(get(schedule.id).counts.failedToStart, 1U);
}

TEST_F(SchedulerTest, GivesUpWhenTheTimeToCatchUpHasPassed) {
    auto schedule = daily("0 * * * *");
    schedule.catchUp = 10 * kSecond;
    schedule = save(schedule);
    runs_.failNext(1000, {"store.busy", "Locked", {}, {}, true});
    passEach(kHour + kMinute, kSecond);
    EXPECT_EQ(get(schedule.id).counts.failedToStart, 1U);
    EXPECT_EQ(get(schedule.id).waiting, 0U);
    EXPECT_LE(runs_.asked(), 6U) << "less and less often";
}

TEST_F(SchedulerTest, StartedByHandItGoesAtOnceAlsoWhenPaused) {
    auto schedule = daily();
    schedule.paused = true;
    schedule = save(schedule);
    const auto triggered = set().trigger(schedule.id);
    ASSERT_TRUE(triggered);
    EXPECT_EQ(triggered->starts, 1U);
    EXPECT_EQ(runs_.size(), 1U);
    const auto second = set().trigger(schedule.id);
    ASSERT_TRUE(second);
    EXPECT_EQ(second->starts, 0U) << "the first has not ended, and the policy is to skip";
    EXPECT_EQ(get(schedule.id).counts.skippedOverlap, 1U);
    end("run-1");
    runs_.failNext(1, {"workflow.invalid", "It has errors", {}, {}, false});
    EXPECT_EQ(set().trigger(schedule.id).error().code, "workflow.invalid");
    EXPECT_EQ(set().trigger("nothing").error().code, "schedule.not-found");
}

TEST_F(SchedulerTest, ManyMissedAreSoonCounted) {
    const auto schedule = save(daily("* * * * * *"));
    close();
    clock_.advance(365 * kDay);
    open();
    set().tick();
    EXPECT_GE(get(schedule.id).counts.missedDown, 100'000U);
    pass(kSecond);
    EXPECT_GE(runs_.size(), 1U);
}

}  // namespace
}  // namespace signalbox::triggers
