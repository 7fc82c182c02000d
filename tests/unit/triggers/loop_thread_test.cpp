#include "triggers/loop_thread.h"

#include <atomic>
#include <future>

#include <gtest/gtest.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace signalbox::triggers {
namespace {

/// Counts the calls, and tells when there have been so many.
struct Calls {
    explicit Calls(int wanted) : wanted_(wanted) {}
    void count() {
        if (++count_ == wanted_) reached_.set_value();
    }
    [[nodiscard]] bool wait() {
        return reached_.get_future().wait_for(std::chrono::seconds(30)) == std::future_status::ready;
    }
    [[nodiscard]] int sofar() const { return count_; }

private:
    int wanted_;
    std::atomic<int> count_{0};
    std::promise<void> reached_;
};

TEST(LoopThread, CallsAtTheTimeThatWasAskedFor) {
    const SystemClock clock;
    Calls calls(3);
    const Micros start = clock.monotonicNow();
    const LoopThread thread(clock, [&] {
        calls.count();
        return clock.wallNow() + 10'000;
    });
    EXPECT_TRUE(calls.wait());
    EXPECT_GE(clock.monotonicNow() - start, 20'000 - 1000);
}

TEST(LoopThread, CallsWhenItIsWokenOrThereIsSomethingToRead) {
    const SystemClock clock;
    const int fd = ::eventfd(0, EFD_NONBLOCK);
    Calls started(1);
    Calls woken(2);
    Calls readable(3);
    {
        const LoopThread thread(
            clock,
            [&] {
                std::uint64_t value = 0;
                static_cast<void>(::read(fd, &value, sizeof value) == 0);
                started.count();
                woken.count();
                readable.count();
                return INT64_MAX;
            },
            fd);
        EXPECT_TRUE(started.wait());
        thread.wake();
        EXPECT_TRUE(woken.wait());
        const std::uint64_t one = 1;
        EXPECT_EQ(::write(fd, &one, sizeof one), 8);
        EXPECT_TRUE(readable.wait());
    }
    EXPECT_EQ(readable.sofar(), 3) << "it did not turn in circles";
    ::close(fd);
}

TEST(LoopThread, FollowsAClockThatIsNotTheMachines) {
    const ManualClock clock(1'000'000);
    Calls calls(1);
    {
        const LoopThread thread(clock, [&] {
            calls.count();
            return clock.wallNow() + 3'600'000'000;
        });
        EXPECT_TRUE(calls.wait());
    }
    EXPECT_EQ(calls.sofar(), 1) << "an hour of that clock is an hour";
}

}  // namespace
}  // namespace signalbox::triggers
