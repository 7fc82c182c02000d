#include "unit/triggers/trigger_fixture.h"

namespace signalbox::triggers {
namespace {

using namespace test;

class ScheduleEditTest : public TriggerTest {
protected:
    std::string codeOf(const protocol::ScheduleDto& schedule) {
        protocol::SaveSchedule request;
        request.schedule = schedule;
        const auto saved = set().save(request);
        return saved ? std::string("ok") : saved.error().code + " " + saved.error().where;
    }
};

TEST_F(ScheduleEditTest, TakesOnlyWhatPeopleDecide) {
    auto schedule = daily();
    schedule.counts.started = 99;
    schedule.lastRunId = "run-9";
    schedule.created = 5;
    schedule.next = 5;
    schedule = save(schedule);
    EXPECT_EQ(schedule.counts.started, 0U);
    EXPECT_EQ(schedule.lastRunId, "");
    EXPECT_EQ(schedule.created, kMonday);
    pass(2 * kHour);
    schedule.note = "changed";
    schedule.counts = {};
    const auto saved = save(schedule);
    EXPECT_EQ(saved.counts.started, 1U);
    EXPECT_EQ(saved.note, "changed");
}

TEST_F(ScheduleEditTest, RefusesWhatHasBeenChangedMeanwhile) {
    auto schedule = save(daily());
    protocol::SaveSchedule change;
    change.schedule = schedule;
    change.schedule.note = "first";
    change.expectedEtag = schedule.etag;
    ASSERT_TRUE(set().save(change));
    change.schedule.note = "second";
    EXPECT_EQ(set().save(change).error().code, "schedule.conflict");
    EXPECT_EQ(get(schedule.id).note, "first");
    protocol::DeleteSchedule remove;
    remove.id = schedule.id;
    remove.expectedEtag = schedule.etag;
    EXPECT_EQ(set().remove(remove).error().code, "schedule.conflict");
    remove.expectedEtag.clear();
    EXPECT_TRUE(set().remove(remove));
    EXPECT_EQ(set().remove(remove).error().code, "schedule.not-found");
    EXPECT_EQ(set().schedule(schedule.id).error().code, "schedule.not-found");
    pass(2 * kHour);
    EXPECT_EQ(runs_.size(), 0U);
}

TEST_F(ScheduleEditTest, ANewRuleHoldsFromNowOn) {
    auto schedule = save(daily("0 2 * * *"));
    clock_.advance(3 * kHour);
    schedule.cron = "0 1 * * *";
    const auto changed = save(schedule);
    EXPECT_EQ(changed.next, kMonday + kDay + kHour) << "01:00 had passed when it was made";
    EXPECT_EQ(changed.counts.missedDown, 1U) << "02:00 was due by the rule before";
    set().tick();
    EXPECT_EQ(runs_.size(), 0U);
}

TEST_F(ScheduleEditTest, RefusesWhatCannotBeFollowed) {
    auto schedule = daily("61 * * * *");
    EXPECT_EQ(codeOf(schedule), "schedule.cron column 1");
    schedule = daily("0 0 30 2 *");
    EXPECT_EQ(codeOf(schedule), "schedule.cron column 1") << "it never comes";
    schedule = daily();
    schedule.timeZone = "Europe/Belrin";
    EXPECT_EQ(codeOf(schedule), "schedule.time-zone Europe/Belrin");
    schedule = daily();
    schedule.name.clear();
    EXPECT_EQ(codeOf(schedule), "schedule.invalid /schedule/name");
    schedule = daily();
    schedule.workflowId.clear();
    EXPECT_EQ(codeOf(schedule), "schedule.invalid /schedule/workflowId");
    schedule = daily();
    schedule.overlap = "maybe";
    EXPECT_EQ(codeOf(schedule), "schedule.invalid /schedule/overlap");
    schedule = daily();
    schedule.dstGap = "x";
    EXPECT_EQ(codeOf(schedule), "schedule.invalid /schedule/dstGap");
    schedule = daily();
    schedule.dstRepeat = "x";
    EXPECT_EQ(codeOf(schedule), "schedule.invalid /schedule/dstRepeat");
    schedule = daily();
    schedule.catchUp = 0;
    EXPECT_EQ(codeOf(schedule), "schedule.invalid /schedule/catchUp");
    schedule = daily();
    schedule.jitter = -1;
    EXPECT_EQ(codeOf(schedule), "schedule.invalid /schedule/jitter");
    schedule = daily();
    schedule.inputs = Value(5);
    EXPECT_EQ(codeOf(schedule), "schedule.invalid /schedule/inputs");
    schedule = daily();
    schedule.id = "nothing";
    EXPECT_EQ(codeOf(schedule), "schedule.not-found nothing");
    EXPECT_TRUE(set().schedules("").schedules.empty()) << "nothing was half made";
}

TEST_F(ScheduleEditTest, ListsByNameAndWorkflow) {
    auto schedule = daily();
    schedule.name = "b";
    save(schedule);
    schedule.name = "a";
    schedule.workflowId = "other";
    save(schedule);
    const auto all = set().schedules("").schedules;
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].name, "a");
    EXPECT_EQ(set().schedules("backup").schedules.size(), 1U);
}

TEST_F(ScheduleEditTest, PreviewsARuleInItsZone) {
    protocol::PreviewSchedule preview;
    preview.cron = "30 2 * * *";
    preview.timeZone = "Europe/Berlin";
    preview.after = 1'774'699'200 * kSecond;  // 2026-03-28T12:00:00Z
    preview.count = 2;
    const auto shown = set().preview(preview);
    ASSERT_TRUE(shown);
    EXPECT_EQ(shown->description, "at 02:30 every day");
    ASSERT_EQ(shown->times.size(), 2U);
    EXPECT_EQ(shown->times[0].local, "2026-03-29T03:00:00+02:00");
    EXPECT_EQ(shown->times[1].local, "2026-03-30T02:30:00+02:00");
    preview.cron = "0 0 31 6 *";
    EXPECT_TRUE(set().preview(preview)->times.empty());
    preview.cron = "x";
    EXPECT_EQ(set().preview(preview).error().code, "schedule.cron");
}

TEST_F(ScheduleEditTest, OneOfTwoProgramsStartsAndBothEdit) {
    auto schedule = save(daily("0 * * * *"));
    set().tick();
    const auto other = openAnother();
    EXPECT_TRUE(set().isStarter());
    EXPECT_FALSE(other->isStarter());
    other->tick();
    protocol::SaveSchedule change;
    change.schedule = *other->schedule(schedule.id);
    change.schedule.cron = "30 * * * *";
    ASSERT_TRUE(other->save(change));
    clock_.advance(30 * kMinute);
    other->tick();
    EXPECT_EQ(runs_.size(), 0U);
    set().tick();
    EXPECT_EQ(runs_.size(), 1U) << "what the other has changed holds here";
    EXPECT_EQ(other->schedule(schedule.id)->counts.started, 1U) << "and what has happened here is seen there";
    end("run-1");
    ASSERT_TRUE(other->trigger(schedule.id));
    EXPECT_EQ(runs_.size(), 1U);
    set().tick();
    EXPECT_EQ(runs_.size(), 2U);
    close();
    clock_.advance(kHour);
    runs_.end("run-2");
    other->tick();
    EXPECT_TRUE(other->isStarter()) << "it takes over when the first has ended";
    EXPECT_EQ(runs_.size(), 3U);
}

TEST_F(ScheduleEditTest, OneThatIsToldToStartsNothing) {
    save(daily("0 * * * *"));
    close();
    const auto editor = openAnother(false);
    clock_.advance(kHour);
    editor->tick();
    EXPECT_EQ(runs_.size(), 0U);
    EXPECT_FALSE(editor->isStarter());
}

}  // namespace
}  // namespace signalbox::triggers
