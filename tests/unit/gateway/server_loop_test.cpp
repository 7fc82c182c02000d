// The loop ends when it is told to, whatever else is due.
#include "gateway/server_loop.h"

#include <thread>

#include <gtest/gtest.h>

#include "base/clock.h"

namespace signalbox::gateway {
namespace {

/// A tick that is due already when the loop finishes must not start the next.
TEST(ServerLoop, EndsWhileTicksAreDue) {
    const SystemClock clock;
    for (int round = 0; round < 300; ++round) {
        Loop loop(clock, 1);
        std::jthread thread([&] { loop.run(); });
        loop.post([&] { loop.finish(); });
    }
}

TEST(ServerLoop, DropsWhatIsPostedAfterTheEnd) {
    const SystemClock clock;
    Loop loop(clock, 1'000);
    int runs = 0;
    loop.post([&] { ++runs; });
    loop.finish();
    loop.post([&] { ++runs; });
    loop.run();
    EXPECT_EQ(runs, 1);
    EXPECT_TRUE(loop.isCurrent());
}

}  // namespace
}  // namespace signalbox::gateway
