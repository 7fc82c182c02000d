#include <condition_variable>
#include <mutex>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "triggers/signature.h"
#include "triggers/triggers.h"
#include "unit/service/service_fixture.h"

namespace signalbox::service::test {
namespace {

protocol::ScheduleDto scheduleFor(const std::string& workflow, const std::string& cron) {
    protocol::ScheduleDto schedule;
    schedule.name = "nightly";
    schedule.workflowId = workflow;
    schedule.cron = cron;
    return schedule;
}

protocol::ScheduleDto saved(Dispatcher& dispatcher, const protocol::ScheduleDto& schedule) {
    protocol::SaveSchedule save;
    save.schedule = schedule;
    auto reply = call(dispatcher, std::move(save));
    EXPECT_TRUE(reply) << reply.error().message;
    return reply ? *reply : protocol::ScheduleDto{};
}

/// Waits for an event that says how a run of that workflow ended.
protocol::EventDto waitForEnd(Dispatcher& dispatcher, const std::string& workflow, const std::string& status) {
    std::mutex mutex;
    std::condition_variable came;
    bool isNew = true;
    auto subscription = dispatcher.subscribe(localAdministrator(), {}, [&] {
        const std::lock_guard lock(mutex);
        isNew = true;
        came.notify_all();
    });
    EXPECT_TRUE(subscription);
    std::unique_lock lock(mutex);
    while (came.wait_for(lock, kDeadline, [&] { return isNew; })) {
        isNew = false;
        lock.unlock();
        for (auto events = (*subscription)->take(1000); !events.empty(); events = (*subscription)->take(1000)) {
            for (const auto& event : events) {
                if (event.kind == "run" && event.workflowId == workflow && event.status == status) return event;
            }
        }
        lock.lock();
    }
    ADD_FAILURE() << "no run of " << workflow << " came to be " << status;
    return {};
}

TEST(TriggerCalls, ADueScheduleStartsARun) {
    const Folder folder;
    folder.write("doubling.workflow.json", doublingDocument());
    const auto host = openHost(folder);
    Dispatcher& dispatcher = host->dispatcher();
    auto schedule = scheduleFor("doubling", "* * * * * *");
    schedule.inputs = Value::object({{"n", Value(4)}});
    saved(dispatcher, schedule);
    const auto ended = waitForEnd(dispatcher, "doubling", "succeeded");
    protocol::GetRun get;
    get.runId = ended.runId;
    const auto run = call(dispatcher, get);
    ASSERT_TRUE(run) << run.error().message;
    EXPECT_EQ(run->summary.startedBy, "schedule nightly");
    EXPECT_EQ(run->inputs["n"].asInteger(), 4);
}

TEST(TriggerCalls, ASecondHostOnTheWorkspaceEditsButDoesNotStart) {
    const Folder folder;
    folder.write("doubling.workflow.json", doublingDocument());
    const auto first = openHost(folder);
    const auto schedule = saved(first->dispatcher(), scheduleFor("doubling", "0 0 1 1 *"));
    const auto second = openHost(folder);
    protocol::PauseSchedule pause;
    pause.id = schedule.id;
    pause.note = "holidays";
    ASSERT_TRUE(call(second->dispatcher(), pause));
    protocol::GetSchedule get;
    get.id = schedule.id;
    const auto seen = call(first->dispatcher(), get);
    ASSERT_TRUE(seen);
    EXPECT_TRUE(seen->paused);
    EXPECT_EQ(seen->note, "holidays");
}

TEST(TriggerCalls, TerminateOtherEndsTheRunBeforeAtOnce) {
    const Folder folder;
    folder.write("waiting.workflow.json", signalDocument());
    const auto host = openHost(folder);
    Dispatcher& dispatcher = host->dispatcher();
    auto schedule = scheduleFor("waiting", "0 0 1 1 *");
    schedule.overlap = "terminate-other";
    schedule = saved(dispatcher, schedule);
    protocol::TriggerSchedule trigger;
    trigger.id = schedule.id;
    ASSERT_TRUE(call(dispatcher, trigger));
    protocol::GetSchedule get;
    get.id = schedule.id;
    const std::string before = call(dispatcher, get)->lastRunId;
    ASSERT_FALSE(before.empty());
    waitForStatus(dispatcher, before, "waiting");
    ASSERT_TRUE(call(dispatcher, trigger));
    const auto ended = waitForStatus(dispatcher, before, "cancelled");
    ASSERT_TRUE(ended.error);
    EXPECT_EQ(ended.error->code, "run.terminated");
}

/// Started twice by hand; gives the first run, which waits when the second one is due.
std::string startTwice(Dispatcher& dispatcher, const std::string& overlap) {
    auto schedule = scheduleFor("waiting", "0 0 1 1 *");
    schedule.overlap = overlap;
    schedule = saved(dispatcher, schedule);
    protocol::TriggerSchedule trigger;
    trigger.id = schedule.id;
    EXPECT_TRUE(call(dispatcher, trigger));
    protocol::GetSchedule get;
    get.id = schedule.id;
    const std::string first = call(dispatcher, get)->lastRunId;
    waitForStatus(dispatcher, first, "waiting");
    EXPECT_TRUE(call(dispatcher, trigger));
    return first;
}

/// The runs of the workflow that are not `first`.
std::vector<protocol::RunSummaryDto> othersThan(Dispatcher& dispatcher, const std::string& first) {
    auto runs = call(dispatcher, protocol::ListRuns{})->runs;
    std::erase_if(runs, [&](const auto& run) { return run.runId == first; });
    return runs;
}

/// Waits for a run that is not `first`, and for its status.
protocol::RunDetail waitForOther(Dispatcher& dispatcher, const std::string& first, const std::string& status) {
    std::mutex mutex;
    std::condition_variable came;
    bool isNew = false;
    const auto subscription = *dispatcher.subscribe(localAdministrator(), {}, [&] {
        const std::lock_guard lock(mutex);
        isNew = true;
        came.notify_all();
    });
    auto others = othersThan(dispatcher, first);
    std::unique_lock lock(mutex);
    while (others.empty() && subscription) {
        lock.unlock();
        while (!subscription->take(1000).empty()) continue;
        others = othersThan(dispatcher, first);
        lock.lock();
        if (others.empty() && !came.wait_for(lock, kDeadline, [&] { return std::exchange(isNew, false); })) break;
    }
    lock.unlock();
    if (!others.empty()) return waitForStatus(dispatcher, others.front().runId, status);
    ADD_FAILURE() << "there is no other run";
    return {};
}

TEST(TriggerCalls, CancelOtherEndsTheRunBeforeAndThenStartsTheNext) {
    const Folder folder;
    folder.write("waiting.workflow.json", signalDocument());
    const auto host = openHost(folder);
    Dispatcher& dispatcher = host->dispatcher();
    const std::string first = startTwice(dispatcher, "cancel-other");
    const auto ended = waitForStatus(dispatcher, first, "cancelled");
    ASSERT_TRUE(ended.error);
    EXPECT_EQ(ended.error->code, "run.cancelled") << "it was asked to end, and let clean up";
    waitForOther(dispatcher, first, "waiting");
}

TEST(TriggerCalls, SkipAndAllowAllLeaveTheRunBeforeAlone) {
    const Folder folder;
    folder.write("waiting.workflow.json", signalDocument());
    const auto host = openHost(folder);
    Dispatcher& dispatcher = host->dispatcher();
    const std::string skipping = startTwice(dispatcher, "skip");
    EXPECT_TRUE(othersThan(dispatcher, skipping).empty());
    waitForStatus(dispatcher, skipping, "waiting");
    const std::string allowing = startTwice(dispatcher, "allow-all");
    EXPECT_EQ(othersThan(dispatcher, skipping).size(), 2U);
    waitForStatus(dispatcher, allowing, "waiting");
}

TEST(TriggerCalls, BufferOneStartsTheNextWhenTheRunBeforeHasEnded) {
    const Folder folder;
    folder.write("waiting.workflow.json", signalDocument());
    const auto host = openHost(folder);
    Dispatcher& dispatcher = host->dispatcher();
    const std::string first = startTwice(dispatcher, "buffer-one");
    EXPECT_TRUE(othersThan(dispatcher, first).empty());
    ASSERT_TRUE(call(dispatcher, protocol::SignalRun{first, "go", Value(1)}));
    waitForStatus(dispatcher, first, "succeeded");
    waitForOther(dispatcher, first, "waiting");
}

TEST(TriggerCalls, ARunIsGivenTheTimeThatItWasScheduledFor) {
    const Folder folder;
    folder.write("echo.workflow.json", R"({"format": 1, "id": "echo", "name": "Echo",
"inputs": [{"name": "at", "type": "string"}, {"name": "note", "type": "string"}],
"nodes": [{"id": "same", "type": "TransformNode", "params": {"expression": "$"}}],
"edges": [{"from": "$inputs.at", "to": "same.input"}],
"outputs": [{"name": "at", "from": "same.output"}]})");
    const auto host = openHost(folder);
    Dispatcher& dispatcher = host->dispatcher();
    auto schedule = scheduleFor("echo", "0 0 * * *");
    schedule.timeZone = "Asia/Kolkata";
    schedule.inputs = Value::object({{"at", Value("$scheduledTime")}, {"note", Value("not $scheduledTime")}});
    schedule = saved(dispatcher, schedule);
    protocol::BackfillSchedule backfill;
    backfill.id = schedule.id;
    backfill.from = 1'772'476'200'000'000;  // 2026-03-02T18:30:00Z
    backfill.to = backfill.from;
    ASSERT_EQ(call(dispatcher, backfill)->starts, 1U);
    const auto run = waitForOther(dispatcher, {}, "succeeded");
    EXPECT_EQ(run.outputs["at"].asString(), "2026-03-03T00:00:00+05:30") << "the rule's time, not the start's";
    EXPECT_EQ(run.inputs["note"].asString(), "not $scheduledTime");
}

TEST(TriggerCalls, WhatHappensIsSeenByThoseWhoMayReadIt) {
    const Folder folder;
    folder.write("doubling.workflow.json", doublingDocument());
    const auto host = openHost(folder);
    Dispatcher& dispatcher = host->dispatcher();
    protocol::EventFilter filter;
    filter.triggers = true;
    const auto eventsOf = [&](std::vector<std::string> permissions) {
        Principal principal = localAdministrator();
        principal.permissions = std::move(permissions);
        return dispatcher.subscribe(principal, filter, [] {});
    };
    const auto all = *eventsOf({"*"});
    const auto refused = eventsOf({"run:read", "workflow:read", "watch:read"});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().hint, "Ask with false for schedules, webhooks");
    const auto withdrawn = *eventsOf({"*"});
    Principal runsOnly = localAdministrator();
    runsOnly.permissions = {"run:read"};
    withdrawn->allow(dispatcher.eventRights(runsOnly));
    const auto schedule = saved(dispatcher, scheduleFor("doubling", "0 0 1 1 *"));
    protocol::TriggerSchedule trigger;
    trigger.id = schedule.id;
    ASSERT_TRUE(call(dispatcher, trigger));
    const auto told = [](EventSubscription& reader) {
        std::vector<protocol::EventDto> found;
        for (auto events = reader.take(1000); !events.empty(); events = reader.take(1000)) {
            for (auto& event : events) {
                if (event.kind == "schedule") found.push_back(std::move(event));
            }
        }
        return found;
    };
    const auto seen = told(*all);
    ASSERT_EQ(seen.size(), 2U);
    EXPECT_EQ(seen[0].status, "created");
    EXPECT_EQ(seen[1].status, "started");
    EXPECT_EQ(seen[1].triggerId, schedule.id);
    protocol::GetSchedule get;
    get.id = schedule.id;
    EXPECT_EQ(seen[1].runId, call(dispatcher, get)->lastRunId);
    EXPECT_TRUE(told(*withdrawn).empty());
    EXPECT_EQ(call(dispatcher, protocol::GetEngineStats{})->triggers.counts.started, 1U);
}

TEST(TriggerCalls, AWebhookStartsARun) {
    const Folder folder;
    folder.write("doubling.workflow.json", doublingDocument());
    const auto host = openHost(folder);
    protocol::SaveWebhook save;
    save.webhook.name = "numbers";
    save.webhook.workflowId = "doubling";
    save.webhook.input = "n";
    const auto made = call(host->dispatcher(), save);
    ASSERT_TRUE(made) << made.error().message;
    const std::string now = std::to_string(SystemClock().wallNow() / 1'000'000);
    triggers::Delivery delivery{made->webhook.id, now, "v1=" + triggers::signatureOf(made->secret, now, "5"), "5"};
    const auto run = host->triggers()->deliver(delivery);
    ASSERT_TRUE(run) << run.error().message;
    const auto ended = waitForStatus(host->dispatcher(), *run, "succeeded");
    EXPECT_EQ(ended.inputs["n"].asInteger(), 5);
    EXPECT_EQ(ended.summary.startedBy, "webhook numbers");
    EXPECT_EQ(*host->triggers()->deliver(delivery), *run);
}

TEST(TriggerCalls, AFileStartsARunWithWhatItsWorkflowDeclares) {
    const Folder folder;
    folder.write("doubling.workflow.json", doublingDocument());
    std::filesystem::create_directory(folder.path() / "in");
    const auto host = openHost(folder);
    protocol::SaveFileWatch save;
    save.watch.name = "inbox";
    save.watch.workflowId = "doubling";
    save.watch.folder = "in";
    save.watch.settle = 10'000;
    ASSERT_TRUE(call(host->dispatcher(), save));
    // One may be written before the folder is looked at for the first time, and is no news then; the next one is.
    for (int i = 0; i < 1000; ++i) {
        folder.write("in/" + std::to_string(i), "x");
        if (call(host->dispatcher(), protocol::ListFileWatches{})->watches.front().started > 0) break;
    }
    EXPECT_EQ(waitForEnd(host->dispatcher(), "doubling", "succeeded").workflowId, "doubling");
}

TEST(TriggerCalls, NothingIsSavedForAWorkflowThatIsNotThere) {
    const Folder folder;
    const auto host = openHost(folder);
    protocol::SaveSchedule save;
    save.schedule = scheduleFor("missing", "@daily");
    const auto refused = call(host->dispatcher(), save);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "workflow.not-found");
    const auto documents = openHost(folder, HostMode::Documents);
    EXPECT_EQ(documents->triggers(), nullptr);
    EXPECT_EQ(call(documents->dispatcher(), save).error().code, "gateway.no-engine");
}

}  // namespace
}  // namespace signalbox::service::test
