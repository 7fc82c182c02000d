#include <fmt/format.h>

#include "unit/triggers/trigger_fixture.h"

namespace signalbox::triggers {
namespace {

using namespace test;

class OverlapTest : public TriggerTest {
protected:
    protocol::ScheduleDto hourly(const std::string& overlap) {
        auto schedule = daily("0 * * * *");
        schedule.overlap = overlap;
        return save(schedule);
    }
};

TEST_F(OverlapTest, SkipLeavesOutWhatComesWhileOneRuns) {
    const auto schedule = hourly("skip");
    passEach(3 * kHour, kHour);
    EXPECT_EQ(runs_.size(), 1U);
    EXPECT_EQ(get(schedule.id).counts.skippedOverlap, 2U);
    end("run-1");
    EXPECT_EQ(runs_.size(), 1U) << "nothing waited";
    pass(kHour);
    EXPECT_EQ(runs_.size(), 2U);
}

TEST_F(OverlapTest, BufferOneKeepsTheFirstThatComes) {
    const auto schedule = hourly("buffer-one");
    passEach(4 * kHour, kHour);
    EXPECT_EQ(runs_.size(), 1U);
    EXPECT_EQ(get(schedule.id).waiting, 1U);
    EXPECT_EQ(get(schedule.id).counts.droppedBuffer, 2U);
    open();
    EXPECT_EQ(get(schedule.id).waiting, 1U) << "it waits over a restart";
    end("run-1");
    ASSERT_EQ(runs_.size(), 2U);
    EXPECT_EQ(runs_.keys().back(), keyOf(schedule.id, kMonday + 2 * kHour));
    EXPECT_EQ(get(schedule.id).waiting, 0U);
}

TEST_F(OverlapTest, BufferAllStartsOneAfterTheOtherInOrder) {
    const auto schedule = hourly("buffer-all");
    passEach(4 * kHour, kHour);
    EXPECT_EQ(get(schedule.id).waiting, 3U);
    for (int i = 1; i <= 4; ++i) {
        ASSERT_EQ(runs_.size(), static_cast<std::size_t>(i));
        EXPECT_EQ(runs_.keys().back(), keyOf(schedule.id, kMonday + i * kHour));
        end(fmt::format("run-{}", i));
    }
    EXPECT_EQ(runs_.size(), 4U);
    EXPECT_EQ(get(schedule.id).waiting, 0U);
}

TEST_F(OverlapTest, ARunThatEndsWhileItStartsHoldsUpNothing) {
    hourly("buffer-all");
    runs_.endsAtOnce = true;
    runs_.onStart = [this](const std::string& run) { set().runEnded(run); };
    passEach(3 * kHour, kHour);
    EXPECT_EQ(runs_.size(), 3U);
}

TEST_F(OverlapTest, TheEndOfARunIsFoundWhenNobodyTellsOfIt) {
    hourly("buffer-all");
    passEach(2 * kHour, kHour);
    ASSERT_EQ(runs_.size(), 1U);
    runs_.end("run-1");
    passEach(6 * kSecond, kSecond);
    EXPECT_EQ(runs_.size(), 2U);
}

TEST_F(OverlapTest, AllowAllLetsThemRunSideBySide) {
    hourly("allow-all");
    passEach(3 * kHour, kHour);
    EXPECT_EQ(runs_.size(), 3U);
}

TEST_F(OverlapTest, CancelOtherAsksTheRunToEndAndWaitsForIt) {
    const auto schedule = hourly("cancel-other");
    passEach(2 * kHour, kHour);
    EXPECT_EQ(runs_.cancelled, std::vector<std::string>{"run-1"});
    EXPECT_EQ(runs_.size(), 1U) << "it may be cleaning up";
    EXPECT_EQ(get(schedule.id).waiting, 1U);
    pass(kHour);
    EXPECT_EQ(get(schedule.id).waiting, 1U) << "the newer takes the place of the older";
    EXPECT_EQ(get(schedule.id).counts.skippedOverlap, 1U);
    end("run-1");
    ASSERT_EQ(runs_.size(), 2U);
    EXPECT_EQ(runs_.keys().back(), keyOf(schedule.id, kMonday + 3 * kHour));
}

TEST_F(OverlapTest, CancelOtherAsksAgainAfterARestart) {
    hourly("cancel-other");
    passEach(2 * kHour, kHour);
    ASSERT_EQ(runs_.cancelled, std::vector<std::string>{"run-1"});
    open();
    set().tick();
    EXPECT_EQ(runs_.cancelled, (std::vector<std::string>{"run-1", "run-1"})) << "whether it was heard is not known";
    EXPECT_EQ(runs_.size(), 1U);
    end("run-1");
    EXPECT_EQ(runs_.size(), 2U);
}

TEST_F(OverlapTest, WhatWasMissedTogetherGoesByThePolicyToo) {
    auto schedule = daily("0 * * * *");
    schedule.catchUp = 5 * kHour;
    schedule.overlap = "skip";
    const auto skipping = save(schedule);
    schedule.overlap = "buffer-all";
    const auto buffering = save(schedule);
    close();
    clock_.advance(3 * kHour);
    open();
    set().tick();
    EXPECT_EQ(get(skipping.id).counts.started, 1U);
    EXPECT_EQ(get(skipping.id).counts.skippedOverlap, 2U) << "they are in time, but the first one runs";
    EXPECT_EQ(get(skipping.id).counts.missedDown, 0U);
    EXPECT_EQ(get(buffering.id).counts.started, 1U);
    EXPECT_EQ(get(buffering.id).waiting, 2U);
}

TEST_F(OverlapTest, TerminateOtherEndsItAndStarts) {
    hourly("terminate-other");
    pass(kHour);
    clock_.advance(kHour);
    set().tick();
    EXPECT_EQ(runs_.terminated, std::vector<std::string>{"run-1"});
    set().runEnded("run-1");
    set().tick();
    EXPECT_EQ(runs_.size(), 2U);
    EXPECT_TRUE(runs_.cancelled.empty());
}

TEST_F(OverlapTest, WhatWaitsStaysWhilePaused) {
    const auto schedule = hourly("buffer-all");
    passEach(2 * kHour, kHour);
    protocol::PauseSchedule pause;
    pause.id = schedule.id;
    ASSERT_TRUE(set().pause(pause));
    end("run-1");
    EXPECT_EQ(runs_.size(), 1U);
    pause.paused = false;
    ASSERT_TRUE(set().pause(pause));
    set().tick();
    EXPECT_EQ(runs_.size(), 2U);
}

TEST_F(OverlapTest, BackfillsARangeByItsOwnPolicy) {
    const auto schedule = hourly("skip");
    protocol::BackfillSchedule backfill;
    backfill.id = schedule.id;
    backfill.from = kMonday - 5 * kHour;
    backfill.to = kMonday - kHour;
    const auto queued = set().backfill(backfill);
    ASSERT_TRUE(queued);
    EXPECT_EQ(queued->starts, 5U) << "both ends belong to the range";
    EXPECT_EQ(get(schedule.id).waiting, 5U);
    set().tick();
    for (int i = 1; i <= 5; ++i) {
        ASSERT_EQ(runs_.size(), static_cast<std::size_t>(i));
        EXPECT_TRUE(runs_.keys().back().ends_with(fmt::format("/{}", (kMonday - (6 - i) * kHour) / kSecond)));
        end(fmt::format("run-{}", i));
    }
    EXPECT_EQ(runs_.size(), 5U);
    backfill.overlap = "allow-all";
    ASSERT_TRUE(set().backfill(backfill));
    set().tick();
    EXPECT_EQ(runs_.size(), 10U) << "again means again";
}

TEST_F(OverlapTest, ABackfillGoesAlsoWhilePaused) {
    auto schedule = daily("0 * * * *");
    schedule.paused = true;
    schedule = save(schedule);
    protocol::BackfillSchedule backfill;
    backfill.id = schedule.id;
    backfill.from = kMonday - 2 * kHour;
    backfill.to = kMonday;
    backfill.overlap = "allow-all";
    ASSERT_TRUE(set().backfill(backfill));
    pass(kHour);
    EXPECT_EQ(runs_.size(), 3U) << "somebody asked for it; what the rule names meanwhile is not started";
    EXPECT_EQ(get(schedule.id).counts.missedPaused, 1U);
}

TEST_F(OverlapTest, ABackfillThatIsTooLargeQueuesNothing) {
    const auto schedule = save(daily("* * * * *"));
    protocol::BackfillSchedule backfill;
    backfill.id = schedule.id;
    backfill.from = kMonday - 10'000 * kMinute;
    backfill.to = kMonday;
    EXPECT_EQ(set().backfill(backfill).error().code, "schedule.too-many");
    EXPECT_EQ(get(schedule.id).waiting, 0U);
    backfill.from += kMinute;
    EXPECT_EQ(set().backfill(backfill)->starts, 10'000U);
    backfill.overlap = "sometimes";
    EXPECT_EQ(set().backfill(backfill).error().code, "schedule.invalid");
    std::swap(backfill.from, backfill.to);
    EXPECT_FALSE(set().backfill(backfill));
}

TEST_F(OverlapTest, ALongLineLetsOthersThrough) {
    const auto busy = hourly("allow-all");
    const auto other = save(daily("0 * * * *"));
    protocol::BackfillSchedule backfill;
    backfill.id = busy.id;
    backfill.from = kMonday - 1000 * kHour;
    backfill.to = kMonday;
    backfill.overlap = "allow-all";
    ASSERT_TRUE(set().backfill(backfill));
    clock_.advance(kHour);
    EXPECT_LE(set().tick(), clock_.wallNow()) << "there is more to do";
    EXPECT_EQ(get(other.id).counts.started, 1U);
    EXPECT_LT(get(busy.id).counts.started, 1001U);
}

}  // namespace
}  // namespace signalbox::triggers
