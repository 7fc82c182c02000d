// Work that is submitted as a task's last act wakes nobody, and yet never waits for somebody who blocks.
#include "engine/work_pool.h"

#include <atomic>

#include "engine_fixture.h"

namespace signalbox::test {

using engine::WorkPool;

TEST(WorkPool, AChainOfLastActsRunsToItsEnd) {
    WorkPool pool(4);
    Gate ended;
    std::atomic<int> left{10'000};
    std::function<void()> link = [&] {
        if (--left == 0) return ended.open();
        pool.submit(link, WorkPool::Wake::Nobody);
    };
    pool.submit(link);
    EXPECT_TRUE(ended.wait());
    pool.stop();
}

TEST(WorkPool, LastActsAreSharedWhenThereAreSeveral) {
    WorkPool pool(2);
    Gate first;
    Gate second;
    Gate ended;
    pool.submit([&] {
        // Each can only end while the other runs.
        pool.submit(
            [&] {
                first.open();
                EXPECT_TRUE(second.wait());
                ended.open();
            },
            WorkPool::Wake::Nobody);
        pool.submit(
            [&] {
                second.open();
                EXPECT_TRUE(first.wait());
            },
            WorkPool::Wake::Nobody);
    });
    EXPECT_TRUE(ended.wait());
    pool.stop();
}

TEST(WorkPool, SomebodyMayBeWokenLater) {
    WorkPool pool(2);
    Gate run;
    Gate ended;
    pool.submit([&] {
        pool.submit([&] { run.open(); }, WorkPool::Wake::Nobody);
        pool.wakeSleeper();
        EXPECT_TRUE(run.wait());
        ended.open();
    });
    EXPECT_TRUE(ended.wait());
    pool.stop();
}

class EngineSharing : public EngineTest {};

TEST_F(EngineSharing, ANodeOfThePoolDoesNotWaitForTheInlineNodesOfItsRun) {
    Gate computed;
    functions_["compute"] = [&](const engine::NodeCall&) {
        computed.open();
        return engine::onOutput(1);
    };
    functions_["wait"] = [&](const engine::NodeCall&) {
        EXPECT_TRUE(computed.wait()) << "the other one was left lying";
        return engine::onOutput(1);
    };
    const RunId run = start(R"({"format":1,"id":"w","name":"w","version":1,
        "nodes":[{"id":"s","type":"CpuFnNode","params":{"value":1}},{"id":"a","type":"CpuFnNode","params":{"fn":"compute"}},
                 {"id":"b","type":"FnNode","params":{"fn":"wait"}}],
        "edges":[{"from":"s.output","to":"a.input"},{"from":"s.output","to":"b.input"}]})");
    EXPECT_EQ(finish(run).status, engine::RunStatus::Succeeded);
}

}  // namespace signalbox::test
