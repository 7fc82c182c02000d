// Everything at once, for the thread sanitizer; and what the threads do by themselves.
#include <fstream>
#include <future>
#include <thread>

#include <fmt/format.h>

#include "triggers/signature.h"
#include "unit/triggers/trigger_fixture.h"

namespace signalbox::triggers {
namespace {

using namespace test;

class TriggerThreads : public TriggerTest {
protected:
    static constexpr int kTimes = 25;

    void edit(const std::string& id) {
        for (int i = 0; i < kTimes; ++i) {
            protocol::PauseSchedule pause;
            pause.id = id;
            pause.paused = i % 2 == 0;
            // Two may meet: the second is told so.
            static_cast<void>(set().pause(pause));
            static_cast<void>(set().schedules(""));
            static_cast<void>(set().fileWatches());
        }
    }
    void trigger(const std::string& id) {
        for (int i = 0; i < kTimes; ++i) {
            EXPECT_TRUE(set().trigger(id));
            set().runEnded(runs_.lastRun());
        }
    }
    void deliver(const protocol::WebhookSecret& webhook) {
        for (int i = 0; i < kTimes; ++i) {
            const std::string time = fmt::format("{}", clock_.wallNow() / kSecond);
            const std::string body = fmt::format("{}", i);
            EXPECT_TRUE(
                set().deliver({webhook.webhook.id, time, "v1=" + signatureOf(webhook.secret, time, body), body}));
            clock_.advance(kSecond);
        }
    }
};

TEST_F(TriggerThreads, EditsStartsAndDeliveriesMayMeet) {
    auto schedule = daily("* * * * * *");
    schedule.overlap = "allow-all";
    schedule = save(schedule);
    protocol::SaveWebhook hook;
    hook.webhook.name = "hook";
    hook.webhook.workflowId = "w";
    hook.webhook.tolerance = kHour;
    const auto webhook = set().save(hook);
    ASSERT_TRUE(webhook);
    runs_.onStart = [this](const std::string& run) { set().runEnded(run); };
    runs_.endsAtOnce = true;
    set().start();
    {
        std::vector<std::jthread> threads;
        threads.emplace_back([&] { edit(schedule.id); });
        threads.emplace_back([&] { trigger(schedule.id); });
        threads.emplace_back([&] { deliver(*webhook); });
    }
    set().stop();
    const auto counts = get(schedule.id).counts;
    EXPECT_GE(counts.started, static_cast<std::uint64_t>(kTimes));
    EXPECT_EQ(counts.started + static_cast<std::uint64_t>(kTimes), runs_.size()) << "each is counted, each is one run";
    EXPECT_EQ(set().webhook(webhook->webhook.id)->accepted, static_cast<std::uint64_t>(kTimes));
}

TEST_F(TriggerThreads, AFileIsFoundByItsNotice) {
    std::promise<void> started;
    runs_.onStart = [&](const std::string&) { started.set_value(); };
    std::filesystem::create_directory(folder_ / "in");
    protocol::SaveFileWatch save;
    save.watch.name = "inbox";
    save.watch.workflowId = "w";
    save.watch.folder = "in";
    save.watch.settle = 10'000;
    ASSERT_TRUE(set().save(save));
    set().lookAtFiles();
    // The notice says that the file is there; that it has settled is found by the next look, within two seconds.
    set().start();
    std::ofstream(folder_ / "in" / "a") << "x";
    auto future = started.get_future();
    for (int i = 0; i < 100; ++i) {
        clock_.advance(20'000);
        if (future.wait_for(std::chrono::milliseconds(100)) == std::future_status::ready) break;
    }
    EXPECT_EQ(runs_.size(), 1U);
    set().stop();
}

}  // namespace
}  // namespace signalbox::triggers
