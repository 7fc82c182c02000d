// What the service manager is told, and when the watchdog stays silent.
#include "app/gateway/notifier.h"

#include <atomic>
#include <filesystem>

#include <gtest/gtest.h>
#include <unistd.h>

#include "app/gateway/watchdog.h"
#include "support/notify_socket.h"

namespace signalbox::gatewayd {
namespace {

using test::NotifySocket;

std::string abstractName(const char* what) { return "@signalbox-test-" + std::to_string(::getpid()) + what; }

TEST(NotifierTest, SpeaksTheProtocolToAPathAndToAnAbstractName) {
    std::string folder = (std::filesystem::temp_directory_path() / "signalbox-notify-XXXXXX").string();
    ASSERT_NE(::mkdtemp(folder.data()), nullptr);
    for (const std::string& address : {folder + "/socket", abstractName("speaks")}) {
        const NotifySocket manager(address);
        const Notifier notifier(address);
        EXPECT_TRUE(notifier.isActive());
        notifier.ready("Listening on\nport 3");
        EXPECT_EQ(manager.next(), "READY=1\nSTATUS=Listening on port 3") << "a status cannot smuggle in a variable";
        notifier.reloading(12345);
        EXPECT_EQ(manager.next().substr(0, 34), "RELOADING=1\nMONOTONIC_USEC=12345\nS");
        notifier.stopping("Bye");
        EXPECT_EQ(manager.next(), "STOPPING=1\nSTATUS=Bye");
        notifier.watchdog();
        EXPECT_EQ(manager.next(), "WATCHDOG=1");
        notifier.extendTimeout(7);
        EXPECT_EQ(manager.next(), "EXTEND_TIMEOUT_USEC=7");
    }
    std::filesystem::remove_all(folder);
}

TEST(NotifierTest, WithoutAManagerNothingHappens) {
    for (const std::string& address :
         {std::string(), std::string("relative"), std::string("/"), std::string(200, '/')}) {
        const Notifier notifier(address);
        EXPECT_FALSE(notifier.isActive()) << address;
        notifier.ready("nobody hears it");
    }
    const Notifier gone("/nonexistent/signalbox/notify");
    gone.watchdog();
}

TEST(WatchdogPeriodTest, IsForThisProcessOnly) {
    EXPECT_EQ(watchdogPeriod("30000000", nullptr, 5), 30'000'000);
    EXPECT_EQ(watchdogPeriod("30000000", "5", 5), 30'000'000);
    EXPECT_EQ(watchdogPeriod("30000000", "6", 5), 0);
    EXPECT_EQ(watchdogPeriod(nullptr, "5", 5), 0);
    EXPECT_EQ(watchdogPeriod("soon", nullptr, 5), 0);
    EXPECT_EQ(watchdogPeriod("-1", nullptr, 5), 0);
}

TEST(WatchdogTest, SpeaksOnlyWhileThePartsAnswer) {
    const NotifySocket manager(abstractName("watchdog"));
    const Notifier notifier(abstractName("watchdog"));
    enum class Mood { Well, Ill, Silent };
    std::atomic<Mood> mood{Mood::Well};
    std::atomic<int> asked{0};
    const Watchdog watchdog(notifier, 20'000, [&](const std::function<void(bool)>& answer) {
        ++asked;
        asked.notify_all();
        if (mood != Mood::Silent) answer(mood == Mood::Well);
    });
    EXPECT_EQ(manager.next(), "WATCHDOG=1");
    EXPECT_EQ(manager.next(), "WATCHDOG=1");
    for (const Mood bad : {Mood::Ill, Mood::Silent}) {
        mood = bad;
        // One question may have been answered before the mood changed; what it caused is sent when two more were asked.
        for (int before = asked.load(), more = 0; more < 2; ++more, before = asked.load()) asked.wait(before);
        while (!manager.next(0).empty()) {
        }
        for (int before = asked.load(), more = 0; more < 3; ++more, before = asked.load()) asked.wait(before);
        EXPECT_EQ(manager.next(0), "");
    }
    mood = Mood::Well;
    EXPECT_EQ(manager.next(), "WATCHDOG=1") << "and again when they are back";
}

TEST(WatchdogTest, WithoutAPeriodNothingIsAsked) {
    const Notifier notifier(abstractName("none"));
    std::atomic<int> asked{0};
    {
        const Watchdog watchdog(notifier, 0, [&](const std::function<void(bool)>&) { ++asked; });
    }
    EXPECT_EQ(asked.load(), 0);
}

}  // namespace
}  // namespace signalbox::gatewayd
