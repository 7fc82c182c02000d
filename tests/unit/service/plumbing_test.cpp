#include <atomic>
#include <future>
#include <thread>

#include <gtest/gtest.h>

#include "service/principal.h"
#include "service/reply_once.h"
#include "service/worker_threads.h"

namespace signalbox::service {
namespace {

TEST(ReplyOnce, AnswersOnceWhoeverIsFirst) {
    std::atomic<int> answers{0};
    {
        const ReplyOnce reply([&](Result<protocol::Reply>) { ++answers; });
        std::vector<std::jthread> racers;
        for (int i = 0; i < 4; ++i) racers.emplace_back([reply] { reply(protocol::Reply(protocol::Empty{})); });
    }
    EXPECT_EQ(answers, 1);
}

TEST(ReplyOnce, AnswersWhenItIsForgotten) {
    std::string code;
    { const ReplyOnce reply([&](Result<protocol::Reply> outcome) { code = outcome.error().code; }); }
    EXPECT_EQ(code, "gateway.stopping");
}

TEST(WorkerThreads, RunSeveralJobsAtATime) {
    WorkerThreads workers(2);
    std::promise<void> first;
    std::promise<void> second;
    workers.post([&] {
        first.set_value();
        second.get_future().wait();
    });
    workers.post([&] {
        first.get_future().wait();
        second.set_value();
    });
    workers.stop();
}

TEST(WorkerThreads, DropJobsWhenStopped) {
    auto witness = std::make_shared<int>(0);
    const std::weak_ptr<int> weak = witness;
    WorkerThreads workers(1);
    workers.stop();
    workers.post([witness = std::move(witness)] { ++*witness; });
    EXPECT_TRUE(weak.expired());
}

TEST(Principal, PermissionsMayBeWholeFamilies) {
    const Principal operators{"u1", "Ann", {"run:*", "workflow:read"}};
    EXPECT_TRUE(operators.allows("run:start"));
    EXPECT_TRUE(operators.allows("workflow:read"));
    EXPECT_FALSE(operators.allows("workflow:write"));
    EXPECT_FALSE(operators.allows("runner:start"));
    EXPECT_FALSE((Principal{"", "nobody", {"*"}}.allows("run:start")));
    EXPECT_TRUE(localAdministrator().allows("anything:at-all"));
    EXPECT_FALSE(localAdministrator().name.empty());
}

}  // namespace
}  // namespace signalbox::service
